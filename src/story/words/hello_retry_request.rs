//! HelloRetryRequest (RFC 8446, section 4.1.4): a ServerHello with one fixed random.

use super::Words;
use crate::dissect::Message;
use crate::story::fields;
use crate::story::scene::Scene;

pub fn tell(_: &Scene, message: &Message) -> Words {
    let wanted = match fields::group(message) {
        Some(group) => format!("with a public key for **{group}**"),
        None => "with other parameters".to_string(),
    };
    Words {
        what: format!("The server asks the client to send its ClientHello again, {wanted}."),
        why: "It shares a group with the client, but not one for which the client sent a key."
            .into(),
        notice:
            "On the wire this is a ServerHello whose random is a fixed value, the SHA-256 hash \
                 of `HelloRetryRequest`. It costs one more round trip."
                .into(),
        eavesdropper: "All of it: nothing is encrypted yet.".into(),
    }
}
