//! The run of a moment ago, in four phases, as its ends see it, or as somebody on the same network does.

use crate::route::{Page, Perspective, Route, View, Zoom};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::story::{Phase, format};
use crate::trace::Endpoint;
use crate::ui::dom;
use crate::ui::lab::ladder::{RowView, rows};
use crate::ui::running::in_tasks;
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

/// The phases by the names that index.html gives them, each with those of a story that are in it.
const PHASES: [(&str, &[Phase]); 4] = [
    ("tcp", &[Phase::Tcp]),
    ("handshake", &[Phase::Hello, Phase::Keys, Phase::Authentication, Phase::Finished]),
    ("data", &[Phase::Data]),
    ("goodbye", &[Phase::Close]),
];

/// How long after the one before it a row appears.
const PACE: Duration = Duration::from_millis(180);

thread_local! {
    /// Whether it has played: it does so once.
    static PLAYED: Cell<bool> = const { Cell::new(false) };
}

/// Fills the ladder of index.html, for as long as the page is there, once it is in sight; each phase in a task of
/// its own.
/// They are filled whether or not somebody has gone on by then.
pub async fn fill(words: HtmlElement, lab: Lab) {
    if let Ok(Some(ladder)) = words.query_selector(".home-phases") {
        dom::in_sight(&ladder).await;
    }
    let Some(run) = in_tasks(Scenario::default(), lab.runner.capabilities()).await else { return };
    // Who opens the lab from here finds it there.
    lab.runner.keep(run.clone());
    let listening = RwSignal::new(false);
    // What the switch shows is there at once.
    let switched = RwSignal::new(PLAYED.replace(true));
    for (name, phases) in PHASES {
        let run = run.clone();
        put(&words, &format!("[data-phase={name}]"), move || {
            move || {
                let is_here = |row: &RowView| {
                    run.story().steps.get(row.step).is_some_and(|step| phases.contains(&step.phase))
                };
                let rows = rows(&run, Zoom::Messages, listening.get());
                let here = rows.into_iter().enumerate().filter(|(_, row)| is_here(row));
                let (listens, plays) = (listening.get(), !switched.get_untracked());
                here.map(|(at, row)| item(&run, at, row, listens, plays)).collect_view()
            }
        });
        dom::next_task().await;
    }
    put(&words, ".home-foot", move || foot(run, listening, switched));
}

/// Puts a view in the place of what the element of the home page holds.
fn put<N: IntoView + 'static>(
    words: &HtmlElement,
    place: &str,
    view: impl FnOnce() -> N + 'static,
) {
    let found = words.query_selector(place).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.replace_children_with_node_0();
        leptos::mount::mount_to(element, view).forget();
    }
}

/// A row: the way to its step in the lab.
fn item(run: &Run, at: usize, row: RowView, listens: bool, plays: bool) -> impl IntoView + use<> {
    let perspective = if listens { Perspective::Eavesdropper } else { Perspective::default() };
    let view = View { step: Some(row.step), perspective, ..View::default() };
    let href = Route { page: Page::Lab(run.scenario().text()), view }.to_string();
    let (x1, x2, tip) = match row.from {
        Endpoint::Client => ("0", "100%", "M0 0-9-4.5v9z"),
        Endpoint::Server => ("100%", "0", "M0 0 9-4.5v9z"),
    };
    let symbol = row.mark.symbol();
    let delay = format!("{}ms", PACE.as_millis() * at as u128);
    view! {
        // The page is put back whole when somebody comes again, and what still had the class would play anew.
        <li
            class:plays=plays
            style:animation-delay=delay
            on:animationend:target=|event| {
                let _ = event.target().class_list().remove_1("plays");
            }
        >
            <a class=format!("home-row {}", row.mark.class()) href=href>
                <svg class="arrow" width="100%" height="24" aria-hidden="true">
                    <line x1=x1 y1="12" x2=x2 y2="12"/>
                    <svg x=x2 y="12" overflow="visible"><path class="tip" d=tip/></svg>
                </svg>
                <span class="label">
                    <i aria-hidden="true">{symbol}</i>
                    {(!symbol.is_empty()).then_some(" ")}
                    {row.label.clone()}
                </span>
                <span class="sr-only">{row.spoken()}</span>
            </a>
        </li>
    }
}

/// The switch, and what the run came to.
fn foot(run: Arc<Run>, listening: RwSignal<bool>, switched: RwSignal<bool>) -> impl IntoView {
    let sum = move || {
        let parts = run.dissection();
        if !listening.get() {
            let bytes: usize = parts.packets.iter().map(|packet| packet.bytes.len()).sum();
            return format!(
                "{} in {}, {}, over a link with a round-trip time of {} ms. Each arrow leads to its bytes.",
                format::bytes(bytes),
                format::plural(parts.packets.len(), "packet"),
                format::moment(run.story().end_us),
                run.scenario().rtt_ms,
            );
        }
        let rows = rows(&run, Zoom::Messages, true);
        let sealed = rows.iter().filter(|row| row.mark == crate::ui::lab::ladder::Mark::Sealed);
        format!(
            "{} of {} arrows are only a size to them. The rest they read as you do: who talks with whom, and how the handshake begins.",
            sealed.count(),
            rows.len(),
        )
    };
    view! {
        <button
            class="btn home-switch"
            role="switch"
            aria-checked=move || listening.get().to_string()
            on:click=move |_| {
                switched.set(true);
                listening.update(|on| *on = !*on);
            }
        >
            <span class="knob" aria-hidden="true"></span>
            "What does someone on the same wi-fi see?"
        </button>
        <p role="status">{sum}</p>
    }
}
