//! What happened, why, and what to notice.

use super::super::seen::{self, is_sealed};
use super::shown::Shown;
use super::terms::Terms;
use crate::route::Perspective;
use crate::run::Run;
use crate::story::Told;
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
            {move || lab.with_told(|run, told| sentences(run, told, perspective.get()))}
        </p>
        {move || lab.with_told(|_, told| tell(told, perspective.get(), shown))}
    }
}

fn tell(told: Told<'_>, perspective: Perspective, shown: Memo<Option<Shown>>) -> AnyView {
    let step = told.step;
    let terms = Terms::new();
    let words = || {
        words(told, &|text| {
            rich_with(text, &|name| field_link(shown, name), &|text| terms.linked(text))
        })
    };
    if perspective != Perspective::Eavesdropper {
        return view! { <div class="story">{words()}</div> }.into_any();
    }
    let seen = view! { <p>{rich(&told.words.eavesdropper)}</p> };
    if is_sealed(step, perspective) {
        view! {
            <div class="story">
                {seen} <details>
                    <summary>"What it really is, which an eavesdropper cannot tell"</summary>
                    <p><b>{step.title.clone()}</b></p>
                    {words()}
                </details>
            </div>
        }
        .into_any()
    } else {
        view! { <div class="story">{seen} {words()}</div> }.into_any()
    }
}

fn words(told: Told<'_>, link: &dyn Fn(&str) -> AnyView) -> impl IntoView + use<> {
    let paragraph = |text: &str, class: &'static str| {
        (!text.is_empty()).then(|| view! { <p class=class>{link(text)}</p> })
    };
    let notice = |text: String| {
        view! { <p class="notice"><span class="notice-word">"Notice: "</span>{link(&text)}</p> }
    };
    let notices = told.notices().map(notice).collect_view();
    view! { {paragraph(&told.words.what, "")} {paragraph(&told.words.why, "")} {notices} }
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
fn sentences(run: &Run, told: Told<'_>, perspective: Perspective) -> String {
    let (step, words) = (told.step, told.words);
    let sealed = is_sealed(step, perspective);
    let title = seen::title(step, perspective);
    let said = match (perspective, sealed) {
        (Perspective::Eavesdropper, true) => words.eavesdropper.clone(),
        (Perspective::Eavesdropper, false) => format!("{} {}", words.eavesdropper, words.what),
        _ => {
            let notices: Vec<String> = told.notices().collect();
            format!("{} {} {}", words.what, words.why, notices.join(" "))
        }
    };
    format!(
        "Step {} of {}: {title}, from the {} to the {}. {}",
        step.index + 1,
        run.story().steps.len(),
        run.name(step.from),
        run.name(step.from.peer()),
        said.replace("**", "").replace('`', ""),
    )
}
