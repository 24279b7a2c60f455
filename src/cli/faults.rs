//! `handshake-lab list faults --json`: the faults with what must come of them.

use crate::faults::{ExpectedAlert, FAULTS, Fault, Outcome};
use crate::scenario::{Scenario, Version, in_versions};
use crate::tls::AlertDescription;
use crate::trace::Endpoint;
use serde::Serialize;
use std::collections::BTreeMap;

/// A fault.
#[derive(Serialize)]
pub(super) struct Entry {
    id: &'static str,
    title: &'static str,
    summary: &'static str,
    /// What it is a fault of.
    group: &'static str,
    /// What is at stake.
    promise: &'static str,
    /// The versions that it can happen in.
    versions: Vec<&'static str>,
    /// The fault that is left when its fix is applied, where one is.
    left_by_fix: Option<&'static str>,
    /// What must come of it in each of them.
    expect: BTreeMap<&'static str, Expected>,
}

/// What must come of a fault.
#[derive(Serialize)]
struct Expected {
    client: &'static str,
    server: &'static str,
    noticed_by: Option<&'static str>,
    alert: Option<String>,
    from: Option<&'static str>,
    encrypted: Option<bool>,
    /// Whether it is about the connection behind the gateway.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    inner: bool,
}

/// All faults, in the order a menu shows them.
pub(super) fn entries() -> Vec<Entry> {
    FAULTS.iter().map(|fault| entry(fault)).collect()
}

fn entry(fault: &Fault) -> Entry {
    let of = |(version, scenario): (Version, Scenario)| {
        Some((version.id(), expected(scenario.expected()?)))
    };
    let expect: BTreeMap<_, _> = in_versions(fault).filter_map(of).collect();
    Entry {
        id: fault.id,
        title: fault.title,
        summary: fault.words().summary,
        group: fault.group.id(),
        promise: fault.promise.id(),
        versions: expect.keys().copied().collect(),
        left_by_fix: fault.left_by_fix().map(|left| left.id),
        expect,
    }
}

fn expected(Outcome { noticed_by, alert, client, server, is_inner }: Outcome) -> Expected {
    let name = |ExpectedAlert { description, .. }| {
        let code = u8::from(description);
        AlertDescription(code).name().map_or_else(|| format!("alert {code}"), str::to_owned)
    };
    Expected {
        client: client.name(),
        server: server.name(),
        noticed_by: noticed_by.map(Endpoint::name),
        alert: alert.map(name),
        from: alert.map(|alert| alert.from.name()),
        encrypted: alert.map(|alert| alert.encrypted),
        inner: is_inner,
    }
}
