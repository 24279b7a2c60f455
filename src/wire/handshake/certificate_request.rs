//! CertificateRequest, in both forms (RFC 9846, section 4.4.2; RFC 5246, section 7.4.4).

use super::row::{Context, Message};
use crate::tls::{ClientCertificateType, HandshakeType, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::extension::{
    self, Place, certificate_authorities::authorities,
    signature_algorithms::supported_signature_algorithms,
};
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::CERTIFICATE_REQUEST,
    field: Field::new(
        "CertificateRequest",
        "",
        "The server asks the client for a certificate too: mutual TLS. [RFC 9846, section 4.4.2]",
    ),
    read,
};

vectors! {
    pub(crate) REQUEST_CONTEXT = 1, "certificate_request_context", "tls.handshake.certificate_request_context", "tls.handshake.certificate_request_context_length",
        "The client's Certificate repeats it; empty during the handshake. [RFC 9846, section 4.4.2]";
    pub(crate) CERTIFICATE_TYPES = 1, "certificate_types", "tls.handshake.cert_types", "tls.handshake.cert_types_count",
        "The kinds of certificate that the server accepts. [RFC 5246, section 7.4.4]";
}

fields! {
    pub(crate) CERTIFICATE_TYPE = "ClientCertificateType", "tls.handshake.cert_type", "[RFC 5246, section 7.4.4]";
}

fn read(c: &mut Cursor<'_>, context: Context) -> Decoded {
    // A TLS 1.2 server names at least one type, so its first byte is not 0.
    if context.is_tls13(|| c.peek().first() == Some(&0)) {
        c.opaque(&REQUEST_CONTEXT)?;
        extension::extensions(c, Place::CertificateRequest)?;
        return Ok(String::new());
    }
    let mut types = String::new();
    c.vector(&CERTIFICATE_TYPES, |c| {
        types = c.items(|c| {
            let kind = c.kind::<ClientCertificateType>(&CERTIFICATE_TYPE)?;
            Ok(kind.label())
        })?;
        Ok(types.clone())
    })?;
    if context.version.is_none_or(|version| version >= ProtocolVersion::TLS1_2) {
        supported_signature_algorithms(c)?;
    }
    authorities(c)?;
    Ok(types)
}
