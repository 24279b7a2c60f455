//! Someone on the path strikes a cipher suite out of the ClientHello.

use super::commands::{CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, MESSAGES, OTHER_NETWORK, PAYLOADS};
use super::needs::NO_RETRY;
use super::{Fault, Group, Need, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

/// A code point that is kept free of suites (RFC 8701).
const NO_SUITE: [u8; 2] = [0x0a, 0x0a];

pub static FAULT: Fault = Fault {
    id: "tampered-client-hello",
    title: "Tampered ClientHello",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[
        Need {
            key: "suite",
            values: &["default"],
            reason: "with one suite on offer there is no other to choose",
        },
        NO_RETRY,
        Need {
            key: "client-cert",
            values: &["none"],
            reason: "in TLS 1.2 the client's CertificateVerify would be the first to tell",
        },
    ],
    apply: |plan| {
        let Some(first) = plan.client.suites.first().map(|suite| u16::from(*suite).to_be_bytes())
        else {
            return;
        };
        // Behind legacy_session_id and the length of the list.
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::Handshake,
            0,
            Change::Overwrite(first.to_vec(), NO_SUITE.to_vec()),
        ));
    },
    expect: |plan| {
        let mac = AlertDescription::BadRecordMac;
        match plan.is_tls13() {
            true => Outcome::refused(Endpoint::Client, mac, true),
            false if plan.client.extended_main_secret => {
                Outcome::refused(Endpoint::Server, mac, false)
            }
            false => Outcome::refused(Endpoint::Server, AlertDescription::DecryptError, false),
        }
    },
};

pub static WORDS: Words = Words {
    summary: "On its way to the server, one cipher suite in the ClientHello is replaced by one that does not exist, so that the server has to choose another.",
    cause: "The hellos go in the clear, and whoever is on the path can change them: to have both ends \
            settle on less than they could. The server cannot tell, and answers. But both ends hash all \
            messages as they saw them, and the keys come out of that hash: in TLS 1.3 those of the \
            handshake (RFC 9846, section 7.1), in TLS 1.2 with the extended main secret all of them (RFC \
            7627, section 4). So the two ends have different keys, and the first encrypted record does \
            not open: the one who reads it sends bad_record_mac, in TLS 1.3 encrypted under keys that \
            the other end does not have. In TLS 1.2 without the extended main secret the keys are the \
            same, and the Finished tells: decrypt_error.",
    unnoticed: "Whoever is on the path could make both ends settle on the weakest cipher suite that they \
                share.",
    symptoms: &[CAPTURE_BOTH, PAYLOADS, MESSAGES],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
