//! What stands beside the step, one panel at a time; the table of them is in `src/panel.rs`.
//! Every panel shows its subject as far as the present step, or dims what comes later.

mod certificates;
mod checks;
mod errors;
mod follow;
mod keys;
mod knows;
mod now;
mod tcp;
mod transcript;

pub use follow::shown as shown_panel;

use crate::dissect::MessageKind;
use crate::route::Panel;
use crate::run::Run;
use crate::ui::lab;
use crate::ui::parts::{Behind, Tabs, later};
use crate::ui::state::Lab;
use leptos::context::Provider;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The panels, one at a time (the tabs pattern of WAI-ARIA).
#[component]
pub fn Panels() -> impl IntoView {
    view! { <Provider value=lab().late()><Tabbed/></Provider> }
}

#[component]
fn Tabbed() -> impl IntoView {
    let lab = lab();
    let chosen = Memo::new(move |_| lab.link.read().view.panel);
    let panel = Memo::new(move |_| follow::shown(lab));
    let at = Memo::new(move |_| panel.get() as usize);
    let tabs = Panel::ALL.iter().map(|panel| (panel.label(), panel.word(), "panel")).collect();
    let choose = |lab: Lab, to: usize| {
        if let Some(choice) = Panel::ALL.get(to) {
            lab.look(|view| view.panel = Some(*choice));
        }
    };
    view! {
        <Tabs class="tabs" label="Panels" tabs at choose/>
        <div
            class="panel"
            role="tabpanel"
            id="panel"
            tabindex="0"
            aria-labelledby=move || format!("tab-{}", panel.get().word())
        >
            <h2 class="sr-only">{move || panel.get().label()}</h2>
            <p class="panel-lead">
                {move || panel.get().lead()} " "
                {move || {
                    chosen.get().is_some().then(|| {
                        let follow = move |_| lab.look(|view| view.panel = None);
                        view! { <button class="link" on:click=follow>"Follow the step"</button> }
                    })
                }}
            </p>
            {move || match panel.get() {
                Panel::Knows => view! { <knows::Knows/> }.into_any(),
                _ => later(door),
            }}
        </div>
    }
}

/// The panels that are not shown at first, loaded when one of them is.
#[wasm_split(panels, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Behind {
    Ok(|| match untrack(|| follow::shown(lab())) {
        Panel::Keys => view! { <keys::Keys/> }.into_any(),
        Panel::Certificates => view! { <certificates::Certificates/> }.into_any(),
        Panel::Checks => view! { <checks::Checks/> }.into_any(),
        Panel::Errors => view! { <errors::Errors/> }.into_any(),
        Panel::Transcript => view! { <transcript::Transcript/> }.into_any(),
        Panel::Tcp => view! { <tcp::Tcp/> }.into_any(),
        Panel::Knows => ().into_any(),
    })
}

/// Why a connection has nothing of TLS to show, where it has none.
fn without_tls(run: &Run) -> Option<&'static str> {
    let parts = run.dissection();
    let is_http = parts.messages.iter().any(|message| message.kind == MessageKind::Http);
    parts.records.is_empty().then_some(if is_http {
        "There is no TLS on this hop: it carries plain HTTP."
    } else {
        "There is no TLS in this connection: nothing of it was sent."
    })
}

/// What a panel shows before there is anything to show.
fn empty(text: impl Into<String>) -> AnyView {
    view! { <p class="note dim">{text.into()}</p> }.into_any()
}
