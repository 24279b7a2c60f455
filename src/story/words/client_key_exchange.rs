//! ClientKeyExchange (RFC 8422, section 5.7).

use super::Words;
use crate::dissect::Message;
use crate::story::scene::Scene;
use crate::story::{fields, format};

pub fn tell(scene: &Scene, message: &Message) -> Words {
    let group = scene.group().unwrap_or_else(|| "ephemeral".into());
    let public = fields::public_key(message).map(format::excerpt).unwrap_or_default();
    let bound = scene
        .server_hello()
        .is_some_and(|hello| fields::has_extension(hello, "extended_master_secret"));
    Words {
        what: format!(
            "The client sends its half of the **{group}** exchange, public key `{public}`."
        ),
        why:
            "Now both ends can compute the pre-master secret, from it the master secret, and from \
              that the keys of both directions."
                .into(),
        notice: if bound {
            "The master secret depends on the hash of all messages up to this one, the session \
             hash, because both ends agreed on `extended_master_secret`."
                .into()
        } else {
            "The master secret depends on the pre-master secret and the two randoms.".into()
        },
        eavesdropper: "All of it: a second public key, and with two public keys alone nobody can \
                       compute the secret."
            .into(),
    }
}
