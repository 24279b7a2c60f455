//! Alerts (RFC 9846, section 6).

use super::cursor::{Cursor, or_opaque, strict};
use super::error::WireError;
use super::node::{Node, fields};
use crate::tls::{AlertDescription, AlertLevel};

fields! {
    ALERT = "Alert", "",
        "Says that the connection ends, or why it failed. [RFC 9846, section 6]";
    LEVEL = "level", "tls.alert_message.level",
        "Warning or fatal. TLS 1.3 ignores it: what an alert means follows from its description. [RFC 9846, section 6]";
    DESCRIPTION = "description", "tls.alert_message.desc",
        "What happened. [RFC 9846, section 6]";
}

/// Decodes an alert.
///
/// # Errors
/// Anything but 2 bytes.
pub fn alert(bytes: &[u8]) -> Result<Vec<Node>, WireError> {
    strict(bytes, read)
}

/// As [`alert`], but what cannot be decoded is kept in leaves called `undecoded`.
pub fn alert_or_opaque(bytes: &[u8]) -> (Vec<Node>, Vec<WireError>) {
    or_opaque(bytes, read)
}

fn read(c: &mut Cursor<'_>) -> Result<(), WireError> {
    c.group(&ALERT, |c| {
        let level = c.kind::<AlertLevel>(&LEVEL)?;
        let description = c.kind::<AlertDescription>(&DESCRIPTION)?;
        Ok(format!("{} {}", level.label(), description.label(),))
    })
}
