//! CompressedCertificate (RFC 8879, section 4).

use super::{Context, Message};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::names;
use crate::wire::node::{Field, fields, vectors};

pub(super) static ROW: Message = Message {
    code: 25,
    field: Field::new(
        "CompressedCertificate",
        "",
        "A Certificate message, compressed. [RFC 8879, section 4]",
    ),
    read,
};

fields! {
    ALGORITHM = "algorithm", "tls.compress_certificate.algorithm", "[RFC 8879, section 4]";
    UNCOMPRESSED_LENGTH = "uncompressed_length", "tls.compress_certificate.uncompressed_length",
        "The length of the Certificate message without its header. [RFC 8879, section 4]";
}

vectors! {
    COMPRESSED = 3, "compressed_certificate_message", "tls.compress_certificate.compressed_certificate_message",
        "tls.compress_certificate.compressed_certificate_message.length", "[RFC 8879, section 4]";
}

fn read(c: &mut Cursor, _: Context) -> Decoded {
    let code = c.code(&ALGORITHM, names::certificate_compression)?;
    c.number(&UNCOMPRESSED_LENGTH, 3, |n| (n.to_string(), octets(n as usize)))?;
    c.opaque(&COMPRESSED)?;
    Ok(names::certificate_compression(code).unwrap_or("unknown").into())
}
