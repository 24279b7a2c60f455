//! The story as plain text, for a terminal.

use super::sequence::{Zoom, rows};
use super::{Findings, Story, format};
use crate::dissect::{Dissection, Epoch};
use crate::tls::ProtocolVersion;
use crate::trace::Endpoint;
use std::fmt::Write;

/// The width of the shaft between the two ends, in characters.
const SHAFT: usize = 44;

/// The ladder at `zoom`: one line for each arrow, with its time.
pub fn ladder(dissection: &Dissection, story: &Story, zoom: Zoom) -> String {
    let mut text = String::new();
    let [client, server] = Endpoint::BOTH.map(|who| story.roles.tcp(who).name());
    let width = SHAFT + 8 - client.len();
    let _ = writeln!(text, "{:>10}  {client}{server:>width$}", "time");
    for row in rows(dissection, story, zoom) {
        let label = shorten(&row.label, SHAFT - 6);
        let line = match row.from {
            Endpoint::Client => format!("──{label:─<width$}▶", width = SHAFT - 3),
            Endpoint::Server => format!("◀──{label:─<width$}", width = SHAFT - 3),
        };
        let lost = if row.received_us.is_none() { "  (lost)" } else { "" };
        let at = format::moment(row.sent_us.saturating_sub(story.start_us));
        let _ = writeln!(
            text,
            "{at:>10}  │{line}│  {}{lost}",
            epoch(row.epoch, dissection.negotiated.version)
        );
    }
    text
}

/// The ladder of messages, what was settled, the checks that did not pass, and the ending.
pub fn summary(dissection: &Dissection, story: &Story, findings: &Findings) -> String {
    let mut text = ladder(dissection, story, Zoom::Messages);
    let _ = writeln!(text);
    for check in findings.failed() {
        let _ = writeln!(
            text,
            "The {} checked: {}",
            story.roles.tls(check.by).name(),
            plain(&check.question)
        );
        let _ = writeln!(text, "  No: {} ({})", plain(&check.detail), check.rfc);
    }
    let _ = writeln!(text, "{}", plain(&story.ending));
    text
}

/// What the keys of an epoch are called, as everywhere. TLS 1.2 has one set of keys for the connection,
/// from Finished on.
pub fn epoch(epoch: Epoch, version: Option<ProtocolVersion>) -> &'static str {
    match epoch {
        Epoch::Plain => "not encrypted",
        Epoch::Early => "early data keys",
        Epoch::Handshake => "handshake keys",
        Epoch::Application if version == Some(ProtocolVersion::TLS1_2) => "connection keys",
        Epoch::Application => "application keys",
    }
}

/// Text without the story's markup.
pub fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

/// At most `width` characters.
fn shorten(label: &str, width: usize) -> String {
    if label.chars().count() <= width {
        return format!(" {label} ");
    }
    let kept: String = label.chars().take(width.saturating_sub(1)).collect();
    format!(" {kept}… ")
}
