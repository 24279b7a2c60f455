//! Checks lessons as `handshake-lab lessons check` does: form first, then every path against real
//! runs of the lesson's scenario.

use super::directive::scenario;
use super::error::{LessonError, Trouble};
use super::model::{Block, Lesson, LessonPage};
use super::question::{Answer, Hidden, Question};
use super::stage::selected;
use crate::engine::Capabilities;
use crate::run::Run;
use std::collections::BTreeMap;

/// For how many seeds a lesson must hold, besides its scenario's own, where nothing else is asked for.
pub const SEEDS: u64 = 20;

/// Everything wrong with the lesson in `text`; `file` is the name that errors give.
pub fn check(text: &str, file: &str) -> Vec<LessonError> {
    match Lesson::parse(text, file) {
        Ok(lesson) => check_lesson(&lesson, SEEDS),
        Err(errors) => errors,
    }
}

fn check_lesson(lesson: &Lesson, seeds: u64) -> Vec<LessonError> {
    let own = match scenario(&lesson.about.scenario) {
        Ok(scenario) => scenario.seed,
        Err(trouble) => return vec![trouble.at(&lesson.file, 1)],
    };
    let mut runs = BTreeMap::new();
    let mut errors = Vec::new();
    for seed in std::iter::once(own).chain(1..=seeds) {
        for (at, page) in lesson.pages.iter().enumerate() {
            let scenario = lesson.scenario_of(page);
            // A page that names a seed has the same run every time.
            if scenario.is_fixed() && seed != own {
                continue;
            }
            match runs.entry(scenario.seeded(Some(seed))).or_insert_with_key(|text| run(text)) {
                Ok(run) => {
                    if at == 0 {
                        errors.extend(lesson.intro.check(run, &lesson.file));
                    }
                    errors.extend(check_page(page, run, &lesson.file));
                }
                Err(trouble) => {
                    let line = page.lab.as_ref().map_or(1, |lab| lab.line);
                    errors.push(trouble.clone().at(&lesson.file, line));
                }
            }
        }
        // What is wrong for one seed is mostly wrong for all: say it once.
        if !errors.is_empty() {
            break;
        }
        runs.clear();
    }
    errors
}

/// The run of the scenario with this text form, or why there is none.
pub(super) fn run(text: &str) -> Result<Run, Trouble> {
    let scenario = scenario(text)?;
    Run::new(&scenario, &Capabilities::all()).map_err(|error| {
        let what = format!("the scenario with seed {}: {error}", scenario.seed);
        Trouble::new(what, "choose a scenario that can be run")
    })
}

/// What does not hold for the run of the page.
fn check_page(page: &LessonPage, run: &Run, file: &str) -> Vec<LessonError> {
    let mut errors = Vec::new();
    let mut chosen = None;
    if let Some(lab) = &page.lab {
        match lab.view(run, file) {
            Ok(view) => chosen = selected(run, &view).map(|(place, _)| Answer::Bytes(place)),
            Err(error) => errors.push(error),
        }
        errors.extend(lab.screen_trouble(run).map(|trouble| trouble.at(file, lab.line)));
    }
    let asks_bytes = page.questions().any(Question::wants_bytes);
    let hiding = page.questions().find(|one| asks_bytes && one.hides() > Hidden::Story);
    errors.extend(hiding.map(|one| {
        let what = format!("the page asks for bytes, which `{}` hides", one.id);
        Trouble::new(what, "ask that on a page of its own").at(file, one.line)
    }));
    errors.extend(page.notes.iter().flat_map(|notes| notes.check(run, file)));
    for block in &page.blocks {
        match block {
            Block::Text(prose) => errors.extend(prose.check(run, file)),
            Block::Question(question) => {
                errors.extend(check_question(question, run, file, chosen.as_ref()));
            }
        }
    }
    errors
}

/// What does not hold for the question about `run`, on a page that opens with these bytes `chosen`.
fn check_question(
    question: &Question,
    run: &Run,
    file: &str,
    chosen: Option<&Answer>,
) -> Vec<LessonError> {
    let asked = match question.ask(run) {
        Ok(asked) => asked,
        Err(error) => return vec![error],
    };
    let given = chosen.filter(|chosen| asked.grade(run, chosen).right).map(|_| {
        let what = format!("the page opens with the answer of `{}` selected", question.id);
        Trouble::new(what, "leave `select` out, or name another field").at(file, question.line)
    });
    let told = asked.trouble(run).map(|Trouble { what, fix }| {
        let seed = run.scenario().seed;
        let what = format!("question `{}` with seed {seed}: {what}", question.id);
        Trouble { what, fix }.at(file, question.line)
    });
    let texts = [&question.prompt, &question.shown, &question.hint, &question.explain];
    texts.into_iter().flat_map(|text| text.check(run, file)).chain(told).chain(given).collect()
}

/// The runs of places that name their scenario, by its text form, each made once.
#[cfg(not(target_arch = "wasm32"))]
type Runs = BTreeMap<String, Result<Run, Trouble>>;

/// What does not hold for a place that names its scenario.
#[cfg(not(target_arch = "wasm32"))]
fn check_place(
    place: &super::model::Directive,
    file: &str,
    runs: &mut Runs,
) -> Option<LessonError> {
    let text = place.scenario.clone().unwrap_or_default();
    match runs.entry(text).or_insert_with_key(|text| run(text)) {
        Ok(run) => place.view(run, file).err(),
        Err(trouble) => Some(trouble.clone().at(file, place.line)),
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod at_once;

#[cfg(not(target_arch = "wasm32"))]
pub use directory::check_dir;

#[cfg(not(target_arch = "wasm32"))]
mod directory {
    use super::at_once::at_once;
    use super::*;
    use crate::lesson::built::outputs;
    use crate::lesson::drill::{Item, RESERVED};
    use crate::lesson::glossary::{GLOSSARY, Term, linked, terms, unknown_pages};
    use crate::lesson::index::{INDEX, Index};
    use crate::lesson::interview::{INTERVIEW, LEVELS, prompts};
    use crate::lesson::sets::{SETS, sets, unknown};
    use crate::lesson::skill::{SKILLS, Skill, skills};
    use crate::lesson::source::lesson_file;
    use crate::near::nearest;
    use crate::route::Study;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Everything wrong with the folder `dir`: with its lessons, the list of them, the interview prompts and
    /// the glossary. Lessons are tried with `seeds` seeds besides their own.
    ///
    /// # Errors
    /// In the list: a folder or file that cannot be read is an error like any other.
    pub fn check_dir(dir: &Path, seeds: u64) -> Vec<LessonError> {
        let index_name = dir.join(INDEX).display().to_string();
        let at_index = |what: String, fix: &str| Trouble::new(what, fix).at(&index_name, 1);
        let read = |name: &str| {
            std::fs::read_to_string(dir.join(name)).map_err(|error| {
                let fix = "write the file, or take it out of the list";
                Trouble::new(error.to_string(), fix).at(&dir.join(name).display().to_string(), 1)
            })
        };
        let index = match read(INDEX).and_then(|text| Index::parse(&text, &index_name)) {
            Ok(index) => index,
            Err(error) => return vec![error],
        };
        let mut errors = Vec::new();
        for name in unlisted(dir, &index) {
            errors.push(at_index(format!("{name} is not in the list"), "add it to the list"));
        }
        let known = match maybe_read(&dir.join(SKILLS)) {
            Some((text, file)) => skills(&text, &file),
            None => Ok(Vec::new()),
        };
        let known = known.map_err(|found| errors.extend(found)).ok();
        let (mut ids, mut questions) = (Vec::<(String, String)>::new(), Vec::new());
        let mut lessons = Vec::new();
        for name in index.lessons() {
            let file = dir.join(name).display().to_string();
            let lesson = match read(name).map_err(|error| vec![error]) {
                Ok(text) => Lesson::parse(&text, &file),
                Err(error) => Err(error),
            };
            match lesson {
                Err(found) => errors.extend(found),
                Ok(lesson) => {
                    let id = lesson.about.id.clone();
                    if let Some((_, other)) = ids.iter().find(|(known, _)| *known == id) {
                        let what = format!("{name} and {other} have the same id, {id}");
                        errors.push(at_index(what, "give each lesson an id of its own"));
                    }
                    let words = Study::ALL.iter().map(|study| study.word()).chain(RESERVED);
                    if words.into_iter().any(|word| word == id) {
                        let what = format!("a lesson with the id `{id}`");
                        let fix =
                            "choose another: addresses of other parts of Learn have this word";
                        errors.push(at_index(what, fix));
                    }
                    if index.file_of(&id) != Some(name) {
                        let what = format!("{name} holds the lesson {id}");
                        errors.push(at_index(what, "call the file NN-id.md after its id"));
                    }
                    // Only what comes before it can be built on, so there is no circle.
                    for before in &lesson.about.prerequisites {
                        if !ids.iter().any(|(known, _)| known == before) {
                            let what = format!("no lesson `{before}` comes before this one");
                            let fix = "name ids of lessons that the list has before it";
                            errors
                                .push(Trouble::new(what, fix).at(&file, lesson.prerequisites_line));
                        }
                    }
                    errors.extend(unknown_skills(&lesson, known.as_deref()));
                    questions.extend(lesson.questions().map(|question| Item {
                        lesson: id.clone(),
                        question: question.id.clone(),
                    }));
                    ids.push((id, name.clone()));
                    lessons.push(lesson);
                }
            }
        }
        // Of a lesson that could not be read no question is known.
        if ids.len() == index.lessons().count() {
            errors.extend(check_sets(&dir.join(SETS), &questions));
        }
        let found = at_once(&lessons, |lesson| {
            let mut found = check_lesson(lesson, seeds);
            if found.is_empty() {
                found = printed(&lesson.file);
            }
            found
        });
        errors.extend(found.into_iter().flatten());
        let mut runs = Runs::new();
        errors.extend(check_interview(&dir.join(INTERVIEW), &mut runs));
        let terms = match maybe_read(&dir.join(GLOSSARY)) {
            Some((text, file)) => terms(&text, &file).map(|terms| (terms, file)),
            None => Ok((Vec::new(), String::new())),
        };
        match terms {
            Ok((terms, file)) => {
                let shown = terms.iter().filter_map(|term| term.show.as_ref());
                errors.extend(shown.filter_map(|place| check_place(place, &file, &mut runs)));
                if ids.len() == index.lessons().count() {
                    errors.extend(unknown_pages(&terms, &lessons, &file));
                }
                errors.extend(looked_up(dir, &index, &terms));
            }
            Err(found) => errors.extend(found),
        }
        errors
    }

    /// Questions that name a skill which is not among the `known`; none where these could not be read.
    fn unknown_skills(lesson: &Lesson, known: Option<&[Skill]>) -> Vec<LessonError> {
        let Some(known) = known else { return Vec::new() };
        let skills = lesson.questions().filter_map(|question| question.skill.as_ref());
        let unknown = skills.filter(|one| known.iter().all(|skill| skill.id != one.is));
        unknown
            .map(|one| {
                let near = nearest(&one.is, known.iter().map(|skill| skill.id.as_str()));
                let fix = match near {
                    Some(near) => format!("write {near}, or add it to {SKILLS}"),
                    None => format!("use the id of a skill of {SKILLS}, or add it there"),
                };
                Trouble::new(format!("no skill `{}`", one.is), fix).at(&lesson.file, one.line)
            })
            .collect()
    }

    /// The file, if it is there.
    fn maybe_read(file: &Path) -> Option<(String, String)> {
        Some((std::fs::read_to_string(file).ok()?, file.display().to_string()))
    }

    /// What is wrong with what programs print in the lesson of this file.
    fn printed(file: &str) -> Vec<LessonError> {
        let Some((text, file)) = maybe_read(Path::new(file)) else { return Vec::new() };
        let written = lesson_file(&text, &file).and_then(|mut file| outputs::write(&mut file));
        written.err().unwrap_or_default()
    }

    /// What is wrong with the sets in `file`, beside these `questions`.
    fn check_sets(file: &Path, questions: &[Item]) -> Vec<LessonError> {
        let Some((text, file)) = maybe_read(file) else { return Vec::new() };
        sets(&text, &file).map_or_else(|found| found, |sets| unknown(&sets, questions, &file))
    }

    fn check_interview(dir: &Path, runs: &mut Runs) -> Vec<LessonError> {
        let (mut errors, mut ids) = (Vec::new(), BTreeSet::new());
        let files =
            LEVELS.iter().filter_map(|level| maybe_read(&dir.join(format!("{level}.toml"))));
        for (text, file) in files {
            let prompts = match prompts(&text, &file) {
                Ok(prompts) => prompts,
                Err(found) => {
                    errors.extend(found);
                    continue;
                }
            };
            for prompt in prompts {
                let proofs = prompt.proofs.iter();
                errors.extend(proofs.filter_map(|proof| check_place(&proof.place, &file, runs)));
                if !ids.insert(prompt.id.clone()) {
                    let what = format!("a second prompt with the id `{}`", prompt.id);
                    let trouble = Trouble::new(what, "give it an id of its own");
                    errors.push(trouble.at(&file, prompt.line));
                }
            }
        }
        errors
    }

    /// Words of lessons and prompts that lead to a term which the glossary does not have.
    fn looked_up(dir: &Path, index: &Index, terms: &[Term]) -> Vec<LessonError> {
        let levels = LEVELS.iter().map(|level| format!("{INTERVIEW}/{level}.toml"));
        let mut errors = Vec::new();
        for name in index.lessons().cloned().chain(levels) {
            let Some((text, file)) = maybe_read(&dir.join(name)) else { continue };
            for (line, number) in text.lines().zip(1..) {
                let unknown = linked(line).filter(|id| terms.iter().all(|term| term.id != *id));
                errors.extend(unknown.map(|id| {
                    let what = format!("a link to `term:{id}`, which is no term");
                    Trouble::new(what, "use the id of a term of glossary.toml").at(&file, number)
                }));
            }
        }
        errors
    }

    /// Lessons in `dir` that the list leaves out, in order of their names.
    fn unlisted(dir: &Path, index: &Index) -> Vec<String> {
        let names = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let mut names: Vec<String> = names
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".md") && name != "README.md")
            .filter(|name| !index.lessons().any(|listed| listed == name))
            .collect();
        names.sort();
        names
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
