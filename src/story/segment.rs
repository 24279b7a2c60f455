//! The words for what is remarkable about a TCP segment: short, for the ladder, and as sentences.

use super::context::ConnectionContext;
use super::format;
use super::parties::Parties;
use crate::dissect::{Dissection, PacketView, Remark};
use crate::trace::Roles;
use std::cmp::Ordering;

/// What stands on the packet's row behind its flags and size; empty for a plain segment.
pub fn label(packet: &PacketView) -> String {
    packet.remarks.iter().map(short).collect::<Vec<_>>().join(", ")
}

fn short(remark: &Remark) -> String {
    match remark {
        Remark::Forged => "forged".into(),
        Remark::Lost => "lost".into(),
        Remark::Changed { .. } => "changed on the path".into(),
        Remark::DoubledByLink { of } => format!("second copy of packet {of}"),
        Remark::Retransmission { of, fast: false, .. } => format!("retransmission of packet {of}"),
        Remark::Retransmission { of, fast: true, .. } => {
            format!("fast retransmission of packet {of}")
        }
        Remark::DuplicateAck { nth, .. } => format!("duplicate ACK {nth}"),
        Remark::Early { .. } => "arrives out of order".into(),
        Remark::FillsGap { .. } => "fills the gap".into(),
        Remark::Known => "already received".into(),
        Remark::WindowFull => "window full".into(),
        Remark::ZeroWindow => "zero window".into(),
        Remark::WindowUpdate => "window update".into(),
    }
}

/// What there is to say about the packet beyond its header: a sentence each; empty for a plain one.
/// `roles` are those of its connection.
pub fn notes(dissection: &Dissection, roles: Roles, packet: &PacketView) -> Vec<String> {
    let tcp = Parties::new(roles.client, roles.server);
    let mut notes: Vec<String> =
        packet.remarks.iter().map(|remark| sentence(dissection, tcp, packet, remark)).collect();
    notes.extend(parts(dissection, tcp, packet));
    notes
}

fn sentence(dissection: &Dissection, tcp: Parties, packet: &PacketView, remark: &Remark) -> String {
    let (from, to) = (tcp.name(packet.from), tcp.name(packet.from.peer()));
    match remark {
        Remark::Forged => format!(
            "Someone on the path made it in the {from}'s name: the {from} never sent it, and the {to} \
             cannot tell."
        ),
        Remark::Lost => format!("The link loses it: the {to} never sees this packet."),
        Remark::Changed { bytes } => changed(packet, from, to, *bytes),
        Remark::DoubledByLink { of } => {
            format!("The {from} sent it once, as packet {of}; the link delivers it a second time.")
        }
        Remark::Retransmission { of, lost, fast } => {
            format!(
                "{} {}",
                again(dissection, packet, *of),
                reason(dissection, tcp, packet, (*of, *lost, *fast))
            )
        }
        Remark::DuplicateAck { of, nth } => format!(
            "Duplicate acknowledgment {nth}: it says the same as packet {of}, because something \
             arrived that is not the byte the {from} waits for."
        ),
        Remark::Early { missing, drops_fin } => early(packet, to, *missing, *drops_fin),
        Remark::FillsGap { released } => format!(
            "It fills a gap: with it the {to} can also pass on {} that had come too early.",
            format::bytes(*released)
        ),
        Remark::Known => format!("The {to} has all of this already and throws it away."),
        Remark::WindowFull => format!(
            "It fills the {to}'s receive window: the {from} must wait for an acknowledgment before \
             it may send more."
        ),
        Remark::ZeroWindow => format!("The {from} has no room left, and says so by a window of 0."),
        Remark::WindowUpdate => {
            format!("It only says that the {from} has room for more: {} now.", room(packet))
        }
    }
}

/// What someone on the path did to the payload: to so many bytes of it, where as many arrive as were sent.
fn changed(packet: &PacketView, from: &str, to: &str, bytes: usize) -> String {
    let sent = packet.payload_len;
    let arrived = packet.received_segment().map_or(sent, |(_, payload)| payload.len());
    let resized = format::bytes(arrived.abs_diff(sent));
    let what = match arrived.cmp(&sent) {
        Ordering::Less => format!(
            "the {to} gets it without {resized} of the payload{}",
            if packet.has_forged_fin() {
                format!(", and with a FIN that the {from} did not set")
            } else {
                String::new()
            }
        ),
        Ordering::Equal => format!(
            "{} of the payload {} not as the {from} sent {}",
            format::bytes(bytes),
            if bytes == 1 { "arrives" } else { "arrive" },
            if bytes == 1 { "it" } else { "them" },
        ),
        Ordering::Greater => {
            format!("the {to} gets {resized} of payload more than the {from} sent in it")
        }
    };
    format!("Someone on the path changes it: {what}, and the TCP checksum is right again.")
}

/// What its receiver does with a packet before which bytes are missing.
fn early(packet: &PacketView, to: &str, missing: usize, drops_fin: bool) -> String {
    let kept = match (drops_fin, packet.payload_len) {
        (false, _) => format!("the {to} keeps it and cannot pass it on yet"),
        (true, 0) => format!("the {to} drops the FIN, which has to come again"),
        (true, _) => format!(
            "the {to} keeps its data and cannot pass it on yet, and drops the FIN, which has to come again"
        ),
    };
    format!(
        "It arrives out of order: {} before it {} missing, so {kept}.",
        format::bytes(missing),
        if missing == 1 { "is" } else { "are" },
    )
}

/// Whether the packet came before missing bytes and had a FIN, which its receiver dropped.
pub fn drops_fin(packet: &PacketView) -> bool {
    packet.remarks.iter().any(|remark| matches!(remark, Remark::Early { drops_fin: true, .. }))
}

fn room(packet: &PacketView) -> String {
    format::bytes(usize::from(packet.window))
}

/// How long after the first time something is sent again.
fn again(dissection: &Dissection, packet: &PacketView, of: u32) -> String {
    let first = dissection.packets.iter().find(|first| first.number == of);
    let later = first.map_or(0, |first| packet.sent_us.saturating_sub(first.sent_us));
    format!("It repeats what packet {of} carried, {} later.", format::duration(later))
}

/// Why something is sent again.
fn reason(
    dissection: &Dissection,
    tcp: Parties,
    packet: &PacketView,
    (of, lost, fast): (u32, bool, bool),
) -> String {
    let peer = packet.from.peer();
    let to = tcp.name(peer);
    if fast {
        return format!(
            "Three duplicate acknowledgments from the {to} said that it was missing, so TCP does not wait \
             for its timer (fast retransmit)."
        );
    }
    if lost {
        return format!(
            "No acknowledgment for packet {of} came before the retransmission timer ran out: it was \
             lost."
        );
    }
    // The first copy did arrive, or will. What of the acknowledgments sent until now?
    let end = packet.seq.wrapping_add(packet.sequence_len());
    let covers = |ack: &&PacketView| {
        let of_all = ack.has_ack() && (ack.ack.wrapping_sub(end) as i32) >= 0;
        ack.from == peer && of_all && ack.sent_us <= packet.sent_us
    };
    let mut acks = dissection.packets.iter().filter(covers).peekable();
    if acks.peek().is_none() {
        let first = dissection.packets.iter().find(|first| first.number == of);
        if first.is_some_and(drops_fin) {
            return format!(
                "It was not lost, but came before bytes that were missing, and the {to} dropped the FIN."
            );
        }
        return format!(
            "It was not lost: the {to} has not acknowledged it yet when the retransmission timer runs \
             out."
        );
    }
    match acks.find_map(|ack| ack.received_us) {
        Some(at) if at > packet.sent_us => format!(
            "It was not lost: its acknowledgment is still under way when the retransmission timer \
             runs out, and arrives {} later.",
            format::duration(at - packet.sent_us)
        ),
        Some(_) => "It was not lost, and need not have been sent again.".into(),
        None => "What was sent before did arrive, but the acknowledgment is lost.".into(),
    }
}

/// The part of a record that the packet carries, where a record is spread over several segments.
fn parts(dissection: &Dissection, tcp: Parties, packet: &PacketView) -> Option<String> {
    let records = packet.records.iter().filter_map(|index| dissection.records.get(*index));
    let mut split = records.filter_map(|record| {
        let payload = packet.stream_range()?;
        let end = record.stream_offset + record.bytes.len();
        let inside = payload.start <= record.stream_offset && end <= payload.end;
        (!inside).then_some((record, payload))
    });
    let (record, payload) = split.next()?;
    let size = format::bytes(record.bytes.len());
    let end = record.stream_offset + record.bytes.len();
    let which = match (payload.start <= record.stream_offset, end <= payload.end) {
        (true, _) => "the first part",
        (_, true) => "the last part",
        _ => "a middle part",
    };
    Some(format!(
        "It carries {which} of a TLS record of {size}: TCP knows nothing of records, and the {} can \
         read this one only when all of it is there.",
        tcp.name(packet.from.peer())
    ))
}

/// The retransmission in a packet's remarks: the packet that it makes up for, whether that was lost,
/// whether fast.
pub fn retransmission(packet: &PacketView) -> Option<(u32, bool, bool)> {
    packet.remarks.iter().find_map(|remark| match remark {
        Remark::Retransmission { of, lost, fast } => Some((*of, *lost, *fast)),
        _ => None,
    })
}

/// Whether something of the packet had been sent before, or the link made it.
pub fn is_copy(packet: &PacketView) -> bool {
    let is = |remark: &Remark| {
        matches!(remark, Remark::Retransmission { .. } | Remark::DoubledByLink { .. })
    };
    packet.remarks.iter().any(is)
}

/// Whether the link lost the packet.
pub fn is_lost(packet: &PacketView) -> bool {
    packet.remarks.contains(&Remark::Lost)
}

/// Whether the other end has all bytes up to the end of this packet sooner or later.
fn arrives_whole(ctx: &ConnectionContext<'_>, packet: &PacketView) -> bool {
    let Some(end) = packet.stream_range().map(|range| range.end) else { return true };
    let arrived = ctx.dissection.packets.iter().filter(|one| {
        one.from == packet.from
            && one.received_us.is_some()
            && !one.remarks.contains(&Remark::Forged)
    });
    let mut ranges: Vec<_> = arrived.filter_map(PacketView::stream_range).collect();
    ranges.sort_by_cached_key(|range| range.start);
    let has = ranges.into_iter().fold(
        0,
        |has, range| {
            if range.start <= has { has.max(range.end) } else { has }
        },
    );
    has >= end
}

/// Whether the packet has a FIN that its sender has sent before.
fn repeats_fin(ctx: &ConnectionContext<'_>, packet: &PacketView) -> bool {
    let mut before = ctx.dissection.packets.iter().take_while(|one| one.number < packet.number);
    packet.is_fin() && before.any(|one| one.from == packet.from && one.is_fin())
}

/// The words for a packet that is sent again.
pub(super) fn sent_again(
    ctx: &ConnectionContext<'_>,
    packet: &PacketView,
    (of, lost, fast): (u32, bool, bool),
) -> (String, String, String) {
    let what = match packet.payload_len {
        0 => packet.flags.clone(),
        len if repeats_fin(ctx, packet) => format!("{} of data and its FIN", format::bytes(len)),
        len => format!("{} of data", format::bytes(len)),
    };
    let first = ctx.dissection.packets.iter().find(|first| first.number == of);
    let later = first.map_or(0, |first| packet.sent_us.saturating_sub(first.sent_us));
    let told = format!(
        "The {} sends {what} at sequence number {} **again**, {} after packet {of}.",
        ctx.tcp.name(packet.from),
        packet.seq,
        format::duration(later),
    );
    let to = ctx.tcp.name(packet.from.peer());
    let notice = if packet.remarks.contains(&Remark::Known) {
        format!("The {to} has all of it already and drops it.")
    } else if packet.payload_len > 0 && !is_lost(packet) && arrives_whole(ctx, packet) {
        "TLS does not notice: it sees a stream without gaps, only later.".into()
    } else {
        String::new()
    };
    (told, reason(ctx.dissection, ctx.tcp, packet, (of, lost, fast)), notice)
}
