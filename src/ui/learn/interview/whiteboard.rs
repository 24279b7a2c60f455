//! The ladder of the run that proves a prompt's first claim, below the prompt: to be stepped through while one
//! talks, or with the names of the arrows hidden until one comes to them.

use crate::lesson::{PageScenario, Shown};
use crate::route::{Page, Route, View};
use crate::scenario::Scenario;
use crate::ui::lab;
use crate::ui::lab::{LabStage, Part};
use crate::ui::running::NoRun;
use leptos::prelude::*;

/// The button, and below it the ladder. An address that names a step has it open.
#[component]
pub fn Whiteboard(shown: Shown) -> impl IntoView {
    let lab = lab();
    let Ok(Route { page: Page::Lab(scenario), view }) = Route::parse(&shown.href) else {
        return ().into_any();
    };
    let connection = view.connection;
    let open = RwSignal::new(lab.link.with_untracked(|link| link.view.step.is_some()));
    let press = move |_| {
        open.update(|open| *open = !*open);
        let connection = connection.filter(|_| open.get_untracked());
        lab.look(|view| *view = View { connection, ..View::default() });
    };
    let about = format!("Of the run “{}”.", shown.run);
    let scenario = StoredValue::new(scenario);
    view! {
        <section class="whiteboard" aria-label="Whiteboard">
            <p class="buttons">
                <button class="btn" aria-expanded=move || open.get().to_string() on:click=press>
                    {move || if open.get() { "Close the whiteboard" } else { "Whiteboard: step through the ladder" }}
                </button>
            </p>
            {move || {
                open.get().then(|| view! { <Board scenario=scenario.get_value() about=about.clone()/> })
            }}
        </section>
    }
    .into_any()
}

/// The ladder of a scenario with its buttons. The lab's keys work here too.
#[component]
fn Board(scenario: String, about: String) -> impl IntoView {
    let lab = lab();
    let wanted = Scenario::parse(&scenario).ok();
    lab.lesson.set(vec![PageScenario::alone(scenario)]);
    let missing = Memo::new(move |_| match &*lab.run.read() {
        // Until this one is made, the lab still has the run of before.
        Ok(run) if wanted.as_ref().is_some_and(|wanted| wanted != run.scenario()) => {
            Some(NoRun::Loading)
        }
        Ok(_) => None,
        Err(none) => Some(none.clone()),
    });
    let hides = RwSignal::new(false);
    let is_blank = move || lab.here().is_none();
    let told = move || {
        let count = lab.last_step() + 1;
        match lab.here() {
            _ if missing.get().is_some() => String::new(),
            None => format!("Before the first of {count} steps."),
            Some(_) => {
                let step = lab.with_step(|run, step| {
                    let (from, to) = (run.name(step.from), run.name(step.from.peer()));
                    format!("Step {} of {count}: {}, {from} to {to}", step.index + 1, step.title)
                });
                step.unwrap_or_default()
            }
        }
    };
    view! {
        <p class="buttons">
            <button class="btn" aria-disabled=move || is_blank().to_string() on:click=move |_| lab.step_by(-1)>
                "← Step back"
            </button>
            <button
                class="btn"
                aria-disabled=move || (lab.here() == Some(lab.last_step())).to_string()
                on:click=move |_| lab.step_by(1)
            >
                "Next step →"
            </button>
            <button class="btn" aria-pressed=move || hides.get().to_string() on:click=move |_| hides.update(|hides| *hides = !*hides)>
                "Hide the names ahead"
            </button>
        </p>
        <p class="board-told" role="status">{told}</p>
        <p class="dim">
            {about}
            " The keys ← and → step too. With the names hidden, say or draw what comes next, then step to see its name."
        </p>
        <div class="board" class:unnamed=hides class:blank=is_blank>
            {move || match missing.get() {
                Some(none) => none.view(),
                None => view! { <LabStage only=Some(Part::Sequence)/> }.into_any(),
            }}
        </div>
    }
}
