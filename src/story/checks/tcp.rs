//! Was there a TCP connection, and did it last?

use super::{Check, Checking, Draft};
use crate::dissect::{PacketView, Remark};
use crate::story::{CheckResult, Subject};

/// What failed with a RST that answers a SYN, or that someone on the path forged.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    let resets = checking.ctx.dissection.packets.iter().filter(|packet| packet.is_rst());
    resets.filter_map(|packet| check(checking, packet)).collect()
}

fn check(checking: &Checking<'_>, packet: &PacketView) -> Option<Check> {
    let ctx = checking.ctx;
    let by = packet.from.peer();
    packet.received_us.filter(|_| checking.failed(by))?;
    let who = ctx.tcp.name(packet.from);
    let opened = ctx.dissection.packets.iter().any(|p| p.from == packet.from && p.is_syn());
    let draft = if packet.remarks.contains(&Remark::Forged) {
        let question = format!("Is the connection to the {who} still there?");
        let detail = "a RST with the right numbers came, and TCP cannot tell who sent it".into();
        Draft::new(question, detail, false, "RFC 9293, section 3.10.7.4")
    } else if !opened {
        let question = format!("Does a program of the {who}'s listen on this port?");
        let detail = format!("a RST came in answer to the SYN to {}", ctx.connection.server);
        Draft::new(question, detail, false, "RFC 9293, section 3.5.2")
    } else {
        return None;
    };
    let step = checking.steps.iter().find(|step| {
        matches!(step.subject, Subject::Packet(_)) && step.packets.contains(&packet.number)
    })?;
    Some(draft.result(by, step.index, CheckResult::Failed))
}
