//! What each endpoint checked, with the values and the result.
//!
//! Results come from the recorded operations: a signature check from its `Verify`, a Finished from
//! the HMAC or PRF that the receiver computed, a record from its `Open`, a chain from its
//! `CertificatePath`. For a chain rustls gives one verdict; its parts are worked out again from the
//! decoded certificates, in the order in which the verifier goes through them ([`path`]).

mod certificate;
mod closing;
mod compression;
mod finished;
mod framing;
mod hello;
mod key_length;
mod key_usage;
mod path;
mod preliminary_secret;
mod raw_public_key;
mod record;
mod resumption;
mod shared;
mod signature;
mod tcp;

pub use path::Judging;

use super::context::ConnectionContext;
use super::{Check, CheckResult, Remark, Step, Subject};
use crate::dissect::Message;
use crate::trace::{ChainRefusal, Endpoint, Op, Status};
use std::cmp::Ordering;

/// What the checkers read from.
pub struct Checking<'a> {
    pub ctx: &'a ConnectionContext<'a>,
    pub steps: &'a [Step],
}

/// A family of checks.
type Checker = fn(&Checking<'_>) -> Vec<Check>;

/// All families; at one step, their checks stand in this order.
const CHECKERS: &[Checker] = &[
    tcp::checks,
    framing::checks,
    record::checks,
    shared::checks,
    resumption::on_client_hello,
    hello::on_retry_request,
    hello::on_server_hello,
    resumption::on_server_hello,
    hello::on_protocol,
    compression::checks,
    certificate::checks,
    raw_public_key::checks,
    key_usage::checks,
    preliminary_secret::checks,
    signature::checks,
    finished::checks,
    closing::checks,
];

/// All checks, ordered by step.
pub fn checks(ctx: &ConnectionContext<'_>, steps: &[Step]) -> Vec<Check> {
    let checking = Checking { ctx, steps };
    let mut checks: Vec<Check> = CHECKERS.iter().flat_map(|checker| checker(&checking)).collect();
    // What an end that only passes TLS on does not check is checked on the other hop, and told there.
    checks.retain(|check| !ctx.connection.roles.passes_on(check.by));
    for check in checks.iter_mut().filter(|check| check.result == CheckResult::Failed) {
        check.said = ctx.connection.end(check.by).error.clone();
    }
    checks.sort_by_cached_key(|check| check.step);
    checks
}

impl Checking<'_> {
    /// The step of a message.
    fn step(&self, message: &Message) -> Option<usize> {
        let is = |step: &&Step| step.subject == Subject::Message(message.index);
        self.steps.iter().find(is).map(|step| step.index)
    }

    /// The step at which `who` gave up.
    fn gave_up_at(&self, who: Endpoint) -> Option<usize> {
        let (event, _) = self.ctx.ops(who).find(|(_, op)| matches!(op, Op::Failed { .. }))?;
        Step::of_event(self.steps, event)
    }

    /// Whether the records of a message opened for its reader, as far as its operations tell.
    fn opens(&self, message: &Message) -> bool {
        let refused = |fragment: &[u8]| {
            self.ctx.ops(message.from.peer()).any(|(_, op)| {
                matches!(op, Op::Open { plaintext: None, ciphertext, .. } if ciphertext == fragment)
            })
        };
        self.ctx.records(message).all(|record| !refused(record.received_fragment()))
    }

    /// Whether the reader of a message, whose step this is, made use of it: it opened, and the reader had
    /// not given up before.
    fn uses(&self, message: &Message, step: usize) -> bool {
        let unread = |remark: &Remark| matches!(remark, Remark::Unread { .. });
        let step = self.steps.get(step);
        self.opens(message) && step.is_some_and(|step| !step.remarks.iter().any(unread))
    }

    /// Whether `who` ended in failure.
    fn failed(&self, who: Endpoint) -> bool {
        self.ctx.connection.end(who).status == Status::Failed
    }
}

/// A check before its result is known.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What is asked.
    pub question: String,
    /// The values that are compared.
    pub detail: String,
    /// Whether it holds by our own reckoning.
    pub holds: bool,
    /// Where the rule stands.
    pub rfc: &'static str,
    /// Of a check on a chain: how it is refused where this does not hold.
    pub refusal: Option<ChainRefusal>,
}

impl Draft {
    fn new(question: impl Into<String>, detail: String, holds: bool, rfc: &'static str) -> Draft {
        Draft { question: question.into(), detail, holds, rfc, refusal: None }
    }

    fn or(self, refusal: ChainRefusal) -> Draft {
        Draft { refusal: Some(refusal), ..self }
    }

    fn result(self, by: Endpoint, step: usize, result: CheckResult) -> Check {
        let Draft { question, detail, rfc, refusal, .. } = self;
        Check { by, step, question, detail, result, said: None, rfc, refusal }
    }
}

/// Results for checks in the order of checking, of which the one at `culprit` failed: those before it held,
/// and those behind it were not reached.
fn up_to(drafts: Vec<Draft>, culprit: usize, by: Endpoint, step: usize) -> Vec<Check> {
    let result = |at: usize| match at.cmp(&culprit) {
        Ordering::Less => CheckResult::Passed,
        Ordering::Equal => CheckResult::Failed,
        Ordering::Greater => CheckResult::NotReached,
    };
    let drafts = drafts.into_iter().enumerate();
    drafts.map(|(at, draft)| draft.result(by, step, result(at))).collect()
}

/// Results for checks that stand on their own: one that does not hold made its endpoint fail. Where
/// the endpoint did not fail it did not make that check, so there is nothing to show.
fn alone(checking: &Checking<'_>, drafts: Vec<Draft>, by: Endpoint, step: usize) -> Vec<Check> {
    let failed = checking.failed(by);
    drafts
        .into_iter()
        .filter_map(|draft| match (draft.holds, failed) {
            (true, _) => Some(draft.result(by, step, CheckResult::Passed)),
            (false, true) => Some(draft.result(by, step, CheckResult::Failed)),
            (false, false) => None,
        })
        .collect()
}
