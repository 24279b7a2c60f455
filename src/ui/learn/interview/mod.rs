//! Interview: prompts as they are asked there, one by one or a round of them, with the rubric, a model answer and
//! the places in the lab that prove it. Who practises grades themselves.
//!
//! | file | what is in it |
//! |---|---|
//! | `list` | the choice of a round, and all prompts |
//! | `history` | the rounds that were taken on this device |
//! | `round` | a round, prompt after prompt, and its result |
//! | `prompt` | one prompt: hints, follow-ups, then what a good answer contains |
//! | `clock` | how much of a prompt's or a round's time is left |
//! | `whiteboard` | the ladder below a prompt, to be stepped through while one talks |
//! | `voice` | a recording of oneself, in this tab alone |

mod clock;
mod history;
mod list;
mod prompt;
mod round;
mod voice;
mod whiteboard;

use super::fetched::{Failed, prompts};
use crate::lesson::{InterviewPage, Practice, PromptCard, Rounds};
use crate::route::{Page, Study};
use crate::ui::lab;
use crate::ui::record::Record;
use leptos::prelude::*;
use std::sync::Arc;

/// All prompts.
type Cards = Arc<[PromptCard]>;

/// The grades, as they are kept.
type Grades = Record<Practice>;

/// The rounds, as they are kept.
type Held = Record<Rounds>;

/// What of the interviews the link names.
#[component]
pub fn Interview() -> impl IntoView {
    let lab = lab();
    let (record, held) = (Grades::open(lab), Held::open(lab));
    let loaded = LocalResource::new(prompts);
    let again = Callback::new(move |()| loaded.refetch());
    let address = Memo::new(move |before: Option<&String>| match &lab.link.read().page {
        Page::Study(Study::Interview, rest) => rest.clone(),
        // While another screen takes over, this one stays what it was.
        _ => before.cloned().unwrap_or_default(),
    });
    move || match loaded.get() {
        None => {
            view! { <p class="lesson-loading" role="status">"Loading the prompts…"</p> }.into_any()
        }
        Some(Err(lines)) => {
            view! { <div class="lessons"><h1>"Interview"</h1><Failed lines again/></div> }
                .into_any()
        }
        Some(Ok(cards)) => {
            let cards: Cards = cards.into();
            (move || view! { <div class="lessons interview">{page(&address.read(), &cards, record, held)}</div> })
                .into_any()
        }
    }
}

fn page(address: &str, cards: &Cards, record: Grades, held: Held) -> AnyView {
    match InterviewPage::parse(address) {
        Ok(InterviewPage::List) => {
            view! { <list::List cards=cards.clone() record held/> }.into_any()
        }
        Ok(InterviewPage::Round(round)) if round.draw(cards).is_empty() => {
            missing(format!("No prompt fits this round: {}.", round.name()))
        }
        Ok(InterviewPage::Round(round)) => {
            view! { <round::RoundView round cards=cards.clone() record held/> }.into_any()
        }
        Ok(InterviewPage::Prompt(id)) => match cards.iter().find(|card| card.id == id) {
            Some(card) => {
                view! {
                    <prompt::PromptView card=card.clone() record on_grade=Callback::new(|_| ()) given=None answered=RwSignal::new(false)/>
                    <p class="buttons"><a class="btn" href=href(&InterviewPage::List)>"All prompts"</a></p>
                }
                .into_any()
            }
            None => missing(format!("No prompt is called “{id}”.")),
        },
        Err(why) => missing(why),
    }
}

/// Where the address leads nowhere: why, and the way on.
fn missing(why: String) -> AnyView {
    view! {
        <h1>"Interview"</h1>
        <p class="lesson-failed" role="alert">{why}</p>
        <p class="buttons"><a class="btn" href=href(&InterviewPage::List)>"All prompts"</a></p>
    }
    .into_any()
}

/// The address of what is shown of the interviews.
fn href(page: &InterviewPage) -> String {
    Page::Study(Study::Interview, page.to_string()).href()
}

/// Words as they begin a line.
fn title(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
