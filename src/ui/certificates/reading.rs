//! The half that reads: what was given, what is in it, and what would become of it.

use super::ask::Ask;
use super::desk::Desk;
use super::give::Give;
use super::judged::{heading, judged};
use super::public;
use super::renewed::renewed;
use super::thing::{broken, cards};
use crate::certificates::read::{Message, Reading, Trouble};
use crate::certificates::told;
use crate::certificates::verdict::{Verdict, judge};
use crate::ui::lab;
use leptos::prelude::*;

/// The half.
#[component]
pub fn Read() -> impl IntoView {
    let (lab, desk): (_, Desk) = (lab(), expect_context());
    let reading = desk.reading;
    let verdicts = Memo::new_with_compare(
        move |_| match (&*reading.read(), &*desk.question.read()) {
            (Some(reading), Ok(question)) => judge(reading, question),
            _ => Vec::new(),
        },
        |_, _| true,
    );
    Effect::new(move |_| {
        if desk.needs_public() {
            public::load(desk.public);
        }
    });
    // What was open belongs to what was read before.
    Effect::new(move |before: Option<()>| {
        reading.track();
        if before.is_some() {
            desk.close(lab);
        }
    });
    let counts =
        Memo::new(move |_| reading.read().as_ref().map(|one| counts(one)).unwrap_or_default());
    let outcomes = Memo::new(move |_| verdicts.read().iter().map(outcome).collect::<String>());
    view! {
        <p class="lead">
            "Paste a chain, a key, a request, a store, or what openssl, curl or Java said. You see what is in it, whether it would be taken, and what to do."
        </p>
        <p class="dim private">
            "Nothing leaves this page, and nothing is stored. A private key is compared with the certificates, and shown only if you ask."
        </p>
        <Give/>
        <Ask/>
        // It stays while what it tells of changes, so that it is heard.
        <p class="dim read-status" role="status">{counts}<span class="sr-only">{outcomes}</span></p>
        {move || match &*reading.read() {
            None => view! { <Empty/> }.into_any(),
            Some(reading) => view! {
                {troubles(&reading.troubles)}
                {messages(&reading.messages)}
            }.into_any(),
        }}
        {move || judgement(desk, &verdicts.read())}
        {move || reading.read().as_ref().and_then(|reading| renewed(reading))}
        {move || reading.read().as_ref().and_then(|reading| things(reading))}
    }
}

/// How much was read, and how much not.
fn counts(reading: &Reading) -> String {
    match (reading.found.len(), reading.troubles.len()) {
        (0, 0) => String::new(),
        (0, _) if needs_password(&reading.troubles) => "A password is needed.".into(),
        (0, _) => "Nothing could be read.".into(),
        (found, 0) => format!("Read: {found}"),
        (found, troubles) => format!("Read: {found}; not read: {troubles}"),
    }
}

/// Whether all that is missing is a password.
fn needs_password(troubles: &[Trouble]) -> bool {
    troubles.iter().all(Trouble::wants_password)
}

/// A verdict as it is heard.
fn outcome(verdict: &Verdict) -> String {
    format!(". {}: {}", told::or_empty(&verdict.subject), heading(verdict))
}

/// What becomes of each leaf.
fn judgement(desk: Desk, verdicts: &[Verdict]) -> Option<AnyView> {
    let reading = desk.reading.read_untracked();
    let question = desk.question.read_untracked();
    let (Some(reading), Ok(question)) = (&*reading, &*question) else { return None };
    if verdicts.is_empty() && !reading.found.is_empty() {
        return Some(view! {
            <p class="note">"Nothing here can be judged yet: no certificate among them is of a server or a client. An authority’s certificate is judged once you write a host."</p>
        }.into_any());
    }
    Some(verdicts.iter().map(|one| judged(desk, one, question)).collect_view().into_any())
}

/// What can be given.
#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="empty" aria-label="What can be read">
            <h2>"What can be read"</h2>
            <ul>
                <li>"PEM with certificates, requests, keys and revocation lists in any mixture and order; DER"</li>
                <li>"PKCS #7 (.p7b), and PKCS #12 stores (.p12, .pfx) with their password, as Java makes them since version 9"</li>
                <li><code>"openssl s_client -showcerts"</code>", "<code>"curl -v"</code>", or a stack trace of Java: certificates are taken out of it, and known error messages are explained"</li>
            </ul>
        </section>
    }
}

/// What is said of something that waits for its password.
const ENCRYPTED: &str = "is encrypted: give its password above.";

fn troubles(troubles: &[Trouble]) -> Option<AnyView> {
    let rows = troubles.iter().enumerate().map(|(at, trouble)| {
        view! {
            <li>
                <b translate="no">{trouble.place.clone()}</b>" "
                {if trouble.wants_password() { ENCRYPTED.to_owned() } else { told::trouble(trouble) }}
                {broken(format!("broken-{at}"), trouble)}
            </li>
        }
    });
    let (class, heading) = if needs_password(troubles) {
        ("finding", "A password is needed")
    } else {
        ("finding broken", "Could not be read")
    };
    (!troubles.is_empty()).then(|| {
        view! {
            <section class=class>
                <h2>{heading}</h2>
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

fn things(reading: &Reading) -> Option<AnyView> {
    let cards = cards(reading, "read", false)?;
    Some(
        view! {
            <section aria-label="What is in it">
                <h2>"What is in it"</h2>
                {cards}
            </section>
        }
        .into_any(),
    )
}
