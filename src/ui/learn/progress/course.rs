//! The lessons by units: how many are done, and how many of their questions are right.

use super::All;
use super::bar::bar;
use crate::lesson::Card;
use crate::ui::learn::fetched::Cards;
use crate::ui::learn::list::Place;
use leptos::prelude::*;

/// A row for each unit.
#[component]
pub fn Units(all: All, units: Vec<Cards>) -> impl IntoView {
    let rows = move || {
        let row = |unit: &Cards| {
            let cards: Vec<&Card> =
                unit.lessons.iter().filter_map(|one| one.as_ref().ok()).collect();
            let places: Vec<Place> =
                cards.iter().map(|card| Place::of(card, all.records.progress)).collect();
            let done = places.iter().filter(|place| place.is_done()).count();
            let begun = places.iter().filter(|place| place.begun && !place.is_done()).count();
            let right: usize = places.iter().map(|place| place.right).sum();
            let questions: usize = places.iter().map(|place| place.questions).sum();
            let title = if unit.title.is_empty() { "All lessons" } else { &unit.title };
            let parts = [(done, "sure"), (begun, "right")];
            view! {
                <tr>
                    <th scope="row">{title.to_owned()} {bar(&parts, places.len())}</th>
                    <td>{format!("{done} of {}", places.len())}</td>
                    <td>{begun}</td>
                    <td>{format!("{right} of {questions}")}</td>
                </tr>
            }
        };
        units.iter().map(row).collect_view()
    };
    view! {
        <section aria-labelledby="progress-course">
            <h2 id="progress-course">"Lessons"</h2>
            <table class="result standing">
                <caption>"Done: every page read, every question right. The light part of a bar is begun."</caption>
                <thead>
                    <tr><th scope="col">"Unit"</th><th scope="col">"Done"</th><th scope="col">"Begun"</th><th scope="col">"Questions right in the lessons"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
