//! The figures at the top.

use super::All;
use crate::faults::FAULTS;
use crate::lesson::Card;
use crate::ui::learn::list::Place;
use leptos::prelude::*;
use std::sync::Arc;

/// Lessons, questions, mysteries and faults.
#[component]
pub fn Sums(all: All, cards: Arc<[Card]>) -> impl IntoView {
    let figures = move || {
        let of = |done: usize, whole: usize| format!("{done} of {whole}");
        let places = cards.iter().map(|card| Place::of(card, all.records.progress));
        let done = places.filter(|place| place.is_done()).count();
        let ids = cards.iter().flat_map(Card::question_ids);
        let standing = all.standing(ids);
        let solved = all.solved.with(|solved| solved.count());
        let faults =
            all.seen.with(|seen| FAULTS.iter().filter(|one| seen.contains(one.id)).count());
        let figures = [
            ("Lessons done", of(done, cards.len())),
            ("Questions right, not to review", of(standing.right(), standing.all())),
            ("Mysteries answered", solved.to_string()),
            ("Faults seen", of(faults, FAULTS.len())),
        ];
        let figure = |(name, value): (&'static str, String)| {
            view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
        };
        figures.map(figure).collect_view()
    };
    view! { <dl class="figures">{figures}</dl> }
}
