//! TCP segments without TLS octets (RFC 9293, sections 3.5 and 3.6).

use super::Words;
use crate::dissect::PacketView;
use crate::story::scene::Scene;
use crate::story::{format, segment};
use crate::trace::Endpoint;

/// Whether the packet carries this control bit.
pub fn has(packet: &PacketView, flag: &str) -> bool {
    packet.flags.split(", ").any(|name| name == flag)
}

/// The words for a packet.
pub fn tell(scene: &Scene, packet: &PacketView) -> Words {
    let mut words = first_time(scene, packet);
    if let Some(how) = segment::retransmission(packet) {
        let (what, why, notice) = segment::sent_again(scene, packet, how);
        words = Words { what, why, notice, ..words };
    } else if segment::is_lost(packet) {
        words.notice = "The link loses this packet: it never arrives.".into();
    }
    Words {
        eavesdropper: "All of it: addresses, ports, flags and sequence numbers. TLS protects what \
                       TCP carries, not TCP itself."
            .into(),
        ..words
    }
}

fn first_time(scene: &Scene, packet: &PacketView) -> Words {
    match (has(packet, "RST"), has(packet, "SYN"), has(packet, "FIN")) {
        (true, ..) => rst(scene, packet),
        (_, true, _) if has(packet, "ACK") => syn_ack(scene, packet),
        (_, true, _) => syn(scene, packet),
        (.., true) => fin(scene, packet),
        _ => ack(scene, packet),
    }
}

/// Who sent it, with address and port.
fn address(scene: &Scene, who: Endpoint) -> String {
    match who {
        Endpoint::Client => scene.connection.client.to_string(),
        Endpoint::Server => scene.connection.server.to_string(),
    }
}

fn syn(scene: &Scene, packet: &PacketView) -> Words {
    let (client, server) = (address(scene, packet.from), address(scene, packet.from.peer()));
    Words {
        what: format!(
            "The {} at `{client}` asks `{server}` for a connection and names its first sequence \
             number, **{}**.",
            packet.from.name(),
            packet.seq
        ),
        why: "TLS needs a stream that arrives complete and in order, and TCP makes one out of \
              packets: both sides first agree where their numbering starts."
            .into(),
        notice: "The first number is random, so that strangers cannot guess it and slip data in. \
                 The SYN itself counts as one number."
            .into(),
        ..Words::default()
    }
}

fn syn_ack(scene: &Scene, packet: &PacketView) -> Words {
    let time = scene.flight(packet.sent_us, packet.received_us);
    Words {
        what: format!(
            "The {} agrees: it names its own first sequence number, **{}**, and acknowledges with \
             **{}**.",
            packet.from.name(),
            packet.seq,
            packet.ack
        ),
        why: format!(
            "The acknowledgment is the {}'s number plus one, which proves that its SYN arrived.",
            packet.from.peer().name()
        ),
        notice: time.map_or_else(String::new, |time| {
            format!("It is {time} on the way, so the client waits a full round trip for it.")
        }),
        ..Words::default()
    }
}

fn ack(scene: &Scene, packet: &PacketView) -> Words {
    let now = format::moment(packet.sent_us);
    let soon = scene.dissection.packets.iter().any(|other| {
        other.from == packet.from && other.sent_us == packet.sent_us && other.payload_len > 0
    });
    Words {
        what: format!(
            "The {} acknowledges the {}'s number with **{}**, and the connection stands at \
             **{now}**.",
            packet.from.name(),
            packet.from.peer().name(),
            packet.ack
        ),
        why: "After this third packet both sides know that the other can hear them.".into(),
        notice: if soon {
            "The client does not wait for an answer: the ClientHello goes out at the same moment, so \
             TCP costs one round trip and not more."
                .into()
        } else {
            "TCP costs one round trip before TLS can begin.".into()
        },
        ..Words::default()
    }
}

fn fin(scene: &Scene, packet: &PacketView) -> Words {
    let who = packet.from.name();
    let carried = u32::try_from(packet.payload_len).unwrap_or_default();
    let end = packet.seq.wrapping_add(carried);
    let answered = scene.dissection.packets.iter().any(|other| {
        other.from != packet.from && other.number < packet.number && has(other, "FIN")
    });
    Words {
        what: format!(
            "The {who} closes its direction of the TCP connection by **FIN**, at sequence number \
             {}.",
            end
        ),
        why: format!(
            "FIN says that no more bytes follow, and it counts as one number, so it is \
             acknowledged like data: {}.",
            if answered {
                "with it both directions are closed"
            } else {
                "the other direction stays open"
            }
        ),
        notice:
            "FIN is not authenticated: anyone on the path could forge it, which is why TLS has \
                 `close_notify` of its own."
                .into(),
        ..Words::default()
    }
}

fn rst(_: &Scene, packet: &PacketView) -> Words {
    Words {
        what: format!("The {} aborts the TCP connection by **RST**.", packet.from.name()),
        why: "It no longer wants or knows this connection; what was still on the way is thrown \
              away."
            .into(),
        notice: "A RST can overtake the alert that gives the reason, and then the other end sees \
                 only `connection reset`."
            .into(),
        ..Words::default()
    }
}
