//! Sessions: those that the server gives out, and the one that the client comes back with.

use super::hello::{self, Hello, Ticket};
use super::model::{Message, Resumable};
use super::progress::{Progress, Tree};
use crate::keys::{Early, FromEarlierConnection, Offer, Randoms, Suite, Tls12};
use crate::tls::{CipherSuite, ExtensionType};

impl Progress<'_> {
    /// Takes in what a ClientHello offers to resume: a pre-shared key with its binder, or a session of
    /// TLS 1.2.
    ///
    /// # Errors
    /// The binder is not what the key and this ClientHello make necessary.
    pub(super) fn offer(&mut self, message: &Message, hello: &Hello<'_>) -> Result<(), String> {
        let known = |identity: &[u8]| {
            let same = |session: &&Resumable| session.identity == identity;
            self.earlier.iter().rev().find(same).filter(|_| !identity.is_empty()).cloned()
        };
        let Some(offer) = hello.psk_offer() else {
            self.offered = known(hello.session_ticket().unwrap_or(hello.session_id));
            return Ok(());
        };
        let mut identities = offer.identities.iter().enumerate();
        let found = identities.find_map(|(place, identity)| Some((place, known(identity)?)));
        let Some((place, session)) = found else { return Ok(()) };
        let Some(suite) = Suite::find(session.suite) else { return Ok(()) };
        let end = message.bytes.len().saturating_sub(offer.binders_len);
        let truncated = message.bytes.get(..end).unwrap_or_default();
        let over = |octets, name| self.transcript.with(suite.hash, octets, name, message.index);
        let truncated = over(truncated, "Truncate(ClientHello)");
        let whole = hello
            .extensions
            .has(ExtensionType::EARLY_DATA)
            .then(|| over(&message.bytes, "ClientHello"));
        let offered = Offer { truncated: &truncated, early_data: whole.as_ref() };
        let early = Early::with_psk(suite, &session.secret, &offered);
        let computed = early.schedule().find("binder").map(|node| node.output.as_slice());
        let matches = computed == offer.binders.get(place).copied();
        self.tree = Tree::Early(Box::new(early));
        self.offered = Some(session);
        if matches {
            Ok(())
        } else {
            Err("the binder does not match the pre-shared key and this ClientHello".into())
        }
    }

    /// Takes in whether a ServerHello resumes what was offered. In TLS 1.2 it echoes the session ID,
    /// and the keys follow at once.
    ///
    /// # Errors
    /// It resumes a session that is not known here.
    pub(super) fn answer(
        &mut self,
        message: &Message,
        hello: &Hello<'_>,
        suite: &'static Suite,
    ) -> Result<(), String> {
        if self.is_tls13() {
            self.negotiated.resumed = hello.selected_psk().is_some();
            return Ok(());
        }
        self.negotiated.resumed =
            !hello.session_id.is_empty() && self.session_id == hello.session_id;
        if !self.negotiated.resumed {
            if !hello.session_id.is_empty() {
                self.named = Some((message.clone(), hello.session_id.to_vec()));
            }
            return Ok(());
        }
        let session = self.offered.as_ref().ok_or("the session that it resumes is not known")?;
        let (Some(client), Some(server)) =
            (&self.negotiated.client_random, &self.negotiated.server_random)
        else {
            return Ok(());
        };
        let randoms = Randoms { client: client.clone(), server: server.clone() };
        let tree = Tls12::resume(suite, &session.secret, &randoms, Some(message.index));
        self.tree = Tree::Tls12(Box::new(tree));
        Ok(())
    }

    /// Takes in a NewSessionTicket of TLS 1.3, and derives its pre-shared key.
    pub(super) fn ticket13(&mut self, message: &Message) {
        let Tree::Tls13(tree) = &mut self.tree else { return };
        let Some(ticket) = Ticket::tls13(&message.bytes) else { return };
        let Some(psk) = tree.ticket(ticket.nonce, message.index) else { return };
        let secret = FromEarlierConnection { connection: self.connection.id, node: psk };
        self.give_out(Resumable {
            lifetime: Some(ticket.lifetime),
            age_add: Some(ticket.age_add),
            max_early_data: ticket.max_early_data,
            ..Resumable::new(message, ticket.ticket, secret)
        });
    }

    /// Takes in a NewSessionTicket of TLS 1.2, which follows the main secret.
    pub(super) fn ticket12(&mut self, message: &Message) {
        let Some((lifetime, ticket)) = hello::ticket12(&message.bytes) else { return };
        if let Some(secret) = self.main_secret().filter(|_| !ticket.is_empty()) {
            let session = Resumable::new(message, ticket, secret);
            self.give_out(Resumable { lifetime: Some(lifetime), ..session });
        }
    }

    /// Takes in that the server named the session of a full TLS 1.2 handshake by a session ID. The
    /// main secret is there once ClientKeyExchange is.
    pub(super) fn name_session12(&mut self) {
        let Some((server_hello, identity)) = self.named.take() else { return };
        if let Some(secret) = self.main_secret() {
            self.give_out(Resumable::new(&server_hello, &identity, secret));
        }
    }

    fn give_out(&mut self, session: Resumable) {
        let suite = self.negotiated.suite.unwrap_or(session.suite);
        self.sessions.push(Resumable { suite, ..session });
    }

    /// The main secret, and where it was computed.
    fn main_secret(&self) -> Option<FromEarlierConnection> {
        let resumed = self.offered.as_ref().filter(|_| self.negotiated.resumed);
        if let Some(session) = resumed {
            return Some(session.secret.clone());
        }
        let node = self.keys().iter().find(|node| node.name == "main_secret")?;
        Some(FromEarlierConnection { connection: self.connection.id, node: node.clone() })
    }
}

impl Resumable {
    /// A session that `message` names.
    fn new(message: &Message, identity: &[u8], secret: FromEarlierConnection) -> Resumable {
        Resumable {
            identity: identity.to_vec(),
            secret,
            suite: CipherSuite::TLS_NULL_WITH_NULL_NULL,
            message: message.index,
            sent_us: message.sent_us,
            received_us: message.received_us,
            lifetime: None,
            age_add: None,
            max_early_data: None,
        }
    }
}
