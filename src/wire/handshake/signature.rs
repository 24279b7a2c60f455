//! Signatures in messages (RFC 9846, section 4.5.2; RFC 5246, section 4.7).

use crate::tls::SignatureScheme;
use crate::wire::cursor::{Cursor, Decoded, Vector};
use crate::wire::node::{Field, fields, vectors};
use crate::wire::x509;

vectors! {
    pub(crate) SIGNATURE = 2, "signature", "tls.handshake.sig", "tls.handshake.sig_len",
        "Proof that the sender has the private key: only with it can this be made. [RFC 5246, section 4.7]";
}

fields! {
    pub(crate) ALGORITHM = "algorithm", "tls.handshake.sig_hash_alg",
        "The kind of key and the hash of the signature; it must be one that the peer offered. [RFC 9846, section 4.5.2]";
}

/// Reads a signature scheme, and a signature in the form that the scheme gives it.
pub(super) fn signature(
    c: &mut Cursor<'_>,
    algorithm: Option<&'static Field>,
    signature: &'static Vector,
) -> Decoded {
    let scheme = match algorithm {
        Some(algorithm) => Some(c.code::<SignatureScheme>(algorithm)?),
        None => None,
    };
    match scheme {
        Some(scheme) if scheme.name().is_some_and(|name| name.starts_with("ecdsa")) => {
            c.vector(signature, x509::ecdsa_signature)?;
            c.show_bytes();
        }
        _ => c.opaque(signature).map(|_| ())?,
    }
    Ok(scheme.map_or_else(String::new, |scheme| scheme.label().into()))
}
