//! Commands to copy.

use crate::engine::faults::Command;
use crate::ui::parts::CopyButton;
use leptos::prelude::*;

/// Each command with what it does and a button that copies it.
#[component]
pub fn Commands(commands: &'static [Command]) -> impl IntoView {
    commands
        .iter()
        .map(|command| {
            view! {
                <div class="command">
                    <p>{command.what}</p>
                    <div class="command-line">
                        <pre translate="no" tabindex="0"><code>{command.line}</code></pre>
                        <CopyButton text=Signal::derive(move || command.line.to_string()) what="the command"/>
                    </div>
                </div>
            }
        })
        .collect_view()
}
