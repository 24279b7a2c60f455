//! Whether the connection ended in another way than with both ends closing after the last response.

use super::Step;
use super::scene::Scene;
use super::words;
use super::words::packet::has;
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

/// How the connection ended, where that is uncommon; [`Scene::closing`] keeps it.
pub fn closing<'a>(scene: &Scene<'a>) -> Option<Closing<'a>> {
    let packets = &scene.dissection.packets;
    let ends = |packet: &&PacketView| has(packet, "FIN") || has(packet, "RST");
    // The first packet of each end that closes its direction.
    let mut firsts = Endpoint::BOTH
        .into_iter()
        .filter_map(|who| packets.iter().filter(|packet| packet.from == who).find(ends));
    firsts.find_map(|packet| {
        let who = packet.from;
        if has(packet, "RST") {
            let whole = scene.connection.end(who).status == Status::Established;
            return whole.then_some(Closing::Reset(packet));
        }
        let mut messages = scene.dissection.messages.iter();
        messages.any(|message| follows(scene, packet, message)).then_some(Closing::Half(packet))
    })
}

/// Whether the message is data from an end that this FIN had reached. On a link without delay the times
/// are all the same, so the order of the packets counts as well.
pub fn follows(scene: &Scene, fin: &PacketView, message: &Message) -> bool {
    let packets = || scene.records(message).flat_map(|record| &record.packets);
    message.kind == MessageKind::ApplicationData
        && message.from != fin.from
        && fin.received_us.is_some_and(|arrived| message.sent_us >= arrived)
        && packets().all(|packet| *packet > fin.number)
}

/// Says so at the steps that it is about.
pub fn mark(scene: &Scene, steps: &mut [Step]) {
    if let Some(closing) = scene.closing {
        words::closing::tell(scene, closing, steps);
    }
}
