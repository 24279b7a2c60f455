//! Commands to copy.

use super::CopyButton;
use leptos::prelude::*;

/// Each command, what it does first (if that is said) and then its line, with a button that copies it.
#[component]
pub fn Commands(
    commands: Vec<(String, String)>,
    /// What the button copies.
    #[prop(default = "the command")]
    what: &'static str,
) -> impl IntoView {
    commands
        .into_iter()
        .map(|(told, line)| {
            let text = line.clone();
            view! {
                <div class="command">
                    {(!told.is_empty()).then(|| view! { <p>{told}</p> })}
                    <div class="command-line">
                        <pre translate="no" tabindex="0"><code>{line}</code></pre>
                        <CopyButton text=Signal::derive(move || text.clone()) what/>
                    </div>
                </div>
            }
        })
        .collect_view()
}
