//! What a row of the table of extensions is.

use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::{Field, fields};

fields! {
    pub(crate) DATA = "extension_data", "tls.handshake.extension.data",
        "The contents, in a form that this decoder keeps as it is.";
}

/// The message that an extension is part of: some have a different form in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// ClientHello.
    ClientHello,
    /// ServerHello, of either version.
    ServerHello,
    /// A ServerHello that asks for another ClientHello.
    HelloRetryRequest,
    /// EncryptedExtensions.
    EncryptedExtensions,
    /// An entry of a TLS 1.3 Certificate.
    Certificate,
    /// A TLS 1.3 CertificateRequest.
    CertificateRequest,
    /// A TLS 1.3 NewSessionTicket.
    NewSessionTicket,
}

impl Place {
    /// Whether only what the other end sent may be there: a server answers its client, and an entry of
    /// a Certificate answers ClientHello or CertificateRequest (RFC 9846, section 4.3).
    pub(super) fn answers(self) -> bool {
        use Place::{Certificate, EncryptedExtensions, HelloRetryRequest, ServerHello};
        matches!(self, ServerHello | HelloRetryRequest | EncryptedExtensions | Certificate)
    }
}

/// One row of the table.
pub struct Extension {
    /// Its code point in the IANA registry "TLS ExtensionType Values".
    pub code: ExtensionType,
    /// Its name and what it is for.
    pub field: Field,
    /// Reads extension_data.
    pub(super) read: fn(&mut Cursor<'_>, Place) -> Decoded,
}

impl Extension {
    /// A row of the table, under the registry's name.
    #[expect(clippy::panic, reason = "it is evaluated at compile time")]
    pub(super) const fn new(
        code: ExtensionType,
        note: &'static str,
        read: fn(&mut Cursor<'_>, Place) -> Decoded,
    ) -> Extension {
        // A code point without a name is no row.
        let Some(name) = code.name() else { panic!("an extension without a name") };
        Extension { code, field: Field::new(name, "", note), read }
    }
}

/// For extensions that say all by being there.
pub(super) fn nothing(_: &mut Cursor<'_>, _: Place) -> Decoded {
    Ok(String::new())
}

/// For extensions whose contents stay opaque.
pub(super) fn data(c: &mut Cursor<'_>, _: Place) -> Decoded {
    let len = c.rest(&DATA)?.len();
    Ok(octets(len))
}
