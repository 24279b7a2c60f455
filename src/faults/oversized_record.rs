//! The header of a record says that it is longer than any may be.

use super::commands::{ASK_AND_SHOW, CAPTURE_BOTH, DISTANCE, OTHER_NETWORK, RECORDS};
use super::needs::{A_REQUEST, NO_EARLY_DATA};
use super::{Fault, Group, Outcome, Promise, Words, on_request};
use crate::plan::Change;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "oversized-record",
    title: "Oversized record",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[NO_EARLY_DATA, A_REQUEST],
    apply: |plan| on_request(plan, Change::Header([23, 3, 3, 0xff, 0xff])),
    expect: |plan| {
        let alert = if plan.has_teaching_endpoints() {
            AlertDescription::RecordOverflow
        } else {
            AlertDescription::DecodeError
        };
        Outcome::refused(Endpoint::Server, alert, true)
    },
};

pub static WORDS: Words = Words {
    summary: "The header of the client's first record of application data says that 65535 bytes follow.",
    cause: "A record carries 16384 bytes of data at most, and what the protection adds: 256 bytes in TLS \
            1.3 (RFC 9846, section 5.2) and 2048 bytes in TLS 1.2 (RFC 5246, section 6.2.3). More is refused as \
            soon as the header is there, so that nobody has to keep room for it. It comes of a faulty \
            sender or middlebox, or of bytes that are no TLS at all: the length is then whatever stands \
            there. The header is not secret, and in TLS 1.3 part of what the tag covers. The standard \
            has the alert record_overflow for it, which the teaching endpoints send; rustls sends \
            decode_error for a header that it cannot make sense of.",
    unnoticed: "An end that believed the header would keep room for as much as anyone likes to state, and \
                wait for bytes that never come.",
    symptoms: &[CAPTURE_BOTH, RECORDS, ASK_AND_SHOW],
    fix: "Find who writes the header: captures at both ends show whether it was sent so. Then fix the \
          sender, or take out what changes it.",
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
