//! A second connection that resumes the session of the first.

use super::path::NO_GATEWAY;
use super::tls::Version;
use crate::choice::choices;
use crate::scenario::EarlyData;
use crate::scenario::key::{Control, Key, Rule, Topic, choice, number, ready};

/// The longest pause that may be asked for, in milliseconds: longer than any ticket is good for.
pub const MAX_PAUSE_MS: u32 = 1_000_000_000;

choices! {
    /// Whether a second connection resumes the session of the first, and who keeps that session
    /// meanwhile.
    Resume {
        /// There is one connection.
        None = "none", "one connection";
        /// The server keeps it and the client names it: by the session ID in TLS 1.2, by a ticket
        /// that is a mere key of a table in TLS 1.3.
        Stored = "stored", "resumed, kept by the server";
        /// The client keeps it for the server, sealed in a ticket (RFC 5077; in TLS 1.3 RFC 9846,
        /// section 4.7.1).
        Ticket = "ticket", "resumed, sealed in a ticket";
    }
}

pub(in crate::scenario) const RESUME: Key = Key {
    name: "resume",
    label: "resumption",
    help: "whether a second connection resumes the first one's session: stored by the server, or sealed in a ticket that the client keeps",
    topic: Topic::Resumption,
    rules: &[NO_GATEWAY],
    ..choice!(resume: Resume)
};

pub(in crate::scenario) const TICKETS: Key = Key {
    name: "tickets",
    label: "tickets",
    help: "how many NewSessionTickets the server sends on a connection of TLS 1.3",
    topic: Topic::Resumption,
    values: |_| ready(&["0", "1", "2", "4"]),
    rules: &[
        // There the ticket is a message of the handshake itself (RFC 5077, section 3.3).
        Rule::needs(
            "version",
            |s| s.version == Version::Tls12,
            "TLS 1.2 has one ticket or none, in the handshake itself",
            "use version=1.3, or tickets=1",
        ),
        Rule::excludes(
            "resume",
            |s| s.tickets == 0 && s.resume != Resume::None,
            "without a ticket there is no session to resume",
            "use resume=none, or another number of tickets",
        ),
    ],
    ..number!(tickets: 0..=4)
};

pub(in crate::scenario) const EARLY_DATA: Key = Key {
    name: "early-data",
    label: "early data",
    help: "what becomes of early data on the second connection",
    topic: Topic::Resumption,
    rules: &[
        Rule::needs(
            "version",
            |s| s.version == Version::Tls12,
            "TLS 1.2 has no early data",
            "use version=1.3, or early-data=none",
        ),
        // rustls takes it in no other case, so that a ticket is used once.
        Rule::needs(
            "resume",
            |s| s.resume != Resume::Stored,
            "early data is for a second connection, and for a session that the server has stored",
            "use resume=stored, or early-data=none",
        ),
    ],
    ..choice!(early_data: EarlyData)
};

pub(in crate::scenario) const PAUSE_MS: Key = Key {
    name: "pause-ms",
    label: "pause",
    help: "how long the client waits between two connections or requests, in milliseconds",
    topic: Topic::Resumption,
    control: Control::Number { unit: "ms" },
    also: &["0", "60000"],
    ..number!(pause_ms: 0..=u64::from(MAX_PAUSE_MS))
};
