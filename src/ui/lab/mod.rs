//! The lab screen.

mod front;
mod inspector;
pub mod keyboard;
mod next;
mod panels;
pub mod playback;
mod run_bar;
mod scrubber;
mod seen;
mod sequence;
mod told;
mod whole;

pub use front::Front;
pub use inspector::Decoded;
pub use panels::shown_panel;
pub use run_bar::{
    PerspectiveSwitch, RunBar, line as run_line, remarks as run_remarks, settings_door,
    title as run_title,
};
pub(super) use sequence::row as ladder;

use super::parts::{later, sliced};
use super::running::{NoRun, refusal};
use super::{breakit, gateway, lab};
use crate::route::{Page, View};
use crate::scenario::Scenario;
use leptos::prelude::*;

/// The lab screen: sequence, step and panels beside each other, scrubber below.
#[component]
pub fn LabScreen() -> impl IntoView {
    let lab = lab();
    let guessing = Memo::new(move |_| lab.is_guessing());
    view! {
        <div class="lab">
            {move || {
                if guessing.get() {
                    later(breakit::guess_door)
                } else {
                    view! { <LabStage/> <scrubber::Scrubber/> }.into_any()
                }
            }}
        </div>
    }
}

/// A part of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Client, gateway and service, where the run has a gateway.
    Gateway,
    /// The sequence of steps.
    Sequence,
    /// The step.
    Step,
    /// The panels.
    Side,
}

/// The run itself, without controls for what is run: also stands inside a lesson, there often with one
/// part `only`.
#[component]
pub fn LabStage(#[prop(optional_no_strip)] only: Option<Part>) -> impl IntoView {
    playback::drive();
    let lab = lab();
    let has_gateway = Memo::new(move |_| lab.has_gateway());
    let failure = Memo::new(move |_| lab.run.read().as_ref().err().cloned());
    // Inside another page there is room for little: what its link names is in sight.
    let panel_first = lab.embedded && lab.link.read_untracked().view.panel.is_some();
    let has_fronts = lab.has_fronts();
    let front = move || (has_fronts && !lab.presenting.get()).then(|| lab.front.get().word());
    view! {
        {move || match failure.get() {
            Some(NoRun::Refused(error)) => view! { <Failed error/> }.into_any(),
            Some(why) => why.view(),
            None => {
                let shows = move |part| only.is_none_or(|only| only == part);
                let section = |(part, class, label, inside): Section| {
                    shows(part).then(|| {
                        let id = has_fronts.then_some(class);
                        view! { <section id=id class=class aria-label=label>{sliced(inside)}</section> }
                    })
                };
                view! {
                    {move || (shows(Part::Gateway) && has_gateway.get()).then(|| later(gateway::door))}
                    <div class="stage" class:panel-first=panel_first data-front=front>{STAGE.map(section).into_iter().flatten().collect_view()}</div>
                }
                    .into_any()
            }
        }}
    }
}

/// A section of the stage: class, label, and what is inside.
type Section = (Part, &'static str, &'static str, fn() -> AnyView);

/// The sections of the stage.
const STAGE: [Section; 3] = [
    (Part::Sequence, "sequence", "Sequence", || view! { <sequence::Sequence/> }.into_any()),
    (Part::Step, "step", "Step", || view! { <Middle/> }.into_any()),
    (Part::Side, "side", "Keys, certificates and checks", || {
        view! { <panels::Panels/> }.into_any()
    }),
];

/// The present step, or the connection as a whole.
#[component]
fn Middle() -> impl IntoView {
    let lab = lab();
    let is_whole = Memo::new(move |_| lab.here().is_none());
    move || {
        if is_whole.get() { view! { <whole::Whole/> }.into_any() } else { later(inspector::door) }
    }
}

/// Why nothing was run, and a way back.
#[component]
fn Failed(error: String) -> impl IntoView {
    let lab = lab();
    let reset = move |_| lab.go(Page::Lab(Scenario::default().text()), View::default());
    view! {
        <div class="stage-failed" role="alert">
            <h1>"This scenario cannot be run"</h1>
            {refusal(&error)}
            <p>
                "Change it above, go back, or "
                <button class="btn" on:click=reset>"start afresh with TLS 1.3"</button>
            </p>
        </div>
    }
}
