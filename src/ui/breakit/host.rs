//! The person's own server: a field for its name, and commands that name it. It is kept for the visit, and goes
//! nowhere.

use crate::faults::Target;
use crate::ui::lab;
use crate::ui::parts::Commands;
use leptos::prelude::*;

/// What stands there as long as nothing was typed.
const UNNAMED: &str =
    "HOST and PORT stand for your server’s. Write it here, and the commands name it.";

/// What was typed, read; `None` where nothing was.
fn target() -> Memo<Option<Result<Target, String>>> {
    let host = lab().host;
    Memo::new(move |_| {
        let typed = host.read();
        (!typed.trim().is_empty()).then(|| Target::parse(&typed))
    })
}

/// The field, and what it does or what is wrong in it.
#[component]
pub fn YourHost() -> impl IntoView {
    let lab = lab();
    let read = target();
    let told = move || match read.get() {
        None => UNNAMED.into(),
        Some(Ok(Target { host, port })) => format!("The commands name {host}, port {port}."),
        Some(Err(why)) => why,
    };
    view! {
        <div class="your-host">
            <label for="your-host">"Your host"</label>
            <input
                id="your-host"
                type="text"
                inputmode="url"
                placeholder="www.example.com:8443"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                translate="no"
                aria-describedby="your-host-told"
                aria-invalid=move || matches!(read.get(), Some(Err(_))).to_string()
                prop:value=lab.host
                on:input:target=move |event| lab.set_host(event.target().value())
            />
            <p id="your-host-told" class="dim" role="status">{told}</p>
        </div>
    }
}

/// Commands, each after what it is for, which name the person's server as far as one is known. `what` is what a button
/// copies.
pub fn hosted(lines: Vec<(String, String)>, what: &'static str) -> impl IntoView {
    let read = target();
    move || {
        let named = |line: &String| match &*read.read() {
            Some(Ok(target)) => target.fill(line),
            _ => line.clone(),
        };
        let commands = lines.iter().map(|(what, line)| (what.clone(), named(line))).collect();
        view! { <Commands commands what/> }
    }
}
