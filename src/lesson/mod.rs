//! Lessons: files, questions computed from runs, grading, progress.
//!
//! A lesson is Markdown that also drives the lab. Its text may hold values of the run, and its
//! questions take their right answers from the run, so that another seed asks for another answer.
//! `lessons/README.md` says how one is written.
//!
//! ```text
//! Markdown ──source──▶ LessonFile ──Lesson::read──▶ Lesson ──Question::ask(run)──▶ Asked ──grade──▶ Verdict ──▶ Progress
//! ```
//!
//! The first arrow is walked when a page is built (`handshake-lab lessons build`), and in the page only for
//! lessons that were added to it since.

mod attempt;
mod built;
mod check;
mod directive;
mod drill;
mod error;
mod file;
mod glossary;
mod handed;
mod html;
mod index;
mod interview;
mod model;
mod path;
mod practice;
mod progress;
mod prose;
mod question;
mod read;
mod renamed;
mod resolve;
mod result;
mod review;
mod round;
mod rounds;
mod scenarios;
mod screen;
mod sets;
mod skill;
mod source;
mod stage;
mod standing;
mod table;
mod template;
mod value;

pub use attempt::Attempt;
#[cfg(not(target_arch = "wasm32"))]
pub use built::build_dir;
pub use built::{
    Asks, BUILT, Built, BuiltPrompt, BuiltTerm, CARDS, Card, PRACTICE, PROMPTS, PromptCard, Shown,
    TERM_CARDS, TERMS, TermCard, ToPractise, built_file, prompt_file,
};
pub use check::check;
#[cfg(not(target_arch = "wasm32"))]
pub use check::{SEEDS, check_dir};
pub use drill::{Exam, Item, Pool, PracticePage, QuestionSet};
pub use error::{LessonError, Trouble};
pub use file::LessonFile;
pub use glossary::{GLOSSARY, Made, OnPage, Term, terms};
pub use handed::{Given, Handed, NotHanded};
pub use html::Html;
pub use index::{INDEX, Index, Unit, id_of};
pub use interview::{INTERVIEW, LEVELS, Prompt, Proof, THEMES, prompts, theme_name};
pub use model::{About, Block, Directive, Lesson, LessonPage, Level, Scene};
pub use path::Expr;
pub use practice::{Boxed, DAYS, Grade, Graded, LAST_BOX, Practice, Taken};
pub use progress::{LessonProgress, Progress, QuestionProgress};
pub use question::{Answer, Asked, Form, Hidden, KINDS, Kind, Line, Question, Spot, Verdict};
pub use renamed::Renamed;
pub use result::LessonResult;
pub use review::{InBox, Review};
pub use round::{InterviewPage, Round};
pub use rounds::{HeldRound, Rounds};
pub use scenarios::PageScenario;
pub use screen::{SCREENS, Screen};
pub use sets::{NamedSet, SETS, sets};
pub use skill::{DIFFICULTIES, SKILLS, Skill, skills};
pub use stage::{selected, shown_tree};
pub use standing::{Standing, State};
pub use template::Template;
pub use value::{Place, Tree, Value};

/// How the smallest lesson begins: its head, and on line 10 the title of its one page.
#[cfg(test)]
const HEAD: &str = r#"+++
id = "a"
title = "A"
minutes = 1
level = "beginner"
summary = "s"
scenario = "tls13"
objectives = ["o"]
+++
## A
"#;

/// The lessons that are shipped, in their order.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
fn course() -> Vec<Lesson> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
    let index = Index::parse(&read(INDEX), INDEX).unwrap();
    index.lessons().map(|name| Lesson::parse(&read(name), name).unwrap()).collect()
}

/// Every question of this kind in them, about its run with the seeds from 1.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
fn asked_in_course(kind: &str, seeds: u64, mut see: impl FnMut(&Question, &crate::run::Run)) {
    let mut runs = std::collections::BTreeMap::new();
    for lesson in course() {
        for page in &lesson.pages {
            for question in page.questions().filter(|question| question.kind.name == kind) {
                for seed in 1..=seeds {
                    let text = lesson.scenario_of(page).seeded(Some(seed));
                    see(
                        question,
                        runs.entry(text).or_insert_with_key(|text| check::run(text).unwrap()),
                    );
                }
            }
        }
    }
}
