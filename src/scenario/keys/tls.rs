//! Versions and cryptography.

use super::path::NO_GATEWAY;
use super::resumption::Resume;
use crate::choice::choices;
use crate::scenario::key::{DEFAULT, Key, Rule, Topic, choice, or_word, put, ready, values};
use crate::scenario::{CertificateKind, Group, KeyUpdate, Scenario, Value};

choices! {
    /// Which TLS versions both ends allow.
    Version {
        /// TLS 1.2 only (RFC 5246).
        Tls12 = "1.2", "TLS 1.2";
        /// TLS 1.3 only (RFC 9846).
        Tls13 = "1.3", "TLS 1.3";
        /// Both; the handshake settles on TLS 1.3.
        Any = "any", "TLS 1.2 and 1.3";
    }
}

choices! {
    /// A cipher, whatever the version: with the version and the kind of certificate it names one
    /// cipher suite of the IANA registry.
    Suite {
        /// `TLS_AES_128_GCM_SHA256` and its TLS 1.2 relatives.
        Aes128Gcm = "aes-128-gcm", "AES-128-GCM";
        /// `TLS_AES_256_GCM_SHA384` and its TLS 1.2 relatives.
        Aes256Gcm = "aes-256-gcm", "AES-256-GCM";
        /// `TLS_CHACHA20_POLY1305_SHA256` and its TLS 1.2 relatives.
        ChaCha20Poly1305 = "chacha20-poly1305", "ChaCha20-Poly1305";
    }
}

choices! {
    /// How client and server come to a preliminary secret in TLS 1.2. TLS 1.3 has ephemeral
    /// Diffie-Hellman alone.
    KeyExchange {
        /// Ephemeral Diffie-Hellman over an elliptic curve (RFC 8422).
        Ecdhe = "ecdhe", "ECDHE";
        /// The client encrypts the secret with the RSA key in the server's certificate (RFC 5246,
        /// section 7.4.7.1).
        Rsa = "rsa", "RSA";
    }
}

pub(in crate::scenario) const VERSION: Key = Key {
    name: "version",
    label: "version",
    help: "the TLS versions both ends allow",
    topic: Topic::Tls,
    ..choice!(version: Version)
};

pub(in crate::scenario) const SUITE: Key = Key {
    name: "suite",
    label: "suite",
    help: "the one cipher suite offered, by its IANA name",
    topic: Topic::Tls,
    values: |scenario| {
        let value = |suite: &Suite| Value::new(scenario.suite_name(*suite), suite.label());
        or_default(Suite::ALL.iter().map(value))
    },
    takes: Some(suites),
    // By IANA name, or by the cipher's own short name.
    set: |s, v| {
        let suite = |name: &str| Suite::from_iana_name(name).or_else(|| Suite::from_id(name));
        put(&mut s.suite, or_word(v, DEFAULT, suite))
    },
    get: |s| s.suite.map_or(DEFAULT, |suite| s.suite_name(suite)).into(),
    check: iana_name_fits,
    rules: &[Rule::excludes(
        "key-exchange",
        |s| s.key_exchange == KeyExchange::Rsa && s.suite == Some(Suite::ChaCha20Poly1305),
        "RSA key exchange has none with ChaCha20-Poly1305",
        "use suite=aes-128-gcm or suite=aes-256-gcm",
    )],
    ..Key::ROW
};

pub(in crate::scenario) const GROUP: Key = Key {
    name: "group",
    label: "group",
    help: "the key exchange group both ends prefer, by its IANA name",
    topic: Topic::Tls,
    values: |_| or_default(values!(Group).into_iter()),
    set: |s, v| put(&mut s.group, or_word(v, DEFAULT, Group::from_id)),
    get: |s| s.group.map_or(DEFAULT, Group::id).into(),
    rules: &[Rule::needs(
        "version",
        |s| s.group.is_some_and(|group| !group.goes_with(s.version)),
        "TLS 1.2 has no X25519MLKEM768",
        "use version=1.3, or another group",
    )],
    ..Key::ROW
};

pub(in crate::scenario) const SERVER_GROUPS: Key = Key {
    name: "server-groups",
    label: "groups the server takes",
    help: "the key exchange groups the server accepts; not the client's first makes a HelloRetryRequest",
    topic: Topic::Tls,
    values: |_| ready(&[DEFAULT, "x25519", "secp256r1", "secp384r1", "X25519MLKEM768"]),
    also: &["secp384r1,x25519"],
    takes: Some(|| {
        let ids: Vec<&str> = Group::ALL.iter().map(|group| group.id()).collect();
        format!("{} with commas between, or {DEFAULT}", ids.join(", "))
    }),
    set: |s, v| {
        put(&mut s.server_groups, or_word(v, DEFAULT, groups).map(Option::unwrap_or_default))
    },
    get: |s| match &s.server_groups[..] {
        [] => DEFAULT.into(),
        groups => groups.iter().map(|group| group.id()).collect::<Vec<_>>().join(","),
    },
    ..Key::ROW
};

pub(in crate::scenario) const KEY_UPDATE: Key = Key {
    name: "key-update",
    label: "KeyUpdate",
    help: "who changes its keys by KeyUpdate, before a second request",
    topic: Topic::Tls,
    rules: &[
        Rule::needs(
            "version",
            |s| s.version == Version::Tls12,
            "TLS 1.2 has no KeyUpdate",
            "use version=1.3, or key-update=none",
        ),
        NO_GATEWAY,
    ],
    ..choice!(key_update: KeyUpdate)
};

/// rustls is the endpoint wherever it can be; what it does not have is between the teaching endpoints.
const TEACHING_VERSION: Rule = Rule::needs(
    "version",
    |s| s.version != Version::Tls12,
    "only the teaching endpoints of TLS 1.2 have it",
    "use version=1.2",
);

const TEACHING_RESUME: Rule = Rule::excludes(
    "resume",
    |s| s.resume != Resume::None,
    "the teaching endpoints do not resume",
    "use resume=none",
);

pub(in crate::scenario) const KEY_EXCHANGE: Key = Key {
    name: "key-exchange",
    label: "key exchange",
    help: "how TLS 1.2 comes to its secret; rsa is between the teaching endpoints",
    topic: Topic::Tls,
    bring: |s, v| {
        if v == KeyExchange::Rsa.id() {
            (s.version, s.certificate) = (Version::Tls12, CertificateKind::Rsa2048);
        }
    },
    rules: &[
        Rule::needs(
            "cert",
            |s| s.certificate != CertificateKind::Rsa2048,
            "rsa needs an RSA key to encrypt with",
            "use cert=rsa-2048",
        ),
        TEACHING_VERSION,
        TEACHING_RESUME,
        NO_GATEWAY,
    ],
    ..choice!(key_exchange: KeyExchange)
};

pub(in crate::scenario) const EMS: Key = Key {
    name: "ems",
    label: "extended main secret",
    help: "whether TLS 1.2 has the extended main secret; no is between the teaching endpoints",
    topic: Topic::Tls,
    values: |_| ready(&[YES, NO]),
    set: |s, v| {
        let is_yes = [(YES, true), (NO, false)].into_iter().find(|(word, _)| *word == v);
        put(&mut s.extended_master_secret, is_yes.map(|(_, is_yes)| is_yes))
    },
    get: |s| if s.extended_master_secret { YES.into() } else { NO.into() },
    rules: &[TEACHING_VERSION, TEACHING_RESUME, NO_GATEWAY],
    ..Key::ROW
};

const YES: &str = "yes";
const NO: &str = "no";

/// All of them, or one.
fn or_default(values: impl Iterator<Item = Value>) -> Vec<Value> {
    ready(&[DEFAULT]).into_iter().chain(values).collect()
}

/// The IANA names of all suites.
fn suites() -> String {
    let names = [
        (Version::Tls13, CertificateKind::EcdsaP256, KeyExchange::Ecdhe),
        (Version::Tls12, CertificateKind::EcdsaP256, KeyExchange::Ecdhe),
        (Version::Tls12, CertificateKind::Rsa2048, KeyExchange::Ecdhe),
        (Version::Tls12, CertificateKind::Rsa2048, KeyExchange::Rsa),
    ];
    let names = names.iter().flat_map(|(version, certificate, exchange)| {
        Suite::ALL.iter().filter_map(|suite| suite.iana_name(*version, *certificate, *exchange))
    });
    names.chain([DEFAULT]).collect::<Vec<_>>().join(", ")
}

/// A suite given by its IANA name must be of this version and kind of certificate.
fn iana_name_fits(scenario: &Scenario, name: &str) -> Result<(), (String, String)> {
    let right = scenario.suite.map(|suite| scenario.suite_name(suite));
    if Suite::from_iana_name(name).is_none() || right == Some(name) {
        return Ok(());
    }
    let (version, certificate) = (scenario.version.id(), scenario.certificate.id());
    Err((
        format!("{name} does not go with version={version} and cert={certificate}"),
        format!("use {}", right.unwrap_or(DEFAULT)),
    ))
}

/// Groups with commas between, each once.
fn groups(names: &str) -> Option<Vec<Group>> {
    let mut groups = Vec::new();
    for name in names.split(',') {
        groups.push(Group::from_id(name).filter(|group| !groups.contains(group))?);
    }
    Some(groups)
}
