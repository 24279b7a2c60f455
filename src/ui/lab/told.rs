//! Every step of the connection with its first words.

use super::seen;
use crate::route::Perspective;
use crate::run::Run;
use crate::story::Told;
use crate::ui::lab;
use crate::ui::parts::{Behind, plain_click, rich};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The list, loaded with what is said of a step.
#[wasm_split(step, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <StepByStep/> }.into_any())
}

#[component]
fn StepByStep() -> impl IntoView {
    let lab = lab();
    let eyes = Memo::new(move |_| lab.eyes());
    move || {
        let eyes = eyes.get();
        lab.with_step(|run, _| {
            let items = run.told().map(|told| item(run, told, eyes)).collect_view();
            view! { <ol class="told">{items}</ol> }
        })
    }
}

fn item(run: &Run, Told { step, words }: Told<'_>, eyes: Perspective) -> impl IntoView + use<> {
    let lab = lab();
    let index = step.index;
    let listening = eyes == Perspective::Eavesdropper;
    let text = if listening { &words.eavesdropper } else { &words.what };
    let go = move |event| {
        if plain_click(&event) {
            lab.step_to(index);
        }
    };
    view! {
        <li>
            <p>
                <a href=move || lab.step_href(Some(index)) on:click=go>{seen::title(step, eyes).to_string()}</a>
                " "
                <span class="dim">
                    {run.name(step.from)} " → " {run.name(step.from.peer())}
                </span>
            </p>
            <p>{rich(text)}</p>
        </li>
    }
}
