//! One thing that was read: in short, and byte for byte.

use super::desk::Desk;
use crate::capture::pem;
use crate::certificates::read::{Found, Thing};
use crate::certificates::told;
use crate::ui::lab;
use crate::ui::lab::Decoded;
use crate::ui::parts::{CopyButton, certificate_facts, fact};
use crate::wire::{Node, x509};
use leptos::prelude::*;

/// The card of a thing; `id` tells it from all others on the screen.
#[component]
pub fn Card(
    id: String,
    found: Found,
    /// Whether it stands below the heading of an object.
    #[prop(optional)]
    inside: bool,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let lab = lab();
    let shown = decoded(&found.thing);
    let open = {
        let id = id.clone();
        Memo::new(move |_| desk.open.read().as_ref() == Some(&id))
    };
    let toggle = move |_| {
        let next = (!open.get_untracked()).then(|| id.clone());
        desk.open.set(next);
        lab.look(|view| view.selection.clear());
    };
    let der = match &found.thing {
        Thing::Certificate(der) => Some(("CERTIFICATE", der)),
        Thing::RevocationList(der, _) => Some(("X509 CRL", der)),
        Thing::PublicKey(der) => Some(("PUBLIC KEY", der)),
        Thing::Request(der, _) => Some(("CERTIFICATE REQUEST", der)),
        Thing::Key(_) => None,
    };
    let copy = der.map(|(label, der)| {
        view! { <CopyButton text=pem::encode(label, der) what="PEM" named=true/> }
    });
    let name = name(&found.thing);
    let bytes = shown.is_some().then(|| {
        view! {
            <button class="btn" aria-expanded=move || open.get().to_string() on:click=toggle>
                "Fields and bytes"<span class="sr-only">{format!(" of {name}")}</span>
            </button>
        }
    });
    let panes = move || {
        let (bytes, nodes) = shown.clone()?;
        open.get().then(|| view! { <Decoded bytes nodes/> })
    };
    view! {
        <li class="certificate">
            <p class="dim">{told::kind(&found.thing)}", "{found.place}</p>
            {facts(&found.thing, inside)}
            <div class="actions">{bytes} {copy}</div>
            {panes}
        </li>
    }
}

/// The bytes of a thing and their tree, where there is a decoder.
fn decoded(thing: &Thing) -> Option<(Vec<u8>, Vec<Node>)> {
    match thing {
        Thing::Certificate(der) => Some((der.clone(), x509::parse_or_opaque(der).0)),
        Thing::RevocationList(der, _) => {
            Some((der.clone(), x509::parse_revocation_list(der).ok()?.0))
        }
        Thing::Request(der, _) => Some((der.clone(), x509::parse_request(der).ok()?.0)),
        _ => None,
    }
}

/// What a thing that has a decoder is called, beside others of its kind.
fn name(thing: &Thing) -> String {
    match thing {
        Thing::Certificate(der) => {
            let (_, summary, _) = x509::parse_or_opaque(der);
            told::or_empty(&summary.subject).to_owned()
        }
        Thing::RevocationList(_, list) => format!("the list of {}", list.issuer),
        Thing::Request(_, asked) => format!("the request of {}", told::or_empty(&asked.subject)),
        other => told::kind(other).to_owned(),
    }
}

/// A thing in short; `inside` of an object.
fn facts(thing: &Thing, inside: bool) -> AnyView {
    let title = |title: &str| {
        let title = told::or_empty(title).to_owned();
        if inside {
            view! { <h4>{title}</h4> }.into_any()
        } else {
            view! { <h3>{title}</h3> }.into_any()
        }
    };
    match thing {
        Thing::Certificate(der) => {
            let (_, summary, _) = x509::parse_or_opaque(der);
            view! { {title(&summary.subject)} {certificate_facts(&summary)} }.into_any()
        }
        Thing::Request(_, asked) => {
            let names: Vec<&str> =
                asked.subject_alt_names.iter().map(|name| name.value.as_str()).collect();
            view! {
                {title(&asked.subject)}
                <dl class="pairs">
                    {fact("names", names.join(", "))}
                    {fact("key", asked.public_key.clone())}
                    {fact("signature", asked.signature_algorithm.clone())}
                </dl>
            }
            .into_any()
        }
        Thing::Key(_) | Thing::RevocationList(..) | Thing::PublicKey(_) => {
            view! { <p>{told::thing(thing)}</p> }.into_any()
        }
    }
}
