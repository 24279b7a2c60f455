//! What a phone shows of the lab: one part at a time, chosen by tabs below the step's title. The style sheet
//! alone decides where that is so; in a wider window nothing of it shows.

use crate::route::{Layer, Page, View};
use crate::ui::parts::{Tab, Tabs};
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::prelude::*;
use std::cell::Cell;

/// The part in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Front {
    /// What happens at the step.
    Step,
    /// The ladder.
    Sequence,
    /// The fields and bytes of the step.
    Bytes,
    /// The panels.
    Panels,
}

/// The parts in the order of their tabs, with the section of the stage that each is in: its id and class.
const FRONTS: [(Front, Tab); 4] = [
    (Front::Step, ("Step", "step", "step")),
    (Front::Sequence, ("Sequence", "sequence", "sequence")),
    (Front::Bytes, ("Bytes", "bytes", "step")),
    (Front::Panels, ("Panels", "panels", "side")),
];

thread_local! {
    /// How far down each part was left, since the step began.
    static LEFT: Cell<[Option<f64>; 4]> = const { Cell::new([None; 4]) };
}

impl Front {
    /// What a link to this view of a run is about.
    fn of(view: &View) -> Front {
        if !view.selection.is_empty() {
            Front::Bytes
        } else if view.panel.is_some() || view.key.is_some() {
            Front::Panels
        } else if view.layer != Layer::default() || view.part > 0 {
            Front::Bytes
        } else {
            Front::Step
        }
    }

    /// The word that the style sheet knows it by.
    pub fn word(self) -> &'static str {
        FRONTS.get(self as usize).map_or("", |(_, (_, word, _))| word)
    }
}

impl Lab {
    /// Whether the lab is the page, and not a part of a lesson or of a page elsewhere: there, what is shown is
    /// chosen by those.
    pub fn has_fronts(self) -> bool {
        let is_lab = |page: &Page| matches!(page, Page::Lab(_) | Page::Fault(..));
        !self.embedded && self.link.with_untracked(|link| is_lab(&link.page))
    }

    /// Brings a part to the front, as far down as it was left.
    pub fn turn_to(self, front: Front) {
        let before = self.front.get_untracked();
        if front == before || !self.has_fronts() {
            return;
        }
        let mut left = LEFT.get();
        if let Some(left) = left.get_mut(before as usize) {
            *left = dom::window().scroll_y().ok();
        }
        LEFT.set(left);
        self.front.set(front);
        scroll(front);
    }

    /// Brings to the front what a link is about.
    pub fn turn_by(self, view: &View) {
        LEFT.take();
        self.front.set(Front::of(view));
    }

    /// Shows each part from its top, as another step is shown; the ladder at that step.
    pub fn begin_step(self) {
        if self.has_fronts() {
            LEFT.take();
            scroll(self.front.get_untracked());
        }
    }
}

/// Scrolls the page to where the part was left, once it is shown.
fn scroll(front: Front) {
    let left = LEFT.get().get(front as usize).copied().flatten();
    let _ = request_animation_frame(move || {
        if front == Front::Sequence && left.is_none() {
            if let Ok(Some(row)) = dom::document().query_selector(".sequence .present") {
                row.scroll_into_view();
            }
        } else {
            dom::window().scroll_to_with_x_and_y(0.0, left.unwrap_or_default());
        }
    });
}

/// The tabs. They stand below the step's title, which every part shows.
#[component]
pub fn Fronts() -> impl IntoView {
    let lab = lab();
    let at = Memo::new(move |_| lab.front.get() as usize);
    let choose = |lab: Lab, to: usize| {
        if let Some((front, _)) = FRONTS.get(to) {
            lab.turn_to(*front);
        }
    };
    lab.has_fronts().then(|| {
        let tabs = FRONTS.map(|(_, tab)| tab).to_vec();
        view! { <Tabs class="tabs fronts" label="Parts of the lab" tabs at choose/> }
    })
}
