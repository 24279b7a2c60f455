//! A connection without TLS, in the place of one: bytes go out as they came in.

use crate::engine::program::TlsConfig;
use crate::engine::tls::{Received, Tls};

/// Bytes that wait to be sent.
#[derive(Default)]
struct Plain(Vec<u8>);

/// The end of a connection that carries application data as it is.
pub fn config() -> TlsConfig {
    TlsConfig::Other(Box::new(|| Box::<Plain>::default()))
}

impl Tls for Plain {
    fn receive(&mut self, bytes: &[u8]) -> Result<Received, String> {
        Ok(Received { data: bytes.to_vec(), peer_closed: false })
    }

    /// Nothing but TCP's FIN says that the data is complete, and anyone on the path can forge it.
    fn end_of_stream(&mut self) -> Result<(), String> {
        Ok(())
    }

    fn is_handshaking(&self) -> bool {
        false
    }

    fn send(&mut self, data: &[u8]) -> Result<(), String> {
        self.0.extend(data);
        Ok(())
    }

    fn send_close_notify(&mut self) {}

    fn write_to(&mut self, outbox: &mut Vec<u8>) {
        outbox.append(&mut self.0);
    }
}
