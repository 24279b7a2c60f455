//! One certificate.

use super::chain::Certificate;
use crate::capture::pem;
use crate::route::Layer;
use crate::story::format;
use crate::ui::lab;
use crate::ui::lab::Front;
use crate::ui::parts::{CopyButton, certificate_facts};
use leptos::prelude::*;

/// The card of a certificate, judged by `clock`.
#[component]
pub fn Card(
    role: String,
    certificate: Certificate,
    clock: Option<i64>,
    /// Whether the other end took the chain.
    accepted: bool,
) -> impl IntoView {
    let lab = lab();
    let summary = certificate.summary;
    let validity = clock.map(|clock| {
        let (class, text) = if clock < summary.not_before {
            ("bad", "✕ not valid yet".to_string())
        } else if clock > summary.not_after {
            ("bad", "✕ expired".to_string())
        } else {
            // Of a chain that was refused, nothing is marked as good.
            (if accepted { "ok" } else { "" }, "✓ in date".to_string())
        };
        view! {
            <p>
                <span class=class>{text}</span>
                <span class="dim">" at "{format::date(clock)}</span>
            </p>
        }
    });
    let show = certificate.place.map(|(step, path)| {
        let go = move |_| {
            lab.step_to(step);
            let path = path.clone();
            lab.look(|view| {
                view.layer = Layer::Message;
                view.part = 0;
                view.selection = path;
            });
            lab.turn_to(Front::Bytes);
        };
        view! { <button class="btn" on:click=go>"Show its bytes"</button> }
    });
    let file = format!("{}.pem", file_stem(&summary.subject));
    let pem = pem::encode("CERTIFICATE", &certificate.der);
    let text = pem.clone();
    let save = move |_| {
        let when = clock.map(|clock| format!("# Judged at {} in the run.\n", format::date(clock)));
        let text = when.unwrap_or_default() + &text;
        super::save(lab, &file, &text);
    };
    view! {
        <li class="certificate">
            <p class="dim">{role}</p>
            <h4>{summary.subject.clone()}</h4>
            {validity}
            {certificate_facts(&summary)}
            <div class="actions">
                {show} <CopyButton text=pem what="PEM" named=true/>
                <button class="btn" on:click=save>"Download PEM"</button>
            </div>
        </li>
    }
}

/// A file name from a subject: its common name, of harmless characters.
fn file_stem(subject: &str) -> String {
    let name = subject.rsplit("CN=").next().unwrap_or(subject);
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}
