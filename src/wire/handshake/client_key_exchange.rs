//! ClientKeyExchange of TLS 1.2 (RFC 8422, section 5.7; RFC 5246, section 7.4.7).

use super::row::{Context, Message};
use crate::tls::HandshakeType;
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::CLIENT_KEY_EXCHANGE,
    field: Field::new(
        "ClientKeyExchange",
        "",
        "TLS 1.2: what the server needs to get the preliminary secret too. With ECDHE the client's public key, with RSA key exchange the secret itself, encrypted. [RFC 8422, section 5.7; RFC 5246, section 7.4.7]",
    ),
    read,
};

vectors! {
    pub(crate) ECDH_YC = 1, "ecdh_Yc", "tls.handshake.client_point", "tls.handshake.client_point_len",
        "The client's ephemeral public key. [RFC 8422, section 5.7]";
    pub(crate) ENCRYPTED_PRE_MASTER_SECRET = 2, "EncryptedPreMasterSecret", "tls.handshake.epms", "tls.handshake.epms_len",
        "The secret itself, encrypted with the public RSA key in the server's certificate: whoever gets the private key, even years later, can read every recording. TLS 1.3 has no such exchange. [RFC 5246, section 7.4.7.1]";
}

fields! {
    pub(crate) OTHER = "ClientKeyExchange body", "", "The form of another kind of key exchange, kept as it is.";
}

fn read(c: &mut Cursor<'_>, context: Context) -> Decoded {
    let body = c.peek();
    let ecdhe = context.key_exchange("_ECDHE_", || {
        body.first().is_some_and(|len| usize::from(*len) + 1 == body.len())
    });
    let rsa = context.key_exchange("TLS_RSA_WITH_", || match *body {
        [high, low, ..] => usize::from(u16::from_be_bytes([high, low])) + 2 == body.len(),
        _ => false,
    });
    if context.key_exchange("_PSK_", || false) || !(ecdhe || rsa) {
        return Ok(octets(c.rest(&OTHER)?.len()));
    }
    let key = c.opaque(if ecdhe { &ECDH_YC } else { &ENCRYPTED_PRE_MASTER_SECRET })?;
    Ok(octets(key.len()))
}
