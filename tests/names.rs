//! The names of RFC 9846, and those of before: whoever has an old link, lesson or script finds the
//! same value.

use handshake_lab::keys::{self, renamed};
use handshake_lab::lesson::Expr;
use handshake_lab::link::Link;
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;

fn run(text: &str) -> Run {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario).unwrap_or_else(|error| panic!("{text}: {error}"))
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
        let link = Link::parse(&format!("#/lab/tls13?key={before}")).unwrap();
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
