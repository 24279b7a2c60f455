//! Words of a story and of the notes beside fields that the glossary explains.

/// Each with the id of its term. What everybody knows, and what stands in nearly every sentence, is left out.
pub const TERMS: &[(&str, &str)] = &[
    ("acknowledgment number", "acknowledgment-number"),
    ("AEAD", "aead"),
    ("ALPN", "alpn"),
    ("authentication tag", "authentication-tag"),
    ("binder", "binder"),
    ("certificate authority", "ca"),
    ("certificate chain", "chain"),
    ("certificate revocation list", "crl"),
    ("cipher suite", "cipher-suite"),
    ("ClientHello", "client-hello"),
    ("ClientKeyExchange", "client-key-exchange"),
    ("content type", "content-type"),
    ("DER", "der"),
    ("Diffie-Hellman", "diffie-hellman"),
    ("early data", "early-data"),
    ("eavesdropper", "eavesdropper"),
    ("elliptic curve", "elliptic-curve"),
    ("Encrypted ClientHello", "encrypted-client-hello"),
    ("flight", "flight"),
    ("forward secrecy", "forward-secrecy"),
    ("HelloRetryRequest", "hello-retry-request"),
    ("HMAC", "hmac"),
    ("key schedule", "key-schedule"),
    ("key share", "key-share"),
    ("main secret", "main-secret"),
    ("ML-KEM", "ml-kem"),
    ("nonce", "nonce"),
    ("OCSP", "ocsp"),
    ("padding", "padding"),
    ("pre-shared key", "psk"),
    ("preliminary secret", "preliminary-secret"),
    ("PRF", "prf"),
    ("QUIC", "quic"),
    ("raw public key", "raw-public-key"),
    ("receive window", "receive-window"),
    ("renegotiation", "renegotiation"),
    ("resumption", "resumption"),
    ("retransmission", "retransmission"),
    ("revocation", "revocation"),
    ("round trip", "round-trip"),
    ("RSA key exchange", "rsa-key-exchange"),
    ("ServerHello", "server-hello"),
    ("ServerKeyExchange", "server-key-exchange"),
    ("session ID", "session-id"),
    ("signature scheme", "signature-scheme"),
    ("SNI", "sni"),
    ("three-way handshake", "three-way-handshake"),
    ("ticket", "ticket"),
    ("traffic secret", "traffic-secret"),
    ("transcript hash", "transcript-hash"),
    ("trust anchor", "trust-anchor"),
    ("X.509", "x509"),
];

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention<'a> {
    /// Words that lead nowhere.
    Text(&'a str),
    /// A word, and the id of its term.
    Term(&'a str, &'static str),
}

/// The text in pieces: every word of [`TERMS`] that stands by itself, one or many of it, and what is between.
pub fn mentions(text: &str) -> Vec<Mention<'_>> {
    let mut pieces = Vec::new();
    let (mut told, mut at) = (0, 0);
    while at < text.len() {
        match begins(text, at) {
            Some((end, id)) => {
                pieces
                    .extend(text.get(told..at).filter(|text| !text.is_empty()).map(Mention::Text));
                pieces.extend(text.get(at..end).map(|word| Mention::Term(word, id)));
                (told, at) = (end, end);
            }
            None => {
                at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
            }
        }
    }
    pieces.extend(text.get(told..).filter(|text| !text.is_empty()).map(Mention::Text));
    pieces
}

/// The end of the longest word that begins here, and its id.
fn begins(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let (before, rest) = text.split_at_checked(at)?;
    if before.ends_with(is_inside) {
        return None;
    }
    let found = TERMS.iter().filter_map(|(word, id)| {
        let behind = rest.strip_prefix(word)?;
        let more = behind.strip_prefix('s').unwrap_or(behind);
        let ends = |rest: &str| !rest.starts_with(is_inside);
        let left = [more, behind].into_iter().find(|left| ends(left))?;
        Some((text.len() - left.len(), *id))
    });
    found.max_by_key(|(end, _)| *end)
}
