//! What was read: each thing in short, and byte for byte.

use super::desk::Desk;
use crate::capture::pem;
use crate::certificates::read::{Container, Found, Part, Reading, Thing, Trouble};
use crate::certificates::told;
use crate::ui::lab;
use crate::ui::lab::Decoded;
use crate::ui::parts::{CopyButton, certificate_facts, fact};
use crate::wire::{Node, x509};
use leptos::prelude::*;

/// The cards of all that was read; `prefix` tells them from all others on the screen, and `inside` is for those
/// that stand below the heading of an object.
pub fn cards(reading: &Reading, prefix: &str, inside: bool) -> Option<AnyView> {
    if reading.found.is_empty() && reading.containers.is_empty() {
        return None;
    }
    let things = reading.found.iter().enumerate().map(|(at, found)| {
        view! { <Card id=format!("{prefix}-{at}") found=found.clone() inside/> }.into_any()
    });
    let containers = reading.containers.iter().enumerate().map(|(at, container)| {
        view! { <Holder id=format!("{prefix}-container-{at}") container=container.clone()/> }
            .into_any()
    });
    let all: Vec<AnyView> = containers.chain(things).collect();
    Some(view! { <ul class="cards">{all}</ul> }.into_any())
}

/// Bytes that can be opened with their fields.
struct Openable {
    /// Tells them from all others on the screen.
    id: String,
    /// Whose they are, for people who do not see what they stand in.
    name: String,
    /// What stands on the button.
    label: &'static str,
    bytes: Vec<u8>,
    decode: Decode,
}

/// How bytes become fields.
enum Decode {
    By(fn(&[u8]) -> Vec<Node>),
    /// They are decoded already.
    Done(Vec<Node>),
}

/// The button that opens bytes, and the bytes while they are open.
fn openable(one: Openable) -> (AnyView, AnyView) {
    let (lab, desk): (_, Desk) = (lab(), expect_context());
    let Openable { id, name, label, bytes, decode } = one;
    let open = {
        let id = id.clone();
        Memo::new(move |_| desk.open.read().as_ref() == Some(&id))
    };
    let toggle = move |_| {
        let next = (!open.get_untracked()).then(|| id.clone());
        desk.open.set(next);
        lab.look(|view| view.selection.clear());
    };
    let button = view! {
        <button class="btn" aria-expanded=move || open.get().to_string() on:click=toggle>
            {label}<span class="sr-only">{format!(" of {name}")}</span>
        </button>
    };
    let panes = move || {
        open.get().then(|| {
            let nodes = match &decode {
                Decode::By(decode) => decode(&bytes),
                Decode::Done(nodes) => nodes.clone(),
            };
            view! { <Decoded bytes=bytes.clone() nodes/> }
        })
    };
    (button.into_any(), panes.into_any())
}

/// The card of a thing; `id` tells it from all others on the screen.
#[component]
fn Card(id: String, found: Found, inside: bool) -> impl IntoView {
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
    let secret = matches!(found.thing, Thing::Key(_)).then(|| {
        view! { <p class="dim">"Its bytes are shown only here, and only when you ask: whoever sees them has the key."</p> }
    });
    let (bytes, decode) = decoded(&found.thing);
    let decode = Decode::By(decode);
    let label = if secret.is_some() { SHOW } else { OPEN };
    let (button, panes) =
        openable(Openable { id, name: name(&found.thing), label, bytes: bytes.to_vec(), decode });
    view! {
        <li class="certificate">
            <p class="dim">{told::kind(&found.thing)}", "{found.place}</p>
            {facts(&found.thing, inside)}
            {secret}
            <div class="actions">{button} {copy}</div>
            {panes}
        </li>
    }
}

/// What stands on the button of bytes, and of those that hold a private key.
const OPEN: &str = "Fields and bytes";
const SHOW: &str = "Show the private key’s bytes";

/// The card of a container: its bytes, and what was opened of it.
#[component]
fn Holder(id: String, container: Container) -> impl IntoView {
    let Container { place, what, parts } = container;
    let of = format!("the {what} at {place}");
    let shown = parts.into_iter().enumerate().map(|(at, part)| {
        let Part { what, bytes, is_secret } = part;
        let label = if is_secret { SHOW } else { OPEN };
        let id = format!("{id}-{at}");
        let name = format!("{of}, {what}");
        let (button, panes) =
            openable(Openable { id, name, label, bytes, decode: Decode::By(anything) });
        view! { <p class="part">{what}</p> <div class="actions">{button}</div> {panes} }.into_any()
    });
    let shown: Vec<AnyView> = shown.collect();
    view! {
        <li class="certificate">
            <p class="dim">{what}", "{place}</p>
            {shown}
        </li>
    }
}

/// What could be read of something that breaks half-way; nothing where there is nothing of it.
pub fn broken(id: String, trouble: &Trouble) -> Option<AnyView> {
    let one = trouble.broken.clone()?;
    let partly = one.partly();
    let facts =
        partly.facts.into_iter().filter_map(|(name, value)| fact(name, value)).collect_view();
    let expected = partly.expected.into_iter().map(|what| view! { <li>{what}</li> }).collect_view();
    let what = one.what();
    let name = format!("the {what} at {}", trouble.place);
    let decode = Decode::Done(partly.nodes);
    let (button, panes) = openable(Openable { id, name, label: OPEN, bytes: one.bytes, decode });
    Some(
        view! {
            <div class="certificate">
                <p class="dim">{format!("What could be read of this {what}")}</p>
                <dl class="pairs">{facts}</dl>
                <ul class="troubles">{expected}</ul>
                <div class="actions">{button}</div>
                {panes}
            </div>
        }
        .into_any(),
    )
}

fn anything(bytes: &[u8]) -> Vec<Node> {
    x509::parse_anything(bytes).0
}

/// What takes bytes apart.
type Decoder = fn(&[u8]) -> Vec<Node>;

/// The bytes of a thing, and their decoder.
fn decoded(thing: &Thing) -> (&[u8], Decoder) {
    match thing {
        Thing::Certificate(der) => (der, |der| x509::parse_or_opaque(der).0),
        Thing::RevocationList(der, _) => (der, |der| x509::parse_revocation_list_or_opaque(der).0),
        Thing::Request(der, _) => (der, |der| x509::parse_request_or_opaque(der).0),
        Thing::PublicKey(der) => (der, |der| x509::parse_public_key(der).0),
        Thing::Key(key) => (key.secret_der(), anything),
    }
}

/// What a thing is called, beside others of its kind.
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
                    {fact("key", x509::key_name(&asked.public_key))}
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
