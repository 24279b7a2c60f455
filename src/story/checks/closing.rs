//! Did the other end say that nothing more comes, where the connection ended in an uncommon way?
use crate::tls::AlertDescription;

use super::{Check, Checking, Draft};
use crate::dissect::{Message, MessageKind};
use crate::story::closing::Closing;
use crate::story::{CheckResult, Subject, format};

/// The check of the end that the other one stopped sending to.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    checking.ctx.closing.and_then(|closing| check(checking, closing)).into_iter().collect()
}

fn check(checking: &Checking<'_>, closing: Closing<'_>) -> Option<Check> {
    let ctx = checking.ctx;
    let rfc = if ctx.is_tls13() { "RFC 9846, section 6.1" } else { "RFC 5246, section 7.2.1" };
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
    let data = |m: &&Message| m.from != by && m.kind == MessageKind::ApplicationData;
    let data: usize = ctx.dissection.messages.iter().filter(data).map(|m| m.bytes.len()).sum();
    let question = format!("Did the {} say `close_notify` after its data?", ctx.name(by.peer()));
    let came = if holds { "close_notify" } else { "a RST" };
    let detail = format!("{came} came after {} of data", format::bytes(data));
    let result = if holds { CheckResult::Passed } else { CheckResult::Failed };
    Some(Draft::new(question, detail, holds, rfc).result(by, step, result))
}
