//! The half that reads: what was given, what is in it, and what would become of it.

use super::ask::Ask;
use super::desk::{Desk, Outcome};
use super::give::Give;
use super::judged::judged;
use super::thing::Card;
use crate::certificates::read::{Found, Message, Reading, Trouble};
use crate::certificates::told;
use crate::story::format;
use leptos::prelude::*;
use std::sync::Arc;

/// The half.
#[component]
pub fn Read() -> impl IntoView {
    let desk: Desk = expect_context();
    let reading = desk.reading();
    view! {
        <p class="lead">
            "Paste a chain, a key, a request, a store, or what openssl, curl or Java said. You see what is in it, whether it would be taken, and what to do."
        </p>
        <p class="dim private">
            "Nothing leaves this page, and nothing is stored. A private key is compared with the certificates, and never shown."
        </p>
        <Give/>
        <Ask reading/>
        {move || match &*reading.read() {
            None => view! { <Empty/> }.into_any(),
            Some(reading) => results(&desk.outcome(reading), reading),
        }}
    }
}

/// What can be given.
#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="empty" aria-label="What can be read">
            <h2>"What can be read"</h2>
            <ul>
                <li>"PEM with certificates, requests, keys and revocation lists in any mixture and order; DER"</li>
                <li>"PKCS #7 (.p7b), and PKCS #12 stores (.p12, .pfx) with their password, Java’s too"</li>
                <li><code>"openssl s_client -showcerts"</code>", "<code>"curl -v"</code>", or a stack trace of Java: certificates are taken out of it, and known error messages are explained"</li>
            </ul>
        </section>
    }
}

fn results(outcome: &Outcome, reading: &Arc<Reading>) -> AnyView {
    let counts = |count: usize, what: &str| format::plural(count, what);
    let mut told = vec![format!("{} read", counts(reading.found.len(), "thing"))];
    if !reading.troubles.is_empty() {
        told.push(format!("{} not", reading.troubles.len()));
    }
    let verdicts = match &outcome.question {
        Ok(question) => outcome
            .verdicts
            .iter()
            .map(|verdict| judged(verdict, question))
            .collect_view()
            .into_any(),
        Err(wrong) => view! { <p class="bad" role="alert">{wrong.clone()}</p> }.into_any(),
    };
    let nothing_to_judge =
        outcome.question.is_ok() && outcome.verdicts.is_empty() && !reading.found.is_empty();
    view! {
        <p class="dim" role="status">{told.join(", ")}</p>
        {troubles(&reading.troubles)}
        {messages(&reading.messages)}
        {verdicts}
        {nothing_to_judge.then(|| view! {
            <p class="note">"There is no certificate of a server or a client among them that could be judged."</p>
        })}
        {things(&reading.found)}
    }
    .into_any()
}

fn troubles(troubles: &[Trouble]) -> Option<AnyView> {
    let rows = troubles.iter().map(|trouble| {
        view! { <li><b translate="no">{trouble.place.clone()}</b>" "{told::trouble(trouble)}</li> }
    });
    (!troubles.is_empty()).then(|| {
        view! {
            <section class="finding broken">
                <h2>"Could not be read"</h2>
                <ul class="troubles">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// What programs say in it.
fn messages(messages: &[(String, &'static Message)]) -> Option<AnyView> {
    let rows = messages.iter().map(|(place, message)| {
        view! {
            <dt>{place.clone()}", "{message.program}</dt>
            <dd>
                <q>{message.words}</q>" is said where "{message.means}"."
                <p><b>"To do: "</b>{message.fix}"."</p>
            </dd>
        }
    });
    (!messages.is_empty()).then(|| {
        view! {
            <section class="finding">
                <h2>"What a program said"</h2>
                <dl class="facts">{rows.collect_view()}</dl>
            </section>
        }
        .into_any()
    })
}

fn things(found: &[Found]) -> Option<AnyView> {
    let cards = found.iter().cloned().enumerate();
    let cards =
        cards.map(|(at, found)| view! { <Card id=format!("read-{at}") found/> }).collect_view();
    (!found.is_empty()).then(|| {
        view! {
            <section aria-label="What is in it">
                <h2>"What is in it"</h2>
                <ul class="cards">{cards}</ul>
            </section>
        }
        .into_any()
    })
}
