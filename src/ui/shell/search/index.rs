//! What can be found, and where each leads.

use crate::faults::{FAULTS, Fault, meant_by_codes};
use crate::lesson::{Card, PromptCard, TermCard};
use crate::observed::{Meaning, Observation, meanings_if_error};
use crate::route::{FaultList, Page, Panel, Place, Route, Study, View};
use crate::run::Run;
use crate::scenario::{PRESETS, Scenario};
use crate::story::Subject;
use crate::tls::AlertDescription;
use crate::trail::Look;
use crate::ui::breakit;
use crate::ui::learn::{cards, prompts, term_cards};
use crate::ui::state::Lab;
use crate::wire::Node;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Something that can be found.
#[derive(Clone)]
pub struct Entry {
    /// What kind of thing it is.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// One line about it.
    pub what: String,
    /// What else it is found by.
    pub more: String,
    /// Where it leads.
    pub href: String,
}

/// Everything but what is fetched: see [`lessons`] and [`words`].
pub fn index(lab: Lab) -> Vec<Entry> {
    let link = lab.link.get();
    // What is found in a run is shown where the run is, or in the lab.
    let page = match &link.page {
        page @ (Page::Lab(_) | Page::Fault(..)) => page.clone(),
        _ => Place::Lab.root(),
    };
    let scenario = page.scenarios().first().and_then(|text| Scenario::parse(text).ok());
    let run = scenario.and_then(|scenario| match lab.run.get() {
        Ok(run) if *run.scenario() == scenario => Some(run),
        _ => lab.runner.run(&scenario).ok(),
    });
    let mut all = Vec::new();
    if let Some(run) = run {
        of_run(&run, &page, &link.view, &mut all);
    }
    all.extend(faults().chain(presets()).chain(alerts()).chain(screens(&page)));
    all
}

/// The lessons of the list, those that could be loaded.
pub async fn lessons() -> Vec<Entry> {
    let units = cards().await.unwrap_or_default();
    let cards = units.into_iter().flat_map(|unit| unit.lessons).flatten();
    cards
        .map(|Card { about, .. }| Entry {
            kind: "lesson",
            what: about.summary,
            more: about.objectives.join(" "),
            href: Page::Lesson(about.id, 1, None).href(),
            title: about.title,
        })
        .collect()
}

/// The terms of the glossary, and the prompts: fetched as well.
pub async fn words() -> Vec<Entry> {
    let (terms, prompts) = (term_cards(), prompts());
    let (terms, prompts) = (terms.await.unwrap_or_default(), prompts.await.unwrap_or_default());
    let terms = terms.into_iter().map(|TermCard { id, name, also, what }| Entry {
        kind: "term",
        title: name,
        what,
        more: also,
        href: Page::Study(Study::Glossary, id).href(),
    });
    let prompts = prompts.into_iter().map(|PromptCard { id, level, ask, minutes, .. }| Entry {
        kind: "interview",
        title: ask,
        what: format!("{level}, {minutes} minutes"),
        more: String::new(),
        href: Page::Study(Study::Interview, id).href(),
    });
    terms.chain(prompts).collect()
}

/// The messages of a run and their fields, each field name once for each message.
fn of_run(run: &Run, page: &Page, shown: &View, all: &mut Vec<Entry>) {
    let view =
        View { connection: shown.connection, perspective: shown.perspective, ..View::default() };
    for step in &run.story().steps {
        let link = |selection: Vec<usize>| {
            let view = View { step: Some(step.index), selection, ..view.clone() };
            Route { page: page.clone(), view }.to_string()
        };
        all.push(Entry {
            kind: "step",
            title: step.title.clone(),
            what: format!("step {} of this run, from the {}", step.index + 1, run.name(step.from)),
            more: String::new(),
            href: link(Vec::new()),
        });
        let Subject::Message(at) = step.subject else { continue };
        let nodes = run.dissection().messages.get(at).map_or(&[][..], |message| &message.nodes);
        let mut seen = BTreeSet::new();
        fields(nodes, &mut Vec::new(), &mut |node, path| {
            if seen.insert(node.field.name) {
                all.push(Entry {
                    kind: "field",
                    title: node.field.name.into(),
                    what: format!("{}: {}", step.title, node.display),
                    more: node.field.wireshark.unwrap_or_default().into(),
                    href: link(path.to_vec()),
                });
            }
        });
    }
}

/// Calls `each` with every node below these, and the way to it.
fn fields(nodes: &[Node], path: &mut Vec<usize>, each: &mut impl FnMut(&Node, &[usize])) {
    for (at, node) in nodes.iter().enumerate() {
        path.push(at);
        each(node, path);
        fields(&node.children, path, each);
        path.pop();
    }
}

fn faults() -> impl Iterator<Item = Entry> {
    FAULTS.iter().map(|fault| {
        let words = fault.words();
        Entry {
            kind: "fault",
            title: fault.title.into(),
            what: words.summary.into(),
            more: fault.text(),
            href: Page::Fault(fault.id.into(), String::new()).href(),
        }
    })
}

/// The faults that an error can mean, each with who says it: by a browser's code, or else by what is like it.
pub fn of_error(words: &str, observed: &[Observation], is_found: bool) -> Vec<Entry> {
    let by_code = meant_by_codes(words).into_iter();
    let by_code = by_code.map(|(fault, code)| said(fault, breakit::printed(observed, fault, code)));
    let by_code: Vec<Entry> = by_code.collect();
    if !by_code.is_empty() {
        return by_code;
    }
    let meanings = meanings_if_error(words, observed, is_found).into_iter();
    let speaking = |meaning: Meaning<'_>| {
        format!("{}: {}", breakit::speaker(meaning.observation), meaning.error)
    };
    meanings.map(|meaning| said(meaning.fault, speaking(meaning))).collect()
}

/// What kind of thing [`unknown`] is.
pub const UNKNOWN: &str = "commands";

/// Where words lead that nothing here has: they may be an error that no program was seen to print.
pub fn unknown(words: &str) -> Entry {
    Entry {
        kind: UNKNOWN,
        title: "Commands to run first".into(),
        what: "for an error that is not known here".into(),
        more: String::new(),
        href: Page::Faults(FaultList { words: words.into(), ..FaultList::default() }).href(),
    }
}

/// A fault of which a program says what was pasted.
fn said(fault: &Fault, what: String) -> Entry {
    Entry {
        kind: "fault",
        title: fault.title.into(),
        what,
        more: String::new(),
        href: Page::Fault(fault.id.into(), String::new()).href(),
    }
}

fn presets() -> impl Iterator<Item = Entry> {
    PRESETS.iter().map(|preset| Entry {
        kind: "handshake",
        title: preset.title.into(),
        what: preset.summary.into(),
        more: preset.id.into(),
        href: Page::Lab(preset.id.into()).href(),
    })
}

/// Every alert, with the way to the faults that lead to it.
fn alerts() -> impl Iterator<Item = Entry> {
    AlertDescription::known().iter().map(|(alert, name)| Entry {
        kind: "alert",
        title: format!("{name} ({})", alert.0),
        what: alert.alert().map_or("", |alert| alert.meaning).into(),
        more: String::new(),
        href: Page::Faults(FaultList { words: (*name).into(), ..FaultList::default() }).href(),
    })
}

/// The panels beside a run, and the other screens.
fn screens(page: &Page) -> impl Iterator<Item = Entry> {
    let panels = Panel::ALL.iter().map(|each| Entry {
        kind: "panel",
        title: each.label().into(),
        what: each.lead().into(),
        more: String::new(),
        href: panel(page, *each),
    });
    let places = Place::ALL.map(|place| (place.label(), place.root().href()));
    let looks = Look::ALL
        .map(|look| (look.label(), crate::trail::Trail::default().look(look, page).to_string()));
    let studies =
        Study::ALL.iter().map(|study| (study.label(), Page::Study(*study, String::new()).href()));
    let diagnose = ("Diagnose", Page::Diagnose(String::new()).href());
    let screens =
        places.into_iter().chain(looks).chain(studies).chain([diagnose]).map(|(title, href)| {
            Entry {
                kind: "screen",
                title: title.into(),
                what: String::new(),
                more: String::new(),
                href,
            }
        });
    panels.chain(screens).collect::<Vec<_>>().into_iter()
}

fn panel(page: &Page, panel: Panel) -> String {
    Route { page: page.clone(), view: View { panel: Some(panel), ..View::default() } }.to_string()
}
