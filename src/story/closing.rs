//! Whether the connection ended in another way than with both ends closing after the last response.

use super::context::ConnectionContext;
use super::words::packet::has;
use super::{Phase, Step, Subject};
use crate::dissect::{Message, MessageKind, PacketView};
use crate::trace::{Endpoint, Status};

/// An uncommon way to end a connection.
#[derive(Clone, Copy)]
pub enum Closing<'a> {
    /// This FIN reached an end that sent data after it.
    Half(&'a PacketView),
    /// This RST is from an end that had no error, and that had not closed its direction before.
    Reset(&'a PacketView),
}

/// How the connection ended, where that is uncommon; [`ConnectionContext::closing`] keeps it.
pub fn closing<'a>(ctx: &ConnectionContext<'a>) -> Option<Closing<'a>> {
    let packets = &ctx.dissection.packets;
    let ends = |packet: &&PacketView| has(packet, "FIN") || has(packet, "RST");
    // The first packet of each end that closes its direction.
    let mut firsts = Endpoint::BOTH
        .into_iter()
        .filter_map(|who| packets.iter().filter(|packet| packet.from == who).find(ends));
    firsts.find_map(|packet| {
        let who = packet.from;
        if has(packet, "RST") {
            let whole = ctx.connection.end(who).status == Status::Established;
            return whole.then_some(Closing::Reset(packet));
        }
        let mut messages = ctx.dissection.messages.iter();
        messages.any(|message| follows(ctx, packet, message)).then_some(Closing::Half(packet))
    })
}

/// Whether the message is data from an end that this FIN had reached. On a link without delay the times
/// are all the same, so the order of the packets counts as well.
pub fn follows(ctx: &ConnectionContext<'_>, fin: &PacketView, message: &Message) -> bool {
    let packets = || ctx.records(message).flat_map(|record| &record.packets);
    message.kind == MessageKind::ApplicationData
        && message.from != fin.from
        && fin.received_us.is_some_and(|arrived| message.sent_us >= arrived)
        && packets().all(|packet| *packet > fin.number)
}

/// What is said to an end that has closed its own direction is not yet the end of the connection: the
/// steps before the last data are of the phase of data.
pub fn keep_open(ctx: &ConnectionContext<'_>, steps: &mut [Step]) {
    let Some(Closing::Half(fin)) = ctx.closing else { return };
    let is_data = |step: &Step| match step.subject {
        Subject::Message(index) => ctx.dissection.messages.get(index).is_some_and(|message| {
            message.kind == MessageKind::ApplicationData && message.from != fin.from
        }),
        Subject::Packet(_) => false,
    };
    let last = steps.iter().rposition(is_data).unwrap_or(0);
    for step in steps.iter_mut().take(last + 1).filter(|step| step.phase == Phase::Close) {
        step.phase = Phase::Data;
    }
}
