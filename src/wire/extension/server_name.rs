//! server_name (RFC 6066, section 3).

use super::row::{Extension, Place};
use crate::tls::{ExtensionType, NameType};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{fields, vectors};

pub(in crate::wire) static ROW: Extension = Extension::new(
    ExtensionType::SERVER_NAME,
    "The host the client wants, so that a server with many sites can pick a certificate. It is sent in the clear, unless Encrypted ClientHello hides it (RFC 9849). A server that used it answers with an empty one. [RFC 6066, section 3]",
    read,
);

vectors! {
    pub(crate) LIST = 2, "server_name_list", "", "tls.handshake.extensions_server_name_list_len",
        "Formally a list; in practice one name. [RFC 6066, section 3]";
    pub(crate) HOST_NAME = 2, "HostName", "tls.handshake.extensions_server_name", "tls.handshake.extensions_server_name_len",
        "A DNS name, never an IP address. A certificate that the server shows has to be valid for this name. [RFC 6066, section 3]";
}

fields! {
    pub(crate) SERVER_NAME = "ServerName", "", "";
    pub(crate) NAME_TYPE = "name_type", "tls.handshake.extensions_server_name_type",
        "The kind of name; only host_name was ever defined. [RFC 6066, section 3]";
}

fn read(c: &mut Cursor<'_>, place: Place) -> Decoded {
    if c.is_empty() && place != Place::ClientHello {
        return Ok("acknowledged".into());
    }
    let mut names = String::new();
    c.vector(&LIST, |c| {
        names = c.items(|c| {
            let mut name = String::new();
            c.group(&SERVER_NAME, |c| {
                c.kind::<NameType>(&NAME_TYPE)?;
                name = c.text(&HOST_NAME)?;
                Ok(name.clone())
            })?;
            Ok(name)
        })?;
        Ok(names.clone())
    })?;
    Ok(names)
}
