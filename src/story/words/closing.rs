//! Half-close and RST (RFC 9846, section 6.1; RFC 5246, section 7.2.1; RFC 9293, section 3.6).

use super::Words;
use crate::dissect::{Message, PacketView};
use crate::story::closing::Closing;
use crate::story::context::ConnectionContext;
use crate::trace::Status;

/// What a FIN means that leaves the other direction open.
pub fn half_close(ctx: &ConnectionContext<'_>, fin: &PacketView) -> String {
    let (who, peer) = (ctx.tcp.name(fin.from), ctx.tcp.name(fin.from.peer()));
    format!(
        "It says that no more bytes follow this way. The other way stays open (**half-close**): the \
         {peer}, in CLOSE-WAIT, may still send, and the {who} still reads."
    )
}

/// Why a `close_notify` is there, and what to notice, where one direction is closed before the other.
/// `None` where there is nothing to add.
pub fn close_notify(
    ctx: &ConnectionContext<'_>,
    message: &Message,
) -> Option<(String, Option<String>)> {
    let Some(Closing::Half(fin)) = ctx.closing.filter(|_| ctx.is_tls13()) else { return None };
    let (who, peer) = (ctx.name(fin.from), ctx.name(fin.from.peer()));
    if message.from != fin.from {
        let why = format!(
            "For the {who} it is the proof that the response ends here, and that nobody cut it off."
        );
        return Some((why, None));
    }
    let why = format!(
        "In TLS 1.3 it closes one direction alone (RFC 9846, section 6.1): the {peer} may still send \
         all of its response, and the {who} reads on."
    );
    let notice = format!(
        "In TLS 1.2 the {peer} would have to close at once and to discard what it had not sent yet \
         (RFC 5246, section 7.2.1)."
    );
    Some((why, Some(notice)))
}

/// The RST of an end that had no error, and has not closed its direction before.
pub fn reset(ctx: &ConnectionContext<'_>, rst: &PacketView) -> Words {
    let (who, peer) = (ctx.tcp.name(rst.from), ctx.tcp.name(rst.from.peer()));
    Words {
        what: format!(
            "The {who} aborts the TCP connection with **RST**, and has not said `close_notify` before."
        ),
        why: "It has read what it wanted, and a RST frees both ends at once, without FIN and \
              without TIME-WAIT. What is still under way may be lost."
            .into(),
        notice: format!(
            "A RST is not authenticated: for the {peer} it could come from anyone on the path who \
             wants to cut the connection off, and only a `close_notify` would have told the \
             difference."
        ),
        ..Words::default()
    }
}

/// How the connection ended, as a sentence or two.
pub fn ended(ctx: &ConnectionContext<'_>, closing: Closing<'_>) -> String {
    let (Closing::Half(packet) | Closing::Reset(packet)) = closing;
    let (who, peer) = (ctx.tcp.name(packet.from), ctx.tcp.name(packet.from.peer()));
    match closing {
        Closing::Half(_) => format!(
            "The {who} closed its direction first; the {peer}'s data came through the other, which \
             stayed open."
        ),
        Closing::Reset(_) => {
            let end = ctx.connection.end(packet.from.peer());
            let seen = match (&end.error, end.status, packet.received_us) {
                (_, _, None) => format!(", but the RST is lost, and the {peer} still waits"),
                (Some(error), ..) => {
                    format!(
                        ", and the {peer} reports `{}` and cannot tell who sent it",
                        error.replace('`', "'")
                    )
                }
                (None, Status::Failed, _) => format!(", and the {peer} failed with it"),
                (None, ..) => String::new(),
            };
            format!("The {who} aborted it with **RST**{seen}.")
        }
    }
}
