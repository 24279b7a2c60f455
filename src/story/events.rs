//! Which events belong to which step.
//!
//! The rule: **an operation belongs to the message that carries its value.** A packet sent or
//! received belongs to the steps it carries; a record sealed or opened to the messages in it; a
//! transcript update to the message with the same bytes; a key pair, signature, random or
//! `verify_data` to the hello, key exchange, CertificateVerify or Finished in which it travels; the
//! judgement of a chain to the Certificate that brought it.
//!
//! An operation that no message carries (a derivation, the installation of a key) belongs to the
//! step that its endpoint was last seen to work at. A few are made just before what they are for
//! and belong to the next operation instead: [`looks_ahead`]. An error belongs to the message that
//! was read last. What the sender of a step does is
//! `made_by`, what the other end does is `read_by`.

use super::context::{ConnectionContext, handshake};
use super::{Step, Subject};
use crate::dissect::{Message, MessageKind, Record};
use crate::trace::{Endpoint, Op};

/// The steps that an event belongs to; `moves` if its endpoint works at the last of them from now
/// on.
struct Anchor {
    steps: Vec<usize>,
    moves: bool,
}

/// Fills in `made_by` and `read_by`.
pub fn assign(ctx: &ConnectionContext<'_>, steps: &mut [Step]) {
    let index = Index::new(ctx, steps);
    for who in Endpoint::BOTH {
        let ops: Vec<(usize, &Op)> = ctx.ops(who).collect();
        for (event, step) in ops.iter().map(|op| op.0).zip(index.places(who, &ops)) {
            for step in step {
                let Some(step) = steps.get_mut(step) else { continue };
                let list = if step.from == who { &mut step.made_by } else { &mut step.read_by };
                list.push(event);
            }
        }
    }
}

/// Finds the steps of messages, records and packets.
struct Index<'a> {
    ctx: &'a ConnectionContext<'a>,
    /// Step of each message.
    of_message: Vec<Option<usize>>,
    /// Packet numbers of each step.
    packets: Vec<Vec<u32>>,
    /// Sender of each step.
    from: Vec<Endpoint>,
}

impl<'a> Index<'a> {
    fn new(ctx: &'a ConnectionContext<'a>, steps: &[Step]) -> Index<'a> {
        let mut of_message = vec![None; ctx.dissection.messages.len()];
        for step in steps {
            if let Subject::Message(message) = step.subject
                && let Some(slot) = of_message.get_mut(message)
            {
                *slot = Some(step.index);
            }
        }
        let packets = steps.iter().map(|step| step.packets.clone()).collect();
        Index { ctx, of_message, packets, from: steps.iter().map(|step| step.from).collect() }
    }

    /// The steps of each of `ops`, which are all operations of `who` in order.
    fn places(&self, who: Endpoint, ops: &[(usize, &Op)]) -> Vec<Vec<usize>> {
        let anchors: Vec<Option<Anchor>> = ops.iter().map(|op| self.anchor(who, op.1)).collect();
        let mut at: Option<usize> = None;
        let mut reads: Option<usize> = None;
        // What is computed before the first message (a binder's key) is for that message.
        let mut begun = false;
        let mut places: Vec<Option<Vec<usize>>> = Vec::with_capacity(ops.len());
        for (place, (anchor, (_, op))) in anchors.into_iter().zip(ops).enumerate() {
            let next = ops.get(place + 1).map(|next| next.1);
            places.push(match anchor {
                Some(anchor) => {
                    if anchor.moves {
                        let is_message = |step: &usize| self.of_message.contains(&Some(*step));
                        begun |= anchor.steps.iter().any(is_message);
                        at = anchor.steps.last().copied().or(at);
                        let peers = |step: &usize| self.from.get(*step) == Some(&who.peer());
                        reads = at.filter(peers).or(reads);
                    }
                    Some(anchor.steps)
                }
                // An error is noted after the alert is sent, and is about what was read before.
                None if matches!(op, Op::Failed { .. }) => reads.map(|step| vec![step]),
                None if looks_ahead(op, next) || (!begun && derives(op)) => None,
                None => at.map(|step| vec![step]),
            });
        }
        // What looks ahead, and what came before the first step, takes the place of the next.
        let mut next = at.map(|step| vec![step]).unwrap_or_default();
        for place in places.iter_mut().rev() {
            next = place.get_or_insert(next).clone();
        }
        places.into_iter().flatten().collect()
    }

    /// The messages that carry the value of `op`, if any do.
    fn anchor(&self, who: Endpoint, op: &Op) -> Option<Anchor> {
        let own = |kinds: &[handshake], value: &[u8]| self.carrier(who, kinds, value);
        let peer = |kinds: &[handshake], value: &[u8]| self.carrier(who.peer(), kinds, value);
        const HELLO_OR_KEYS: &[handshake] = &[
            handshake::CLIENT_HELLO,
            handshake::SERVER_HELLO,
            handshake::SERVER_KEY_EXCHANGE,
            handshake::CLIENT_KEY_EXCHANGE,
        ];
        const SIGNED: &[handshake] =
            &[handshake::CERTIFICATE_VERIFY, handshake::SERVER_KEY_EXCHANGE];
        let (message, moves) = match op {
            Op::PacketSent { number } | Op::PacketReceived { number } => {
                return self.packet(*number);
            }
            Op::Seal { ciphertext, .. } => return self.record(who, ciphertext, true),
            Op::Open { ciphertext, .. } => return self.record(who.peer(), ciphertext, false),
            Op::TranscriptUpdate { data } => {
                let messages = || {
                    let all = self.ctx.dissection.messages.iter();
                    all.filter(|m| matches!(m.kind, MessageKind::Handshake(_)))
                };
                let arrived = || messages().find(|message| self.arrived_with(message, data));
                let message = messages().find(|message| message.bytes == *data).or_else(arrived)?;
                // A ClientHello is hashed only when the ServerHello has named the hash.
                let late = message.from == who
                    && message.kind == MessageKind::Handshake(handshake::CLIENT_HELLO);
                (message, !late)
            }
            Op::KeyPair { public, .. } => (own(HELLO_OR_KEYS, public)?, false),
            Op::KemKeyPair { encapsulation_key: value, .. }
            | Op::Encapsulate { ciphertext: value, .. } => (own(HELLO_OR_KEYS, value)?, false),
            Op::Decapsulate { ciphertext, .. } => (peer(HELLO_OR_KEYS, ciphertext)?, false),
            Op::KeyAgreement { peer: value, .. } => (self.agreement(who, value)?, false),
            Op::RsaEncrypt { ciphertext, .. } => {
                (own(&[handshake::CLIENT_KEY_EXCHANGE], ciphertext)?, false)
            }
            Op::RsaDecrypt { ciphertext, .. } => {
                (peer(&[handshake::CLIENT_KEY_EXCHANGE], ciphertext)?, false)
            }
            Op::Random { bytes, .. } if bytes.len() >= 8 => (
                own(
                    &[
                        handshake::CLIENT_HELLO,
                        handshake::SERVER_HELLO,
                        handshake::NEW_SESSION_TICKET,
                    ],
                    bytes,
                )?,
                false,
            ),
            Op::Sign { signature, .. } => (own(SIGNED, signature)?, true),
            Op::Verify { signature, .. } => {
                let message =
                    peer(SIGNED, signature).or_else(|| peer(&[handshake::CERTIFICATE], signature));
                let message = message?;
                (message, message.kind != MessageKind::Handshake(handshake::CERTIFICATE))
            }
            Op::HkdfExpandLabel { label, output, .. } if label == "traffic upd" => {
                (self.update(output)?, true)
            }
            Op::CertificatePath { chain, .. } | Op::Unverified { chain, .. } => {
                (peer(&[handshake::CERTIFICATE], chain.first()?)?, false)
            }
            Op::RawPublicKey { key, .. } => (peer(&[handshake::CERTIFICATE], key)?, false),
            Op::Compress { compressed, .. } => {
                (own(&[handshake::COMPRESSED_CERTIFICATE], compressed)?, true)
            }
            Op::Decompress { compressed, .. } => {
                (peer(&[handshake::COMPRESSED_CERTIFICATE], compressed)?, true)
            }
            Op::Hmac { output, .. } | Op::Prf { output, .. } => {
                // `verify_data`, or a binder.
                const PROOFS: &[handshake] = &[handshake::FINISHED, handshake::CLIENT_HELLO];
                let message = own(PROOFS, output).or_else(|| peer(PROOFS, output))?;
                (message, true)
            }
            Op::SealTicket { ticket, .. } => {
                (own(&[handshake::NEW_SESSION_TICKET], ticket)?, false)
            }
            Op::OpenTicket { ticket, .. } => (peer(&[handshake::CLIENT_HELLO], ticket)?, false),
            _ => return None,
        };
        let step = self.step_of(message)?;
        Some(Anchor { steps: vec![step], moves })
    }

    /// The message from which `who` has the peer's public value. A TLS 1.3 server, and a client of
    /// either version, computes the secret while it makes or reads a later message: the server its
    /// ServerHello, the TLS 1.2 client its ClientKeyExchange.
    fn agreement(&self, who: Endpoint, value: &[u8]) -> Option<&'a Message> {
        let later = match (who, self.ctx.is_tls13()) {
            (Endpoint::Server, true) => self.ctx.server_hello(),
            (Endpoint::Client, false) => {
                self.ctx.handshake(Endpoint::Client, handshake::CLIENT_KEY_EXCHANGE)
            }
            _ => None,
        };
        later.or_else(|| {
            self.carrier(
                who.peer(),
                &[handshake::SERVER_HELLO, handshake::CLIENT_KEY_EXCHANGE],
                value,
            )
        })
    }

    /// The first handshake message of these types from `from` that contains `value`.
    fn carrier(&self, from: Endpoint, kinds: &[handshake], value: &[u8]) -> Option<&'a Message> {
        if value.is_empty() {
            return None;
        }
        let messages = self.ctx.dissection.messages.iter().filter(|m| m.from == from);
        let meant = messages.flat_map(|m| kinds.iter().filter_map(|kind| m.as_handshake(*kind)));
        let meant: Vec<&'a Message> = meant.collect();
        let arrived = || meant.iter().find(|message| self.arrived_with(message, value));
        meant.iter().find(|m| contains(&m.bytes, value)).or_else(arrived).copied()
    }

    /// Whether the message arrived with this value in it, where someone on the path changed it.
    fn arrived_with(&self, message: &Message, value: &[u8]) -> bool {
        let mut arrived = self.ctx.records(message).filter_map(|record| record.received.as_deref());
        arrived.any(|record| contains(record, value))
    }

    /// The KeyUpdate that announces this traffic secret.
    fn update(&self, secret: &[u8]) -> Option<&'a Message> {
        let dissection = self.ctx.dissection;
        let node = dissection.keys.iter().find(|node| node.output == secret)?;
        dissection.messages.get(node.after_message?)
    }

    fn packet(&self, number: u32) -> Option<Anchor> {
        let carries = |packets: &Vec<u32>| packets.contains(&number);
        let steps: Vec<usize> = (0..self.packets.len())
            .filter(|&step| self.packets.get(step).is_some_and(carries))
            .collect();
        // A packet is sent and received as a whole: it says nothing of which message is worked at.
        let only_packet = steps.len() == 1;
        (!steps.is_empty()).then_some(Anchor { steps, moves: only_packet })
    }

    /// The messages in the record with this fragment.
    fn record(&self, from: Endpoint, fragment: &[u8], made: bool) -> Option<Anchor> {
        let same = |record: &&Record| {
            let own = if made { record.fragment() } else { record.received_fragment() };
            record.from == from && own == fragment
        };
        let record = self.ctx.dissection.records.iter().find(same)?;
        let mut steps: Vec<usize> = record
            .messages
            .iter()
            .filter_map(|message| self.of_message.get(*message).copied().flatten())
            .collect();
        steps.sort_unstable();
        // Reading goes through the record from its first message on.
        if !made {
            steps.reverse();
        }
        (!steps.is_empty()).then_some(Anchor { steps, moves: true })
    }

    fn step_of(&self, message: &Message) -> Option<usize> {
        self.of_message.get(message.index).copied().flatten()
    }
}

/// Whether `op` is made for what comes next: a random private key, the hash that is signed or keyed,
/// the finished key, data on its way into a record.
fn looks_ahead(op: &Op, next: Option<&Op>) -> bool {
    let is_finished_key =
        |op: &Op| matches!(op, Op::HkdfExpandLabel { label, .. } if label == "finished");
    match op {
        Op::Random { .. } | Op::DataWritten { .. } => true,
        Op::TranscriptHash { .. } => next.is_some_and(|next| {
            let uses = matches!(next, Op::Sign { .. } | Op::Verify { .. } | Op::Hmac { .. });
            uses || matches!(next, Op::Prf { .. }) || is_finished_key(next)
        }),
        _ => is_finished_key(op) && matches!(next, Some(Op::Hmac { .. })),
    }
}

/// Whether `op` derives a key.
fn derives(op: &Op) -> bool {
    matches!(op, Op::HkdfExtract { .. } | Op::HkdfExpandLabel { .. } | Op::InstallKey { .. })
}

/// Whether `value` occurs in `bytes`.
fn contains(bytes: &[u8], value: &[u8]) -> bool {
    let Some(first) = value.first() else { return true };
    let last = bytes.len().saturating_sub(value.len().saturating_sub(1));
    (0..last)
        .any(|at| bytes.get(at) == Some(first) && bytes.get(at..at + value.len()) == Some(value))
}
