//! A button that asks before it forgets something.

use leptos::html;
use leptos::prelude::*;

/// The button `label`; what it forgets is forgotten when the person says so once more.
#[component]
pub fn AskFirst(
    label: &'static str,
    /// What this is about, for who does not see the page.
    about: &'static str,
    /// What is asked.
    question: &'static str,
    forget: Callback<()>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let keep = NodeRef::<html::Button>::new();
    let ask = NodeRef::<html::Button>::new();
    Effect::new(move |before: Option<bool>| {
        let now = asking.get();
        let button = if now { keep.get() } else { ask.get() };
        if let (Some(button), true) = (button, before.is_some_and(|before| before != now)) {
            let _ = button.focus();
        }
        now
    });
    let forget = move |_| {
        forget.run(());
        asking.set(false);
    };
    view! {
        <div role="group" aria-label=about>
            <p class="buttons" hidden=move || asking.get()>
                <button class="btn" node_ref=ask on:click=move |_| asking.set(true)>{label}</button>
            </p>
            <p class="buttons" hidden=move || !asking.get()>
                <span>{question}</span>
                <button class="btn" node_ref=keep on:click=move |_| asking.set(false)>"Keep them"</button>
                <button class="btn" on:click=forget>"Forget them"</button>
            </p>
        </div>
    }
}
