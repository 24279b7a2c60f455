//! The transcript up to the present step, with the running hash.

use super::now::{StepLink, is_sent, step_of};
use crate::story::{TranscriptEntry, format};
use crate::ui::lab;
use crate::ui::parts::grouped;
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Transcript() -> impl IntoView {
    let lab = lab();
    move || {
        lab.with_step(|run, step| {
            let entries = run.story().transcript.iter();
            let sent: Vec<&TranscriptEntry> =
                entries.filter(|entry| is_sent(run, entry.message, step.index)).collect();
            if sent.is_empty() {
                return super::empty("Nothing yet: the transcript begins with ClientHello.");
            }
            let items = sent
                .into_iter()
                .filter_map(|entry| {
                    let message = run.dissection().messages.get(entry.message)?;
                    let at = step_of(run, entry.message)?;
                    let uses = (!entry.used_for.is_empty()).then(|| {
                        view! { <p><span class="dim">"goes into: "</span>{entry.used_for.clone()}</p> }
                    });
                    Some(view! {
                        <li class:now=at == step.index>
                            <p>
                                <StepLink step=at text=message.name.clone()/>
                                <span class="dim">
                                    {format!(
                                        " {}, {}",
                                        message.from.name(),
                                        format::bytes(message.bytes.len()),
                                    )}
                                </span>
                            </p>
                            <p class="hex-text">{grouped(&entry.hash)}</p>
                            {uses}
                        </li>
                    })
                })
                .collect_view();
            view! { <ol class="transcript">{items}</ol> }.into_any()
        })
    }
}
