//! signature_algorithms and signature_algorithms_cert (RFC 9846, section 4.3.3).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, SignatureScheme};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::WireError;
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SIGNATURE_ALGORITHMS,
    "The signatures that the sender can check, best first: the peer must sign with one of them. [RFC 9846, section 4.3.3]",
    read,
);

pub(in crate::wire) static CERTIFICATES: Extension = Extension::new(
    ExtensionType::SIGNATURE_ALGORITHMS_CERT,
    "The signatures that the sender can check in certificates, where that differs from signature_algorithms. [RFC 9846, section 4.3.3]",
    read,
);

vectors! {
    pub(crate) LIST = 2, "supported_signature_algorithms", "tls.handshake.sig_hash_algs", "tls.handshake.sig_hash_alg_len",
        "Best first. [RFC 9846, section 4.3.3]";
}

fields! {
    pub(crate) SCHEME = "SignatureScheme", "tls.handshake.sig_hash_alg",
        "A kind of key and a hash. TLS 1.2 reads the same bytes as hash and signature algorithm, one byte each. [RFC 9846, section 4.3.3; RFC 5246, section 7.4.1.4.1]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    supported_signature_algorithms(c)
}

/// Reads a list of signature schemes; a TLS 1.2 CertificateRequest has one outside extensions.
pub(in crate::wire) fn supported_signature_algorithms(
    c: &mut Cursor<'_>,
) -> Result<String, WireError> {
    let mut schemes = String::new();
    c.vector(&LIST, |c| {
        schemes = c.items(|c| Ok(c.code::<SignatureScheme>(&SCHEME)?.label()))?;
        Ok(schemes.clone())
    })?;
    Ok(schemes)
}
