//! Secrets in the NSS key log format, as `SSLKEYLOGFILE` (RFC 9850).

use crate::trace::{Op, Trace, hex};

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
