//! Records to messages: each record is opened with the keys in use when it was sent, and handshake
//! messages are joined across records.

use super::compressed::decompress;
use super::joiner::Joiner;
use super::model::{EarlyData, Epoch, Message, MessageKind, Opened, Record, Resumable};
use super::progress::Progress;
use super::protection::{self, Rules};
use crate::tls::{AlertDescription, AlertLevel, ContentType, HandshakeType};
use crate::trace::{Connection, Endpoint};
use crate::wire;
use crate::wire::record::{Protection, inner_content, record_or_opaque};
use crate::zlib::Inflate;

/// The connection as far as its records have been read.
pub(super) struct Session<'a> {
    pub progress: Progress<'a>,
    pub messages: Vec<Message>,
    pub problems: Vec<String>,
    /// Whose view of the connection this is; `None` where both have the same.
    view: Option<Endpoint>,
    client: Side,
    server: Side,
    inflate: Option<Inflate>,
}

/// What one end sends with.
struct Side {
    /// The keys in use for what it encrypts.
    epoch: Epoch,
    /// Sequence number of the next record under these keys.
    sequence: u64,
    joiner: Joiner,
}

impl Side {
    fn new() -> Side {
        Side { epoch: Epoch::Plain, sequence: 0, joiner: Joiner::default() }
    }

    /// Goes over to other keys.
    fn switch(&mut self, epoch: Epoch) {
        self.epoch = epoch;
        self.sequence = 0;
    }

    /// The sequence number of the record that is sent now.
    fn next_sequence(&mut self) -> u64 {
        let sequence = self.sequence;
        self.sequence += 1;
        sequence
    }
}

impl<'a> Session<'a> {
    /// At the start of `connection`, which may resume one of the sessions of `earlier` ones.
    pub fn new(
        connection: &'a Connection,
        other_hops: &'a [&'a Connection],
        earlier: &'a [Resumable],
        inflate: Option<Inflate>,
    ) -> Session<'a> {
        Session {
            progress: Progress::new(connection, other_hops, earlier),
            messages: Vec::new(),
            problems: Vec::new(),
            view: None,
            client: Side::new(),
            server: Side::new(),
            inflate,
        }
    }

    /// As this end saw the connection: what the other one sent, as it arrived. Of that nothing is a problem.
    pub fn seen_by(mut self, who: Endpoint) -> Session<'a> {
        self.view = Some(who);
        self.progress.view = Some(who);
        self
    }

    /// Whether problems with what `from` sent are told here.
    fn tells_of(&self, from: Endpoint) -> bool {
        self.view.is_none_or(|who| who == from)
    }

    fn side(&mut self, who: Endpoint) -> &mut Side {
        match who {
            Endpoint::Client => &mut self.client,
            Endpoint::Server => &mut self.server,
        }
    }

    /// Reads the next record. Records come in the order of sending.
    pub fn record(&mut self, record: &mut Record) {
        let encrypted = self.is_encrypted(record);
        record.epoch = if encrypted { self.side(record.from).epoch } else { Epoch::Plain };
        // In TLS 1.3 a ChangeCipherSpec between encrypted records is not counted.
        let counted = encrypted || self.side(record.from).epoch == Epoch::Plain;
        record.sequence = if counted { self.side(record.from).next_sequence() } else { 0 };
        let opened = encrypted.then(|| self.open(record)).map(|opened| match opened {
            Err(error) if record.epoch == Epoch::Early => self.open_later(record).ok_or(error),
            opened => opened,
        });
        let content = self.contents(record, opened.as_ref());
        let (nodes, errors) = record_or_opaque(&record.bytes, self.protection(encrypted));
        record.nodes = nodes;
        self.note(record, errors);
        if encrypted && self.progress.rules() == Rules::Tls13 {
            record.inner_content_type = content.as_ref().ok().map(|(kind, _)| *kind);
        }
        match content {
            Ok((kind, content)) => self.content(record, kind, &content),
            Err(error) => {
                self.problem(record.from, format!("record {}: {error}", record.index));
                let fragment = record.fragment().to_vec();
                self.push(
                    record,
                    MessageKind::Opaque,
                    "encrypted record".into(),
                    fragment,
                    Vec::new(),
                );
            }
        }
        record.opened = opened;
    }

    /// Content type and contents of a record, as far as it could be opened.
    fn contents(
        &self,
        record: &Record,
        opened: Option<&Result<Opened, String>>,
    ) -> Result<(ContentType, Vec<u8>), String> {
        let Some(opened) = opened else {
            let fragment = if self.tells_of(record.from) {
                record.fragment()
            } else {
                record.received_fragment()
            };
            return Ok((record.content_type, fragment.to_vec()));
        };
        let plaintext = &opened.as_ref().map_err(String::clone)?.plaintext;
        if self.progress.rules() == Rules::Tls12 {
            return Ok((record.content_type, plaintext.clone()));
        }
        let (len, kind) = inner_content(plaintext).ok_or("it holds no content type")?;
        Ok((kind, plaintext.get(..len).unwrap_or_default().to_vec()))
    }

    /// Whether the record is encrypted: in TLS 1.3 all of type application_data are, in TLS 1.2 all
    /// that follow the sender's ChangeCipherSpec.
    fn is_encrypted(&mut self, record: &Record) -> bool {
        if self.progress.negotiated.version.is_none() {
            // Before ServerHello only early data is.
            let early = record.content_type == ContentType::APPLICATION_DATA;
            if early && self.side(record.from).epoch == Epoch::Plain {
                self.side(record.from).switch(Epoch::Early);
            }
            return early;
        }
        match self.progress.rules() {
            Rules::Tls13 => record.content_type == ContentType::APPLICATION_DATA,
            Rules::Tls12 => self.side(record.from).epoch != Epoch::Plain,
        }
    }

    /// What the outside of a record looks like.
    fn protection(&self, encrypted: bool) -> Protection {
        match (encrypted, self.progress.rules(), self.progress.suite()) {
            (false, ..) => Protection::Plain,
            (true, Rules::Tls12, Some(suite)) if suite.aead.explicit_nonce_len() > 0 => {
                Protection::ExplicitNonce
            }
            (true, Rules::Tls12, Some(_)) => Protection::ImplicitNonce,
            (true, ..) => Protection::Tls13,
        }
    }

    /// Opens a record that early data keys do not open. A client whose early data was rejected goes
    /// over to the handshake keys without a word.
    fn open_later(&mut self, record: &mut Record) -> Option<Opened> {
        let (epoch, sequence) = (record.epoch, record.sequence);
        (record.epoch, record.sequence) = (Epoch::Handshake, 0);
        match self.open(record) {
            Ok(opened) => {
                self.side(record.from).switch(Epoch::Handshake);
                self.side(record.from).next_sequence();
                Some(opened)
            }
            Err(_) => {
                (record.epoch, record.sequence) = (epoch, sequence);
                None
            }
        }
    }

    fn open(&self, record: &Record) -> Result<Opened, String> {
        let suite = self.progress.suite_of(record.epoch).ok_or("its cipher suite is not known")?;
        let key = self.progress.traffic_key(record.from, record.epoch).ok_or_else(|| {
            format!("the {}'s key for it could not be derived", record.from.name())
        })?;
        let rules = self.progress.rules();
        let unsealed = protection::open(rules, suite, &key, record.sequence, &record.bytes)?;
        let nodes = match rules {
            Rules::Tls13 => wire::record::inner_plaintext(&unsealed.plaintext)
                .map_err(|error| error.to_string())?,
            Rules::Tls12 => wire::record::content(&unsealed.plaintext),
        };
        Ok(Opened {
            plaintext: unsealed.plaintext,
            nodes,
            key: key.name.to_owned(),
            nonce: unsealed.nonce,
            aad: unsealed.aad,
        })
    }

    /// Reads the contents of a record.
    fn content(&mut self, record: &mut Record, kind: ContentType, content: &[u8]) {
        match kind {
            ContentType::HANDSHAKE => self.handshake(record, content),
            ContentType::CHANGE_CIPHER_SPEC => {
                let (nodes, errors) =
                    wire::change_cipher_spec::change_cipher_spec_or_opaque(content);
                self.note(record, errors);
                let name = "change_cipher_spec".to_owned();
                self.push(record, MessageKind::ChangeCipherSpec, name, content.to_vec(), nodes);
                if self.progress.rules() == Rules::Tls12 {
                    self.side(record.from).switch(Epoch::Application);
                }
            }
            ContentType::ALERT => {
                let (nodes, errors) = wire::alert::alert_or_opaque(content);
                self.note(record, errors);
                let &[level, description] = content else { return };
                let (level, description) = (AlertLevel(level), AlertDescription(description));
                let name = match description.name() {
                    Some(name) => name.to_owned(),
                    None => format!("alert {}", description.0),
                };
                let kind = MessageKind::Alert { level, description };
                self.push(record, kind, name, content.to_vec(), nodes);
            }
            ContentType::APPLICATION_DATA => {
                let nodes = wire::application_data::application_data(content);
                let name = "application_data".to_owned();
                self.push(record, MessageKind::ApplicationData, name, content.to_vec(), nodes);
            }
            other => {
                let index = record.index;
                let text = format!("record {index}: content type {other} is not known");
                self.problem(record.from, text);
            }
        }
    }

    /// Joins handshake messages, and follows the handshake with each that is complete.
    fn handshake(&mut self, record: &mut Record, content: &[u8]) {
        let from = record.from;
        self.side(from).joiner.add(record.index, content);
        while let Some(joined) = self.side(from).joiner.next_message() {
            let Some(kind) = wire::handshake::kind(&joined.bytes) else { break };
            let negotiated = &self.progress.negotiated;
            let context =
                wire::handshake::Context { version: negotiated.version, suite: negotiated.suite };
            let (nodes, errors) = wire::handshake::message_or_opaque(&joined.bytes, context);
            self.note(record, errors);
            let name = wire::handshake::name(&joined.bytes).to_owned();
            self.push(record, MessageKind::Handshake(kind), name, joined.bytes, nodes);
            let Some(message) = self.messages.last_mut() else { break };
            let at = message.index;
            message.records = joined.records;
            if kind == HandshakeType::COMPRESSED_CERTIFICATE {
                match decompress(message, context, self.inflate) {
                    Ok((inner, errors)) => {
                        message.inner = Some(Box::new(inner));
                        let told = errors.iter().map(|error| format!("message {at}: {error}"));
                        self.problems.extend(told);
                    }
                    Err(problem) => self.problems.push(format!("message {at}: {problem}")),
                }
            }
            if let Err(problem) = self.progress.message(message) {
                let text = format!("message {}: {problem}", message.index);
                self.problem(from, text);
            }
            self.switch_after(from, kind);
        }
    }

    /// In TLS 1.3 keys change with these messages.
    fn switch_after(&mut self, from: Endpoint, kind: HandshakeType) {
        if !self.progress.is_tls13() {
            return;
        }
        match kind {
            HandshakeType::SERVER_HELLO if self.progress.negotiated.server_random.is_some() => {
                self.server.switch(Epoch::Handshake);
                // Early data ends with EndOfEarlyData, or with the first record that shows otherwise.
                if self.progress.negotiated.early_data == EarlyData::None {
                    self.client.switch(Epoch::Handshake);
                } else if self.client.epoch != Epoch::Early {
                    self.client.switch(Epoch::Early);
                }
            }
            HandshakeType::END_OF_EARLY_DATA => self.side(from).switch(Epoch::Handshake),
            HandshakeType::KEY_UPDATE if self.side(from).epoch == Epoch::Application => {
                self.side(from).switch(Epoch::Application);
            }
            HandshakeType::FINISHED => self.side(from).switch(Epoch::Application),
            _ => {}
        }
    }

    fn note(&mut self, record: &Record, errors: Vec<wire::WireError>) {
        let index = record.index;
        for error in errors {
            self.problem(record.from, format!("record {index}: {error}"));
        }
    }

    fn problem(&mut self, from: Endpoint, text: String) {
        if self.tells_of(from) {
            self.problems.push(text);
        }
    }

    /// Adds a message that ends in `record`.
    fn push(
        &mut self,
        record: &mut Record,
        kind: MessageKind,
        name: String,
        bytes: Vec<u8>,
        nodes: Vec<wire::Node>,
    ) {
        self.messages.push(Message {
            index: self.messages.len(),
            from: record.from,
            kind,
            name,
            epoch: record.epoch,
            records: vec![record.index],
            packets: Vec::new(),
            bytes,
            nodes,
            sent_us: record.sent_us,
            received_us: record.received_us,
            inner: None,
        });
    }

    /// Says what is left over when the last record has been read.
    pub fn finish(&mut self) {
        for who in Endpoint::BOTH {
            let left = self.side(who).joiner.left();
            if left > 0 {
                let who_else = who.name();
                self.problem(
                    who,
                    format!(
                        "the {who_else}'s last {left} bytes of handshake do not make a whole message"
                    ),
                );
            }
        }
    }
}
