//! The choices that have a closed list: one row each.

use crate::faults::{FAULTS, Fault};
use crate::scenario::{
    CertCompression, CertificateKind, ClientCertificate, Close, EarlyData, Gateway, Group,
    KeyExchange, KeyUpdate, PRESETS, Preset, Resume, Scenario, ServerCertType, Suite, Version,
};

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
    Choice { key: "version", label: "version", main: false, options: all!(Version) },
    Choice { key: "resume", label: "resumption", main: false, options: all!(Resume) },
    Choice { key: "early-data", label: "early data", main: false, options: all!(EarlyData) },
    Choice { key: "key-update", label: "KeyUpdate", main: false, options: all!(KeyUpdate) },
    Choice {
        key: "server-cert-type",
        label: "server shows",
        main: false,
        options: all!(ServerCertType),
    },
    Choice {
        key: "cert-compression",
        label: "certificate compression",
        main: false,
        options: all!(CertCompression),
    },
    Choice { key: "close", label: "close", main: false, options: all!(Close) },
    Choice { key: "key-exchange", label: "key exchange", main: false, options: all!(KeyExchange) },
    Choice {
        key: "ems",
        label: "extended master secret",
        main: false,
        options: |scenario| some_of("ems", &["yes", "no"], scenario),
    },
    Choice {
        key: "server-groups",
        label: "groups the server takes",
        main: false,
        options: |scenario| some_of("server-groups", SERVER_GROUPS, scenario),
    },
    Choice { key: "loss", label: "loss", main: false, options: |scenario| often("loss", scenario) },
    Choice {
        key: "reorder",
        label: "reordering",
        main: false,
        options: |scenario| often("reorder", scenario),
    },
    Choice {
        key: "duplicate",
        label: "duplication",
        main: false,
        options: |scenario| often("duplicate", scenario),
    },
    Choice {
        key: "mss",
        label: "segment size",
        main: false,
        options: |scenario| some_of("mss", &["1460", "1200", "536"], scenario),
    },
    Choice {
        key: "window",
        label: "receive window",
        main: false,
        options: |scenario| some_of("window", &["65535", "4096", "1460"], scenario),
    },
    Choice { key: "gateway", label: "gateway", main: false, options: all!(Gateway) },
    Choice {
        key: "alpn",
        label: "ALPN",
        main: false,
        options: |scenario| some_of("alpn", &["h2,http/1.1", "http/1.1", "none"], scenario),
    },
];

/// Groups that a server may be held to: not the first of a client's makes a HelloRetryRequest.
const SERVER_GROUPS: &[&str] = &["default", "x25519", "secp256r1", "secp384r1", "X25519MLKEM768"];

/// How often the link does this.
fn often(key: &str, scenario: &Scenario) -> Vec<(String, String)> {
    some_of(key, &["0", "0.05", "0.1", "0.2"], scenario)
}

/// Values to choose from, and the present one where it is another.
fn some_of(key: &str, ready: &[&str], scenario: &Scenario) -> Vec<(String, String)> {
    let own = scenario.get(key).ok().filter(|own| !ready.contains(&own.as_str()));
    let values = ready.iter().copied().chain(own.as_deref());
    let words =
        |value: &str| if value == "default" { "all".into() } else { value.replace(',', ", ") };
    values.map(|value| pair(value, &words(value))).collect()
}

/// All presets.
pub fn presets() -> Vec<(String, String)> {
    PRESETS.iter().map(|preset| pair(preset.id, preset.title)).collect()
}

fn pair(id: &str, label: &str) -> (String, String) {
    (id.into(), label.into())
}

/// Whether what stands behind “More” is no longer as in the preset.
pub fn is_changed(scenario: &Scenario) -> bool {
    let preset = Preset::find(scenario.preset).map(Scenario::from_preset);
    let differs = |choice: &&Choice| {
        preset.as_ref().is_some_and(|preset| preset.get(choice.key) != scenario.get(choice.key))
    };
    CHOICES.iter().filter(|choice| !choice.main).any(|choice| differs(&choice))
}

/// The preset's title, and whether it was changed.
pub fn title(scenario: &Scenario) -> String {
    format!("{}{}", scenario.title(), if is_changed(scenario) { ", changed" } else { "" })
}

/// The scenario in a few words: what is remarkable about it.
pub fn in_short(scenario: &Scenario) -> String {
    let fault = scenario.fault.and_then(Fault::find);
    [
        Some(title(scenario)),
        scenario.suite.map(|suite| suite.label().to_string()),
        scenario.group.map(|group| group.label().to_string()),
        (scenario.gateway != Gateway::None)
            .then(|| format!("gateway {}", scenario.gateway.label())),
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
