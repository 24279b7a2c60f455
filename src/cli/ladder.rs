//! A run as text for people: a ladder of what was sent, and a summary.

use crate::dissect::{Dissection, Epoch, Message, MessageKind};
use crate::run::Run;
use crate::trace::{Connection, End, Endpoint, Status};
use crate::wire::{application_data::http_start_line, names};
use std::fmt::Write;

/// Ladder and summary of every connection.
pub(super) fn text(run: &Run) -> String {
    let mut text = format!("{}\n", run.scenario.text());
    for (connection, parts) in run.connections() {
        text += "\n";
        text += &ladder(connection, parts);
        text += "\n";
        text += &summary(connection, parts);
    }
    text
}

/// One rung: a message, or a packet without TLS.
struct Rung {
    packet: u32,
    sent_us: u64,
    from: Endpoint,
    what: String,
    epoch: Option<Epoch>,
    octets: usize,
}

fn ladder(connection: &Connection, parts: &Dissection) -> String {
    let bare = parts.packets.iter().filter(|packet| packet.payload_len == 0).map(|packet| Rung {
        packet: packet.number,
        sent_us: packet.sent_us,
        from: packet.from,
        what: packet.flags.clone(),
        epoch: None,
        octets: 0,
    });
    let messages = parts.messages.iter().map(|message| Rung {
        packet: completing_packet(parts, message),
        sent_us: message.sent_us,
        from: message.from,
        what: title(message),
        epoch: Some(message.epoch),
        octets: message.bytes.len(),
    });
    let mut rungs: Vec<Rung> = bare.chain(messages).collect();
    rungs.sort_by_key(|rung| rung.packet);
    let mut text = format!("client {}, server {}\n", connection.client, connection.server);
    for rung in rungs {
        let arrow = match rung.from {
            Endpoint::Client => "client ──▶",
            Endpoint::Server => "◀── server",
        };
        let keys = match rung.epoch {
            None => "",
            Some(Epoch::Plain) => "plain",
            Some(Epoch::Early) => "early keys",
            Some(Epoch::Handshake) => "handshake keys",
            Some(Epoch::Application) => "application keys",
        };
        let octets = match (rung.epoch, rung.octets) {
            (None, _) => String::new(),
            (_, 1) => "     1 octet".into(),
            (_, octets) => format!("{octets:>6} octets"),
        };
        let milliseconds = rung.sent_us as f64 / 1000.0;
        let line = format!(
            "{milliseconds:>10.3} ms  #{:<3} {arrow:<10}  {:<34} {keys:<17}{octets}",
            rung.packet, rung.what
        );
        text += line.trim_end();
        text += "\n";
    }
    text
}

/// The packet whose sending completed the message.
fn completing_packet(parts: &Dissection, message: &Message) -> u32 {
    let record = message.records.last().and_then(|record| parts.records.get(*record));
    let carriers = record.map(|record| record.packets.as_slice()).unwrap_or_default();
    let sent_then = |number: &&u32| {
        parts.packets.iter().any(|p| p.number == **number && p.sent_us == message.sent_us)
    };
    carriers.iter().rfind(sent_then).or(carriers.last()).copied().unwrap_or_default()
}

fn title(message: &Message) -> String {
    match message.kind {
        MessageKind::Alert { level, .. } => {
            format!("alert: {} {}", names::alert_level(level).unwrap_or("unknown"), message.name)
        }
        MessageKind::ApplicationData => {
            http_start_line(&message.bytes).unwrap_or_else(|| message.name.clone())
        }
        _ => message.name.clone(),
    }
}

fn summary(connection: &Connection, parts: &Dissection) -> String {
    let negotiated = &parts.negotiated;
    let mut text = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<12} {}", value.unwrap_or("-"));
    };
    line("version", negotiated.version.map(names::version_name).as_deref());
    line("suite", negotiated.suite.map(names::suite_name).as_deref());
    line("group", negotiated.group.map(names::group_name).as_deref());
    line("server name", negotiated.server_name.as_deref());
    line("alpn", negotiated.alpn.as_deref());
    line("round trips", Some(&negotiated.round_trips.to_string()));
    for who in Endpoint::BOTH {
        line(who.name(), Some(&ending(connection.end(who))));
    }
    for problem in &parts.problems {
        line("problem", Some(problem));
    }
    text
}

fn ending(end: &End) -> String {
    let status = match end.status {
        Status::Established => "established",
        Status::Failed => "failed",
        Status::Incomplete => "incomplete",
    };
    match &end.error {
        Some(error) => format!("{status}: {error}"),
        None => status.to_owned(),
    }
}
