//! The key schedule as far as the present step, and one value of it in full.

mod card;
mod drawing;
mod layout;

use super::now::{StepLink, is_sent, name_of, step_of};
use crate::dissect::KeyNode;
use crate::keys::roots;
use crate::route::Perspective;
use crate::run::Run;
use crate::ui::lab;
use crate::ui::state::Lab;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Keys() -> impl IntoView {
    let lab = lab();
    let none = Memo::new(move |_| lab.with_step(|run, _| run.dissection().keys.is_empty()));
    let chosen = Memo::new(move |_| {
        let link = lab.link.read();
        let name = link.view.key.as_deref();
        name.is_some_and(|name| {
            lab.run.read().as_ref().is_ok_and(|run| run.dissection().key(name).is_some())
        })
    });
    view! {
        {move || match none.get() {
            None => ().into_any(),
            Some(false) => {
                view! {
                    <drawing::Drawing/>
                    {move || {
                        if chosen.get() { view! { <card::KeyCard/> }.into_any() } else { hint(lab) }
                    }}
                }
                    .into_any()
            }
            Some(true) => super::empty(lab.with_step(|run, _| no_keys(run)).unwrap_or_default()),
        }}
    }
}

/// Why a connection has no keys at all.
fn no_keys(run: &Run) -> &'static str {
    super::without_tls(run).unwrap_or(
        "No keys were derived in this connection: it ended before both ends had what they take.",
    )
}

/// What stands in the card's place until a value is chosen.
fn hint(lab: Lab) -> AnyView {
    let text = move || {
        lab.with_step(|run, step| {
            let keys = &run.dissection().keys;
            if keys.iter().any(|node| exists(run, node, step.index)) {
                return "Choose a value to see how it is computed.".into_any();
            }
            let first = keys.iter().filter_map(|node| step_of(run, node.after_message?)).min();
            let first = first.unwrap_or(0);
            view! {
                "Nothing yet: the first values can be computed at "
                <StepLink step=first text=name_of(run, first)/>
                "."
            }
            .into_any()
        })
    };
    view! { <p class="note dim">{text}</p> }.into_any()
}

/// Whether the value can exist by this step.
fn exists(run: &Run, node: &KeyNode, step: usize) -> bool {
    node.after_message.is_none_or(|message| is_sent(run, message, step))
}

/// Whether someone with this perspective may be shown the value at this step.
fn is_visible(run: &Run, node: &KeyNode, step: usize, perspective: Perspective) -> bool {
    let secret =
        perspective == Perspective::Eavesdropper && !roots(&run.dissection().keys, node).is_empty();
    exists(run, node, step) && !secret
}
