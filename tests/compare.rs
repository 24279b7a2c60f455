//! Two runs side by side: steps stand where they belong, and what is said to differ does.

#![cfg(test)]

use handshake_lab::compare::{Comparison, Figures, Mark, Nature, Pair, compare, nature};
use handshake_lab::engine::Capabilities;
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use handshake_lab::story::Subject;
use handshake_lab::wire::Node;
use std::collections::BTreeSet;

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn compared(a: &str, b: &str) -> Comparison {
    checked(&run(a), &run(b))
}

/// Compares, and holds the result to what must be true of every one.
fn checked(a: &Run, b: &Run) -> Comparison {
    let comparison = compare(a, b);
    let runs = [a, b];
    for (side, run) in runs.iter().enumerate() {
        let steps: Vec<usize> = comparison
            .pairs
            .iter()
            .filter_map(|pair| pair.seats[side].as_ref())
            .map(|s| s.step)
            .collect();
        assert_eq!(
            steps,
            (0..run.story().steps.len()).collect::<Vec<_>>(),
            "each step once, in order"
        );
    }
    for pair in &comparison.pairs {
        let title = pair.title();
        let alone = pair.seats.iter().flatten().count() == 1;
        assert_eq!(alone, matches!(pair.mark, Mark::OnlyA | Mark::OnlyB), "{title}");
        assert!(alone || pair.elsewhere.is_none());
        let natures: Vec<Nature> = pair.differences.iter().map(|d| d.nature).collect();
        assert!(natures.is_sorted(), "{title}: {natures:?}");
        if alone {
            assert!(pair.differences.is_empty());
            continue;
        }
        let [a, b] = [0, 1].map(|side| bytes(runs[side], pair, side));
        let keys = pair.seats.each_ref().map(|seat| seat.as_ref().map(|seat| seat.epoch));
        assert_eq!(pair.mark == Mark::Same, a == b && keys[0] == keys[1], "{title}");
        assert_eq!(pair.mark == Mark::Same, pair.differences.is_empty(), "{title}");
        for difference in &pair.differences {
            let name = difference.title();
            let octets = [0, 1].map(|side| {
                let place = difference.places[side].as_ref()?;
                assert!(!place.value.is_empty(), "{title}, {name}");
                let node = node(runs[side], pair, side, &place.path)?;
                Some(bytes(runs[side], pair, side)[node.start..node.end].to_vec())
            });
            let values = difference.places.each_ref().map(|p| p.as_ref().map(|p| &p.value));
            assert_ne!(values[0], values[1], "{title}, {name}");
            if difference.names.last() != Some(&"order") && octets[0].is_some() {
                assert_ne!(octets[0], octets[1], "{title}, {name}");
            }
        }
    }
    comparison
}

fn subject(run: &Run, pair: &Pair, side: usize) -> Subject {
    run.story().steps[pair.seats[side].as_ref().expect("a seat").step].subject
}

fn bytes<'a>(run: &'a Run, pair: &Pair, side: usize) -> &'a [u8] {
    match subject(run, pair, side) {
        Subject::Packet(at) => &run.dissection().packets[at].bytes,
        Subject::Message(at) => &run.dissection().messages[at].bytes,
    }
}

fn node<'a>(run: &'a Run, pair: &Pair, side: usize, path: &[usize]) -> Option<&'a Node> {
    let mut level = match subject(run, pair, side) {
        Subject::Packet(at) => &run.dissection().packets[at].nodes,
        Subject::Message(at) => &run.dissection().messages[at].nodes,
    };
    let mut found = None;
    for index in path {
        let node = level.get(*index).expect("a node at every path");
        (found, level) = (Some(node), &node.children);
    }
    found
}

/// The pair of this title whose step the client (or the server) sends.
fn pair<'a>(comparison: &'a Comparison, from: &str, title: &str) -> &'a Pair {
    let is = |pair: &&Pair| pair.from.name() == from && pair.title() == title;
    comparison.pairs.iter().find(is).unwrap_or_else(|| panic!("no {title} of the {from}"))
}

/// The names and values of the fields that someone chose.
fn chosen(pair: &Pair) -> Vec<(String, [Option<&str>; 2])> {
    let chosen = pair.differences.iter().filter(|d| d.nature == Nature::Chosen);
    chosen
        .map(|d| (d.title(), d.places.each_ref().map(|p| p.as_ref().map(|p| p.value.as_str()))))
        .collect()
}

fn only(comparison: &Comparison, mark: Mark) -> Vec<String> {
    let pairs = comparison.pairs.iter().filter(|pair| pair.mark == mark);
    pairs.map(|pair| format!("{} {}", pair.from.name(), pair.title())).collect()
}

#[test]
fn a_run_does_not_differ_from_itself() {
    for preset in PRESETS {
        let run = run(preset.id);
        let comparison = checked(&run, &run);
        assert_eq!(comparison.count(Mark::Same), comparison.pairs.len(), "{}", preset.id);
        assert_eq!(comparison.figures[0], comparison.figures[1]);
    }
}

#[test]
fn with_another_seed_nothing_that_someone_chose_differs() {
    let mut seen = BTreeSet::new();
    for preset in PRESETS {
        for seed in [7, 8, 9] {
            // Which packets are lost is drawn as well, so nothing is.
            let base = format!("{}+loss=0", preset.id);
            let comparison = compared(&base, &format!("{base}+seed={seed}"));
            for pair in &comparison.pairs {
                let chosen = chosen(pair);
                assert!(
                    matches!(pair.mark, Mark::Same | Mark::Random),
                    "{}, seed {seed}, {}: {:?} {chosen:?}",
                    preset.id,
                    pair.title(),
                    pair.mark
                );
                seen.extend(pair.differences.iter().filter_map(|d| d.names.last().copied()));
            }
            assert!(comparison.count(Mark::Random) >= 4, "{}", preset.id);
        }
    }
    for name in ["random", "key_exchange", "signature", "verify_data", "Sequence Number", "order"] {
        assert!(seen.contains(name), "{name} was the same everywhere");
    }
}

#[test]
fn the_table_of_random_fields_names_fields_that_exist() {
    let mut names = BTreeSet::new();
    for preset in PRESETS {
        for dissection in run(preset.id).dissections.iter() {
            let messages = dissection.messages.iter().flat_map(|m| &m.nodes);
            let nodes = messages.chain(dissection.packets.iter().flat_map(|p| &p.nodes));
            let records = dissection.records.iter().flat_map(|r| &r.nodes);
            for node in nodes.chain(records) {
                node.walk(&mut |node, _| {
                    names.insert(node.field.name);
                });
            }
        }
    }
    let unknown: Vec<&&str> =
        nature::RANDOM.iter().filter(|name| !names.contains(**name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn tls_1_2_beside_tls_1_3() {
    let comparison = compared("tls12", "tls13");
    let [a, b] = &comparison.figures;
    assert_eq!((a.handshake_round_trips, b.handshake_round_trips), (2, 1));
    assert_eq!((a.first_data_us, b.first_data_us), (Some(240_000), Some(160_000)));
    assert_eq!(a.version.as_deref().zip(b.version.as_deref()), Some(("TLS 1.2", "TLS 1.3")));
    for title in ["ServerKeyExchange", "ServerHelloDone", "ClientKeyExchange"] {
        assert!(only(&comparison, Mark::OnlyA).iter().any(|step| step.ends_with(title)), "{title}");
    }
    for title in ["EncryptedExtensions", "CertificateVerify", "NewSessionTicket"] {
        assert!(only(&comparison, Mark::OnlyB).iter().any(|step| step.ends_with(title)), "{title}");
    }
    let hello = pair(&comparison, "client", "ClientHello");
    assert_eq!(hello.mark, Mark::Differs);
    let fields = chosen(hello);
    let versions = [Some("TLS 1.2"), Some("TLS 1.3")];
    assert!(fields.contains(&("extensions › supported_versions › versions".into(), versions)));
    assert!(fields.contains(&("extensions › key_share".into(), [None, Some("x25519")])));
    // The certificate is sent in both, but where an eavesdropper sees it in one only.
    let certificate = pair(&comparison, "server", "Certificate");
    let keys = [Some("not encrypted"), Some("handshake keys")];
    assert!(chosen(certificate).contains(&("encryption".into(), keys)));
    // TLS 1.3's server finishes first.
    let finished: Vec<&Pair> = comparison
        .pairs
        .iter()
        .filter(|pair| pair.title() == "Finished" && pair.from.name() == "server")
        .collect();
    assert_eq!(finished.len(), 2);
    for (pair, other) in finished.iter().zip([1, 0]) {
        let there = finished[other].seats.iter().flatten().next().map(|seat| seat.step);
        assert_eq!(pair.elsewhere, there);
    }
}

#[test]
fn one_way_beside_mutual() {
    for version in ["tls12", "tls13"] {
        let comparison = compared(version, &format!("{version}-mtls"));
        assert_eq!(only(&comparison, Mark::OnlyA), Vec::<String>::new());
        assert_eq!(
            only(&comparison, Mark::OnlyB),
            ["server CertificateRequest", "client Certificate", "client CertificateVerify"]
        );
        let hello = pair(&comparison, "client", "ClientHello");
        assert!(chosen(hello).is_empty(), "{:?}", chosen(hello));
    }
}

#[test]
fn full_beside_resumed() {
    let comparison = compared("tls13", "tls13-resumed");
    let only_full = ["server Certificate", "server CertificateVerify"];
    assert_eq!(only(&comparison, Mark::OnlyA), only_full);
    assert_eq!(only(&comparison, Mark::OnlyB), Vec::<String>::new());
    // Times count from the connection's own beginning, not from that of the run.
    assert_eq!(comparison.figures[1].connection, 1);
    assert_eq!(comparison.figures[1].first_data_us, Some(160_000));
    let early = compared("tls13-resumed", "tls13-0rtt");
    assert_eq!(early.figures[1].first_data_us, Some(80_000));
    assert_eq!(early.figures[1].handshake_round_trips, 0);
}

#[test]
fn round_trips_are_those_that_the_run_took() {
    for text in ["tls13-big-flight", "tls13-cert-compression"] {
        let figures = compared("tls13", text).figures;
        assert_eq!(figures.map(|run| run.handshake_round_trips), [1, 2], "{text}");
    }
}

#[test]
fn without_and_with_hello_retry_request() {
    let comparison = compared("tls13", "tls13-hrr");
    assert!(
        only(&comparison, Mark::OnlyB).contains(&"server HelloRetryRequest".to_string()),
        "{:?}",
        only(&comparison, Mark::OnlyB)
    );
    // The server's comes at once in both; the client's has to come before its second ClientHello.
    assert_eq!(
        only(&comparison, Mark::OnlyA),
        ["server ChangeCipherSpec", "client ChangeCipherSpec"]
    );
    let group = chosen(pair(&comparison, "server", "ServerHello"));
    let groups = [Some("x25519 (0x001d)"), Some("secp256r1 (0x0017)")];
    assert!(group.iter().any(|(_, values)| *values == groups), "{group:?}");
    let [a, b] = &comparison.figures;
    assert_eq!((a.handshake_round_trips, b.handshake_round_trips), (1, 2));
}

#[test]
fn before_and_after_a_fault() {
    for version in ["tls12", "tls13"] {
        let comparison = compared(version, &format!("{version}+fault=cert-expired"));
        let certificate = chosen(pair(&comparison, "server", "Certificate"));
        assert!(certificate.iter().any(|(name, _)| name.ends_with("notAfter")), "{certificate:?}");
        assert!(only(&comparison, Mark::OnlyA).contains(&"client GET /".to_string()));
        assert!(only(&comparison, Mark::OnlyB).contains(&"client certificate_expired".to_string()));
        assert_eq!(comparison.figures[1].first_data_us, None);
    }
}

#[test]
fn a_sentence_says_what_sets_two_runs_apart() {
    let comparison = compared("tls12", "tls13");
    let total = |figures: &Figures| figures.bytes_from_client + figures.bytes_from_server;
    let [a, b] = comparison.figures.each_ref().map(total);
    assert_eq!(
        comparison.sentence(),
        format!(
            "B sends its first application data 80 ms earlier than A (160 ms instead of 240 ms); TLS holds B's request up for 1 round trip instead of 2 and B takes {b} bytes in all instead of {a}."
        )
    );
    let broken = compared("tls13", "tls13+fault=cert-expired");
    let sentence = "A sends its first application data after 160 ms, B never sends any.";
    assert_eq!(broken.sentence(), sentence);
    assert_eq!(broken.first_different().map(Pair::title), Some("Certificate"));
    let seeds = compared("tls13", "tls13+seed=7");
    assert!(seeds.first_different().is_none());
}

#[test]
fn the_sentence_says_that_nothing_differs_only_where_nothing_does() {
    for preset in PRESETS {
        let run = run(preset.id);
        let itself = compare(&run, &run).sentence();
        assert_eq!(itself, "Nothing differs: every step has the same bytes.", "{}", preset.id);
        let comparison = compared("tls13", preset.id);
        let [a, b] = &comparison.figures;
        let sentence = comparison.sentence();
        let says = |text: &str| sentence.contains(text);
        let nothing = comparison.first_different().is_none();
        assert!(!says("Nothing") || nothing, "{}: {sentence}", preset.id);
        let times = a.first_data_us.zip(b.first_data_us);
        for (word, holds) in [
            (" earlier ", times.is_some_and(|(a, b)| b < a)),
            (" later ", times.is_some_and(|(a, b)| b > a)),
            ("never sends any", a.first_data_us.is_some() != b.first_data_us.is_some()),
        ] {
            assert_eq!(says(word), holds, "{}: {sentence}", preset.id);
        }
    }
}

#[test]
fn another_group_is_told_from_another_key() {
    let comparison = compared("tls13", "tls13+group=secp256r1");
    let hello = pair(&comparison, "server", "ServerHello");
    let share = "extensions › key_share › KeyShareEntry";
    let found = |field: &str| {
        let title = format!("{share} › {field}");
        hello.differences.iter().find(|d| d.title() == title).map(|d| d.nature)
    };
    assert_eq!(found("group"), Some(Nature::Chosen));
    assert_eq!(found("key_exchange"), Some(Nature::Random));
    assert_eq!(found("key_exchange_length"), Some(Nature::Follows));
}

#[test]
fn comparing_is_symmetric() {
    let (ab, ba) = (compared("tls12", "tls13"), compared("tls13", "tls12"));
    for mark in [Mark::Same, Mark::Random, Mark::Differs] {
        assert_eq!(ab.count(mark), ba.count(mark));
    }
    assert_eq!(ab.count(Mark::OnlyA), ba.count(Mark::OnlyB));
    assert_eq!(ab.figures[0], ba.figures[1]);
}
