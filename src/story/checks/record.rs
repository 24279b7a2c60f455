//! Do the records open?

use super::{Check, Checking, Draft};
use crate::dissect::{EarlyData, Epoch};
use crate::story::{CheckResult, format};
use crate::trace::{Endpoint, Op};

/// One check for each key that an endpoint read records with, at the first of them, and one for
/// each record that did not open.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    Endpoint::BOTH.into_iter().flat_map(|by| of(checking, by)).collect()
}

/// The records read with one key.
struct Keyed<'a> {
    key: &'a [u8],
    step: usize,
    count: usize,
}

fn of(checking: &Checking<'_>, by: Endpoint) -> Vec<Check> {
    let rfc =
        if checking.ctx.is_tls13() { "RFC 9846, section 5.2" } else { "RFC 5246, section 6.2.3.3" };
    let mut keys: Vec<Keyed<'_>> = Vec::new();
    let mut checks = Vec::new();
    for (event, op) in checking.ctx.ops(by) {
        let Op::Open { key, sequence, plaintext, ciphertext, .. } = op else { continue };
        let read = |step: &&crate::story::Step| step.read_by.contains(&event);
        let Some(step) = checking.steps.iter().find(read).map(|step| step.index) else { continue };
        if plaintext.is_none() && skipped(checking, ciphertext) {
            continue;
        }
        if plaintext.is_none() {
            let detail = refused(checking, *sequence, ciphertext);
            let question = "Does the record open with its authentication tag?";
            let draft = Draft::new(question, detail, false, rfc);
            checks.push(draft.result(by, step, CheckResult::Failed));
        } else if let Some(known) = keys.iter_mut().find(|known| known.key == key) {
            known.count += 1;
        } else {
            keys.push(Keyed { key, step, count: 1 });
        }
    }
    checks.extend(keys.into_iter().map(|Keyed { key, step, count }| {
        let detail = format!(
            "{} opened with {} in this run",
            format::plural(count, "record"),
            name(checking, key)
        );
        let question = "Do the records open with their authentication tags?";
        Draft::new(question, detail, true, rfc).result(by, step, CheckResult::Passed)
    }));
    checks
}

/// Why a record does not open, as far as it shows.
fn refused(checking: &Checking<'_>, sequence: u64, fragment: &[u8]) -> String {
    let mut records = checking.ctx.dissection.records.iter();
    match records.find(|record| record.fragment() == fragment) {
        Some(sealed) if sealed.sequence != sequence => format!(
            "it comes as record {sequence} under this key, and was sealed as record {}: the number is \
             part of the nonce",
            sealed.sequence
        ),
        _ => format!("record {sequence} under this key does not match its tag"),
    }
}

/// Whether this is early data that the server does not take: it tries each record with the handshake
/// keys, as there is no other way to tell where early data ends (RFC 9846, section 4.3.10).
fn skipped(checking: &Checking<'_>, fragment: &[u8]) -> bool {
    let parts = checking.ctx.dissection;
    let mut early = parts.records.iter().filter(|record| record.epoch == Epoch::Early);
    parts.negotiated.early_data == EarlyData::Rejected
        && early.any(|record| record.fragment() == fragment)
}

/// What the key schedule calls a key.
fn name<'a>(checking: &Checking<'a>, key: &[u8]) -> &'a str {
    let keys = &checking.ctx.dissection.keys;
    keys.iter().find(|node| node.output == key).map_or("a key of this connection", |node| node.name)
}
