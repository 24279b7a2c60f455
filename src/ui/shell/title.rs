//! What the page is called in tabs, bookmarks and the history: step, run and screen. By this name it is also
//! remembered what was looked at last.

use crate::dissect::Epoch;
use crate::faults::Fault;
use crate::route::{Page, Perspective, Place};
use crate::scenario::Scenario;
use crate::ui::state::Lab;
use crate::ui::{dom, storage};
use leptos::prelude::*;

const NAME: &str = "Handshake Lab";

/// Keeps the document's title to what is shown, and remembers the last lesson and the last run.
pub fn follow(lab: Lab) {
    let title = Memo::new(move |_| title(lab));
    Effect::new(move |_| {
        let title = title.get();
        dom::document().set_title(&title);
        lab.link.with_untracked(|link| {
            let kept = match link.page {
                Page::Lesson(..) => LAST_LESSON,
                Page::Lab(_) | Page::Fault(..) => LAST_RUN,
                _ => return,
            };
            let name = title.strip_suffix(NAME).unwrap_or(&title).trim_end_matches(" · ");
            storage::set(kept, &format!("{link}\n{name}"));
        });
    });
}

/// The names under which it is kept what was looked at last.
const LAST_LESSON: &str = "last-lesson";
const LAST_RUN: &str = "last-run";

/// The last lesson and the last run, each as the link to it and its name.
pub fn last() -> [Option<(String, String)>; 2] {
    [LAST_LESSON, LAST_RUN].map(|kept| {
        let text = storage::get(kept)?;
        let (link, name) = text.split_once('\n')?;
        Some((link.into(), name.into()))
    })
}

/// The title of what is shown, tracked.
pub fn title(lab: Lab) -> String {
    let page = lab.link.read().page.clone();
    let both = |a: &str, b: &str| {
        [a, b]
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(named)
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let parts: Vec<String> = match &page {
        Page::Home => return format!("{NAME}: see TLS happen"),
        Page::Lab(text) => step(lab).into_iter().chain([named(text)]).collect(),
        Page::Fault(id, _) => {
            let title = Fault::find(id).map_or(id.clone(), |fault| fault.title.into());
            step(lab).into_iter().chain([title, Place::Fix.label().into()]).collect()
        }
        Page::Faults(_) => vec![Place::Fix.label().into()],
        Page::Diagnose(case) => vec![case.clone(), "Diagnose".into(), Place::Fix.label().into()],
        Page::Lessons => vec![Place::Learn.label().into()],
        Page::Study(study, _) => vec![study.label().into(), Place::Learn.label().into()],
        Page::Lesson(_, number, _) => vec![format!("page {number}"), lab.lesson_title.get()],
        Page::Compare(a, b) => vec![both(a, b), "Compare".into()],
        Page::StolenKey(a, b) => vec![both(a, b), "Stolen key".into()],
        Page::Race(race) => vec![format!("Race at {} ms", race.rtt_ms)],
        Page::Certificates(recipe) => {
            let recipe = recipe.as_ref().map(|recipe| recipe.name.clone());
            vec![recipe.unwrap_or_default(), Place::Certificates.label().into()]
        }
    };
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.chain([NAME.into()]).collect::<Vec<_>>().join(" · ")
}

/// What the present step is called as it is seen now, tracked; the connection as a whole has no name.
fn step(lab: Lab) -> Option<String> {
    lab.here()?;
    let blind = lab.eyes() == Perspective::Eavesdropper;
    lab.with_step(|_, step| {
        let is_sealed = blind && step.epoch != Epoch::Plain;
        if is_sealed { "Encrypted record".into() } else { step.title.clone() }
    })
}

/// A scenario's text form as people call it.
fn named(text: &str) -> String {
    match Scenario::parse(text) {
        Ok(scenario) => match scenario.broken_by() {
            Some(fault) => format!("{}, {}", scenario.title(), fault.title),
            None => scenario.title().into(),
        },
        Err(_) => text.into(),
    }
}
