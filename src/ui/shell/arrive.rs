//! Arriving at another screen: the focus goes to its heading, so that who does not see the page hears where
//! they are, and the keyboard goes on from there.

use crate::route::{Page, Study};
use crate::ui::dom;
use crate::ui::parts::{focused, is_taken};
use crate::ui::state::Lab;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// What a screen is told apart by: a step, a list's filter or a lesson's page makes no other. The last says whether
/// it asks what will come of a run in the place of the run.
type Screen = (std::mem::Discriminant<Page>, String, bool);

fn screen_of(page: &Page, is_guessing: bool) -> Screen {
    let own = match page {
        Page::Fault(id, _) | Page::Lesson(id, ..) => id.clone(),
        // A word is looked up in the list that is there, which moves the focus itself.
        Page::Study(Study::Glossary, _) => Study::Glossary.word().into(),
        Page::Diagnose(case) => case.clone(),
        Page::Study(study, rest) => format!("{}/{rest}", study.word()),
        _ => String::new(),
    };
    (std::mem::discriminant(page), own, is_guessing)
}

/// Lets the focus follow from screen to screen. It stays where it is on the first.
pub fn follow(lab: Lab) {
    let screen = Memo::new(move |_| screen_of(&lab.link.read().page, lab.is_guessing()));
    Effect::new(move |before: Option<()>| {
        let here = screen.get();
        if before.is_some() {
            spawn_local(focus(here, screen));
        }
    });
}

/// How many frames a heading is waited for: as many as a part takes on a slow network.
const FRAMES: u32 = 1800;

/// How many frames later one that was drawn anew still takes the focus along.
const SETTLES: u32 = 90;

/// Moves the focus to the heading once it is there, unless the person moved it meanwhile, or went on.
async fn focus(here: Screen, screen: Memo<Screen>) {
    let mut from = focused();
    let mut own = None;
    let mut frames = FRAMES;
    while frames > 0 {
        frames -= 1;
        dom::next_frame().await;
        let went_on = screen.try_get_untracked().is_none_or(|now| now != here);
        if went_on || is_taken(from.as_ref()) {
            return;
        }
        // A part that is still loading has none; nor has one that could not be loaded.
        let heading = dom::document().query_selector("#main h1").ok().flatten();
        if heading.is_none() || heading == own {
            continue;
        }
        if let Some(heading) = heading.as_ref().and_then(|one| one.dyn_ref::<HtmlElement>()) {
            heading.set_tab_index(-1);
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = heading.focus_with_options(&options);
        }
        if own.is_none() {
            frames = SETTLES;
        }
        own.clone_from(&heading);
        from = heading;
    }
}
