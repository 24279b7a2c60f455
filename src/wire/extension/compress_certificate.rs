//! compress_certificate (RFC 8879).

use super::row::{Extension, Place};
use crate::tls::{CertificateCompression, ExtensionType};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::COMPRESS_CERTIFICATE,
    "The sender can read compressed Certificate messages: chains are most of a handshake's bytes. [RFC 8879, section 3]",
    read,
);

vectors! {
    pub(crate) LIST = 1, "algorithms", "", "tls.compress_certificate.algorithms_length", "Best first. [RFC 8879, section 3]";
}

fields! {
    pub(crate) ALGORITHM = "CertificateCompressionAlgorithm", "tls.compress_certificate.algorithm", "[RFC 8879, section 7.3]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let mut algorithms = String::new();
    c.vector(&LIST, |c| {
        algorithms = c.items(|c| {
            let code = c.code::<CertificateCompression>(&ALGORITHM)?;
            Ok(code.label())
        })?;
        Ok(algorithms.clone())
    })?;
    Ok(algorithms)
}
