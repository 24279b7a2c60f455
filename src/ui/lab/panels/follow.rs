//! Which panel goes with a step, until a person chooses one.

use crate::dissect::MessageKind;
use crate::route::{Panel, Perspective};
use crate::run::Run;
use crate::story::{Step, Subject};
use crate::tls::{AlertDescription, HandshakeType};
use crate::ui::state::Lab;
use leptos::prelude::Read;

/// The panel shown, tracked: the chosen one, or the one that goes with the step.
pub fn shown(lab: Lab) -> Panel {
    if let Some(chosen) = lab.link.read().view.panel {
        return chosen;
    }
    let listening = lab.eyes() == Perspective::Eavesdropper;
    let is_whole = lab.here().is_none();
    let beside = |run: &Run, step: &Step| match why_it_failed(run, step) {
        // What goes on inside the ends shows to nobody outside.
        _ if listening && !matches!(step.subject, Subject::Packet(_)) => Panel::Knows,
        Some(panel) => panel,
        None if is_whole => Panel::Knows,
        None => goes_with(run, step),
    };
    lab.with_step(beside).unwrap_or(Panel::Knows)
}

/// Of a run that failed by this step: where it is told why.
fn why_it_failed(run: &Run, step: &Step) -> Option<Panel> {
    let story = run.story();
    match story.noticed_at {
        Some(at) => (at <= step.index).then_some(Panel::Checks),
        None => {
            let is_last = step.index + 1 == story.steps.len();
            (story.outcome.noticed_by.is_some() && is_last).then_some(Panel::Errors)
        }
    }
}

fn goes_with(run: &Run, step: &Step) -> Panel {
    let Subject::Message(at) = step.subject else { return Panel::Tcp };
    match run.dissection().messages.get(at).map(|message| message.kind) {
        Some(MessageKind::Handshake(kind)) => match kind {
            HandshakeType::CERTIFICATE
            | HandshakeType::COMPRESSED_CERTIFICATE
            | HandshakeType::CERTIFICATE_REQUEST => Panel::Certificates,
            HandshakeType::CERTIFICATE_VERIFY | HandshakeType::FINISHED => Panel::Checks,
            _ => Panel::Keys,
        },
        Some(MessageKind::Alert { description, .. })
            if description != AlertDescription::CLOSE_NOTIFY =>
        {
            Panel::Errors
        }
        Some(MessageKind::ChangeCipherSpec) => Panel::Keys,
        _ => Panel::Knows,
    }
}
