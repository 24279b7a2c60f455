//! The handshake as it goes on: what the hellos settle, the transcript, and the key schedule as far as
//! the messages so far make it possible.

use super::hello::{self, Extensions, Hello};
use super::model::{EarlyData, Epoch, Message, MessageKind, Negotiated, Resumable};
use super::protection::{Rules, TrafficKey};
use super::transcript::Transcript;
use crate::keys::{
    Agreement, Context, Early, Exchange, KeyNode, Randoms, RsaKeyTransport, Secret, Suite, Tls12,
    Tls13,
};
use crate::tls::{ExtensionType, HandshakeType, NamedGroup, ProtocolVersion};
use crate::trace::{Connection, Endpoint, Event, Op};

/// The state of the handshake after the messages so far.
pub(super) struct Progress<'a> {
    pub(super) connection: &'a Connection,
    /// Other hops of the same TLS.
    other_hops: &'a [&'a Connection],
    /// Whose view this is; `None` where both ends have the same.
    pub view: Option<Endpoint>,
    pub negotiated: Negotiated,
    pub transcript: Transcript,
    /// The sessions that the server gave out here.
    pub sessions: Vec<Resumable>,
    /// The earlier session that the client wants to resume.
    pub offered: Option<Resumable>,
    pub(super) earlier: &'a [Resumable],
    pub(super) tree: Tree,
    /// The session ID that the client sent.
    pub(super) session_id: Vec<u8>,
    /// The TLS 1.2 ServerHello that named a new session, with the session ID.
    pub(super) named: Option<(Message, Vec<u8>)>,
    pub(super) suite: Option<&'static Suite>,
    /// Whether both hellos carry extended_main_secret: of the hellos so far.
    extended_main_secret: bool,
    /// Group and public value that the server sent.
    server_share: Option<(NamedGroup, Vec<u8>)>,
    /// Whose Finished has been sent.
    finished: Vec<Endpoint>,
    /// Who sent the last handshake message.
    last_sender: Option<Endpoint>,
}

/// The key schedule of the version that was chosen.
pub(super) enum Tree {
    None,
    /// As far as a ClientHello with a pre-shared key gets it.
    Early(Box<Early>),
    Tls13(Box<Tls13>),
    Tls12(Box<Tls12>),
}

impl<'a> Progress<'a> {
    /// At the start of `connection`, which may resume one of the sessions of `earlier` ones.
    pub fn new(
        connection: &'a Connection,
        other_hops: &'a [&'a Connection],
        earlier: &'a [Resumable],
    ) -> Progress<'a> {
        Progress {
            connection,
            other_hops,
            view: None,
            negotiated: Negotiated::default(),
            transcript: Transcript::default(),
            sessions: Vec::new(),
            offered: None,
            earlier,
            tree: Tree::None,
            session_id: Vec::new(),
            named: None,
            suite: None,
            extended_main_secret: false,
            server_share: None,
            finished: Vec::new(),
            last_sender: None,
        }
    }

    /// What the ends of this TLS recorded.
    fn events(&self) -> impl Iterator<Item = &'a Event> {
        let hops = std::iter::once(self.connection).chain(self.other_hops.iter().copied());
        hops.flat_map(|hop| &hop.events)
    }

    /// Whether the hellos have settled on TLS 1.3.
    pub fn is_tls13(&self) -> bool {
        self.negotiated.version == Some(ProtocolVersion::TLS1_3)
    }

    /// The suite that was chosen, if its records can be opened here.
    pub fn suite(&self) -> Option<&'static Suite> {
        self.suite
    }

    /// The suite under which records of `epoch` travel. Early data comes before the server's choice,
    /// under the suite of the session that the client resumes.
    pub fn suite_of(&self, epoch: Epoch) -> Option<&'static Suite> {
        let offered = self.offered.as_ref().and_then(|session| Suite::find(session.suite));
        if epoch == Epoch::Early { offered } else { self.suite }
    }

    /// How records of the chosen version are protected. Before the choice only TLS 1.3 has any.
    pub fn rules(&self) -> Rules {
        let open = self.negotiated.version.is_none();
        if open || self.is_tls13() { Rules::Tls13 } else { Rules::Tls12 }
    }

    /// The values of the key schedule so far.
    pub fn keys(&self) -> &[KeyNode] {
        match &self.tree {
            Tree::None => &[],
            Tree::Early(tree) => tree.schedule().nodes(),
            Tree::Tls13(tree) => tree.schedule().nodes(),
            Tree::Tls12(tree) => tree.schedule().nodes(),
        }
    }

    /// The key under which `from` sends in `epoch`, if it has been derived.
    pub fn traffic_key(&self, from: Endpoint, epoch: Epoch) -> Option<TrafficKey> {
        use Endpoint::{Client, Server};
        let (name, iv_name) = match (&self.tree, epoch, from) {
            (Tree::Early(_) | Tree::Tls13(_), Epoch::Early, Client) => {
                ("client_early_key", "client_early_iv")
            }
            (Tree::Tls13(_), Epoch::Handshake, Client) => {
                ("client_handshake_key", "client_handshake_iv")
            }
            (Tree::Tls13(_), Epoch::Handshake, Server) => {
                ("server_handshake_key", "server_handshake_iv")
            }
            (Tree::Tls13(tree), Epoch::Application, _) => tree.application_key(from)?.into(),
            (Tree::Tls12(_), Epoch::Application, Client) => ("client_write_key", "client_write_iv"),
            (Tree::Tls12(_), Epoch::Application, Server) => ("server_write_key", "server_write_iv"),
            _ => return None,
        };
        let value = |name| self.keys().iter().find(|node| node.name == name);
        let (key, iv) = (value(name)?, value(iv_name)?);
        Some(TrafficKey { name: key.name, key: key.output.clone(), iv: iv.output.clone() })
    }

    /// Takes in the next handshake message.
    ///
    /// # Errors
    /// The message is not what the ones before it make necessary; says in what.
    pub fn message(&mut self, message: &Message) -> Result<(), String> {
        let MessageKind::Handshake(kind) = message.kind else { return Ok(()) };
        let complete = self.finished.len() == 2;
        if !complete {
            self.count_round_trip(message.from);
        }
        let mut checked = Ok(());
        match kind {
            HandshakeType::HELLO_REQUEST => return Ok(()),
            HandshakeType::KEY_UPDATE => {
                if let Tree::Tls13(tree) = &mut self.tree {
                    tree.key_update(message.from, message.index);
                }
                return Ok(());
            }
            HandshakeType::NEW_SESSION_TICKET if self.is_tls13() => {
                self.ticket13(message);
                return Ok(());
            }
            _ if complete => return Ok(()),
            HandshakeType::NEW_SESSION_TICKET => self.ticket12(message),
            HandshakeType::CLIENT_HELLO => checked = self.client_hello(message),
            HandshakeType::SERVER_HELLO => checked = self.server_hello(message),
            HandshakeType::ENCRYPTED_EXTENSIONS => self.encrypted_extensions(message),
            HandshakeType::SERVER_KEY_EXCHANGE => checked = self.server_key_exchange(message),
            HandshakeType::FINISHED => checked = self.before_finished(message),
            _ => {}
        }
        self.transcript.add(message.index, &transcript_name(kind, message), &message.bytes);
        let Some(context) = self.transcript.context() else { return checked };
        match kind {
            HandshakeType::SERVER_HELLO if self.is_tls13() => {
                self.start_tls13(&context).and(checked)
            }
            HandshakeType::CLIENT_KEY_EXCHANGE => {
                self.start_tls12(&message.bytes, &context).and(checked)
            }
            HandshakeType::FINISHED => {
                self.after_finished(message.from, &context);
                checked
            }
            _ => checked,
        }
    }

    /// A round trip is a flight of the client's that the server answers.
    fn count_round_trip(&mut self, from: Endpoint) {
        if self.last_sender == Some(Endpoint::Client) && from == Endpoint::Server {
            self.negotiated.round_trips += 1;
        }
        self.last_sender = Some(from);
    }

    fn client_hello(&mut self, message: &Message) -> Result<(), String> {
        let hello = Hello::client(&message.bytes).ok_or("ClientHello is cut short")?;
        self.negotiated.server_name = hello.server_name();
        self.session_id = hello.session_id.to_vec();
        self.negotiated.client_random = Some(hello.random.to_vec());
        self.extended_main_secret = hello.extensions.has(ExtensionType::EXTENDED_MAIN_SECRET);
        if hello.extensions.has(ExtensionType::EARLY_DATA) {
            self.negotiated.early_data = EarlyData::Rejected; // until the server says otherwise
        }
        self.offer(message, &hello)
    }

    fn server_hello(&mut self, message: &Message) -> Result<(), String> {
        let hello = Hello::server(&message.bytes).ok_or("ServerHello is cut short")?;
        self.negotiated.version = Some(hello.version());
        self.negotiated.suite = Some(hello.suite);
        self.suite = Suite::find(hello.suite);
        let suite = self.suite.ok_or_else(|| {
            format!(
                "cipher suite 0x{:04x} is not one whose keys can be derived here",
                hello.suite.0
            )
        })?;
        self.transcript.settle(suite.hash);
        if hello.is_retry_request() {
            self.transcript.retry();
            return Ok(());
        }
        self.negotiated.server_random = Some(hello.random.to_vec());
        self.extended_main_secret &= hello.extensions.has(ExtensionType::EXTENDED_MAIN_SECRET);
        self.negotiated.alpn = hello.extensions.alpn();
        self.set_server_share(hello.key_share());
        self.answer(message, &hello, suite)
    }

    fn set_server_share(&mut self, share: Option<(NamedGroup, &[u8])>) {
        if let Some((group, public)) = share {
            self.negotiated.group = Some(group);
            self.server_share = Some((group, public.to_vec()));
        }
    }

    fn encrypted_extensions(&mut self, message: &Message) {
        let extensions = Extensions::encrypted(&message.bytes);
        self.negotiated.alpn = extensions.alpn();
        if extensions.has(ExtensionType::EARLY_DATA) {
            self.negotiated.early_data = EarlyData::Accepted;
            self.negotiated.round_trips = 0;
        }
    }

    fn server_key_exchange(&mut self, message: &Message) -> Result<(), String> {
        let share = hello::server_key_exchange(&message.bytes)
            .ok_or("ServerKeyExchange does not hold a public value of a named curve")?;
        self.set_server_share(Some(share));
        Ok(())
    }

    fn start_tls13(&mut self, hellos: &Context) -> Result<(), String> {
        let Some(suite) = self.suite else { return Ok(()) };
        if self.negotiated.server_random.is_none() {
            return Ok(()); // a HelloRetryRequest
        }
        let agreement = self.agreement()?;
        let resumed = self.negotiated.resumed;
        let early = match std::mem::replace(&mut self.tree, Tree::None) {
            Tree::Early(early) if resumed && early.suite().hash == suite.hash => {
                early.for_suite(suite)
            }
            Tree::Early(early) if !resumed => early.declined(suite, hellos.after),
            _ if resumed => return Err("the pre-shared key that it resumes is not known".into()),
            _ => Early::without_psk(suite, hellos.after),
        };
        self.tree = Tree::Tls13(Box::new(Tls13::after(early, &agreement, hellos)));
        Ok(())
    }

    fn start_tls12(&mut self, client_key_exchange: &[u8], session: &Context) -> Result<(), String> {
        let (Some(suite), Some(client), Some(server)) =
            (self.suite, &self.negotiated.client_random, &self.negotiated.server_random)
        else {
            return Ok(());
        };
        let randoms = Randoms { client: client.clone(), server: server.clone() };
        let exchange = match hello::encrypted_preliminary_secret(client_key_exchange) {
            Some(sent) if self.server_share.is_none() => Exchange::Rsa(self.transport(sent)?),
            _ => Exchange::Ecdhe(self.agreement()?),
        };
        let extended = self.extended_main_secret;
        let tree = Tls12::new(suite, &exchange, &randoms, session, extended);
        self.tree = Tree::Tls12(Box::new(tree));
        Ok(())
    }

    /// What the endpoints put into the key agreement that the server's public value belongs to. The
    /// client's view comes first.
    fn agreement(&self) -> Result<Agreement, String> {
        let (group, share) =
            self.server_share.as_ref().ok_or("the server sent no public value to agree on keys")?;
        let views: Vec<Agreement> = self
            .events()
            .filter_map(|event| match &event.op {
                Op::KeyAgreement { group: of, private, public, peer, shared } => {
                    let servers = if event.by == Endpoint::Client { peer } else { public };
                    (of == group && servers == share).then(|| Agreement {
                        group: *group,
                        owner: event.by,
                        private: private.clone(),
                        peer: peer.clone(),
                        shared: shared.clone(),
                    })
                }
                _ => None,
            })
            .collect();
        let whose = self.view.unwrap_or(Endpoint::Client);
        let clients = views.iter().find(|view| view.owner == whose);
        clients.or(views.first()).cloned().ok_or_else(|| {
            "no endpoint recorded the shared secret, so no keys can be derived".into()
        })
    }

    /// The secret that the client encrypted: as whoever has the private key decrypted it, or else as
    /// the client drew it.
    fn transport(&self, sent: &[u8]) -> Result<RsaKeyTransport, String> {
        let views = self.events().filter_map(|event| {
            let (private_key, ciphertext, secret) = match &event.op {
                Op::RsaDecrypt { private_key, ciphertext, plaintext: Some(secret) } => {
                    (private_key.clone(), ciphertext, secret)
                }
                Op::RsaEncrypt { ciphertext, plaintext, .. } => (Vec::new(), ciphertext, plaintext),
                _ => return None,
            };
            (ciphertext == sent).then(|| RsaKeyTransport {
                owner: if private_key.is_empty() { Endpoint::Client } else { Endpoint::Server },
                private_key,
                ciphertext: ciphertext.clone(),
                preliminary_secret: secret.clone(),
            })
        });
        let views: Vec<RsaKeyTransport> = views.collect();
        let servers = views.iter().find(|view| view.owner == Endpoint::Server);
        servers.or(views.first()).cloned().ok_or_else(|| {
            "nobody is known to have decrypted the preliminary secret, so no keys can be derived"
                .into()
        })
    }

    /// Computes the `verify_data` that a Finished must hold, and compares.
    fn before_finished(&mut self, message: &Message) -> Result<(), String> {
        let Some(before) = self.transcript.context() else { return Ok(()) };
        let expected: Secret = match &mut self.tree {
            Tree::None | Tree::Early(_) => return Ok(()),
            Tree::Tls13(tree) => tree.finished(message.from, &before),
            Tree::Tls12(tree) => tree.finished(message.from, &before),
        };
        match message.bytes.get(4..) {
            Some(sent) if sent == expected.value => Ok(()),
            _ => {
                Err(format!("the {}'s Finished does not match the transcript", message.from.name()))
            }
        }
    }

    fn after_finished(&mut self, from: Endpoint, all: &Context) {
        self.finished.push(from);
        if let Tree::Tls13(tree) = &mut self.tree {
            match from {
                Endpoint::Server => tree.server_finished(all),
                Endpoint::Client => tree.client_finished(all),
            }
        }
        if self.finished.len() == 2 {
            self.name_session12();
        }
    }
}

/// What a message is called where a transcript is described: as RFC 9846 does, with its sender where
/// both may send one.
fn transcript_name(kind: HandshakeType, message: &Message) -> String {
    let client_auth = message.from == Endpoint::Client
        && matches!(kind, HandshakeType::CERTIFICATE | HandshakeType::CERTIFICATE_VERIFY);
    if kind == HandshakeType::FINISHED || client_auth {
        format!("{} {}", message.from.name(), message.name)
    } else {
        message.name.clone()
    }
}
