//! EncryptedExtensions (RFC 9846, section 4.4.1).

use super::row::{Context, Message};
use crate::tls::HandshakeType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::extension::{self, Place};
use crate::wire::node::Field;

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::ENCRYPTED_EXTENSIONS,
    field: Field::new(
        "EncryptedExtensions",
        "",
        "The server's answers to the client's extensions that are not needed to agree on keys, so they can be encrypted. [RFC 9846, section 4.4.1]",
    ),
    read,
};

fn read(c: &mut Cursor<'_>, _: Context) -> Decoded {
    extension::extensions(c, Place::EncryptedExtensions)?;
    Ok(String::new())
}
