//! Finished (RFC 8446, section 4.4.4; RFC 5246, section 7.4.9).

use super::{Words, sender};
use crate::dissect::{EarlyData, Message};
use crate::story::format;
use crate::story::scene::{Scene, handshake, octets};
use crate::trace::Endpoint;

pub fn tell(scene: &Scene, message: &Message) -> Words {
    let data = octets(message, "verify_data").unwrap_or_default();
    let how = if scene.is_tls13() {
        "an **HMAC** over the transcript hash, with a key from its handshake traffic secret"
    } else {
        "the **PRF** of the master secret and the transcript hash"
    };
    let what = format!(
        "{} sends `verify_data`, {} `{}`: {how}.",
        sender(message),
        format::bytes(data.len()),
        format::excerpt(data),
    );
    let why = "It proves that its sender has the same keys and saw the same messages: had anyone \
               changed a single byte of the handshake, this value would not match."
        .to_string();
    Words { what, why, notice: notice(scene, message), eavesdropper: String::new() }
}

/// What follows from it, which depends on the version and on who is first.
fn notice(scene: &Scene, message: &Message) -> String {
    let first = scene.before(message, message.from.peer(), handshake::FINISHED).is_none();
    let trips = usize::try_from(scene.dissection.negotiated.round_trips).unwrap_or_default();
    let trips = format::plural(trips, "round trip");
    let settled = &scene.dissection.negotiated;
    match (scene.is_tls13(), message.from, first) {
        (true, Endpoint::Server, _) if settled.resumed => {
            "It stands in for the certificate: its key comes from the session's secret as well, so \
             only the server of the earlier connection can compute it."
                .into()
        }
        (true, Endpoint::Client, _) if settled.early_data == EarlyData::Accepted => {
            "The server has the request already, and has answered it; only now does it know that the \
             client is there at this moment."
                .into()
        }
        (true, Endpoint::Server, _) => {
            "With this the server may already send application data, before it has heard from the \
             client again."
                .into()
        }
        (true, Endpoint::Client, _) => format!(
            "The client is done now, {trips} after its ClientHello, and its application data may \
             follow in the same packet."
        ),
        (false, Endpoint::Server, false) if scene.has_rsa_key_exchange() => format!(
            "With it the server shows that it could decrypt the pre-master secret: only now, {trips} \
             after its ClientHello, does the client know that the certificate is the server's own."
        ),
        (false, _, true) => {
            "It is the first message under the new keys, and the other end's Finished will cover \
             it."
            .into()
        }
        (false, _, false) => format!(
            "It also covers the other end's Finished, and with it the handshake is complete: \
             {trips} after the ClientHello."
        ),
    }
}
