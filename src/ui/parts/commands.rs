//! Commands to copy.

use super::CopyButton;
use leptos::prelude::*;

/// Each command, what it does first (if that is said) and then its line, with a button that copies it.
#[component]
pub fn Commands(commands: Vec<(String, String)>) -> impl IntoView {
    commands
        .into_iter()
        .map(|(what, line)| {
            let text = line.clone();
            view! {
                <div class="command">
                    {(!what.is_empty()).then(|| view! { <p>{what}</p> })}
                    <div class="command-line">
                        <pre translate="no" tabindex="0"><code>{line}</code></pre>
                        <CopyButton text=Signal::derive(move || text.clone()) what="the command"/>
                    </div>
                </div>
            }
        })
        .collect_view()
}
