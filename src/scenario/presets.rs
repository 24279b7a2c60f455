//! Ready-made scenarios: one row each.

use super::{
    CertCompression, CertificateKind, ClientCertificate, Close, EarlyData, Gateway, Group,
    KeyExchange, KeyUpdate, Rate, Resume, Scenario, ServerCertType, Topic, Version,
};

/// A ready-made scenario.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The first word of the text form.
    pub id: &'static str,
    /// What a menu shows.
    pub title: &'static str,
    /// What it shows: menus have them under these.
    pub topic: Topic,
    /// One sentence.
    pub summary: &'static str,
    /// What sets it apart from the first.
    pub(super) change: fn(&mut Scenario),
}

/// The first preset: the others differ from it.
pub(super) const TLS13: Preset = Preset {
    id: "tls13",
    title: "TLS 1.3",
    topic: Topic::Tls,
    summary: "A full TLS 1.3 handshake, one HTTP request and response, and an orderly close.",
    change: |_| {},
};

/// All presets, in the order a menu shows them. The first is the default.
pub const PRESETS: &[Preset] = &[
    TLS13,
    Preset {
        id: "tls12",
        title: "TLS 1.2",
        topic: Topic::Tls,
        summary: "A full TLS 1.2 handshake with ephemeral key exchange, one HTTP request and response, and an orderly close.",
        change: |s| s.version = Version::Tls12,
    },
    Preset {
        id: "tls13-mtls",
        title: "TLS 1.3, mutual",
        topic: Topic::Certificates,
        summary: "TLS 1.3 where the server demands a certificate from the client as well.",
        change: |s| s.client_certificate = ClientCertificate::Required,
    },
    Preset {
        id: "tls12-mtls",
        title: "TLS 1.2, mutual",
        topic: Topic::Certificates,
        summary: "TLS 1.2 where the server demands a certificate from the client as well.",
        change: |s| {
            s.version = Version::Tls12;
            s.client_certificate = ClientCertificate::Required;
        },
    },
    Preset {
        id: "tls13-optional-cert",
        title: "TLS 1.3, no client certificate",
        topic: Topic::Certificates,
        summary: "The server asks for a certificate but does not insist; the client has none, says so by an empty list, and stays anonymous.",
        change: |s| s.client_certificate = ClientCertificate::Absent,
    },
    Preset {
        id: "tls12-rsa",
        title: "TLS 1.2, RSA key exchange",
        topic: Topic::Tls,
        summary: "The client sends the secret itself, encrypted with the public RSA key in the server's certificate, so there is no forward secrecy. Between teaching endpoints, because rustls does not implement RSA key exchange, and TLS 1.3 has none.",
        change: |s| {
            s.version = Version::Tls12;
            s.certificate = CertificateKind::Rsa2048;
            s.key_exchange = KeyExchange::Rsa;
        },
    },
    Preset {
        id: "tls12-rsa-no-ems",
        title: "TLS 1.2, RSA key exchange, without extended main secret",
        topic: Topic::Tls,
        summary: "As before 2015: RSA key exchange, and a main secret (master secret) that depends on the preliminary secret and the two randoms alone. Between teaching endpoints.",
        change: |s| {
            s.version = Version::Tls12;
            s.certificate = CertificateKind::Rsa2048;
            s.key_exchange = KeyExchange::Rsa;
            s.extended_master_secret = false;
        },
    },
    Preset {
        id: "tls13-resumed",
        title: "TLS 1.3, resumed",
        topic: Topic::Resumption,
        summary: "Two connections: the second starts from a pre-shared key of the first, with a fresh key exchange and without certificates.",
        change: |s| s.resume = Resume::Stored,
    },
    Preset {
        id: "tls13-0rtt",
        title: "TLS 1.3, 0-RTT",
        topic: Topic::Resumption,
        summary: "Two connections: the second sends its request as early data beside the ClientHello, and the server accepts it.",
        change: |s| {
            s.resume = Resume::Stored;
            s.early_data = EarlyData::Accepted;
        },
    },
    Preset {
        id: "tls13-0rtt-rejected",
        title: "TLS 1.3, 0-RTT rejected",
        topic: Topic::Resumption,
        summary: "Two connections: the second sends its request as early data, but the server has turned that off since it gave out the ticket, so the request is sent again.",
        change: |s| {
            s.resume = Resume::Stored;
            s.early_data = EarlyData::Rejected;
        },
    },
    Preset {
        id: "tls13-keepalive",
        title: "TLS 1.3, kept alive",
        topic: Topic::Http,
        summary: "Two requests on one connection: the second, after a pause, costs no handshake at all.",
        change: |s| s.requests = 2,
    },
    Preset {
        id: "tls12-session-id",
        title: "TLS 1.2, session ID",
        topic: Topic::Resumption,
        summary: "Two connections: the second names the session of the first, which the server has kept, in an abbreviated handshake.",
        change: |s| {
            s.version = Version::Tls12;
            s.resume = Resume::Stored;
        },
    },
    Preset {
        id: "tls12-ticket",
        title: "TLS 1.2, session ticket",
        topic: Topic::Resumption,
        summary: "Two connections: the second brings back a ticket in which the server has sealed the session of the first.",
        change: |s| {
            s.version = Version::Tls12;
            s.resume = Resume::Ticket;
        },
    },
    Preset {
        id: "tls13-hrr",
        title: "TLS 1.3, HelloRetryRequest",
        topic: Topic::Tls,
        summary: "The client guesses the wrong group: its key share is for one the server does not accept, so the server asks for another ClientHello.",
        change: |s| s.server_groups = vec![Group::Secp384r1, Group::Secp256r1],
    },
    Preset {
        id: "tls13-key-update",
        title: "TLS 1.3, KeyUpdate",
        topic: Topic::Tls,
        summary: "After the first response the client changes its traffic keys and asks the server to do the same; a second request goes under the new keys.",
        change: |s| s.key_update = KeyUpdate::Client,
    },
    Preset {
        id: "tls13-mlkem",
        title: "TLS 1.3, post-quantum key exchange",
        topic: Topic::Tls,
        summary: "The key exchange joins ML-KEM-768 with X25519, so that a recording stays closed even to someone who breaks one of the two.",
        change: |s| s.group = Some(Group::X25519MlKem768),
    },
    Preset {
        id: "tls13-lossy",
        title: "TLS 1.3, lossy link",
        topic: Topic::Network,
        summary: "The link loses packets now and then; TCP sends again what is missing, and TLS only sees that it takes longer.",
        change: |s| {
            s.loss = Rate::TENTH;
            s.seed = 94;
        },
    },
    Preset {
        id: "tls13-big-flight",
        title: "TLS 1.3, flight larger than the window",
        topic: Topic::Network,
        summary: "Small segments and a small receive window: the server's flight with RSA certificates does not fit, so it waits for acknowledgments in the middle of its handshake.",
        change: |s| {
            s.certificate = CertificateKind::Rsa2048;
            s.mss = 536;
            s.window = 1608;
        },
    },
    Preset {
        id: "gateway-terminate",
        title: "Gateway: TLS termination",
        topic: Topic::Path,
        summary: "The gateway is the end of TLS and talks plain HTTP to the service.",
        change: |s| s.gateway = Gateway::Terminate,
    },
    Preset {
        id: "gateway-reencrypt",
        title: "Gateway: re-encryption",
        topic: Topic::Path,
        summary: "The gateway is the end of TLS and opens a second TLS connection to the service.",
        change: |s| s.gateway = Gateway::ReEncrypt,
    },
    Preset {
        id: "gateway-mtls",
        title: "Gateway: mutual TLS inside",
        topic: Topic::Path,
        summary: "The gateway is the end of TLS, and shows a certificate of its own to the service.",
        change: |s| s.gateway = Gateway::Mutual,
    },
    Preset {
        id: "gateway-passthrough",
        title: "Gateway: pass-through by SNI",
        topic: Topic::Path,
        summary: "The gateway reads the name in the ClientHello, and passes bytes on: TLS is between client and service.",
        change: |s| s.gateway = Gateway::PassThrough,
    },
    Preset {
        id: "gateway-intercept",
        title: "Gateway: inspecting proxy",
        topic: Topic::Path,
        summary: "A proxy shows a certificate that it made itself, from an authority that the client trusts, and reads all.",
        change: |s| s.gateway = Gateway::Intercept,
    },
    Preset {
        id: "tls13-half-close",
        title: "TLS 1.3, half-close",
        topic: Topic::Http,
        summary: "The client says close_notify and sends its FIN right after the request; the other direction stays open, and the response comes through it.",
        change: |s| s.close = Close::HalfClose,
    },
    Preset {
        id: "tls13-reset",
        title: "TLS 1.3, ended with RST",
        topic: Topic::Http,
        summary: "The client reads the response and aborts TCP with RST, without close_notify, so the server cannot tell whether it was the client who ended the connection.",
        change: |s| s.close = Close::Reset,
    },
    Preset {
        id: "tls13-raw-public-key",
        title: "TLS 1.3, raw public key",
        topic: Topic::Certificates,
        summary: "The server shows its public key alone in place of a certificate chain: the client was told the key beforehand.",
        change: |s| s.server_cert_type = ServerCertType::RawPublicKey,
    },
    Preset {
        id: "tls13-cert-compression",
        title: "TLS 1.3, compressed certificate",
        topic: Topic::Certificates,
        summary: "The server compresses its Certificate message by zlib, as the client allows. Segments and window are so small that the flight with RSA certificates would take a round trip more without.",
        change: |s| {
            s.certificate = CertificateKind::Rsa2048;
            s.mss = 536;
            s.window = 1072;
            s.cert_compression = CertCompression::Zlib;
        },
    },
];

impl Preset {
    /// The preset with this id.
    pub fn find(id: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.id == id)
    }

    /// The presets of a topic, in the order of [`PRESETS`].
    pub fn of(topic: Topic) -> impl Iterator<Item = &'static Preset> {
        PRESETS.iter().filter(move |preset| preset.topic == topic)
    }
}
