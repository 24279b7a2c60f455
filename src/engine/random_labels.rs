//! Says what rustls drew its random bytes for.
//!
//! rustls does not tell the provider. But what it draws turns up in the messages it sends, so after
//! the run a draw can be named by where its bytes went. Those that turn up nowhere keep their name.

use crate::trace::{Endpoint, Event, Op};

/// The purpose that [`super::provider`] gives to rustls's own draws.
pub const UNKNOWN: &str = "rustls";

/// Bytes of a Random and of a session ID (RFC 9846, section 4.2.2).
const RANDOM: std::ops::Range<usize> = 6..38;
const SESSION_ID: std::ops::Range<usize> = 39..71;

/// Names rustls's draws.
pub fn name_draws(events: &mut [Event]) {
    let sent: Vec<Field> = events.iter().flat_map(fields).collect();
    for Event { by, op, .. } in events {
        if let Op::Random { purpose, bytes } = op
            && purpose == UNKNOWN
        {
            let field = sent.iter().find(|field| field.from == *by && field.bytes == *bytes);
            match field {
                Some(field) => *purpose = field.name.into(),
                // Its only draw of this length (`random_u16` in `client::hs`).
                None if *by == Endpoint::Client && bytes.len() == 2 => {
                    *purpose = "order of the ClientHello's extensions".into();
                }
                None => {}
            }
        }
    }
}

/// A field of a message, with who sends it.
struct Field {
    from: Endpoint,
    name: &'static str,
    bytes: Vec<u8>,
}

/// The fields of the messages in this event that hold random bytes.
fn fields(event: &Event) -> Vec<Field> {
    use Endpoint::{Client, Server};
    let pick = |from, name, bytes: Option<&[u8]>| {
        bytes.map(|bytes| Field { from, name, bytes: bytes.to_vec() })
    };
    let found = match &event.op {
        Op::TranscriptUpdate { data } if data.first() == Some(&1) => vec![
            pick(Client, "ClientHello.random", data.get(RANDOM)),
            pick(Client, "ClientHello.legacy_session_id", data.get(SESSION_ID)),
        ],
        Op::TranscriptUpdate { data } if data.first() == Some(&2) => vec![
            pick(Server, "ServerHello.random", data.get(RANDOM)),
            pick(Server, "ServerHello.session_id", data.get(SESSION_ID)),
        ],
        Op::Seal { plaintext, .. } => ticket_fields(plaintext)
            .into_iter()
            .flatten()
            .map(|(name, bytes)| pick(event.by, name, Some(bytes)))
            .collect(),
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// The fields of a TLS 1.3 NewSessionTicket (RFC 9846, section 4.7.1), from a TLSInnerPlaintext.
fn ticket_fields(plaintext: &[u8]) -> Option<[(&'static str, &[u8]); 3]> {
    let (content_type, message) = plaintext.split_last()?;
    let (header, body) = message.split_first_chunk::<4>()?;
    if *content_type != 22 || header[0] != 4 {
        return None;
    }
    let (age_add, body) = body.get(4..)?.split_first_chunk::<4>()?;
    let (nonce_length, body) = body.split_first()?;
    let (nonce, body) = body.split_at_checked(usize::from(*nonce_length))?;
    let (ticket_length, body) = body.split_first_chunk::<2>()?;
    let ticket = body.get(..usize::from(u16::from_be_bytes(*ticket_length)))?;
    Some([
        ("NewSessionTicket.ticket_age_add", age_add),
        ("NewSessionTicket.ticket_nonce", nonce),
        ("NewSessionTicket.ticket", ticket),
    ])
}
