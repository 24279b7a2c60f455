//! The text form: `PRESET+key=value+key=value`, safe in a shell and in a URL's fragment.

use super::keys::{DEFAULT, KEYS, Key, fault, unknown_first_word};
use super::{
    CertCompression, CertificateKind, Close, EarlyData, Gateway, KeyExchange, KeyUpdate, Preset,
    Resume, Scenario, ScenarioError, ServerCertType, Suite, Version,
};
use crate::faults::Fault;

/// Keys that are for runs without a gateway.
const ALONE: &[&str] = &[
    "key-exchange",
    "ems",
    "resume",
    "early-data",
    "requests",
    "key-update",
    "close",
    "server-cert-type",
    "cert-compression",
    "fault",
];

impl Scenario {
    /// The canonical text form: the preset, then every key that differs from it, in the order of
    /// [`KEYS`].
    pub fn text(&self) -> String {
        let preset =
            Preset::find(self.preset).map_or_else(Scenario::default, Scenario::from_preset);
        let differing = KEYS.iter().map(|key| (key.name, (key.get)(self), (key.get)(&preset)));
        differing
            .filter(|(_, own, of_preset)| own != of_preset)
            .fold(self.preset.to_owned(), |text, (key, value, _)| format!("{text}+{key}={value}"))
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
            (None, None) => return Err(unknown_first_word(first)),
        };
        let pairs = words.map(|word| {
            let allowed = "write key=value, with + between";
            word.split_once('=').ok_or_else(|| ScenarioError::new(word, "it has no value", allowed))
        });
        base.with(&fault.into_iter().map(Ok).chain(pairs).collect::<Result<Vec<_>, _>>()?)
    }

    /// This scenario with some keys set. They are judged together, so their order does not matter.
    ///
    /// # Errors
    /// As [`Scenario::parse`].
    pub fn with(&self, pairs: &[(&str, &str)]) -> Result<Scenario, ScenarioError> {
        let last = |name| pairs.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let mut next = self.clone();
        // A fault brings what it needs; a key beside it may say otherwise, and is judged below.
        if let Some(fault) = last("fault").map(fault).transpose()?.flatten() {
            (fault.prepare)(&mut next);
        }
        if last("key-exchange") == Some(KeyExchange::Rsa.id()) {
            (next.version, next.certificate) = (Version::Tls12, CertificateKind::Rsa2048);
        }
        for (name, value) in pairs {
            (Key::find(name)?.set)(&mut next, value)?;
        }
        if let Some(name) = last("suite") {
            next.check_suite_name(name)?;
        }
        next.check_group()?;
        next.check_key_update()?;
        next.check_close()?;
        next.check_raw_key()?;
        next.check_compression()?;
        next.check_teaching()?;
        next.check_early_data()?;
        next.check_gateway()?;
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
        Ok((Key::find(key)?.get)(self))
    }

    /// A suite given by its IANA name must be of this version and kind of certificate.
    fn check_suite_name(&self, name: &str) -> Result<(), ScenarioError> {
        let right = self.suite.map(|suite| self.suite_name(suite));
        if Suite::from_iana_name(name).is_none() || right == Some(name) {
            return Ok(());
        }
        let (version, certificate) = (self.version.id(), self.certificate.id());
        Err(ScenarioError::new(
            "suite",
            format!("{name} does not go with version={version} and cert={certificate}"),
            format!("use {}", right.unwrap_or(DEFAULT)),
        ))
    }

    /// What the teaching endpoints do not have.
    fn check_teaching(&self) -> Result<(), ScenarioError> {
        let refuse = |key, problem, allowed| Err(ScenarioError::new(key, problem, allowed));
        let is_rsa = self.key_exchange == KeyExchange::Rsa;
        if is_rsa && self.certificate != CertificateKind::Rsa2048 {
            return refuse(
                "key-exchange",
                "rsa needs an RSA key to encrypt with",
                "use cert=rsa-2048",
            );
        }
        if is_rsa && self.suite == Some(Suite::ChaCha20Poly1305) {
            let allowed = "use suite=aes-128-gcm or suite=aes-256-gcm";
            return refuse("suite", "RSA key exchange has none with ChaCha20-Poly1305", allowed);
        }
        if self.has_teaching_endpoints() {
            let key = if is_rsa { "key-exchange" } else { "ems" };
            if self.version != Version::Tls12 {
                return refuse(
                    key,
                    "only the teaching endpoints of TLS 1.2 have it",
                    "use version=1.2",
                );
            }
            if self.resume != Resume::None {
                return refuse(key, "the teaching endpoints do not resume", "use resume=none");
            }
        }
        Ok(())
    }

    /// Early data comes under the key of a session that the server keeps, since only then can it make
    /// sure that a ticket is used once; rustls takes it in no other case.
    fn check_early_data(&self) -> Result<(), ScenarioError> {
        let fits = self.resume == Resume::Stored && self.version != Version::Tls12;
        if self.early_data == EarlyData::None || fits {
            return Ok(());
        }
        let (version, resume) = (self.version.id(), self.resume.id());
        Err(ScenarioError::new(
            "early-data",
            format!(
                "{} does not go with version={version} and resume={resume}",
                self.early_data.id()
            ),
            "use version=1.3 and resume=stored, or early-data=none",
        ))
    }

    /// With a gateway there is one request, and nothing else out of the ordinary.
    fn check_gateway(&self) -> Result<(), ScenarioError> {
        if self.gateway == Gateway::None {
            return Ok(());
        }
        let plain = Scenario::default();
        let odd = ALONE.iter().filter_map(|name| Key::find(name).ok()).find_map(|key| {
            let usual = (key.get)(&plain);
            ((key.get)(self) != usual).then_some((key.name, usual))
        });
        match odd {
            None => Ok(()),
            Some((name, usual)) => {
                let problem = format!("{} does not go with {name}", self.gateway.id());
                let allowed = format!("use {name}={usual}, or gateway=none");
                Err(ScenarioError::new("gateway", problem, allowed))
            }
        }
    }

    fn check_group(&self) -> Result<(), ScenarioError> {
        let Some(group) = self.group.filter(|group| !group.goes_with(self.version)) else {
            return Ok(());
        };
        let problem = format!("TLS 1.2 has no {}", group.id());
        Err(ScenarioError::new("group", problem, "use version=1.3, or another group"))
    }

    fn check_key_update(&self) -> Result<(), ScenarioError> {
        if self.version != Version::Tls12 || self.key_update == KeyUpdate::None {
            return Ok(());
        }
        let problem = "TLS 1.2 has no KeyUpdate";
        Err(ScenarioError::new("key-update", problem, "use version=1.3, or key-update=none"))
    }

    /// In TLS 1.2 a close_notify closes both directions at once.
    fn check_close(&self) -> Result<(), ScenarioError> {
        if self.version != Version::Tls12 || self.close != Close::HalfClose {
            return Ok(());
        }
        let problem = "in TLS 1.2 a close_notify ends both directions, and the response would have \
                       to be discarded (RFC 5246, section 7.2.1)";
        Err(ScenarioError::new("close", problem, "use version=1.3, or another close"))
    }

    /// rustls settles on raw public keys in TLS 1.3 alone, and a key has nothing of what the faults of
    /// certificates break.
    fn check_raw_key(&self) -> Result<(), ScenarioError> {
        let refuse =
            |problem, allowed| Err(ScenarioError::new("server-cert-type", problem, allowed));
        match (self.server_cert_type, self.version, self.fault) {
            (ServerCertType::X509, ..) | (_, Version::Tls13 | Version::Any, None) => Ok(()),
            (_, Version::Tls12, _) => refuse(
                "raw-public-key is for TLS 1.3 here, as rustls has it",
                "use version=1.3, or server-cert-type=x509",
            ),
            (.., Some(_)) => refuse(
                "a raw public key does not go with fault",
                "use fault=none, or server-cert-type=x509",
            ),
        }
    }

    /// TLS 1.2 has no CompressedCertificate (RFC 8879, section 3), and a raw public key nothing to gain.
    fn check_compression(&self) -> Result<(), ScenarioError> {
        let refuse =
            |problem, allowed| Err(ScenarioError::new("cert-compression", problem, allowed));
        match (self.cert_compression, self.version, self.server_cert_type) {
            (CertCompression::None, ..) => Ok(()),
            (_, Version::Tls12, _) => refuse(
                "TLS 1.2 has no CompressedCertificate",
                "use version=1.3, or cert-compression=none",
            ),
            (.., ServerCertType::RawPublicKey) => refuse(
                "a raw public key is no certificate to compress",
                "use server-cert-type=x509, or cert-compression=none",
            ),
            _ => Ok(()),
        }
    }

    fn check_fault(&self) -> Result<(), ScenarioError> {
        let Some(fault) = self.fault.and_then(Fault::find) else { return Ok(()) };
        let refusal = |why| ScenarioError::new("fault", format!("no {} here", fault.id), why);
        (fault.applies)(self).map_err(refusal)
    }
}
