//! A run with a gateway: client, gateway and service with the two wires between them, and who can
//! read what at each of these places. Stands above the lab's stage.

use super::lab;
use super::parts::Behind;
use crate::dissect::{Dissection, MessageKind};
use crate::route::Perspective;
use crate::run::Run;
use crate::scenario::Gateway;
use crate::trace::Role;
use crate::visibility::{Fact, Place, Table, who_reads_what};
use crate::wire::names;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The strip with the three hosts and the two wires, loaded with the first run that has a gateway.
#[wasm_split(gateway, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Topology/> }.into_any())
}

/// What each gateway does, in a sentence.
fn sentence(gateway: Gateway) -> &'static str {
    match gateway {
        Gateway::None => "",
        Gateway::Terminate => {
            "The gateway has the certificate for the name. It opens what the client sends, and passes it on as plain HTTP."
        }
        Gateway::ReEncrypt => {
            "The gateway has the certificate for the name. It opens what the client sends, and encrypts it again under the keys of a second handshake."
        }
        Gateway::Mutual => {
            "As with re-encryption, and in the second handshake the gateway shows a certificate too, so the service knows which gateway asks, though not which client."
        }
        Gateway::Intercept => {
            "Whoever stands between made a certificate for the server's name itself. What a client that takes it sends, they open and pass on over a second handshake, with the real server."
        }
        Gateway::PassThrough => {
            "The gateway reads the name in the ClientHello and passes bytes on. It has no certificate for the name and no key: TLS is between client and service."
        }
    }
}

/// What the strip and its buttons are called, by who stands between.
fn called(between: Role) -> (&'static str, &'static str) {
    match between {
        Role::Attacker => ("The attacker's place", "What stands in between"),
        Role::Proxy => ("The proxy's place", "What stands in between"),
        _ => ("Gateway", "What the gateway does"),
    }
}

/// What a wire carries, in a few words.
fn carries(parts: &Dissection) -> String {
    match parts.negotiated.version {
        Some(version) => names::version_name(version).into_owned(),
        None if parts.messages.iter().any(|message| message.kind == MessageKind::Http) => {
            "plain HTTP".into()
        }
        None => "nothing".into(),
    }
}

/// Everything.
#[component]
fn Topology() -> impl IntoView {
    let lab = lab();
    // Of the whole run: a look at another hop changes nothing of it.
    let shown = Memo::new(move |_| {
        let run = lab.run.read();
        let run = run.as_ref().ok()?;
        let table = who_reads_what(run)?;
        let wires = run.dissections.iter().map(carries).collect::<Vec<_>>();
        Some((run.scenario().clone(), table, wires))
    });
    let focus = Memo::new(move |_| {
        lab.run.read().as_ref().map_or(0, |run: &std::sync::Arc<Run>| run.focus())
    });
    let open = RwSignal::new(false);
    let gateway = Memo::new(move |_| {
        shown.read().as_ref().map_or(Gateway::None, |(scenario, ..)| scenario.gateway)
    });
    let between = Memo::new(move |_| {
        let shown = shown.read();
        let places = shown.iter().flat_map(|(_, table, _)| &table.places);
        let mut roles = places.filter_map(|place| match place {
            Place::Inside(role) => Some(*role),
            Place::Wire(..) => None,
        });
        roles.find(|role| role.is_between()).unwrap_or(Role::Gateway)
    });
    let places = move || {
        let (_, table, wires) = shown.get()?;
        let place = |place: &Place| match place {
            Place::Inside(role) => {
                view! { <li class=format!("host {}", role.name())>{role.name()}</li> }.into_any()
            }
            Place::Wire(hop, ..) => {
                let what = wires.get(*hop).cloned().unwrap_or_default();
                view! { <WireButton hop=*hop name=place.name() what focus/> }.into_any()
            }
        };
        Some(table.places.iter().map(place).collect_view())
    };
    let table = move || {
        let (_, table, _) = shown.get()?;
        open.get().then(|| readings(&table, focus))
    };
    // The buttons stay while what they show changes, so the focus stays on them.
    let present = Memo::new(move |_| gateway.get() != Gateway::None);
    move || {
        present.get().then(|| {
            view! {
                <section class="topology" aria-label=move || called(between.get()).0>
                    <div class="topology-top">
                        <Modes gateway between/>
                        <p class="dim">{move || sentence(gateway.get())}</p>
                    </div>
                    <ol class="places">{places}</ol>
                    <div class="readings">
                        <button
                            class="disclosure"
                            aria-expanded=move || open.get().to_string()
                            on:click=move |_| open.update(|open| *open = !*open)
                        >
                            "Who can read and change what"
                        </button>
                        {table}
                    </div>
                </section>
            }
        })
    }
}

/// The kinds of gateway, to go from one to another.
#[component]
fn Modes(gateway: Memo<Gateway>, between: Memo<Role>) -> impl IntoView {
    let lab = lab();
    // What does not go with another kind, as a fault that is about this one, is given up.
    let choose = move |gateway: Gateway| {
        let present = lab.run.read().as_ref().ok().map(|run| run.scenario().clone());
        if let Some(Ok(other)) = present.map(|present| present.choose("gateway", gateway.id())) {
            lab.run_scenario(&other);
        }
    };
    let button = move |kind: Gateway| {
        view! {
            <button
                aria-pressed=move || (gateway.get() == kind).to_string()
                on:click=move |_| choose(kind)
            >
                {kind.id()}
            </button>
        }
    };
    let kinds = Gateway::ALL.iter().copied().filter(|gateway| *gateway != Gateway::None);
    view! {
        <div class="seg" role="group" aria-label=move || called(between.get()).1>
            {kinds.map(button).collect_view()}
        </div>
    }
}

/// A wire: choosing it shows what goes over it.
#[component]
fn WireButton(hop: usize, name: String, what: String, focus: Memo<usize>) -> impl IntoView {
    let lab = lab();
    let is_here = move || focus.get() == hop;
    let listened =
        move || is_here() && lab.link.read().view.perspective == Perspective::Eavesdropper;
    let class = if what == "plain HTTP" { "wire-button bare" } else { "wire-button" };
    view! {
        <li class="hop">
            <button
                class=class
                aria-pressed=move || is_here().to_string()
                title=format!("Show {name}")
                on:click=move |_| lab.connection_to(hop)
            >
                <span class="sr-only">{name.clone()}": "</span>
                {what}
                <span class="listening">{move || listened().then_some(" · eavesdropper")}</span>
            </button>
        </li>
    }
}

/// The table: a column for each place, a row for each thing to be read.
fn readings(table: &Table, focus: Memo<usize>) -> AnyView {
    let heads = table
        .places
        .iter()
        .map(|place| {
            let hop = match place {
                Place::Wire(hop, ..) => Some(*hop),
                Place::Inside(_) => None,
            };
            let (class, kind) = match hop {
                Some(_) => ("on-wire", "on the wire"),
                None => ("", "inside"),
            };
            view! {
                <th scope="col" class=class class:now=move || hop == Some(focus.get())>
                    <span class="dim">{kind}</span>
                    " "
                    {place.name()}
                </th>
            }
        })
        .collect_view();
    view! {
        <div class="readings-scroll" tabindex="0" role="region" aria-label="Who can read and change what">
            <table>
                <thead>
                    <tr><th scope="col"><span class="sr-only">"What"</span></th>{heads}</tr>
                </thead>
                <tbody>{table.facts.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="dim">
            "Found by searching what each place has: on a wire the packets, inside also what its own keys opened. ✓ shows an excerpt of what was found. Whoever has a message without the keys of others around it can change it on its way, and neither end would notice."
        </p>
    }
    .into_any()
}

fn row(fact: &Fact) -> impl IntoView + use<> {
    let cells = fact
        .excerpts
        .iter()
        .zip(&fact.changes)
        .map(|(excerpt, changes)| match excerpt {
            Some(excerpt) => view! {
                <td class="yes">
                    <span aria-hidden="true">"✓ "</span>
                    <span class="sr-only">"yes: "</span>
                    <code translate="no">{excerpt.clone()}</code>
                    {changes.then(|| view! { <b class="changes">"can change it"</b> })}
                </td>
            }
            .into_any(),
            None => view! {
                <td class="no"><span aria-hidden="true">"–"</span><span class="sr-only">"no"</span></td>
            }
            .into_any(),
        })
        .collect_view();
    view! { <tr><th scope="row">{fact.name.clone()}</th>{cells}</tr> }
}
