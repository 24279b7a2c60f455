//! Did the other end say that nothing more comes, where the connection ended in an uncommon way?
use crate::tls::AlertDescription;

use super::{Check, Checking, Draft};
use crate::dissect::{Message, MessageKind};
use crate::story::closing::Closing;
use crate::story::{CheckResult, Subject, format};
use crate::trace::{Endpoint, Fate};

/// The check of the end that the other one stopped sending to.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    let closing = checking.ctx.closing.and_then(|closing| check(checking, closing));
    closing.into_iter().chain(cut_off(checking)).collect()
}

/// Where someone on the path cut the stream off, its reader misses the close_notify.
fn cut_off(checking: &Checking<'_>) -> Option<Check> {
    let records = &checking.ctx.dissection.records;
    let cut = records.iter().find(|record| record.fate == Some(Fate::CutOff))?;
    let message = checking.ctx.dissection.messages.get(*cut.messages.first()?)?;
    let by = cut.from.peer();
    let draft = said_to_close(checking, by, "a FIN", false);
    let step = checking.step(message)?;
    checking.failed(by).then(|| draft.result(by, step, CheckResult::Failed))
}

/// Whether the other end said close_notify before this came.
fn said_to_close(checking: &Checking<'_>, by: Endpoint, came: &str, holds: bool) -> Draft {
    let ctx = checking.ctx;
    let rfc = if ctx.is_tls13() { "RFC 9846, section 6.1" } else { "RFC 5246, section 7.2.1" };
    let data = |m: &&Message| {
        m.from != by && m.kind == MessageKind::ApplicationData && m.received_us.is_some()
    };
    let data: usize = ctx.dissection.messages.iter().filter(data).map(|m| m.bytes.len()).sum();
    let question = format!("Did the {} say `close_notify` after its data?", ctx.name(by.peer()));
    let detail = match data {
        0 => format!("{came} came before any data"),
        data => format!("{came} came after {} of data", format::bytes(data)),
    };
    Draft::new(question, detail, holds, rfc)
}

fn check(checking: &Checking<'_>, closing: Closing<'_>) -> Option<Check> {
    let ctx = checking.ctx;
    let (by, step, holds) = match closing {
        Closing::Half(fin) => {
            let says = |m: &&Message| {
                let closes = matches!(
                    m.kind,
                    MessageKind::Alert { description: AlertDescription::CLOSE_NOTIFY, .. }
                );
                closes && m.from != fin.from && m.received_us.is_some()
            };
            let said = ctx.dissection.messages.iter().find(says)?;
            (fin.from, checking.step(said)?, true)
        }
        Closing::Reset(rst) => {
            rst.received_us?;
            let step = checking.steps.iter().find(|step| {
                matches!(step.subject, Subject::Packet(_)) && step.packets.contains(&rst.number)
            })?;
            (rst.from.peer(), step.index, false)
        }
    };
    let came = if holds { "close_notify" } else { "a RST" };
    let result = if holds { CheckResult::Passed } else { CheckResult::Failed };
    Some(said_to_close(checking, by, came, holds).result(by, step, result))
}
