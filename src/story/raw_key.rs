//! Whether the server shows a raw public key in place of a certificate (RFC 7250).

use super::Story;
use super::scene::{Scene, handshake};
use super::{fields, words};
use crate::dissect::Message;
use crate::trace::Endpoint;

/// The server's Certificate message, if it holds a raw public key.
pub fn raw_key<'a>(scene: &Scene<'a>) -> Option<&'a Message> {
    let message = scene.handshake(Endpoint::Server, handshake::CERTIFICATE)?;
    fields::raw_public_key(message).map(|_| message)
}

/// Tells the story of it.
pub fn mark(scene: &Scene, story: &mut Story) {
    if let Some(message) = raw_key(scene) {
        words::raw_key::tell(scene, message, story);
    }
}
