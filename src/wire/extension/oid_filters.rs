//! oid_filters (RFC 9846, section 4.3.5).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::OID_FILTERS,
    "Certificate extensions, with values, that the client's certificate must have. [RFC 9846, section 4.3.5]",
    read,
);

vectors! {
    pub(crate) FILTERS = 2, "filters", "", "tls.extension.oid_filters_length", "";
    pub(crate) OID = 1, "certificate_extension_oid", "", "tls.extension.oid_filters.oid_length",
        "The extension, as a DER object identifier. [RFC 9846, section 4.3.5]";
    pub(crate) VALUES = 2, "certificate_extension_values", "", "tls.extension.oid_filters.values_length",
        "What must be in it. [RFC 9846, section 4.3.5]";
}

fields! {
    pub(crate) FILTER = "OIDFilter", "", "";
}

fn read(c: &mut Cursor<'_>, _: Place) -> Decoded {
    c.vector(&FILTERS, |c| {
        c.items(|c| {
            c.group(&FILTER, |c| {
                c.opaque(&OID)?;
                c.opaque(&VALUES)?;
                Ok(String::new())
            })?;
            Ok(String::new())
        })
    })?;
    Ok(String::new())
}
