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
use crate::ui::parts::{Behind, later};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use web_sys::KeyboardEvent;
use web_sys::wasm_bindgen::JsCast;

/// The panels, one at a time (the tabs pattern of WAI-ARIA).
#[component]
pub fn Panels() -> impl IntoView {
    let lab = lab();
    let tabs = NodeRef::<Div>::new();
    let chosen = Memo::new(move |_| lab.link.read().view.panel);
    let panel = Memo::new(move |_| follow::shown(lab));
    let key = move |event: KeyboardEvent| {
        let count = Panel::ALL.len();
        let at = Panel::ALL.iter().position(|one| *one == panel.get_untracked()).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(choice) = Panel::ALL.get(to) {
            lab.look(|view| view.panel = Some(*choice));
        }
        let tab = tabs.get_untracked().and_then(|tabs| tabs.children().item(to as u32));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let tab = move |choice: Panel| {
        let is = move || panel.get() == choice;
        view! {
            <button
                role="tab"
                id=format!("tab-{}", choice.word())
                aria-controls="panel"
                aria-selected=move || is().to_string()
                tabindex=move || if is() { "0" } else { "-1" }
                on:click=move |_| lab.look(|view| view.panel = Some(choice))
            >
                {choice.label()}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Panels" node_ref=tabs on:keydown=key>
            {Panel::ALL.iter().map(|choice| tab(*choice)).collect_view()}
        </div>
        <div
            class="panel"
            role="tabpanel"
            id="panel"
            tabindex="0"
            aria-labelledby=move || format!("tab-{}", panel.get().word())
        >
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
