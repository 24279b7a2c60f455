//! Half-close and RST (RFC 8446, section 6.1; RFC 5246, section 7.2.1; RFC 9293, section 3.6).

use crate::dissect::{MessageKind, PacketView};
use crate::story::closing::{Closing, follows};
use crate::story::scene::Scene;
use crate::story::{Phase, Step, Subject};
use crate::tls::AlertDescription;
use crate::trace::Status;

/// What the steps that end the connection say.
pub fn tell(scene: &Scene, closing: Closing, steps: &mut [Step]) {
    match closing {
        Closing::Half(fin) => {
            steps.iter_mut().for_each(|step| half(scene, fin, step));
            go_on(scene, fin, steps);
        }
        Closing::Reset(rst) => {
            steps.iter_mut().filter(|step| scene.is_of(step, rst)).for_each(reset);
        }
    }
}

/// What is said to an end that has closed its own direction is not yet the end of the connection.
fn go_on(scene: &Scene, fin: &PacketView, steps: &mut [Step]) {
    let is_data = |step: &Step| match step.subject {
        Subject::Message(index) => scene.dissection.messages.get(index).is_some_and(|message| {
            message.kind == MessageKind::ApplicationData && message.from != fin.from
        }),
        Subject::Packet(_) => false,
    };
    let last = steps.iter().rposition(is_data).unwrap_or(0);
    for step in steps.iter_mut().take(last + 1).filter(|step| step.phase == Phase::Close) {
        step.phase = Phase::Data;
    }
}

fn half(scene: &Scene, fin: &PacketView, step: &mut Step) {
    let (who, peer) = (fin.from.name(), fin.from.peer().name());
    if scene.is_of(step, fin) {
        step.why = format!(
            "It says that no more bytes follow this way. The other way stays open (**half-close**): the \
             {peer}, in CLOSE-WAIT, may still send, and the {who} still reads."
        );
        return;
    }
    let Subject::Message(index) = step.subject else { return };
    let Some(message) = scene.dissection.messages.get(index) else { return };
    match message.kind {
        MessageKind::ApplicationData if follows(scene, fin, message) => {
            step.notice = format!(
                "It goes to an end that has closed its own direction already: the {who}'s \
                 `close_notify` and FIN ended what the {who} sends, not what it reads."
            );
        }
        MessageKind::Alert { description: AlertDescription::CLOSE_NOTIFY, .. }
            if !scene.is_tls13() => {}
        MessageKind::Alert { description: AlertDescription::CLOSE_NOTIFY, .. }
            if message.from == fin.from =>
        {
            step.why = format!(
                "In TLS 1.3 it closes one direction alone (RFC 8446, section 6.1): the {peer} may \
                 still send all of its response, and the {who} reads on."
            );
            step.notice = format!(
                "In TLS 1.2 the {peer} would have to close at once and to discard what it had not \
                 sent yet (RFC 5246, section 7.2.1)."
            );
        }
        MessageKind::Alert { description: AlertDescription::CLOSE_NOTIFY, .. } => {
            step.why = format!(
                "It is for the {who} the proof that the response ends here, and that nobody cut it \
                 off."
            );
        }
        _ => {}
    }
}

fn reset(step: &mut Step) {
    let (who, peer) = (step.from.name(), step.from.peer().name());
    step.what = format!(
        "The {who} aborts the TCP connection by **RST**, and has not said `close_notify` before."
    );
    step.why = "It has read what it wanted, and a RST frees both ends at once, without FIN and \
                without TIME-WAIT. What is still under way may be lost."
        .into();
    step.notice = format!(
        "A RST is not authenticated: for the {peer} it could come from anyone on the path who wants to \
         cut the connection off, and only a `close_notify` would have told the difference."
    );
}

/// How the connection ended, as a sentence or two.
pub fn ended(scene: &Scene, closing: Closing) -> String {
    let (Closing::Half(packet) | Closing::Reset(packet)) = closing;
    let (who, peer) = (packet.from.name(), packet.from.peer().name());
    match closing {
        Closing::Half(_) => format!(
            "The {who} closed its direction first; the {peer}'s data came through the other, which \
             stayed open."
        ),
        Closing::Reset(_) => {
            let end = scene.connection.end(packet.from.peer());
            let seen = match (&end.error, end.status, packet.received_us) {
                (_, _, None) => format!(", but the RST is lost, and the {peer} still waits"),
                (Some(error), ..) => {
                    format!(
                        ", and the {peer} reports `{}`, unable to tell by whom",
                        error.replace('`', "'")
                    )
                }
                (None, Status::Failed, _) => format!(", and the {peer} failed with it"),
                (None, ..) => String::new(),
            };
            format!("The {who} aborted it by **RST**{seen}.")
        }
    }
}
