//! ServerKeyExchange of TLS 1.2 (RFC 8422, section 5.4).

use super::row::{Context, Message};
use super::signature::{ALGORITHM, SIGNATURE, signature};
use crate::tls::{EcCurveType, HandshakeType, NamedGroup, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::error::octets;
use crate::wire::node::{Field, fields, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::SERVER_KEY_EXCHANGE,
    field: Field::new(
        "ServerKeyExchange",
        "",
        "TLS 1.2: the server's half of the key exchange, signed with its certificate's key, so that nobody in the middle can put in their own. TLS 1.3 does this in key_share and CertificateVerify. [RFC 8422, section 5.4]",
    ),
    read,
};

fields! {
    pub(crate) PARAMS = "params", "", "What the signature covers, after both random values. [RFC 8422, section 5.4]";
    pub(crate) CURVE_TYPE = "curve_type", "tls.handshake.server_curve_type",
        "How the curve is given: by name. [RFC 8422, section 5.4]";
    pub(crate) NAMED_CURVE = "namedcurve", "tls.handshake.server_named_curve",
        "The group, out of the client's supported_groups. [RFC 8422, section 5.4]";
    pub(crate) SIGNED_PARAMS = "signed_params", "",
        "A signature over client random, server random and params: a half from another connection would not verify. [RFC 8422, section 5.4]";
    pub(crate) OTHER = "ServerKeyExchange body", "", "The form of another kind of key exchange, kept as it is.";
}

vectors! {
    pub(crate) PUBLIC = 1, "public", "tls.handshake.server_point", "tls.handshake.server_point_len",
        "The server's ephemeral public key. [RFC 8422, section 5.4]";
}

fn read(c: &mut Cursor<'_>, context: Context) -> Decoded {
    let first = c.peek().first().copied().map(EcCurveType);
    let plain_ecdhe = context.key_exchange("_ECDHE_", || true)
        && !context.key_exchange("_PSK_", || false)
        && first == Some(EcCurveType::NAMED_CURVE);
    if !plain_ecdhe {
        return Ok(octets(c.rest(&OTHER)?.len()));
    }
    let mut group = String::new();
    c.group(&PARAMS, |c| {
        c.kind::<EcCurveType>(&CURVE_TYPE)?;
        group = c.code::<NamedGroup>(&NAMED_CURVE)?.label().into();
        c.opaque(&PUBLIC)?;
        Ok(group.clone())
    })?;
    if context.key_exchange("_anon_", || false) {
        return Ok(group);
    }
    let named = context.version.is_none_or(|version| version >= ProtocolVersion::TLS1_2);
    c.group(&SIGNED_PARAMS, |c| signature(c, named.then_some(&ALGORITHM), &SIGNATURE))?;
    Ok(group)
}
