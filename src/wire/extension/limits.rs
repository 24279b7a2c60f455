//! Two ways to ask for smaller records: max_fragment_length (RFC 6066, section 4) and
//! record_size_limit (RFC 8449).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, MaxFragmentLength};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::fields;

pub(in crate::wire) static MAX_FRAGMENT_LENGTH: Extension = Extension::new(
    ExtensionType::MAX_FRAGMENT_LENGTH,
    "Asks the server to keep its records small; replaced by record_size_limit. [RFC 6066, section 4]",
    max_fragment_length,
);

pub(in crate::wire) static RECORD_SIZE_LIMIT: Extension = Extension::new(
    ExtensionType::RECORD_SIZE_LIMIT,
    "The largest record the sender is ready to receive: small devices have little memory. [RFC 8449, section 4]",
    record_size_limit,
);

fields! {
    pub(crate) MAX = "MaxFragmentLength", "tls.handshake.max_fragment_length", "The length, as a code. [RFC 6066, section 4]";
    pub(crate) LIMIT = "RecordSizeLimit", "tls.record_size_limit",
        "Bytes of plaintext, the content type of TLS 1.3 included. [RFC 8449, section 4]";
}

fn max_fragment_length(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let code = c.kind::<MaxFragmentLength>(&MAX)?;
    Ok(code.label().into())
}

fn record_size_limit(c: &mut Cursor<'_>, _: Place) -> Decoded {
    Ok(octets(c.u16(&LIMIT)?.into()))
}
