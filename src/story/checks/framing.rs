//! Are the bytes what their reader takes them for: TLS records, or HTTP?

use super::{Check, Checking, Draft};
use crate::dissect::{Message, MessageKind};
use crate::story::CheckResult;
use crate::story::context::Tls;
use crate::tls::ContentType;
use crate::trace::Endpoint;

/// Bytes that a record's fragment may have at most (RFC 9846, section 5.2; RFC 5246, section 6.2.3).
const MOST: [usize; 2] = [(1 << 14) + 256, (1 << 14) + 2048];

/// The checks that do not hold, one for each end at most: all others go without saying.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    let messages = || checking.ctx.dissection.messages.iter();
    let of = |by: Endpoint| {
        messages().filter(|one| one.from != by).find_map(|message| check(checking, message))
    };
    Endpoint::BOTH.into_iter().filter_map(of).collect()
}

fn check(checking: &Checking<'_>, message: &Message) -> Option<Check> {
    let ctx = checking.ctx;
    let by = message.from.peer();
    let step = checking.step(message)?;
    if !checking.failed(by) || message.received_us.is_none() {
        return None;
    }
    // Before there is a version, the newest standard says what a record is.
    let tls13 = ctx.version() != Some(Tls::V12);
    let draft = if message.kind == MessageKind::Http {
        // Between two ends without TLS it is what it should be.
        not_a_record(&message.bytes, tls13).filter(|_| !ctx.is_plain())?
    } else if ctx.speaks_http(by) {
        let first = ctx.records(message).next()?.bytes.first()?;
        let detail = format!("its first byte is {first:#04x}, which no line of HTTP begins with");
        Draft::new("Is it HTTP?", detail, false, "RFC 9112, section 2.1")
    } else {
        let mut records = ctx.records(message);
        records.find_map(|record| not_a_record(record.received_bytes(), tls13))?
    };
    Some(draft.result(by, step, CheckResult::Failed))
}

/// What is wrong with a header of a record; `None` if nothing is.
fn not_a_record(bytes: &[u8], tls13: bool) -> Option<Draft> {
    let &[first, _, _, high, low, ..] = bytes else { return None };
    let length = usize::from(u16::from_be_bytes([high, low]));
    let [in_tls13, in_tls12] = MOST;
    let most = if tls13 { in_tls13 } else { in_tls12 };
    let (detail, [in_tls13, in_tls12]) = if ContentType(first).name().is_none() {
        let detail = format!("the first byte is {first:#04x}, which is no content type of TLS");
        (detail, ["RFC 9846, section 5.1", "RFC 5246, section 6.2.1"])
    } else if length > most {
        let detail = format!(
            "the header says {length} bytes, and {most} are the most that a record may have"
        );
        (detail, ["RFC 9846, section 5.2", "RFC 5246, section 6.2.3"])
    } else {
        return None;
    };
    let rfc = if tls13 { in_tls13 } else { in_tls12 };
    Some(Draft::new("Do the bytes start a record of TLS?", detail, false, rfc))
}
