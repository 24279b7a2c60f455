//! What is asked: for which host, when, with which roots, and by whom.

use super::desk::{Desk, Trust, roots_among};
use crate::capture::pem;
use crate::certificates::read::Reading;
use crate::trace::Endpoint;
use leptos::prelude::*;
use std::sync::Arc;

/// The question.
#[component]
pub fn Ask(reading: Memo<Option<Arc<Reading>>>) -> impl IntoView {
    let desk: Desk = expect_context();
    let judges = |by: Endpoint| match by {
        Endpoint::Client => "a client, of a server’s",
        Endpoint::Server => "a server, of a client’s",
    };
    let own = move || desk.trust.get() == Trust::Own;
    let is_client = move || desk.by.get() == Endpoint::Client;
    let needs_password = Memo::new(move |_| {
        let reading = reading.read();
        let troubles = reading.iter().flat_map(|reading| &reading.troubles);
        !desk.password.read().is_empty()
            || troubles.into_iter().any(|trouble| trouble.wants_password())
    });
    view! {
        <section class="ask" aria-label="What is asked">
            {move || needs_password.get().then(|| view! {
                <label>
                    "Password of the key or the store"
                    <input
                        type="password"
                        autocomplete="off"
                        prop:value=desk.password
                        on:change:target=move |event| desk.password.set(event.target().value())
                    />
                </label>
            })}
            <label>
                "Who judges"
                <select on:change:target=move |event| {
                    let by = Endpoint::BOTH.into_iter().find(|by| by.name() == event.target().value());
                    desk.by.set(by.unwrap_or(Endpoint::Client));
                }>
                    {Endpoint::BOTH.map(|by| view! {
                        <option value=by.name() prop:selected=move || desk.by.get() == by>{judges(by)}</option>
                    }).collect_view()}
                </select>
            </label>
            {move || is_client().then(|| view! {
                <label>
                    "Host or address"
                    <input
                        type="text"
                        class="mono"
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="none"
                        placeholder="www.example.com"
                        prop:value=desk.host
                        on:input:target=move |event| desk.host.set(event.target().value())
                    />
                </label>
            })}
            <label>
                "At (UTC); empty is now"
                <span class="ask-at">
                    <input
                        type="datetime-local"
                        step="1"
                        prop:value=desk.at
                        on:input:target=move |event| desk.at.set(event.target().value())
                    />
                    <button class="btn" on:click=move |_| desk.at.set(String::new())>"Now"</button>
                </span>
            </label>
            <div class="ask-roots" role="group" aria-label="Trusted roots">
                <span>"Trusted roots"</span>
                <div class="seg">
                    {Trust::ALL.map(|trust| view! {
                        <button
                            aria-pressed=move || (desk.trust.get() == trust).to_string()
                            on:click=move |_| desk.trust.set(trust)
                        >{trust.label()}</button>
                    }).collect_view()}
                </div>
                {move || among(desk, &reading.read())}
            </div>
            {move || own().then(|| view! {
                <label class="ask-own">
                    "Roots of your own, in PEM; none trusts nobody"
                    <textarea
                        class="mono"
                        rows="4"
                        spellcheck="false"
                        autocomplete="off"
                        translate="no"
                        prop:value=desk.roots
                        on:input:target=move |event| desk.roots.set(event.target().value())
                    ></textarea>
                </label>
            })}
        </section>
    }
}

/// The way to trust the roots that stand among what was read.
fn among(desk: Desk, reading: &Option<Arc<Reading>>) -> Option<AnyView> {
    let roots = roots_among(reading.as_ref()?);
    if roots.is_empty() {
        return None;
    }
    let text: String = roots.iter().map(|root| pem::encode("CERTIFICATE", root)).collect();
    if desk.trust.get() == Trust::Own && *desk.roots.read() == text {
        return None;
    }
    let trust = move |_| {
        desk.roots.set(text.clone());
        desk.trust.set(Trust::Own);
    };
    Some(
        view! { <button class="btn" on:click=trust>"Trust the root among them"</button> }
            .into_any(),
    )
}
