//! The keys of the text form: one row each, with how its value is read and written.

use super::error::shortened;
use super::{
    CertCompression, CertificateKind, ClientCertificate, Close, EarlyData, Gateway, Group,
    KeyExchange, KeyUpdate, PRESETS, Rate, Resume, Scenario, ScenarioError, ServerCertType, Suite,
    Version,
};
use crate::engine::faults::{FAULTS, Fault};
use std::ops::RangeInclusive;

/// The longest round trip that may be asked for, in milliseconds.
pub const MAX_RTT_MS: u32 = 10_000;

/// The longest pause that may be asked for, in milliseconds: longer than any ticket is good for.
pub const MAX_PAUSE_MS: u32 = 1_000_000_000;

/// The most requests on one connection.
pub const MAX_REQUESTS: u32 = 9;

/// The most application protocols that the client may offer.
const MAX_ALPN_NAMES: usize = 16;

/// The longest list of them, in bytes of the text form.
const MAX_ALPN_LEN: usize = 512;

/// The sizes of a TCP segment's payload that may be asked for, in octets: from what every host takes
/// (RFC 9293, section 3.7.1) to what fits in an Ethernet frame.
pub const MSS: RangeInclusive<u64> = 536..=1460;

/// The receive windows that may be asked for, in octets: up to what needs no scaling.
pub const WINDOW: RangeInclusive<u64> = 536..=65_535;

/// Text that leaves a choice to the default order.
pub(super) const DEFAULT: &str = "default";

/// Text for nothing: no fault, no application protocol.
const NONE: &str = "none";

const YES: &str = "yes";
const NO: &str = "no";

/// A key of the text form.
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// One line for help.
    pub help: &'static str,
    pub(super) set: fn(&mut Scenario, &str) -> Result<(), ScenarioError>,
    pub(super) get: fn(&Scenario) -> String,
}

/// All keys, in the order of the canonical text form.
pub const KEYS: &[Key] = &[
    Key {
        name: "version",
        help: "the TLS versions both ends allow: 1.2, 1.3 or any",
        set: |s, v| store(&mut s.version, choice("version", v, Version::ALL, Version::id)),
        get: |s| s.version.id().into(),
    },
    Key {
        name: "suite",
        help: "the one cipher suite offered, by its IANA name, or default",
        set: |s, v| store(&mut s.suite, suite(v)),
        get: |s| match s.suite {
            Some(suite) => s.suite_name(suite).into(),
            None => DEFAULT.into(),
        },
    },
    Key {
        name: "group",
        help: "the key exchange group both ends prefer, by its IANA name, or default",
        set: |s, v| store(&mut s.group, group(v)),
        get: |s| s.group.map_or(DEFAULT, Group::id).into(),
    },
    Key {
        name: "server-groups",
        help: "the key exchange groups the server accepts, by their IANA names, or default for all",
        set: |s, v| store(&mut s.server_groups, groups(v)),
        get: |s| match &s.server_groups[..] {
            [] => DEFAULT.into(),
            groups => groups.iter().map(|group| group.id()).collect::<Vec<_>>().join(","),
        },
    },
    Key {
        name: "cert",
        help: "the kind of key in every certificate: ecdsa-p256, ecdsa-p384, ed25519 or rsa-2048",
        set: |s, v| {
            let kind = choice("cert", v, CertificateKind::ALL, CertificateKind::id);
            store(&mut s.certificate, kind)
        },
        get: |s| s.certificate.id().into(),
    },
    Key {
        name: "client-cert",
        help: "whether the server asks for a client certificate: none, optional, absent (optional, and the client has none) or required",
        set: |s, v| {
            let asked = choice("client-cert", v, ClientCertificate::ALL, ClientCertificate::id);
            store(&mut s.client_certificate, asked)
        },
        get: |s| s.client_certificate.id().into(),
    },
    Key {
        name: "key-update",
        help: "who changes its keys by KeyUpdate, before a second request: none, client or server",
        set: |s, v| {
            let who = choice("key-update", v, KeyUpdate::ALL, KeyUpdate::id);
            store(&mut s.key_update, who)
        },
        get: |s| s.key_update.id().into(),
    },
    Key {
        name: "alpn",
        help: "the application protocols the client offers, most wanted first, or none",
        set: |s, v| store(&mut s.alpn, alpn(v)),
        get: |s| if s.alpn.is_empty() { NONE.into() } else { s.alpn.join(",") },
    },
    Key {
        name: "rtt-ms",
        help: "the round-trip time of the link in milliseconds",
        set: |s, v| {
            let rtt = number("rtt-ms", v, u64::from(MAX_RTT_MS));
            store(&mut s.rtt_ms, rtt.map(|rtt| rtt as u32))
        },
        get: |s| s.rtt_ms.to_string(),
    },
    Key {
        name: "loss",
        help: "how often the link loses a packet: 0 to 0.5",
        set: |s, v| store(&mut s.loss, rate("loss", v)),
        get: |s| s.loss.text(),
    },
    Key {
        name: "reorder",
        help: "how often the link holds a packet up so that others overtake it: 0 to 0.5",
        set: |s, v| store(&mut s.reorder, rate("reorder", v)),
        get: |s| s.reorder.text(),
    },
    Key {
        name: "duplicate",
        help: "how often the link delivers a packet twice: 0 to 0.5",
        set: |s, v| store(&mut s.duplicate, rate("duplicate", v)),
        get: |s| s.duplicate.text(),
    },
    Key {
        name: "mss",
        help: "the largest payload of a TCP segment in octets: 536 to 1460",
        set: |s, v| store(&mut s.mss, size("mss", v, MSS)),
        get: |s| s.mss.to_string(),
    },
    Key {
        name: "window",
        help: "the receive window of both hosts in octets: 536 to 65535",
        set: |s, v| store(&mut s.window, size("window", v, WINDOW)),
        get: |s| s.window.to_string(),
    },
    Key {
        name: "resume",
        help: "whether a second connection resumes the first one's session, and where that is kept: none, stored (by the server) or ticket (sealed, by the client)",
        set: |s, v| store(&mut s.resume, choice("resume", v, Resume::ALL, Resume::id)),
        get: |s| s.resume.id().into(),
    },
    Key {
        name: "early-data",
        help: "what becomes of early data on the second connection (needs TLS 1.3 and resume=stored): none, accepted or rejected",
        set: |s, v| {
            store(&mut s.early_data, choice("early-data", v, EarlyData::ALL, EarlyData::id))
        },
        get: |s| s.early_data.id().into(),
    },
    Key {
        name: "requests",
        help: "how many requests the client makes on each connection",
        set: |s, v| {
            let requests = number("requests", v, u64::from(MAX_REQUESTS));
            store(&mut s.requests, requests.map(|requests| requests as u32))
        },
        get: |s| s.requests.to_string(),
    },
    Key {
        name: "pause-ms",
        help: "how long the client waits between two connections or requests, in milliseconds",
        set: |s, v| {
            let pause = number("pause-ms", v, u64::from(MAX_PAUSE_MS));
            store(&mut s.pause_ms, pause.map(|pause| pause as u32))
        },
        get: |s| s.pause_ms.to_string(),
    },
    Key {
        name: "fault",
        help: "what is broken, by the fault's name, or none",
        set: |s, v| store(&mut s.fault, fault(v).map(|fault| fault.map(|fault| fault.id))),
        get: |s| s.fault.unwrap_or(NONE).into(),
    },
    Key {
        name: "key-exchange",
        help: "how TLS 1.2 comes to its secret: ecdhe, or rsa between the teaching endpoints",
        set: |s, v| {
            let kind = choice("key-exchange", v, KeyExchange::ALL, KeyExchange::id);
            store(&mut s.key_exchange, kind)
        },
        get: |s| s.key_exchange.id().into(),
    },
    Key {
        name: "ems",
        help: "whether TLS 1.2 has the extended master secret: yes, or no between the teaching endpoints",
        set: |s, v| store(&mut s.extended_master_secret, yes_or_no("ems", v)),
        get: |s| if s.extended_master_secret { YES.into() } else { NO.into() },
    },
    Key {
        name: "gateway",
        help: "what stands before the service: none, terminate, re-encrypt, mutual or pass-through",
        set: |s, v| {
            let gateway = choice("gateway", v, Gateway::ALL, Gateway::id);
            store(&mut s.gateway, gateway)
        },
        get: |s| s.gateway.id().into(),
    },
    Key {
        name: "close",
        help: "how the client ends each connection: close-notify, half-close (behind its request, in TLS 1.3) or reset (by RST)",
        set: |s, v| store(&mut s.close, choice("close", v, Close::ALL, Close::id)),
        get: |s| s.close.id().into(),
    },
    Key {
        name: "server-cert-type",
        help: "what the server shows for its identity: x509, or in TLS 1.3 raw-public-key, which the client was told beforehand",
        set: |s, v| {
            let shown = choice("server-cert-type", v, ServerCertType::ALL, ServerCertType::id);
            store(&mut s.server_cert_type, shown)
        },
        get: |s| s.server_cert_type.id().into(),
    },
    Key {
        name: "cert-compression",
        help: "how the server's Certificate message is compressed: none, or in TLS 1.3 zlib",
        set: |s, v| {
            let by = choice("cert-compression", v, CertCompression::ALL, CertCompression::id);
            store(&mut s.cert_compression, by)
        },
        get: |s| s.cert_compression.id().into(),
    },
    Key {
        name: "seed",
        help: "seeds every random draw",
        set: |s, v| store(&mut s.seed, number("seed", v, u64::MAX)),
        get: |s| s.seed.to_string(),
    },
];

impl Key {
    pub(super) fn find(name: &str) -> Result<&'static Key, ScenarioError> {
        KEYS.iter().find(|key| key.name == name).ok_or_else(|| {
            let allowed = format!("the keys are {}", list(KEYS.iter().map(|key| key.name)));
            ScenarioError::new(name, "there is no such key", allowed)
        })
    }
}

/// The fault of this id, or none.
pub(super) fn fault(id: &str) -> Result<Option<&'static Fault>, ScenarioError> {
    let allowed = || list(FAULTS.iter().map(|fault| fault.id).chain([NONE]));
    or_word(id, NONE, |id| Fault::find(id).ok_or_else(|| unknown("fault", id, allowed())))
}

/// For a first word that is neither a preset nor a fault.
pub(super) fn unknown_first_word(word: &str) -> ScenarioError {
    let presets = PRESETS.iter().map(|preset| preset.id);
    unknown("preset", word, list(presets.chain(FAULTS.iter().map(|fault| fault.id))))
}

fn store<T>(place: &mut T, value: Result<T, ScenarioError>) -> Result<(), ScenarioError> {
    *place = value?;
    Ok(())
}

fn unknown(key: &str, value: &str, allowed: String) -> ScenarioError {
    let value = shortened(value);
    ScenarioError::new(key, format!("it cannot be {value:?}"), format!("it takes {allowed}"))
}

fn list(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// `None` for the word, else what `read` makes of the text.
fn or_word<T>(
    text: &str,
    word: &str,
    read: impl FnOnce(&str) -> Result<T, ScenarioError>,
) -> Result<Option<T>, ScenarioError> {
    if text == word { Ok(None) } else { read(text).map(Some) }
}

fn choice<T: Copy>(
    key: &str,
    value: &str,
    all: &[T],
    id: fn(T) -> &'static str,
) -> Result<T, ScenarioError> {
    let found = all.iter().copied().find(|choice| id(*choice) == value);
    found.ok_or_else(|| unknown(key, value, list(all.iter().map(|choice| id(*choice)))))
}

fn yes_or_no(key: &str, value: &str) -> Result<bool, ScenarioError> {
    match value {
        YES => Ok(true),
        NO => Ok(false),
        _ => Err(unknown(key, value, format!("{YES}, {NO}"))),
    }
}

fn number(key: &str, value: &str, max: u64) -> Result<u64, ScenarioError> {
    let read = value.parse().ok().filter(|number| *number <= max);
    read.ok_or_else(|| unknown(key, value, format!("a whole number from 0 to {max}")))
}

fn size(key: &str, value: &str, allowed: RangeInclusive<u64>) -> Result<u32, ScenarioError> {
    let read = value.parse().ok().filter(|number| allowed.contains(number));
    let takes = || format!("a whole number from {} to {}", allowed.start(), allowed.end());
    read.map(|number: u64| number as u32).ok_or_else(|| unknown(key, value, takes()))
}

fn rate(key: &str, value: &str) -> Result<Rate, ScenarioError> {
    let takes = || "a number from 0 to 0.5 with at most three decimals".to_owned();
    Rate::parse(value).ok_or_else(|| unknown(key, value, takes()))
}

fn group(name: &str) -> Result<Option<Group>, ScenarioError> {
    let allowed = || list(Group::ALL.iter().map(|group| group.id()).chain([DEFAULT]));
    or_word(name, DEFAULT, |name| {
        Group::from_id(name).ok_or_else(|| unknown("group", name, allowed()))
    })
}

/// Groups with commas between, each once.
fn groups(names: &str) -> Result<Vec<Group>, ScenarioError> {
    let key = "server-groups";
    let ids = || list(Group::ALL.iter().map(|group| group.id()));
    let wrong = || unknown(key, names, format!("{} with commas between, or {DEFAULT}", ids()));
    if names == DEFAULT {
        return Ok(Vec::new());
    }
    let mut groups = Vec::new();
    for name in names.split(',') {
        let group = Group::from_id(name).filter(|group| !groups.contains(group));
        groups.push(group.ok_or_else(wrong)?);
    }
    Ok(groups)
}

/// By IANA name, or by the cipher's own short name.
fn suite(name: &str) -> Result<Option<Suite>, ScenarioError> {
    let allowed = || {
        let names = [
            (Version::Tls13, CertificateKind::EcdsaP256, KeyExchange::Ecdhe),
            (Version::Tls12, CertificateKind::EcdsaP256, KeyExchange::Ecdhe),
            (Version::Tls12, CertificateKind::Rsa2048, KeyExchange::Ecdhe),
            (Version::Tls12, CertificateKind::Rsa2048, KeyExchange::Rsa),
        ];
        let names = names.iter().flat_map(|(version, certificate, exchange)| {
            Suite::ALL.iter().filter_map(|suite| suite.iana_name(*version, *certificate, *exchange))
        });
        list(names.chain([DEFAULT]))
    };
    or_word(name, DEFAULT, |name| {
        let found = Suite::from_iana_name(name).or_else(|| Suite::from_id(name));
        found.ok_or_else(|| unknown("suite", name, allowed()))
    })
}

/// Names with commas between. Far below what a ClientHello can carry, so that no length overflows.
fn alpn(names: &str) -> Result<Vec<String>, ScenarioError> {
    let fits = |name: &str| {
        (1..=255).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_".contains(&b))
    };
    if names == NONE {
        return Ok(Vec::new());
    }
    let is_short = names.len() <= MAX_ALPN_LEN && names.split(',').count() <= MAX_ALPN_NAMES;
    if !is_short {
        let problem = "the list is too long";
        let allowed = format!("it takes {MAX_ALPN_NAMES} names and {MAX_ALPN_LEN} bytes at most");
        return Err(ScenarioError::new("alpn", problem, allowed));
    }
    if !names.split(',').all(fits) {
        let allowed = "names of letters, digits and / . - _, with commas between, or none";
        return Err(unknown("alpn", names, allowed.into()));
    }
    Ok(names.split(',').map(str::to_owned).collect())
}
