//! Break & fix: the list of faults, the questions before a fault's run, and in the lab what it did.

mod beside;
mod facts;
mod guess;
mod host;
mod list;
mod others;
mod panes;
mod remedies;
mod row;
mod said;
pub mod seen;
mod symptom;
mod verdict;

pub use said::{known as observed, printed, speaker};

use super::lab;
use super::parts::{Behind, later};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// In the lab, what a fault did; loaded with the first fault.
#[component]
pub fn Verdict() -> impl IntoView {
    let lab = lab();
    let wanted = Memo::new(move |_| {
        let faulty = lab.run.read().as_ref().is_ok_and(|run| run.scenario().fault.is_some());
        faulty || lab.fixed.read().is_some()
    });
    move || wanted.get().then(|| later(verdict_door))
}

#[wasm_split(breakit, wasm_split_path = leptos::wasm_split, fallible)]
fn verdict_door() -> Behind {
    Ok(|| view! { <verdict::Verdict/> }.into_any())
}

/// A fault before its run is shown.
#[wasm_split(breakit, wasm_split_path = leptos::wasm_split, fallible)]
pub fn guess_door() -> Behind {
    Ok(|| view! { <guess::Guess/> }.into_any())
}

/// The way to other faults, loaded with the first.
#[wasm_split(breakit, wasm_split_path = leptos::wasm_split, fallible)]
pub fn others_door() -> Behind {
    Ok(|| view! { <others::Others/> }.into_any())
}

/// The list, loaded when first shown, without what it takes to tell one of them.
#[wasm_split(faults, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <list::Faults/> }.into_any())
}
