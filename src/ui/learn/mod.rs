//! Learn: lessons that drive the lab.
//!
//! | file | what is in it |
//! |---|---|
//! | `list` | the lessons, with progress |
//! | `desk` | a lesson that is open: its page, its run, what was answered |
//! | `player` | one lesson: bar, text, scene and footer |
//! | `contents` | the list of its pages |
//! | `scene` | what a page shows of the lab |
//! | `footer` | what there is to say of an answer, back and next |
//! | `finish` | the page behind the last: score, what is left, reset |
//! | `question/` | a question, and one file for each way to answer |
//! | `glossary` | what the words mean |
//! | `interview/` | prompts as in interviews, with rubric and model answer |
//! | `practise/` | questions of all lessons, and exams |
//! | `progress/` | how far one is, and what is kept of it |
//! | `records` | what is kept of lessons and questions |
//! | `review` | what is to be reviewed today |
//! | `fetched` | lessons, from the server the page came from |
//! | `notes` | what a page has for whoever teaches it |
//! | `minutes` | the time that is left, as clocks show it |
//! | `ask_first` | a button that asks before it forgets |
//! | `prose` | text of a lesson |
//! | `worksheet` | a whole lesson on paper |

mod ask_first;
mod contents;
mod desk;
mod fetched;
mod finish;
mod footer;
mod glossary;
mod interview;
mod list;
pub(super) mod minutes;
mod notes;
mod player;
mod practise;
mod progress;
mod prose;
mod question;
mod records;
mod review;
mod scene;
mod worksheet;

pub(super) use fetched::{cards, one as lesson, prompts, term_cards};
pub(super) use prose::Prose;

use super::parts::{Behind, later};
use super::{dom, room};
use crate::speaker;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// Seeds are drawn below this: short enough to say aloud.
const SEEDS: u32 = 100_000;

/// The list of lessons, loaded when first shown; in a second window the notes, whose address is the list's.
#[wasm_split(learn, wasm_split_path = leptos::wasm_split, fallible)]
pub fn list_door() -> Behind {
    Ok(|| match speaker::second_of(&dom::query()) {
        Some(_) => later(room::second_door),
        None => view! { <list::Lessons/> }.into_any(),
    })
}

/// The glossary, loaded when first shown.
#[wasm_split(glossary, wasm_split_path = leptos::wasm_split, fallible)]
pub fn glossary_door() -> Behind {
    Ok(|| view! { <glossary::Glossary/> }.into_any())
}

/// The questions of all lessons, loaded when first shown.
#[wasm_split(practise, wasm_split_path = leptos::wasm_split, fallible)]
pub fn practise_door() -> Behind {
    Ok(|| view! { <practise::Practise/> }.into_any())
}

/// How far one is, loaded when first shown.
#[wasm_split(progress, wasm_split_path = leptos::wasm_split, fallible)]
pub fn progress_door() -> Behind {
    Ok(|| view! { <progress::MyProgress/> }.into_any())
}

/// The interview prompts, loaded when first shown.
#[wasm_split(interview, wasm_split_path = leptos::wasm_split, fallible)]
pub fn interview_door() -> Behind {
    Ok(|| view! { <interview::Interview/> }.into_any())
}

/// The lesson that the link names, loaded when first shown: the list does without what reads lessons.
#[wasm_split(lesson, wasm_split_path = leptos::wasm_split, fallible)]
pub fn player_door() -> Behind {
    Ok(|| view! { <player::LessonPlayer/> }.into_any())
}
