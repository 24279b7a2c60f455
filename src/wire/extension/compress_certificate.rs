//! compress_certificate (RFC 8879).

use super::{Extension, Place};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::names;
use crate::wire::node::{Field, fields, vectors};

pub(super) static ROW: Extension = Extension {
    code: 27,
    field: Field::new(
        "compress_certificate",
        "",
        "The sender can read compressed Certificate messages: chains are most of a handshake's octets. [RFC 8879, section 3]",
    ),
    read,
};

vectors! {
    LIST = 1, "algorithms", "", "tls.compress_certificate.algorithms_length", "Best first. [RFC 8879, section 3]";
}

fields! {
    ALGORITHM = "CertificateCompressionAlgorithm", "tls.compress_certificate.algorithm", "[RFC 8879, section 7.3]";
}

fn read(c: &mut Cursor, _: Place) -> Decoded {
    let mut algorithms = String::new();
    c.vector(&LIST, |c| {
        algorithms = c.items(|c| {
            let code = c.code(&ALGORITHM, names::certificate_compression)?;
            Ok(names::certificate_compression(code).unwrap_or("unknown"))
        })?;
        Ok(algorithms.clone())
    })?;
    Ok(algorithms)
}
