//! TCP segments without TLS bytes (RFC 9293, sections 3.5 and 3.6).

use super::{Words, closing};
use crate::dissect::{MessageKind, PacketView, Remark};
use crate::story::closing::Closing;
use crate::story::context::ConnectionContext;
use crate::story::{format, segment};
use crate::trace::Endpoint;

/// Whether the packet carries this control bit.
pub fn has(packet: &PacketView, flag: &str) -> bool {
    packet.flags.split(", ").any(|name| name == flag)
}

/// The words for a packet.
pub fn tell(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    let mut words = first_time(ctx, packet);
    if let Some(how) = segment::retransmission(packet) {
        let (what, why, notice) = segment::sent_again(ctx, packet, how);
        words = Words { what, why, notice, ..words };
    }
    let tls = if ctx.is_plain() {
        "There is no TLS here, so that is true of what TCP carries, too."
    } else {
        "TLS protects what TCP carries, not TCP itself."
    };
    Words {
        eavesdropper: format!("All of it: addresses, ports, flags and sequence numbers. {tls}"),
        ..words
    }
}

fn first_time(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    match (has(packet, "RST"), has(packet, "SYN"), has(packet, "FIN")) {
        (true, ..) => rst(ctx, packet),
        (_, true, _) if has(packet, "ACK") => syn_ack(ctx, packet),
        (_, true, _) => syn(ctx, packet),
        (.., true) => fin(ctx, packet),
        _ => ack(ctx, packet),
    }
}

/// Who sent it, with address and port.
fn address(ctx: &ConnectionContext<'_>, who: Endpoint) -> String {
    match who {
        Endpoint::Client => ctx.connection.client.to_string(),
        Endpoint::Server => ctx.connection.server.to_string(),
    }
}

fn syn(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    let (client, server) = (address(ctx, packet.from), address(ctx, packet.from.peer()));
    Words {
        what: format!(
            "The {} at `{client}` asks `{server}` for a connection and names its first sequence \
             number, **{}**.",
            ctx.tcp.name(packet.from),
            packet.seq
        ),
        why: format!(
            "{} needs a stream that arrives complete and in order, and TCP makes one out of packets: \
             both sides first agree where their numbering starts.",
            if ctx.speaks_http(packet.from) { "HTTP" } else { "TLS" }
        ),
        notice: "The first number is unpredictable, so that strangers cannot guess it and slip data in. \
                 The SYN itself counts as one number."
            .into(),
        ..Words::default()
    }
}

fn syn_ack(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    let opener = packet.from.peer();
    let syns = || ctx.dissection.packets.iter().filter(|p| p.from == opener && p.is_syn());
    // Where a SYN was sent again, the time is not one round trip.
    let first = syns().next().filter(|_| syns().count() == 1);
    let waited = first.and_then(|syn| ctx.flight(syn.sent_us, packet.received_us));
    Words {
        what: format!(
            "The {} agrees: it names its own first sequence number, **{}**, and acknowledges with \
             **{}**.",
            ctx.tcp.name(packet.from),
            packet.seq,
            packet.ack
        ),
        why: format!(
            "The acknowledgment is the {}'s number plus one, which proves that its SYN arrived.",
            ctx.tcp.name(packet.from.peer())
        ),
        notice: waited.map_or_else(String::new, |waited| {
            format!(
                "When it arrives, the {} has waited {waited} since its SYN: one full round trip.",
                ctx.tcp.name(opener)
            )
        }),
        ..Words::default()
    }
}

fn ack(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    let client = ctx.tcp.client();
    let now = format::moment(packet.sent_us.saturating_sub(ctx.start_us()));
    let who = ctx.tcp.name(packet.from);
    let soon = ctx.dissection.packets.iter().any(|other| {
        other.from == packet.from && other.sent_us == packet.sent_us && other.payload_len > 0
    });
    Words {
        what: format!(
            "The {who} acknowledges the {}'s number with **{}**; for the {who} the connection is \
             established, at **{now}**.",
            ctx.tcp.name(packet.from.peer()),
            packet.ack
        ),
        why: "Once it arrives, both sides know that the other can hear them.".into(),
        notice: if soon {
            format!(
                "The {client} does not wait for an answer: {} goes out at the same moment, so this packet \
                 costs no round trip of its own.",
                if ctx.speaks_http(packet.from) { "the request" } else { "the ClientHello" }
            )
        } else {
            "It needs no answer: data may follow at once.".into()
        },
        ..Words::default()
    }
}

fn fin(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    let who = ctx.tcp.name(packet.from);
    let carried = u32::try_from(packet.payload_len).unwrap_or_default();
    let end = packet.seq.wrapping_add(carried);
    Words {
        what: format!(
            "The {who} closes its direction of the TCP connection with **FIN**, at sequence number \
             {}.",
            end
        ),
        why: match ctx.closing {
            Some(Closing::Half(first)) if first.number == packet.number => {
                closing::half_close(ctx, packet)
            }
            _ => format!(
                "FIN says that no more bytes follow, and it counts as one number, so it is \
                 acknowledged like data. {}.",
                other_direction(ctx, packet)
            ),
        },
        notice:
            "FIN is not authenticated: anyone on the path could forge it, which is why TLS has \
                 `close_notify` of its own."
                .into(),
        ..Words::default()
    }
}

/// What becomes of the direction that a FIN does not close. One that was lost, is still under way or was
/// dropped has closed nothing.
fn other_direction(ctx: &ConnectionContext<'_>, fin: &PacketView) -> String {
    let (who, peer) = (ctx.tcp.name(fin.from), ctx.tcp.name(fin.from.peer()));
    let before = || sent_before(ctx, fin.from.peer(), fin);
    if before().any(|other| closes(other) && had_arrived(other, fin)) {
        "With it both directions are closed".into()
    } else if before().any(|other| other.has_forged_fin() && had_arrived(other, fin)) {
        format!("The {who} takes the other direction for closed, too, because of a forged FIN")
    } else if before().any(|other| closes(other) && other.received_us.is_some()) {
        format!("The {peer}'s own FIN is already under way")
    } else {
        "The other direction stays open".into()
    }
}

fn rst(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Words {
    if let Some(Closing::Reset(first)) = ctx.closing
        && first.number == packet.number
    {
        return closing::reset(ctx, packet);
    }
    let (who, other) = (ctx.tcp.name(packet.from), ctx.tcp.name(packet.from.peer()));
    if packet.remarks.contains(&Remark::Forged) {
        return Words {
            what: format!(
                "Someone on the path sends the {other} a **RST** in the {who}'s name: address, ports and \
                 sequence number are right."
            ),
            why: format!(
                "TCP has no proof of who sent a segment, so the {other} believes it and gives the \
                 connection up; the {who} never sent it."
            ),
            notice: "TLS cannot help here: it protects what TCP carries, and there is nothing to carry any \
                     more."
                .into(),
            ..Words::default()
        };
    }
    let opened = ctx.dissection.packets.iter().any(|p| p.from == packet.from && p.is_syn());
    if !opened {
        return Words {
            what: format!("The {who} answers the SYN with **RST**: there is no such connection."),
            why: format!(
                "No program listens on this port, so the {who}'s TCP refuses at once, on its own (RFC \
                 9293, section 3.5.2)."
            ),
            notice: "A host that is not there, or a firewall that drops packets, would not answer at all."
                .into(),
            ..Words::default()
        };
    }
    Words {
        what: format!("The {} aborts the TCP connection with **RST**.", ctx.tcp.name(packet.from)),
        why: "It no longer wants or knows this connection; what was still on the way is thrown \
              away."
            .into(),
        notice: if comes_late(ctx, packet) {
            format!(
                "Both directions were closed already, so the program at the {other} learns nothing of this."
            )
        } else {
            format!(
                "On a RST the other end's TCP throws away what it has not handed over yet{}, and then \
                 the program there sees only `connection reset`.",
                if has_alerted(ctx, packet.from) {
                    ", an alert that gives the reason included"
                } else {
                    ""
                }
            )
        },
        ..Words::default()
    }
}

/// Whether both ends have closed their directions before this packet, and got each other's FIN.
fn comes_late(ctx: &ConnectionContext<'_>, packet: &PacketView) -> bool {
    let has_closed = |who: Endpoint| {
        sent_before(ctx, who, packet).any(|fin| closes(fin) && had_arrived(fin, packet))
    };
    Endpoint::BOTH.into_iter().all(has_closed)
}

/// What an end sent before this packet.
fn sent_before<'a>(
    ctx: &ConnectionContext<'a>,
    who: Endpoint,
    packet: &PacketView,
) -> impl Iterator<Item = &'a PacketView> {
    let before = packet.number;
    let packets = ctx.dissection.packets.iter().take_while(move |other| other.number < before);
    packets.filter(move |other| other.from == who)
}

/// Whether a packet had arrived when another one was sent.
fn had_arrived(packet: &PacketView, other: &PacketView) -> bool {
    packet.received_us.is_some_and(|at| at <= other.sent_us)
}

/// Whether a packet closes its sender's direction once it arrives: with a FIN of its sender's own, which the
/// receiver does not drop.
fn closes(packet: &PacketView) -> bool {
    has(packet, "FIN") && !packet.remarks.contains(&Remark::Forged) && !segment::drops_fin(packet)
}

/// Whether an end has sent an alert.
fn has_alerted(ctx: &ConnectionContext<'_>, who: Endpoint) -> bool {
    let mut messages = ctx.dissection.messages.iter();
    messages.any(|message| message.from == who && matches!(message.kind, MessageKind::Alert { .. }))
}
