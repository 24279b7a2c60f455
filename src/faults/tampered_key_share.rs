//! Someone on the path changes a bit of the client's public key.

use super::commands::{CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, MESSAGES, OTHER_NETWORK, PAYLOADS};
use super::needs::{CLIENT_ANONYMOUS, EPHEMERAL, NO_RETRY, X25519};
use super::{Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

/// What stands before an X25519 public key in key_share: the group, and the key's length.
const IN_HELLO: &[u8] = &[0x00, 0x1d, 0x00, 0x20];

/// What stands before it in ClientKeyExchange: the message's type and length, and the key's length.
const IN_EXCHANGE: &[u8] = &[0x10, 0x00, 0x00, 0x21, 0x20];

pub static FAULT: Fault = Fault {
    id: "tampered-key-share",
    title: "Tampered key share",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[EPHEMERAL, X25519, NO_RETRY, CLIENT_ANONYMOUS],
    apply: |plan| {
        let (nth, before) = if plan.is_tls13() { (0, IN_HELLO) } else { (1, IN_EXCHANGE) };
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::Handshake,
            nth,
            Change::FlipBehind(before.to_vec()),
        ));
    },
    expect: |plan| {
        let from = if plan.is_tls13() { Endpoint::Client } else { Endpoint::Server };
        Outcome::refused(from, AlertDescription::BadRecordMac, plan.is_tls13())
    },
};

pub static WORDS: Words = Words {
    summary: "On its way to the server, one bit of the client's ephemeral public key is flipped.",
    cause: "The public keys of the key exchange go in the clear: in TLS 1.3 in the ClientHello's \
            key_share, in TLS 1.2 in the ClientKeyExchange. Any 32 bytes are a public key of X25519, so \
            the server notices nothing, and computes a shared secret: another one than the client does. \
            So all keys that come from it differ, and the first encrypted record does not open: the \
            server's EncryptedExtensions in TLS 1.3, the client's Finished in TLS 1.2. Whoever reads it \
            sends bad_record_mac. To put a key of one's own in its place, and be in the middle, takes \
            the server's signature over the handshake as well.",
    unnoticed: "A flipped bit only spoils the keys. But whoever could put a public key of their own there \
                unnoticed would share the secret in the client's place.",
    symptoms: &[CAPTURE_BOTH, PAYLOADS, MESSAGES],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
