//! Which packets and messages are steps, in which order, and to which phase each belongs.
//!
//! Every message is a step. A packet is one where it opens or closes the TCP connection: SYN, its
//! answer, the acknowledgment that completes the three-way handshake, FIN and RST; and where it is
//! sent again. Other packets carry messages or acknowledge them and are seen at packet zoom only.

use super::context::{ConnectionContext, handshake, is_retry};
use super::words::{self, packet::has};
use super::{Phase, PhaseSpan, Step, Subject, fields, segment};
use crate::dissect::{Dissection, Epoch, Message, MessageKind, PacketView, Remark};
use crate::tls::{AlertDescription, AlertLevel};
use crate::trace::Endpoint;

/// The steps of a connection, without events and checks.
pub fn steps(ctx: &ConnectionContext<'_>) -> Vec<Step> {
    // Within one packet: messages before the FIN that rides on it.
    let messages = (0..ctx.dissection.messages.len()).map(Subject::Message);
    let subjects = messages.chain(packets(ctx.dissection));
    let mut steps: Vec<Step> = subjects.filter_map(|subject| step(ctx, subject)).collect();
    // Stable: at one moment, what opens the connection goes before messages, what closes it behind.
    steps.sort_by_cached_key(|step| (step.sent_us, completed_by(ctx, step)));
    let mut phase = Phase::Tcp;
    for (index, step) in steps.iter_mut().enumerate() {
        step.index = index;
        if order(ctx, step.phase) < order(ctx, phase) {
            step.phase = phase;
        }
        phase = step.phase;
    }
    steps
}

/// The ranges of equal phase.
pub fn phases(steps: &[Step]) -> Vec<PhaseSpan> {
    steps
        .chunk_by(|a, b| a.phase == b.phase)
        .filter_map(|chunk| {
            let (first, last) = (chunk.first()?, chunk.last()?);
            Some(PhaseSpan { phase: first.phase, first: first.index, end: last.index + 1 })
        })
        .collect()
}

/// Where a phase stands on the scrubber. TLS 1.2 sends the certificate before the key exchange.
fn order(ctx: &ConnectionContext<'_>, phase: Phase) -> u8 {
    match phase {
        Phase::Tcp => 0,
        Phase::Hello => 1,
        Phase::Keys => {
            if ctx.is_tls13() {
                2
            } else {
                3
            }
        }
        Phase::Authentication => {
            if ctx.is_tls13() {
                3
            } else {
                2
            }
        }
        Phase::Finished => 4,
        Phase::Data => 5,
        Phase::Close => 6,
    }
}

/// The last packet of a message, as that is when it is complete; what is sent again later does not
/// count.
fn completed_by(ctx: &ConnectionContext<'_>, step: &Step) -> u32 {
    let packets = ctx.dissection.packets.iter();
    let first = packets.filter(|packet| packet.sent_us <= step.sent_us);
    let own = first.map(|packet| packet.number).filter(|number| step.packets.contains(number));
    own.max().unwrap_or(0)
}

/// The packets that are steps.
fn packets(dissection: &Dissection) -> Vec<Subject> {
    let third = dissection
        .packets
        .iter()
        .position(|packet| has(packet, "SYN") && has(packet, "ACK"))
        .and_then(|answer| {
            let opener = dissection.packets.get(answer)?.from.peer();
            let later = dissection.packets.iter().enumerate().skip(answer + 1);
            let mut own = later.filter(|(_, packet)| packet.from == opener && !packet.is_syn());
            own.next().filter(|(_, packet)| packet.payload_len == 0).map(|(index, _)| index)
        });
    let is_step = |(index, packet): (usize, &PacketView)| {
        let opens_or_closes = ["SYN", "FIN", "RST"].iter().any(|flag| has(packet, flag));
        let again = segment::retransmission(packet).is_some();
        let first_copy = !matches!(packet.remarks[..], [Remark::DoubledByLink { .. }, ..]);
        let is_step = (opens_or_closes && first_copy) || again || Some(index) == third;
        is_step.then_some(Subject::Packet(index))
    };
    dissection.packets.iter().enumerate().filter_map(is_step).collect()
}

fn step(ctx: &ConnectionContext<'_>, subject: Subject) -> Option<Step> {
    match subject {
        Subject::Packet(index) => {
            let packet = ctx.dissection.packets.get(index)?;
            let phase = if ["FIN", "RST"].iter().any(|flag| has(packet, flag)) {
                Phase::Close
            } else {
                Phase::Tcp
            };
            Some(
                Step {
                    packets: vec![packet.number],
                    ..blank(subject, phase, packet_title(packet), packet.from)
                }
                .at(epoch(ctx, packet), packet.sent_us, packet.received_us),
            )
        }
        Subject::Message(index) => {
            let message = ctx.dissection.messages.get(index)?;
            let mut packets: Vec<u32> =
                ctx.records(message).flat_map(|record| record.packets.iter().copied()).collect();
            packets.extend(&message.packets);
            packets.sort_unstable();
            packets.dedup();
            let phase = message_phase(ctx, message);
            Some(
                Step {
                    packets,
                    records: message.records.clone(),
                    ..blank(subject, phase, title(message), message.from)
                }
                .at(message.epoch, message.sent_us, message.received_us),
            )
        }
    }
}

fn blank(subject: Subject, phase: Phase, title: String, from: Endpoint) -> Step {
    Step {
        index: 0,
        phase,
        subject,
        title,
        from,
        epoch: Epoch::Plain,
        sent_us: 0,
        received_us: None,
        packets: Vec::new(),
        records: Vec::new(),
        remarks: Vec::new(),
        made_by: Vec::new(),
        read_by: Vec::new(),
    }
}

impl Step {
    fn at(mut self, epoch: Epoch, sent_us: u64, received_us: Option<u64>) -> Step {
        (self.epoch, self.sent_us, self.received_us) = (epoch, sent_us, received_us);
        self
    }
}

/// The strongest keys under which something in the packet travels.
fn epoch(ctx: &ConnectionContext<'_>, packet: &PacketView) -> Epoch {
    let records = packet.records.iter().filter_map(|index| ctx.dissection.records.get(*index));
    records.map(|record| record.epoch).max().unwrap_or(Epoch::Plain)
}

/// What the ladder calls a packet.
fn packet_title(packet: &PacketView) -> String {
    match (segment::retransmission(packet), packet.payload_len) {
        (None, _) => packet.flags.clone(),
        (Some(_), 0) => format!("{}, again", packet.flags),
        (Some((_, _, true)), _) => "TCP fast retransmission".into(),
        (Some(_), _) => "TCP retransmission".into(),
    }
}

/// What the ladder calls a message.
fn title(message: &Message) -> String {
    match message.kind {
        MessageKind::Handshake(_) if is_retry(message) => "HelloRetryRequest".into(),
        MessageKind::Handshake(handshake::CERTIFICATE)
            if fields::certificates(message).is_empty() =>
        {
            format!("{}, empty", message.name)
        }
        MessageKind::Handshake(handshake::CERTIFICATE)
            if fields::raw_public_key(message).is_some() =>
        {
            format!("{}, raw public key", message.name)
        }
        MessageKind::Handshake(_) => message.name.clone(),
        MessageKind::ChangeCipherSpec => "ChangeCipherSpec".into(),
        MessageKind::Alert { .. } => message.name.clone(),
        MessageKind::ApplicationData | MessageKind::Http => words::application_title(message),
        MessageKind::Opaque => "encrypted record".into(),
    }
}

/// The phase a message belongs to by itself. A later step never goes back to an earlier phase.
fn message_phase(ctx: &ConnectionContext<'_>, message: &Message) -> Phase {
    let tls13 = ctx.is_tls13();
    match message.kind {
        MessageKind::Alert { level, description } if ends(tls13, level, description) => {
            Phase::Close
        }
        // Early data goes with the hello it follows.
        _ if message.epoch == Epoch::Early => Phase::Hello,
        MessageKind::Alert { .. } => Phase::Hello,
        MessageKind::ApplicationData | MessageKind::Opaque | MessageKind::Http => Phase::Data,
        MessageKind::ChangeCipherSpec if tls13 => Phase::Hello,
        MessageKind::ChangeCipherSpec => Phase::Finished,
        MessageKind::Handshake(kind) => match kind {
            // Where the client still has to prove itself, authentication goes on.
            handshake::FINISHED if tls13 && message.from == Endpoint::Server && proves(ctx) => {
                Phase::Authentication
            }
            handshake::FINISHED => Phase::Finished,
            _ if message.epoch == Epoch::Application => Phase::Data,
            handshake::CLIENT_HELLO | handshake::SERVER_HELLO => Phase::Hello,
            handshake::SERVER_KEY_EXCHANGE
            | handshake::SERVER_HELLO_DONE
            | handshake::CLIENT_KEY_EXCHANGE => Phase::Keys,
            handshake::NEW_SESSION_TICKET => Phase::Finished,
            _ => Phase::Authentication,
        },
    }
}

/// Whether the client answers a CertificateRequest in this handshake.
fn proves(ctx: &ConnectionContext<'_>) -> bool {
    ctx.handshake(Endpoint::Client, handshake::CERTIFICATE).is_some()
}

/// Whether an alert ends the connection: `close_notify`, and every error. In TLS 1.3 all but
/// `user_canceled` are errors, whatever their level says (RFC 9846, section 6).
fn ends(tls13: bool, level: AlertLevel, description: AlertDescription) -> bool {
    description == AlertDescription::CLOSE_NOTIFY
        || level == AlertLevel::FATAL
        || (tls13 && description != AlertDescription::USER_CANCELED)
}
