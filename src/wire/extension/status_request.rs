//! status_request (RFC 6066, section 8; RFC 9846, section 4.5.1.1).

use super::row::{Extension, Place};
use crate::tls::{CertificateStatusType, ExtensionType};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::STATUS_REQUEST,
    "Asks the server to send along, \"stapled\", a fresh statement of the certification authority that the certificate is not revoked, so that the client does not have to ask the CA. A server need not, and most clients go on without. [RFC 6066, section 8]",
    read,
);

fields! {
    pub(crate) STATUS_TYPE = "status_type", "tls.handshake.extensions_status_request_type",
        "The kind of statement; ocsp in practice. [RFC 6066, section 8]";
}

vectors! {
    pub(crate) RESPONDER_IDS = 2, "responder_id_list", "", "tls.handshake.extensions_status_request_responder_ids_len",
        "OCSP responders that the client trusts; empty where it leaves that to the server. [RFC 6066, section 8]";
    pub(crate) REQUEST_EXTENSIONS = 2, "request_extensions", "", "tls.handshake.extensions_status_request_exts_len",
        "Extensions of the OCSP request, in DER. [RFC 6066, section 8]";
    pub(crate) OCSP_RESPONSE = 3, "OCSPResponse", "", "",
        "What the certification authority signed about the certificate's state, in DER. [RFC 6960, section 4.2.1]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    match place {
        Place::Certificate => certificate_status(c),
        _ if c.is_empty() => Ok(String::new()),
        _ => {
            let kind = c.kind::<CertificateStatusType>(&STATUS_TYPE)?;
            c.opaque(&RESPONDER_IDS)?;
            c.opaque(&REQUEST_EXTENSIONS)?;
            Ok(kind.label().into())
        }
    }
}

/// Reads a CertificateStatus: in TLS 1.2 a message of its own.
pub(in crate::wire) fn certificate_status(c: &mut Cursor<'_>) -> Decoded {
    let kind = c.kind::<CertificateStatusType>(&STATUS_TYPE)?;
    c.opaque(&OCSP_RESPONSE)?;
    Ok(kind.label().into())
}
