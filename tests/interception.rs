//! Someone between client and server who is an end of TLS with a certificate of their own.

#![cfg(test)]

use handshake_lab::engine::Capabilities;
use handshake_lab::faults::{FAULTS, Fault};
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::story::{Check, CheckResult};
use handshake_lab::trace::{ChainRefusal, Connection, Endpoint, Op, Role, Status};
use handshake_lab::visibility::{Place, who_reads_what};

const VERSIONS: [&str; 2] = ["+version=1.3", "+version=1.2"];

fn run(text: &str) -> Run {
    Run::new(&Scenario::parse(text).unwrap(), &Capabilities::all()).unwrap()
}

/// The runs of a fault or preset in both versions.
fn runs(text: &str) -> impl Iterator<Item = Run> {
    VERSIONS.into_iter().map(move |version| run(&format!("{text}{version}")))
}

fn read(connection: &Connection, who: Endpoint) -> String {
    let bytes = connection.events_of(who).filter_map(|event| match &event.op {
        Op::DataRead { data } => Some(data.clone()),
        _ => None,
    });
    String::from_utf8(bytes.collect::<Vec<_>>().concat()).unwrap()
}

/// What the place `inside` shows of `what`.
fn excerpt(run: &Run, inside: Role, what: &str) -> Option<String> {
    let table = who_reads_what(run).unwrap();
    let at = table.places.iter().position(|place| *place == Place::Inside(inside)).unwrap();
    table.facts.iter().find(|fact| fact.name == what).unwrap().excerpts[at].clone()
}

#[test]
fn without_verification_an_attacker_reads_the_request_and_changes_the_response() {
    for run in runs("tls13+gateway=intercept+fault=mitm-verification-off") {
        let [outer, inner] = &run.trace.connections[..] else { panic!("two connections") };
        assert_eq!((outer.roles.client, outer.roles.server), (Role::Client, Role::Attacker));
        assert_eq!((inner.roles.client, inner.roles.server), (Role::Attacker, Role::Server));
        let (sent, got) = (read(inner, Endpoint::Client), read(outer, Endpoint::Client));
        assert!(!sent.contains("password") && got.contains("password"), "{sent}\n{got}");
        let (head, body) = got.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
        assert!(excerpt(&run, Role::Attacker, "the request").unwrap().contains("GET / HTTP/1.1"));
        // The server sees the client's own request, and nothing of who stands between.
        assert_eq!(read(inner, Endpoint::Server), read(outer, Endpoint::Server));
    }
}

#[test]
fn a_response_that_was_changed_stands_in_the_table_as_it_was_sent_and_as_it_was_passed_on() {
    for run in runs("tls13+gateway=intercept+fault=mitm-verification-off") {
        let says = |role, what| excerpt(&run, role, what);
        let (sent, passed_on) = ("the response, as sent", "the response, as passed on");
        assert!(!says(Role::Server, sent).unwrap().contains("password"));
        for role in [Role::Attacker, Role::Client] {
            assert!(says(role, passed_on).unwrap().contains("send your password"));
        }
        assert_eq!(says(Role::Attacker, sent), says(Role::Server, sent));
        assert_eq!((says(Role::Client, sent), says(Role::Server, passed_on)), (None, None));
    }
    for run in runs("gateway-intercept") {
        assert!(excerpt(&run, Role::Client, "the response").is_some());
    }
}

#[test]
fn a_client_without_verification_makes_no_check_of_the_chain_and_is_shown_what_it_would_have_found()
{
    for run in runs("tls13+gateway=intercept+fault=mitm-verification-off") {
        let outer = &run.trace.connections[0];
        let ops = || outer.events_of(Endpoint::Client).map(|event| &event.op);
        assert!(!ops().any(|op| matches!(op, Op::CertificatePath { .. })));
        let refusal = ops().find_map(|op| match op {
            Op::Unverified { refusal, .. } => Some(*refusal),
            _ => None,
        });
        assert_eq!(refusal, Some(Some(ChainRefusal::UnknownIssuer)));
        // Of signatures, only that of the handshake was checked.
        assert_eq!(ops().filter(|op| matches!(op, Op::Verify { .. })).count(), 1);
        let off: Vec<&Check> = run
            .findings()
            .checks
            .iter()
            .filter(|check| check.result == CheckResult::SwitchedOff)
            .collect();
        let last = off.last().expect("checks that were switched off");
        assert_eq!(last.refusal, Some(ChainRefusal::UnknownIssuer));
        assert!(run.story().ending.contains("did not check who the attacker is"));
    }
}

#[test]
fn with_verification_the_same_attacker_gets_an_alert_and_no_request() {
    for run in runs("tls13+gateway=intercept+fault=mitm-refused") {
        let [outer] = &run.trace.connections[..] else { panic!("no second connection") };
        assert_eq!(outer.client_end.status, Status::Failed);
        assert_eq!(read(outer, Endpoint::Server), "");
    }
}

#[test]
fn a_proxy_whose_root_the_client_trusts_reads_all_and_changes_nothing() {
    for run in runs("gateway-intercept") {
        let [outer, inner] = &run.trace.connections[..] else { panic!("two connections") };
        assert_eq!((outer.roles.server, inner.roles.server), (Role::Proxy, Role::Server));
        assert_eq!(read(outer, Endpoint::Client), read(inner, Endpoint::Client));
        assert!(excerpt(&run, Role::Proxy, "the request").is_some());
        assert!(read(inner, Endpoint::Server).contains("Via: 1.1 proxy"));
    }
}

#[test]
fn nobody_between_can_show_the_certificate_of_a_client() {
    let error = Scenario::parse("tls13+gateway=intercept+client-cert=required").unwrap_err();
    assert!(error.to_string().contains("only the client has its key"), "{error}");
}

#[test]
fn what_is_about_someone_between_says_that_it_needs_them() {
    let needs = |fault: &&&Fault| fault.needs.iter().any(|need| need.values == ["intercept"]);
    for fault in FAULTS.iter().filter(needs) {
        let scenario = Scenario::parse("tls13").unwrap().with(&[("fault", fault.id)]).unwrap();
        assert!(scenario.text().contains("gateway=intercept"), "{}", scenario.text());
    }
}
