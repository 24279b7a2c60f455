//! Checks lessons as `handshake-lab lessons check` does: form first, then every path against real
//! runs of the lesson's scenario.

use super::error::{LessonError, Trouble};
use super::model::{Block, Lesson};
use super::question::Question;
use crate::engine::Capabilities;
use crate::run::Run;
use crate::scenario::Scenario;

/// The seeds that a lesson must hold for, besides its scenario's own.
const SEEDS: [u64; 4] = [1, 2, 77, 1_000_003];

/// Everything wrong with the lesson in `text`; `file` is the name that errors give.
pub fn check(text: &str, file: &str) -> Vec<LessonError> {
    match Lesson::parse(text, file) {
        Ok(lesson) => check_lesson(&lesson),
        Err(errors) => errors,
    }
}

fn check_lesson(lesson: &Lesson) -> Vec<LessonError> {
    let at_top = |what: String, fix: &str| Trouble::new(what, fix).at(&lesson.file, 1);
    let scenario = match Scenario::parse(&lesson.about.scenario) {
        Ok(scenario) => scenario,
        Err(error) => {
            let fix = "copy the text form from the address of the lab";
            return vec![at_top(format!("the scenario: {error}"), fix)];
        }
    };
    let mut errors = Vec::new();
    let own = scenario.seed;
    for seed in std::iter::once(own).chain(SEEDS) {
        match Run::new(&Scenario { seed, ..scenario.clone() }, &Capabilities::all()) {
            Ok(run) => errors.extend(check_against(lesson, &run)),
            Err(error) => {
                let fix = "choose a scenario that can be run";
                errors.push(at_top(format!("the scenario with seed {seed}: {error}"), fix));
            }
        }
        // What is wrong for one seed is mostly wrong for all: say it once.
        if !errors.is_empty() {
            break;
        }
    }
    errors
}

/// What does not hold for `run`.
fn check_against(lesson: &Lesson, run: &Run) -> Vec<LessonError> {
    let file = &lesson.file;
    let mut errors = lesson.intro.check(run, file);
    for page in &lesson.pages {
        if let Some(lab) = &page.lab {
            errors.extend(lab.view(run, file).err());
        }
        for block in &page.blocks {
            match block {
                Block::Text(prose) => errors.extend(prose.check(run, file)),
                Block::Question(question) => errors.extend(check_question(question, run, file)),
            }
        }
    }
    errors
}

/// What does not hold for the question about `run`.
fn check_question(question: &Question, run: &Run, file: &str) -> Vec<LessonError> {
    let trouble = match question.ask(run) {
        Ok(asked) => asked.trouble(run),
        Err(error) => return vec![error],
    };
    let told = trouble.map(|Trouble { what, fix }| {
        let seed = run.scenario().seed;
        let what = format!("question `{}` with seed {seed}: {what}", question.id);
        Trouble { what, fix }.at(file, question.line)
    });
    let texts = [&question.prompt, &question.hint, &question.explain];
    texts.into_iter().flat_map(|text| text.check(run, file)).chain(told).collect()
}

#[cfg(not(target_arch = "wasm32"))]
pub use directory::check_dir;

#[cfg(not(target_arch = "wasm32"))]
mod directory {
    use super::*;
    use crate::lesson::index::{INDEX, Index};
    use std::path::Path;

    /// Everything wrong with the lessons in the folder `dir`: each of them, and the list of them.
    ///
    /// # Errors
    /// In the list: a folder or file that cannot be read is an error like any other.
    pub fn check_dir(dir: &Path) -> Vec<LessonError> {
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
        let mut ids: Vec<(String, String)> = Vec::new();
        for name in &index.lessons {
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
                    if index.file_of(&id) != Some(name) {
                        let what = format!("{name} holds the lesson {id}");
                        errors.push(at_index(what, "call the file NN-id.md after its id"));
                    }
                    errors.extend(check_lesson(&lesson));
                    ids.push((id, name.clone()));
                }
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
            .filter(|name| !index.lessons.contains(name))
            .collect();
        names.sort();
        names
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
