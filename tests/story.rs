//! The story is true of the run it tells, complete, and consistent with itself.

#![cfg(test)]

use handshake_lab::dissect::{Dissection, EarlyData, Epoch, MessageKind, PacketView, dissect_all};
use handshake_lab::engine::{self, Capabilities};
use handshake_lab::faults::{FAULTS, Fault, Outcome};
use handshake_lab::plan::Plan;
use handshake_lab::run::Run;
use handshake_lab::scenario::{Gateway, Group, Scenario, showing};
use handshake_lab::story::sequence::{Part, Zoom, rows};
use handshake_lab::story::{
    self, Check, CheckResult, Fact, FactId, Findings, Phase, Remark, Step, Story, Subject, Words,
    facts, findings, first_difference, format, tell, text, words,
};
use handshake_lab::tls::{AlertDescription, AlertLevel, HandshakeType, ProtocolVersion};
use handshake_lab::trace::{Connection, Endpoint, Op, Role, Status, Trace};
use proptest::prelude::*;
use rustls::SignatureScheme;
use std::sync::OnceLock;

/// A run with all that is made of it.
struct Told {
    trace: Trace,
    dissection: Dissection,
    story: Story,
    words: Vec<Words>,
    facts: Vec<Fact>,
    findings: Findings,
}

impl Told {
    fn of(scenario: &str) -> Told {
        let scenario = Scenario::parse(scenario).unwrap();
        Told::from_trace(engine::run(&scenario, &Capabilities::all()).unwrap())
    }

    fn from_trace(trace: Trace) -> Told {
        // The client's last connection; the tests look for it at the first place.
        let mut trace = trace;
        let is_clients = |one: &Connection| one.roles.client == Role::Client;
        let last = trace.connections.iter().rposition(is_clients).unwrap();
        let dissection = dissect_all(&trace).swap_remove(last);
        trace.connections = vec![trace.connections.swap_remove(last)];
        let story = tell(&trace, &trace.connections[0], &dissection);
        let findings = findings(&trace, &trace.connections[0], &dissection, &story);
        let facts = facts(&trace, &trace.connections[0], &dissection, &story);
        let words = words(&trace, &trace.connections[0], &dissection, &story);
        Told { trace, dissection, story, words, facts, findings }
    }

    /// The steps with their words.
    fn steps(&self) -> impl Iterator<Item = story::Told<'_>> {
        let steps = self.story.steps.iter().zip(&self.words);
        steps.map(|(step, words)| story::Told { step, words })
    }

    fn step(&self, title: &str, from: Endpoint) -> story::Told<'_> {
        let is = |step: &story::Told<'_>| step.title == title && step.from == from;
        self.steps().find(is).unwrap_or_else(|| panic!("no step {title} from {from:?}"))
    }

    fn titles(&self) -> Vec<&str> {
        self.story.steps.iter().map(|step| step.title.as_str()).collect()
    }

    /// All the words of the story.
    fn words(&self) -> Vec<String> {
        let steps = self.steps().flat_map(|step| {
            let words =
                [&step.words.what, &step.words.why, &step.words.eavesdropper].map(String::clone);
            words.into_iter().chain(step.notices())
        });
        steps.chain([self.story.ending.clone()]).collect()
    }
}

/// The text forms of good runs, of both versions and with every choice that changes the words.
const GOOD: &[&str] = &[
    "tls13",
    "tls12",
    "tls13-mtls",
    "tls12-mtls",
    "tls13-resumed",
    "tls13-0rtt",
    "tls13-0rtt-rejected",
    "tls13-keepalive",
    "tls12-session-id",
    "tls12-ticket",
    "tls13+resume=ticket",
    "tls13+client-cert=optional",
    "tls13+suite=TLS_AES_256_GCM_SHA384+group=secp384r1+cert=ecdsa-p384",
    "tls12+suite=TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256+group=secp256r1+cert=ed25519",
    "tls12+cert=rsa-2048+alpn=none+rtt-ms=0",
    "tls13+cert=rsa-2048+alpn=http/1.1+seed=7",
    "tls13+version=any",
    "tls12-rsa",
    "tls12-rsa-no-ems+suite=aes-256-gcm",
    "tls12+ems=no",
    "tls12-rsa+client-cert=required",
    "tls13-hrr",
    "tls13-lossy",
    "tls13-big-flight",
    "tls13+loss=0.2+reorder=0.2+duplicate=0.2+mss=536+seed=5",
    "tls12+loss=0.3+window=1000+seed=3",
    "tls13+rtt-ms=3000",
    "tls13-mlkem",
    "tls13-key-update",
    "tls13+key-update=server",
    "tls13-half-close",
    "tls13-raw-public-key",
    "tls13-cert-compression",
    "tls13+cert-compression=zlib+client-cert=required",
    "tls13-raw-public-key+server-groups=secp384r1+client-cert=required",
    "tls13-0rtt+close=half-close",
    "tls13+close=half-close+requests=2+client-cert=required",
];

/// Runs that end by RST, which the other end takes for an error.
const RESET: &[&str] = &["tls13-reset", "tls12+close=reset", "tls12-rsa+close=reset"];

/// What faults are tried on.
const GROUNDS: &[&str] = &["tls13", "tls12", "tls12-rsa"];

/// A run that a fault breaks.
struct Bad {
    fault: &'static Fault,
    scenario: Scenario,
}

impl Bad {
    /// The text of the run.
    fn name(&self) -> String {
        self.scenario.text()
    }

    /// The text of the good run.
    fn good(&self) -> String {
        self.scenario.mended().text()
    }

    /// What must come of it.
    fn expected(&self) -> Outcome {
        self.scenario.expected().unwrap()
    }
}

/// Every fault on all of [`GROUNDS`] that it applies to.
fn bad() -> Vec<Bad> {
    let of = |fault: &&'static Fault| {
        let fault = *fault;
        // What a gateway does has tests of its own.
        showing(fault, GROUNDS.iter().copied())
            .filter(|scenario| scenario.gateway == Gateway::None)
            .map(move |scenario| Bad { fault, scenario })
            .collect::<Vec<_>>()
    };
    FAULTS.iter().flat_map(of).collect()
}

/// Every run above, told once.
fn all() -> &'static [(String, Told)] {
    static ALL: OnceLock<Vec<(String, Told)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let good = GOOD.iter().chain(RESET).map(|name| name.to_string());
        let mut names: Vec<String> =
            good.chain(bad().iter().flat_map(|bad| [bad.good(), bad.name()])).collect();
        names.sort();
        names.dedup();
        names.into_iter().map(|name| (name.clone(), Told::of(&name))).collect()
    })
}

fn told(name: &str) -> &'static Told {
    &all().iter().find(|run| run.0 == name).unwrap().1
}

/// The sentences of a text: what ends in a full stop outside code.
fn sentences(text: &str) -> usize {
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join("x");
    let outside = outside.replace("**", "");
    outside.split_whitespace().filter(|word| word.ends_with('.') || word.ends_with('?')).count()
}

#[test]
fn times_that_are_told_count_from_the_connections_first_packet_or_with_a_gateway_from_the_runs() {
    let run = |text: &str| Run::new(&Scenario::parse(text).unwrap(), &Capabilities::all()).unwrap();
    let resumed = run("tls13-0rtt");
    for connection in 0..2 {
        let run = resumed.at(connection);
        let first = run.dissection().packets[0].sent_us;
        assert_eq!((run.story().start_us, connection > 0), (first, first > 0));
        let ack = run.told().find(|step| step.title == "ACK").unwrap();
        assert!(ack.words.what.contains("at **80 ms**"), "{}", ack.words.what);
    }
    let gateway = run("gateway-terminate");
    for connection in 0..gateway.stories.len() {
        assert_eq!(gateway.at(connection).story().start_us, 0);
    }
}

#[test]
fn every_step_says_what_and_why_in_two_to_four_sentences() {
    for (name, told) in all() {
        for step in told.steps() {
            let text = format!("{} {} {}", step.words.what, step.words.why, step.words.notice);
            let at = format!("{name}, step {} {}: {text}", step.index, step.title);
            assert!(!step.words.what.is_empty() && !step.words.why.is_empty(), "{at}");
            assert!((2..=4).contains(&sentences(&text)), "{} in {at}", sentences(&text));
            assert!(!step.words.eavesdropper.is_empty(), "{at}");
            assert!(text.matches("**").count() % 2 == 0, "{at}");
            assert!(text.matches('`').count() % 2 == 0, "{at}");
            assert!(!text.contains("  "), "{at}");
        }
        assert!((1..=3).contains(&sentences(&told.story.ending)), "{name}: {}", told.story.ending);
    }
}

#[test]
fn steps_are_in_the_order_of_sending_and_phases_tile_them() {
    for (name, told) in all() {
        let steps = &told.story.steps;
        assert!(steps.iter().enumerate().all(|(at, step)| step.index == at), "{name}");
        assert!(steps.is_sorted_by_key(|step| step.sent_us), "{name}");
        let mut at = 0;
        let mut seen: Vec<Phase> = Vec::new();
        for span in &told.story.phases {
            assert_eq!(span.first, at, "{name}");
            assert!(span.end > span.first, "{name}");
            assert!(!seen.contains(&span.phase), "{name}: {:?} twice", span.phase);
            assert!(steps[span.first..span.end].iter().all(|s| s.phase == span.phase), "{name}");
            seen.push(span.phase);
            at = span.end;
        }
        assert_eq!(at, steps.len(), "{name}");
        assert_eq!(seen.first(), Some(&Phase::Tcp), "{name}");
        let closes = |packet: &PacketView| packet.is_fin() || packet.is_rst();
        let closed = told.dissection.packets.iter().any(closes);
        assert_eq!(seen.last() == Some(&Phase::Close), closed, "{name}");
    }
}

#[test]
fn a_tls_13_run_has_its_messages_as_steps() {
    let titles = told("tls13").titles();
    let expected = [
        "SYN",
        "SYN, ACK",
        "ACK",
        "ClientHello",
        "ServerHello",
        "ChangeCipherSpec",
        "EncryptedExtensions",
        "Certificate",
        "CertificateVerify",
        "Finished",
        "ChangeCipherSpec",
        "Finished",
        "GET /",
    ];
    assert_eq!(titles[..expected.len()], expected, "{titles:?}");
    for title in ["200 OK", "close_notify", "FIN, ACK"] {
        assert!(titles.contains(&title), "{title} in {titles:?}");
    }
}

#[test]
fn a_tls_12_run_has_its_messages_as_steps() {
    let titles = told("tls12").titles();
    let expected = [
        "SYN",
        "SYN, ACK",
        "ACK",
        "ClientHello",
        "ServerHello",
        "Certificate",
        "ServerKeyExchange",
        "ServerHelloDone",
        "ClientKeyExchange",
        "ChangeCipherSpec",
        "Finished",
    ];
    assert_eq!(titles[..expected.len()], expected, "{titles:?}");
    let spans: Vec<Phase> = told("tls12").story.phases.iter().map(|span| span.phase).collect();
    use Phase::*;
    assert_eq!(spans, [Tcp, Hello, Authentication, Keys, Finished, Data, Close]);
}

#[test]
fn rsa_key_exchange_has_no_server_key_exchange_and_says_what_that_means() {
    let told = told("tls12-rsa");
    assert!(!told.titles().contains(&"ServerKeyExchange"), "{:?}", told.titles());
    let step = told.step("ClientKeyExchange", Endpoint::Client);
    assert!(
        step.words.what.contains("encrypted") && step.words.what.contains("256 bytes"),
        "{}",
        step.words.what
    );
    assert!(step.words.notice.contains("no **forward secrecy**"), "{}", step.words.notice);
    let hello = told.step("ClientHello", Endpoint::Client);
    assert!(hello.words.notice.contains("teaching endpoints"), "{}", hello.words.notice);
    assert!(
        told.story.ending.contains("decrypting the preliminary secret"),
        "{}",
        told.story.ending
    );
    let usage = told.findings.checks.iter().find(|check| check.detail.contains("keyEncipherment"));
    assert_eq!(usage.map(|check| check.result), Some(CheckResult::Passed));
    // Words about ephemeral keys would not be true here.
    for text in told.words() {
        assert!(!text.contains("public keys alone"), "{text}");
    }
}

#[test]
fn only_runs_between_teaching_endpoints_speak_of_them() {
    for (name, told) in all() {
        let speaks = told.words().iter().any(|text| text.contains("teaching endpoints"));
        let teaching = Scenario::parse(name).unwrap().has_teaching_endpoints();
        let begun = !told.dissection.messages.is_empty();
        assert_eq!(speaks, teaching && begun, "{name}");
    }
}

#[test]
fn every_message_is_a_step() {
    for (name, told) in all() {
        let messages = told.dissection.messages.len();
        let is_message = |step: &&Step| matches!(step.subject, Subject::Message(_));
        assert_eq!(told.story.steps.iter().filter(is_message).count(), messages, "{name}");
    }
}

#[test]
fn words_name_only_what_the_run_has() {
    const SUITES: [&str; 11] = [
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    ];
    for (name, told) in all() {
        let words = told.words();
        // Where nothing was settled, there is nothing to name.
        let Some(suite) = told.dissection.negotiated.suite else { continue };
        let suite = suite.name().unwrap();
        assert!(words.iter().any(|text| text.contains(suite)), "{name}");
        for other in SUITES.iter().filter(|other| **other != suite) {
            assert!(!words.iter().any(|text| text.contains(other)), "{name} mentions {other}");
        }
        // With RSA key exchange there is none, nor where a session of TLS 1.2 is resumed.
        let negotiated = &told.dissection.negotiated;
        let group = negotiated.group.map(|group| group.name().unwrap());
        let without = suite.starts_with("TLS_RSA_")
            || negotiated.resumed && negotiated.version == Some(ProtocolVersion::TLS1_2);
        assert_eq!(group.is_none(), without, "{name}");
        let named = |group| words.iter().any(|text| text.contains(group));
        assert!(group.is_none_or(named), "{name}");
        // After a HelloRetryRequest the words also name the group of the first key share.
        let retried = told.titles().contains(&"HelloRetryRequest");
        let others = ["x25519", "secp256r1", "secp384r1"];
        for other in others.iter().filter(|other| Some(**other) != group && !retried) {
            assert!(
                !words.iter().any(|text| text.contains(&format!("**{other}**"))),
                "{name} mentions {other}"
            );
        }
        let hello = &told.step("ClientHello", Endpoint::Client).words.what;
        match &told.dissection.negotiated.server_name {
            Some(host) => assert!(hello.contains(host), "{name}"),
            None => assert!(hello.contains("names no server"), "{name}"),
        }
    }
}

#[test]
fn the_certificate_step_names_its_holder_issuer_and_end() {
    for name in ["tls13", "tls12"] {
        let told = told(name);
        let step = told.step("Certificate", Endpoint::Server);
        let host = told.dissection.negotiated.server_name.as_ref().unwrap();
        assert!(step.words.what.contains(host), "{}", step.words.what);
        assert!(
            step.words.what.contains("2026-") && step.words.what.contains("UTC"),
            "{}",
            step.words.what
        );
    }
}

#[test]
fn checks_agree_with_how_the_ends_ended() {
    for (name, told) in all() {
        let (story, findings) = (&told.story, &told.findings);
        for check in &findings.checks {
            assert!(check.step < story.steps.len(), "{name}: {}", check.question);
            assert!(check.rfc.starts_with("RFC ") && check.question.ends_with('?'), "{name}");
            assert!(!check.detail.is_empty(), "{name}: {}", check.question);
        }
        let failed: Vec<_> =
            findings.checks.iter().filter(|c| c.result == CheckResult::Failed).collect();
        let not_reached =
            findings.checks.iter().filter(|c| c.result == CheckResult::NotReached).count();
        match story.outcome.noticed_by {
            None => {
                assert!(failed.is_empty() && not_reached == 0, "{name}: {:#?}", findings.checks);
                let is_whole = story.outcome.client.status == Status::Established;
                assert!(findings.checks.len() >= 10 || !is_whole, "{name}: {:#?}", findings.checks);
            }
            Some(who) => {
                // What an end sends under keys that the other does not have, or in another language, is
                // refused there as well.
                let each_fails = !told.dissection.server_keys.is_empty()
                    || failed.len() == 2 && failed[0].by != failed[1].by;
                assert!(failed.len() == 1 || each_fails, "{name}: {failed:#?}");
                assert_eq!(failed[0].by, who, "{name}");
            }
        }
    }
}

#[test]
fn the_check_that_fails_is_the_one_the_fault_breaks() {
    let failed = |name: &str| {
        let told = told(name);
        let check = told.findings.failed().next().unwrap();
        (check.question.clone(), check.detail.clone(), told.story.steps[check.step].title.clone())
    };
    for version in ["tls13", "tls12"] {
        let (question, detail, step) = failed(&format!("{version}+fault=cert-expired"));
        assert!(question.contains("validity period"), "{question}");
        assert!(detail.contains("not after 2025-12-"), "{detail}");
        assert_eq!(step, "Certificate");
        let (question, detail, step) = failed(&format!("{version}+fault=hostname-mismatch"));
        assert!(question.contains("name the client wants"), "{question}");
        assert!(detail.contains("www.example.org"), "{detail}");
        assert_eq!(step, "Certificate");
        let client_cert = "client-cert=required+fault=client-cert-missing";
        let (question, _, step) = failed(&format!("{version}+{client_cert}"));
        assert!(question.contains("send a certificate"), "{question}");
        assert_eq!(step, "Certificate, empty");
    }
}

/// A change of a plan that leaves the two ends without anything in common in one list: what the question
/// of the failed check says, and what of both lists stands in its detail.
struct Apart {
    change: fn(&mut Plan),
    question: &'static str,
    lists: [&'static str; 2],
}

const APART: &[Apart] = &[
    Apart {
        change: |plan| {
            plan.client.suites.retain(|suite| format!("{suite:?}").contains("AES_128"));
            plan.server.suites.retain(|suite| format!("{suite:?}").contains("CHACHA20"));
        },
        question: "cipher suite",
        lists: ["offers TLS_", "CHACHA20_POLY1305_SHA256"],
    },
    Apart {
        change: |plan| {
            (plan.client.groups, plan.server.groups) =
                (vec![Group::X25519], vec![Group::Secp384r1]);
        },
        question: "key exchange group",
        lists: ["offers x25519", "takes secp384r1"],
    },
    Apart {
        change: |plan| plan.client.signature_schemes = vec![SignatureScheme::ED25519],
        question: "signature scheme",
        lists: ["offers ed25519", "takes ecdsa_secp256r1_sha256"],
    },
    Apart {
        change: |plan| plan.client.alpn = vec!["h2".into()],
        question: "application protocol",
        lists: ["offers h2", "takes http/1.1"],
    },
];

#[test]
fn a_handshake_without_anything_in_common_fails_at_the_list_it_is_with_both_lists_shown() {
    for Apart { change, question, lists } in APART {
        for preset in ["tls13", "tls12"] {
            let mut plan = Scenario::parse(preset).unwrap().plan();
            change(&mut plan);
            let trace = engine::run_plan(&plan, &Capabilities::all(), true).unwrap();
            let told = Told::from_trace(trace);
            let failed: Vec<_> =
                told.findings.checks.iter().filter(|c| c.result == CheckResult::Failed).collect();
            let [failed] = failed[..] else { panic!("{preset}, {question}: {failed:#?}") };
            assert!(failed.question.contains(question), "{preset}, {question}: {failed:#?}");
            assert!(lists.iter().all(|list| failed.detail.contains(list)), "{preset}: {failed:#?}");
            assert_eq!(failed.step, told.step("ClientHello", Endpoint::Client).index);
            // The stack's own words stand beside it, not in its place.
            let said = told.story.outcome.server.error.as_deref();
            assert_eq!(failed.said.as_deref(), said, "{preset}, {question}");
            assert!(!failed.detail.contains(said.unwrap()), "{preset}: {failed:#?}");
        }
    }
}

#[test]
fn without_a_version_in_common_the_check_compares_the_versions_of_both() {
    for (preset, own, other) in [("tls13", "TLS 1.3", "TLS 1.2"), ("tls12", "TLS 1.2", "TLS 1.3")] {
        let told = told(&format!("{preset}+fault=no-shared-version"));
        let failed = told.findings.failed().next().unwrap();
        assert_eq!(failed.question, "Is there a version that both ends accept?");
        assert_eq!(failed.detail, format!("the client offers {own}; the server takes {other}"));
        assert_eq!(failed.said, told.story.outcome.server.error);
    }
}

#[test]
fn a_run_that_the_lab_stopped_says_so_and_what_a_real_tcp_would_do() {
    let (mut again, mut waits) = (0, 0);
    for text in
        ["tls13+loss=0.5", "tls12+loss=0.5", "tls13-reset+loss=0.5", "gateway-passthrough+loss=0.5"]
    {
        for seed in 1..=25 {
            let run = Run::new(
                &Scenario::parse(&format!("{text}+seed={seed}")).unwrap(),
                &Capabilities::all(),
            );
            let run = run.unwrap();
            for (connection, story) in run.trace.connections.iter().zip(run.stories.iter()) {
                let stopped = connection.events.iter().any(|e| matches!(e.op, Op::TimedOut { .. }));
                let ending = &story.ending;
                assert_eq!(
                    stopped,
                    ending.contains("The lab stopped the run at"),
                    "{seed}: {ending}"
                );
                assert_eq!(stopped, ending.contains("after 30 s in which nothing new"), "{ending}");
                again += usize::from(ending.contains("RFC 9293, section 3.8.3"));
                waits += usize::from(ending.contains("RFC 9293, section 3.8.4"));
            }
        }
    }
    assert!(again > 10 && waits > 0, "{again} would send again, {waits} would wait");
}

#[test]
fn what_comes_after_a_failed_check_is_marked_as_not_reached() {
    let findings = &told("tls13+fault=cert-expired").findings;
    let signature =
        findings.checks.iter().find(|c| c.question.contains("over the handshake")).unwrap();
    assert_eq!(signature.result, CheckResult::NotReached);
    let finished = findings
        .checks
        .iter()
        .find(|c| c.by == Endpoint::Client && c.question.contains("Finished"))
        .unwrap();
    assert_eq!(finished.result, CheckResult::NotReached);
}

#[test]
fn a_choice_of_protocol_is_checked_only_by_who_could_read_it() {
    let findings = &told("tls13+fault=tampered-key-share").findings;
    let result = |who: Endpoint| {
        let is_it =
            |check: &&Check| check.by == who && check.question.contains("application protocol");
        findings.checks.iter().find(is_it).unwrap().result
    };
    assert_eq!(result(Endpoint::Server), CheckResult::Passed);
    assert_eq!(result(Endpoint::Client), CheckResult::NotReached);
}

#[test]
fn a_client_key_exchange_promises_the_same_keys_only_where_they_are() {
    let why = |name: &str| told(name).step("ClientKeyExchange", Endpoint::Client).words.why.clone();
    for apart in ["tls12+fault=tampered-key-share", "tls12+fault=tampered-client-hello"] {
        assert!(why(apart).contains("not the same"), "{apart}: {}", why(apart));
    }
    for same in ["tls12", "tls12+fault=tampered-finished"] {
        assert!(why(same).contains("both ends"), "{same}: {}", why(same));
    }
}

#[test]
fn a_main_secret_that_is_sealed_in_a_ticket_is_not_told_as_never_sent() {
    for (name, is_sent) in [("tls12-ticket", true), ("tls12-session-id", false)] {
        let run = Run::new(&Scenario::parse(name).unwrap(), &Capabilities::all()).unwrap().at(0);
        let fact = run.facts().iter().find(|fact| fact.name == "the main secret").unwrap();
        assert_eq!(fact.why.contains("inside the ticket"), is_sent, "{name}: {}", fact.why);
        assert_eq!(fact.why.contains("never sent"), !is_sent, "{name}: {}", fact.why);
        let ticket = run.told().find(|step| step.title == "NewSessionTicket");
        let warns = ticket.is_some_and(|step| step.words.notice.contains("ticket key"));
        assert_eq!(warns, is_sent, "{name}");
    }
}

#[test]
fn a_faulty_certificate_is_told_of_where_it_is_shown() {
    let shown = |name: &str| told(name).step("Certificate", Endpoint::Server);
    for version in ["tls13", "tls12"] {
        let expired = shown(&format!("{version}+fault=cert-expired"));
        assert!(expired.words.what.contains("expired"), "{}", expired.words.what);
        let stranger = shown(&format!("{version}+fault=hostname-mismatch"));
        assert!(stranger.words.notice.contains("www.example.com"), "{}", stranger.words.notice);
        assert!(!shown(version).words.what.contains("expired"));
    }
}

#[test]
fn messages_that_come_too_late_are_told_so() {
    let late = |step: &Step| step.remarks.iter().any(|r| matches!(r, Remark::Unread { .. }));
    let bad = told("tls13+fault=cert-expired");
    assert!(late(&bad.step("Finished", Endpoint::Server)));
    assert!(!late(&bad.step("Certificate", Endpoint::Server)));
    let bad = told("tls13+client-cert=required+fault=client-cert-missing");
    assert!(late(&bad.step("GET /", Endpoint::Client)));
    for name in GOOD {
        assert!(!told(name).story.steps.iter().any(late), "{name}");
    }
}

#[test]
fn a_certificate_that_is_refused_is_not_said_to_let_its_owner_speak_for_the_name() {
    for fault in ["revoked", "cert-expired", "untrusted-root", "hostname-mismatch"] {
        let bad = told(&format!("tls13+fault={fault}"));
        let why = &bad.step("Certificate", Endpoint::Server).words.why;
        assert!(why.ends_with("accepts the certificate, and here it does not."), "{fault}: {why}");
    }
    let revoked = told("tls13+fault=revoked");
    let notice = &revoked.step("Certificate", Endpoint::Server).words.notice;
    assert!(notice.contains("revocation list"), "{notice}");
}

#[test]
fn a_record_that_was_changed_on_the_path_is_told_so_where_it_was_sent() {
    for text in ["tls13+fault=tampered-record", "tls12+fault=tampered-record"] {
        let told = told(text);
        let is_changed = |step: &&Step| {
            step.remarks.iter().any(|remark| matches!(remark, Remark::Changed { bytes: 1, .. }))
        };
        let changed: Vec<&str> =
            told.story.steps.iter().filter(is_changed).map(|step| step.title.as_str()).collect();
        assert_eq!(changed, ["GET /"], "{text}");
    }
}

#[test]
fn a_signature_over_what_was_changed_on_the_path_is_not_told_as_a_wrong_one() {
    let told = told("tls12+fault=tampered-server-key-exchange");
    let what = &told.step("ServerKeyExchange", Endpoint::Server).words.what;
    assert!(what.contains("that does not go with what the client gets"), "{what}");
}

#[test]
fn of_a_message_that_never_arrives_it_is_said_whether_any_of_it_does() {
    let lost = |name: &str| {
        let told = told(name);
        let notices = told.step("ClientHello", Endpoint::Client).notices();
        (told, notices.collect::<Vec<_>>().join(" "))
    };
    let (_, notices) = lost("tls13+fault=reset-on-sni");
    assert!(notices.contains("which carries it, is lost, and the server never gets any of it"));
    let (told, notices) = lost("tls13+group=X25519MLKEM768+fault=big-client-hello-dropped");
    assert!(notices.contains("which carry parts of it, are lost, and the server never gets all"));
    assert!(!told.words().iter().any(|text| text.contains("a stream without gaps")));
}

#[test]
fn faulty_runs_leave_the_good_one_where_it_shows() {
    for run in bad() {
        let (name, expected) = (run.name(), run.expected());
        let (good, bad) = (told(&run.good()), told(&name));
        let Some(apart) = first_difference(&good.story, &bad.story) else {
            assert_eq!(expected.noticed_by, None, "{name}");
            continue;
        };
        let step = bad.steps().nth(apart.step).unwrap();
        let alert = apart.alert.map(|at| &bad.dissection.messages[at]);
        assert_eq!(
            apart.alert_step.map(|s| bad.story.steps[s].title.clone()),
            alert.map(|alert| alert.name.clone())
        );
        assert_eq!(apart.noticed_by, expected.noticed_by, "{name}");
        let description = alert.and_then(|alert| match alert.kind {
            MessageKind::Alert { description, .. } => Some(description.0),
            _ => None,
        });
        let wanted = expected.alert.map(|alert| u8::from(alert.description));
        assert_eq!(description, wanted, "{name}");
        match run.fault.id {
            "hostname-mismatch" => {
                assert!(step.words.notice.contains("wrong name"), "{name}: {}", step.words.notice);
            }
            "client-cert-missing" => assert_eq!(step.title, "Certificate, empty", "{name}"),
            _ => {}
        }
        let Some(noticed) = apart.noticed_by else { continue };
        let cause = bad.findings.failed().next().unwrap_or_else(|| panic!("{name}: no cause"));
        let cause = &bad.story.steps[cause.step];
        assert_eq!(cause.from.peer(), noticed, "{name}: {}", cause.title);
        let error = match noticed {
            Endpoint::Client => apart.client_error,
            Endpoint::Server => apart.server_error,
        };
        assert_eq!(error, bad.trace.connections[0].end(noticed).error, "{name}");
        let error = error.unwrap().replace('`', "'");
        assert!(bad.story.ending.contains(&*format::shortened(&error)), "{name}");
    }
    for name in GOOD {
        let again = Told::of(name);
        assert_eq!(first_difference(&told(name).story, &again.story), None, "{name}");
    }
}

#[test]
fn an_eavesdropper_knows_no_secret() {
    for (name, told) in all() {
        let tls13 = told.dissection.negotiated.version == Some(ProtocolVersion::TLS1_3);
        let facts = &told.facts;
        let settled = told.dissection.negotiated.suite.is_some();
        let plain = told.dissection.messages.iter().any(|m| m.kind == MessageKind::Http);
        let least = match told.dissection.messages.len() {
            0 => 1,
            _ if plain => 2,
            _ if settled => 6,
            _ => 3,
        };
        assert!(facts.len() >= least, "{name}: {}", facts.len());
        for fact in facts {
            let secret = ["private key", "pre-shared key", "secret", "keys", "request", "response"];
            let identity = ["certificate", "the server's public key"];
            let goes_without_tls = |from: Endpoint| {
                let mut messages = told.dissection.messages.iter();
                messages.any(|one| one.from == from && one.kind == MessageKind::Http)
            };
            let in_the_clear = match fact.id {
                FactId::Request => goes_without_tls(Endpoint::Client),
                FactId::Response => goes_without_tls(Endpoint::Server),
                _ => false,
            };
            let is_secret = !in_the_clear && secret.iter().any(|word| fact.name.contains(word));
            assert_eq!(
                fact.eavesdropper.is_none(),
                is_secret || (tls13 && identity.iter().any(|shown| fact.name.ends_with(shown))),
                "{name}: {}",
                fact.name
            );
            assert!(fact.client.is_some() || fact.server.is_some(), "{name}: {}", fact.name);
            assert_eq!(sentences(&fact.why), 1, "{name}: {}", fact.why);
            for step in [fact.client, fact.server, fact.eavesdropper].into_iter().flatten() {
                assert!(step < told.story.steps.len());
            }
        }
    }
    let knows = |name: &str, fact: &str| {
        told(name).facts.iter().find(|f| f.name == fact).unwrap().eavesdropper
    };
    assert!(knows("tls12", "the server's certificate").is_some());
    assert!(knows("tls13", "the server's certificate").is_none());
    assert!(knows("tls13", "the name asked for (SNI)").is_some());
}

#[test]
fn both_ends_come_to_know_the_shared_secret_where_the_exchange_completes() {
    let fact =
        |name: &str, fact: &str| told(name).facts.iter().find(|f| f.name == fact).unwrap().clone();
    let shared = fact("tls13", "the shared secret");
    let hello = told("tls13").step("ServerHello", Endpoint::Server).index;
    assert_eq!((shared.client, shared.server), (Some(hello), Some(hello)));
    let shared = fact("tls12", "the preliminary secret");
    let exchange = told("tls12").step("ClientKeyExchange", Endpoint::Client).index;
    assert_eq!((shared.client, shared.server), (Some(exchange), Some(exchange)));
    let secret = fact("tls12-rsa", "the preliminary secret");
    let exchange = told("tls12-rsa").step("ClientKeyExchange", Endpoint::Client).index;
    assert_eq!((secret.client, secret.server), (Some(exchange), Some(exchange)));
    assert!(secret.why.contains("encrypted"), "{}", secret.why);
    let keys = fact("tls13", "the application keys");
    let finished = told("tls13").step("Finished", Endpoint::Server).index;
    assert_eq!(keys.server, Some(finished));
}

#[test]
fn encrypted_steps_tell_an_eavesdropper_nothing_of_their_contents() {
    for (name, told) in all() {
        let host = told.dissection.negotiated.server_name.as_deref().unwrap_or("example.com");
        for step in told.steps() {
            let Subject::Message(index) = step.subject else { continue };
            let message = &told.dissection.messages[index];
            if step.epoch == Epoch::Plain {
                continue;
            }
            assert!(!step.words.eavesdropper.contains(host), "{name}: {}", step.words.eavesdropper);
            assert!(
                !step.words.eavesdropper.contains(&step.title),
                "{name}: {}",
                step.words.eavesdropper
            );
            let record = &told.dissection.records[message.records[0]];
            let size = record.bytes.len().to_string();
            assert!(step.words.eavesdropper.contains(&size), "{name}: {}", step.words.eavesdropper);
        }
    }
}

#[test]
fn every_event_belongs_to_a_step_of_the_right_side() {
    for (name, told) in all() {
        let connection = &told.trace.connections[0];
        let mut owners = vec![0; connection.events.len()];
        for step in &told.story.steps {
            for &event in &step.made_by {
                owners[event] += 1;
                assert_eq!(connection.events[event].by, step.from, "{name}");
            }
            for &event in &step.read_by {
                owners[event] += 1;
                assert_eq!(connection.events[event].by, step.from.peer(), "{name}");
            }
        }
        let lost: Vec<_> =
            (0..owners.len()).filter(|&e| owners[e] == 0).map(|e| &connection.events[e]).collect();
        // An end that no packet reached has no part in any step.
        let reached = |who: Endpoint| {
            let mut packets = connection.packets.iter();
            packets.any(|packet| packet.from == who || packet.received_us.is_some())
        };
        let lost: Vec<_> = lost.into_iter().filter(|event| reached(event.by)).collect();
        assert!(lost.is_empty(), "{name}: {lost:#?}");
    }
}

#[test]
fn operations_belong_to_the_messages_they_are_for() {
    for (name, told) in all() {
        let events = &told.trace.connections[0].events;
        let tls13 = told.dissection.negotiated.version == Some(ProtocolVersion::TLS1_3);
        for step in &told.story.steps {
            let made = |is: fn(&Op) -> bool| step.made_by.iter().any(|&e| is(&events[e].op));
            let read = |is: fn(&Op) -> bool| step.read_by.iter().any(|&e| is(&events[e].op));
            let agreement: fn(&Op) -> bool = |op| matches!(op, Op::KeyAgreement { .. });
            let at = format!("{name}: {}", step.title);
            match step.title.as_str() {
                "CertificateVerify" | "ServerKeyExchange" => {
                    assert!(made(|op| matches!(op, Op::Sign { .. })), "{at}");
                }
                "ServerHello" if tls13 => assert!(made(agreement) && read(agreement), "{at}"),
                "ClientKeyExchange" if told.dissection.negotiated.group.is_none() => {
                    assert!(made(|op| matches!(op, Op::RsaEncrypt { .. })), "{at}");
                    let refused = told.story.outcome.noticed_by.is_some();
                    assert!(refused || read(|op| matches!(op, Op::RsaDecrypt { .. })), "{at}");
                }
                "ClientKeyExchange" => assert!(made(agreement), "{at}"),
                "GET /" if step.epoch == Epoch::Plain => {
                    assert!(made(|op| matches!(op, Op::DataWritten { .. })), "{at}");
                }
                "GET /" | "200 OK" => {
                    assert!(made(|op| matches!(op, Op::Seal { .. })), "{at}");
                    assert!(made(|op| matches!(op, Op::DataWritten { .. })), "{at}");
                    let skipped = step.epoch == Epoch::Early
                        && told.dissection.negotiated.early_data == EarlyData::Rejected;
                    assert!(
                        read(|op| matches!(op, Op::DataRead { .. })) != skipped
                            || told.story.outcome.noticed_by.is_some(),
                        "{at}"
                    );
                }
                "SYN" | "ClientHello" => {
                    assert!(made(|op| matches!(op, Op::PacketSent { .. })), "{at}");
                    // Of a message that never arrived whole, some packets may have.
                    let arrived = told.dissection.packets.iter().any(|packet| {
                        step.packets.contains(&packet.number) && packet.received_us.is_some()
                    });
                    assert_eq!(read(|op| matches!(op, Op::PacketReceived { .. })), arrived, "{at}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn transcript_hashes_are_those_the_endpoints_read() {
    for name in GOOD {
        let told = told(name);
        let events = &told.trace.connections[0].events;
        let recorded: Vec<&Vec<u8>> = events
            .iter()
            .filter_map(|event| match &event.op {
                Op::TranscriptHash { output, .. } => Some(output),
                _ => None,
            })
            .collect();
        let used: Vec<_> =
            told.findings.transcript.iter().filter(|entry| !entry.used_for.is_empty()).collect();
        assert!(used.len() >= 2, "{name}");
        for entry in used {
            let message = &told.dissection.messages[entry.message];
            // rustls signs the messages themselves in TLS 1.2, and may leave resumption out.
            if entry.used_for.contains("resumption") && !entry.used_for.contains(';') {
                continue;
            }
            assert!(
                recorded.contains(&&entry.hash),
                "{name}: {} for {}",
                message.name,
                entry.used_for
            );
        }
    }
}

#[test]
fn rows_fit_the_zoom_and_point_at_steps() {
    for (name, told) in all() {
        let (dissection, story) = (&told.dissection, &told.story);
        assert_eq!(rows(dissection, story, Zoom::Packets).len(), dissection.packets.len());
        assert_eq!(rows(dissection, story, Zoom::Messages).len(), story.steps.len());
        let records = rows(dissection, story, Zoom::Records);
        let is_record =
            |row: &&handshake_lab::story::sequence::Row| matches!(row.subject, Part::Record(_));
        assert_eq!(records.iter().filter(is_record).count(), dissection.records.len());
        for zoom in [Zoom::Packets, Zoom::Records, Zoom::Messages] {
            let rows = rows(dissection, story, zoom);
            assert!(rows.is_sorted_by_key(|row| row.sent_us), "{name} {zoom:?}");
            for row in rows {
                assert!(row.step < story.steps.len() && !row.label.is_empty(), "{name}");
                if let Part::Record(index) = row.subject {
                    assert!(story.steps[row.step].records.contains(&index), "{name}");
                }
            }
        }
    }
}

#[test]
fn the_ladder_as_text_shows_every_step_and_the_ending() {
    for (name, told) in all() {
        let text = text::summary(&told.dissection, &told.story, &told.findings);
        for step in &told.story.steps {
            assert!(text.contains(&step.title), "{name}: {} in\n{text}", step.title);
        }
        assert!(text.contains(&text::plain(&told.story.ending)), "{name}");
        let width = |line: &str| line.chars().position(|c| c == '│');
        let shafts: Vec<_> = text.lines().filter_map(width).collect();
        assert!(shafts.windows(2).all(|pair| pair[0] == pair[1]), "{name}:\n{text}");
    }
}

#[test]
fn the_first_to_fail_is_the_one_who_noticed() {
    for run in bad() {
        let told = told(&run.name());
        let connection = &told.trace.connections[0];
        let Some(who) = told.story.outcome.noticed_by else { continue };
        assert_eq!(connection.end(who).status, Status::Failed);
        let Some(alert) = told.story.outcome.alert else { continue };
        let alert = &told.dissection.messages[alert];
        assert_eq!(Some(alert.from), run.expected().alert.map(|alert| alert.from));
        assert!(matches!(alert.kind, MessageKind::Alert { level: AlertLevel::FATAL, .. }));
    }
}

#[test]
fn a_run_without_recorded_events_is_told_as_well() {
    for name in ["tls13", "tls12-mtls"] {
        let mut trace = told(name).trace.clone();
        trace.connections[0].events.clear();
        let told = Told::from_trace(trace);
        assert!(told.titles().contains(&"ServerHello"), "{name}");
        assert!(told.steps().all(|step| !step.words.what.is_empty()), "{name}");
    }
}

#[test]
fn rare_and_unknown_messages_have_words_too() {
    let kinds = [
        MessageKind::Handshake(HandshakeType(0)),
        MessageKind::Handshake(HandshakeType(5)),
        MessageKind::Handshake(HandshakeType(22)),
        MessageKind::Handshake(HandshakeType(24)),
        MessageKind::Handshake(HandshakeType(99)),
        MessageKind::Alert {
            level: AlertLevel::WARNING,
            description: AlertDescription::USER_CANCELED,
        },
        MessageKind::Alert { level: AlertLevel::FATAL, description: AlertDescription(255) },
        MessageKind::ChangeCipherSpec,
        MessageKind::ApplicationData,
        MessageKind::Opaque,
    ];
    for (name, told) in all() {
        for at in 0..told.dissection.messages.len() {
            for kind in kinds {
                let mut dissection = told.dissection.clone();
                dissection.messages[at].kind = kind;
                let connection = &told.trace.connections[0];
                let story = tell(&told.trace, connection, &dissection);
                findings(&told.trace, connection, &dissection, &story);
                let words = words(&told.trace, connection, &dissection, &story);
                let is_it = |step: &&Step| step.subject == Subject::Message(at);
                let step = story.steps.iter().find(is_it).unwrap();
                let step = story::Told { step, words: &words[step.index] };
                let text = format!("{} {} {}", step.words.what, step.words.why, step.words.notice);
                assert!((2..=4).contains(&sentences(&text)), "{name} {kind:?}: {text}");
                assert!(
                    !step.title.is_empty() && !step.words.eavesdropper.is_empty(),
                    "{name} {kind:?}"
                );
            }
        }
    }
}

#[test]
fn a_hello_retry_request_is_told_from_a_server_hello() {
    use handshake_lab::wire::handshake::HELLO_RETRY_REQUEST_RANDOM;
    let told = told("tls13");
    let mut dissection = told.dissection.clone();
    let is_hello = |kind: MessageKind| kind == MessageKind::Handshake(HandshakeType(2));
    let hello = dissection.messages.iter_mut().find(|m| is_hello(m.kind)).unwrap();
    hello.bytes[6..38].copy_from_slice(&HELLO_RETRY_REQUEST_RANDOM);
    let story = tell(&told.trace, &told.trace.connections[0], &dissection);
    let words = words(&told.trace, &told.trace.connections[0], &dissection, &story);
    let step = story.steps.iter().find(|step| step.title == "HelloRetryRequest").unwrap();
    let step = story::Told { step, words: &words[step.index] };
    assert!(step.words.what.contains("x25519"), "{}", step.words.what);
    assert_eq!(step.phase, Phase::Hello);
}

/// Ways to spoil a trace.
#[derive(Clone, Debug)]
enum Spoil {
    DropPacket(prop::sample::Index),
    CutPackets(prop::sample::Index),
    CutPacket(prop::sample::Index, prop::sample::Index),
    ChangeByte(prop::sample::Index, prop::sample::Index, u8),
    SwapPackets(prop::sample::Index, prop::sample::Index),
    LosePacket(prop::sample::Index),
    DropEvent(prop::sample::Index),
    CutEvents(prop::sample::Index),
}

fn spoil(trace: &mut Trace, how: &Spoil) {
    let connection = &mut trace.connections[0];
    let packets = &mut connection.packets;
    if packets.is_empty() || connection.events.is_empty() {
        return;
    }
    let count = packets.len();
    match how {
        Spoil::DropPacket(at) => drop(packets.remove(at.index(count))),
        Spoil::CutPackets(at) => packets.truncate(at.index(count)),
        Spoil::CutPacket(at, to) => {
            let bytes = &mut packets[at.index(count)].bytes;
            bytes.truncate(to.index(bytes.len().max(1)));
        }
        Spoil::ChangeByte(at, offset, by) => {
            let bytes = &mut packets[at.index(count)].bytes;
            if !bytes.is_empty() {
                let offset = offset.index(bytes.len());
                bytes[offset] ^= by;
            }
        }
        Spoil::SwapPackets(a, b) => packets.swap(a.index(count), b.index(count)),
        Spoil::LosePacket(at) => packets[at.index(count)].received_us = None,
        Spoil::DropEvent(at) => {
            let count = connection.events.len();
            connection.events.remove(at.index(count));
        }
        Spoil::CutEvents(at) => {
            let count = connection.events.len();
            connection.events.truncate(at.index(count));
        }
    }
}

fn ways() -> impl Strategy<Value = Spoil> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Spoil::DropPacket),
        index().prop_map(Spoil::CutPackets),
        (index(), index()).prop_map(|(a, b)| Spoil::CutPacket(a, b)),
        (index(), index(), 1u8..).prop_map(|(a, b, c)| Spoil::ChangeByte(a, b, c)),
        (index(), index()).prop_map(|(a, b)| Spoil::SwapPackets(a, b)),
        index().prop_map(Spoil::LosePacket),
        index().prop_map(Spoil::DropEvent),
        index().prop_map(Spoil::CutEvents),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_trace_is_told_without_panic(
        run in 0..all().len(),
        ways in prop::collection::vec(ways(), 1..4),
    ) {
        let (_, good) = &all()[run];
        let mut trace = good.trace.clone();
        for way in &ways {
            spoil(&mut trace, way);
        }
        let bad = Told::from_trace(trace);
        for step in bad.steps() {
            prop_assert!(!step.words.what.is_empty() && !step.words.why.is_empty());
            prop_assert!(!step.words.eavesdropper.is_empty());
        }
        let tiled: usize = bad.story.phases.iter().map(|span| span.end - span.first).sum();
        prop_assert_eq!(tiled, bad.story.steps.len());
        first_difference(&good.story, &bad.story);
        for zoom in [Zoom::Packets, Zoom::Records, Zoom::Messages] {
            rows(&bad.dissection, &bad.story, zoom);
        }
        text::summary(&bad.dissection, &bad.story, &bad.findings);
    }
}

#[test]
fn a_resumed_handshake_is_told_with_its_binder_its_age_and_its_checks() {
    let told = told("tls13-resumed");
    let hello = told.step("ClientHello", Endpoint::Client);
    assert!(
        hello.words.what.contains("**resume** the session of connection 1"),
        "{}",
        hello.words.what
    );
    assert!(hello.words.why.contains("binder"), "{}", hello.words.why);
    // The client counts whole seconds from when the ticket came.
    assert!(
        hello.words.notice.contains("5.0 s old") || hello.words.notice.contains("5000 ms"),
        "{}",
        hello.words.notice
    );
    let binder = told.dissection.key("binder").unwrap();
    let made = hello.made_by.iter().map(|&event| &told.trace.connections[0].events[event].op);
    assert!(
        made.clone().any(|op| matches!(op, Op::Hmac { output, .. } if *output == binder.output))
    );
    assert!(
        made.clone()
            .any(|op| matches!(op, Op::HkdfExpandLabel { label, .. } if label == "res binder"))
    );
    let questions = |step: &Step| -> Vec<&str> {
        told.findings.checks_at(step.index).map(|check| check.question.as_str()).collect()
    };
    assert!(questions(&hello).iter().any(|question| question.contains("binder")));
    assert!(
        questions(&hello).iter().any(|question| question.contains("ticket one that the server"))
    );
    let answer = told.step("ServerHello", Endpoint::Server);
    assert!(
        answer.words.what.contains("**accepts the pre-shared key** (PSK)"),
        "{}",
        answer.words.what
    );
    assert!(questions(&answer).iter().any(|question| question.contains("selected")));
    assert!(
        told.story.ending.contains("hold the secret of an earlier session"),
        "{}",
        told.story.ending
    );
}

#[test]
fn early_data_is_told_with_its_price_and_whether_it_was_taken() {
    let request = |name: &str| {
        let told = told(name);
        told.steps().filter(|step| step.title == "GET /").collect::<Vec<_>>()
    };
    let [early] = request("tls13-0rtt")[..] else { panic!("one request") };
    assert_eq!(early.epoch, Epoch::Early);
    for words in ["no forward secrecy", "accepted again"] {
        assert!(early.words.notice.contains(words), "{}", early.words.notice);
    }
    let checks = &told("tls13-0rtt").findings.checks;
    assert!(checks.iter().any(|check| check.question.contains("no copy from long ago")));
    assert!(checks.iter().all(|check| check.result == CheckResult::Passed));
    assert!(told("tls13-0rtt").story.ending.contains("client's first flight"));

    let [early, again] = request("tls13-0rtt-rejected")[..] else { panic!("two requests") };
    assert!(early.words.notice.contains("drops"), "{}", early.words.notice);
    assert!(again.words.notice.contains("**again**"), "{}", again.words.notice);
    let rejected = told("tls13-0rtt-rejected");
    let verdict = rejected.step("EncryptedExtensions", Endpoint::Server);
    assert!(verdict.words.what.contains("**not accepted**"), "{}", verdict.words.what);
    assert!(rejected.findings.checks.iter().all(|check| check.result == CheckResult::Passed));
    let fact = rejected.facts.iter().find(|fact| fact.name == "the request").unwrap();
    assert_eq!((fact.client, fact.server), (Some(early.index), Some(again.index)));
    let again_on_keepalive = request("tls13-keepalive")[1];
    assert!(
        again_on_keepalive.words.notice.contains("no handshake"),
        "{}",
        again_on_keepalive.words.notice
    );
}

#[test]
fn a_session_of_tls_1_2_is_told_by_what_names_it() {
    for (name, word) in [("tls12-session-id", "session's ID"), ("tls12-ticket", "server's ticket")]
    {
        let told = told(name);
        let hello = told.step("ClientHello", Endpoint::Client);
        assert!(hello.words.what.contains(word), "{name}: {}", hello.words.what);
        assert!(hello.words.eavesdropper.contains("links the two connections"), "{name}");
        let answer = told.step("ServerHello", Endpoint::Server);
        assert!(answer.words.why.contains("ServerKeyExchange"), "{name}: {}", answer.words.why);
        assert!(
            answer.words.notice.contains("no forward secrecy"),
            "{name}: {}",
            answer.words.notice
        );
        let fact = told.facts.iter().find(|f| f.name == "the session's main secret").unwrap();
        // A sealed session is the server's again once the ticket is back.
        let server = if name == "tls12-ticket" { hello.index } else { 0 };
        assert_eq!((fact.client, fact.server), (Some(0), Some(server)), "{name}");
    }
}
