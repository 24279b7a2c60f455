//! The list of faults: by group, found by words or by what a program said, and by who notices them in the run
//! that they break.

use super::row::{Row, Sayings, group_of, heading_of, list_of};
use super::said::{First, known, printed, speaker, symptom};
use super::seen;
use crate::faults::{FAULTS, Fault, Group, meant_by_codes};
use crate::find::Query;
use crate::observed::meanings_if_error;
use crate::route::{FaultList, NOTICERS, Page};
use crate::scenario::{Scenario, Version};
use crate::ui::lab;
use crate::ui::parts::{focused, go_to_heading};
use leptos::prelude::*;

/// The usual runs to break: the text form of each, and the version.
const USUAL: [(&str, Version); 2] = [("", Version::Tls13), ("tls12", Version::Tls12)];

/// What rows were found by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// All of the words.
    Words,
    /// Most of them.
    SomeWords,
    /// What a program was seen to say.
    Error,
    /// A code that a browser prints.
    Code,
}

/// The rows that were found, in their order, and what a program says of each.
struct Found {
    by: By,
    rows: Vec<Row>,
    said: Sayings,
}

impl Found {
    fn new(by: By, found: impl Iterator<Item = (Row, Option<String>)>) -> Found {
        let (mut rows, mut all) = (Vec::new(), Sayings::new());
        for (row, said) in found {
            all.extend(said.map(|said| (row.fault.id, said)));
            rows.push(row);
        }
        Found { by, rows, said: all }
    }
}

/// The list.
#[component]
pub fn Faults() -> impl IntoView {
    let lab = lab();
    let list = Memo::new(move |before: Option<&FaultList>| match &lab.link.read().page {
        Page::Faults(list) => list.clone(),
        // While another screen takes over, the list stays what it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let change = move |change: &dyn Fn(&mut FaultList)| {
        let mut next = list.get_untracked();
        change(&mut next);
        lab.refine(Page::Faults(next));
    };
    let run = Memo::new(move |_| list.read().run.clone());
    let rows = Memo::new_with_compare(
        move |_| {
            let (run, seen) = (run.read(), seen::all());
            let row = |fault: &&'static Fault| {
                let row = Row::of(fault, &run, seen.contains(fault.id));
                let text = row.text();
                (row, text)
            };
            FAULTS.iter().map(row).collect::<Vec<(Row, String)>>()
        },
        |_, _| true,
    );
    let known = LocalResource::new(known);
    let found = Memo::new_with_compare(
        move |_| {
            let (rows, list, known) = (rows.read(), list.read(), known.get());
            // Without them the list is still one of faults.
            let known = known.and_then(Result::ok).unwrap_or_default();
            let wanted = |(row, _): &&(Row, String)| {
                list.noticed_by.is_none() || row.noticed_by() == list.noticed_by
            };
            let wanted: Vec<&(Row, String)> = rows.iter().filter(wanted).collect();
            let row_of = |fault: &Fault| {
                let (row, _) = wanted.iter().find(|(row, _)| row.fault.id == fault.id)?;
                Some(row.clone())
            };
            let by_code = meant_by_codes(&list.words).into_iter().filter_map(|(fault, code)| {
                Some((row_of(fault)?, Some(printed(&known, fault, code))))
            });
            let by_code = Found::new(By::Code, by_code);
            if !by_code.rows.is_empty() {
                return by_code;
            }
            let texts = wanted.iter().map(|(row, text)| (row, text));
            let (by_words, all) = Query::new(&list.words).best(texts);
            let meanings = meanings_if_error(&list.words, &known, all);
            let by_error = meanings.iter().filter_map(|meaning| {
                let said = format!("{}: {}", speaker(meaning.observation), meaning.error);
                Some((row_of(meaning.fault)?, Some(said)))
            });
            let by_error = Found::new(By::Error, by_error);
            if !by_error.rows.is_empty() {
                return by_error;
            }
            let with_symptom = |row: &Row| {
                (row.clone(), symptom(&known, row.fault).and_then(|one| one.error.clone()))
            };
            let by = if all { By::Words } else { By::SomeWords };
            Found::new(by, by_words.into_iter().map(with_symptom))
        },
        |_, _| true,
    );
    let said = Memo::new(move |_| found.read().said.clone());
    // What decides which rows there are. When only what programs say of them arrives, they stay, and the focus with
    // them.
    let shown = Memo::new(move |_| {
        let found = found.read();
        let ids: Vec<&str> = found.rows.iter().map(|row| row.fault.id).collect();
        (run.get(), found.by, ids)
    });
    let told = move || {
        let found = found.read();
        match (found.rows.len(), found.by) {
            (0, _) => "No fault has these words.".into(),
            (1, By::Code) => "This is a code that a browser prints. It can mean this fault.".into(),
            (n, By::Code) => format!(
                "This is a code that a browser prints. It can mean {n} faults; the likeliest comes first."
            ),
            (1, By::Error) => {
                "Programs were seen to say this, or something like it, of one fault.".into()
            }
            (n, By::Error) => format!(
                "Programs were seen to say this, or something like it, of {n} faults. The most similar comes first."
            ),
            (n, By::SomeWords) => format!(
                "No fault has all of these words; {n} of {} have most of them.",
                FAULTS.len()
            ),
            (n, By::Words) if n == FAULTS.len() => format!("{n} faults"),
            (n, By::Words) => format!("{n} of {} faults", FAULTS.len()),
        }
    };
    view! {
        <div class="page breakit">
            <h1>"Break & fix"</h1>
            <p class="lead">
                "Each fault is a real run that goes wrong: see from where it goes another way than the good run, who notices, what goes over the wire, and how to fix it."
            </p>
            <div class="fault-filters" role="search">
                <input
                    type="search"
                    class="fault-words"
                    aria-label="Paste an error message, or words of it"
                    placeholder="Paste an error, or search: expired, hostname, issuer…"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || list.read().words.clone()
                    on:input:target=move |event| {
                        let words = event.target().value();
                        change(&move |list| list.words = words.clone());
                    }
                />
                <div class="seg" role="group" aria-label="Which run is broken">
                    {USUAL
                        .map(|(text, version)| {
                            view! {
                                <button
                                    aria-pressed=move || (*run.read() == text).to_string()
                                    on:click=move |_| change(&|list| list.run = text.into())
                                >
                                    {version.label()}
                                </button>
                            }
                        })
                        .collect_view()}
                    {move || own_run(&run.read())}
                </div>
                <div class="seg" role="group" aria-label="Who notices">
                    <span>"noticed by"</span>
                    {std::iter::once(None)
                        .chain(NOTICERS.map(Some))
                        .map(|who| {
                            view! {
                                <button
                                    aria-pressed=move || (list.read().noticed_by == who).to_string()
                                    on:click=move |_| change(&|list| list.noticed_by = who)
                                >
                                    {who.unwrap_or("anyone")}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
            {move || fitting(&list.read(), &rows.read())}
            <p class="dim" role="status">{told}</p>
            {move || {
                shown.with(|_| ());
                let Found { rows, by, .. } = &*found.read_untracked();
                let grouped = || {
                    let groups = groups(rows).into_iter();
                    let groups = groups.filter_map(|group| group_of(*group, rows, said));
                    (jump_list(rows), groups.collect_view())
                };
                let first = (*by == By::SomeWords).then(|| view! { <First open=rows.is_empty()/> });
                match by {
                    By::Error | By::Code => list_of(rows, said),
                    By::Words | By::SomeWords => (first, grouped()).into_any(),
                }
            }}
        </div>
    }
}

/// The groups of these rows, first those of which any can be in this run.
fn groups(rows: &[Row]) -> Vec<&'static Group> {
    let has = |group: &&Group| rows.iter().any(|row| row.fault.group == **group);
    let fits = |group: &&Group| rows.iter().any(|row| row.fits() && row.fault.group == **group);
    let (can, cannot): (Vec<&Group>, Vec<&Group>) = Group::ALL.iter().filter(has).partition(fits);
    can.into_iter().chain(cannot).collect()
}

/// How many of all can be in a run that someone brought, and the way to the same run without its gateway.
fn fitting(list: &FaultList, rows: &[(Row, String)]) -> Option<AnyView> {
    if USUAL.iter().any(|(usual, _)| *usual == list.run) {
        return None;
    }
    let count = rows.iter().filter(|(row, _)| row.fits()).count();
    let own = Scenario::parse(&list.run).ok()?;
    let without = own.with(&[("gateway", "none")]).ok().map(|run| run.text());
    let without = without.filter(|text| *text != own.text()).map(|run| {
        let href = Page::Faults(FaultList { run, ..list.clone() }).href();
        view! { " " <a href=href>"Take it without the gateway"</a> }
    });
    Some(
        view! { <p>{format!("{count} of {} faults fit your run.", rows.len())}{without}</p> }
            .into_any(),
    )
}

/// The ways to the groups, where there are several.
fn jump_list(rows: &[Row]) -> Option<AnyView> {
    let groups = groups(rows);
    let link = |group: &&Group| {
        let id = heading_of(**group);
        view! { <button class="link" on:click=move |_| go_to_heading(&id, focused().as_ref())>{group.label()}</button> }
    };
    (groups.len() > 1).then(|| {
        let links = groups.iter().map(link).collect_view();
        view! { <nav class="fault-jump" aria-label="Groups of faults">{links}</nav> }.into_any()
    })
}

/// The run that someone brought along, where it is none of the usual ones.
fn own_run(text: &str) -> Option<AnyView> {
    if USUAL.iter().any(|(usual, _)| *usual == text) {
        return None;
    }
    let name = Scenario::parse(text)
        .map_or(text.to_owned(), |run| format!("{}, seed {}", run.title(), run.seed));
    Some(view! { <button aria-pressed="true">"your run: " {name}</button> }.into_any())
}
