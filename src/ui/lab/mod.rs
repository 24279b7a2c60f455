//! The lab screen.

mod hint;
mod inspector;
pub mod keyboard;
mod panels;
pub mod playback;
mod scenario_bar;
mod scrubber;
mod sequence;

pub(super) use sequence::row as ladder;

use super::breakit::Verdict;
use super::parts::{later, sliced};
use super::running::NoRun;
use super::{gateway, lab};
use crate::route::{Page, View};
use crate::scenario::Scenario;
use leptos::prelude::*;

/// The lab screen: scenario bar above, sequence, step and panels beside each other, scrubber below.
#[component]
pub fn LabScreen() -> impl IntoView {
    let lab = lab();
    view! {
        <div class="lab">
            {(!lab.embedded)
                .then(|| {
                    view! {
                        <div class="lab-top">
                            <scenario_bar::ScenarioBar/>
                            <hint::Hint/>
                        </div>
                    }
                })}
            <LabStage/>
            <scrubber::Scrubber/>
        </div>
    }
}

/// The run itself, without controls for what is run: also stands inside a lesson.
#[component]
pub fn LabStage() -> impl IntoView {
    playback::drive();
    let lab = lab();
    let has_gateway = Memo::new(move |_| lab.has_gateway());
    let failure = Memo::new(move |_| lab.run.read().as_ref().err().cloned());
    view! {
        {move || match failure.get() {
            Some(NoRun::Refused(error)) => view! { <Failed error/> }.into_any(),
            Some(why) => why.view(),
            None => {
                view! {
                    {move || has_gateway.get().then(|| later(gateway::door))}
                    <div class="stage">
                        <section class="sequence" aria-label="Sequence">
                            {sliced(|| view! { <sequence::Sequence/> }.into_any())}
                        </section>
                        <section class="step" aria-label="Step">
                            {sliced(|| {
                                view! {
                                    <Verdict/>
                                    <inspector::Inspector/>
                                }
                                    .into_any()
                            })}
                        </section>
                        <section class="side" aria-label="Keys, certificates and checks">
                            {sliced(|| view! { <panels::Panels/> }.into_any())}
                        </section>
                    </div>
                }
                    .into_any()
            }
        }}
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
            <p class="hex-text">{error}</p>
            <p>
                "Change it above, go back, or "
                <button class="btn" on:click=reset>"start afresh with TLS 1.3"</button>
            </p>
        </div>
    }
}
