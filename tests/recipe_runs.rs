//! A recipe's certificates in a run of the lab: the run shows what `mint` makes, byte by byte, and ends as the
//! certificates deserve.

#![cfg(test)]

mod judged;

use handshake_lab::certificates::in_lab::{Wanted, capabilities, host};
use handshake_lab::certificates::mint::{Object, ObjectKind, mint};
use handshake_lab::certificates::read::read;
use handshake_lab::certificates::recipe::{BUILT_IN, BuiltIn, Recipe, Role, Subject, link};
use handshake_lab::certificates::verdict::judge;
use handshake_lab::dissect::MessageKind;
use handshake_lab::engine::{Capabilities, Identity, RECIPES, RunError, identity};
use handshake_lab::run::Run;
use handshake_lab::scenario::{CLOCK, PRESETS, Scenario};
use handshake_lab::tls::{AlertDescription, AlertLevel, HandshakeType};
use handshake_lab::trace::{Endpoint, Op, Status};
use judged::{chain_file, der, question};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

fn run_of(scenario: &Scenario) -> Run {
    Run::new(scenario, &capabilities())
        .unwrap_or_else(|error| panic!("{}: {error}", scenario.text()))
}

fn run(text: &str) -> Run {
    run_of(&Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")))
}

/// Why a scenario cannot be run.
fn refused(text: &str) -> String {
    let scenario = Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Run::new(&scenario, &capabilities()).unwrap_err().to_string()
}

/// A certificate of a recipe that an end can show, with all that the recipe makes.
struct Leaf {
    of: &'static BuiltIn,
    recipe: Recipe,
    objects: Vec<Object>,
    name: String,
}

impl Leaf {
    fn subject(&self) -> &Subject {
        self.recipe.subject(&self.name).unwrap()
    }

    /// The run in which it is shown.
    fn scenario(&self) -> Scenario {
        let (name, leaves) = (self.of.name.into(), vec![self.name.clone()]);
        Wanted { name, leaves, ..Wanted::default() }.scenario(&self.recipe, CLOCK)
    }
}

/// Those of all recipes. Keys of RSA take their time, so they are made once.
fn leaves() -> &'static [Leaf] {
    static LEAVES: OnceLock<Vec<Leaf>> = OnceLock::new();
    LEAVES.get_or_init(|| {
        let of = |of: &'static BuiltIn| {
            let recipe = of.recipe().unwrap();
            let objects = mint(&recipe, CLOCK).unwrap();
            let leaves = recipe.certificate.iter().filter(|one| one.role != Role::Authority);
            let names: Vec<String> = leaves.map(|one| one.name.clone()).collect();
            names.into_iter().map(move |name| {
                let (recipe, objects) = (recipe.clone(), objects.clone());
                Leaf { of, recipe, objects, name }
            })
        };
        BUILT_IN.iter().flat_map(of).collect()
    })
}

/// What comes with a recipe, made.
fn made(built_in: &str) -> (&'static Recipe, &'static [Object]) {
    let leaf = leaves().iter().find(|leaf| leaf.of.name == built_in).unwrap();
    (&leaf.recipe, &leaf.objects)
}

/// A leaf and its issuers, root last, by their names.
fn path<'a>(recipe: &'a Recipe, leaf: &'a str) -> Vec<&'a str> {
    let mut path = vec![leaf];
    while let Some(issuer) = path.last().and_then(|last| recipe.subject(last)?.issuer.as_deref()) {
        path.push(issuer);
    }
    path
}

/// What a leaf is shown with, in DER.
fn sent(recipe: &Recipe, objects: &[Object], leaf: &str) -> Vec<Vec<u8>> {
    let path = path(recipe, leaf);
    let below_root = (path.len() - 1).max(1);
    path[..below_root].iter().map(|name| der(objects, ObjectKind::Certificate, name)).collect()
}

/// The chain that this end showed, and the roots that it was judged by.
fn judged_chain(run: &Run, who: Endpoint) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let judged = run.connection().events_of(who.peer()).find_map(|event| match &event.op {
        Op::CertificatePath { chain, roots, .. } => Some((chain.clone(), roots.clone())),
        _ => None,
    });
    judged.unwrap_or_else(|| panic!("{}: nothing was judged", run.scenario().text()))
}

/// The certificates of the Certificate message of this end (RFC 9846, section 4.5.1).
fn in_message(run: &Run, who: Endpoint) -> Vec<Vec<u8>> {
    let kind = MessageKind::Handshake(HandshakeType::CERTIFICATE);
    let messages = &run.dissection().messages;
    let message = messages.iter().find(|one| one.from == who && one.kind == kind);
    let bytes = &message.expect("a Certificate message").bytes;
    let length = |at: usize, size: usize| {
        bytes[at..at + size].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    };
    // Behind the header, the context and the length of the list.
    let mut at = 4 + 1 + usize::from(bytes[4]) + 3;
    let mut found = Vec::new();
    while at < bytes.len() {
        let certificate = length(at, 3);
        found.push(bytes[at + 3..at + 3 + certificate].to_vec());
        at += 3 + certificate;
        at += 2 + length(at, 2);
    }
    found
}

/// Which end shows a certificate.
fn shown_by(subject: &Subject) -> Endpoint {
    if subject.role == Role::Client { Endpoint::Client } else { Endpoint::Server }
}

fn is_good(run: &Run) -> bool {
    Endpoint::BOTH.iter().all(|who| run.connection().end(*who).status == Status::Established)
}

/// The alert that ended the handshake, and who sent it.
fn alert(run: &Run) -> Option<(Endpoint, AlertDescription)> {
    run.dissection().messages.iter().find_map(|message| match message.kind {
        MessageKind::Alert { level: AlertLevel::FATAL, description } => {
            Some((message.from, description))
        }
        _ => None,
    })
}

#[test]
fn every_leaf_is_shown_byte_for_byte_as_it_is_minted_and_judged_as_the_verdict_is() {
    for leaf in leaves() {
        let (subject, scenario) = (leaf.subject(), leaf.scenario());
        let (who, at) = (shown_by(subject), scenario.text());
        let run = run_of(&scenario);

        let expected = sent(&leaf.recipe, &leaf.objects, &leaf.name);
        let (chain, roots) = judged_chain(&run, who);
        assert_eq!(in_message(&run, who), expected, "{at}");
        assert_eq!(chain, expected, "{at}");
        let private_key = der(&leaf.objects, ObjectKind::Key, &leaf.name);
        assert_eq!(identity(&scenario, who, &capabilities()).unwrap().private_key, private_key);

        let key = ("key.der".to_owned(), private_key);
        let reading = read(&[("chain.pem".into(), chain_file(&chain)), key], None);
        assert_eq!(reading.troubles, []);
        let host = host(subject).filter(|_| who == Endpoint::Server);
        let question = question(host.as_deref(), CLOCK, &roots, who.peer());
        let verdicts = judge(&reading, &question);
        let [verdict] = &verdicts[..] else { panic!("{at}: {} verdicts", verdicts.len()) };
        assert_eq!(is_good(&run), verdict.is_good(), "{at}: {:?}", alert(&run));
        assert_eq!(is_good(&run), alert(&run).is_none(), "{at}");
    }
    assert!(leaves().len() > 20, "{} leaves", leaves().len());
}

/// What each certificate that is wrong comes to, and who says so.
const ALERTS: &[(&str, &str, Endpoint, Option<AlertDescription>)] = &[
    ("what-goes-wrong", "no-san", Endpoint::Client, Some(AlertDescription::BAD_CERTIFICATE)),
    (
        "what-goes-wrong",
        "name-in-cn-only",
        Endpoint::Client,
        Some(AlertDescription::BAD_CERTIFICATE),
    ),
    ("what-goes-wrong", "no-extended-key-usage", Endpoint::Client, None),
    (
        "what-goes-wrong",
        "wrong-purpose",
        Endpoint::Client,
        Some(AlertDescription::UNSUPPORTED_CERTIFICATE),
    ),
    ("what-goes-wrong", "version-1", Endpoint::Client, Some(AlertDescription::CERTIFICATE_UNKNOWN)),
    ("what-goes-wrong", "ca-true", Endpoint::Client, Some(AlertDescription::CERTIFICATE_UNKNOWN)),
    ("what-goes-wrong", "wrong-ca", Endpoint::Client, Some(AlertDescription::DECRYPT_ERROR)),
    ("what-goes-wrong", "wrong-key", Endpoint::Client, Some(AlertDescription::DECRYPT_ERROR)),
    ("what-goes-wrong", "weak-key", Endpoint::Client, Some(AlertDescription::DECRYPT_ERROR)),
    ("what-goes-wrong", "sha-1", Endpoint::Client, Some(AlertDescription::DECRYPT_ERROR)),
    ("what-goes-wrong", "expired", Endpoint::Client, Some(AlertDescription::CERTIFICATE_EXPIRED)),
    (
        "what-goes-wrong",
        "not-yet-valid",
        Endpoint::Client,
        Some(AlertDescription::CERTIFICATE_EXPIRED),
    ),
    ("spring-boot", "stranger", Endpoint::Server, Some(AlertDescription::UNKNOWN_CA)),
];

#[test]
fn what_is_wrong_on_purpose_is_refused_by_the_alert_of_the_verifier() {
    let is_wrong = |leaf: &&Leaf| {
        let subject = leaf.subject();
        !subject.wrong.is_empty() || subject.issuer.is_none()
    };
    let wrong: Vec<&Leaf> = leaves().iter().filter(is_wrong).collect();
    assert_eq!(wrong.len(), ALERTS.len());
    for leaf in wrong {
        let row = ALERTS.iter().find(|row| (row.0, row.1) == (leaf.of.name, &leaf.name));
        let (.., who, expected) = row.unwrap_or_else(|| panic!("{} is not listed", leaf.name));
        let told = alert(&run_of(&leaf.scenario()));
        assert_eq!(told, expected.map(|alert| (*who, alert)), "{}", leaf.name);
    }
}

#[test]
fn each_end_trusts_what_the_trust_stores_of_the_recipe_hold() {
    let mut stores = 0;
    for built_in in BUILT_IN {
        let (recipe, objects) = made(built_in.name);
        let wanted = Wanted { name: built_in.name.into(), ..Wanted::default() };
        let run = run_of(&wanted.scenario(recipe, CLOCK));
        let has_client = recipe.certificate.iter().any(|one| one.role == Role::Client);
        let ends = if has_client { &Endpoint::BOTH[..] } else { &[Endpoint::Server] };
        let trusted: Vec<Vec<Vec<u8>>> =
            ends.iter().map(|who| judged_chain(&run, *who).1).collect();
        for store in &recipe.trust_store {
            let held = store.certificates.iter();
            let held: Vec<Vec<u8>> =
                held.map(|name| der(objects, ObjectKind::Certificate, name)).collect();
            assert!(trusted.contains(&held), "{}: {}", built_in.name, store.name);
            stores += 1;
        }
        assert!(is_good(&run), "{}: {:?}", built_in.name, alert(&run));
    }
    assert!(stores > 3, "{stores} stores");
}

#[test]
fn a_seed_of_the_recipe_and_a_moment_of_the_run_give_what_mint_gives() {
    let clock = CLOCK + 86_400 * 400;
    let mut recipe = BuiltIn::named("curl-client").unwrap().recipe().unwrap();
    recipe.seed = 7;
    let objects = mint(&recipe, clock).unwrap();
    let wanted = Wanted { name: "curl-client".into(), seed: Some(7), ..Wanted::default() };
    let scenario = wanted.scenario(&recipe, clock);
    assert_eq!(scenario.text(), "tls13-mtls+certs=curl-client@7+clock=2027-02-05T12:00:00Z");
    let run = run_of(&scenario);
    assert_eq!(in_message(&run, Endpoint::Server), sent(&recipe, &objects, "server"));
    assert_eq!(in_message(&run, Endpoint::Client), sent(&recipe, &objects, "client"));
    assert!(is_good(&run));
    // The seed of the run is another one.
    let reseeded = run_of(&Scenario { seed: 43, ..scenario });
    assert_eq!(in_message(&reseeded, Endpoint::Server), in_message(&run, Endpoint::Server));
    assert_ne!(reseeded.trace.connections[0].packets, run.trace.connections[0].packets);
}

#[test]
fn a_recipe_that_was_changed_is_in_the_text_itself() {
    let built_in = BuiltIn::named("curl-client").unwrap();
    let text = built_in.text.replace("\"dns:localhost\"", "\"dns:shop.example.com\"");
    let recipe = Recipe::parse(&text).unwrap();
    let own = link::pack(&text).unwrap();
    let wanted = Wanted { name: "curl-client".into(), own: own.clone(), ..Wanted::default() };
    let scenario = Scenario::parse(&wanted.scenario(&recipe, CLOCK).text()).unwrap();
    let run = run_of(&scenario);
    let name = run.connection().events_of(Endpoint::Client).find_map(|event| match &event.op {
        Op::CertificatePath { name, .. } => name.clone(),
        _ => None,
    });
    assert_eq!(name.as_deref(), Some("shop.example.com"));
    let objects = mint(&recipe, CLOCK).unwrap();
    assert_eq!(in_message(&run, Endpoint::Server), sent(&recipe, &objects, "server"));
    // Cut off on its way.
    let said = refused(&format!("tls13+certs=curl-client:{}", &own[..own.len() - 9]));
    assert!(said.contains("damaged") && said.contains("ask for the whole link"), "{said}");
}

#[test]
fn what_cannot_be_shown_says_why_and_what_can() {
    for (text, words) in [
        ("tls13+certs=banana", "there is no recipe banana; there are private-ca, "),
        ("tls13+certs=curl-client@x", "x is no seed"),
        (
            "tls13+certs=curl-client,banana",
            "curl-client has no certificate banana; it has server, client",
        ),
        (
            "tls13+certs=curl-client,clients",
            "clients is an authority's certificate, which no end shows",
        ),
        (
            "tls13-mtls+certs=spring-boot,client,stranger",
            "client and stranger are both for a client; name one of them",
        ),
        (
            "tls13+certs=curl-client,client",
            "client is for a client, and the server does not ask for one; use client-cert=required",
        ),
        (
            "tls12+suite=aes-128-gcm+certs=from-article-002",
            "server has a key of kind RSA 2048, and the one suite that is offered is for another; use suite=default",
        ),
    ] {
        let said = refused(text);
        assert!(said.contains(words), "{text}: {said}");
    }
    for (text, words) in [
        ("tls13+certs=a b", "certs: it cannot be \"a b\"; it takes RECIPE or RECIPE@SEED"),
        ("cert-expired+certs=curl-client", "curl-client does not go with fault=cert-expired"),
        ("tls13+cert=ed25519+certs=curl-client", "curl-client does not go with cert=ed25519"),
        ("gateway-mtls+certs=curl-client", "curl-client does not go with gateway=mutual"),
    ] {
        let said = Scenario::parse(text).unwrap_err().to_string();
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn an_end_that_the_recipe_has_nothing_for_shows_what_it_would_without() {
    let run = run("tls13-mtls+certs=what-goes-wrong,good");
    let usual = self::run("tls13-mtls");
    assert_eq!(in_message(&run, Endpoint::Client), in_message(&usual, Endpoint::Client));
    assert_ne!(in_message(&run, Endpoint::Server), in_message(&usual, Endpoint::Server));
    assert!(is_good(&run));
    // A client that has none shows none, though the recipe has one.
    let none = self::run("tls13-optional-cert+certs=curl-client");
    assert_eq!(in_message(&none, Endpoint::Client), Vec::<Vec<u8>>::new());
    assert!(is_good(&none));
}

#[test]
fn the_keys_of_a_scenario_that_go_with_a_recipe_all_work() {
    let mut tried = 0;
    for preset in PRESETS {
        let Ok(scenario) = Scenario::from_preset(preset).with(&[("certs", "spring-boot")]) else {
            continue;
        };
        let run = run_of(&scenario);
        assert!(is_good(&run) || preset.id == "tls13-reset", "{}: {:?}", preset.id, alert(&run));
        tried += 1;
    }
    assert!(tried > 8, "{tried} presets");
    for text in [
        "tls12+ems=no+certs=from-article-002",
        "tls12+ems=no+client-cert=required+certs=curl-client",
        "tls13+cert-compression=zlib+certs=spring-boot",
    ] {
        assert!(is_good(&run(text)), "{text}");
    }
}

#[test]
fn without_what_makes_recipes_a_run_says_that_it_is_not_loaded() {
    let scenario = Scenario::parse("tls13+certs=curl-client").unwrap();
    for capabilities in [Capabilities::first(), Capabilities::all()] {
        let error = Run::new(&scenario, &capabilities).unwrap_err();
        assert_eq!(error, RunError::NotLoaded(RECIPES));
    }
}

#[test]
fn the_identity_of_an_end_is_what_the_recipe_has_for_it() {
    let scenario = Scenario::parse("tls13-mtls+certs=spring-boot").unwrap();
    let (recipe, objects) = made("spring-boot");
    for (who, leaf, root) in
        [(Endpoint::Server, "server", "root"), (Endpoint::Client, "client", "client-root")]
    {
        let expected = Identity {
            root: der(objects, ObjectKind::Certificate, root),
            chain: sent(recipe, objects, leaf),
            private_key: der(objects, ObjectKind::Key, leaf),
        };
        assert_eq!(identity(&scenario, who, &capabilities()).unwrap(), expected);
    }
}

#[test]
fn the_command_line_runs_what_mint_writes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recipe-run");
    let lab = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_handshake-lab")).args(args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {said}");
        output.stdout
    };
    lab(&["mint", "curl-client", "--seed", "7", "--out", folder.to_str().unwrap()]);
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let key = lab(&["run", "tls13-mtls+certs=curl-client@7", "--server-key", "-"]);
    assert_eq!(key, file("server.key"));
    let document = lab(&["run", "tls13-mtls", "--set", "certs=curl-client@7", "--json", "-"]);
    let document = String::from_utf8(document).unwrap();
    for name in ["server.crt.der", "client.crt.der"] {
        assert!(document.contains(&handshake_lab::hex::encode(&file(name))), "{name}");
    }
}
