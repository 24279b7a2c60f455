//! Finished (RFC 9846, section 4.5.3; RFC 5246, section 7.4.9) and message_hash.

use super::row::{Context, Message};
use crate::tls::HandshakeType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::{Field, fields};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::FINISHED,
    field: Field::new(
        "Finished",
        "",
        "A message authentication code (MAC), under a key that only the two ends have, over every handshake message so far. If anyone changed a single byte of them on the way, it does not match. [RFC 9846, section 4.5.3]",
    ),
    read: |c: &mut Cursor<'_>, _: Context| leaf(c, &VERIFY_DATA),
};

pub(in crate::wire) static MESSAGE_HASH: Message = Message {
    code: HandshakeType::MESSAGE_HASH,
    field: Field::new(
        "message_hash",
        "",
        "Never sent: it stands for the first ClientHello in the transcript after a HelloRetryRequest. [RFC 9846, section 4.1]",
    ),
    read: |c: &mut Cursor<'_>, _: Context| leaf(c, &HASH),
};

fields! {
    pub(crate) VERIFY_DATA = "verify_data", "tls.handshake.verify_data",
        "In TLS 1.3 an HMAC of the transcript hash, as long as the hash; in TLS 1.2, 12 bytes made with the main secret. [RFC 9846, section 4.5.3; RFC 5246, section 7.4.9]";
    pub(crate) HASH = "hash", "", "The hash of the first ClientHello. [RFC 9846, section 4.1]";
}

fn leaf(c: &mut Cursor<'_>, field: &'static Field) -> Decoded {
    Ok(octets(c.rest(field)?.len()))
}
