//! The run as far as the present step.

use crate::run::Run;
use crate::story::Subject;
use crate::ui::lab::Front;
use crate::ui::state::Lab;
use leptos::prelude::*;

/// The step that is about the message at this position.
pub fn step_of(run: &Run, message: usize) -> Option<usize> {
    let is = |subject| subject == Subject::Message(message);
    run.story().steps.iter().position(|step| is(step.subject))
}

/// Whether the message at this position was sent by this step.
pub fn is_sent(run: &Run, message: usize, step: usize) -> bool {
    step_of(run, message).is_some_and(|at| at <= step)
}

/// A link to a step: its number and title.
#[component]
pub fn StepLink(
    /// The step, from 0.
    step: usize,
    /// What stands on it.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let lab: Lab = crate::ui::lab();
    let go = move |_| {
        lab.step_to(step);
        lab.turn_to(Front::Step);
    };
    view! { <button class="link" on:click=go>{text}</button> }
}

/// `step 9, ServerHello`.
pub fn name_of(run: &Run, step: usize) -> String {
    match run.story().steps.get(step) {
        Some(named) => format!("step {}, {}", step + 1, named.title),
        None => format!("step {}", step + 1),
    }
}
