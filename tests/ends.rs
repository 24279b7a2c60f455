//! What each end of a connection reports, held to the trace, for every preset and every fault.

#![cfg(test)]

use handshake_lab::engine::Capabilities;
use handshake_lab::faults::FAULTS;
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use handshake_lab::story::{EndEntry, EndReport, EntryKind, end_report};
use handshake_lab::tls::AlertDescription;
use handshake_lab::trace::{Endpoint, Implementation, Op, Status};

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn reports(run: &Run) -> [EndReport; 2] {
    let (connection, dissection, story) = (run.connection(), run.dissection(), run.story());
    Endpoint::BOTH.map(|who| end_report(connection, dissection, story, who))
}

/// Every connection of every preset, and of every fault in each version that it has.
fn all() -> Vec<(String, Run)> {
    let presets = PRESETS.iter().map(|preset| preset.id.to_owned());
    let faults = FAULTS.iter().flat_map(|fault| {
        ["tls12", "tls13"].map(|version| format!("{version}+fault={}", fault.id))
    });
    let texts = presets.chain(faults.filter(|text| Scenario::parse(text).is_ok()));
    texts
        .flat_map(|text| {
            let run = run(&text);
            (0..run.stories.len())
                .map(move |at| (format!("{text}, connection {}", at + 1), run.at(at)))
        })
        .collect()
}

#[test]
fn every_end_tells_its_own_error_and_state_and_points_at_steps_in_order() {
    for (text, run) in all() {
        for report in reports(&run) {
            let end = run.connection().end(report.who);
            let at = format!("{text}, {}: {report:?}", report.name);
            assert_eq!(report.status, end.status, "{at}");
            assert!(report.summary.ends_with('.'), "{at}");
            // Where no program waits for connections there is no socket, and nothing in any state.
            let has_socket =
                report.who == Endpoint::Client || run.scenario().plan().outer_server().listens;
            assert_eq!(report.tcp_state.is_some(), has_socket, "{at}");
            let errors = report.entries.iter().filter(|entry| entry.kind == EntryKind::Error);
            let errors: Vec<&str> = errors.map(|entry| entry.what.as_str()).collect();
            match &end.error {
                Some(error) if !report.passes_on => {
                    assert!(
                        errors.iter().any(|told| told.contains(&error.replace('`', "'"))),
                        "{at}"
                    );
                }
                _ => assert!(errors.is_empty(), "{at}"),
            }
            let steps: Vec<usize> = report.entries.iter().filter_map(|entry| entry.step).collect();
            assert!(steps.is_sorted(), "{at}");
            assert!(steps.iter().all(|step| *step < run.story().steps.len()), "{at}");
            for entry in &report.entries {
                // An error's text is its end, or the dates of the times in it.
                assert!(
                    entry.what.ends_with(['.', '`', ')']) && !entry.what.contains("  "),
                    "{at}"
                );
            }
        }
    }
}

#[test]
fn an_alert_that_one_end_sends_and_that_arrives_is_what_the_other_end_gets() {
    let mut unreadable = 0;
    for (text, run) in all() {
        let [client, server] = reports(&run);
        if client.passes_on || server.passes_on {
            continue;
        }
        let alerts = |report: &EndReport, sent: bool| -> Vec<(AlertDescription, bool)> {
            let of = |kind| match kind {
                EntryKind::Sent(alert) if sent => Some(alert),
                EntryKind::Received(alert) if !sent => Some(alert),
                _ => None,
            };
            let gets = |entry: &&EndEntry| {
                !entry.what.contains("never arrives") && !entry.what.contains("cannot read it")
            };
            let entries = report.entries.iter().filter(gets);
            entries.filter_map(|entry| Some((of(entry.kind)?, entry.on_wire))).collect()
        };
        for report in [&client, &server] {
            let hidden = report.entries.iter().any(|entry| entry.what.contains("cannot read it"));
            let reader = report.who.peer();
            let opens_nothing = run
                .connection()
                .events_of(reader)
                .any(|event| matches!(event.op, Op::Open { plaintext: None, .. }));
            let speaks_tls = run.connection().implementations.of(reader) != Implementation::Unknown;
            assert!(!hidden || opens_nothing || !speaks_tls, "{text}: {report:?}");
            unreadable += usize::from(hidden);
        }
        assert_eq!(alerts(&client, true), alerts(&server, false), "{text}");
        assert_eq!(alerts(&server, true), alerts(&client, false), "{text}");
    }
    assert!(unreadable > 1, "{unreadable}");
}

#[test]
fn a_good_run_says_close_notify_both_ways_and_a_fin() {
    for text in ["tls13", "tls12", "tls12-rsa", "tls13-half-close"] {
        for report in reports(&run(text)) {
            let kinds: Vec<EntryKind> = report.entries.iter().map(|entry| entry.kind).collect();
            assert_eq!(report.summary, "Finished without an error.", "{text}");
            assert!(kinds.contains(&EntryKind::Sent(AlertDescription::CLOSE_NOTIFY)), "{text}");
            assert!(kinds.contains(&EntryKind::Received(AlertDescription::CLOSE_NOTIFY)), "{text}");
            assert!(kinds.contains(&EntryKind::Tcp), "{text}: {report:?}");
            // Encrypted, both: nothing of it but TCP is for everyone.
            let on_wire = report.entries.iter().filter(|entry| entry.on_wire);
            assert!(on_wire.clone().all(|entry| entry.kind == EntryKind::Tcp), "{text}");
            assert_eq!(on_wire.count(), 2, "{text}: {report:?}");
        }
    }
}

#[test]
fn the_end_that_notices_says_so_and_the_other_one_that_it_was_told() {
    let run = run("tls13+fault=cert-expired");
    let [client, server] = reports(&run);
    assert_eq!(client.summary, "Gave up, and was the first to notice.");
    assert_eq!(server.summary, "Gave up when an alert told it to.");
    assert_eq!((client.status, server.status), (Status::Failed, Status::Failed));
    let sent = client.entries.iter().find(|entry| matches!(entry.kind, EntryKind::Sent(_)));
    assert!(
        sent.is_some_and(|entry| entry.what.contains("`certificate_expired` (45), encrypted")),
        "{client:?}"
    );
    let gets = server.entries.iter().find(|entry| matches!(entry.kind, EntryKind::Received(_)));
    assert!(
        gets.is_some_and(|entry| entry.what.contains("from the client. The standard's meaning: ")),
        "{server:?}"
    );
}

#[test]
fn an_end_that_is_cut_off_gets_a_reset_and_no_alert_before_it() {
    let run = run("tls13-reset");
    let told = reports(&run).map(|report| {
        report.entries.into_iter().map(|entry| entry.what).collect::<Vec<_>>().join(" ")
    });
    assert!(told.iter().any(|told| told.contains("Aborts TCP with RST.")), "{told:?}");
    assert!(told.iter().any(|told| told.contains("RST, and no alert before it.")), "{told:?}");
}

#[test]
fn a_gateway_that_passes_tls_on_has_no_part_in_its_alerts() {
    let pass = PRESETS.iter().find(|preset| preset.id.contains("pass")).expect("a preset");
    let run = run(pass.id);
    for at in 0..run.stories.len() {
        let [client, server] = reports(&run.at(at));
        for report in [client, server].into_iter().filter(|report| report.passes_on) {
            assert_eq!(report.name, "gateway");
            assert!(report.entries.iter().all(|entry| entry.kind == EntryKind::Tcp), "{report:?}");
        }
    }
}
