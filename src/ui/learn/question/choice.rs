//! One of several: radio buttons.

use crate::lesson::{Answer, AskedOption};
use leptos::prelude::*;

/// The options; the answer is given by a button, so that arrow keys can pass through them.
#[component]
pub fn Choice(
    name: String,
    options: Vec<AskedOption>,
    answer: Callback<Answer>,
    solved: Signal<bool>,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<usize>);
    let group = format!("{name}-options");
    let rows = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| {
            view! {
                <label class="option">
                    <input type="radio" name=group.clone() disabled=solved on:change=move |_| chosen.set(Some(at))/>
                    <span>{option.text}</span>
                </label>
            }
        })
        .collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let (Some(at), false) = (chosen.get_untracked(), solved.get_untracked()) {
            answer.run(Answer::Choice(at));
        }
    };
    view! {
        <form on:submit=submit>
            <div class="options" role="radiogroup" aria-labelledby=name>{rows}</div>
            <p class="buttons" hidden=solved>
                <button class="btn" disabled=move || chosen.get().is_none()>"Answer"</button>
            </p>
        </form>
    }
}
