//! Someone on the path lets the client's request arrive twice.

use super::commands::{
    ASK_AND_SHOW, CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, OTHER_NETWORK, PAYLOADS,
};
use super::needs::{A_REQUEST, NO_EARLY_DATA};
use super::{Fault, Group, Outcome, Promise, Words, on_request};
use crate::plan::Change;
use crate::trace::{Endpoint, Fate};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "replayed-record",
    title: "Replayed record",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[NO_EARLY_DATA, A_REQUEST],
    apply: |plan| on_request(plan, Change::Whole(Fate::Repeated)),
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "Right after the record with the client's request comes a copy of it, byte for byte.",
    cause: "Someone on the path has recorded a record, cannot read it, and sends it again: to have an \
            order carried out twice. TCP does not help, since its numbers can be corrected. Each record of \
            TLS has a number that is not sent, and that goes into the nonce in TLS 1.3 (RFC 9846, \
            section 5.3) and into what the tag covers in TLS 1.2 (RFC 5246, section 6.2.3.3). The copy \
            comes under the next number, does not open, and the server ends the connection with \
            bad_record_mac. It does so before it has answered the good request, since both came at once.",
    unnoticed: "The request would be carried out twice: two orders, two payments.",
    symptoms: &[CAPTURE_BOTH, PAYLOADS, ASK_AND_SHOW],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
