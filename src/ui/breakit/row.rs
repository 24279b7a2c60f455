//! A fault in the list: what it is, what a program says of it, and who notices.

use crate::faults::{Fault, Group, Outcome};
use crate::route::Page;
use crate::scenario::{Scenario, Version};
use crate::tls::AlertDescription;
use crate::trace::Endpoint;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What a program says of a fault, by the fault's id. It comes later than the rows, which stay as they are then.
pub type Sayings = BTreeMap<&'static str, String>;

/// What the link calls it where nobody notices.
const NOBODY: &str = "nobody";

/// A fault, and what comes of it in the run that is broken.
#[derive(Clone)]
pub struct Row {
    /// The fault.
    pub fault: &'static Fault,
    /// Where it is shown, and what must come of it there; or why it cannot be in this run.
    broken: Result<(String, Outcome), String>,
    /// The version that it needs, where the run to break has another.
    version: Option<Version>,
    /// Whether it was opened on this device.
    is_seen: bool,
}

impl Row {
    /// In the run of this text form.
    pub fn of(fault: &'static Fault, run: &str, is_seen: bool) -> Row {
        let page = Page::Fault(fault.id.into(), run.into());
        let text = page.scenarios().into_iter().next().unwrap_or_default();
        let broken = Scenario::parse(&text).map_err(|error| {
            // On a list of faults, having none is no way out.
            format!("{}; {}", error.problem, error.allowed.trim_end_matches(", or fault=none"))
        });
        let version = broken.as_ref().ok().map(|scenario| scenario.version);
        let asked = Scenario::parse(run).unwrap_or_default().version;
        let version = version.filter(|needed| ![asked, Version::Any].contains(needed));
        let broken = broken.and_then(|scenario| {
            let outcome = scenario.expected().ok_or_else(String::new)?;
            Ok((page.href(), outcome))
        });
        Row { fault, broken, version, is_seen }
    }

    /// Whether it can be in this run.
    pub fn fits(&self) -> bool {
        self.broken.is_ok()
    }

    /// Who notices it in this run, as the link calls them; `None` where it cannot be.
    pub fn noticed_by(&self) -> Option<&'static str> {
        let (_, outcome) = self.broken.as_ref().ok()?;
        Some(match outcome.noticed_by {
            Some(Endpoint::Client) if outcome.is_inner => "gateway",
            who => who.map_or(NOBODY, Endpoint::name),
        })
    }

    /// Who notices.
    fn who(&self) -> &'static str {
        match self.noticed_by() {
            Some(NOBODY) => "nobody notices",
            who => who.unwrap_or_default(),
        }
    }

    /// The alert that tells of it, with what sets it apart from who sends it.
    fn alert(&self) -> Option<String> {
        let alert = self.broken.as_ref().ok()?.1.alert?;
        Some(format!(" · {}", AlertDescription(alert.description.into()).label()))
    }

    /// Everything that it can be found by.
    pub fn text(&self) -> String {
        let number = self.broken.as_ref().ok().and_then(|(_, outcome)| outcome.alert);
        let number = number.map_or(String::new(), |alert| u8::from(alert.description).to_string());
        let alert = self.alert().unwrap_or_default();
        format!("{} {}{alert} {number}", self.fault.text(), self.who())
    }
}

/// Rows, in their order.
pub fn list_of<'a>(rows: impl IntoIterator<Item = &'a Row>, said: Memo<Sayings>) -> AnyView {
    let items = rows.into_iter().map(|row| item(row, said));
    view! { <ul class="fault-rows">{items.collect_view()}</ul> }.into_any()
}

/// The id of a group's heading.
pub fn heading_of(group: Group) -> String {
    format!("faults-{}", group.id())
}

/// The rows of a group, those of them that cannot be in this run at the end.
pub fn group_of(group: Group, rows: &[Row], said: Memo<Sayings>) -> Option<AnyView> {
    let own: Vec<&Row> = rows.iter().filter(|row| row.fault.group == group).collect();
    if own.is_empty() {
        return None;
    }
    let (can, cannot): (Vec<&Row>, Vec<&Row>) = own.iter().partition(|row| row.broken.is_ok());
    let id = heading_of(group);
    let count = match own.iter().filter(|row| row.is_seen).count() {
        0 => own.len().to_string(),
        seen => format!("{seen} of {} seen", own.len()),
    };
    let items = list_of(can.into_iter().chain(cannot), said);
    Some(
        view! {
            <section class="fault-group" aria-labelledby=id>
                <h2 id=id.clone() tabindex="-1">{group.label()}" "<span class="dim">{count}</span></h2>
                {items}
            </section>
        }
        .into_any(),
    )
}

fn item(row: &Row, said: Memo<Sayings>) -> AnyView {
    let fault = row.fault;
    let said = move || {
        let said = said.read().get(fault.id).cloned();
        said.map(|said| view! { <code class="fault-said" translate="no">{said}</code> })
    };
    match &row.broken {
        Ok((href, _)) => view! {
            <li>
                <a class="fault-row" href=href.clone()>
                    <b>
                        {fault.title}
                        {row.is_seen.then(|| view! { <span class="fault-seen" aria-hidden="true">" ✓"</span><span class="sr-only">", seen"</span> })}
                    </b>
                    <span class="fault-what">
                        {fault.words().summary}
                        {said}
                    </span>
                    <span class="fault-who">
                        {row.who()}<span class="fault-alert">{row.alert()}</span>
                        {row.version.map(|version| format!(" · in {}", version.label()))}
                    </span>
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
