//! The choices that have a closed list: one row each.

use crate::engine::faults::{FAULTS, Fault};
use crate::scenario::{CertificateKind, ClientCertificate, Group, Scenario, Suite, Version};

/// A choice of the scenario.
pub struct Choice {
    /// Its key in the text form.
    pub key: &'static str,
    /// What stands before it.
    pub label: &'static str,
    /// Whether it is shown at once, or behind “More”.
    pub main: bool,
    /// The values it takes, with what a person reads.
    pub options: fn(&Scenario) -> Vec<(String, String)>,
}

/// Lists all values of a choice that has an `id` and a `label`.
macro_rules! all {
    ($name:ident) => {
        |_| $name::ALL.iter().map(|choice| pair(choice.id(), choice.label())).collect()
    };
}

/// All choices, in the order of their controls.
pub const CHOICES: &[Choice] = &[
    Choice { key: "version", label: "version", main: true, options: all!(Version) },
    Choice {
        key: "suite",
        label: "suite",
        main: true,
        options: |scenario| {
            let name = |suite: Suite| scenario.suite_name(suite);
            let suites = Suite::ALL.iter().map(|suite| pair(name(*suite), suite.label()));
            std::iter::once(pair("default", "all")).chain(suites).collect()
        },
    },
    Choice {
        key: "group",
        label: "group",
        main: true,
        options: |_| {
            let groups = Group::ALL.iter().map(|group| pair(group.id(), group.label()));
            std::iter::once(pair("default", "all")).chain(groups).collect()
        },
    },
    Choice { key: "cert", label: "certificate", main: true, options: all!(CertificateKind) },
    Choice {
        key: "client-cert",
        label: "client cert",
        main: true,
        options: all!(ClientCertificate),
    },
    Choice {
        key: "fault",
        label: "fault",
        main: true,
        options: |_| {
            let faults = FAULTS.iter().map(|fault| pair(fault.id, fault.title));
            std::iter::once(pair("none", "none")).chain(faults).collect()
        },
    },
    Choice {
        key: "alpn",
        label: "ALPN",
        main: false,
        options: |scenario| {
            let ready = ["h2,http/1.1", "http/1.1", "none"];
            let own = scenario.get("alpn").ok().filter(|own| !ready.contains(&own.as_str()));
            let ready = ready.into_iter().map(|value| pair(value, &value.replace(',', ", ")));
            ready.chain(own.map(|own| pair(&own, &own.replace(',', ", ")))).collect()
        },
    },
];

fn pair(id: &str, label: &str) -> (String, String) {
    (id.into(), label.into())
}

/// The scenario in a few words: what is remarkable about it.
pub fn in_short(scenario: &Scenario) -> String {
    let fault = scenario.fault.and_then(Fault::find);
    [
        Some(scenario.version.label().to_string()),
        scenario.suite.map(|suite| suite.label().to_string()),
        scenario.group.map(|group| group.label().to_string()),
        fault.map(|fault| fault.title.to_string()),
        Some(format!("seed {}", scenario.seed)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// The seed after this one: random enough to look at, short enough to read aloud. A linear
/// congruential generator (Knuth, MMIX) and no entropy, so that the same clicks give the same runs.
pub fn next_seed(seed: u64) -> u64 {
    let next = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (next >> 33) % 100_000
}
