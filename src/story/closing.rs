//! Whether the connection ended in another way than with both ends closing after the last response.

use super::Step;
use super::rare::rare;
use super::scene::Scene;
use super::words::packet::has;
use crate::dissect::{MessageKind, PacketView};
use crate::trace::{Endpoint, Status};

/// An uncommon way to end a connection.
#[derive(Clone, Copy)]
pub enum Closing<'a> {
    /// This FIN reached an end that sent data after it.
    Half(&'a PacketView),
    /// This RST is from an end that had no error, and that had not closed its direction before.
    Reset(&'a PacketView),
}

/// How the connection ended, where that is uncommon.
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
        let arrived = packet.received_us?;
        let answers = scene.dissection.messages.iter().any(|message| {
            message.kind == MessageKind::ApplicationData
                && message.from != who
                && message.sent_us >= arrived
        });
        answers.then_some(Closing::Half(packet))
    })
}

/// Says so at the steps that it is about.
pub fn mark(scene: &Scene, steps: &mut [Step]) {
    if let Some(closing) = closing(scene) {
        (rare().closing_steps)(scene, closing, steps);
    }
}
