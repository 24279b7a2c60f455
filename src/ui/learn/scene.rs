//! The one thing of the lab that a page is about, and the way to the others.

use crate::lesson::{Directive, Hidden, LessonPage, Scene, Screen};
use crate::route::{Page, Panel, View};
use crate::ui::lab::{LabStage, Part, PerspectiveSwitch, shown_panel};
use crate::ui::running::RunResult;
use crate::ui::shared::shared;
use crate::ui::state::Lab;
use leptos::prelude::*;

/// The scenes by the parts of the lab that they are.
const SCENES: [(Scene, Part); 3] =
    [(Scene::Sequence, Part::Sequence), (Scene::Step, Part::Step), (Scene::Panel, Part::Side)];

/// The part of the lab that a scene is.
pub fn part_of(scene: Scene) -> Option<Part> {
    SCENES.into_iter().find(|(one, _)| *one == scene).map(|(_, part)| part)
}

/// What a scene looks at. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Sight {
    /// What every view shares.
    pub lab: Lab,
    /// The run; loading while there is only another one's.
    pub run: Memo<RunResult>,
    /// What the page shows of it; `None` if it says nothing, or nothing was run.
    pub wanted: Memo<Option<View>>,
    /// What would answer a question about it that is still open; `None` where there is none.
    pub hidden: Memo<Option<Hidden>>,
}

/// What the page shows: a part of the lab, or another screen.
#[component]
pub fn SceneView(
    sight: Sight,
    page: LessonPage,
    /// Whether the lab has the whole window.
    whole: RwSignal<bool>,
) -> impl IntoView {
    let screen = page.lab.as_ref().and_then(|lab| lab.screen.map(|screen| (screen, lab.clone())));
    // Not the run itself: the lab's views follow that by themselves.
    let missing = Memo::new(move |_| sight.run.read().as_ref().err().cloned());
    let shown = RwSignal::new(page.scene());
    let told = RwSignal::new(false);
    let hidden = shared(move |_| sight.hidden.get().filter(|_| !told.get()));
    // Then there is the sequence alone.
    let bare = Memo::new(move |_| hidden.get() > Some(Hidden::Story));
    Effect::new(move |_| {
        if bare.get() {
            whole.set(false);
        }
    });
    view! {
        <section
            class="lesson-scene"
            aria-label="What this page is about"
            class:untold=move || hidden.get().is_some()
            class:unnamed=move || hidden.get() == Some(Hidden::Names)
        >
            {match screen {
                Some((screen, lab)) => view! { <Elsewhere sight screen lab/> }.into_any(),
                None => {
                    view! {
                        <div class="scene-head">
                            {move || (!bare.get()).then(|| view! {
                                <Parts sight shown whole/>
                                <div class="scene-eyes"><PerspectiveSwitch/></div>
                                <BackToStep sight/>
                            })}
                            {move || {
                                let has_story = bare.get() || whole.get() || shown.get() == Scene::Step;
                                (hidden.get().is_some() && has_story).then(|| view! { <Untold told bare=bare.get()/> })
                            }}
                        </div>
                        <div class="scene-body">
                            {move || match missing.get() {
                                Some(none) => none.view(),
                                None if bare.get() => view! { <LabStage only={Some(Part::Sequence)}/> }.into_any(),
                                None if whole.get() => view! { <LabStage only=None/> }.into_any(),
                                None => view! { <LabStage only={part_of(shown.get())}/> }.into_any(),
                            }}
                        </div>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// Which part is shown, and the whole lab.
#[component]
fn Parts(sight: Sight, shown: RwSignal<Scene>, whole: RwSignal<bool>) -> impl IntoView {
    let panel = Memo::new(move |_| shown_panel(sight.lab));
    let name = move |scene| match scene {
        Scene::Sequence => "Sequence",
        Scene::Step => "Step",
        Scene::Panel => Panel::label(panel.get()),
    };
    let part = move |scene: Scene| {
        let is = move || (shown.get() == scene && !whole.get()).to_string();
        let choose = move |_| {
            shown.set(scene);
            whole.set(false);
        };
        view! { <button aria-pressed=is on:click=choose>{move || name(scene)}</button> }
    };
    view! {
        <div class="seg" role="group" aria-label="What is shown">
            {SCENES.map(|(scene, _)| part(scene)).collect_view()}
            <button aria-pressed=move || whole.get().to_string() on:click=move |_| whole.update(|whole| *whole = !*whole)>
                "Whole lab"
            </button>
        </div>
    }
}

/// Why something is missing here, and the way to have it all the same.
#[component]
fn Untold(
    told: RwSignal<bool>,
    /// Whether it is more than what is told of the step.
    bare: bool,
) -> impl IntoView {
    let (why, button) = if bare {
        ("The rest of the lab is shown once the question is answered. ", "Show it now")
    } else {
        ("What happens here is told once the question is answered. ", "Tell it now")
    };
    view! {
        <p class="scene-untold dim">
            {why}
            <button class="link" on:click=move |_| told.set(true)>{button}</button>
        </p>
    }
}

/// The way back to what the page is about, for whoever looked around.
#[component]
fn BackToStep(sight: Sight) -> impl IntoView {
    let left = Memo::new(move |_| {
        let wanted = sight.wanted.get()?;
        let here = sight.lab.link.read().view.clone();
        let same = wanted.step == here.step && wanted.connection == here.connection;
        let run = sight.run.get().ok()?;
        let title = run.story().steps.get(wanted.step?)?.title.clone();
        (!same).then_some(title)
    });
    move || {
        left.get().map(|title| {
            let back = move |_| {
                if let Some(view) = sight.wanted.get_untracked() {
                    sight.lab.look(|shown| *shown = view);
                }
            };
            view! { <button class="btn scene-back" on:click=back>"↩ Back to "{title}</button> }
        })
    }
}

/// Another screen: what one sees there, and the way.
#[component]
fn Elsewhere(sight: Sight, screen: &'static Screen, lab: Directive) -> impl IntoView {
    let href = move || {
        let page = sight.run.get().ok().and_then(|run| lab.elsewhere(&run));
        page.map(Page::href)
    };
    view! {
        <div class="scene-card">
            <h3>{screen.title}</h3>
            <p>{screen.lead}</p>
            <p><a class="btn primary" href=href>{format!("Open: {}", screen.title)}</a></p>
            <p class="dim">"The browser’s Back leads here again."</p>
        </div>
        {screen.has_gateway.then(|| view! { <div class="scene-body"><LabStage only={Some(Part::Gateway)}/></div> })}
    }
}
