//! Forward secrecy, tried out: two recordings, the server's stolen private key, and what it opens.

mod recording;

use super::lab;
use super::parts::{Behind, ChooseScenario, Group};
use crate::compare::Side;
use crate::compare::pairs::canonical;
use crate::route::{Page, View};
use crate::scenario::{KeyExchange, Scenario};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The screen, loaded when first shown.
#[wasm_split(stolen, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <StolenKey/> }.into_any())
}

/// A connection whose secret travelled, and one with the same version and certificate whose did not.
const DEFAULT: [&str; 2] = ["tls12-rsa", "tls12+cert=rsa-2048"];

/// What there is to choose from.
fn recordings() -> Vec<Group> {
    let of = |rows: &[(&str, &'static str)]| {
        rows.iter().map(|(text, title)| (text.to_string(), *title)).collect()
    };
    vec![
        (
            "The secret is sent, encrypted".into(),
            of(&[
                (DEFAULT[0], "TLS 1.2, RSA key exchange"),
                ("tls12-rsa-no-ems", "TLS 1.2, RSA, no extended main secret"),
            ]),
        ),
        (
            "The secret is never sent".into(),
            of(&[
                (DEFAULT[1], "TLS 1.2, ephemeral, RSA certificate"),
                ("tls12", "TLS 1.2, ephemeral, ECDSA certificate"),
                ("tls13+cert=rsa-2048", "TLS 1.3, RSA certificate"),
                ("tls13", "TLS 1.3, ECDSA certificate"),
                ("tls13-resumed", "TLS 1.3, resumed"),
            ]),
        ),
    ]
}

/// The two recordings, where one or both may be left open (empty).
fn resolve(a: &str, b: &str) -> [String; 2] {
    let sends_secret = |text: &str| {
        Scenario::parse(text).is_ok_and(|scenario| scenario.key_exchange == KeyExchange::Rsa)
    };
    match (a, b) {
        ("", "") => DEFAULT.map(String::from),
        (a, "") if sends_secret(a) => [canonical(a), DEFAULT[1].into()],
        (a, "") => [DEFAULT[0].into(), canonical(a)],
        (a, b) => [canonical(a), canonical(b)],
    }
}

/// The screen.
#[component]
fn StolenKey() -> impl IntoView {
    let lab = lab();
    let texts = Memo::new(move |_| match &lab.link.read().page {
        Page::StolenKey(a, b) => resolve(a, b),
        _ => resolve("", ""),
    });
    let tried = RwSignal::new(false);
    let columns = Side::BOTH.map(|side| {
        let text = Memo::new(move |_| side.of(texts.read().each_ref()).clone());
        let run = lab.runner.follow(text);
        let choose = Callback::new(move |text| {
            let mut both = texts.get_untracked();
            *side.of(both.each_mut()) = text;
            let [a, b] = both;
            lab.go(Page::StolenKey(a, b), View::default());
        });
        let label = side.of(["First recording", "Second recording"]);
        view! {
            <section class="recording" aria-label=label>
                <ChooseScenario label value=text groups=recordings choose/>
                {move || match run.get() {
                    Ok(run) => view! { <recording::Recording run tried/> }.into_any(),
                    Err(why) => why.view(),
                }}
            </section>
        }
    });
    view! {
        <div class="page stolen">
            <h1>"The stolen key"</h1>
            <p class="lead">
                "Someone records connections today and steals the server’s private key years later. "
                <b>"Forward secrecy"</b>
                " means that the recordings stay closed all the same: the keys of each connection came from values that were made for it and thrown away after it, and the stolen key never protected them. Without it, the recording holds the secret itself, encrypted so that exactly this key opens it."
            </p>
            <button
                class="btn primary"
                aria-pressed=move || tried.get().to_string()
                on:click=move |_| tried.update(|tried| *tried = !*tried)
            >
                "Open with the stolen key"
            </button>
            <div class="recordings">{columns}</div>
        </div>
    }
}
