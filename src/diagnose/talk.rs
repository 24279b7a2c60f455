//! What came of a connection for the program that opened it.

use crate::dissect::{Dissection, Message, MessageKind};
use crate::keys::takes_rsa_key;
use crate::run::Run;
use crate::tls::{AlertDescription, AlertLevel, HandshakeType, TcpFlags};
use crate::trace::{Connection, Endpoint, Op};
use crate::wire::view::Certificate;
use crate::wire::x509;
use Endpoint::{Client, Server};

/// A client's connection, as that client saw it.
#[derive(Clone, Copy)]
pub struct Talk<'a> {
    connection: &'a Connection,
    /// The same, taken apart.
    pub dissection: &'a Dissection,
}

/// How far a client got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// The handshake is done.
    Done,
    /// The host is there, and no program listens.
    Refused,
    /// HTTP came, where TLS was to.
    Http,
    /// An alert came: before the handshake was done, or after it.
    Alert {
        /// Which.
        description: AlertDescription,
        /// Whether the handshake was done.
        is_done: bool,
    },
    /// The server's signature is not by its certificate's key.
    BadSignature,
}

impl<'a> Talk<'a> {
    /// The client's own connection of a run.
    pub fn of(run: &'a Run) -> Talk<'a> {
        Talk { connection: run.connection(), dissection: run.dissection() }
    }

    /// How far it got; `None` for what is not known to have a form in programs.
    pub fn came(self) -> Option<Came> {
        let flags: Vec<TcpFlags> = self.received().map(|packet| packet.control_bits).collect();
        let has = |flag: TcpFlags| flags.iter().any(|flags| flags.0 & flag.0 != 0);
        if has(TcpFlags::RST) && !has(TcpFlags::SYN) {
            return Some(Came::Refused);
        }
        if self.messages(Server).any(|message| message.kind == MessageKind::Http) {
            return Some(Came::Http);
        }
        // Other programs may find an error at another place than the client of the run.
        if self.alert(Client).is_some() {
            let is_bad = |op: &Op| matches!(op, Op::Verify { ok: false, .. });
            let was_bad = self.connection.events_of(Client).any(|event| is_bad(&event.op));
            // OpenSSL finds a key that is too short in the chain, and the signature right.
            return (was_bad && !self.is_key_refused()).then_some(Came::BadSignature);
        }
        let is_done = self.is_done();
        match self.alert(Server) {
            Some(description) => Some(Came::Alert { description, is_done }),
            None => is_done.then_some(Came::Done),
        }
    }

    /// The first fatal alert of one end.
    fn alert(self, from: Endpoint) -> Option<AlertDescription> {
        self.messages(from).find_map(|message| match message.kind {
            MessageKind::Alert { level: AlertLevel::FATAL, description } => Some(description),
            _ => None,
        })
    }

    /// The packets that arrived at the client.
    fn received(self) -> impl Iterator<Item = &'a crate::dissect::PacketView> {
        let packets = self.dissection.packets.iter();
        packets.filter(|packet| packet.from == Server && packet.received_us.is_some())
    }

    /// The messages that the client sent, or that arrived there.
    pub fn messages(self, from: Endpoint) -> impl Iterator<Item = &'a Message> {
        let messages = self.dissection.messages.iter();
        messages.filter(move |message| {
            message.from == from && (from == Client || message.received_us.is_some())
        })
    }

    /// A message of the server's handshake that arrived.
    pub fn handshake(self, kind: HandshakeType) -> Option<&'a Message> {
        self.messages(Server).find_map(|message| message.as_handshake(kind))
    }

    fn is_done(self) -> bool {
        let own = self.dissection.handshake(Client, HandshakeType::FINISHED);
        own.is_some() && self.handshake(HandshakeType::FINISHED).is_some()
    }

    /// The certificates that the server sent, in DER; none where none arrived.
    pub fn chain(self) -> Vec<Vec<u8>> {
        let message = self.handshake(HandshakeType::CERTIFICATE);
        let view = message.and_then(|message| message.view::<Certificate<'_>>());
        let entries = view.map(|view| view.entries()).unwrap_or_default();
        entries.into_iter().map(|entry| entry.der.to_vec()).collect()
    }

    /// Whether the server's key is RSA's and of a length that the client of the run does not take.
    fn is_key_refused(self) -> bool {
        let leaf = self.chain().first().and_then(|der| x509::parse(der).ok());
        let bits = leaf.and_then(|(_, summary)| summary.rsa_bits());
        bits.is_some_and(|bits| !takes_rsa_key(bits))
    }

    /// How long the first packet took, there and back, in milliseconds.
    pub fn first_answer_ms(self) -> Option<u64> {
        let sent = self.dissection.packets.first()?.sent_us;
        let answer = self.received().next()?.received_us?;
        Some(answer.saturating_sub(sent) / 1000)
    }
}
