//! Secrets in the SSLKEYLOGFILE format (RFC 9850), which NSS began and Wireshark reads. Its labels kept
//! their names: `CLIENT_RANDOM` is the main secret of TLS 1.2, `EXPORTER_SECRET` the exporter secret.

use crate::hex;
use crate::trace::{Connection, Endpoint, Op, Trace};

/// The key log of all connections: one line for each secret that the TLS library handed out,
/// `LABEL client_random secret`. What both endpoints logged stands there once; where they logged different
/// secrets, that of the end whose records it opens.
pub fn write(trace: &Trace) -> String {
    lines(trace).into_iter().map(|line| line.text).collect()
}

/// A line of a key log.
pub(super) struct Line {
    /// The connection that it was first logged on: position in the trace.
    pub connection: usize,
    /// All of it.
    pub text: String,
}

impl Line {
    /// What a program finds the secret by: label and client random.
    pub fn key(&self) -> &str {
        self.text.rsplit_once(' ').map_or("", |(key, _)| key)
    }
}

/// The lines of a key log, in order.
pub(super) fn lines(trace: &Trace) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (connection, one) in trace.connections.iter().enumerate() {
        for (by, label, client_random, secret) in logged(one) {
            let owner =
                if label.starts_with("SERVER_") { Endpoint::Server } else { Endpoint::Client };
            let is_theirs =
                |other: Logged<'_>| (other.0, other.1, other.2) == (owner, label, client_random);
            if by == owner || !logged(one).any(is_theirs) {
                let text =
                    format!("{label} {} {}\n", hex::encode(client_random), hex::encode(secret));
                if lines.iter().all(|line| line.text != text) {
                    lines.push(Line { connection, text });
                }
            }
        }
    }
    lines
}

/// Who logged a secret, its label, the client random, and the secret.
type Logged<'a> = (Endpoint, &'a str, &'a [u8], &'a [u8]);

fn logged(connection: &Connection) -> impl Iterator<Item = Logged<'_>> {
    connection.events.iter().filter_map(|event| match &event.op {
        Op::KeyLog { label, client_random, secret } => {
            Some((event.by, label.as_str(), client_random.as_slice(), secret.as_slice()))
        }
        _ => None,
    })
}
