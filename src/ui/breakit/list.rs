//! The list of faults: by group, found by words, and by who notices them in the run that they break.

use crate::faults::{FAULTS, Fault, Group, Outcome};
use crate::find::Query;
use crate::route::{FaultList, Page};
use crate::scenario::{Scenario, Version};
use crate::tls::AlertDescription;
use crate::trace::Endpoint;
use crate::ui::lab;
use leptos::prelude::*;

/// The usual runs to break: the text form of each, and the version.
const USUAL: [(&str, Version); 2] = [("", Version::Tls13), ("tls12", Version::Tls12)];

/// A fault, and what comes of it in the run that is broken.
#[derive(Clone)]
struct Row {
    fault: &'static Fault,
    /// Where it is shown, and what must come of it there; or why it cannot be in this run.
    broken: Result<(String, Outcome), String>,
}

impl Row {
    /// In the run of this text form.
    fn of(fault: &'static Fault, run: &str) -> Row {
        let page = Page::Fault(fault.id.into(), run.into());
        let text = page.scenarios().into_iter().next().unwrap_or_default();
        let broken = Scenario::parse(&text).map_err(|error| error.to_string());
        let broken = broken.and_then(|scenario| {
            let outcome = scenario.expected().ok_or_else(String::new)?;
            Ok((page.href(), outcome))
        });
        Row { fault, broken }
    }

    fn noticed_by(&self) -> Option<Endpoint> {
        self.broken.as_ref().ok()?.1.noticed_by
    }

    /// Who notices, and by which alert that is told.
    fn notice(&self) -> String {
        let Ok((_, outcome)) = &self.broken else { return String::new() };
        let who = match outcome.noticed_by {
            Some(Endpoint::Client) if outcome.is_inner => "gateway",
            who => who.map_or("nobody notices", Endpoint::name),
        };
        let alert = outcome.alert.map(|alert| AlertDescription(alert.description.into()));
        match alert {
            Some(alert) => format!("{who} · {}", alert.label()),
            None => who.into(),
        }
    }

    /// Everything that it can be found by.
    fn text(&self) -> String {
        let number = self.broken.as_ref().ok().and_then(|(_, outcome)| outcome.alert);
        let number = number.map_or(String::new(), |alert| u8::from(alert.description).to_string());
        format!("{} {} {number}", self.fault.text(), self.notice())
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
            let run = run.read();
            let row = |fault: &&'static Fault| {
                let row = Row::of(fault, &run);
                let text = row.text();
                (row, text)
            };
            FAULTS.iter().map(row).collect::<Vec<(Row, String)>>()
        },
        |_, _| true,
    );
    let found = Memo::new_with_compare(
        move |_| {
            let (rows, list) = (rows.read(), list.read());
            let wanted = |(row, _): &&(Row, String)| {
                list.noticed_by.is_none() || row.noticed_by() == list.noticed_by
            };
            let texts = rows.iter().filter(wanted).map(|(row, text)| (row.clone(), text));
            Query::new(&list.words).best(texts)
        },
        |_, _| true,
    );
    let told = move || {
        let (rows, all) = &*found.read();
        match (rows.len(), all) {
            (0, _) => "No fault has these words. Try fewer, or one that the error names: expired, hostname, issuer, bad_certificate.".into(),
            (_, false) => format!("No fault has all of these words; {} of {} have most of them.", rows.len(), FAULTS.len()),
            (n, true) if n == FAULTS.len() => format!("{n} faults"),
            (n, true) => format!("{n} of {} faults", FAULTS.len()),
        }
    };
    view! {
        <div class="page breakit">
            <h1>"Break & fix"</h1>
            <p class="lead">
                "Each fault is a real run that goes wrong: see where it differs from the good run, who notices, what goes over the wire, and how to fix it."
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
                    {[None, Some(Endpoint::Client), Some(Endpoint::Server)]
                        .map(|who| {
                            view! {
                                <button
                                    aria-pressed=move || (list.read().noticed_by == who).to_string()
                                    on:click=move |_| change(&|list| list.noticed_by = who)
                                >
                                    {who.map_or("anyone", Endpoint::name)}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
            <p class="dim" role="status">{told}</p>
            {move || {
                let (rows, _) = &*found.read();
                Group::ALL.iter().map(|group| group_of(*group, rows)).collect_view()
            }}
        </div>
    }
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

/// The rows of a group, those of them that cannot be in this run at the end.
fn group_of(group: Group, rows: &[Row]) -> Option<AnyView> {
    let own: Vec<&Row> = rows.iter().filter(|row| row.fault.group == group).collect();
    if own.is_empty() {
        return None;
    }
    let (can, cannot): (Vec<&Row>, Vec<&Row>) = own.iter().partition(|row| row.broken.is_ok());
    let id = format!("faults-{}", group.id());
    let items = can.into_iter().chain(cannot).map(item).collect_view();
    Some(
        view! {
            <section class="fault-group" aria-labelledby=id>
                <h2 id=id.clone()>{group.label()}" "<span class="dim">{own.len()}</span></h2>
                <ul class="fault-rows">{items}</ul>
            </section>
        }
        .into_any(),
    )
}

fn item(row: &Row) -> AnyView {
    let fault = row.fault;
    match &row.broken {
        Ok((href, _)) => view! {
            <li>
                <a class="fault-row" href=href.clone()>
                    <b>{fault.title}</b>
                    <span class="fault-what">{fault.words().summary}</span>
                    <span class="fault-who">{row.notice()}</span>
                </a>
            </li>
        }
        .into_any(),
        Err(why) => view! {
            <li class="fault-row off">
                <b>{fault.title}</b>
                <span class="fault-what">"Not in this run: " {why.clone()}</span>
            </li>
        }
        .into_any(),
    }
}
