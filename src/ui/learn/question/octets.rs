//! Bytes to be selected in the lab.

use crate::lesson::{Answer, Place, selected};
use crate::ui::lab;
use leptos::prelude::*;

/// What is selected in the lab now, and the button that makes it the answer.
#[component]
pub fn Octets(answer: Callback<Answer>, solved: Signal<bool>) -> impl IntoView {
    let lab = lab();
    let now = Memo::new(move |_| {
        let view = lab.view();
        lab.run.read().as_ref().ok().and_then(|run| selected(run, &view))
    });
    let text = move || match now.get() {
        None => "Nothing is selected in the lab yet.".to_string(),
        Some((Place { start, end, .. }, name)) if end - start == 1 => {
            format!("Selected: {name}, byte {start}.")
        }
        Some((Place { start, end, .. }, name)) => {
            format!("Selected: {name}, bytes {start} to {}.", end.saturating_sub(1))
        }
    };
    let submit = move |_| {
        if let Some((place, _)) = now.get_untracked() {
            answer.run(Answer::Byte(place));
        }
    };
    view! {
        <div class="octets" class:waiting=move || now.get().is_some() && !solved.get()>
            <p role="status">{text}</p>
            <p class="buttons" hidden=solved>
                <button class="btn" disabled=move || now.get().is_none() on:click=submit>"This is my answer"</button>
            </p>
        </div>
    }
}
