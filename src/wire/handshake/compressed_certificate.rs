//! CompressedCertificate (RFC 8879, section 4).

use super::row::{Context, Message};
use crate::tls::{CertificateCompression, HandshakeType};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::COMPRESSED_CERTIFICATE,
    field: Field::new(
        "CompressedCertificate",
        "",
        "A Certificate message, compressed. [RFC 8879, section 4]",
    ),
    read,
};

fields! {
    pub(crate) ALGORITHM = "algorithm", "tls.compress_certificate.algorithm", "[RFC 8879, section 4]";
    pub(crate) UNCOMPRESSED_LENGTH = "uncompressed_length", "tls.compress_certificate.uncompressed_length",
        "The length of the Certificate message without its header. [RFC 8879, section 4]";
}

vectors! {
    pub(crate) COMPRESSED = 3, "compressed_certificate_message", "tls.compress_certificate.compressed_certificate_message",
        "tls.compress_certificate.compressed_certificate_message.length", "[RFC 8879, section 4]";
}

fn read(c: &mut Cursor<'_>, _: Context) -> Decoded {
    let code = c.code::<CertificateCompression>(&ALGORITHM)?;
    c.number(&UNCOMPRESSED_LENGTH, 3, |n| (n.to_string(), octets(n as usize)))?;
    c.opaque(&COMPRESSED)?;
    Ok(code.label().into())
}
