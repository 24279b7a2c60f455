//! What the words, checks and facts read from: one connection, with short ways to its values and
//! typed answers to what a sentence depends on.

use super::certificate::Certificate;
use super::closing::{Closing, closing};
use super::key_exchange::KeyExchangeKind;
use super::parties::Parties;
use super::{fields, format};
use crate::dissect::{Dissection, Epoch, Message, MessageKind, Record};
use crate::keys::takes_rsa_key;
use crate::tls::ProtocolVersion;
use crate::trace::{ChainRefusal, Connection, Endpoint, Implementation, Op, Trace};
use crate::wire::handshake::is_hello_retry_request;

/// Handshake types by their short name.
pub use crate::tls::HandshakeType as handshake;

/// The protocol version, as far as the story's words differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// TLS 1.2 (and, for what a capture may bring, anything older).
    V12,
    /// TLS 1.3.
    V13,
}

/// What an end shows of itself in its Certificate message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A certificate chain.
    Certificates,
    /// A public key without a certificate (RFC 7250).
    RawPublicKey,
    /// Nothing: it sent no Certificate message, or an empty one.
    None,
}

/// A signature that was checked.
#[derive(Clone, Copy)]
pub struct Verified<'a> {
    /// Key and scheme, as the trace names them.
    pub algorithm: &'a str,
    /// How many bytes were signed.
    pub covered: usize,
    /// Whether it fits the key and those bytes.
    pub ok: bool,
    /// Whether there is code that checks such signatures by such keys; without, none fits.
    pub is_known: bool,
}

/// One connection and where to look things up in it.
pub struct ConnectionContext<'a> {
    pub trace: &'a Trace,
    pub connection: &'a Connection,
    pub dissection: &'a Dissection,
    /// Who is at the ends of TCP: the nouns for what is said of packets.
    pub tcp: Parties,
    /// Who is at the ends of TLS: the nouns for what is said of messages. They are others than those
    /// of TCP where a gateway passes TLS on.
    pub tls: Parties,
    /// How the connection ended, where that is uncommon.
    pub closing: Option<Closing<'a>>,
    /// The chains of the Certificate messages, by the message's position.
    chains: Vec<(usize, Vec<Certificate>)>,
}

impl<'a> ConnectionContext<'a> {
    /// The time from which people are told times: see [`super::Story::start_us`].
    pub fn start_us(&self) -> u64 {
        let alone = self.connection.roles.is_direct();
        let first = self.dissection.packets.first().filter(|_| alone);
        first.map_or(0, |packet| packet.sent_us)
    }

    /// Over one connection of a trace.
    pub fn new(trace: &'a Trace, connection: &'a Connection, dissection: &'a Dissection) -> Self {
        let messages = dissection.messages.iter();
        let messages = messages.filter_map(|m| m.as_handshake(handshake::CERTIFICATE));
        let chains = messages.map(|m| (m.index, Certificate::chain(m))).collect();
        let roles = connection.roles;
        let ctx = ConnectionContext {
            trace,
            connection,
            dissection,
            tcp: Parties::new(roles.client, roles.server),
            tls: Parties::new(roles.tls_client, roles.tls_server),
            closing: None,
            chains,
        };
        ConnectionContext { closing: closing(&ctx), ..ctx }
    }

    /// The noun for the TLS client: `client`; on a gateway's hop it may be `gateway`.
    pub fn client(&self) -> &'static str {
        self.tls.client()
    }

    /// The noun for the TLS server: `server`, `gateway` or `service`.
    pub fn server(&self) -> &'static str {
        self.tls.server()
    }

    /// The noun for an end of TLS.
    pub fn name(&self, who: Endpoint) -> &'static str {
        self.tls.name(who)
    }

    /// What `who` shows in its Certificate message.
    pub fn credential(&self, who: Endpoint) -> Credential {
        match self.handshake(who, handshake::CERTIFICATE) {
            Some(message) if fields::raw_public_key(message).is_some() => Credential::RawPublicKey,
            Some(message) if !fields::certificates(message).is_empty() => Credential::Certificates,
            _ => Credential::None,
        }
    }

    /// The name that the server's certificate is for. It is the site's: behind a gateway it says nothing
    /// of who answers.
    pub fn site(&self) -> Option<String> {
        let message = self.handshake(Endpoint::Server, handshake::CERTIFICATE)?;
        self.chain(message).first()?.names().into_iter().next()
    }

    /// Where the secrets of this connection come from.
    pub fn key_exchange(&self) -> KeyExchangeKind {
        KeyExchangeKind::of(self)
    }

    /// The TLS implementation that runs at an end, if that is known.
    pub fn implementation(&self, who: Endpoint) -> Implementation {
        self.connection.implementations.of(who)
    }

    /// The server's HelloRetryRequest, if there is one.
    pub fn retry_request(&self) -> Option<&'a Message> {
        self.handshakes(Endpoint::Server, handshake::SERVER_HELLO).find(|m| is_retry(m))
    }

    /// Whether this is one hop of TLS that a gateway only passes on: what is sent and what arrives here is
    /// not so for both ends of TLS.
    pub fn is_passed_on(&self) -> bool {
        Endpoint::BOTH.into_iter().any(|who| self.connection.roles.passes_on(who))
    }

    /// How long the TLS handshake took the client, in microseconds: from its first ClientHello to the
    /// moment at which it has sent its own Finished and has the server's. `None` where the client is not at
    /// this connection's end.
    pub fn handshake_us(&self) -> Option<u64> {
        if self.connection.roles.passes_on(Endpoint::Client) {
            return None;
        }
        let began = self.handshake(Endpoint::Client, handshake::CLIENT_HELLO)?.sent_us;
        let own = self.handshake(Endpoint::Client, handshake::FINISHED)?.sent_us;
        let other = self.handshake(Endpoint::Server, handshake::FINISHED)?.received_us?;
        Some(own.max(other).saturating_sub(began))
    }

    /// The certificates of a Certificate message that could be decoded, leaf first.
    pub fn chain(&self, message: &Message) -> &[Certificate] {
        let chain = self.chains.iter().find(|chain| chain.0 == message.index);
        chain.map_or(&[], |chain| chain.1.as_slice())
    }

    /// The version that the hellos settled; before a ServerHello, the newest the client offers.
    pub fn version(&self) -> Option<Tls> {
        let settled = self.dissection.negotiated.version.map(|version| match version {
            ProtocolVersion::TLS1_3 => Tls::V13,
            _ => Tls::V12,
        });
        settled.or_else(|| {
            let hello = self.handshake(Endpoint::Client, handshake::CLIENT_HELLO)?;
            Some(if offers_tls13(hello) { Tls::V13 } else { Tls::V12 })
        })
    }

    /// Whether there is no TLS on this connection.
    pub fn is_plain(&self) -> bool {
        let mut messages = self.dissection.messages.iter();
        self.dissection.records.is_empty()
            && messages.any(|message| message.kind == MessageKind::Http)
    }

    /// Whether an end speaks HTTP without TLS.
    pub fn speaks_http(&self, who: Endpoint) -> bool {
        let mut messages = self.dissection.messages.iter();
        messages.any(|message| message.from == who && message.kind == MessageKind::Http)
    }

    /// Whether this is TLS 1.3.
    pub fn is_tls13(&self) -> bool {
        self.version() == Some(Tls::V13)
    }

    /// `TLS 1.2` or `TLS 1.3`.
    pub fn version_name(&self) -> &'static str {
        if self.is_tls13() { "TLS 1.3" } else { "TLS 1.2" }
    }

    /// The first handshake message of this type from `from`.
    pub fn handshake(&self, from: Endpoint, kind: handshake) -> Option<&'a Message> {
        self.handshakes(from, kind).next()
    }

    /// All handshake messages of this type from `from`, in order, those sent compressed included.
    pub fn handshakes(&self, from: Endpoint, kind: handshake) -> impl Iterator<Item = &'a Message> {
        self.dissection.handshakes(from, kind)
    }

    /// The ServerHello that settles the version: not a HelloRetryRequest.
    pub fn server_hello(&self) -> Option<&'a Message> {
        self.handshakes(Endpoint::Server, handshake::SERVER_HELLO).find(|m| !is_retry(m))
    }

    /// The handshake message of this type from `from` that was sent before `message`, newest first.
    pub fn before(
        &self,
        message: &Message,
        from: Endpoint,
        kind: handshake,
    ) -> Option<&'a Message> {
        self.handshakes(from, kind).filter(|m| m.index < message.index).last()
    }

    /// How old a ClientHello says its ticket is: the number on the wire, `ticket_age_add` of the
    /// ticket, and their difference modulo 2^32, which is the age in milliseconds (RFC 9846, section
    /// 4.3.11.1). `None` where the ticket is not known.
    pub fn ticket_age(&self, hello: &Message) -> Option<(u32, u32, u32)> {
        let sent = fields::psk_identities(hello).first()?.obfuscated_ticket_age;
        let add = self.dissection.offered.as_ref()?.age_add?;
        Some((sent, add, sent.wrapping_sub(add)))
    }

    /// What the reader of a message made of the signature in it; `None` where it has none, or nobody
    /// came to check it.
    pub fn verified(&self, message: &Message) -> Option<Verified<'a>> {
        self.verification(message.from.peer(), fields::signature(message)?, None)
    }

    /// The certificate whose key made the signature in a message, where its reader does not take keys of that length
    /// and refuses the signature for it.
    pub fn wrong_length(&self, message: &Message) -> Option<Certificate> {
        self.verified(message).filter(|verified| !verified.ok)?;
        let shown = self.handshake(message.from, handshake::CERTIFICATE)?;
        let leaf = self.chain(shown).first()?.clone();
        leaf.summary().rsa_bits().is_some_and(|bits| !takes_rsa_key(bits)).then_some(leaf)
    }

    /// What `by` made of a signature, with this key if one is given; `None` where it did not come to check
    /// it.
    pub fn verification(
        &self,
        by: Endpoint,
        made: &[u8],
        key: Option<&[u8]>,
    ) -> Option<Verified<'a>> {
        self.ops(by).find_map(|(_, op)| match op {
            Op::Verify { algorithm, message, signature, public_key, ok, .. }
                if signature == made && key.is_none_or(|key| key == public_key) =>
            {
                Some(Verified { algorithm, covered: message.len(), ok: *ok, is_known: true })
            }
            _ => None,
        })
    }

    /// The cipher suite's name, as the ServerHello has it.
    pub fn suite(&self) -> Option<String> {
        fields::suite(self.server_hello()?)
    }

    /// Whether the client sends the secret encrypted with the key in the server's certificate (RFC
    /// 5246, section 7.4.7.1).
    pub fn has_rsa_key_exchange(&self) -> bool {
        self.suite().is_some_and(|suite| is_rsa_key_exchange(&suite))
    }

    /// The key exchange group's name, from the message that fixes it.
    pub fn group(&self) -> Option<String> {
        let message = if self.is_tls13() {
            self.server_hello()?
        } else {
            self.handshake(Endpoint::Server, handshake::SERVER_KEY_EXCHANGE)?
        };
        fields::group(message)
    }

    /// The records that carry `message`.
    pub fn records(&self, message: &Message) -> impl Iterator<Item = &'a Record> {
        let records = &self.dissection.records;
        message.records.clone().into_iter().filter_map(move |index| records.get(index))
    }

    /// Whether `message` is encrypted.
    pub fn is_encrypted(&self, message: &Message) -> bool {
        message.epoch != Epoch::Plain
    }

    /// How long the message was under way, in words: `40 ms`.
    pub fn flight(&self, sent_us: u64, received_us: Option<u64>) -> Option<String> {
        Some(format::duration(received_us?.saturating_sub(sent_us)))
    }

    /// The chain judgements made by `who`, with the positions of their events.
    pub fn judgements(&self, who: Endpoint) -> impl Iterator<Item = (usize, &'a Op)> {
        self.ops(who).filter(|(_, op)| matches!(op, Op::CertificatePath { .. }))
    }

    /// For what `who` refuses the other end's chain, if it does.
    pub fn refusal(&self, who: Endpoint) -> Option<ChainRefusal> {
        self.judgements(who).find_map(|(_, op)| match op {
            Op::CertificatePath { refusal, .. } => *refusal,
            _ => None,
        })
    }

    /// Whether `who` takes any certificate: its verification is off.
    pub fn takes_any(&self, who: Endpoint) -> bool {
        self.ops(who).any(|(_, op)| matches!(op, Op::Unverified { .. }))
    }

    /// The operations of `who`, with the positions of their events.
    pub fn ops(&self, who: Endpoint) -> impl Iterator<Item = (usize, &'a Op)> {
        let events = self.connection.events.iter().enumerate();
        events.filter(move |(_, event)| event.by == who).map(|(index, event)| (index, &event.op))
    }

    /// Whether the two ends have different values of this key.
    pub fn is_apart(&self, key: &str) -> bool {
        let [client, server] = Endpoint::BOTH.map(|who| {
            let node = self.dissection.key_of(who, key);
            node.map(|node| node.output.as_slice()).filter(|value| !value.is_empty())
        });
        client.is_some() && server.is_some() && client != server
    }

    /// Whether a ticket is the session's state itself, sealed, and not a key to a table; `None` if unknown.
    pub fn is_sealed(&self, ticket: &[u8]) -> Option<bool> {
        let is_known = self.implementation(Endpoint::Server) != Implementation::Unknown;
        let seals = |op: &Op| matches!(op, Op::SealTicket { ticket: made, .. } if made == ticket);
        is_known.then(|| self.ops(Endpoint::Server).any(|(_, op)| seals(op)))
    }

    /// Whether the handshake resumes an earlier session: the server sends Finished and no
    /// certificate.
    pub fn is_resumed(&self) -> bool {
        self.handshake(Endpoint::Server, handshake::FINISHED).is_some()
            && self.handshake(Endpoint::Server, handshake::CERTIFICATE).is_none()
    }
}

/// Whether a suite's key exchange is RSA.
pub fn is_rsa_key_exchange(suite: &str) -> bool {
    suite.starts_with("TLS_RSA_WITH_")
}

/// `display` without the code point in brackets behind it.
pub fn label(display: &str) -> String {
    display.split(" (0x").next().unwrap_or(display).to_string()
}

/// Whether a ServerHello is a HelloRetryRequest in disguise (RFC 9846, section 4.2.3).
pub fn is_retry(message: &Message) -> bool {
    message.kind == MessageKind::Handshake(handshake::SERVER_HELLO)
        && is_hello_retry_request(&message.bytes)
}

/// Whether a ClientHello lists TLS 1.3 in its supported_versions.
pub fn offers_tls13(hello: &Message) -> bool {
    super::fields::versions(hello).iter().any(|version| version == "TLS 1.3")
}

/// The sender's `Random.random` of a hello, at its fixed place.
pub fn random(hello: &Message) -> Option<&[u8]> {
    hello.bytes.get(6..38)
}
