//! What happened, why, and what to notice.

use super::super::seen::{self, is_sealed};
use super::shown::Shown;
use super::terms::Terms;
use crate::route::Perspective;
use crate::run::Run;
use crate::story::Step;
use crate::ui::lab;
use crate::ui::lab::Front;
use crate::ui::parts::{rich, rich_with};
use leptos::prelude::*;

/// The story of the step, as it is seen from here. Names of fields that are shown light their bytes.
#[component]
pub fn StepStory(shown: Memo<Option<Shown>>) -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    view! {
        <p class="sr-only" aria-live="polite">
            {move || lab.with_step(|run, step| sentences(run, step, perspective.get()))}
        </p>
        {move || lab.with_step(|_, step| tell(step, perspective.get(), shown))}
    }
}

fn tell(step: &Step, perspective: Perspective, shown: Memo<Option<Shown>>) -> AnyView {
    let terms = Terms::new();
    let words = |step: &Step| {
        words(step, &|text| {
            rich_with(text, &|name| field_link(shown, name), &|text| terms.linked(text))
        })
    };
    if perspective != Perspective::Eavesdropper {
        return view! { <div class="story">{words(step)}</div> }.into_any();
    }
    let seen = view! { <p>{rich(&step.eavesdropper)}</p> };
    if is_sealed(step, perspective) {
        view! {
            <div class="story">
                {seen} <details>
                    <summary>"What it really is, which an eavesdropper cannot tell"</summary>
                    <p><b>{step.title.clone()}</b></p>
                    {words(step)}
                </details>
            </div>
        }
        .into_any()
    } else {
        view! { <div class="story">{seen} {words(step)}</div> }.into_any()
    }
}

fn words(step: &Step, told: &dyn Fn(&str) -> AnyView) -> impl IntoView + use<> {
    let paragraph = |text: &str, class: &'static str| {
        (!text.is_empty()).then(|| view! { <p class=class>{told(text)}</p> })
    };
    let notice = |text: String| {
        view! { <p class="notice"><span class="notice-word">"Notice: "</span>{told(&text)}</p> }
    };
    let notices = step.notices().map(notice).collect_view();
    view! { {paragraph(&step.what, "")} {paragraph(&step.why, "")} {notices} }
}

/// The name of a field that is shown, as a way to its bytes.
fn field_link(shown: Memo<Option<Shown>>, name: &str) -> Option<AnyView> {
    let lab = lab();
    let path = shown.read().as_ref()?.named(name)?;
    let light = {
        let path = path.clone();
        move || lab.hover.set(path.clone())
    };
    let light_too = light.clone();
    let dim = move || lab.hover.set(Vec::new());
    let choose = move |_| {
        lab.look(|view| view.selection = path.clone());
        lab.turn_to(Front::Bytes);
    };
    let view = view! {
        <button
            class="field-link"
            translate="no"
            title="Show the bytes of this field"
            on:pointerenter=move |_| light()
            on:pointerleave=move |_| dim()
            on:focus=move |_| light_too()
            on:blur=move |_| dim()
            on:click=choose
        >
            {name.to_string()}
        </button>
    };
    Some(view.into_any())
}

/// The step for someone who hears it.
fn sentences(run: &Run, step: &Step, perspective: Perspective) -> String {
    let sealed = is_sealed(step, perspective);
    let title = seen::title(step, perspective);
    let told = match (perspective, sealed) {
        (Perspective::Eavesdropper, true) => step.eavesdropper.clone(),
        (Perspective::Eavesdropper, false) => format!("{} {}", step.eavesdropper, step.what),
        _ => {
            let notices: Vec<String> = step.notices().collect();
            format!("{} {} {}", step.what, step.why, notices.join(" "))
        }
    };
    format!(
        "Step {} of {}: {title}, from the {} to the {}. {}",
        step.index + 1,
        run.story().steps.len(),
        run.name(step.from),
        run.name(step.from.peer()),
        told.replace("**", "").replace('`', ""),
    )
}
