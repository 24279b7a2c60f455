//! What `openssl s_client … </dev/null` prints of a connection, as a terminal shows it.

use super::verify::{Judged, VerifyError};
use super::{SslError, cipher, date, name};
use crate::capture::pem;
use crate::diagnose::talk::{Came, Talk};
use crate::tls::{ExtensionType, HandshakeType, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::wire::view::{CertificateRequest, CertificateVerify, ServerHello, ServerKeyExchange};
use crate::wire::x509;

/// What there is between parts.
const RULE: &str = "---";

/// How OpenSSL writes a signature scheme: of what certificates may be signed by, and of the one that was used.
static SCHEMES: &[(SignatureScheme, &str, &str, &str)] = &[
    (SignatureScheme::ECDSA_SECP256R1_SHA256, "ECDSA+SHA256", "SHA256", "ECDSA"),
    (SignatureScheme::ECDSA_SECP384R1_SHA384, "ECDSA+SHA384", "SHA384", "ECDSA"),
    (SignatureScheme::ED25519, "ed25519", "", "Ed25519"),
    (SignatureScheme::RSA_PSS_RSAE_SHA256, "RSA-PSS+SHA256", "SHA256", "RSA-PSS"),
    (SignatureScheme::RSA_PSS_RSAE_SHA384, "RSA-PSS+SHA384", "SHA384", "RSA-PSS"),
    (SignatureScheme::RSA_PSS_RSAE_SHA512, "RSA-PSS+SHA512", "SHA512", "RSA-PSS"),
    (SignatureScheme::RSA_PKCS1_SHA256, "RSA+SHA256", "SHA256", "RSA"),
    (SignatureScheme::RSA_PKCS1_SHA384, "RSA+SHA384", "SHA384", "RSA"),
    (SignatureScheme::RSA_PKCS1_SHA512, "RSA+SHA512", "SHA512", "RSA"),
];

/// How OpenSSL writes a group.
static GROUPS: &[(NamedGroup, &str)] = &[
    (NamedGroup::X25519, "X25519, 253 bits"),
    (NamedGroup::SECP256R1, "ECDH, prime256v1, 256 bits"),
    (NamedGroup::SECP384R1, "ECDH, secp384r1, 384 bits"),
];

/// How OpenSSL writes the kinds of key in certificates, with their bits.
static KEYS: &[(&str, &str, u32)] = &[
    ("id-ecPublicKey secp256r1", "id-ecPublicKey", 256),
    ("id-ecPublicKey secp384r1", "id-ecPublicKey", 384),
    ("id-Ed25519", "ED25519", 253),
    ("rsaEncryption 2048 bits", "rsaEncryption", 2048),
];

/// What it prints and is left out here, since it belongs to one call of the program: how a line begins, and what it
/// says.
pub const LEFT_OUT: &[(&str, &str)] = &[
    (
        "SSL handshake has read ",
        "how many bytes went to and fro: they depend on OpenSSL's own ClientHello",
    ),
    ("    Session-ID", "in TLS 1.2, the session's ID and its context"),
    ("    Master-Key: ", "in TLS 1.2, the session's secret"),
    ("    TLS session ticket", "in TLS 1.2, the ticket and its lifetime"),
    ("    00", "in TLS 1.2, the ticket's bytes"),
    ("    Start Time: ", "in TLS 1.2, when the session began, by the clock of that machine"),
    ("    Timeout   : ", "in TLS 1.2, for how long OpenSSL would keep it"),
];

/// What was asked of the program.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The host or address that it verifies.
    pub host: &'a str,
    /// The one version that it offers.
    pub only: Option<ProtocolVersion>,
}

/// What it prints; `None` where the connection ends in a way whose form is not known.
pub fn text(talk: Talk<'_>, judged: Option<&Judged>, asked: Asked<'_>) -> Option<String> {
    let came = talk.came()?;
    if came == Came::Refused {
        return Some(REFUSED.into());
    }
    let mut lines = vec!["CONNECTED(00000003)".to_owned()];
    lines.extend(judged.iter().flat_map(|judged| judged.lines.iter().cloned()));
    lines.extend(match came {
        Came::Alert { description, is_done: false } => {
            let error = SslError::alert(description)?;
            Some(format!("{}:SSL alert number {}", error.text(), description.0))
        }
        Came::BadSignature => Some(SslError::BAD_SIGNATURE.text()),
        Came::Http => Some(SslError::WRONG_VERSION.text()),
        Came::Done | Came::Refused | Came::Alert { .. } => None,
    });
    lines.push(RULE.into());
    let chain = talk.chain();
    lines.extend(certificates(&chain)?);
    lines.push(RULE.into());
    lines.extend(handshake(talk)?);
    lines.push(RULE.into());
    let last = judged.and_then(Judged::last);
    lines.extend(verification(last, (!chain.is_empty()).then_some(asked.host)));
    lines.push(RULE.into());
    lines.extend(connection(talk, &chain, last, asked.only)?);
    lines.push(RULE.into());
    Some(lines.join("\n") + "\n")
}

/// What it prints where no program listens.
const REFUSED: &str = "error:8000006F:system library::Connection refused\n\
                       error:10000067:BIO routines::connect error\nconnect:errno=111\n";

fn certificates(chain: &[Vec<u8>]) -> Option<Vec<String>> {
    let Some(leaf) = chain.first() else {
        return Some(vec!["no peer certificate available".into()]);
    };
    let mut lines = vec!["Certificate chain".to_owned()];
    for (place, der) in chain.iter().enumerate() {
        let (_, one) = x509::parse(der).ok()?;
        let (key, bits) = key(&one.public_key)?;
        lines.push(format!("{place:>2} s:{}", name(&one.subject)));
        lines.push(format!("   i:{}", name(&one.issuer)));
        lines.push(format!(
            "   a:PKEY: {key}, {bits} (bit); sigalg: {}",
            signature(&one.signature_algorithm)
        ));
        let (from, to) = (date(one.not_before), date(one.not_after));
        lines.push(format!("   v:NotBefore: {from}; NotAfter: {to}"));
    }
    let (_, own) = x509::parse(leaf).ok()?;
    lines.extend([RULE.into(), "Server certificate".into()]);
    lines.extend(pem::encode("CERTIFICATE", leaf).lines().map(str::to_owned));
    lines.push(format!("subject={}", name(&own.subject)));
    lines.push(format!("issuer={}", name(&own.issuer)));
    Some(lines)
}

fn key(kind: &str) -> Option<(&'static str, u32)> {
    KEYS.iter().find(|row| row.0 == kind).map(|row| (row.1, row.2))
}

fn signature(algorithm: &str) -> &str {
    match algorithm {
        "sha256WithRSAEncryption" => "RSA-SHA256",
        "sha1WithRSAEncryption" => "RSA-SHA1",
        "id-Ed25519" => "ED25519",
        other => other,
    }
}

fn handshake(talk: Talk<'_>) -> Option<Vec<String>> {
    let request = talk.handshake(HandshakeType::CERTIFICATE_REQUEST);
    let request = request.and_then(|message| message.view::<CertificateRequest<'_>>());
    let mut lines = Vec::new();
    match request.filter(|request| !request.authorities().is_empty()) {
        Some(request) => {
            lines.push("Acceptable client certificate CA names".to_owned());
            lines.extend(request.authorities().into_iter().map(name));
        }
        None => lines.push("No client certificate CA names sent".to_owned()),
    }
    if let Some(request) = request {
        let kinds = request.certificate_types();
        if !kinds.is_empty() {
            // Which words OpenSSL has for them was not looked at.
            return None;
        }
        let known = |scheme: &SignatureScheme| SCHEMES.iter().find(|row| row.0 == *scheme);
        let names: Option<Vec<&str>> =
            request.signature_schemes().iter().map(|scheme| Some(known(scheme)?.1)).collect();
        let names = names?.join(":");
        lines.push(format!("Requested Signature Algorithms: {names}"));
        lines.push(format!("Shared Requested Signature Algorithms: {names}"));
    }
    if let Some(scheme) = scheme(talk) {
        let (_, _, digest, kind) = SCHEMES.iter().find(|row| row.0 == scheme)?;
        if !digest.is_empty() {
            lines.push(format!("Peer signing digest: {digest}"));
        }
        lines.push(format!("Peer signature type: {kind}"));
    }
    if !talk.chain().is_empty() {
        let group = group(talk)?;
        let (_, text) = GROUPS.iter().find(|row| row.0 == group)?;
        lines.push(format!("Server Temp Key: {text}"));
    }
    Some(lines)
}

/// What the server signed with.
fn scheme(talk: Talk<'_>) -> Option<SignatureScheme> {
    let proof = talk.handshake(HandshakeType::CERTIFICATE_VERIFY);
    let proof = proof.and_then(|message| message.view::<CertificateVerify<'_>>());
    let exchange = || key_exchange(talk)?.signature();
    proof.and_then(CertificateVerify::signature).or_else(exchange)?.scheme
}

fn group(talk: Talk<'_>) -> Option<NamedGroup> {
    hello(talk)?.group().or_else(|| key_exchange(talk)?.group())
}

fn key_exchange(talk: Talk<'_>) -> Option<ServerKeyExchange<'_>> {
    talk.handshake(HandshakeType::SERVER_KEY_EXCHANGE)?.view()
}

fn hello(talk: Talk<'_>) -> Option<ServerHello<'_>> {
    talk.handshake(HandshakeType::SERVER_HELLO)?.view()
}

fn verification(last: Option<VerifyError>, host: Option<&str>) -> Vec<String> {
    match last {
        Some(error) => vec![format!("Verification error: {}", error.text)],
        None => {
            let host = host.map(|host| format!("Verified peername: {host}"));
            ["Verification: OK".to_owned()].into_iter().chain(host).collect()
        }
    }
}

fn connection(
    talk: Talk<'_>,
    chain: &[Vec<u8>],
    last: Option<VerifyError>,
    only: Option<ProtocolVersion>,
) -> Option<Vec<String>> {
    let hello = hello(talk);
    let suite = hello.and_then(ServerHello::cipher_suite).map(cipher);
    // Before anything is settled, it goes by the newest version that it offers.
    let settled = hello.and_then(ServerHello::version).or(only);
    let is_12 = settled == Some(ProtocolVersion::TLS1_2);
    let version = if is_12 { "TLSv1.2" } else { "TLSv1.3" };
    let mut lines = vec![match &suite {
        Some(suite) => format!("New, {version}, Cipher is {suite}"),
        None => "New, (NONE), Cipher is (NONE)".into(),
    }];
    if let Some(leaf) = chain.first() {
        let (_, bits) = key(&x509::parse(leaf).ok()?.1.public_key)?;
        lines.push(format!("Server public key is {bits} bit"));
    }
    let extension = |kind| hello.is_some_and(|hello| hello.extensions().get(kind).is_some());
    let renegotiates = is_12 && extension(ExtensionType::RENEGOTIATION_INFO);
    lines.push(format!(
        "Secure Renegotiation IS {}supported",
        if renegotiates { "" } else { "NOT " }
    ));
    // It offers no protocol here, so that there is none to be chosen.
    lines.extend(["Compression: NONE", "Expansion: NONE", "No ALPN negotiated"].map(str::to_owned));
    let result = last.map_or((0, "ok"), |error| (error.number, error.text));
    let result = format!("Verify return code: {} ({})", result.0, result.1);
    if is_12 {
        let extended = extension(ExtensionType::EXTENDED_MAIN_SECRET);
        lines.push("SSL-Session:".into());
        lines.extend([
            format!("    Protocol  : {version}"),
            format!("    Cipher    : {}", suite.as_deref().unwrap_or("0000")),
            "    PSK identity: None".into(),
            "    PSK identity hint: None".into(),
            "    SRP username: None".into(),
            format!("    {result}"),
            format!("    Extended master secret: {}", if extended { "yes" } else { "no" }),
        ]);
    } else {
        lines.extend(["Early data was not sent".into(), result]);
    }
    Some(lines)
}
