//! Someone on the path takes the client's request out.

use super::commands::{
    ASK_AND_SHOW, CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, OTHER_NETWORK, PAYLOADS,
};
use super::needs::{NO_EARLY_DATA, NO_KEY_UPDATE, ONE_REQUEST, RECORD_FOLLOWS};
use super::{Fault, Group, Outcome, Promise, Words, on_request};
use crate::plan::Change;
use crate::trace::{Endpoint, Fate};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "dropped-record",
    title: "Dropped record",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[RECORD_FOLLOWS, NO_EARLY_DATA, ONE_REQUEST, NO_KEY_UPDATE],
    apply: |plan| on_request(plan, Change::Whole(Fate::Dropped)),
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "The record with the client's request is taken out of the stream, and what follows it moves up.",
    cause: "Someone on the path leaves a whole record out and corrects TCP's sequence and acknowledgment \
            numbers, so that neither end's TCP misses anything. Records have numbers, which are not sent \
            and go into the nonce (RFC 9846, section 5.3): the next record comes under the number of the \
            one that is missing, and does not open. So the gap shows as soon as something follows it: \
            here the client's close_notify. Had nothing followed, both ends would wait: TLS tells that \
            data was taken out, and not when it should have come.",
    unnoticed: "The request would be gone, and the server would take the client for one that wants \
                nothing. Any part of a conversation could be cut out like that.",
    symptoms: &[CAPTURE_BOTH, PAYLOADS, ASK_AND_SHOW],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
