//! Someone on the path changes the client's Finished.

use super::commands::{CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, MESSAGES, OTHER_NETWORK, PAYLOADS};
use super::needs::{CLIENT_ANONYMOUS, NO_EARLY_DATA, NO_RETRY};
use super::{Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

/// A bit of the ciphertext, behind the explicit nonce that AES-GCM has in TLS 1.2.
const BIT: u32 = 100;

pub static FAULT: Fault = Fault {
    id: "tampered-finished",
    title: "Tampered Finished",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[CLIENT_ANONYMOUS, NO_EARLY_DATA, NO_RETRY],
    apply: |plan| {
        // Behind the ClientHello; in TLS 1.2 behind the ClientKeyExchange as well.
        let nth = if plan.is_tls13() { 1 } else { 2 };
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::Handshake,
            nth,
            Change::FlipBit(BIT),
        ));
    },
    expect: |plan| {
        Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, plan.is_tls13())
    },
};

pub static WORDS: Words = Words {
    summary: "On its way to the server, one bit of the client's Finished is flipped.",
    cause: "Finished is the first message under the new keys in TLS 1.2, and the last of the handshake \
            in both versions. It is a MAC over all messages before it, so it would tell of any change to \
            them; and it is encrypted itself, so that a change to it does not even come so far: the \
            record's tag does not fit, and the server sends bad_record_mac. In TLS 1.2 that alert is in \
            the clear, since the server has not gone over to its keys yet, and the client has not \
            finished. In TLS 1.3 the client has, and has sent its request: it finds out when it reads.",
    unnoticed: "Finished is what tells of a change to the messages before it. Without it, whoever is on \
                the path could choose what both ends agree on.",
    symptoms: &[CAPTURE_BOTH, PAYLOADS, MESSAGES],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
