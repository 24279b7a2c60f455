//! One recording: what the attacker has, what is tried, and what comes of it.

use crate::capture::pem;
use crate::dissect::stolen_key::{Attempt, Missing, Step, attempt};
use crate::dissect::{Dissection, MessageKind, Opened, Record};
use crate::engine::identity;
use crate::hex;
use crate::route::{Page, Route, View};
use crate::run::Run;
use crate::story::{Subject, format};
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::parts::{CopyButton, grouped};
use leptos::prelude::*;
use std::fmt::Write;
use std::sync::Arc;

/// The recording of the run's connection, with the server's key.
#[component]
pub fn Recording(run: Arc<Run>, tried: RwSignal<bool>) -> impl IntoView {
    let key = match identity(run.scenario(), Endpoint::Server, &lab().runner.capabilities()) {
        Ok(identity) => identity.private_key,
        Err(error) => {
            return view! { <p class="note" role="alert">{error.to_string()}</p> }.into_any();
        }
    };
    let has = belongings(&run, &key);
    let result = move || {
        if tried.get() {
            result(&run, &attempt(&run.connection().packets, &key)).into_any()
        } else {
            view! { <p class="not-yet">"Not opened yet. Here will stand what is tried with the key, step by step, how many of the encrypted records that opens, and for want of which value others stay closed."</p> }.into_any()
        }
    };
    view! {
        {has}
        <div aria-live="polite">{result}</div>
    }
    .into_any()
}

/// What the attacker has.
fn belongings(run: &Run, key: &[u8]) -> impl IntoView + use<> {
    let packets = &run.connection().packets;
    let octets = packets.iter().map(|packet| packet.bytes.len()).sum();
    let recording = format!(
        "the recording: {}, {}",
        format::plural(packets.len(), "packet"),
        format::bytes(octets)
    );
    let lines: String = packets.iter().fold(String::new(), |mut text, packet| {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:>3}  {}  {}",
            packet.number,
            packet.from.name(),
            grouped(&packet.bytes)
        );
        text
    });
    let key = pem::encode("PRIVATE KEY", key);
    let copied = key.clone();
    view! {
        <h2>"What the attacker has"</h2>
        <ul class="has">
            <li><details><summary>{recording}</summary><pre translate="no" class="dump" tabindex="0">{lines}</pre></details></li>
            <li>
                <details>
                    <summary>"the server’s private key"</summary>
                    <p class="dim">"It protects nothing outside this page: it follows from the seed, or is a public teaching key."</p>
                    <pre translate="no" class="dump" tabindex="0">{key}</pre>
                    <CopyButton text=Signal::derive(move || copied.clone()) what="the private key"/>
                </details>
            </li>
        </ul>
    }
}

/// What was tried, and what came of it.
fn result(run: &Run, attempt: &Attempt) -> impl IntoView + use<> {
    let (opened, all) = (attempt.opened(), attempt.encrypted());
    let open = opened > 0;
    let verdict = if open {
        format!("{opened} of {all} encrypted records opened")
    } else {
        format!("None of {all} encrypted records opened")
    };
    let steps: Vec<_> = attempt.steps.iter().map(|step| tried_step(run, attempt, step)).collect();
    view! {
        <h2>"What is tried"</h2>
        <ol class="tries">{steps}</ol>
        <p class="stolen-verdict" class:open=open>
            <b>{verdict}</b>
        </p>
        {attempt.missing.iter().map(|missing| lacking(run, attempt, missing)).collect_view()}
        {plaintexts(&attempt.dissection)}
        {open.then(|| records(&attempt.dissection))}
        <h3>"What the key can still do"</h3>
        <p>{attempt.still.clone()}</p>
    }
}

/// One thing that was tried, with the bytes it was tried on.
fn tried_step(run: &Run, attempt: &Attempt, step: &Step) -> impl IntoView + use<> {
    let from = step.message.and_then(|message| origin(run, attempt, message));
    let on = (!step.octets.is_empty()).then(|| octets(&step.octets, "on"));
    let value = (!step.value.is_empty()).then(|| octets(&step.value, "="));
    view! {
        <li class:worked=step.worked>
            <p>{step.tried.clone()}</p>
            {on}
            {from}
            <p class="outcome">
                <b aria-hidden="true">{if step.worked { "✓ " } else { "✕ " }}</b>
                <b>{if step.worked { "Yes: " } else { "No: " }}</b>
                {step.result.clone()}
            </p>
            {value}
        </li>
    }
}

fn octets(octets: &[u8], sign: &'static str) -> impl IntoView + use<> {
    view! {
        <div class="octets-line">
            <span class="dim">{sign} " " {format::bytes(octets.len())}</span>
            <code translate="no" class="hex-text" tabindex="0">{grouped(octets)}</code>
        </div>
    }
}

/// The message that something comes from, as a link into the lab. The recording has the same messages
/// as the run, as far as they can be told apart without keys: it is found by its bytes.
fn origin(run: &Run, attempt: &Attempt, message: usize) -> Option<impl IntoView + use<>> {
    let message = attempt.dissection.messages.get(message)?;
    let same = |at: usize| {
        let own = run.dissection().messages.get(at);
        own.is_some_and(|own| own.from == message.from && own.bytes == message.bytes)
    };
    let is = |subject: Subject| matches!(subject, Subject::Message(at) if same(at));
    let step = run.story().steps.iter().find(|step| is(step.subject))?.index;
    let view = View { step: Some(step), ..View::default() };
    let href = Route { page: Page::Lab(run.scenario().text()), view }.to_string();
    let text = format!("from the {}’s {}", message.from.name(), message.name);
    Some(view! { <p><a class="step-link" href=href>{text}</a></p> })
}

/// The value for want of which the records stay closed.
fn lacking(run: &Run, attempt: &Attempt, missing: &Missing) -> impl IntoView + use<> {
    let values: Vec<_> = missing
        .public_values
        .iter()
        .map(|value| {
            view! {
                <li>
                    <p>{value.name()}</p>
                    {octets(&value.octets, "=")}
                    {origin(run, attempt, value.message)}
                </li>
            }
        })
        .collect();
    view! {
        <div class="lacking">
            <h3>"Missing: " <code translate="no">{missing.secret}</code></h3>
            <p>"It takes " {missing.needed.clone()} ". " {missing.why.clone()}</p>
            {(!values.is_empty()).then(|| view! { <p>"All that is in the recording of it:"</p><ul>{values}</ul> })}
        </div>
    }
}

/// The application data, readable.
fn plaintexts(dissection: &Dissection) -> impl IntoView + use<> {
    let data = dissection.messages.iter().filter(|m| m.kind == MessageKind::ApplicationData);
    data.map(|message| {
        let text = String::from_utf8_lossy(&message.bytes).trim_end().to_string();
        view! {
            <h3>"What the " {message.from.name()} " sent"</h3>
            <pre translate="no" class="dump read" tabindex="0">{text}</pre>
        }
    })
    .collect_view()
}

/// Every opened record, byte by byte.
fn records(dissection: &Dissection) -> impl IntoView + use<> {
    let opened = |record: &Record| {
        let opened = record.opened.as_ref()?.as_ref().ok()?;
        Some(one_record(dissection, record, opened))
    };
    let records: Vec<_> = dissection.records.iter().filter_map(opened).collect();
    view! {
        <h3>"The opened records, byte by byte"</h3>
        <ul class="has">{records}</ul>
    }
}

fn one_record(dissection: &Dissection, record: &Record, opened: &Opened) -> impl IntoView + use<> {
    let names: Vec<String> = record
        .messages
        .iter()
        .filter_map(|at| dissection.messages.get(*at))
        .map(|message| message.name.clone())
        .collect();
    let summary = format!("{}: {}", record.from.name(), names.join(" + "));
    let (sealed, plain) = (dump(&record.bytes), dump(&opened.plaintext));
    let key = format!("opened with {} and the nonce {}", opened.key, hex::encode(&opened.nonce));
    view! {
        <li>
            <details>
                <summary>{summary}</summary>
                <h4>"On the wire, " {format::bytes(record.bytes.len())}</h4>
                <pre translate="no" class="dump" tabindex="0">{sealed}</pre>
                <h4>"Inside, " {format::bytes(opened.plaintext.len())}</h4>
                <pre translate="no" class="dump" tabindex="0">{plain}</pre>
                <p class="dim hex-text" translate="no">{key}</p>
            </details>
        </li>
    }
}

/// Bytes as `hexdump -C` shows them, eight a line so that a line fits a phone.
fn dump(octets: &[u8]) -> String {
    let mut text = String::new();
    for (row, chunk) in octets.chunks(8).enumerate() {
        let _ = write!(text, "{:04x}  ", row * 8);
        for at in 0..8 {
            let _ = match chunk.get(at) {
                Some(octet) => write!(text, "{octet:02x} "),
                None => write!(text, "   "),
            };
        }
        text.push(' ');
        text.extend(chunk.iter().map(|octet| match octet {
            b' '..=b'~' => char::from(*octet),
            _ => '·',
        }));
        text.push('\n');
    }
    text
}
