//! In place of a record's header come bytes that are none.

use super::commands::{ASK_AND_SHOW, CAPTURE_BOTH, DISTANCE, OTHER_NETWORK, RECORDS};
use super::needs::{A_REQUEST, NO_EARLY_DATA};
use super::{Fault, Group, Outcome, Promise, Words, on_request};
use crate::plan::Change;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "garbage-record",
    title: "Garbage instead of a record",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[NO_EARLY_DATA, A_REQUEST],
    apply: |plan| on_request(plan, Change::Header(*b"\0\0\0\0\0")),
    expect: |plan| {
        let alert = if plan.has_teaching_endpoints() {
            AlertDescription::UnexpectedMessage
        } else {
            AlertDescription::DecodeError
        };
        Outcome::refused(Endpoint::Server, alert, true)
    },
};

pub static WORDS: Words = Words {
    summary: "Where the header of the client's first record of application data should be, the server finds zeros.",
    cause: "A faulty middlebox or network card, a program that writes to the same socket beside TLS, a \
            proxy that puts its own header (PROXY protocol) in the middle: what comes is no record. TLS \
            has nothing to find the next record by: each header is found behind the record before it, so \
            one byte too many or a wrong one ends the connection. The standard has unexpected_message \
            for a type of record that is not known (RFC 9846, section 5), and so do the teaching \
            endpoints; rustls sends decode_error. OpenSSL reports \"wrong version number\" or \"unknown record type\".",
    unnoticed: "Without its header nobody knows where the next record begins: nothing that comes after \
                could be read.",
    symptoms: &[CAPTURE_BOTH, RECORDS, ASK_AND_SHOW],
    fix: "Find who writes those bytes: captures at both ends show whether they were sent so. Look for \
          something that writes to the socket beside TLS.",
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
