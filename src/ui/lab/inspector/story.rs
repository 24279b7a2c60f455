//! What happened, why, and what to notice.

use super::shown::is_sealed;
use crate::route::Perspective;
use crate::run::Run;
use crate::story::Step;
use crate::ui::lab;
use crate::ui::parts::rich;
use leptos::prelude::*;

/// The story of the step, as it is seen from here.
#[component]
pub fn StepStory() -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    view! {
        <p class="sr-only" aria-live="polite">
            {move || lab.with_step(|run, step| sentences(run, step, perspective.get()))}
        </p>
        {move || lab.with_step(|_, step| tell(step, perspective.get()))}
    }
}

fn tell(step: &Step, perspective: Perspective) -> AnyView {
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

fn words(step: &Step) -> impl IntoView + use<> {
    let paragraph = |text: &str, class: &'static str| {
        (!text.is_empty()).then(|| view! { <p class=class>{rich(text)}</p> })
    };
    let notice = |text: String| {
        view! { <p class="notice"><span class="notice-word">"Notice: "</span>{rich(&text)}</p> }
    };
    let notices = step.notices().map(notice).collect_view();
    view! { {paragraph(&step.what, "")} {paragraph(&step.why, "")} {notices} }
}

/// The step for someone who hears it.
fn sentences(run: &Run, step: &Step, perspective: Perspective) -> String {
    let sealed = is_sealed(step, perspective);
    let title = if sealed { "Encrypted record" } else { &step.title };
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
