//! Learn: lessons that drive the lab.
//!
//! | file | what is in it |
//! |---|---|
//! | `list` | the lessons, with progress |
//! | `player` | one lesson beside the lab: pages, seed, back and next |
//! | `finish` | the page behind the last: score, what is left, reset |
//! | `question/` | a question, and one file for each way to answer |
//! | `fetched` | lesson files, from the server the page came from |
//! | `record` | progress, kept on this device |
//! | `markdown` | Markdown as HTML |

mod fetched;
mod finish;
mod list;
mod markdown;
mod player;
mod question;
mod record;

pub use list::Lessons;
pub use player::LessonPlayer;
