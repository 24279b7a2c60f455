//! How the ends show who they are.

use super::path::{Gateway, NO_GATEWAY};
use super::tls::Version;
use crate::choice::choices;
use crate::scenario::CertificateKind;
use crate::scenario::key::{Control, Key, NONE, Rule, Topic, choice, put, ready};

choices! {
    /// Whether the server asks the client for a certificate, and whether the client has one. A fault
    /// may take it away.
    ClientCertificate {
        /// The server does not ask.
        None = "none", "not asked";
        /// The server asks, and goes on without one.
        Optional = "optional", "optional";
        /// The server asks, and goes on without one; the client has none.
        Absent = "absent", "optional, absent";
        /// The server asks, and refuses a client without one.
        Required = "required", "required";
    }
}

choices! {
    /// What the server shows for its identity, in TLS 1.3.
    ServerCertType {
        /// A chain of X.509 certificates.
        X509 = "x509", "X.509 certificates";
        /// Its public key alone, which the client was told beforehand (RFC 7250).
        RawPublicKey = "raw-public-key", "raw public key";
    }
}

choices! {
    /// How the server's Certificate message goes, in TLS 1.3.
    CertCompression {
        /// As it is.
        None = "none", "none";
        /// Compressed by zlib, which the client says it takes (RFC 8879).
        Zlib = "zlib", "zlib";
    }
}

pub(in crate::scenario) const CERT: Key = Key {
    name: "cert",
    label: "certificate",
    help: "the kind of key in every certificate",
    topic: Topic::Certificates,
    ..choice!(certificate: CertificateKind)
};

pub(in crate::scenario) const CLIENT_CERT: Key = Key {
    name: "client-cert",
    label: "client cert",
    help: "whether the server asks for a client certificate; absent is optional, and the client has none",
    topic: Topic::Certificates,
    rules: &[Rule::excludes(
        "gateway",
        |s| s.gateway == Gateway::Intercept && s.client_certificate != ClientCertificate::None,
        "whoever intercepts TLS cannot show the client's certificate, as only the client has its key",
        "use client-cert=none, or another gateway",
    )],
    ..choice!(client_certificate: ClientCertificate)
};

pub(in crate::scenario) const SERVER_CERT_TYPE: Key = Key {
    name: "server-cert-type",
    label: "server shows",
    help: "what the server shows for its identity; a raw public key the client was told beforehand",
    topic: Topic::Certificates,
    rules: &[
        Rule::needs(
            "version",
            |s| s.version == Version::Tls12,
            "raw-public-key is for TLS 1.3 here, as rustls has it",
            "use version=1.3, or server-cert-type=x509",
        ),
        // A key has nothing of what the faults of certificates break.
        Rule::excludes(
            "fault",
            |s| s.fault.is_some(),
            "a raw public key does not go with fault",
            "use fault=none, or server-cert-type=x509",
        ),
        NO_GATEWAY,
    ],
    ..choice!(server_cert_type: ServerCertType)
};

pub(in crate::scenario) const CERT_COMPRESSION: Key = Key {
    name: "cert-compression",
    label: "certificate compression",
    help: "how the server's Certificate message is compressed",
    topic: Topic::Certificates,
    rules: &[
        // RFC 8879, section 3.
        Rule::needs(
            "version",
            |s| s.version == Version::Tls12,
            "TLS 1.2 has no CompressedCertificate",
            "use version=1.3, or cert-compression=none",
        ),
        Rule::excludes(
            "server-cert-type",
            |s| s.server_cert_type == ServerCertType::RawPublicKey,
            "a raw public key is no certificate to compress",
            "use server-cert-type=x509, or cert-compression=none",
        ),
        NO_GATEWAY,
    ],
    ..choice!(cert_compression: CertCompression)
};

pub(in crate::scenario) const CERTS: Key = Key {
    name: "certs",
    label: "certificates by",
    help: "the recipe whose certificates the ends show and trust",
    topic: Topic::Certificates,
    control: Control::Text,
    values: |_| ready(&[NONE]),
    also: &["curl-client@7"],
    takes: Some(|| "RECIPE or RECIPE@SEED, with ,NAME of a certificate behind, or none".into()),
    set: |s, v| put(&mut s.certs, recipe(v)),
    get: |s| if s.certs.is_empty() { NONE.into() } else { s.certs.clone() },
    rules: &[
        Rule::apart_from("cert", |s| s.certificate != CertificateKind::EcdsaP256),
        Rule::apart_from("server-cert-type", |s| {
            s.server_cert_type == ServerCertType::RawPublicKey
        }),
        Rule::apart_from("fault", |s| s.fault.is_some()),
        NO_GATEWAY,
    ],
    ..Key::ROW
};

/// What may be a recipe with its seed and leaves, or nothing. Whether it is one is for whoever makes it to say.
fn recipe(text: &str) -> Option<String> {
    let text = if text == NONE { "" } else { text };
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-_.:@,".contains(&b);
    text.bytes().all(fits).then(|| text.into())
}
