//! The footer of the lab: the step buttons, the phases, the virtual time.

use super::seen;
use crate::story::{Phase, PhaseSpan, format};
use crate::ui::parts::later;
use crate::ui::state::Lab;
use crate::ui::{lab, room};
use leptos::prelude::*;

/// What stands on the button that plays, in a box of 14 by 14.
mod icon {
    pub const PLAY: &str = "M3 2v10l8-5z";
    pub const PAUSE: &str = "M3 2h3v10H3zM8 2h3v10H8z";
}

/// The scrubber.
#[component]
pub fn Scrubber() -> impl IntoView {
    let lab = lab();
    let here = Memo::new(move |_| lab.here());
    let last = Memo::new(move |_| lab.last_step());
    let at_first = Signal::derive(move || here.get().is_none());
    let at_last = Signal::derive(move || here.get() == Some(last.get()));
    let play = move || if lab.playing.get() { "Pause" } else { "Play" };
    view! {
        <div class="scrubber" role="group" aria-label="Steps">
            <div class="moves">
                <Move label="Previous step" text="← Back" off=at_first go=move || lab.step_by(-1)/>
                <Move label="Next step" text="Next →" off=at_last go=move || lab.step_by(1) class="primary"/>
            </div>
            <button class="btn quiet play" on:click=move |_| super::playback::toggle(lab)>
                <Icon shape=Signal::derive(move || {
                    if lab.playing.get() { icon::PAUSE } else { icon::PLAY }
                })/>
                {play}
            </button>
            <p class="place dim">{move || place(lab)}</p>
            <Phases here/>
            <p class="when mono dim" translate="no">
                {move || {
                    here.get()?;
                    lab.with_step(|run, step| {
                        let story = run.story();
                        let moment = |at: u64| format::moment(at.saturating_sub(story.start_us));
                        let sent = moment(step.sent_us);
                        let sent = sent.strip_suffix(" ms").unwrap_or(&sent);
                        format!("{sent} of {}", moment(story.end_us))
                    })
                }}
            </p>
            {move || lab.presenting.get().then(|| later(room::bar_door))}
        </div>
    }
}

/// Where one is, where the step itself may be out of sight: `5 of 19 · ServerHello`.
fn place(lab: Lab) -> String {
    if lab.here().is_none() {
        return "the whole".into();
    }
    let eyes = lab.eyes();
    let place = lab.with_step(|run, step| {
        let title = seen::title(step, eyes);
        format!("{} of {} · {title}", step.index + 1, run.story().steps.len())
    });
    place.unwrap_or_default()
}

/// A button that goes to another step. It stays focusable where there is none, so that the focus is
/// not lost at either end.
#[component]
fn Move(
    label: &'static str,
    text: &'static str,
    off: Signal<bool>,
    go: impl Fn() + 'static,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    view! {
        <button
            class=format!("btn {class}")
            title=label
            aria-disabled=move || off.get().then_some("true")
            on:click=move |_| go()
        >
            {text}
            <span class="sr-only">" step"</span>
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
fn Phases(here: Memo<Option<usize>>) -> impl IntoView {
    let lab = lab();
    let phases = Memo::new(move |_| match &*lab.run.read() {
        Ok(run) => run.story().phases.clone(),
        Err(_) => Vec::new(),
    });
    let segment = move |span: PhaseSpan| {
        let length = span.end.saturating_sub(span.first).max(1);
        let done =
            move || here.get().map_or(0, |here| (here + 1).saturating_sub(span.first).min(length));
        let present = move || here.get().is_some_and(|here| (span.first..span.end).contains(&here));
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
