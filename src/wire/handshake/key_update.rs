//! KeyUpdate (RFC 9846, section 4.7.3).

use super::row::{Context, Message};
use crate::tls::{HandshakeType, KeyUpdateRequest};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{Field, fields};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::KEY_UPDATE,
    field: Field::new(
        "KeyUpdate",
        "",
        "From the next record on the sender uses the next key, computed from the present traffic secret by a one-way function. One key may protect only so much, so long connections need it. [RFC 9846, section 4.7.3]",
    ),
    read,
};

fields! {
    pub(crate) REQUEST_UPDATE = "request_update", "tls.handshake.key_update.request_update",
        "Whether the peer is to change its key too. [RFC 9846, section 4.7.3]";
}

fn read(c: &mut Cursor<'_>, _: Context) -> Decoded {
    let request = c.kind::<KeyUpdateRequest>(&REQUEST_UPDATE)?;
    Ok(request.label().into())
}
