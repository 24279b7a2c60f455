//! CertificateVerify (RFC 9846, section 4.5.2; RFC 5246, section 7.4.8).

use super::row::{Context, Message};
use super::signature::{ALGORITHM, signature};
use crate::tls::{HandshakeType, ProtocolVersion};
use crate::wire::cursor::{Cursor, Decoded};
use crate::wire::node::{Field, vectors};

pub(in crate::wire) static ROW: Message = Message {
    code: HandshakeType::CERTIFICATE_VERIFY,
    field: Field::new(
        "CertificateVerify",
        "",
        "A signature over the handshake so far, made with the private key of the certificate (or raw public key) just sent: it proves that the sender has that key, here and now. [RFC 9846, section 4.5.2]",
    ),
    read,
};

vectors! {
    pub(crate) SIGNATURE = 2, "signature", "tls.handshake.client_cert_vrfy.sig", "tls.handshake.client_cert_vrfy.sig_len",
        "A signature. In TLS 1.3 it is over 64 spaces, a text that names the sender's role, and the transcript hash; in TLS 1.2 it is over all messages so far. [RFC 9846, section 4.5.2]";
}

fn read(c: &mut Cursor<'_>, context: Context) -> Decoded {
    // Before TLS 1.2 the kind of key decided on the hash.
    let named = context.version.is_none_or(|version| version >= ProtocolVersion::TLS1_2);
    signature(c, named.then_some(&ALGORITHM), &SIGNATURE)
}
