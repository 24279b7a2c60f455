//! The names of RFC 9846, and those of before: whoever has an old link, lesson or script finds the
//! same value.

#![cfg(test)]

use handshake_lab::capture::keylog;
use handshake_lab::dissect::as_computed_by;
use handshake_lab::engine::Capabilities;
use handshake_lab::keys::{self, renamed};
use handshake_lab::lesson::Expr;
use handshake_lab::route::Route;
use handshake_lab::run::Run;
use handshake_lab::scenario::{PRESETS, Scenario};
use handshake_lab::trace::Endpoint;

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &Capabilities::all()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn a_value_is_found_under_both_of_its_names_in_runs_lessons_and_links() {
    let runs = ["tls12", "tls13-0rtt"].map(run);
    for &(today, before) in renamed() {
        let run = runs.iter().find(|run| run.dissection().key(today).is_some());
        let run = run.unwrap_or_else(|| panic!("no run has {today}"));
        let value = run.dissection().key(today).unwrap();
        assert_eq!(run.dissection().key(before), Some(value), "{before}");
        let path = |name: &str| Expr::parse(&format!("key.{name}:hex")).unwrap().one(run).unwrap();
        assert_eq!(path(before), path(today), "{before}");
        let link = Route::parse(&format!("#/lab/tls13?key={before}")).unwrap();
        assert_eq!(link.view.key.as_deref(), Some(today));
        assert_eq!(link.to_string(), format!("#/lab/tls13?key={today}"));
    }
}

#[test]
fn no_value_is_called_by_its_old_name() {
    for text in ["tls12", "tls12-rsa", "tls13", "tls13-0rtt", "tls13-0rtt-rejected", "tls12-ticket"]
    {
        let run = run(text);
        for node in run.dissections.iter().flat_map(|parts| &parts.keys) {
            assert!(!node.name.contains("master"), "{text}: {}", node.name);
            assert!(!node.formula.contains("master_secret"), "{text}: {}", node.formula);
            // The labels keep the old word: they are bytes that go into the derivation.
            let label = match node.name {
                "exporter_secret" => "exp master",
                "resumption_secret" => "res master",
                "early_exporter_secret" => "e exp master",
                _ => continue,
            };
            assert_eq!(node.label, label, "{text}");
        }
    }
}

#[test]
fn every_renamed_value_has_one_name_of_each_kind() {
    for &(today, before) in renamed() {
        assert_eq!((keys::current(before), keys::current(today)), (today, today));
        assert_eq!((keys::formerly(today), keys::formerly(before)), (Some(before), None));
    }
}

#[test]
fn each_end_computes_a_shared_secret_from_its_own_private_key() {
    for (text, root) in [
        ("tls13", "shared_secret"),
        ("tls12", "preliminary_secret"),
        ("tls13-mlkem", "mlkem768_shared_secret"),
        ("tls13-mlkem", "x25519_shared_secret"),
        ("tls12-rsa", "preliminary_secret"),
    ] {
        let run = run(text);
        let node = run.dissection().key(root).unwrap();
        for who in Endpoint::BOTH {
            let own = as_computed_by(run.connection(), node, who);
            assert_eq!((own.name, &own.output), (node.name, &node.output), "{text} {who:?}");
            // An end's own key, drawn by it or in its certificate, and nothing private of the peer.
            let peer = who.peer().name();
            for input in &own.inputs {
                let is_private = ["private_key", "seed", "randomness"].contains(&input.name);
                assert!(!(is_private && input.from.contains(peer)), "{text} {who:?}: {input:?}");
            }
        }
    }
}

#[test]
fn what_an_eavesdropper_lacks_is_said_by_the_kind_of_root() {
    for (text, key, roots, words) in [
        ("tls13", "client_handshake_key", &["shared_secret"][..], "either end's ephemeral"),
        ("tls12", "main_secret", &["preliminary_secret"], "either end's ephemeral"),
        ("tls12-rsa", "main_secret", &["preliminary_secret"], "the secret was sent, but encrypted"),
        ("tls13-resumed", "early_secret", &["psk"], "pre-shared key (PSK)"),
        ("tls13-0rtt", "client_early_key", &["psk"], "pre-shared key (PSK)"),
        ("tls13-resumed", "handshake_secret", &["psk", "shared_secret"], "ephemeral"),
        ("tls12-session-id", "key_block", &["main_secret"], "of an earlier connection"),
        ("tls12-ticket", "key_block", &["main_secret"], "inside a ticket"),
        (
            "tls13-mlkem",
            "shared_secret",
            &["mlkem768_shared_secret", "x25519_shared_secret"],
            "decapsulation key",
        ),
        // Zeros and what follows from them are no secret.
        ("tls13", "early_secret", &[], ""),
    ] {
        let run = run(text);
        let keys = &run.dissection().keys;
        let found = keys::roots(keys, run.dissection().key(key).unwrap());
        let mut names: Vec<&str> = found.iter().map(|root| root.name).collect();
        names.sort_unstable();
        assert_eq!(names, roots, "{text} {key}");
        let told: String = found.iter().filter_map(|root| root.takes()).collect();
        assert!(told.contains(words), "{text} {key}: {told}");
    }
}

#[test]
fn key_logs_have_the_labels_of_the_format_and_no_others() {
    const LABELS: [&str; 8] = [
        "CLIENT_RANDOM",
        "CLIENT_EARLY_TRAFFIC_SECRET",
        "EARLY_EXPORTER_SECRET",
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0",
        "SERVER_TRAFFIC_SECRET_0",
        "EXPORTER_SECRET",
    ];
    for preset in PRESETS {
        for line in keylog::write(&run(preset.id).trace).lines() {
            let label = line.split(' ').next().unwrap();
            // A later generation of a traffic secret is written as the first one is.
            let known = LABELS.contains(&label)
                || label.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("_SECRET_");
            assert!(known, "{}: {label}", preset.id);
        }
    }
}
