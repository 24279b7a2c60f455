//! CertificateVerify (RFC 8446, section 4.4.3; RFC 5246, section 7.4.8).

use super::Words;
use crate::dissect::Message;
use crate::story::scene::Scene;
use crate::story::{fields, format};

pub fn tell(scene: &Scene, message: &Message) -> Words {
    let who = message.from.name();
    let scheme = fields::signature_scheme(message).unwrap_or_else(|| "a signature".into());
    let size = fields::signature(message).map_or(0, <[u8]>::len);
    let what = format!(
        "The {who} signs the handshake so far with its certificate's private key: **{scheme}**, {}.",
        format::bytes(size)
    );
    let why = format!(
        "Anyone can send a copy of a certificate, but only the owner of its private key can make \
         this signature, and only for this connection: that proves who the {who} is."
    );
    let notice = if scene.is_tls13() {
        format!(
            "What is signed: 64 spaces, the text `TLS 1.3, {who} CertificateVerify`, a zero byte \
             and the transcript hash."
        )
    } else {
        "What is signed are all handshake messages before this one, byte for byte.".into()
    };
    Words { what, why, notice, eavesdropper: String::new() }
}
