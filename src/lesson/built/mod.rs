//! What `handshake-lab lessons build` leaves beside the lessons for the page: what there is, what the list of
//! lessons shows of each, and each one read.
//!
//! ```text
//! lessons/index.toml                        lessons/built/index.json
//! lessons/01-your-first-handshake.md   ──▶  lessons/built/cards.json
//!                                           lessons/built/01-your-first-handshake.json
//! lessons/skills.toml, sets.toml            lessons/built/practice.json
//! lessons/glossary.toml                     lessons/built/glossary.json, terms.json
//! lessons/interview/junior.toml             lessons/built/interview.json
//!                                           lessons/built/interview/what-https-gives.json
//! ```
//!
//! A lesson is opened with the first and the last of these, so it costs the same however many there are.
//! Without the folder, the page reads the Markdown itself.

mod glossary;
mod interview;
#[cfg(not(target_arch = "wasm32"))]
pub(super) mod outputs;
mod practice;
mod shown;

pub use glossary::{BuiltTerm, TERM_CARDS, TERMS, TermCard};
pub use interview::{BuiltPrompt, PROMPTS, PromptCard, prompt_file};
pub use practice::{PRACTICE, ToPractise};
pub use shown::Shown;

use super::index::Unit;
use super::model::{About, Lesson};
use super::question::Question;
use super::renamed::Renamed;
use serde::{Deserialize, Serialize};

/// What was built, in the folder of the lessons.
pub const BUILT: &str = "built/index.json";

/// What the list of lessons shows of each, in the folder of the lessons.
pub const CARDS: &str = "built/cards.json";

/// With how many seeds lessons are tried before they are built: the tests try more.
#[cfg(not(target_arch = "wasm32"))]
const FEW_SEEDS: u64 = 4;

/// The version of the built form.
const FORMAT: &str = "handshake-lab-lessons/3";

/// The lessons that were built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    format: String,
    /// `index.toml` as it was then: what differs now was added since.
    pub index: String,
    /// The same, read.
    pub units: Vec<Unit>,
}

/// What the list of lessons shows of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its file, in the folder of the lessons.
    pub file: String,
    /// Its front matter.
    pub about: About,
    /// The ids of its pages, in order.
    pub pages: Vec<String>,
    /// What its pages and questions were called before.
    #[serde(default)]
    pub renamed: Renamed,
    /// Its questions, in order.
    pub questions: Vec<Asks>,
}

/// What is known of a question without its lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asks {
    /// Stands for it in its lesson.
    pub id: String,
    /// The id of the skill that it practises, if its author says which.
    pub skill: Option<String>,
    /// How hard it is: one of [`DIFFICULTIES`](crate::lesson::DIFFICULTIES).
    pub difficulty: u8,
    /// Whether it is answered aloud, so that nobody but the person can judge.
    pub spoken: bool,
}

impl Built {
    /// Reads it; `None` if another version of the program wrote it, or nothing did.
    pub fn from_json(json: &str) -> Option<Built> {
        serde_json::from_str(json).ok().filter(|built: &Built| built.format == FORMAT)
    }

    /// Whether the file `name` was built.
    pub fn has(&self, name: &str) -> bool {
        self.units.iter().any(|unit| unit.lessons.iter().any(|file| file == name))
    }
}

/// The file that was built of the lesson in the file `name`, in the folder of the lessons.
pub fn built_file(name: &str) -> String {
    format!("built/{}.json", name.trim_end_matches(".md"))
}

impl Asks {
    fn of(question: &Question) -> Asks {
        Asks {
            id: question.id.clone(),
            skill: question.skill_id().map(str::to_owned),
            difficulty: question.difficulty,
            spoken: question.is_spoken(),
        }
    }
}

impl Card {
    /// That of `lesson`, in the file `name`.
    pub fn of(lesson: &Lesson, name: &str) -> Card {
        Card {
            file: name.to_owned(),
            about: lesson.about.clone(),
            pages: lesson.pages.iter().map(|page| page.id.clone()).collect(),
            renamed: lesson.renamed(),
            questions: lesson.questions().map(Asks::of).collect(),
        }
    }

    /// Its questions, each with the lesson's id before its own.
    pub fn question_ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().map(|asks| (self.about.id.as_str(), asks.id.as_str()))
    }

    /// Reads what was built of several; `None` if another version of the program wrote it.
    pub fn all_from_json(json: &str) -> Option<Vec<Card>> {
        serde_json::from_str(json).ok()
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use directory::build_dir;

#[cfg(not(target_arch = "wasm32"))]
mod directory {
    use super::*;
    use crate::lesson::check::check_dir;
    use crate::lesson::error::{LessonError, Trouble};
    use crate::lesson::glossary::{GLOSSARY, terms};
    use crate::lesson::index::{INDEX, Index};
    use crate::lesson::interview::{INTERVIEW, LEVELS, prompts};
    use crate::lesson::sets::{SETS, sets};
    use crate::lesson::skill::{SKILLS, skills};
    use crate::lesson::source::lesson_file;
    use std::path::Path;

    /// What is to be written for the lessons in `dir`: names below it, and contents. The lessons are checked
    /// before as [`check_dir`] does. `shown` is the name that errors in the page give the folder.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn build_dir(dir: &Path, shown: &str) -> Result<Vec<(String, String)>, Vec<LessonError>> {
        let errors = check_dir(dir, FEW_SEEDS);
        if !errors.is_empty() {
            return Err(errors);
        }
        let read = |name: &str| {
            std::fs::read_to_string(dir.join(name)).map_err(|error| {
                let fix = "leave the folder alone while it is read";
                let file = dir.join(name).display().to_string();
                vec![Trouble::new(error.to_string(), fix).at(&file, 1)]
            })
        };
        let index = read(INDEX)?;
        let list = Index::parse(&index, INDEX).map_err(|error| vec![error])?;
        let (mut lessons, mut cards, mut files) = (Vec::new(), Vec::new(), Vec::new());
        for name in list.lessons() {
            let mut file = lesson_file(&read(name)?, &format!("{shown}/{name}"))?;
            outputs::write(&mut file)?;
            let lesson = Lesson::read(&file)?;
            cards.push(Card::of(&lesson, name));
            lessons.push(lesson);
            files.push((built_file(name), file.to_json()));
        }
        // A folder need not have them.
        let maybe =
            |name: &str| if dir.join(name).exists() { read(name) } else { Ok(String::new()) };
        let file = format!("{shown}/{GLOSSARY}");
        files.extend(glossary::build(terms(&maybe(GLOSSARY)?, &file)?, &lessons, &file)?);
        let sets = sets(&maybe(SETS)?, SETS)?.into_iter().map(|written| written.set).collect();
        let to_practise = ToPractise { skills: skills(&maybe(SKILLS)?, SKILLS)?, sets };
        files.push((PRACTICE.to_owned(), to_practise.to_json()));
        let mut asked = Vec::new();
        for level in LEVELS {
            let name = format!("{INTERVIEW}/{level}.toml");
            let file = format!("{shown}/{name}");
            let prompts = prompts(&maybe(&name)?, &file)?;
            asked.extend(prompts.into_iter().map(|prompt| (level, file.clone(), prompt)));
        }
        files.extend(interview::build(asked)?);
        let built = Built { format: FORMAT.to_owned(), index, units: list.units };
        // Texts and lists under text keys: serialising them cannot fail.
        files.push((CARDS.to_owned(), serde_json::to_string(&cards).unwrap_or_default()));
        files.push((BUILT.to_owned(), serde_json::to_string(&built).unwrap_or_default()));
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::LessonFile;
    use crate::lesson::glossary::{GLOSSARY, terms};
    use crate::lesson::interview::{INTERVIEW, LEVELS, prompts};
    use crate::lesson::skill::{SKILLS, skills};
    use crate::route::{Page, Route};
    use std::path::Path;

    #[test]
    fn a_built_lesson_is_the_lesson_that_was_written() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let files = build_dir(&dir, "lessons").unwrap();
        let content = |name: &str| &files.iter().find(|(file, _)| file == name).unwrap().1;
        let built = Built::from_json(content(BUILT)).unwrap();
        assert_eq!(built.index, std::fs::read_to_string(dir.join("index.toml")).unwrap());
        let cards = Card::all_from_json(content(CARDS)).unwrap();
        let names: Vec<&String> = built.units.iter().flat_map(|unit| &unit.lessons).collect();
        assert_eq!(names, cards.iter().map(|card| &card.file).collect::<Vec<_>>());
        assert!(!cards.is_empty());
        for card in &cards {
            let text = std::fs::read_to_string(dir.join(&card.file)).unwrap();
            let name = format!("lessons/{}", card.file);
            let file = LessonFile::from_json(content(&built_file(&card.file))).unwrap();
            let mut written = crate::lesson::source::lesson_file(&text, &name).unwrap();
            outputs::write(&mut written).unwrap();
            assert_eq!(file, written);
            let lesson = Lesson::read(&file).unwrap();
            assert_eq!(*card, Card::of(&lesson, &card.file));
            assert!(built.has(&card.file));
        }
        let to_practise = ToPractise::from_json(content(PRACTICE)).unwrap();
        let skills = skills(&std::fs::read_to_string(dir.join(SKILLS)).unwrap(), SKILLS).unwrap();
        assert!(!skills.is_empty() && to_practise.skills == skills);
        for item in to_practise.sets.iter().flat_map(|set| &set.questions) {
            let card = cards.iter().find(|card| card.about.id == item.lesson).unwrap();
            assert!(card.questions.iter().any(|asks| asks.id == item.question), "{item:?}");
        }
        assert!(!to_practise.sets.is_empty());
    }

    #[test]
    fn every_term_and_every_prompt_is_built_and_each_of_their_links_leads_somewhere() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let files = build_dir(&dir, "lessons").unwrap();
        let content = |name: &str| &files.iter().find(|(file, _)| file == name).unwrap().1;
        let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
        let follow = |shown: &Shown| {
            let route = Route::parse(&shown.href).unwrap();
            let is_recipe = matches!(route.page, Page::Certificates(Some(_)));
            assert!(is_recipe || route.can_be_run() && route.view.step.is_some(), "{}", shown.href);
            assert!(!shown.step.is_empty() && !shown.run.is_empty(), "{}", shown.href);
        };
        let written = terms(&read(GLOSSARY), "").unwrap();
        let built = BuiltTerm::all_from_json(content(TERMS)).unwrap();
        let cards = TermCard::all_from_json(content(TERM_CARDS)).unwrap();
        assert!(!written.is_empty() && written.len() == built.len());
        assert_eq!(written.len(), cards.len());
        for ((written, term), card) in written.iter().zip(&built).zip(&cards) {
            assert_eq!((&written.id, &written.id), (&term.id, &card.id));
            let shows = written.show.is_some() || written.made.is_some();
            assert_eq!(shows, term.show.is_some());
            assert_eq!(written.page.is_some(), term.page.is_some());
            assert!(!term.text.fixed().is_empty() && !card.what.is_empty(), "{}", term.id);
            term.show.iter().for_each(follow);
        }
        let level = |level| prompts(&read(&format!("{INTERVIEW}/{level}.toml")), "").unwrap();
        let written: Vec<_> = LEVELS.into_iter().flat_map(level).collect();
        let cards = PromptCard::all_from_json(content(PROMPTS)).unwrap();
        assert!(!written.is_empty() && written.len() == cards.len());
        for (written, card) in written.iter().zip(&cards) {
            assert_eq!(written.id, card.id);
            let prompt = BuiltPrompt::from_json(content(&prompt_file(&card.id))).unwrap();
            assert_eq!(prompt.model, written.model);
            assert_eq!(prompt.proofs.len(), written.proofs.len());
            prompt.proofs.iter().for_each(|(_, shown)| follow(shown));
        }
    }

    #[test]
    fn what_another_version_built_is_nothing() {
        let json = |format: &str| format!(r#"{{"format":"{format}","index":"","units":[]}}"#);
        assert!(Built::from_json(&json(FORMAT)).is_some());
        for other in [json("handshake-lab-lessons/2"), "{".into(), "<!doctype html>".into()] {
            assert_eq!(Built::from_json(&other), None, "{other}");
        }
        assert!(LessonFile::from_json("{}").is_none());
    }
}
