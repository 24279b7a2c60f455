//! Someone on the path lets two records of the client's change places.

use super::commands::{
    ASK_AND_SHOW, CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, OTHER_NETWORK, PAYLOADS,
};
use super::needs::{NO_EARLY_DATA, NO_KEY_UPDATE, ONE_REQUEST, RECORD_FOLLOWS};
use super::{Fault, Group, Outcome, Promise, Words, on_request};
use crate::plan::Change;
use crate::trace::{Endpoint, Fate};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "reordered-records",
    title: "Reordered records",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[RECORD_FOLLOWS, NO_EARLY_DATA, ONE_REQUEST, NO_KEY_UPDATE],
    apply: |plan| on_request(plan, Change::Whole(Fate::HeldBack)),
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "The record with the client's request is held back until the close_notify after it has passed.",
    cause: "TCP puts segments into order by their numbers, and whoever is on the path can write others. \
            TLS does not put records into order: it expects them in order, and counts. The number of a \
            record goes into its nonce (RFC 9846, section 5.3), so the one that comes too early does not \
            open, and the server ends the connection with bad_record_mac. DTLS and QUIC, which run over \
            UDP, send their numbers along and can put up with it.",
    unnoticed: "The server would read things in an order in which nobody wrote them: what was meant to \
                come last could count first.",
    symptoms: &[CAPTURE_BOTH, PAYLOADS, ASK_AND_SHOW],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
