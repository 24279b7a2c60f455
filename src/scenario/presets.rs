//! Ready-made scenarios: one row each.

use super::{ClientCertificate, EarlyData, Resume, Version};

/// A ready-made scenario.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The first word of the text form.
    pub id: &'static str,
    /// What a menu shows.
    pub title: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The TLS versions both ends allow.
    pub version: Version,
    /// Whether the server asks for a client certificate.
    pub client_certificate: ClientCertificate,
    /// Whether a second connection resumes the first one's session.
    pub resume: Resume,
    /// Whether that second connection begins with early data.
    pub early_data: EarlyData,
    /// Requests on each connection.
    pub requests: u32,
}

/// What most presets have in common: the first preset.
const PLAIN: Preset = Preset {
    id: "tls13",
    title: "TLS 1.3",
    summary: "A full TLS 1.3 handshake, one HTTP request and response, and an orderly close.",
    version: Version::Tls13,
    client_certificate: ClientCertificate::None,
    resume: Resume::None,
    early_data: EarlyData::None,
    requests: 1,
};

/// All presets, in the order a menu shows them. The first is the default.
pub const PRESETS: &[Preset] = &[
    PLAIN,
    Preset {
        id: "tls12",
        title: "TLS 1.2",
        summary: "A full TLS 1.2 handshake with ephemeral key exchange, one HTTP request and response, and an orderly close.",
        version: Version::Tls12,
        ..PLAIN
    },
    Preset {
        id: "tls13-mtls",
        title: "TLS 1.3, mutual",
        summary: "TLS 1.3 where the server demands a certificate of the client as well.",
        client_certificate: ClientCertificate::Required,
        ..PLAIN
    },
    Preset {
        id: "tls12-mtls",
        title: "TLS 1.2, mutual",
        summary: "TLS 1.2 where the server demands a certificate of the client as well.",
        version: Version::Tls12,
        client_certificate: ClientCertificate::Required,
        ..PLAIN
    },
    Preset {
        id: "tls13-resumed",
        title: "TLS 1.3, resumed",
        summary: "Two connections: the second starts from a pre-shared key of the first, with a fresh key exchange and without certificates.",
        resume: Resume::Stored,
        ..PLAIN
    },
    Preset {
        id: "tls13-0rtt",
        title: "TLS 1.3, 0-RTT",
        summary: "Two connections: the second sends its request as early data beside the ClientHello, and the server takes it.",
        resume: Resume::Stored,
        early_data: EarlyData::Accepted,
        ..PLAIN
    },
    Preset {
        id: "tls13-0rtt-rejected",
        title: "TLS 1.3, 0-RTT rejected",
        summary: "Two connections: the second sends its request as early data, but the server has turned that off since it gave out the ticket, so the request is sent again.",
        resume: Resume::Stored,
        early_data: EarlyData::Rejected,
        ..PLAIN
    },
    Preset {
        id: "tls13-keepalive",
        title: "TLS 1.3, kept alive",
        summary: "Two requests on one connection: the second, after a pause, costs no handshake at all.",
        requests: 2,
        ..PLAIN
    },
    Preset {
        id: "tls12-session-id",
        title: "TLS 1.2, session ID",
        summary: "Two connections: the second names the session of the first, which the server has kept, in an abbreviated handshake.",
        version: Version::Tls12,
        resume: Resume::Stored,
        ..PLAIN
    },
    Preset {
        id: "tls12-ticket",
        title: "TLS 1.2, session ticket",
        summary: "Two connections: the second brings back a ticket in which the server has sealed the session of the first.",
        version: Version::Tls12,
        resume: Resume::Ticket,
        ..PLAIN
    },
];

impl Preset {
    /// The preset with this id.
    pub fn find(id: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.id == id)
    }
}
