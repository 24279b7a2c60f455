//! Lessons: files, questions computed from runs, grading, progress.
//!
//! A lesson is Markdown that also drives the lab. Its text may hold values of the run, and its
//! questions take their right answers from the run, so that another seed asks for another answer.
//! `lessons/README.md` says how one is written.
//!
//! ```text
//! file ──Lesson::parse──▶ Lesson ──Question::ask(run)──▶ Asked ──grade(answer)──▶ Verdict ──▶ Progress
//! ```

mod check;
mod error;
mod index;
pub mod markdown;
mod model;
mod parse;
mod path;
mod progress;
mod question;
mod resolve;
mod stage;
mod table;
mod template;
mod value;

pub use check::check;
#[cfg(not(target_arch = "wasm32"))]
pub use check::check_dir;
pub use error::{LessonError, Trouble};
pub use index::{INDEX, Index};
pub use model::{About, Block, Directive, Lesson, LessonPage, Level};
pub use path::Expr;
pub use progress::{LessonProgress, NotOurs, Progress, QuestionProgress};
pub use question::{Answer, Asked, Form, KINDS, Kind, Question, Verdict};
pub use stage::{selected, shown_tree};
pub use template::Template;
pub use value::{Place, Tree, Value};
