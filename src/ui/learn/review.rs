//! What is to be reviewed today, and the way to it.

use super::SEEDS;
use super::practise::set_href;
use crate::lesson::{Card, Pool, Practice, QuestionSet, Review};
use crate::ui::dom;
use crate::ui::record::Record;
use leptos::prelude::*;
use std::sync::Arc;

/// How many questions a set for review has at most: what is left waits for the next.
const MOST: usize = 20;

/// How much is to be reviewed; nothing where nothing was asked yet.
#[component]
pub fn ReviewToday(cards: Arc<[Card]>, practice: Record<Practice>) -> impl IntoView {
    let seed = u64::from(dom::random(SEEDS));
    move || {
        let today = dom::day();
        let review = practice.with(|kept| Review::of(&cards, kept, today));
        let due = review.due();
        if due == 0 {
            let when = match review.next?.saturating_sub(today) {
                1 => "tomorrow".to_owned(),
                days => format!("in {days} days"),
            };
            let words = format!("Nothing to review today. The next question comes again {when}.");
            return Some(view! { <p class="dim review">{words}</p> }.into_any());
        }
        let set = QuestionSet {
            pool: Pool::Due,
            difficulty: None,
            count: due.min(MOST),
            seed,
            minutes: None,
            exam: None,
        };
        Some(
            view! {
                <p class="go-on review">
                    <span>
                        <b>{format!("{due} to review today")}</b>
                        " "
                        <span class="dim">"what you missed, and what is to be asked again"</span>
                    </span>
                    <a class="btn primary" href=set_href(set)>"Review →"</a>
                </p>
            }
            .into_any(),
        )
    }
}
