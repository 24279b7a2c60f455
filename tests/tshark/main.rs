//! Our captures and our decoders against tshark.

#![cfg(test)]

mod pdml;
#[path = "../resuming/mod.rs"]
mod resuming;

use handshake_lab::capture::{pcapng, pem};
use handshake_lab::dissect::{Dissection, Message, MessageKind, PacketView, Record, Remark};
use handshake_lab::engine::{Capabilities, identity};
use handshake_lab::faults::{FAULTS, Fault};
use handshake_lab::run::Run;
use handshake_lab::scenario::{
    CertificateKind, ClientCertificate, EarlyData, Group, KeyUpdate, Scenario, Suite, Version,
    showing,
};
use handshake_lab::trace::{Connection, Endpoint, Trace};
use handshake_lab::wire::Node;
use pdml::Element;
use resuming::resuming;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Connections of many runs in one capture, so that one tshark reads them all.
struct Fleet {
    trace: Trace,
    /// What each connection's scenario was.
    names: Vec<String>,
    dissections: Vec<Dissection>,
}

/// Handshakes that fail, for their alerts: every fault where it applies.
fn faults() -> Vec<String> {
    let of = |fault: &&Fault| showing(fault, ["tls13", "tls12", "tls12-rsa"]).collect::<Vec<_>>();
    FAULTS.iter().flat_map(of).map(|scenario| scenario.text()).collect()
}

/// Two hops each.
const GATEWAYS: [&str; 8] = [
    "gateway-terminate",
    "gateway-terminate+client-cert=required",
    "gateway-reencrypt",
    "gateway-reencrypt+version=1.2+cert=rsa-2048",
    "gateway-mtls",
    "gateway-mtls+version=1.2",
    "gateway-passthrough",
    "gateway-passthrough+version=1.2+client-cert=required",
];

/// Handshakes that take other ways.
const VARIANTS: [&str; 20] = [
    "tls13-cert-compression",
    "tls13+cert-compression=zlib+client-cert=required",
    "tls13-raw-public-key",
    "tls13-raw-public-key+cert=rsa-2048+client-cert=required",
    "tls13-half-close",
    "tls13-0rtt+close=half-close",
    "tls13-reset",
    "tls12+close=reset",
    "tls13-big-flight+window=1072",
    "tls12+cert=rsa-2048+mss=536+window=1072",
    "tls13-mlkem",
    "tls13-lossy",
    "tls13-big-flight",
    "tls13-big-flight+window=65535+loss=0.1",
    "tls13-mlkem+mss=536+loss=0.15+reorder=0.15+duplicate=0.15",
    "tls12+rtt-ms=3000",
    "tls13-hrr",
    "tls13-hrr+server-groups=secp384r1",
    "tls13-key-update",
    "tls13+key-update=server",
];

/// Every version, suite, group, kind of certificate and kind of client authentication; then
/// [`VARIANTS`], [`GATEWAYS`] and [`faults`].
fn scenarios() -> Vec<Scenario> {
    let mut all = Vec::new();
    for version in [Version::Tls13, Version::Tls12] {
        for &suite in Suite::ALL {
            for &group in Group::ALL.iter().filter(|group| group.goes_with(version)) {
                for &certificate in CertificateKind::ALL {
                    for client_certificate in [ClientCertificate::None, ClientCertificate::Required]
                    {
                        all.push(Scenario {
                            version,
                            suite: Some(suite),
                            group: Some(group),
                            certificate,
                            client_certificate,
                            ..Scenario::default()
                        });
                    }
                }
            }
        }
    }
    // The teaching endpoints.
    let suites = [Suite::Aes128Gcm, Suite::Aes256Gcm];
    for preset in ["tls12-rsa", "tls12-rsa-no-ems"] {
        let scenario = Scenario::parse(preset).expect("a scenario");
        all.extend(suites.map(|suite| Scenario { suite: Some(suite), ..scenario.clone() }));
    }
    for text in ["tls12-rsa+client-cert=required", "tls12+ems=no+client-cert=required"] {
        all.push(Scenario::parse(text).expect("a scenario"));
    }
    for &suite in Suite::ALL {
        for certificate in [CertificateKind::EcdsaP256, CertificateKind::Rsa2048] {
            let scenario = Scenario::parse("tls12+ems=no").expect("a scenario");
            all.push(Scenario { suite: Some(suite), certificate, ..scenario });
        }
    }
    let good = resuming().chain(VARIANTS).chain(GATEWAYS).map(str::to_owned);
    all.extend(good.chain(faults()).map(|text| Scenario::parse(&text).expect("a scenario")));
    all
}

impl Fleet {
    fn of(scenarios: Vec<Scenario>) -> Fleet {
        let mut fleet: Option<Fleet> = None;
        let mut ports = BTreeSet::new();
        let mut seed = 0;
        for scenario in scenarios {
            // Each connection needs a client port of its own.
            let run = loop {
                seed += 1;
                let scenario = Scenario { seed, ..scenario.clone() };
                let run = Run::new(&scenario, &Capabilities::all()).expect("a run");
                let own: Vec<u16> =
                    run.trace.connections.iter().map(|one| one.client.port()).collect();
                if own.iter().all(|port| !ports.contains(port)) {
                    ports.extend(own);
                    break run;
                }
            };
            let text = run.scenario().text();
            let names = (1..=run.dissections.len()).map(|number| format!("{text}, {number}"));
            for (name, parts) in names.clone().zip(run.dissections.iter()) {
                assert_eq!(parts.problems, Vec::<String>::new(), "{name}");
            }
            let (trace, dissections) = (Trace::clone(&run.trace), run.dissections.to_vec());
            match &mut fleet {
                None => fleet = Some(Fleet { trace, names: names.collect(), dissections }),
                Some(fleet) => {
                    fleet.trace.connections.extend(trace.connections);
                    fleet.dissections.extend(dissections);
                    fleet.names.extend(names);
                }
            }
        }
        fleet.expect("at least one scenario")
    }

    /// Connection and packet (positions) of each frame, in the order of the capture.
    fn frames(&self) -> Vec<(usize, usize)> {
        let mut frames = Vec::new();
        for (connection, Connection { packets, .. }) in self.trace.connections.iter().enumerate() {
            frames.extend((0..packets.len()).map(|packet| (connection, packet)));
        }
        frames.sort_by_key(|&(connection, packet)| {
            self.trace.connections[connection].packets[packet].sent_us
        });
        frames
    }

    /// What tshark makes of the capture, packet by packet, for each connection.
    fn read(&self, trace: &Trace, name: &str) -> Vec<Vec<Element>> {
        // Tests may run as processes of their own, at the same time.
        let own = format!("{}-{name}", std::process::id());
        let file: PathBuf = [env!("CARGO_TARGET_TMPDIR"), &own].iter().collect();
        std::fs::write(&file, pcapng::write(trace)).expect("the capture is written");
        let packets = pdml::read(&file);
        std::fs::remove_file(&file).expect("the capture is removed");
        let frames = self.frames();
        assert_eq!(packets.len(), frames.len(), "frames in {name}");
        let mut by_connection: Vec<Vec<Element>> = Vec::new();
        by_connection.resize_with(self.names.len(), Vec::new);
        for ((connection, _), packet) in frames.into_iter().zip(packets) {
            by_connection[connection].push(packet);
        }
        by_connection
    }
}

/// The fleet, and what tshark sees of it with and without the secrets.
struct Seen {
    fleet: Fleet,
    with_secrets: Vec<Vec<Element>>,
    without: Vec<Vec<Element>>,
}

fn seen() -> &'static Seen {
    static SEEN: OnceLock<Seen> = OnceLock::new();
    SEEN.get_or_init(|| {
        let fleet = Fleet::of(scenarios());
        let mut closed = fleet.trace.clone();
        closed.connections.iter_mut().for_each(|connection| connection.events.clear());
        let (with_secrets, without) = std::thread::scope(|scope| {
            let open = scope.spawn(|| fleet.read(&fleet.trace, "with-secrets.pcapng"));
            let closed = fleet.read(&closed, "without-secrets.pcapng");
            (open.join().expect("tshark with secrets"), closed)
        });
        Seen { fleet, with_secrets, without }
    })
}

#[test]
fn tshark_finds_nothing_malformed_and_every_checksum_right() {
    let seen = seen();
    for (name, packets) in seen.fleet.names.iter().zip(&seen.with_secrets) {
        for (number, packet) in packets.iter().enumerate() {
            let place = format!("{name}, packet {}", number + 1);
            for malformed in ["_ws.malformed", "_ws.unreassembled", "_ws.short"] {
                assert!(packet.all(malformed).is_empty(), "{place}: {malformed}");
            }
            for checksum in ["ip.checksum.status", "tcp.checksum.status"] {
                let status: Vec<_> = packet.all(checksum).iter().map(|e| e.show.as_str()).collect();
                assert_eq!(status, ["1"], "{place}: {checksum} is not good");
            }
        }
    }
}

#[test]
fn tshark_reads_request_and_response_of_every_connection() {
    let seen = seen();
    let all = seen.fleet.names.iter().zip(&seen.with_secrets);
    for (name, packets) in all.filter(|(name, _)| !name.contains("fault=")) {
        let shown = |field| -> Vec<&str> {
            packets.iter().flat_map(|p| p.all(field)).map(|e| e.show.as_str()).collect()
        };
        let (text, number) = name.split_once(", ").expect("a text and a number");
        let scenario = Scenario::parse(text).expect("a scenario");
        let updates = usize::from(scenario.key_update != KeyUpdate::None);
        let responses = scenario.requests as usize + updates;
        // Early data that is not taken is sent again.
        let again = scenario.early_data == EarlyData::Rejected && number == "2";
        let requests = responses + usize::from(again);
        assert_eq!(shown("http.request.method"), vec!["GET"; requests], "{name}");
        assert_eq!(shown("http.response.code"), vec!["200"; responses], "{name}");
    }
}

#[test]
fn of_broken_connections_tshark_reads_the_requests_and_responses_that_we_read() {
    let seen = seen();
    let mut differ = Vec::new();
    let mut read = 0;
    let all = seen.fleet.names.iter().zip(&seen.with_secrets).zip(&seen.fleet.dissections);
    for ((name, packets), parts) in all.filter(|((name, _), _)| name.contains("fault=")) {
        for (start, field) in [("GET ", "http.request.method"), ("HTTP/1.1 ", "http.response.code")]
        {
            let is_http = |one: &&Message| {
                matches!(one.kind, MessageKind::Http | MessageKind::ApplicationData)
                    && one.bytes.starts_with(start.as_bytes())
            };
            let ours = parts.messages.iter().filter(is_http).count();
            let theirs = packets.iter().flat_map(|packet| packet.all(field)).count();
            if ours != theirs {
                differ.push(format!("{name}, {field}: {theirs}, and {ours} of ours"));
            }
            read += ours;
        }
    }
    assert!(read > FAULTS.len(), "{read}");
    assert!(differ.is_empty(), "{differ:#?}");
}

/// One of our trees, and where in tshark's its counterpart lies.
struct Scope<'a> {
    /// For messages.
    place: String,
    nodes: &'a [Node],
    octets: &'a [u8],
    element: &'a [&'a Element],
    /// Added to a node's offset to get tshark's position.
    shift: usize,
    /// As `shift`, for structures: inside decrypted records tshark counts them from the record.
    structure_shift: usize,
}

/// What was compared, by Wireshark's names.
#[derive(Default)]
struct Score {
    agreed: BTreeMap<&'static str, usize>,
    /// By name: how often, and the first of them.
    differ: BTreeMap<&'static str, (usize, String)>,
}

impl Score {
    fn compare(&mut self, scope: &Scope<'_>) {
        let mut named: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
        for element in scope.element {
            element.walk(&mut |element| named.entry(&element.name).or_default().push(element));
        }
        for node in scope.nodes {
            node.walk(&mut |node, _| {
                let Some(name) = node.wireshark() else { return };
                let candidates = named.get(name).map(Vec::as_slice).unwrap_or_default();
                let at = |element: &&&Element| {
                    element.size == node.len()
                        && (element.pos == node.start + scope.shift
                            || (is_structure(element) || COUNTED_AS_STRUCTURES.contains(&name))
                                && element.pos == node.start + scope.structure_shift)
                };
                let octets = scope.octets.get(node.start..node.end).unwrap_or_default();
                let agrees = |element: &&Element| {
                    pdml::same_bytes(element, octets) && same_value(element, &node.value)
                };
                let found: Vec<&&Element> = candidates.iter().filter(at).collect();
                if found.iter().any(|element| agrees(element)) {
                    *self.agreed.entry(name).or_default() += 1;
                    return;
                }
                let differ = self.differ.entry(name).or_insert_with(|| {
                    let theirs: Vec<String> = if found.is_empty() {
                        candidates.iter().take(4).map(describe).collect()
                    } else {
                        found.iter().map(|e| describe(e)).collect()
                    };
                    let ours = format!(
                        "{}: {} at {} (tshark {}), {} octets, value {:?}",
                        scope.place,
                        node.field.name,
                        node.start,
                        node.start + scope.shift,
                        node.len(),
                        node.value
                    );
                    (0, format!("{ours}\n      tshark: {}", theirs.join("; ")))
                });
                differ.0 += 1;
            });
        }
    }
}

fn describe(element: &&Element) -> String {
    format!(
        "at {}, {} octets, show {:?} value {:?}",
        element.pos, element.size, element.show, element.value
    )
}

/// Values whose position tshark counts as it does those of structures.
const COUNTED_AS_STRUCTURES: [&str; 1] = ["tls.handshake.key_update.request_update"];

/// Whether tshark gives no bytes: a structure, not a value.
fn is_structure(element: &Element) -> bool {
    element.value.is_empty()
}

/// Whether tshark's value and ours say the same. Structures have no value in one or the other; tshark
/// writes bytes with colons between, and some code points in decimal that we write in hexadecimal.
fn same_value(element: &Element, value: &str) -> bool {
    let show = &element.show;
    let number = |text: &str| match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    };
    let no_value = value.is_empty() || show.is_empty() && is_structure(element);
    let same_number = || number(show).is_some_and(|theirs| number(value) == Some(theirs));
    no_value || show == value || show.replace(':', "") == value || same_number()
}

/// Every `tls.record` of the packets, each with the number of its packet.
fn tls_records(packets: &[Element]) -> Vec<(u32, &Element)> {
    let mut records = Vec::new();
    for (number, packet) in (1..).zip(packets) {
        for protocol in packet.children.iter().filter(|protocol| protocol.name == "tls") {
            let found = protocol.children.iter().filter(|element| element.name == "tls.record");
            records.extend(found.map(|record| (number, record)));
        }
    }
    records
}

/// Where in its record's contents a message starts; all messages of these runs lie in one record.
fn offset_in_record(parts: &Dissection, message: usize) -> usize {
    let message = &parts.messages[message];
    let record = &parts.records[message.records[0]];
    assert_eq!(message.records.len(), 1);
    let before = record.messages.iter().take_while(|other| **other != message.index);
    before.map(|other| parts.messages[*other].bytes.len()).sum()
}

#[test]
fn every_field_with_a_wireshark_name_is_where_tshark_sees_it() {
    const RECORD_HEADER: usize = 5;
    let Seen { fleet, with_secrets, without } = seen();
    let mut score = Score::default();
    for (connection, name) in fleet.names.iter().enumerate() {
        let parts = &fleet.dissections[connection];
        let (open, closed) = (&with_secrets[connection], &without[connection]);
        for (packet, element) in parts.packets.iter().zip(closed) {
            score.compare(&Scope {
                place: format!("{name}, packet {}", packet.number),
                nodes: &packet.nodes,
                octets: &packet.bytes,
                element: &[element],
                shift: 0,
                structure_shift: 0,
            });
        }
        // HTTP without TLS, where it lies in one packet.
        for message in parts.messages.iter().filter(|message| message.kind == MessageKind::Http) {
            let [number] = message.packets[..] else { panic!("{name}: one packet") };
            let place = number as usize - 1;
            let shift = parts.packets[place].payload.start;
            score.compare(&Scope {
                place: format!("{name}, {}", message.name),
                nodes: &message.nodes,
                octets: &message.bytes,
                element: &[&closed[place]],
                shift,
                structure_shift: shift,
            });
        }
        // From the first HTTP on, tshark takes all of the connection for HTTP, in both directions.
        let http = parts.messages.iter().filter(|message| message.kind == MessageKind::Http);
        let http = http.filter_map(|message| message.packets.first()).min();
        let is_before = |record: &&Record| {
            http.is_none_or(|first| record.packets.iter().all(|number| number < first))
        };
        let records: Vec<&Record> = parts.records.iter().filter(is_before).collect();
        let (open, closed) = (tls_records(open), tls_records(closed));
        assert_eq!(open.len(), records.len(), "{name}: records with secrets");
        assert_eq!(closed.len(), records.len(), "{name}: records without");
        for (record, ((_, open), (_, closed))) in records.into_iter().zip(open.iter().zip(&closed))
        {
            let place = format!("{name}, record {}", record.index);
            assert_eq!(
                (open.size, closed.size),
                (record.bytes.len(), record.bytes.len()),
                "{place}"
            );
            for record_of in [*closed, *open] {
                score.compare(&Scope {
                    place: place.clone(),
                    nodes: &record.nodes,
                    octets: &record.bytes,
                    element: &[record_of],
                    shift: record_of.pos,
                    structure_shift: record_of.pos,
                });
            }
            let opened = record.opened.as_ref().map(|opened| opened.as_ref().expect("opened"));
            if let Some(opened) = opened {
                score.compare(&Scope {
                    place: format!("{place}, opened"),
                    nodes: &opened.nodes,
                    octets: &opened.plaintext,
                    element: &[open],
                    shift: 0,
                    structure_shift: open.pos,
                });
            }
            for message in record.messages.iter().map(|index| &parts.messages[*index]) {
                let offset = offset_in_record(parts, message.index);
                let (shift, structure_shift) = match opened {
                    None => (open.pos + RECORD_HEADER + offset, open.pos + RECORD_HEADER + offset),
                    Some(_) => (offset, open.pos + offset),
                };
                score.compare(&Scope {
                    place: format!("{place}, {}", message.name),
                    nodes: &message.nodes,
                    octets: &message.bytes,
                    element: &[open],
                    shift,
                    structure_shift,
                });
                if opened.is_some() && matches!(message.kind, MessageKind::Handshake(_)) {
                    let types = open.all("tls.handshake.type");
                    assert!(
                        types.iter().any(|t| t.pos == offset),
                        "{place}: tshark did not decrypt it"
                    );
                }
            }
        }
    }
    let agreed: usize = score.agreed.values().sum();
    println!("{agreed} fields of {} kinds agree with tshark", score.agreed.len());
    for (name, (count, first)) in &score.differ {
        println!("{name} differs {count} times; the first:\n      {first}");
    }
    assert!(score.differ.is_empty(), "{} kinds of field differ from tshark", score.differ.len());
    assert!(agreed > 10_000, "only {agreed} fields were compared");
}

#[test]
fn tshark_opens_rsa_key_exchange_with_the_servers_private_key_alone() {
    for text in ["tls12-rsa", "tls12-rsa-no-ems", "tls12-rsa+suite=aes-256-gcm"] {
        let run = Run::new(&Scenario::parse(text).expect("a scenario"), &Capabilities::all())
            .expect("a run");
        let private_key = identity(run.scenario(), Endpoint::Server, &Capabilities::all())
            .expect("an identity")
            .private_key;
        let file = |name: &str| -> PathBuf { [env!("CARGO_TARGET_TMPDIR"), name].iter().collect() };
        let (capture, key) = (file("private-key.pcapng"), file("private-key.pem"));
        let mut recording = Trace::clone(&run.trace);
        recording.connections.iter_mut().for_each(|connection| connection.events.clear());
        std::fs::write(&capture, pcapng::write(&recording)).expect("the capture is written");
        std::fs::write(&key, pem::encode("PRIVATE KEY", &private_key)).expect("the key is written");
        let methods = |packets: &[Element]| -> Vec<String> {
            let found = packets.iter().flat_map(|p| p.all("http.request.method"));
            found.map(|element| element.show.clone()).collect()
        };
        assert!(methods(&pdml::read(&capture)).is_empty(), "{text}: it is open without the key");
        let option = format!("uat:rsa_keys:\"{}\",\"\"", key.display());
        assert_eq!(methods(&pdml::read_with(&capture, &["-o", &option])), ["GET"], "{text}");
    }
}

#[test]
fn a_tree_that_is_off_by_one_byte_does_not_agree() {
    let Seen { fleet, without, .. } = seen();
    let mut score = Score::default();
    for (packet, element) in fleet.dissections[0].packets.iter().zip(&without[0]) {
        score.compare(&Scope {
            place: "off by one".into(),
            nodes: &packet.nodes,
            octets: &packet.bytes,
            element: &[element],
            shift: 1,
            structure_shift: 1,
        });
    }
    let differ: usize = score.differ.values().map(|(count, _)| count).sum();
    let agreed: usize = score.agreed.values().sum();
    assert!(differ > 200 && agreed * 20 < differ, "{agreed} agree, {differ} differ");
}

/// What tshark says of TCP for a packet, by the last part of the name: `retransmission`.
fn tcp_analysis(packet: &Element) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    packet.walk(&mut |element| {
        if let Some(name) = element.name.strip_prefix("tcp.analysis.") {
            found.insert(name.to_owned());
        }
    });
    found
}

#[test]
fn tshark_sees_the_same_segments_sent_again_and_the_same_duplicate_acknowledgments() {
    let seen = seen();
    let mut agreed = BTreeMap::new();
    for (connection, name) in seen.fleet.names.iter().enumerate() {
        let parts = &seen.fleet.dissections[connection];
        for (packet, element) in parts.packets.iter().zip(&seen.without[connection]) {
            let theirs = tcp_analysis(element);
            let place =
                format!("{name}, packet {}: {:?}, {theirs:?}", packet.number, packet.remarks);
            let has = |is: fn(&Remark) -> bool| packet.remarks.iter().any(is);
            let tshark = |names: &[&str]| names.iter().any(|name| theirs.contains(*name));
            // tshark does not know what the link did twice: a copy looks like a retransmission.
            let repeats = |r: &Remark| {
                matches!(r, Remark::Retransmission { .. } | Remark::DoubledByLink { .. })
            };
            let again = packet.sequence_len() > 0 && has(repeats);
            let flags = [
                "retransmission",
                "fast_retransmission",
                "spurious_retransmission",
                "out_of_order",
            ];
            assert_eq!(again, tshark(&flags), "{place}");
            if again {
                *agreed.entry("sent again").or_insert(0) += 1;
            }
            // RFC 5681 calls it a duplicate only while something is outstanding; tshark calls every
            // acknowledgment so that is sent again.
            let before = parts.packets.iter().filter(|p| p.number < packet.number);
            let peer = before.filter(|p| p.from != packet.from);
            let sent = peer
                .map(|p| p.seq.wrapping_add(p.sequence_len()))
                .max_by_key(|end| end.wrapping_sub(packet.ack) as i32);
            let copy = has(|r| matches!(r, Remark::DoubledByLink { .. }));
            if !copy && sent != Some(packet.ack) {
                let duplicate = has(|r| matches!(r, Remark::DuplicateAck { .. }));
                assert_eq!(duplicate, tshark(&["duplicate_ack"]), "{place}");
                *agreed.entry("duplicate ACK").or_insert(0) += i32::from(duplicate);
            }
            if segment_is_new(packet) && has(|r| *r == Remark::WindowFull) {
                assert!(tshark(&["window_full"]), "{place}");
                *agreed.entry("window full").or_insert(0) += 1;
            }
        }
    }
    println!("{agreed:?}");
    assert_eq!(agreed.len(), 3);
    assert!(agreed.values().all(|count| *count >= 2), "{agreed:?}");
}

/// Whether its bytes are sent for the first time.
fn segment_is_new(packet: &PacketView) -> bool {
    let again =
        |r: &Remark| matches!(r, Remark::Retransmission { .. } | Remark::DoubledByLink { .. });
    !packet.remarks.iter().any(again)
}
