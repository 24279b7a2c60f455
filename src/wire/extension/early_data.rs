//! early_data (RFC 9846, section 4.3.10).

use super::row::{Extension, Place};
use crate::tls::ExtensionType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::fields;

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::EARLY_DATA,
    "Data in the first flight, before the server answered: saves a round trip, but someone who recorded it can send it again. [RFC 9846, section 4.3.10]",
    read,
);

fields! {
    pub(crate) MAX = "max_early_data_size", "tls.early_data.max_early_data_size",
        "How many bytes of early data the server takes with this ticket. [RFC 9846, section 4.7.1]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    match place {
        Place::NewSessionTicket => Ok(octets(c.u32(&MAX)? as usize)),
        Place::ClientHello => Ok("offered".into()),
        _ => Ok("accepted".into()),
    }
}
