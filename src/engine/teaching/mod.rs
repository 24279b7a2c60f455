//! The teaching endpoints: a small client and a small server of TLS 1.2 (RFC 5246).
//!
//! They exist for what rustls does not have, and TLS 1.3 neither: RSA key exchange, and handshakes
//! without extended_master_secret. They are for learning, not for use: no
//! resumption and no renegotiation.
//!
//! ```text
//!       client.rs                                   server.rs
//!       ClientHello            ───────────────▶     read_client_hello
//!       read_server_hello      ◀───────────────       ServerHello
//!       read_certificate       ◀───────────────       Certificate
//!       read_server_key_exchange ◀─ (ECDHE only) ─    ServerKeyExchange
//!       read_certificate_request ◀─ (if it asks) ─    CertificateRequest
//!       read_server_hello_done ◀───────────────       ServerHelloDone
//!         Certificate          ─ (if asked) ───▶    read_certificate
//!         ClientKeyExchange    ───────────────▶     read_client_key_exchange
//!         CertificateVerify    ─ (if it has one) ▶  read_certificate_verify
//!         ChangeCipherSpec     ───────────────▶
//!         Finished             ───────────────▶     read_finished
//!                              ◀───────────────       ChangeCipherSpec
//!       read_finished          ◀───────────────       Finished
//! ```
//!
//! | file | what is in it |
//! |---|---|
//! | `client`, `server` | the handshake, one method for each phase; each check names its alert |
//! | `certificate` | the Certificate message, and signatures |
//! | `core` | what both do alike: messages, transcript, keys, Finished |
//! | `records` | the record layer |
//! | `hello`, `bytes` | messages to bytes and back |
//! | `suite` | the cipher suites |
//! | `config` | what they are set up with |
//!
//! Randomness, hashes, ciphers, signatures and the judgement of certificates are those of the
//! recording provider, so that a trace shows these endpoints' work as it shows that of rustls.

mod alert;
mod bytes;
mod certificate;
mod client;
mod config;
mod core;
mod hello;
mod records;
mod server;
mod suite;
#[cfg(test)]
mod tests;

pub use config::{ClientConfig, ServerConfig, client_config, server_config};

use super::RunError;
use super::config::ConfigOf;
use super::program::TlsConfig;
use super::tls::{Received, Tls};
use crate::plan::Peer;
use crate::tls::{AlertLevel, HandshakeType};
use crate::trace::Endpoint;
use crate::wire::handshake;
use alert::{Refusal, refuse};
use core::Core;
use rustls::{AlertDescription, ContentType};
use std::sync::Arc;

/// What opens the connections of a client.
///
/// # Errors
/// A chain could not be minted, or the name is none.
pub fn open_client(peer: &Peer) -> Result<ConfigOf, RunError> {
    let config = client_config(peer)?;
    Ok(Box::new(move |_| {
        let config = config.clone();
        TlsConfig::Other(Box::new(move || Box::new(client(config.clone()))))
    }))
}

/// What opens the connections of a server.
///
/// # Errors
/// A chain could not be minted.
pub fn open_server(peer: &Peer) -> Result<ConfigOf, RunError> {
    let config = server_config(peer)?;
    Ok(Box::new(move |_| {
        let config = config.clone();
        TlsConfig::Other(Box::new(move || Box::new(server(config.clone()))))
    }))
}

/// A teaching client, which has its ClientHello ready.
pub fn client(config: Arc<ClientConfig>) -> impl Tls + use<> {
    Connection::new(client::Client::new(config))
}

/// A teaching server.
pub fn server(config: Arc<ServerConfig>) -> impl Tls + use<> {
    Connection::new(server::Server::new(config))
}

/// One side of the handshake.
trait Role {
    const WHO: Endpoint;

    /// Does what is to be done before anything is received.
    fn start(&mut self, core: &mut Core) -> Result<(), Refusal>;

    /// Takes the next handshake message, header included.
    fn message(&mut self, core: &mut Core, message: &[u8]) -> Result<(), Refusal>;

    /// Takes a ChangeCipherSpec.
    fn change_cipher_spec(&mut self, core: &mut Core, content: &[u8]) -> Result<(), Refusal>;

    /// Whether the handshake is complete.
    fn is_complete(&self) -> bool;
}

/// A connection of a teaching endpoint.
struct Connection<R> {
    core: Core,
    role: R,
    peer_closed: bool,
    /// Why it gave up.
    failed: Option<String>,
}

impl<R: Role> Connection<R> {
    fn new(role: R) -> Connection<R> {
        let core = Core::new(R::WHO);
        let mut connection = Connection { core, role, peer_closed: false, failed: None };
        if let Err(refusal) = connection.role.start(&mut connection.core) {
            connection.fail(refusal);
        }
        connection
    }

    /// Reads all records that are whole.
    fn read(&mut self, received: &mut Received) -> Result<(), Refusal> {
        while !self.peer_closed
            && let Some((kind, fragment)) = self.core.records.next()?
        {
            match kind {
                ContentType::Handshake => self.handshake(&fragment)?,
                ContentType::ChangeCipherSpec => {
                    self.role.change_cipher_spec(&mut self.core, &fragment)?;
                }
                ContentType::Alert => self.alert(&fragment)?,
                _ if self.role.is_complete() => received.data.extend(fragment),
                _ => {
                    let text = "application data came before the handshake was complete";
                    return Err(refuse(AlertDescription::UnexpectedMessage, text));
                }
            }
        }
        Ok(())
    }

    fn handshake(&mut self, fragment: &[u8]) -> Result<(), Refusal> {
        self.core.join(fragment);
        while let Some(message) = self.core.next_message()? {
            if self.role.is_complete() {
                self.decline_renegotiation(&message)?;
            } else {
                self.role.message(&mut self.core, &message)?;
            }
        }
        Ok(())
    }

    /// A second handshake may be declined by a warning (RFC 5246, section 7.2.2).
    fn decline_renegotiation(&mut self, message: &[u8]) -> Result<(), Refusal> {
        match handshake::kind(message) {
            Some(HandshakeType::HELLO_REQUEST | HandshakeType::CLIENT_HELLO) => {
                self.send_alert(AlertLevel::WARNING, AlertDescription::NoRenegotiation);
                Ok(())
            }
            _ => Err(unexpected(message, "application data")),
        }
    }

    fn alert(&mut self, content: &[u8]) -> Result<(), Refusal> {
        let &[level, description] = content else {
            let text = format!("an alert of {} bytes is none", content.len());
            return Err(refuse(AlertDescription::DecodeError, text));
        };
        match (AlertLevel(level), AlertDescription::from(description)) {
            (_, AlertDescription::CloseNotify) => self.peer_closed = true,
            // Other warnings change nothing.
            (AlertLevel::WARNING, _) => {}
            (_, description) => {
                let text = rustls::Error::AlertReceived(description).to_string();
                return Err(Refusal { alert: None, text });
            }
        }
        Ok(())
    }

    fn send_alert(&mut self, level: AlertLevel, description: AlertDescription) {
        self.core.records.send(ContentType::Alert, &[level.0, u8::from(description)]);
    }

    /// Gives up, and tells the peer. The text of the failure.
    fn fail(&mut self, refusal: Refusal) -> String {
        if let Some(alert) = refusal.alert {
            self.send_alert(AlertLevel::FATAL, alert);
        }
        self.failed = Some(refusal.text.clone());
        refusal.text
    }
}

impl<R: Role> Tls for Connection<R> {
    fn receive(&mut self, octets: &[u8]) -> Result<Received, String> {
        if let Some(text) = &self.failed {
            return Err(text.clone());
        }
        self.core.records.feed(octets);
        let mut received = Received::default();
        self.read(&mut received).map_err(|refusal| self.fail(refusal))?;
        received.peer_closed = self.peer_closed;
        Ok(received)
    }

    fn end_of_stream(&mut self) -> Result<(), String> {
        if self.peer_closed {
            return Ok(());
        }
        Err("the peer closed the connection without close_notify: data may have been cut off"
            .into())
    }

    fn is_handshaking(&self) -> bool {
        !self.role.is_complete()
    }

    fn send(&mut self, data: &[u8]) -> Result<(), String> {
        match &self.failed {
            Some(text) => Err(text.clone()),
            None if self.is_handshaking() => Err("the handshake is not complete".into()),
            None => {
                self.core.records.send(ContentType::ApplicationData, data);
                Ok(())
            }
        }
    }

    fn send_close_notify(&mut self) {
        self.send_alert(AlertLevel::WARNING, AlertDescription::CloseNotify);
    }

    fn write_to(&mut self, outbox: &mut Vec<u8>) {
        outbox.append(&mut self.core.records.take_output());
    }
}

/// A message that is not the one due.
fn unexpected(message: &[u8], due: &str) -> Refusal {
    let text = format!("received {} when {due} was due", handshake::name(message));
    refuse(AlertDescription::UnexpectedMessage, text)
}
