//! A value to be typed.

use crate::lesson::Answer;
use leptos::prelude::*;

/// One line to type in.
#[component]
pub fn Typed(
    name: String,
    unit: String,
    answer: Callback<Answer>,
    solved: Signal<bool>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked();
        if !typed.trim().is_empty() && !solved.get_untracked() {
            answer.run(Answer::Typed(typed));
        }
    };
    view! {
        <form class="typed" on:submit=submit>
            <input type="text" class="mono" aria-labelledby=name autocomplete="off" autocapitalize="off" spellcheck="false"
                readonly=solved on:input=move |event| text.set(event_target_value(&event))/>
            <span>{unit}</span>
            <button class="btn" hidden=solved disabled=move || text.with(|text| text.trim().is_empty())>"Answer"</button>
        </form>
    }
}
