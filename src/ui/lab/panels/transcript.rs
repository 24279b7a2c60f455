//! The transcript up to the present step, with the running hash.

use super::now::{StepLink, is_sent, step_of};
use crate::dissect::Epoch;
use crate::route::Perspective;
use crate::story::{TranscriptEntry, format};
use crate::ui::lab;
use crate::ui::parts::grouped;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Transcript() -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    move || {
        let listening = perspective.get() == Perspective::Eavesdropper;
        lab.with_step(|run, step| {
            let entries = run.findings().transcript.iter();
            let mut sent: Vec<&TranscriptEntry> =
                entries.filter(|entry| is_sent(run, entry.message, step.index)).collect();
            // Each hash takes in all messages before it: one that cannot be read ends the list.
            let sealed = |entry: &TranscriptEntry| {
                let message = run.dissection().messages.get(entry.message);
                message.is_none_or(|message| message.epoch != Epoch::Plain)
            };
            let readable = sent.iter().position(|entry| listening && sealed(entry));
            sent.truncate(readable.unwrap_or(sent.len()));
            let cut = readable.map(|_| {
                super::empty("An eavesdropper cannot go on from here: the next message is encrypted.")
            });
            if sent.is_empty() {
                return super::empty(
                    super::without_tls(run)
                        .unwrap_or("Nothing yet: the transcript begins with ClientHello."),
                );
            }
            let items = sent
                .into_iter()
                .filter_map(|entry| {
                    let message = run.dissection().messages.get(entry.message)?;
                    let at = step_of(run, entry.message)?;
                    let uses = (!entry.used_for.is_empty()).then(|| {
                        view! { <p><span class="dim">"goes into: "</span>{entry.used_for.clone()}</p> }
                    });
                    let stands_in = (!entry.message_hash.is_empty()).then(|| {
                        view! {
                            <p class="dim">"From the HelloRetryRequest on, this message_hash stands in its place:"</p>
                            <p class="hex-text" translate="no">{grouped(&entry.message_hash)}</p>
                        }
                    });
                    Some(view! {
                        <li class:now=at == step.index>
                            <p>
                                <StepLink step=at text=message.name.clone()/>
                                <span class="dim">
                                    {format!(
                                        " {}, {}",
                                        run.story().roles.tls(message.from).name(),
                                        format::bytes(message.bytes.len()),
                                    )}
                                </span>
                            </p>
                            <p class="hex-text" translate="no">{grouped(&entry.hash)}</p>
                            {uses}
                            {stands_in}
                        </li>
                    })
                })
                .collect_view();
            view! {
                <ol class="transcript">{items}</ol>
                {cut}
            }
            .into_any()
        })
    }
}
