//! A connection without TLS, in the place of one: bytes go out as they came in.

use super::program::TlsConfig;
use super::tls::{Received, Tls};
use crate::trace::Endpoint;

/// What a server answers that gets no HTTP (RFC 9110, section 15.5.1).
const BAD_REQUEST: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

/// One end of it.
struct Plain {
    who: Endpoint,
    /// Whether it has looked at what came.
    begun: bool,
    /// Bytes that wait to be sent.
    outbox: Vec<u8>,
}

/// The end of a connection that carries HTTP as it is.
pub fn config(who: Endpoint) -> TlsConfig {
    TlsConfig::Other(Box::new(move || Box::new(Plain { who, begun: false, outbox: Vec::new() })))
}

impl Tls for Plain {
    /// HTTP begins with a name in capitals: of a method, or its own.
    fn receive(&mut self, bytes: &[u8]) -> Result<Received, String> {
        let is_http = self.begun || bytes.first().is_none_or(u8::is_ascii_uppercase);
        self.begun |= !bytes.is_empty();
        if is_http {
            return Ok(Received { data: bytes.to_vec(), peer_closed: false });
        }
        if self.who == Endpoint::Server {
            self.outbox.extend(BAD_REQUEST);
        }
        let what = self.who.of(["response", "request"]);
        Err(format!(
            "what came is no HTTP {what}: its first byte is {:#04x}",
            bytes.first().copied().unwrap_or_default()
        ))
    }

    /// Nothing but TCP's FIN says that the data is complete, and anyone on the path can forge it.
    fn end_of_stream(&mut self) -> Result<(), String> {
        Ok(())
    }

    fn is_handshaking(&self) -> bool {
        false
    }

    fn send(&mut self, data: &[u8]) -> Result<(), String> {
        self.outbox.extend(data);
        Ok(())
    }

    fn send_close_notify(&mut self) {}

    fn write_to(&mut self, outbox: &mut Vec<u8>) {
        outbox.append(&mut self.outbox);
    }
}
