//! Secrets in the SSLKEYLOGFILE format (RFC 9850), which NSS began and Wireshark reads. Its labels kept
//! their names: `CLIENT_RANDOM` is the main secret of TLS 1.2, `EXPORTER_SECRET` the exporter secret.

use crate::hex;
use crate::trace::{Endpoint, Op, Trace};

/// The key log of all connections: one line for each secret that the TLS library handed out,
/// `LABEL client_random secret`. What both endpoints logged stands there once; where they logged different
/// secrets, that of the end whose records it opens.
pub fn write(trace: &Trace) -> String {
    let mut lines: Vec<String> = Vec::new();
    let logged = || {
        let events = trace.connections.iter().flat_map(|connection| &connection.events);
        events.filter_map(|event| match &event.op {
            Op::KeyLog { label, client_random, secret } => {
                Some((event.by, label, client_random, secret))
            }
            _ => None,
        })
    };
    for (by, label, client_random, secret) in logged() {
        let owner = if label.starts_with("SERVER_") { Endpoint::Server } else { Endpoint::Client };
        let is_theirs = |one: (Endpoint, &String, &Vec<u8>, &Vec<u8>)| {
            (one.0, one.1, one.2) == (owner, label, client_random)
        };
        if by == owner || !logged().any(is_theirs) {
            let line = format!("{label} {} {}\n", hex::encode(client_random), hex::encode(secret));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.concat()
}
