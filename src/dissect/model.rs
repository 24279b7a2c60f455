//! What a dissected connection is made of. Indices are positions in the vectors of [`Dissection`].

use crate::keys::{self, FromEarlierConnection, KeyNode};
use crate::tls::{
    AlertDescription, AlertLevel, CipherSuite, ContentType, HandshakeType, NamedGroup,
    ProtocolVersion, TcpFlags,
};
use crate::trace::{Endpoint, Fate};
use crate::wire::Node;
use crate::wire::view::{Tree, View};
use serde::Serialize;
use std::ops::Range;

/// One connection, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Dissection {
    /// Every packet, in the order of [`crate::trace::Connection::packets`].
    pub packets: Vec<PacketView>,
    /// Every TLS record of both directions, ordered by the time its last byte was sent.
    pub records: Vec<Record>,
    /// Every message of both directions, in the order sent. A message is a handshake message, a
    /// ChangeCipherSpec, an alert, or one record of application data.
    pub messages: Vec<Message>,
    /// What the hellos settled.
    pub negotiated: Negotiated,
    /// The key schedule, in the order in which it is computed.
    pub keys: Vec<KeyNode>,
    /// The server's key schedule, where it is another one: someone on the path changed a message of the
    /// handshake that nothing protected yet, and [`Dissection::keys`] is the client's.
    pub server_keys: Vec<KeyNode>,
    /// The transcript hash after each handshake message that goes into it, in order.
    pub transcript: Vec<TranscriptHash>,
    /// The sessions it leaves for later connections, in the order in which the server gave them out.
    pub sessions: Vec<Resumable>,
    /// The session of an earlier connection that the client offered to resume, where it is known.
    pub offered: Option<Resumable>,
    /// What could not be decoded, opened or derived, each with where. Empty after a good run.
    pub problems: Vec<String>,
}

/// A session that a later connection can resume.
#[derive(Clone, Debug, PartialEq)]
pub struct Resumable {
    /// What the client names it by: a ticket, or a TLS 1.2 session ID.
    pub identity: Vec<u8>,
    /// The resumption PSK of TLS 1.3, or the main secret of TLS 1.2.
    pub secret: FromEarlierConnection,
    /// The cipher suite.
    pub suite: CipherSuite,
    /// The message that brought the identity: position in the messages of its connection.
    pub message: usize,
    /// When that message was sent, in microseconds.
    pub sent_us: u64,
    /// When it arrived, in microseconds.
    pub received_us: Option<u64>,
    /// For how many seconds the ticket is good; `None` for a session ID.
    pub lifetime: Option<u32>,
    /// What the client adds to the ticket's age, in TLS 1.3.
    pub age_add: Option<u32>,
    /// How many bytes of early data the server takes with it.
    pub max_early_data: Option<u32>,
}

impl Dissection {
    /// The value of the key schedule called `name`, today or before RFC 9846, if it was computed.
    pub fn key(&self, name: &str) -> Option<&KeyNode> {
        let name = keys::current(name);
        self.keys.iter().find(|node| node.name == name)
    }

    /// Whether the reader of a message can make sense of it: it has the keys, and what it says itself is
    /// of the same kind, TLS or HTTP without it.
    pub fn is_understood(&self, message: &Message) -> bool {
        let reader = message.from.peer();
        let has_key = |record: &Record| match &record.opened {
            Some(Ok(opened)) => {
                let value = |who| self.key_of(who, &opened.key).map(|node| &node.output);
                value(reader) == value(message.from)
            }
            _ => true,
        };
        let records = message.records.iter().filter_map(|at| self.records.get(*at));
        let speaks_otherwise = match message.kind {
            MessageKind::Http => self.records.iter().any(|record| record.from == reader),
            _ => {
                self.messages.iter().any(|one| one.from == reader && one.kind == MessageKind::Http)
            }
        };
        records.into_iter().all(has_key) && !speaks_otherwise
    }

    /// The value of the key schedule that this end has under this name, where it goes by its own view.
    pub fn key_of(&self, who: Endpoint, name: &str) -> Option<&KeyNode> {
        let own = match who {
            Endpoint::Server if !self.server_keys.is_empty() => &self.server_keys,
            _ => &self.keys,
        };
        own.iter().find(|node| node.name == name)
    }

    /// The first handshake message of this type from `from`.
    pub fn handshake(&self, from: Endpoint, kind: HandshakeType) -> Option<&Message> {
        self.handshakes(from, kind).next()
    }

    /// All handshake messages of this type from `from`, in order, those sent compressed included.
    pub fn handshakes(
        &self,
        from: Endpoint,
        kind: HandshakeType,
    ) -> impl Iterator<Item = &Message> {
        let messages = self.messages.iter().filter(move |message| message.from == from);
        messages.filter_map(move |message| message.as_handshake(kind))
    }
}

/// The hash over all handshake messages up to and including one (RFC 9846, section 4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptHash {
    /// Position of the message in [`Dissection::messages`].
    pub message: usize,
    /// Transcript-Hash, by the cipher suite's hash.
    pub hash: Vec<u8>,
    /// What takes the message's place in all later hashes: for a ClientHello that was answered by
    /// HelloRetryRequest the synthetic message `message_hash`, header included, made of
    /// [`TranscriptHash::hash`] (RFC 9846, section 4.1). Empty where the message itself stays.
    pub message_hash: Vec<u8>,
}

/// A packet and its tree.
#[derive(Clone, Debug)]
pub struct PacketView {
    /// As in [`crate::trace::Packet::number`].
    pub number: u32,
    /// Who sent it.
    pub from: Endpoint,
    /// When it was sent, in microseconds.
    pub sent_us: u64,
    /// When it arrived, in microseconds; `None` if it never did.
    pub received_us: Option<u64>,
    /// TCP's control bits, as text: `SYN`, `SYN, ACK`.
    pub flags: String,
    /// The same, typed.
    pub control_bits: TcpFlags,
    /// Sequence number, as on the wire.
    pub seq: u32,
    /// Acknowledgment number, as on the wire; 0 without ACK.
    pub ack: u32,
    /// Receive window, as on the wire (not scaled).
    pub window: u16,
    /// Bytes of TCP payload.
    pub payload_len: usize,
    /// Where in `bytes` the TCP payload lies.
    pub payload: Range<usize>,
    /// Where in its sender's stream the payload lies; `None` before the stream's start.
    pub stream_offset: Option<usize>,
    /// The whole packet, as it was sent.
    pub bytes: Vec<u8>,
    /// The whole packet as it arrived, where someone on the path changed it.
    pub received: Option<Vec<u8>>,
    /// IPv4 header, TCP header, payload.
    pub nodes: Vec<Node>,
    /// Records that have bytes in this packet.
    pub records: Vec<usize>,
    /// What is remarkable about it as a TCP segment.
    pub remarks: Vec<Remark>,
}

/// Something remarkable about a TCP segment. Packets are named by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Someone on the path made it, in the name of the end that it says it is from.
    Forged,
    /// It never arrived.
    Lost,
    /// Someone on the path changed so many bytes of its payload, and made TCP's checksum right again.
    Changed { bytes: usize },
    /// The link delivered packet `of` twice: this is the second copy.
    DoubledByLink { of: u32 },
    /// Its sender sent these bytes before. `lost`: some of them were lost each time, and `of` is the
    /// first packet that lost them; else `of` is the first that carried any.
    /// `fast`: the sender did not wait for its timer (RFC 5681, section 3.2).
    Retransmission { of: u32, lost: bool, fast: bool },
    /// It acknowledges what packet `of` did, while more is outstanding; the `nth` time (RFC 5681,
    /// section 2).
    DuplicateAck { of: u32, nth: u32 },
    /// It arrived before bytes that come earlier in the stream; so many are missing. `drops_fin`: it has a
    /// FIN, which the receiver did not keep, as RFC 9293 allows (section 3.10.7.4).
    Early { missing: usize, drops_fin: bool },
    /// It arrived where a gap was, and so many bytes behind the gap had been waiting.
    FillsGap { released: usize },
    /// All its bytes had arrived before.
    Known,
    /// Its last byte is the last that the receive window, as its sender knows it, has room for.
    WindowFull,
    /// Its sender has no room for more.
    ZeroWindow,
    /// It says only that its sender has more room than before.
    WindowUpdate,
}

/// The keys under which something travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Epoch {
    /// Not encrypted.
    Plain,
    /// TLS 1.3 early data keys.
    Early,
    /// TLS 1.3 handshake keys.
    Handshake,
    /// TLS 1.3 application keys; TLS 1.2 traffic keys (from ChangeCipherSpec on).
    Application,
}

impl Epoch {
    /// As it is written, and the class that gives it its colour: `plain`, `early`, `handshake`, `application`.
    pub const fn name(self) -> &'static str {
        match self {
            Epoch::Plain => "plain",
            Epoch::Early => "early",
            Epoch::Handshake => "handshake",
            Epoch::Application => "application",
        }
    }
}

/// A TLS record (RFC 9846, section 5.1).
#[derive(Clone, Debug)]
pub struct Record {
    /// Position in [`Dissection::records`].
    pub index: usize,
    /// Who sent it.
    pub from: Endpoint,
    /// The content type on the wire.
    pub content_type: ContentType,
    /// The content type inside TLSInnerPlaintext, where that was opened.
    pub inner_content_type: Option<ContentType>,
    /// The keys it travels under.
    pub epoch: Epoch,
    /// The record sequence number under these keys, from 0.
    pub sequence: u64,
    /// Offset of its first byte in the sender's TCP stream.
    pub stream_offset: usize,
    /// Header (5 bytes) and fragment, as they were sent.
    pub bytes: Vec<u8>,
    /// The same as they arrived, where someone on the path changed them.
    pub received: Option<Vec<u8>>,
    /// What someone on the path did to it as a whole.
    pub fate: Option<Fate>,
    /// The tree of `bytes`, as someone without keys sees it.
    pub nodes: Vec<Node>,
    /// `None` for a record that is not encrypted.
    pub opened: Option<Result<Opened, String>>,
    /// Numbers of the packets that carry it.
    pub packets: Vec<u32>,
    /// Messages that have bytes in it.
    pub messages: Vec<usize>,
    /// When its last byte was sent, in microseconds.
    pub sent_us: u64,
    /// When its last byte arrived, in microseconds.
    pub received_us: Option<u64>,
}

/// What was inside an encrypted record.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What came out of the AEAD: in TLS 1.3 TLSInnerPlaintext, content type byte included.
    pub plaintext: Vec<u8>,
    /// The tree of `plaintext`.
    pub nodes: Vec<Node>,
    /// The name in [`Dissection::keys`] of the key that opened it.
    pub key: String,
    /// The per-record nonce.
    pub nonce: Vec<u8>,
    /// The additional data.
    pub aad: Vec<u8>,
}

/// What a [`Message`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A handshake message of this type (RFC 9846, section 4).
    Handshake(HandshakeType),
    /// ChangeCipherSpec (RFC 5246, section 7.1; in TLS 1.3 for middleboxes only).
    ChangeCipherSpec,
    /// An alert (RFC 9846, section 6).
    Alert { level: AlertLevel, description: AlertDescription },
    /// Application data.
    ApplicationData,
    /// An encrypted record that nobody here could open.
    Opaque,
    /// A message of HTTP on a connection without TLS.
    Http,
}

/// A message, joined from as many records as it took.
#[derive(Clone, Debug)]
pub struct Message {
    /// Position in [`Dissection::messages`].
    pub index: usize,
    /// Who sent it.
    pub from: Endpoint,
    /// What it is.
    pub kind: MessageKind,
    /// The standard's name: `ClientHello`, `change_cipher_spec`, `close_notify`, `application_data`.
    pub name: String,
    /// The keys it travels under.
    pub epoch: Epoch,
    /// The records that carry it.
    pub records: Vec<usize>,
    /// Numbers of the packets that carry it, where no record does.
    pub packets: Vec<u32>,
    /// For a handshake message its header of 4 bytes counts.
    pub bytes: Vec<u8>,
    /// The tree of `bytes`.
    pub nodes: Vec<Node>,
    /// When its last byte was sent, in microseconds.
    pub sent_us: u64,
    /// When its last byte arrived, in microseconds.
    pub received_us: Option<u64>,
    /// For a CompressedCertificate the Certificate message that it stands for, if it could be
    /// decompressed (RFC 8879, section 4): header made anew, all else as here.
    pub inner: Option<Box<Message>>,
}

impl Message {
    /// What the message says, as a view of its kind; `None` if it is of another, or was not decoded.
    pub fn view<'a, V: View<'a>>(&'a self) -> Option<V> {
        V::of(Tree::new(&self.nodes, &self.bytes))
    }

    /// The handshake message of this type that it is, or that it holds compressed.
    pub fn as_handshake(&self, kind: HandshakeType) -> Option<&Message> {
        let held = [Some(self), self.inner.as_deref()].into_iter().flatten();
        held.into_iter().find(|message| message.kind == MessageKind::Handshake(kind))
    }

    /// The type of a handshake message from `from`; `None` for what is something else.
    pub(super) fn is_handshake(&self, from: Endpoint) -> Option<HandshakeType> {
        match self.kind {
            MessageKind::Handshake(kind) if self.from == from => Some(kind),
            _ => None,
        }
    }
}

/// What the hellos settled; `None` until then.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Negotiated {
    /// The protocol version.
    pub version: Option<ProtocolVersion>,
    /// The cipher suite.
    pub suite: Option<CipherSuite>,
    /// The key exchange group.
    pub group: Option<NamedGroup>,
    /// The application protocol chosen by ALPN (RFC 7301).
    pub alpn: Option<String>,
    /// The name in the client's server_name extension (RFC 6066, section 3).
    pub server_name: Option<String>,
    /// ClientHello.random.
    pub client_random: Option<Vec<u8>>,
    /// ServerHello.random.
    pub server_random: Option<Vec<u8>>,
    /// Whether the handshake resumed an earlier session instead of authenticating anew.
    pub resumed: bool,
    /// What became of TLS 1.3 early data.
    pub early_data: EarlyData,
    /// How many times the handshake crossed to the server and back before the client might send
    /// application data.
    pub round_trips: u32,
}

/// What became of early data (RFC 9846, section 4.3.10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EarlyData {
    /// The client offered none.
    #[default]
    None,
    /// The server took it.
    Accepted,
    /// The server did not take it.
    Rejected,
}

impl EarlyData {
    /// `accepted` or `rejected`; `None` where none was offered.
    pub fn name(self) -> Option<&'static str> {
        match self {
            EarlyData::None => None,
            EarlyData::Accepted => Some("accepted"),
            EarlyData::Rejected => Some("rejected"),
        }
    }
}
