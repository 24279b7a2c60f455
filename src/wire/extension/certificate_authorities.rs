//! certificate_authorities (RFC 9846, section 4.3.4); TLS 1.2 has the same list in its
//! CertificateRequest.

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::WireError;
use crate::wire::node::vectors;
use crate::wire::x509;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::CERTIFICATE_AUTHORITIES,
    "The authorities that the sender trusts, to help the peer pick a certificate. [RFC 9846, section 4.3.4]",
    read,
);

vectors! {
    pub(crate) AUTHORITIES = 2, "authorities", "tls.handshake.dnames", "tls.handshake.dnames_len", "";
    pub(crate) NAME = 2, "DistinguishedName", "", "tls.handshake.dname_len",
        "The subject of a certification authority's certificate, in DER. [RFC 5280, section 4.1.2.6]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    authorities(c)
}

/// Reads a list of distinguished names.
pub(in crate::wire) fn authorities(c: &mut Cursor<'_>) -> Result<String, WireError> {
    let mut all = String::new();
    c.vector(&AUTHORITIES, |c| {
        all = c.items(|c| {
            let mut name = String::new();
            c.vector(&NAME, |c| {
                name = x509::name(c)?;
                Ok(name.clone())
            })?;
            Ok(name)
        })?;
        Ok(all.clone())
    })?;
    Ok(all)
}
