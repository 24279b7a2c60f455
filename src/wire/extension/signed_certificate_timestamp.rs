//! signed_certificate_timestamp (RFC 6962, section 3.3). Certificates can have the same list inside.

use super::row::{Extension, Place};
use crate::time;
use crate::tls::{ExtensionType, SignatureScheme};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::WireError;
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SIGNED_CERTIFICATE_TIMESTAMP,
    "Proof that the certificate was entered in public logs, where a wrongly issued one would be found. [RFC 6962, section 3.3]",
    read,
);

vectors! {
    pub(crate) LIST = 2, "sct_list", "", "tls.sct.scts_length", "";
    pub(crate) SCT = 2, "SerializedSCT", "", "tls.sct.sct_length",
        "A log's promise to publish the certificate. [RFC 6962, section 3.2]";
    pub(crate) EXTENSIONS = 2, "extensions", "tls.sct.sct_extensions", "tls.sct.sct_extensions_length", "";
    pub(crate) SIGNATURE = 2, "signature", "tls.sct.sct_signature", "tls.sct.sct_signature_length",
        "The log's signature over the timestamp and the certificate. [RFC 6962, section 3.2]";
}

fields! {
    pub(crate) VERSION = "sct_version", "tls.sct.sct_version", "0 is version 1. [RFC 6962, section 3.2]";
    pub(crate) LOG_ID = "id", "tls.sct.sct_logid", "The SHA-256 hash of the log's public key. [RFC 6962, section 3.2]";
    pub(crate) TIMESTAMP = "timestamp", "", "When the log received the certificate, in milliseconds since 1970. [RFC 6962, section 3.2]";
    pub(crate) ALGORITHM = "algorithm", "tls.handshake.sig_hash_alg", "How the log signs. [RFC 5246, section 4.7]";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    if c.is_empty() {
        return Ok(String::new());
    }
    sct_list(c)
}

/// Reads a SignedCertificateTimestampList.
pub(in crate::wire) fn sct_list(c: &mut Cursor<'_>) -> Result<String, WireError> {
    let mut stamps = String::new();
    c.vector(&LIST, |c| {
        stamps = c.items(|c| {
            let mut stamp = String::new();
            c.vector(&SCT, |c| {
                c.u8(&VERSION)?;
                c.bytes(&LOG_ID, 32)?;
                c.number(&TIMESTAMP, 8, |ms| {
                    stamp = time::text((ms / 1000).try_into().unwrap_or(i64::MAX));
                    (ms.to_string(), stamp.clone())
                })?;
                c.opaque(&EXTENSIONS)?;
                c.code::<SignatureScheme>(&ALGORITHM)?;
                c.opaque(&SIGNATURE)?;
                Ok(stamp.clone())
            })?;
            Ok(stamp)
        })?;
        Ok(stamps.clone())
    })?;
    Ok(stamps)
}
