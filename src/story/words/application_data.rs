//! Application data (RFC 8446, section 5), read as HTTP/1.1 where it is.

use super::{Words, sealed, sender};
use crate::dissect::Message;
use crate::story::format;
use crate::story::scene::Scene;

/// The first line of an HTTP/1.1 message.
enum FirstLine<'a> {
    Request { method: &'a str, target: &'a str },
    Response { status: &'a str },
}

/// `GET /`, `200 OK`, or `application data` for what is neither.
pub fn title(message: &Message) -> String {
    match first_line(&message.bytes) {
        Some(FirstLine::Request { method, target }) => format!("{method} {target}"),
        Some(FirstLine::Response { status }) => status.to_string(),
        None => "application data".into(),
    }
}

/// The request or status line (RFC 9112, sections 3 and 4), if `bytes` begin with one.
fn first_line(bytes: &[u8]) -> Option<FirstLine<'_>> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
    if line.len() > 200 || line.chars().any(|c| c.is_control() || c == '`' || c == '*') {
        return None;
    }
    if let Some(rest) = line.strip_prefix("HTTP/1.") {
        return Some(FirstLine::Response { status: rest.split_once(' ')?.1 });
    }
    let (method, rest) = line.split_once(' ')?;
    let (target, version) = rest.rsplit_once(' ')?;
    let is_request =
        version.starts_with("HTTP/1.") && method.bytes().all(|b| b.is_ascii_uppercase());
    is_request.then_some(FirstLine::Request { method, target })
}

pub fn tell(scene: &Scene, message: &Message) -> Words {
    let size = format::bytes(message.bytes.len());
    let suite = scene.suite().unwrap_or_else(|| "the suite's cipher".into());
    let what = match first_line(&message.bytes) {
        Some(FirstLine::Request { method, target }) => {
            format!("The client sends its HTTP request, `{method} {target}`, {size} of plain text.")
        }
        Some(FirstLine::Response { status }) => {
            format!("The server answers `{status}`, {size} of plain text.")
        }
        None => format!("{} sends {size} of application data.", sender(message)),
    };
    let grown: usize = scene.records(message).map(|record| record.bytes.len()).sum();
    Words {
        what,
        why: format!(
            "This is what the handshake was for: the record is encrypted and authenticated under \
             `{suite}` with keys that only these two ends have."
        ),
        notice: if grown > message.bytes.len() {
            format!(
                "On the wire it is {}: the record header, the authentication tag{} cost {} more.",
                format::bytes(grown),
                if scene.is_tls13() { " and the hidden content type" } else { " and any nonce" },
                grown - message.bytes.len()
            )
        } else {
            String::new()
        },
        eavesdropper: format!(
            "{} Size and time still show, and often tell which page it was.",
            sealed(scene, message)
        ),
    }
}
