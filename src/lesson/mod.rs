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

mod built;
mod check;
mod directive;
mod drill;
mod error;
mod file;
mod glossary;
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
mod resolve;
mod round;
mod scenarios;
mod screen;
mod source;
mod stage;
mod table;
mod template;
mod value;

#[cfg(not(target_arch = "wasm32"))]
pub use built::build_dir;
pub use built::{
    BUILT, Built, BuiltPrompt, BuiltTerm, CARDS, Card, PROMPTS, PromptCard, Shown, TERM_CARDS,
    TERMS, TermCard, built_file, prompt_file,
};
pub use check::check;
#[cfg(not(target_arch = "wasm32"))]
pub use check::{SEEDS, check_dir};
pub use drill::{Exam, Item, Pool, PracticePage, QuestionSet};
pub use error::{LessonError, Trouble};
pub use file::LessonFile;
pub use glossary::{GLOSSARY, Made, Term, terms};
pub use html::Html;
pub use index::{INDEX, Index, Unit, id_of};
pub use interview::{INTERVIEW, LEVELS, Prompt, Proof, THEMES, prompts};
pub use model::{About, Block, Directive, Lesson, LessonPage, Level, Scene};
pub use path::Expr;
pub use practice::{Grade, Graded, Practice};
pub use progress::{LessonProgress, Progress, QuestionProgress};
pub use question::{Answer, Asked, Form, KINDS, Kind, Question, Verdict};
pub use round::{InterviewPage, Round};
pub use scenarios::PageScenario;
pub use screen::{SCREENS, Screen};
pub use stage::{selected, shown_tree};
pub use template::Template;
pub use value::{Place, Tree, Value};
