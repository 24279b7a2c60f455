//! ChangeCipherSpec (RFC 5246, section 7.1; RFC 8446, appendix D.4).

use super::{Words, sender};
use crate::dissect::Message;
use crate::story::scene::Scene;

pub fn tell(scene: &Scene, message: &Message) -> Words {
    if scene.is_tls13() {
        return Words {
            what: format!(
                "{} sends a **dummy** ChangeCipherSpec, one byte with the value 1.",
                sender(message)
            ),
            why:
                "It changes nothing: in TLS 1.3 it only makes the connection look like TLS 1.2 to \
                  middleboxes that would otherwise drop it."
                    .into(),
            notice: "The receiver throws it away, and it is not part of the transcript hash."
                .into(),
            eavesdropper:
                "All of it, as it is not encrypted: six bytes, header included, that mean \
                           nothing."
                    .into(),
        };
    }
    Words {
        what: format!(
            "{} announces that everything it sends from the next record on is encrypted under the \
             new keys.",
            sender(message)
        ),
        why: "In TLS 1.2 each end says by this one byte from where on the receiver must open its \
              records with the new keys."
            .into(),
        notice:
            "It has a content type of its own and is not a handshake message, so it does not go \
                 into the transcript hash."
                .into(),
        eavesdropper: "All of it, and that what follows from this side is ciphertext.".into(),
    }
}
