//! What a program needs of a TLS connection, whoever implements it: bytes in, bytes out, and no
//! transport of its own. rustls does, and so do the [`super::teaching`] endpoints.

use rustls::Connection;
use std::io::{self, Read, Write};

/// A TLS connection without its transport.
///
/// Errors are the implementation's own texts. After one, [`Tls::write_to`] may still have an alert to
/// send, and nothing else is to be expected of the connection.
pub trait Tls {
    /// Takes in bytes that came from the peer, and gives what they held.
    ///
    /// # Errors
    /// The bytes are not what they should be, or tell of the peer's failure.
    fn receive(&mut self, bytes: &[u8]) -> Result<Received, String>;

    /// The peer has closed the transport.
    ///
    /// # Errors
    /// It did so without close_notify, so that the data may have been cut off.
    fn end_of_stream(&mut self) -> Result<(), String>;

    /// Whether the handshake is still going on.
    fn is_handshaking(&self) -> bool;

    /// Takes application data to be sent.
    ///
    /// # Errors
    /// The connection cannot send.
    fn send(&mut self, data: &[u8]) -> Result<(), String>;

    /// Says that no more data will be sent.
    fn send_close_notify(&mut self);

    /// Moves what is to be sent to the peer to the end of `outbox`.
    fn write_to(&mut self, outbox: &mut Vec<u8>);

    /// The connection as rustls has it, if it is one: for what only rustls does.
    fn rustls(&mut self) -> Option<&mut Connection> {
        None
    }
}

/// What bytes from the peer held for the application.
#[derive(Debug, Default)]
pub struct Received {
    /// Application data.
    pub data: Vec<u8>,
    /// Whether the peer has said close_notify, now or before.
    pub peer_closed: bool,
}

impl Tls for Connection {
    fn receive(&mut self, mut bytes: &[u8]) -> Result<Received, String> {
        let mut received = Received::default();
        while !bytes.is_empty() {
            if self.read_tls(&mut bytes).map_err(|error| error.to_string())? == 0 {
                // Whatever comes after close_notify is ignored (RFC 9846, section 6.1).
                received.peer_closed = true;
                break;
            }
            let state = self.process_new_packets().map_err(|error| error.to_string())?;
            let mut data = vec![0; state.plaintext_bytes_to_read()];
            if !data.is_empty() && self.reader().read_exact(&mut data).is_ok() {
                received.data.append(&mut data);
            }
            received.peer_closed |= state.peer_has_closed();
        }
        Ok(received)
    }

    fn end_of_stream(&mut self) -> Result<(), String> {
        let _ = self.read_tls(&mut io::empty());
        self.reader().read(&mut [0]).map(|_| ()).map_err(|error| error.to_string())
    }

    fn is_handshaking(&self) -> bool {
        (**self).is_handshaking()
    }

    fn send(&mut self, data: &[u8]) -> Result<(), String> {
        self.writer().write_all(data).map_err(|error| error.to_string())
    }

    fn send_close_notify(&mut self) {
        (**self).send_close_notify();
    }

    fn write_to(&mut self, outbox: &mut Vec<u8>) {
        while self.wants_write() && self.write_tls(outbox).is_ok() {}
    }

    fn rustls(&mut self) -> Option<&mut Connection> {
        Some(self)
    }
}
