//! The answer: what it is, and what to do.

use super::case::{Case, End};
use leptos::prelude::*;

/// Two choices, and the way to end.
#[component]
pub fn AnswerForm(case: Case) -> impl IntoView {
    let causes: Vec<(&'static str, &'static str)> = case
        .with(|mystery| mystery.candidates.iter().map(|fault| (fault.id, fault.title)).collect());
    let fixes: Vec<(&'static str, &'static str)> =
        case.with(|mystery| mystery.fixes.iter().map(|fix| (*fix, *fix)).collect());
    let wrong = RwSignal::new(None::<&'static str>);
    let answer = move |_| {
        let tried = case.tried.get_untracked();
        match (tried.cause, tried.fix) {
            (None, _) => wrong.set(Some("Choose what it is first.")),
            (_, None) => wrong.set(Some("Choose what to do about it as well.")),
            _ => case.end(End::Answered),
        }
    };
    let tried = case.tried;
    view! {
        <section class="case-answer" aria-label="Your answer">
            <Choices
                legend="What is it?"
                name="cause"
                choices=causes
                chosen=Signal::derive(move || tried.read().cause)
                choose=Callback::new(move |id| tried.update(|tried| tried.cause = Some(id)))
            />
            <Choices
                legend="What to do about it?"
                name="fix"
                choices=fixes
                chosen=Signal::derive(move || tried.read().fix)
                choose=Callback::new(move |fix| tried.update(|tried| tried.fix = Some(fix)))
            />
            <p role="alert" class="bad">{wrong}</p>
            <p class="buttons">
                <button class="btn primary" on:click=answer>"Answer"</button>
                <button class="btn quiet" on:click=move |_| case.end(End::GivenUp)>"Tell me"</button>
            </p>
        </section>
    }
}

/// One of several, each with what it is known by and what is shown.
#[component]
fn Choices(
    legend: &'static str,
    name: &'static str,
    choices: Vec<(&'static str, &'static str)>,
    chosen: Signal<Option<&'static str>>,
    choose: Callback<&'static str>,
) -> impl IntoView {
    let rows = choices.into_iter().map(|(id, text)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == Some(id)
                    on:change=move |_| choose.run(id)
                />
                <span>{text}</span>
            </label>
        }
    });
    view! {
        <fieldset>
            <legend>{legend}</legend>
            {rows.collect_view()}
        </fieldset>
    }
}
