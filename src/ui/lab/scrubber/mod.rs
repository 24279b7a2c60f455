//! The footer of the lab: the step buttons, the phases, the virtual time.

use crate::story::{Phase, PhaseSpan, format};
use crate::ui::lab;
use leptos::prelude::*;

/// A shape of the step buttons, in a box of 14 by 14.
mod icon {
    pub const FIRST: &str = "M2 2h2v10H2zM12 2v10L5 7z";
    pub const PREVIOUS: &str = "M11 2v10L3 7z";
    pub const NEXT: &str = "M3 2v10l8-5z";
    pub const LAST: &str = "M2 2v10l7-5zM10 2h2v10h-2z";
    pub const PLAY: &str = "M7 0a7 7 0 1 0 0 14A7 7 0 0 0 7 0zM5 3.5v7L10.5 7z";
    pub const PAUSE: &str = "M7 0a7 7 0 1 0 0 14A7 7 0 0 0 7 0zM4.5 4v6h2V4zM7.5 4v6h2V4z";
}

/// The scrubber.
#[component]
pub fn Scrubber() -> impl IntoView {
    let lab = lab();
    let here = Memo::new(move |_| lab.step_index());
    let count = Memo::new(move |_| match &*lab.run.read() {
        Ok(run) => run.story().steps.len(),
        Err(_) => 0,
    });
    let at_first = Signal::derive(move || here.get() == 0);
    let at_last = Signal::derive(move || here.get() + 1 >= count.get());
    view! {
        <div class="scrubber" role="group" aria-label="Steps">
            <div class="moves">
                <Move label="First step" shape=icon::FIRST off=at_first go=move || lab.step_to(0) class="wide"/>
                <Move label="Previous step" shape=icon::PREVIOUS off=at_first go=move || lab.step_by(-1)/>
                <Move label="Next step" shape=icon::NEXT off=at_last go=move || lab.step_by(1) class="primary"/>
                <Move label="Last step" shape=icon::LAST off=at_last go=move || lab.step_to(usize::MAX) class="wide"/>
                <button
                    class="btn play"
                    aria-label=move || if lab.playing.get() { "Pause" } else { "Play" }
                    title=move || if lab.playing.get() { "Pause" } else { "Play" }
                    on:click=move |_| super::playback::toggle(lab)
                >
                    <Icon shape=Signal::derive(move || {
                        if lab.playing.get() { icon::PAUSE } else { icon::PLAY }
                    })/>
                </button>
            </div>
            <Phases here/>
            <p class="when mono dim" translate="no">
                {move || {
                    let end = match &*lab.run.read() {
                        Ok(run) => run.story().end_us,
                        Err(_) => 0,
                    };
                    lab.with_step(|_, step| {
                        let sent = format::moment(step.sent_us);
                        let sent = sent.strip_suffix(" ms").unwrap_or(&sent);
                        format!("{sent} of {}", format::moment(end))
                    })
                }}
            </p>
        </div>
    }
}

/// A button that goes to another step. It stays focusable where there is none, so that the focus is
/// not lost at either end.
#[component]
fn Move(
    label: &'static str,
    shape: &'static str,
    off: Signal<bool>,
    go: impl Fn() + 'static,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    view! {
        <button
            class=format!("btn {class}")
            aria-label=label
            title=label
            aria-disabled=move || off.get().then_some("true")
            on:click=move |_| go()
        >
            <Icon shape=Signal::derive(move || shape)/>
        </button>
    }
}

#[component]
fn Icon(shape: Signal<&'static str>) -> impl IntoView {
    view! {
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d=shape fill="currentColor" fill-rule="evenodd"/>
        </svg>
    }
}

/// The phases of the connection, each as wide as it has steps, filled as far as one has come.
#[component]
fn Phases(here: Memo<usize>) -> impl IntoView {
    let lab = lab();
    let phases = Memo::new(move |_| match &*lab.run.read() {
        Ok(run) => run.story().phases.clone(),
        Err(_) => Vec::new(),
    });
    let segment = move |span: PhaseSpan| {
        let length = span.end.saturating_sub(span.first).max(1);
        let done = move || (here.get() + 1).saturating_sub(span.first).min(length);
        let present = move || (span.first..span.end).contains(&here.get());
        let name = phase_name(span.phase);
        view! {
            <button
                class="phase"
                class:done=move || { done() == length && !present() }
                style:flex-grow=length.to_string()
                aria-current=move || present().then_some("true")
                title=format!("{name}: steps {} to {}", span.first + 1, span.end)
                on:click=move |_| lab.step_to(span.first)
            >
                <span>{name}</span>
                <svg class="fill" width="100%" height="3" aria-hidden="true">
                    <rect height="3" width=move || format!("{}%", done() * 100 / length)/>
                </svg>
            </button>
        }
    };
    view! {
        <div class="phases" role="group" aria-label="Phases">
            {move || phases.get().into_iter().map(segment).collect_view()}
        </div>
    }
}

fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Tcp => "TCP",
        Phase::Hello => "hello",
        Phase::Keys => "keys",
        Phase::Authentication => "authentication",
        Phase::Finished => "finished",
        Phase::Data => "data",
        Phase::Close => "close",
    }
}
