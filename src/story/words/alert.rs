//! Alerts (RFC 8446, section 6; RFC 5246, section 7.2).

use super::{Words, sender, under_way};
use crate::dissect::{Message, MessageKind};
use crate::story::scene::Scene;

/// What an alert means, by its code.
const MEANING: &[(u8, &str)] = &[
    (10, "a message came that does not belong at this point of the handshake"),
    (20, "a record did not open: its authentication tag is wrong"),
    (22, "a record is longer than the limit"),
    (40, "the two ends have no acceptable set of parameters in common"),
    (42, "the certificate is not acceptable: broken, wrongly signed, or not for this name"),
    (43, "the certificate is of a kind that cannot be used here"),
    (44, "the certificate was revoked by its issuer"),
    (45, "the certificate is outside its validity period"),
    (46, "something about the certificate makes it unacceptable"),
    (47, "a field has a value that is impossible or does not fit the others"),
    (48, "the certificate leads to no authority that this end trusts"),
    (49, "the certificate is good, but its owner may not enter"),
    (50, "a message could not be decoded"),
    (51, "a signature or a Finished value is wrong"),
    (70, "the peer's protocol version is not supported"),
    (71, "what the peer offers is not secure enough"),
    (80, "something went wrong inside this end, not in the peer's messages"),
    (86, "the client retried with a lower version than it needed"),
    (109, "an extension is missing that must be there"),
    (110, "an extension came that was not asked for"),
    (112, "the server knows no such name"),
    (113, "the certificate status response is not acceptable"),
    (115, "the pre-shared key is not known"),
    (116, "a client certificate is required and none came"),
    (120, "the two ends have no application protocol in common"),
];

pub fn tell(scene: &Scene, message: &Message) -> Words {
    let MessageKind::Alert { level, description } = message.kind else {
        return super::other::tell(scene, message);
    };
    match description {
        0 => close_notify(scene, message),
        _ => failure(scene, message, level, description),
    }
}

fn close_notify(scene: &Scene, message: &Message) -> Words {
    let first = !scene.dissection.messages.iter().any(|other| {
        other.index < message.index
            && matches!(other.kind, MessageKind::Alert { description: 0, .. })
    });
    Words {
        what: format!(
            "{} says by `close_notify` that it will send no more{}.",
            sender(message),
            if first { "" } else { ", in answer to the other end's" },
        ),
        why: "Without it the receiver could not tell a proper end from a connection that someone \
              cut off to hide the rest of the data."
            .into(),
        notice: "It is an alert, but not an error; TCP's FIN comes after it.".into(),
        eavesdropper: String::new(),
    }
}

fn failure(scene: &Scene, message: &Message, level: u8, description: u8) -> Words {
    let meaning = MEANING.iter().find(|row| row.0 == description).map(|row| row.1);
    let level = match level {
        1 => "warning",
        _ => "fatal",
    };
    let error = scene.connection.end(message.from).error.as_ref();
    let own = error.map_or_else(String::new, |error| {
        format!(" The {}'s own error text is `{}`.", message.from.name(), error.replace('`', "'"))
    });
    let arrives = under_way(scene, message)
        .map_or_else(String::new, |time| format!(", and learns of it {time} later"));
    Words {
        what: format!(
            "{} gives up with a {level} alert, `{}` ({description}).{own}",
            sender(message),
            message.name
        ),
        why: match meaning {
            Some(meaning) => format!("It means: {meaning}."),
            None => "It tells the other end that this connection cannot go on.".into(),
        },
        notice: format!(
            "The {} sees the code alone, not the reason behind it{arrives}.",
            message.from.peer().name()
        ),
        eavesdropper: String::new(),
    }
}
