//! The text form: `PRESET+key=value+key=value`, safe in a shell and in a URL's fragment.

use super::{
    CertificateKind, ClientCertificate, Group, PRESETS, Preset, Scenario, ScenarioError, Suite,
    Version,
};
use crate::engine::faults::{FAULTS, Fault};

/// The longest round trip that may be asked for, in milliseconds.
pub const MAX_RTT_MS: u32 = 10_000;

/// Text that leaves a choice to the preset's default order.
const DEFAULT: &str = "default";

/// Text for nothing: no fault, no application protocol.
const NONE: &str = "none";

/// A key of the text form: how its value is read and written.
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// One line for help.
    pub help: &'static str,
    set: fn(&mut Scenario, &str) -> Result<(), ScenarioError>,
    get: fn(&Scenario) -> String,
}

/// All keys, in the order of the canonical text form.
pub const KEYS: &[Key] = &[
    Key {
        name: "version",
        help: "the TLS versions both ends allow: 1.2, 1.3 or any",
        set: |s, v| {
            Ok(s.version = pick("version", v, Version::from_id, ids(Version::ALL, Version::id))?)
        },
        get: |s| s.version.id().into(),
    },
    Key {
        name: "suite",
        help: "the one cipher suite offered, by its IANA name, or default",
        set: |s, v| Ok(s.suite = suite(v)?),
        get: |s| match s.suite {
            Some(suite) => suite.iana_name(s.version, s.certificate).into(),
            None => DEFAULT.into(),
        },
    },
    Key {
        name: "group",
        help: "the key exchange group both ends prefer, by its IANA name, or default",
        set: |s, v| {
            let allowed = || ids(Group::ALL, Group::id)() + ", " + DEFAULT;
            Ok(s.group =
                (v != DEFAULT).then(|| pick("group", v, Group::from_id, allowed)).transpose()?)
        },
        get: |s| s.group.map_or(DEFAULT, Group::id).into(),
    },
    Key {
        name: "cert",
        help: "the kind of key in every certificate: ecdsa-p256, ecdsa-p384, ed25519 or rsa-2048",
        set: |s, v| {
            let allowed = ids(CertificateKind::ALL, CertificateKind::id);
            Ok(s.certificate = pick("cert", v, CertificateKind::from_id, allowed)?)
        },
        get: |s| s.certificate.id().into(),
    },
    Key {
        name: "client-cert",
        help: "whether the server asks for a client certificate: none, optional or required",
        set: |s, v| {
            let allowed = ids(ClientCertificate::ALL, ClientCertificate::id);
            Ok(s.client_certificate = pick("client-cert", v, ClientCertificate::from_id, allowed)?)
        },
        get: |s| s.client_certificate.id().into(),
    },
    Key {
        name: "alpn",
        help: "the application protocols the client offers, most wanted first, or none",
        set: |s, v| Ok(s.alpn = alpn(v)?),
        get: |s| if s.alpn.is_empty() { NONE.into() } else { s.alpn.join(",") },
    },
    Key {
        name: "rtt-ms",
        help: "the round-trip time of the link in milliseconds",
        set: |s, v| {
            let rtt = v.parse().ok().filter(|rtt| *rtt <= MAX_RTT_MS);
            let allowed = || format!("a whole number from 0 to {MAX_RTT_MS}");
            Ok(s.rtt_ms = rtt.ok_or_else(|| unknown("rtt-ms", v, allowed))?)
        },
        get: |s| s.rtt_ms.to_string(),
    },
    Key {
        name: "fault",
        help: "what is broken, by the fault's name, or none",
        set: |s, v| Ok(s.fault = fault(v)?.map(|fault| fault.id)),
        get: |s| s.fault.unwrap_or(NONE).into(),
    },
    Key {
        name: "seed",
        help: "seeds every random draw",
        set: |s, v| {
            let allowed = || format!("a whole number from 0 to {}", u64::MAX);
            Ok(s.seed = v.parse().map_err(|_| unknown("seed", v, allowed))?)
        },
        get: |s| s.seed.to_string(),
    },
];

impl Scenario {
    /// The canonical text form: the preset, then every key that differs from it, in the order of
    /// [`KEYS`].
    pub fn text(&self) -> String {
        let preset =
            Preset::find(self.preset).map_or_else(Scenario::default, Scenario::from_preset);
        let mut text = self.preset.to_owned();
        for key in KEYS {
            let value = (key.get)(self);
            if value != (key.get)(&preset) {
                text += &format!("+{}={value}", key.name);
            }
        }
        text
    }

    /// The scenario with this text form. The first word is a preset, or a fault, which stands for
    /// the default preset with that fault. The order of keys does not matter, save that the later of
    /// two equal ones counts.
    ///
    /// # Errors
    /// Names the key, what is wrong with its value, and what it takes.
    pub fn parse(text: &str) -> Result<Scenario, ScenarioError> {
        let mut words = text.split('+');
        let first = words.next().unwrap_or_default();
        let (base, fault) = match (Preset::find(first), Fault::find(first)) {
            (Some(preset), _) => (Scenario::from_preset(preset), None),
            (None, Some(fault)) => (Scenario::default(), Some(("fault", fault.id))),
            (None, None) => return Err(unknown("preset", first, first_words)),
        };
        let pairs = words
            .map(|word| {
                word.split_once('=').ok_or_else(|| {
                    ScenarioError::new(
                        word,
                        "has no value",
                        "write it as key=value, with + between",
                    )
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        base.with(&fault.into_iter().chain(pairs).collect::<Vec<_>>())
    }

    /// This scenario with some keys set. They are judged together, so their order does not matter.
    ///
    /// # Errors
    /// As [`Scenario::parse`].
    pub fn with(&self, pairs: &[(&str, &str)]) -> Result<Scenario, ScenarioError> {
        let mut next = self.clone();
        // A fault brings what it needs; keys given beside it may then ask for more.
        if let Some((_, id)) = pairs.iter().rev().find(|(key, _)| *key == "fault")
            && let Some(fault) = fault(id)?
        {
            (fault.prepare)(&mut next);
        }
        for (name, value) in pairs {
            (find_key(name)?.set)(&mut next, value)?;
        }
        if let Some((_, name)) = pairs.iter().rev().find(|(key, _)| *key == "suite") {
            next.check_suite_name(name)?;
        }
        next.check_fault()?;
        Ok(next)
    }

    /// Sets one key. On an error the scenario stays as it was.
    ///
    /// # Errors
    /// As [`Scenario::parse`].
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), ScenarioError> {
        *self = self.with(&[(key, value)])?;
        Ok(())
    }

    /// The value of a key, as [`Scenario::set`] takes it.
    ///
    /// # Errors
    /// There is no such key.
    pub fn get(&self, key: &str) -> Result<String, ScenarioError> {
        Ok((find_key(key)?.get)(self))
    }

    /// A suite given by its IANA name must be of this version and kind of certificate.
    fn check_suite_name(&self, name: &str) -> Result<(), ScenarioError> {
        let right = self.suite.map(|suite| suite.iana_name(self.version, self.certificate));
        if Suite::from_iana_name(name).is_none() || right == Some(name) {
            return Ok(());
        }
        Err(ScenarioError::new(
            "suite",
            format!(
                "{name} does not go with version={} and cert={}",
                self.version.id(),
                self.certificate.id()
            ),
            format!("use {}", right.unwrap_or(DEFAULT)),
        ))
    }

    fn check_fault(&self) -> Result<(), ScenarioError> {
        let Some(fault) = self.fault.and_then(Fault::find) else { return Ok(()) };
        (fault.applies)(self).map_err(|why| {
            ScenarioError::new("fault", format!("{} cannot happen here", fault.id), why)
        })
    }
}

fn find_key(name: &str) -> Result<&'static Key, ScenarioError> {
    KEYS.iter().find(|key| key.name == name).ok_or_else(|| {
        let names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        ScenarioError::new(
            name,
            "there is no such key",
            format!("the keys are {}", names.join(", ")),
        )
    })
}

fn unknown(key: &str, value: &str, allowed: impl Fn() -> String) -> ScenarioError {
    ScenarioError::new(key, format!("there is no {value:?}"), format!("it takes {}", allowed()))
}

fn pick<T>(
    key: &str,
    value: &str,
    find: fn(&str) -> Option<T>,
    allowed: impl Fn() -> String,
) -> Result<T, ScenarioError> {
    find(value).ok_or_else(|| unknown(key, value, allowed))
}

fn ids<T: Copy>(all: &'static [T], id: fn(T) -> &'static str) -> impl Fn() -> String {
    move || all.iter().map(|choice| id(*choice)).collect::<Vec<_>>().join(", ")
}

fn first_words() -> String {
    let presets = PRESETS.iter().map(|preset| preset.id);
    presets.chain(FAULTS.iter().map(|fault| fault.id)).collect::<Vec<_>>().join(", ")
}

fn suite(name: &str) -> Result<Option<Suite>, ScenarioError> {
    if name == DEFAULT {
        return Ok(None);
    }
    let allowed = || {
        let names = |version, certificate| {
            Suite::ALL.iter().map(move |suite| suite.iana_name(version, certificate))
        };
        names(Version::Tls13, CertificateKind::EcdsaP256)
            .chain(names(Version::Tls12, CertificateKind::EcdsaP256))
            .chain(names(Version::Tls12, CertificateKind::Rsa2048))
            .chain([DEFAULT])
            .collect::<Vec<_>>()
            .join(", ")
    };
    let find = |name: &str| Suite::from_iana_name(name).or_else(|| Suite::from_id(name));
    pick("suite", name, find, allowed).map(Some)
}

fn alpn(list: &str) -> Result<Vec<String>, ScenarioError> {
    if list == NONE {
        return Ok(Vec::new());
    }
    let fits = |name: &str| {
        (1..=255).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_".contains(&b))
    };
    let allowed =
        || "names of letters, digits and / . - _, with commas between, or none".to_owned();
    match list.split(',').all(fits) {
        true => Ok(list.split(',').map(str::to_owned).collect()),
        false => Err(unknown("alpn", list, allowed)),
    }
}

fn fault(id: &str) -> Result<Option<&'static Fault>, ScenarioError> {
    if id == NONE {
        return Ok(None);
    }
    let allowed =
        || FAULTS.iter().map(|fault| fault.id).chain([NONE]).collect::<Vec<_>>().join(", ");
    pick("fault", id, Fault::find, allowed).map(Some)
}
