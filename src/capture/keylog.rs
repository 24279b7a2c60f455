//! Secrets in the SSLKEYLOGFILE format (RFC 9850), which NSS began and Wireshark reads. Its labels kept
//! their names: `CLIENT_RANDOM` is the main secret of TLS 1.2, `EXPORTER_SECRET` the exporter secret.

use crate::hex;
use crate::trace::{Op, Trace};

/// The key log of all connections: one line for each secret that the TLS library handed out,
/// `LABEL client_random secret`. What both endpoints logged stands there once.
pub fn write(trace: &Trace) -> String {
    let mut lines: Vec<String> = Vec::new();
    for event in trace.connections.iter().flat_map(|connection| &connection.events) {
        if let Op::KeyLog { label, client_random, secret } = &event.op {
            let line = format!("{label} {} {}\n", hex::encode(client_random), hex::encode(secret));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.concat()
}
