//! What to run: plain data that decides a run completely. Same scenario, same bytes, everywhere.
//!
//! A scenario is a struct of typed fields ([`Scenario`]). Each field has a row in [`KEYS`] that says all
//! the rest about it: how it is read and written, which values there are, and what it goes with.
//! [`Scenario::plan`] is what all of it together means.

mod error;
mod key;
mod keys;
mod names;
mod near;
mod plan;
mod presets;
mod text;
mod value;

pub use crate::plan::{CertificateKind, Close, EarlyData, Group, KeyUpdate, Rate};
pub use error::ScenarioError;
pub use key::{Control, Key, Rule, Topic};
pub use keys::certificates::{CertCompression, ClientCertificate, ServerCertType};
pub use keys::fault::{in_versions, showing};
pub use keys::http::MAX_REQUESTS;
pub use keys::network::MAX_RTT_MS;
pub use keys::path::Gateway;
pub use keys::resumption::{MAX_PAUSE_MS, Resume};
pub use keys::tls::{KeyExchange, Suite, Version};
pub use presets::{PRESETS, Preset};
pub use value::Value;

use keys::{certificates, fault, http, network, path, resumption, run, tls};

/// All keys, in the order of the canonical text form.
pub const KEYS: &[Key] = &[
    tls::VERSION,
    tls::SUITE,
    tls::GROUP,
    tls::SERVER_GROUPS,
    certificates::CERT,
    certificates::CLIENT_CERT,
    tls::KEY_UPDATE,
    http::ALPN,
    network::RTT_MS,
    network::LOSS,
    network::REORDER,
    network::DUPLICATE,
    network::MSS,
    network::WINDOW,
    resumption::RESUME,
    resumption::EARLY_DATA,
    http::REQUESTS,
    resumption::PAUSE_MS,
    fault::FAULT,
    tls::KEY_EXCHANGE,
    tls::EMS,
    path::GATEWAY,
    http::CLOSE,
    certificates::SERVER_CERT_TYPE,
    certificates::CERT_COMPRESSION,
    certificates::CERTS,
    resumption::TICKETS,
    run::CLOCK,
    run::SEED,
];

/// The default moment of a run, in seconds since 1970: 2026-01-01T12:00:00Z.
pub const CLOCK: u64 = 1_767_268_800;

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The preset it started from: the first word of its text form.
    pub preset: &'static str,
    /// The TLS versions both ends allow.
    pub version: Version,
    /// The one cipher suite offered, or `None` for all of the version's in the client's order.
    pub suite: Option<Suite>,
    /// The key exchange group that both ends prefer, or `None` for the default order.
    pub group: Option<Group>,
    /// The groups that the server accepts, or empty for all. Where the client's key share is for
    /// none of them, the server asks for another ClientHello.
    pub server_groups: Vec<Group>,
    /// How the two ends come to a preliminary secret in TLS 1.2.
    pub key_exchange: KeyExchange,
    /// Whether both ends of TLS 1.2 speak extended_master_secret (RFC 7627).
    pub extended_master_secret: bool,
    /// The kind of key in every certificate of the server's (and the client's) chain.
    pub certificate: CertificateKind,
    /// Whether the server shows certificates or its public key alone.
    pub server_cert_type: ServerCertType,
    /// Whether the server's Certificate message goes compressed.
    pub cert_compression: CertCompression,
    /// Whether the server asks for a client certificate, and whether the client has one.
    pub client_certificate: ClientCertificate,
    /// The recipe whose certificates the ends show, with seed and leaves, or empty for the lab's own. What it means is
    /// known to what makes them alone.
    pub certs: String,
    /// Who changes its traffic keys, in TLS 1.3.
    pub key_update: KeyUpdate,
    /// The application protocols that the client offers, in its order. The server speaks
    /// `http/1.1` alone, as that is what the endpoints really talk.
    pub alpn: Vec<String>,
    /// The round-trip time of the link, in milliseconds.
    pub rtt_ms: u32,
    /// How often the link loses a packet.
    pub loss: Rate,
    /// How often the link delays a packet, so that later ones overtake it.
    pub reorder: Rate,
    /// How often the link delivers a packet twice.
    pub duplicate: Rate,
    /// The largest payload of a TCP segment, in bytes, which both hosts announce.
    pub mss: u32,
    /// Bytes that each host can take in before its program has read them: the receive window.
    pub window: u32,
    /// Whether there is a second connection, which resumes the session of the first.
    pub resume: Resume,
    /// How many NewSessionTickets the server sends on a connection of TLS 1.3.
    pub tickets: u32,
    /// Whether that second connection begins with early data.
    pub early_data: EarlyData,
    /// How many requests the client makes on each connection, one after the other.
    pub requests: u32,
    /// How long the client waits between two connections and between two requests, in milliseconds.
    pub pause_ms: u32,
    /// How the client ends each connection.
    pub close: Close,
    /// What stands between the client and what it wants to reach.
    pub gateway: Gateway,
    /// What is broken, by the fault's id, or `None`.
    pub fault: Option<&'static str>,
    /// The wall-clock time at which the run starts, in seconds since 1970.
    pub clock: u64,
    /// Seeds every random draw, the initial sequence numbers and the client's port.
    pub seed: u64,
}

impl Scenario {
    /// The preset's scenario, unchanged.
    ///
    /// A preset's values are typed, so that one that does not exist does not compile; that they go
    /// together is judged by a test of all presets.
    pub fn from_preset(preset: &Preset) -> Scenario {
        let mut scenario = Scenario {
            preset: preset.id,
            version: Version::Tls13,
            suite: None,
            group: None,
            server_groups: Vec::new(),
            key_exchange: KeyExchange::Ecdhe,
            extended_master_secret: true,
            certificate: CertificateKind::EcdsaP256,
            server_cert_type: ServerCertType::X509,
            cert_compression: CertCompression::None,
            client_certificate: ClientCertificate::None,
            certs: String::new(),
            key_update: KeyUpdate::None,
            alpn: vec!["h2".into(), "http/1.1".into()],
            rtt_ms: 80,
            loss: Rate::ZERO,
            reorder: Rate::ZERO,
            duplicate: Rate::ZERO,
            mss: 1460,
            window: 65_535,
            resume: Resume::None,
            tickets: 1,
            early_data: EarlyData::None,
            requests: 1,
            pause_ms: 5_000,
            close: Close::CloseNotify,
            gateway: Gateway::None,
            fault: None,
            clock: CLOCK,
            seed: 42,
        };
        (preset.change)(&mut scenario);
        scenario
    }

    /// The title of its preset.
    pub fn title(&self) -> &'static str {
        Preset::find(self.preset).map_or("", |preset| preset.title)
    }

    /// Whether the run is between the teaching endpoints: rustls has no RSA key exchange, and always
    /// offers extended_master_secret.
    pub fn has_teaching_endpoints(&self) -> bool {
        self.key_exchange == KeyExchange::Rsa || !self.extended_master_secret
    }

    /// How many TCP connections the client opens, one after the other.
    pub fn connections(&self) -> u32 {
        if self.resume == Resume::None { 1 } else { 2 }
    }
}

impl Default for Scenario {
    /// The first preset.
    fn default() -> Self {
        Scenario::from_preset(&presets::TLS13)
    }
}
