//! The lab screen.

mod inspector;
mod panels;
mod scenario_bar;
mod scrubber;
mod sequence;

use leptos::prelude::*;

/// The lab screen: scenario bar above, sequence, step and panels beside each other, scrubber below.
#[component]
pub fn LabScreen() -> impl IntoView {
    view! {
        <div class="lab">
            <scenario_bar::ScenarioBar/>
            <LabStage/>
            <scrubber::Scrubber/>
        </div>
    }
}

/// The run itself, without controls for what is run: also stands inside a lesson.
#[component]
pub fn LabStage() -> impl IntoView {
    view! {
        <div class="stage">
            <section class="sequence" aria-label="Sequence"><sequence::Sequence/></section>
            <section class="step" aria-label="Step"><inspector::Inspector/></section>
            <section class="side" aria-label="Keys, certificates and checks"><panels::Panels/></section>
        </div>
    }
}
