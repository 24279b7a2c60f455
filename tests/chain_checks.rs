//! The checks on a certificate chain are those that the verifier made: where it refuses, the one that is
//! shown to fail is the one that it refused for, by kind and never by text.

#![cfg(test)]

use handshake_lab::dissect::dissect_all;
use handshake_lab::engine::{Capabilities, run, run_plan};
use handshake_lab::faults::FAULTS;
use handshake_lab::hex;
use handshake_lab::plan::{
    Authority, CertificatePlan, ChainPlan, DAY, Extension, GeneralName, KeyPurpose, Name, Plan,
    Purpose, RevocationList, Sent, Validity, key_usage,
};
use handshake_lab::scenario::{PRESETS, Scenario, showing};
use handshake_lab::story::{Check, CheckResult, findings, tell};
use handshake_lab::trace::{ChainRefusal, Endpoint, Op, Trace};
use handshake_lab::wire::names;

/// Of each judgement of a chain: who judged, how it was refused, and the checks of that end.
fn judgements(trace: &Trace) -> Vec<(Endpoint, Option<ChainRefusal>, Vec<Check>)> {
    let mut found = Vec::new();
    for (connection, dissection) in trace.connections.iter().zip(dissect_all(trace)) {
        let story = tell(trace, connection, &dissection);
        let findings = findings(trace, connection, &dissection, &story);
        for event in &connection.events {
            if let Op::CertificatePath { refusal, .. } = &event.op
                && !connection.roles.passes_on(event.by)
            {
                let checks = findings.checks.iter().filter(|check| check.by == event.by);
                found.push((event.by, *refusal, checks.cloned().collect()));
            }
        }
    }
    found
}

fn of_kind(checks: &[Check], kind: ChainRefusal) -> Vec<&Check> {
    checks.iter().filter(|check| check.refusal == Some(kind)).collect()
}

/// Holds the checks of each judgement in a run to what the verifier said.
fn hold(what: &str, trace: &Trace) -> Vec<(Endpoint, Option<ChainRefusal>, Vec<Check>)> {
    let judgements = judgements(trace);
    for (by, refusal, checks) in &judgements {
        let of_chain = || checks.iter().filter(|check| check.refusal.is_some());
        let failed = || checks.iter().filter(|check| check.result == CheckResult::Failed);
        match refusal {
            Some(refusal) => {
                let failed: Vec<_> = failed().map(|check| check.refusal).collect();
                assert_eq!(failed, [Some(*refusal)], "{what}: {by:?} {checks:#?}");
            }
            None => {
                let passed = |check: &Check| check.result == CheckResult::Passed;
                assert!(of_chain().all(passed), "{what}: {by:?} {checks:#?}");
                // A path from leaf to root has as many links as signatures.
                let links = of_kind(checks, ChainRefusal::UnknownIssuer).len();
                let signatures = of_kind(checks, ChainRefusal::BadSignature).len();
                assert!(links == signatures && links > 0, "{what}: {by:?} {checks:#?}");
            }
        }
    }
    judgements
}

#[test]
fn the_check_that_fails_is_what_the_verifier_refused_for_with_every_fault() {
    let mut refused = 0;
    for fault in FAULTS {
        for scenario in showing(fault, ["tls13", "tls12", "tls13-mtls", "tls12-mtls"]) {
            let trace = run(&scenario, &Capabilities::all()).unwrap();
            let judgements = hold(&scenario.text(), &trace);
            refused += judgements.iter().filter(|judgement| judgement.1.is_some()).count();
        }
    }
    assert!(refused > 0);
}

#[test]
fn without_a_fault_every_check_on_a_chain_holds() {
    for preset in PRESETS {
        let trace = run(&Scenario::from_preset(preset), &Capabilities::all()).unwrap();
        hold(preset.id, &trace);
    }
}

fn changed(text: &str, change: impl Fn(&mut Plan)) -> Trace {
    let mut plan = Scenario::parse(text).unwrap().plan();
    change(&mut plan);
    run_plan(&plan, &Capabilities::all(), true).unwrap()
}

fn chain(plan: &mut Plan) -> &mut ChainPlan {
    plan.server.chain_mut().unwrap()
}

fn leaf(plan: &mut Plan) -> &mut CertificatePlan {
    plan.server.leaf_mut().unwrap()
}

fn intermediate(plan: &mut Plan) -> &mut CertificatePlan {
    chain(plan).intermediate_mut().unwrap()
}

/// A chain of others for the same name.
fn of_others(plan: &mut Plan) -> ChainPlan {
    let clock = plan.clock;
    let own = chain(plan);
    let (seed, kind, who) = (own.seed, own.kind, Authority::STRANGERS);
    ChainPlan::new(seed, kind, who, Purpose::Server, &["lab.example"], clock)
}

/// An authority of its own key between the intermediate and the leaf.
fn issuing(plan: &mut Plan) {
    let validity = Validity::around(plan.clock, DAY, 30 * DAY);
    let mut issuing =
        CertificatePlan::authority(Name::authority("Handshake Lab", "Issuing"), Some(0), validity);
    issuing.draws = Some("issuing ca");
    chain(plan).certificates.insert(2, issuing);
    chain(plan).send_all();
}

fn allow_authorities_below(plan: &mut Plan, path_len: u8) {
    intermediate(plan).set(Extension::BasicConstraints { ca: true, path_len: Some(path_len) });
}

/// The lists of the server's chain, with these of its certificates revoked.
fn lists(plan: &mut Plan, revoked: &[usize]) {
    let clock = plan.clock;
    plan.client.trust.revocation_lists = RevocationList::of_chain(chain(plan), revoked, clock);
}

const UNKNOWN_AND_CRITICAL: Extension =
    Extension::Other(&[0x2b, 6, 1, 4, 1, 0x83, 0xbb, 0x6d, 1], true, Vec::new());

/// A change of a plan that makes the client refuse the server's chain.
type Refused = (&'static str, ChainRefusal, fn(&mut Plan));

const REFUSED: &[Refused] = &[
    ("a leaf of tomorrow", ChainRefusal::NotYetValid, |plan| {
        let tomorrow = plan.clock + DAY;
        leaf(plan).validity = leaf(plan).validity.starting(tomorrow);
    }),
    ("an expired intermediate", ChainRefusal::Expired, |plan| {
        let yesterday = plan.clock - DAY;
        intermediate(plan).validity = intermediate(plan).validity.ending(yesterday);
    }),
    ("a wildcard below the name", ChainRefusal::WrongName, |plan| {
        leaf(plan).rename(&["*.lab.example"])
    }),
    ("a wildcard with one label behind it", ChainRefusal::WrongName, |plan| {
        leaf(plan).rename(&["*.example"]);
    }),
    ("a name in the common name alone", ChainRefusal::WrongName, |plan| {
        leaf(plan).extensions.retain(|one| !matches!(one, Extension::SubjectAltName(_)));
    }),
    ("an address that is not in the certificate", ChainRefusal::WrongName, |plan| {
        plan.client.name = Some("192.0.2.1".into());
    }),
    ("a self-signed leaf", ChainRefusal::UnknownIssuer, |plan| {
        chain(plan).certificates.drain(..2);
        chain(plan).sent = vec![Sent::Own(0)];
    }),
    ("a root that nobody trusts, sent too", ChainRefusal::UnknownIssuer, |plan| {
        *chain(plan) = of_others(plan);
        chain(plan).sent.push(Sent::Own(0));
    }),
    ("no intermediate", ChainRefusal::UnknownIssuer, |plan| chain(plan).sent.truncate(1)),
    ("another's intermediate", ChainRefusal::UnknownIssuer, |plan| {
        let other = of_others(plan);
        chain(plan).sent = vec![Sent::Own(2), Sent::Of(Box::new(other), 1)];
    }),
    ("a leaf that issues", ChainRefusal::LeafAsCa, |plan| {
        let validity = leaf(plan).validity;
        let mut shop = CertificatePlan::leaf(&["shop.example"], Purpose::Server, validity);
        shop.draws = Some("shop");
        chain(plan).certificates.insert(2, shop);
        chain(plan).send_all();
    }),
    ("an authority as leaf", ChainRefusal::CaAsLeaf, |plan| {
        leaf(plan).set(Extension::BasicConstraints { ca: true, path_len: None });
    }),
    ("too many authorities", ChainRefusal::PathTooLong, issuing),
    ("a name that the intermediate may not issue for", ChainRefusal::NameNotAllowed, |plan| {
        let permitted = vec![GeneralName::Dns("example.org".into())];
        intermediate(plan).set(Extension::PermittedNames(permitted));
    }),
    ("a leaf for clients", ChainRefusal::WrongPurpose, |plan| {
        leaf(plan).set(Extension::ExtendedKeyUsage(vec![KeyPurpose::ClientAuth]));
    }),
    ("an intermediate for signing code", ChainRefusal::WrongPurpose, |plan| {
        intermediate(plan).set(Extension::ExtendedKeyUsage(vec![KeyPurpose::CodeSigning]));
    }),
    ("a leaf of version 1", ChainRefusal::UnsupportedVersion, |plan| leaf(plan).extensions.clear()),
    ("an intermediate of version 1", ChainRefusal::UnsupportedVersion, |plan| {
        intermediate(plan).extensions.clear();
    }),
    ("a critical extension that nobody knows", ChainRefusal::UnknownCriticalExtension, |plan| {
        leaf(plan).extensions.push(UNKNOWN_AND_CRITICAL);
    }),
    (
        "one that nobody knows, in another's intermediate",
        ChainRefusal::UnknownCriticalExtension,
        |plan| {
            let mut other = of_others(plan);
            other.intermediate_mut().unwrap().extensions.push(UNKNOWN_AND_CRITICAL);
            chain(plan).sent = vec![Sent::Own(2), Sent::Of(Box::new(other), 1)];
        },
    ),
    ("a revoked leaf", ChainRefusal::Revoked, |plan| lists(plan, &[2])),
    ("a revoked intermediate", ChainRefusal::Revoked, |plan| lists(plan, &[1])),
    ("a stale list", ChainRefusal::RevocationListExpired, |plan| {
        lists(plan, &[]);
        let past = plan.clock - 1;
        plan.client.trust.revocation_lists[1].next_update = past;
    }),
    ("no list of the intermediate's", ChainRefusal::NoRevocationList, |plan| {
        lists(plan, &[]);
        plan.client.trust.revocation_lists.truncate(1);
    }),
    ("a list that others signed", ChainRefusal::BadRevocationListSignature, |plan| {
        lists(plan, &[]);
        let forged = &mut plan.client.trust.revocation_lists[1].chain;
        forged.authority = forged.authority.impostor();
    }),
    ("an intermediate that may not sign lists", ChainRefusal::NoRevocationListSigner, |plan| {
        intermediate(plan).set(Extension::KeyUsage(key_usage::KEY_CERT_SIGN));
        lists(plan, &[]);
    }),
    ("a leaf signed with SHA-1", ChainRefusal::UnsupportedSignatureAlgorithm, |plan| {
        leaf(plan).by_sha1 = true;
    }),
    ("an intermediate signed with SHA-1", ChainRefusal::UnsupportedSignatureAlgorithm, |plan| {
        intermediate(plan).by_sha1 = true;
    }),
    ("an intermediate's key that is too short", ChainRefusal::BadSignature, |plan| {
        intermediate(plan).has_short_key = true;
    }),
    ("a root of the same name", ChainRefusal::BadSignature, |plan| {
        let trusted = &mut plan.client.trust.roots[0];
        trusted.authority = trusted.authority.impostor();
    }),
    ("another pinned key", ChainRefusal::WrongKey, |plan| {
        plan.client.trust.pins = vec![of_others(plan)];
    }),
];

#[test]
fn each_kind_of_refusal_has_its_check() {
    for (what, expected, change) in REFUSED {
        for text in ["tls13", "tls12"] {
            let what = format!("{what}, {text}");
            let judgements = hold(&what, &changed(text, change));
            let refusals: Vec<_> = judgements.iter().map(|judgement| judgement.1).collect();
            assert_eq!(refusals, [Some(*expected)], "{what}");
        }
    }
}

/// The contents of an OBJECT IDENTIFIER in dotted form (X.690, section 8.19).
fn dotted(contents: &[u8]) -> String {
    let (mut numbers, mut number) = (Vec::new(), 0_u32);
    for byte in contents {
        number = number << 7 | u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            numbers.push(std::mem::take(&mut number));
        }
    }
    // None that occurs here begins with 2.
    let first = numbers.remove(0);
    let numbers: Vec<String> =
        [first / 40, first % 40].into_iter().chain(numbers).map(|one| one.to_string()).collect();
    numbers.join(".")
}

#[test]
fn the_algorithms_that_the_client_is_said_to_take_are_those_that_its_verifier_names() {
    let trace = changed("tls13", |plan| leaf(plan).by_sha1 = true);
    let checks = hold("SHA-1", &trace).remove(0).2;
    let failed = checks.iter().find(|check| check.result == CheckResult::Failed).unwrap();
    let (signed, taken) = failed.detail.split_once("; it takes ").unwrap();
    assert_eq!(signed, "ecdsa-with-SHA1");
    let taken = taken.replace(" and ", ", ");

    // "…, supported_algorithms: [0x06082a8648ce3d040302, …] }": object identifiers in DER, with what follows them.
    let error = trace.connections[0].end(Endpoint::Client).error.clone().unwrap();
    let (_, named) = error.split_once("supported_algorithms: [").unwrap();
    let named = named.trim_end_matches("] }").split(", ").map(|one| {
        let der = hex::decode(one.trim_start_matches("0x")).unwrap();
        let length = usize::from(der[1]);
        names::oid(&dotted(&der[2..2 + length])).unwrap()
    });
    let mut named: Vec<&str> = named.collect();
    named.dedup();
    assert_eq!(taken.split(", ").collect::<Vec<_>>(), named);
}

#[test]
fn a_list_is_decoded_down_to_each_byte() {
    use handshake_lab::wire::x509::parse_revocation_list;
    let trace = changed("tls13", |plan| lists(plan, &[2]));
    let lists = trace.connections[0].events.iter().find_map(|event| match &event.op {
        Op::CertificatePath { revocation_lists, .. } => Some(revocation_lists.clone()),
        _ => None,
    });
    let lists = lists.unwrap();
    assert_eq!(lists.len(), 2);
    for (list, revoked) in lists.iter().zip([0, 1]) {
        let (nodes, summary) = parse_revocation_list(list).unwrap();
        assert_eq!((nodes[0].start, nodes[0].end), (0, list.len()));
        assert_eq!(summary.revoked.len(), revoked);
        assert!(summary.next_update > Some(summary.this_update));
    }
    // Without lists and pins, the JSON is what it always was.
    let json = serde_json::to_string(&changed("tls13", |_| ())).unwrap();
    assert!(!json.contains("revocation_lists") && !json.contains("pins"));
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace);
}

/// The checks of the client on a chain that it takes.
fn accepted(text: &str, change: fn(&mut Plan)) -> Vec<Check> {
    let mut judgements = hold(text, &changed(text, change));
    assert_eq!(judgements.len(), 1);
    let (_, refusal, checks) = judgements.remove(0);
    assert_eq!(refusal, None);
    checks
}

#[test]
fn a_path_is_found_in_whatever_order_the_certificates_come() {
    for text in ["tls13", "tls12"] {
        let checks = accepted(text, |plan| {
            issuing(plan);
            allow_authorities_below(plan, 1);
            chain(plan).sent = vec![Sent::Own(3), Sent::Own(1), Sent::Own(2)];
        });
        let links = of_kind(&checks, ChainRefusal::UnknownIssuer);
        let places =
            ["certificate 3 of the 3 sent", "certificate 2 of the 3 sent", "the trusted root"];
        assert_eq!(links.len(), places.len(), "{links:#?}");
        for (link, place) in links.iter().zip(places) {
            assert!(link.detail.ends_with(place), "{}", link.detail);
        }
    }
}

#[test]
fn of_two_roots_of_the_same_name_both_are_tried() {
    let checks = accepted("tls13", |plan| {
        let mut impostor = plan.client.trust.roots[0].clone();
        impostor.authority = impostor.authority.impostor();
        plan.client.trust.roots.insert(0, impostor);
    });
    let links = of_kind(&checks, ChainRefusal::UnknownIssuer);
    let detail = &links.last().unwrap().detail;
    assert!(
        detail.contains("trusted root 2 of 2; tried without success: trusted root 1 of 2"),
        "{detail}"
    );
}

#[test]
fn lists_in_date_and_the_pinned_key_are_shown_to_hold() {
    let checks = accepted("tls12", |plan| {
        lists(plan, &[]);
        plan.client.trust.pins = vec![chain(plan).clone()];
    });
    assert_eq!(of_kind(&checks, ChainRefusal::Revoked).len(), 2);
    assert_eq!(of_kind(&checks, ChainRefusal::WrongKey).len(), 1);
}

#[test]
fn a_chain_shown_with_another_key_is_good_and_its_signature_is_not() {
    for text in ["tls13", "tls12"] {
        let trace = changed(text, |plan| {
            let other = of_others(plan);
            chain(plan).key_of = Some(Box::new(other));
        });
        let (_, refusal, checks) = judgements(&trace).remove(0);
        assert_eq!(refusal, None);
        let failed: Vec<_> =
            checks.iter().filter(|check| check.result == CheckResult::Failed).collect();
        assert_eq!(failed.len(), 1, "{text}: {checks:#?}");
        assert!(failed[0].question.starts_with("Is the signature over"), "{failed:#?}");
    }
}
