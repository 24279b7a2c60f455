//! Where a faulty run leaves the good one.

use super::{Step, Story, Subject};
use crate::trace::Endpoint;

/// The point at which two runs part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The first step of the bad run that is not as in the good one. Where the bad run merely stops
    /// early, its last step.
    pub step: usize,
    /// The step of the good run in its place; `None` where the good run has no more.
    pub instead_of: Option<usize>,
    /// The end that noticed: the first to give up.
    pub noticed_by: Option<Endpoint>,
    /// The fatal alert: position in [`crate::dissect::Dissection::messages`] of the bad run.
    pub alert: Option<usize>,
    /// The step of that alert.
    pub alert_step: Option<usize>,
    /// The client's error text.
    pub client_error: Option<String>,
    /// The server's error text.
    pub server_error: Option<String>,
}

/// The first step in which `bad` differs from `good`, by what is sent and by whom; `None` if they
/// take the same steps.
pub fn first_difference(good: &Story, bad: &Story) -> Option<Divergence> {
    let same =
        |a: &Step, b: &Step| a.title == b.title && a.from == b.from && is_packet(a) == is_packet(b);
    let common = good.steps.iter().zip(&bad.steps).take_while(|(a, b)| same(a, b)).count();
    if common == good.steps.len() && common == bad.steps.len() {
        return None;
    }
    let alert = bad.outcome.alert;
    let is_alert = |step: &&Step| alert.is_some_and(|m| step.subject == Subject::Message(m));
    Some(Divergence {
        step: common.min(bad.steps.len().saturating_sub(1)),
        instead_of: good.steps.get(common).map(|step| step.index),
        noticed_by: bad.outcome.noticed_by,
        alert,
        alert_step: bad.steps.iter().find(is_alert).map(|step| step.index),
        client_error: bad.outcome.client.error.clone(),
        server_error: bad.outcome.server.error.clone(),
    })
}

fn is_packet(step: &Step) -> bool {
    matches!(step.subject, Subject::Packet(_))
}
