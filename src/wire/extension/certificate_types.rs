//! client_certificate_type and server_certificate_type (RFC 7250).

use super::row::{Extension, Place};
use crate::tls::{CertificateType, ExtensionType};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static CLIENT: Extension = Extension::new(
    ExtensionType::CLIENT_CERTIFICATE_TYPE,
    "In a ClientHello the kinds of certificate that it can send; in the server's answer the one that it asks for. [RFC 7250, section 3]",
    read,
);

pub(in crate::wire) static SERVER: Extension = Extension::new(
    ExtensionType::SERVER_CERTIFICATE_TYPE,
    "In a ClientHello the kinds of certificate that it can read from the server; in the server's answer the one that it will send. [RFC 7250, section 3]",
    read,
);

vectors! {
    pub(crate) LIST = 1, "certificate_types", "tls.handshake.cert_type.types", "tls.handshake.cert_type.types_len", "Best first. [RFC 7250, section 3]";
}

fields! {
    TYPE = "CertificateType", "tls.handshake.cert_type.type", "X509 is a certificate chain, RawPublicKey a SubjectPublicKeyInfo alone. [RFC 7250, section 3]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    if place != Place::ClientHello {
        return one(c);
    }
    let mut types = String::new();
    c.vector(&LIST, |c| {
        types = c.items(one)?;
        Ok(types.clone())
    })?;
    Ok(types)
}

fn one(c: &mut Cursor<'_>) -> Decoded {
    let kind = c.kind::<CertificateType>(&TYPE)?;
    Ok(kind.label().into())
}
