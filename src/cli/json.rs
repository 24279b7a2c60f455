//! A run as JSON, format `handshake-lab/1`.

use crate::dissect::{
    Dissection, EarlyData, Epoch, KeyNode, Message, MessageKind, Opened, PacketView, Record,
    TranscriptHash,
};
use crate::hex;
use crate::keys;
use crate::race::handshake_round_trips;
use crate::run::Run;
use crate::story::segment;
use crate::trace::{Connection, End, Endpoint, Role, Roles, Status};
use crate::visibility::{Fact, Place, Table, who_reads_what};
use crate::wire::{Node, names};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::SocketAddrV4;

/// The version of this form. Keys may be added to it; those that are there keep their meaning.
const FORMAT: &str = "handshake-lab/1";

/// The whole run, as indented text.
///
/// # Errors
/// As serde_json.
pub(super) fn document(run: &Run) -> Result<String, serde_json::Error> {
    let document = Document {
        format: FORMAT,
        scenario: run.trace.scenario.as_deref(),
        clock: run.trace.clock,
        connections: run.connections().map(|(trace, parts)| connection(trace, parts)).collect(),
        readings: who_reads_what(run).map(readings),
    };
    super::output::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    scenario: Option<&'a str>,
    clock: u64,
    connections: Vec<ConnectionJson<'a>>,
    /// Who can read what of a run with a gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    readings: Option<Vec<ReadingJson>>,
}

/// One fact, and for each place what it shows of it; `null` where it cannot be read.
#[derive(Serialize)]
struct ReadingJson {
    what: String,
    places: BTreeMap<String, Option<String>>,
}

fn readings(table: Table) -> Vec<ReadingJson> {
    // `client-gateway` is easier to ask for than with a dash between spaces.
    let name = |place: &Place| place.name().replace(" – ", "-");
    let places: Vec<String> = table.places.iter().map(name).collect();
    let row = |fact: Fact| ReadingJson {
        what: fact.name,
        places: places.iter().cloned().zip(fact.excerpts).collect(),
    };
    table.facts.into_iter().map(row).collect()
}

#[derive(Serialize)]
struct ConnectionJson<'a> {
    id: u32,
    client: SocketAddrV4,
    server: SocketAddrV4,
    client_role: Role,
    server_role: Role,
    tls_client_role: Role,
    tls_server_role: Role,
    version: Option<Cow<'static, str>>,
    cipher_suite: Option<Cow<'static, str>>,
    group: Option<Cow<'static, str>>,
    alpn: Option<&'a str>,
    server_name: Option<&'a str>,
    resumed: bool,
    /// The connection whose secret a resumed one starts from, where that is known.
    resumed_from: Option<u32>,
    early_data: EarlyData,
    handshake_round_trips: u32,
    outcome: Outcome<'a>,
    problems: &'a [String],
    packets: Vec<PacketJson<'a>>,
    records: Vec<RecordJson<'a>>,
    messages: Vec<MessageJson<'a>>,
    transcript: Vec<TranscriptJson<'a>>,
    secrets: Secrets<'a>,
    key_schedule: Vec<KeyJson<'a>>,
}

#[derive(Serialize)]
struct Outcome<'a> {
    client: Status,
    server: Status,
    client_error: Option<&'a str>,
    server_error: Option<&'a str>,
    alerts: Vec<AlertJson<'a>>,
}

#[derive(Serialize)]
struct AlertJson<'a> {
    from: Endpoint,
    level: Cow<'static, str>,
    description: &'a str,
    code: u8,
    encrypted: bool,
}

#[derive(Serialize)]
struct PacketJson<'a> {
    number: u32,
    time_us: u64,
    received_us: Option<u64>,
    from: Endpoint,
    flags: &'a str,
    seq: u32,
    ack: u32,
    window: u16,
    payload_len: usize,
    /// What is remarkable about it as a TCP segment, in words.
    remarks: Vec<String>,
    #[serde(serialize_with = "hex::serialize")]
    bytes: &'a [u8],
    nodes: &'a [Node],
}

#[derive(Serialize)]
struct RecordJson<'a> {
    index: usize,
    from: Endpoint,
    content_type: u8,
    inner_content_type: Option<u8>,
    epoch: Epoch,
    sequence: u64,
    length: usize,
    packets: &'a [u32],
    messages: &'a [usize],
    time_us: u64,
    decrypted: Option<bool>,
    error: Option<&'a str>,
    #[serde(serialize_with = "hex::serialize")]
    bytes: &'a [u8],
    nodes: &'a [Node],
    opened: Option<OpenedJson<'a>>,
}

#[derive(Serialize)]
struct OpenedJson<'a> {
    key: &'a str,
    #[serde(serialize_with = "hex::serialize")]
    nonce: &'a [u8],
    #[serde(serialize_with = "hex::serialize")]
    aad: &'a [u8],
    #[serde(serialize_with = "hex::serialize")]
    plaintext: &'a [u8],
    nodes: &'a [Node],
}

#[derive(Serialize)]
struct MessageJson<'a> {
    index: usize,
    from: Endpoint,
    kind: &'static str,
    /// The handshake type; `null` for what is no handshake message.
    r#type: Option<u8>,
    name: &'a str,
    encrypted: bool,
    epoch: Epoch,
    time_us: u64,
    records: &'a [usize],
    #[serde(serialize_with = "hex::serialize")]
    bytes: &'a [u8],
    nodes: &'a [Node],
}

#[derive(Serialize)]
struct TranscriptJson<'a> {
    /// Position in `messages`.
    message: usize,
    #[serde(serialize_with = "hex::serialize")]
    hash: &'a [u8],
    #[serde(serialize_with = "hex::serialize")]
    message_hash: &'a [u8],
}

/// Names and values of the key schedule, in its order.
struct Secrets<'a>(&'a [KeyNode]);

#[derive(Serialize)]
struct KeyJson<'a> {
    name: &'static str,
    /// Its name in RFC 8446 or RFC 5246, where that was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    formerly: Option<&'static str>,
    operation: &'static str,
    formula: &'a str,
    inputs: Inputs<'a>,
    inputs_from: InputsFrom<'a>,
    label: &'static str,
    context: &'a str,
    #[serde(serialize_with = "hex::serialize")]
    output: &'a [u8],
    command: String,
    after_message: Option<usize>,
    parents: &'a [&'static str],
}

/// Names and values of a node's inputs.
struct Inputs<'a>(&'a KeyNode);

/// Names of a node's inputs, and where they come from.
struct InputsFrom<'a>(&'a KeyNode);

impl Serialize for Secrets<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|node| (node.name, hex::encode(&node.output))))
    }
}

impl Serialize for Inputs<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for input in &self.0.inputs {
            map.serialize_entry(input.name, &hex::encode(&input.value))?;
        }
        if !self.0.label.is_empty() {
            map.serialize_entry("label", self.0.label)?;
        }
        map.end()
    }
}

impl Serialize for InputsFrom<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.inputs.iter().map(|input| (input.name, &input.from)))
    }
}

fn connection<'a>(trace: &'a Connection, parts: &'a Dissection) -> ConnectionJson<'a> {
    let negotiated = &parts.negotiated;
    ConnectionJson {
        id: trace.id,
        client: trace.client,
        server: trace.server,
        client_role: trace.roles.client,
        server_role: trace.roles.server,
        tls_client_role: trace.roles.tls_client,
        tls_server_role: trace.roles.tls_server,
        version: negotiated.version.map(names::version_name),
        cipher_suite: negotiated.suite.map(names::suite_name),
        group: negotiated.group.map(names::group_name),
        alpn: negotiated.alpn.as_deref(),
        server_name: negotiated.server_name.as_deref(),
        resumed: negotiated.resumed,
        resumed_from: parts
            .offered
            .as_ref()
            .filter(|_| negotiated.resumed)
            .map(|session| session.secret.connection),
        early_data: negotiated.early_data,
        handshake_round_trips: handshake_round_trips(parts),
        outcome: outcome(&trace.client_end, &trace.server_end, &parts.messages),
        problems: &parts.problems,
        packets: parts.packets.iter().map(|view| packet(parts, trace.roles, view)).collect(),
        records: parts.records.iter().map(record).collect(),
        messages: parts.messages.iter().map(message).collect(),
        transcript: parts.transcript.iter().map(transcript).collect(),
        secrets: Secrets(&parts.keys),
        key_schedule: parts.keys.iter().map(key).collect(),
    }
}

fn outcome<'a>(client: &'a End, server: &'a End, messages: &'a [Message]) -> Outcome<'a> {
    Outcome {
        client: client.status,
        server: server.status,
        client_error: client.error.as_deref(),
        server_error: server.error.as_deref(),
        alerts: messages.iter().filter_map(alert).collect(),
    }
}

fn alert(message: &Message) -> Option<AlertJson<'_>> {
    let MessageKind::Alert { level, description } = message.kind else { return None };
    Some(AlertJson {
        from: message.from,
        level: names::alert_level(level).map_or_else(|| level.0.to_string().into(), Cow::from),
        description: &message.name,
        code: description.0,
        encrypted: message.epoch != Epoch::Plain,
    })
}

fn packet<'a>(parts: &Dissection, roles: Roles, packet: &'a PacketView) -> PacketJson<'a> {
    PacketJson {
        number: packet.number,
        time_us: packet.sent_us,
        received_us: packet.received_us,
        from: packet.from,
        flags: &packet.flags,
        seq: packet.seq,
        ack: packet.ack,
        window: packet.window,
        payload_len: packet.payload_len,
        remarks: segment::notes(parts, roles, packet),
        bytes: &packet.bytes,
        nodes: &packet.nodes,
    }
}

fn record(record: &Record) -> RecordJson<'_> {
    let opened = record.opened.as_ref();
    RecordJson {
        index: record.index,
        from: record.from,
        content_type: record.content_type.0,
        inner_content_type: record.inner_content_type.map(|kind| kind.0),
        epoch: record.epoch,
        sequence: record.sequence,
        length: record.fragment().len(),
        packets: &record.packets,
        messages: &record.messages,
        time_us: record.sent_us,
        decrypted: opened.map(Result::is_ok),
        error: opened.and_then(|opened| opened.as_ref().err()).map(String::as_str),
        bytes: &record.bytes,
        nodes: &record.nodes,
        opened: opened.and_then(|opened| opened.as_ref().ok()).map(inside),
    }
}

fn inside(opened: &Opened) -> OpenedJson<'_> {
    OpenedJson {
        key: &opened.key,
        nonce: &opened.nonce,
        aad: &opened.aad,
        plaintext: &opened.plaintext,
        nodes: &opened.nodes,
    }
}

fn message(message: &Message) -> MessageJson<'_> {
    let (kind, r#type) = match message.kind {
        MessageKind::Handshake(code) => ("handshake", Some(code.0)),
        MessageKind::ChangeCipherSpec => ("change_cipher_spec", None),
        MessageKind::Alert { .. } => ("alert", None),
        MessageKind::ApplicationData => ("application_data", None),
        MessageKind::Opaque => ("opaque", None),
        MessageKind::Http => ("http", None),
    };
    MessageJson {
        index: message.index,
        from: message.from,
        kind,
        r#type,
        name: &message.name,
        encrypted: message.epoch != Epoch::Plain,
        epoch: message.epoch,
        time_us: message.sent_us,
        records: &message.records,
        bytes: &message.bytes,
        nodes: &message.nodes,
    }
}

fn transcript(entry: &TranscriptHash) -> TranscriptJson<'_> {
    TranscriptJson { message: entry.message, hash: &entry.hash, message_hash: &entry.message_hash }
}

fn key(node: &KeyNode) -> KeyJson<'_> {
    KeyJson {
        name: node.name,
        formerly: keys::formerly(node.name),
        operation: node.operation,
        formula: &node.formula,
        inputs: Inputs(node),
        inputs_from: InputsFrom(node),
        label: node.label,
        context: &node.context,
        output: &node.output,
        command: node.command(),
        after_message: node.after_message,
        parents: &node.parents,
    }
}
