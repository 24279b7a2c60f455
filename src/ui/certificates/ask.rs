//! What is asked: for which host, when, with which roots, and by whom.

use super::desk::{Desk, NoQuestion, Trust, in_pem, roots_among};
use super::public;
use crate::trace::Endpoint;
use leptos::html::Input;
use leptos::prelude::*;

/// What tells of the question.
const TOLD: &str = "ask-told";

/// The question.
#[component]
pub fn Ask() -> impl IntoView {
    let desk: Desk = expect_context();
    let judges = |by: Endpoint| match by {
        Endpoint::Client => "a client, of a server’s",
        Endpoint::Server => "a server, of a client’s",
    };
    let own = move || desk.trust.get() == Trust::Own;
    let is_client = move || desk.by.get() == Endpoint::Client;
    let needs_password = Memo::new(move |_| {
        let reading = desk.reading.read();
        let troubles = reading.iter().flat_map(|reading| &reading.troubles);
        !desk.password.read().is_empty()
            || troubles.into_iter().any(|trouble| trouble.wants_password())
    });
    let none = Memo::new(move |_| desk.question.read().as_ref().err().cloned());
    let wrong = Memo::new(move |_| none.get().is_some_and(|why| why != NoQuestion::Loading));
    let told =
        Memo::new(move |_| none.get().map(why).or_else(|| understood(desk)).unwrap_or_default());
    let not_loaded = Memo::new(move |_| none.get() == Some(NoQuestion::NotLoaded));
    let moment = NodeRef::<Input>::new();
    // While a moment is incomplete, its control has none; writing that back would empty all of its fields.
    Effect::new(move |_| {
        let at = desk.at.get();
        if let Some(input) = moment.get()
            && input.value() != at
        {
            input.set_value(&at);
        }
    });
    let now = move |_| {
        desk.at.set(String::new());
        if let Some(input) = moment.get_untracked() {
            input.set_value("");
        }
    };
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
                        aria-describedby=TOLD
                        aria-invalid=move || desk.asked_host.read().is_err().to_string()
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
                        node_ref=moment
                        on:input:target=move |event| desk.at.set(event.target().value())
                    />
                    <button class="btn" on:click=now>"Now"</button>
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
                <Among/>
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
            <p id=TOLD class="ask-told" class:bad=wrong role="status">{told}</p>
            {move || not_loaded.get().then(|| view! {
                <button class="btn" on:click=move |_| public::load(desk.public)>"Load the public roots again"</button>
            })}
        </section>
    }
}

/// Why nothing is judged.
fn why(none: NoQuestion) -> String {
    match none {
        NoQuestion::Wrong(what) => what,
        NoQuestion::Loading => "Loading the public roots…".into(),
        NoQuestion::NotLoaded => {
            "The public roots could not be loaded, so nothing is judged by them. Check the connection and try again, or \
             trust other roots."
                .into()
        }
    }
}

/// How the host was understood, where more was written.
fn understood(desk: Desk) -> Option<String> {
    let host = desk.asked_host.get().ok().flatten()?;
    let same = desk.host.read().trim() == host;
    (!same).then(|| format!("Asked for {host}: a certificate has neither scheme, port nor path."))
}

/// The way to trust the roots that stand among what was read. It stays when they are trusted, so that the focus
/// is not lost.
#[component]
fn Among() -> impl IntoView {
    let desk: Desk = expect_context();
    let roots = Memo::new(move |_| {
        let reading = desk.reading.read();
        let roots = reading.as_ref().map(|reading| roots_among(reading));
        in_pem(&roots.unwrap_or_default())
    });
    let is_any = Memo::new(move |_| !roots.read().is_empty());
    let trusted =
        Memo::new(move |_| desk.trust.get() == Trust::Own && *desk.roots.read() == *roots.read());
    let trust = move |_| {
        desk.roots.set(roots.get_untracked());
        desk.trust.set(Trust::Own);
    };
    move || {
        is_any.get().then(|| view! {
            <button class="btn" aria-disabled=move || trusted.get().then_some("true") on:click=trust>
                "Trust the root among them"
            </button>
        })
    }
}
