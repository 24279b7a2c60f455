//! A raw public key in place of the server's certificate (RFC 7250).

use crate::dissect::{Message, MessageKind};
use crate::story::scene::{Scene, handshake};
use crate::story::{Step, Story, Subject, fields, format};
use crate::trace::Endpoint;

/// What is said of a certificate, and what is true of a key without one.
const INSTEAD: &[(&str, &str)] = &[
    ("with its certificate's private key", "with its private key"),
    ("send a copy of a certificate", "send a copy of a public key"),
    ("proves who the server is", "proves that it is the server whose key the client was told"),
    ("made with the key in the server's certificate", "made with the key that the server showed"),
    ("the private key of the server's certificate", "the private key of the server"),
    ("the server's certificate", "the server's public key"),
    (
        "The server proved who it is",
        "The server proved that it has the key that the client was told",
    ),
];

/// Tells the story of the key in `message`.
pub fn tell(scene: &Scene, message: &Message, story: &mut Story) {
    for step in story.steps.iter_mut().filter(|step| step.from == Endpoint::Server) {
        correct(&mut step.what);
        correct(&mut step.why);
    }
    for fact in &mut story.facts {
        if fact.name == "the server's certificate" {
            (fact.client, fact.server) = (Some(0), Some(0));
            fact.why = "The client was told it beforehand; what the server shows of it in this \
                        connection is encrypted under the handshake keys."
                .into();
        }
        correct(&mut fact.name);
    }
    story.checks.iter_mut().for_each(|check| correct(&mut check.question));
    correct(&mut story.ending);
    let mut first = Some(());
    for step in &mut story.steps {
        match kind(scene, step) {
            Some((Endpoint::Server, handshake::CERTIFICATE)) => shown(scene, message, step),
            Some((Endpoint::Client, handshake::CLIENT_HELLO)) if first.take().is_some() => {
                step.notice = "By `server_certificate_type` it asks for a **RawPublicKey**: it knows \
                               the server's key already, and needs no certificate that vouches for it."
                    .into();
            }
            Some((Endpoint::Server, handshake::ENCRYPTED_EXTENSIONS)) => {
                step.notice =
                    "Its `server_certificate_type` says that a **RawPublicKey** will stand \
                               where the certificates stand otherwise."
                        .into();
            }
            _ => {}
        }
    }
}

fn correct(text: &mut String) {
    for (of_certificate, of_key) in INSTEAD {
        if text.contains(of_certificate) {
            *text = text.replace(of_certificate, of_key);
        }
    }
}

/// Sender and type of the handshake message that the step is about.
fn kind(scene: &Scene, step: &Step) -> Option<(Endpoint, handshake)> {
    let Subject::Message(index) = step.subject else { return None };
    match scene.dissection.messages.get(index)?.kind {
        MessageKind::Handshake(kind) => Some((step.from, kind)),
        _ => None,
    }
}

fn shown(scene: &Scene, message: &Message, step: &mut Step) {
    let Some(key) = fields::raw_public_key(message) else { return };
    step.title = format!("{}, raw public key", message.name);
    step.what = format!(
        "The server shows its public key alone, a SubjectPublicKeyInfo of {} (`{}`): no name, no dates, \
         no issuer and no signature.",
        format::bytes(key.len()),
        key.display,
    );
    step.why =
        "The client was told this key beforehand, as by pinning or by a DANE record in the DNS, \
                so it has only to compare; no authority is needed."
            .into();
    step.notice =
        "What a certificate says must come from elsewhere: whose key this is, how long it is \
                   good, and how to revoke it."
            .into();
    if !scene.is_encrypted(message) {
        step.eavesdropper = "All of it: the key is in the clear.".into();
    }
}
