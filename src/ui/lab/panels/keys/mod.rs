//! The key schedule as far as the present step, and one value of it in full.

mod card;
mod drawing;
mod layout;

use super::now::is_sent;
use crate::dissect::KeyNode;
use crate::link::Perspective;
use crate::run::Run;
use crate::ui::lab;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Keys() -> impl IntoView {
    let lab = lab();
    let none = Memo::new(move |_| lab.with_step(|run, _| run.dissection().keys.is_empty()));
    view! {
        {move || match none.get() {
            Some(false) => {
                view! {
                    <drawing::Drawing/>
                    <card::KeyCard/>
                }
                    .into_any()
            }
            _ => super::empty("No key came to be in this run: it ended before both key shares were sent."),
        }}
    }
}

/// Whether the value can exist by this step.
fn exists(run: &Run, node: &KeyNode, step: usize) -> bool {
    node.after_message.is_none_or(|message| is_sent(run, message, step))
}

/// The value that someone who only listens lacks to compute this one: the first, going back, that
/// needs a private key. `None` where all that goes in is public: zeros, and what follows from them.
fn lacking<'a>(run: &'a Run, node: &'a KeyNode) -> Option<&'a KeyNode> {
    if node.parents.is_empty() {
        let public = |value: &[u8]| value.iter().all(|octet| *octet == 0);
        return node.inputs.iter().any(|input| !public(&input.value)).then_some(node);
    }
    let parents = node.parents.iter().filter_map(|name| run.dissection().key(name));
    parents.filter(|parent| parent.name != node.name).find_map(|parent| lacking(run, parent))
}

/// Whether someone with this perspective may be shown the value at this step.
fn is_visible(run: &Run, node: &KeyNode, step: usize, perspective: Perspective) -> bool {
    let secret = perspective == Perspective::Eavesdropper && lacking(run, node).is_some();
    exists(run, node, step) && !secret
}
