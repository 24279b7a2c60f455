//! What `inspect` reads and says: files of other programs, in every form; verdicts beside those of the runs,
//! of webpki and of OpenSSL, with the reason where they differ; and input that is broken.

#![cfg(test)]

use handshake_lab::capture::pem;
use handshake_lab::certificates::example;
use handshake_lab::certificates::mint::{Form, Object, ObjectKind, mint};
use handshake_lab::certificates::read::{LIMIT, MESSAGES, Reading, Thing, read};
use handshake_lab::certificates::recipe::{BUILT_IN, BuiltIn, Role};
use handshake_lab::certificates::verdict::{Gravity, Question, Roots, Verdict, judge};
use handshake_lab::engine::{Capabilities, run};
use handshake_lab::faults::{FAULTS, Group};
use handshake_lab::scenario::{CLOCK, PRESETS, Scenario, showing};
use handshake_lab::trace::{ChainRefusal, Endpoint, Op};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

/// A folder of its own, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspect").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Runs a line of a shell; whether it succeeds, and what it prints.
fn run_line(folder: &Path, line: &str) -> (bool, String) {
    let output =
        Command::new("sh").args(["-ec", line]).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

fn ok(folder: &Path, line: &str) -> String {
    let (good, said) = run_line(folder, line);
    assert!(good, "{line}\n{said}");
    said
}

fn inspect(folder: &Path, arguments: &str) -> (i32, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_handshake-lab"))
        .arg("inspect")
        .args(arguments.split(' '))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [stdout, stderr].concat();
    (status.code().unwrap(), String::from_utf8_lossy(&said).into_owned())
}

fn made(name: &str, folder: &Path) -> Vec<Object> {
    let objects = mint(&BuiltIn::named(name).unwrap().recipe().unwrap(), CLOCK).unwrap();
    for file in objects.iter().flat_map(|object| &object.files) {
        std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    objects
}

/// The DER of an object.
fn der(objects: &[Object], kind: ObjectKind, name: &str) -> Vec<u8> {
    let object = objects.iter().find(|one| one.kind == kind && one.name == name).unwrap();
    object.files.iter().find(|file| file.form == Form::Der).unwrap().bytes.clone()
}

fn chain_file(chain: &[Vec<u8>]) -> Vec<u8> {
    chain.iter().map(|der| pem::encode("CERTIFICATE", der)).collect::<String>().into_bytes()
}

fn reading(chain: &[Vec<u8>]) -> Reading {
    let reading = read(&[("chain.pem".into(), chain_file(chain))], None);
    assert_eq!(reading.troubles, []);
    reading
}

fn question(host: Option<&str>, at: u64, roots: &[Vec<u8>], by: Endpoint) -> Question {
    let mut trusted = Roots::default();
    roots.iter().for_each(|root| trusted.add(root));
    Question { host: host.map(str::to_owned), at, roots: trusted, by }
}

/// Whether OpenSSL would take a chain, as programs ask it to at the security level that Debian sets.
fn by_openssl(
    folder: &Path,
    chain: &[Vec<u8>],
    question: (Option<&str>, u64, &[Vec<u8>], Endpoint),
) -> (bool, String) {
    let (host, at, roots, by) = question;
    std::fs::write(folder.join("leaf.pem"), chain_file(&chain[..1])).unwrap();
    std::fs::write(folder.join("roots.pem"), chain_file(roots)).unwrap();
    let purpose = if by == Endpoint::Client { "sslserver" } else { "sslclient" };
    let mut line = format!(
        "openssl verify -attime {at} -auth_level 2 -purpose {purpose} -no-CApath -no-CAstore -CAfile roots.pem"
    );
    if chain.len() > 1 {
        std::fs::write(folder.join("rest.pem"), chain_file(&chain[1..])).unwrap();
        line += " -untrusted rest.pem";
    }
    if let Some(host) = host {
        let kind = if host.parse::<std::net::IpAddr>().is_ok() { "ip" } else { "hostname" };
        line += &format!(" -verify_{kind} {host}");
    }
    run_line(folder, &(line + " leaf.pem"))
}

/// What the verdict refuses and OpenSSL takes, by fault or certificate, with the reason.
const OPENSSL_TAKES: &[(&str, &str)] = &[
    (
        "name-only-in-cn",
        "it looks for the name in the common name where there is no subjectAltName",
    ),
    (
        "name-in-cn-only",
        "it looks for the name in the common name where there is no subjectAltName",
    ),
    ("certificate-v1", "it takes a leaf of version 1"),
    ("version-1", "it takes a leaf of version 1, and the name from its common name"),
    ("ca-true", "it takes an authority as a leaf; webpki does not"),
];

/// What the run refuses and the verdict takes, by fault, with the reason: the verdict is of the chain alone.
const RUN_REFUSES: &[(&str, &str)] = &[
    ("revoked", "the revocation list is the client's own"),
    ("stale-crl", "the revocation list is the client's own"),
    ("pin-mismatch", "a pin is the client's own"),
];

fn is_in(table: &[(&str, &str)], id: &str) -> bool {
    table.iter().any(|(known, _)| *known == id)
}

#[test]
fn the_verdict_on_the_chain_of_every_fault_is_that_of_the_run_and_of_openssl() {
    let folder = folder("faults");
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let (mut compared, mut refused, mut of_openssl) = (0, 0, 0);
    let faulty = FAULTS.iter().flat_map(|fault| {
        let scenarios = showing(fault, ["tls13", "tls12", "tls13-mtls", "tls12-mtls"]);
        scenarios.into_iter().map(move |scenario| (fault.id, scenario))
    });
    let good = PRESETS.iter().map(|preset| (preset.id, Scenario::from_preset(preset)));
    for (id, scenario) in faulty.chain(good) {
        let trace = run(&scenario, &Capabilities::all()).unwrap();
        for event in trace.connections.iter().flat_map(|connection| &connection.events) {
            let Op::CertificatePath { chain, roots, name, at, refusal, .. } = &event.op else {
                continue;
            };
            let asked = question(name.as_deref(), *at, roots, event.by);
            let verdict = judge(&reading(chain), &asked).remove(0);
            compared += 1;
            let what = format!("{}: {:#?}", scenario.text(), verdict.findings);
            let kind = verdict.refusal.as_ref().map(|(kind, _)| *kind);
            if is_in(RUN_REFUSES, id) && refusal.is_some() && kind.is_none() {
                used.insert(id);
            } else {
                assert_eq!(kind, *refusal, "{what}");
                assert_eq!(verdict.is_good(), refusal.is_none(), "{what}");
            }
            refused += usize::from(kind.is_some());
            agrees_with_itself(&verdict);
            let (holds, said) = by_openssl(&folder, chain, (name.as_deref(), *at, roots, event.by));
            if is_in(OPENSSL_TAKES, id) && holds && !verdict.is_good() {
                used.insert(id);
            } else {
                assert_eq!(holds, verdict.is_good(), "{said}\n{what}");
                of_openssl += 1;
            }
        }
    }
    println!(
        "{compared} verdicts, {refused} refused; OpenSSL agrees on {of_openssl}; explained: {used:?}"
    );
    assert!(compared > 60 && refused > 20, "{compared} {refused}");
}

#[test]
fn an_example_with_all_that_its_client_judged_by_is_judged_as_in_its_run() {
    let (mut refused, mut left_out) = (0, BTreeSet::new());
    for fault in FAULTS.iter().filter(|fault| fault.group == Group::ServerCertificate) {
        for scenario in showing(fault, ["tls13", "tls12"]) {
            if !example::has_all(&scenario.plan()) {
                left_out.insert(fault.id);
                continue;
            }
            let trace = run(&scenario, &Capabilities::all()).unwrap();
            let given = example::of(&trace).unwrap();
            let reading = read(&[("pasted text".into(), given.text.into_bytes())], None);
            let asked = question(given.host.as_deref(), given.at, &given.roots, given.by);
            let verdict = judge(&reading, &asked).remove(0);
            let is_noticed = (fault.expect)(&scenario.sound_plan()).noticed_by.is_some();
            assert_eq!(verdict.is_good(), !is_noticed, "{}: {verdict:#?}", scenario.text());
            refused += usize::from(is_noticed);
        }
    }
    println!("{refused} refused; no examples: {left_out:?}");
    assert!(refused > 40, "{refused}");
}

/// The paths beside a verdict say the same as webpki: one holds, or none does, and the kind of refusal is
/// that of a check that does not hold.
fn agrees_with_itself(verdict: &Verdict) {
    let holds = verdict.paths.iter().any(|path| path.checks.iter().all(|check| check.holds));
    assert_eq!(holds, verdict.refusal.is_none(), "{verdict:#?}");
    let Some((kind, _)) = &verdict.refusal else { return };
    let failed = verdict.paths.iter().flat_map(|path| &path.checks).filter(|check| !check.holds);
    let kinds: Vec<Option<ChainRefusal>> = failed.map(|check| check.refusal).collect();
    // For a signature of a kind that it does not know, webpki has a word of its own.
    let unknown = *kind == ChainRefusal::Other && kinds.contains(&Some(ChainRefusal::BadSignature));
    assert!(kinds.contains(&Some(*kind)) || unknown, "{verdict:#?}");
}

/// Words of the gravest finding for each certificate that is wrong in one way.
const WRONG: &[(&str, &str)] = &[
    ("no-san", "no subjectAltName"),
    ("name-in-cn-only", "its common name is the one wanted, and does not count"),
    ("wrong-purpose", "needed serverAuth; allowed clientAuth"),
    ("version-1", "version 1"),
    ("ca-true", "cA TRUE"),
    ("wrong-ca", "Is the signature on"),
    ("weak-key", "RSA key of 1024 bits"),
    ("sha-1", "sha1WithRSAEncryption"),
    ("expired", "not after"),
    ("not-yet-valid", "not before"),
];

#[test]
fn the_verdict_on_every_certificate_of_a_recipe_is_the_known_one_and_that_of_openssl() {
    let (mut compared, mut agreed) = (0, 0);
    for built_in in BUILT_IN {
        let folder = folder(&format!("recipe-{}", built_in.name));
        let recipe = built_in.recipe().unwrap();
        let objects = made(built_in.name, &folder);
        for subject in recipe.certificate.iter().filter(|one| one.role != Role::Authority) {
            // Up to the root, which is trusted.
            let mut chain = vec![der(&objects, ObjectKind::Certificate, &subject.name)];
            let mut at = subject;
            while let Some(issuer) = at.issuer.as_deref().and_then(|name| recipe.subject(name)) {
                chain.push(der(&objects, ObjectKind::Certificate, &issuer.name));
                at = issuer;
            }
            let root = if chain.len() > 1 { chain.pop() } else { None };
            let roots: Vec<Vec<u8>> = root.into_iter().collect();
            let by = match subject.role {
                Role::Client => Endpoint::Server,
                _ => Endpoint::Client,
            };
            let dns = subject.names.iter().find_map(|name| match name {
                handshake_lab::plan::GeneralName::Dns(name) => Some(name.as_str()),
                _ => None,
            });
            let host = dns.filter(|_| by == Endpoint::Client);
            let verdict = judge(&reading(&chain), &question(host, CLOCK, &roots, by)).remove(0);
            agrees_with_itself(&verdict);
            compared += 1;
            let name = subject.name.as_str();
            let words = WRONG.iter().find(|(known, _)| *known == name).map(|(_, words)| *words);
            // One that is its own issuer is not trusted.
            let expected = words.is_none() && !roots.is_empty();
            assert_eq!(verdict.is_good(), expected, "{name}: {verdict:#?}");
            if let Some(words) = words {
                let said = &verdict.findings[0].what;
                let any = verdict.findings.iter().any(|finding| finding.what.contains(words));
                assert!(any, "{name}: {said}");
                assert!(!verdict.findings[0].fix.is_empty());
            }
            let (holds, said) = by_openssl(&folder, &chain, (host, CLOCK, &roots, by));
            if is_in(OPENSSL_TAKES, name) {
                assert!(holds && !verdict.is_good(), "{name}: {said}");
            } else {
                assert_eq!(holds, verdict.is_good(), "{name}: {said}");
                agreed += 1;
            }
        }
    }
    println!("{compared} certificates; OpenSSL agrees on {agreed}");
    assert!(compared > 15);
}

#[test]
fn each_difference_has_a_certificate_that_shows_it() {
    let recipe = BuiltIn::named("what-goes-wrong").unwrap().recipe().unwrap();
    for (id, reason) in OPENSSL_TAKES.iter().chain(RUN_REFUSES) {
        let known = FAULTS.iter().any(|fault| fault.id == *id) || recipe.subject(id).is_some();
        assert!(known && !reason.is_empty(), "{id}");
    }
}

/// Files that other programs make, each with the number of things in it.
const FORMS: &[(&str, &str, usize)] = &[
    ("cat orders.crt orders.key orders.csr intermediate.crt > mixed", "mixed", 4),
    ("openssl crl2pkcs7 -nocrl -certfile orders-chain.pem -out p7.pem", "p7.pem", 2),
    ("openssl crl2pkcs7 -nocrl -certfile orders-chain.pem -outform DER -out p7", "p7", 2),
    ("openssl x509 -in orders.crt -outform DER -out certificate", "certificate", 1),
    ("openssl x509 -in orders.crt -text -out text", "text", 1),
    ("openssl req -in orders.csr -outform DER -out request", "request", 1),
    ("openssl pkey -in orders.key -pubout -out public", "public", 1),
    ("openssl ec -in orders.key -out sec1", "sec1", 1),
    ("openssl ec -in orders.key -outform DER -out sec1.der", "sec1.der", 1),
    (
        "openssl pkcs8 -topk8 -in orders.key -v2 aes-256-cbc -passout pass:changeit -out enc",
        "enc",
        1,
    ),
    (
        "openssl pkcs8 -topk8 -in orders.key -v1 PBE-SHA1-3DES -passout pass:changeit -out des",
        "des",
        1,
    ),
    (
        "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 | openssl rsa -traditional -out rsa",
        "rsa",
        1,
    ),
    (
        "openssl pkcs12 -export -in orders-chain.pem -inkey orders.key -passout pass:changeit -out new.p12",
        "new.p12",
        3,
    ),
    (
        "openssl pkcs12 -export -in orders-chain.pem -inkey orders.key -passout pass:changeit -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1 -out des.p12",
        "des.p12",
        3,
    ),
    (
        "openssl pkcs12 -export -legacy -in orders-chain.pem -inkey orders.key -passout pass:changeit -out old.p12",
        "old.p12",
        3,
    ),
    (
        "keytool -importcert -noprompt -alias root -file root.crt -keystore java.p12 -storetype PKCS12 -storepass changeit",
        "java.p12",
        1,
    ),
    (
        "printf '[ca]\\ndefault_ca=a\\n[a]\\ndatabase=db\\ncrlnumber=n\\ndefault_md=sha256\\ndefault_crl_days=9\\n' > c; : > db; echo 01 > n; openssl ca -config c -revoke orders.crt -keyfile intermediate.key -cert intermediate.crt; openssl ca -config c -gencrl -keyfile intermediate.key -cert intermediate.crt -out crl",
        "crl",
        1,
    ),
    ("openssl crl -in crl -outform DER -out crl.der", "crl.der", 1),
    ("openssl rsa -in rsa -RSAPublicKey_out -out rsa.pub", "rsa.pub", 1),
];

#[test]
fn every_form_that_other_programs_write_is_read_and_no_private_key_is_shown() {
    let folder = folder("forms");
    made("private-ca", &folder);
    let mut shown = String::new();
    for (line, file, count) in FORMS {
        ok(&folder, line);
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let reading = read(&[(file.to_string(), bytes)], Some("changeit"));
        assert_eq!(reading.troubles, [], "{line}");
        assert_eq!(reading.found.len(), *count, "{line}: {:#?}", reading.found);
        shown += &inspect(&folder, &format!("{file} --password changeit")).1;
        shown += &inspect(&folder, &format!("{file} --password changeit --json")).1;
        shown += &format!("{:?}", reading.found);
    }
    // The private key's own bytes, however they are written.
    let private = ok(&folder, "openssl ec -in orders.key -noout -text");
    let hex: String = private
        .lines()
        .skip(2)
        .take(3)
        .flat_map(str::chars)
        .filter(char::is_ascii_hexdigit)
        .collect();
    assert!(hex.len() > 40);
    let key = std::fs::read_to_string(folder.join("orders.key")).unwrap();
    assert!(!shown.to_lowercase().contains(&hex[4..40]));
    assert!(key.lines().skip(1).take(2).all(|line| !shown.contains(line)));
    // A password that does not fit, or is not given, is told.
    for (arguments, words) in [
        ("new.p12 --password other", "does not fit"),
        ("new.p12", "--password"),
        ("enc", "--password"),
    ] {
        let (status, said) = inspect(&folder, arguments);
        assert_eq!(status, 1, "{said}");
        assert!(said.contains(words) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn a_key_that_does_not_belong_and_a_revoked_certificate_are_refused() {
    let folder = folder("keys");
    made("what-goes-wrong", &folder);
    let judged = "--host www.example.com --at 2026-01-10 --roots root.crt";
    let (status, said) = inspect(&folder, &format!("good.crt good.key {judged}"));
    assert!(status == 0 && said.contains("belongs to it"), "{said}");
    let (status, said) = inspect(&folder, &format!("wrong-key.crt wrong-key.key {judged}"));
    assert!(status == 3 && said.contains("does not belong to the certificate"), "{said}");
    ok(
        &folder,
        "printf '[ca]\\ndefault_ca=a\\n[a]\\ndatabase=db\\ncrlnumber=n\\ndefault_md=sha256\\ndefault_crl_days=9\\n' > c; : > db; echo 01 > n; openssl ca -config c -revoke good.crt -keyfile root.key -cert root.crt; openssl ca -config c -gencrl -keyfile root.key -cert root.crt -out crl",
    );
    let (status, said) = inspect(&folder, &format!("good.crt root.crt crl {judged}"));
    assert!(status == 3 && said.contains("is in the revocation list"), "{said}");
}

#[test]
fn order_missing_links_names_and_days_are_told_with_what_to_do() {
    let folder = folder("advice");
    made("private-ca", &folder);
    ok(
        &folder,
        "cat intermediate.crt orders.crt > turned.pem; cat orders.crt root.crt intermediate.crt > mixed.pem",
    );
    let host = "--host orders.example.com --at 2026-01-10";
    for (arguments, status, words) in [
        (format!("orders-chain.pem {host} --roots root.crt"), 0, "would take it"),
        (
            "orders-chain.pem --at 2026-01-10 --roots root.crt".into(),
            0,
            "No host was asked for, so its names were not compared",
        ),
        (format!("turned.pem {host} --roots root.crt"), 3, "certificate 2 of 2 in its file"),
        (format!("mixed.pem {host} --roots root.crt"), 0, "does not stand behind what it issued"),
        (
            format!("orders.crt {host} --roots root.crt"),
            3,
            "Services CA, which issued CN=orders.example.com, is missing",
        ),
        (format!("orders-chain.pem {host}"), 3, "is missing"),
        (
            format!("orders-chain.pem root.crt {host}"),
            3,
            "its root, O=Handshake Lab, CN=Handshake Lab Root CA, is not trusted",
        ),
        (
            "orders-chain.pem --host shop.example.com --at 2026-01-10 --roots root.crt".into(),
            3,
            "a name that would do: orders.example.com",
        ),
        (
            "orders-chain.pem --host orders.example.com --at 2026-01-25 --roots root.crt".into(),
            0,
            "6 days left",
        ),
        (
            "orders-chain.pem --host orders.example.com --at 2027-01-25 --roots root.crt".into(),
            3,
            "not after",
        ),
        (
            "billing-chain.pem --client --at 2026-01-10 --roots root.crt".into(),
            0,
            "a server would take it",
        ),
        ("billing-chain.pem --at 2026-01-10 --roots root.crt".into(), 3, "needed serverAuth"),
        ("orders.csr".into(), 0, "request of CN=orders.example.com for orders.example.com"),
        ("root.crt".into(), 0, "no certificate of a server or client"),
    ] {
        let (code, said) = inspect(&folder, &arguments);
        assert!(code == status && said.contains(words), "{arguments}: {code}\n{said}");
        let (code, json) = inspect(&folder, &format!("{arguments} --json"));
        assert_eq!(code, status);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        for verdict in json["verdicts"].as_array().unwrap() {
            assert_eq!(verdict["good"], status == 0);
        }
    }
}

/// Certificates of OpenSSL start now.
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

/// The verdict on these files, each its name and its bytes.
fn judged(files: &[(&str, &[u8])], asked: &Question) -> Verdict {
    let files: Vec<_> =
        files.iter().map(|(name, bytes)| (name.to_string(), bytes.to_vec())).collect();
    judge(&read(&files, None), asked).remove(0)
}

#[test]
fn no_file_host_or_address_of_a_certificate_becomes_a_command_of_its_own() {
    let folder = folder("quoted");
    let objects = made("private-ca", &folder);
    let wrong = made("what-goes-wrong", &folder);
    // OpenSSL takes the backslashes away.
    let address = r"authorityInfoAccess=caIssuers;URI:http://127.0.0.1:1/;touch\$IFS\'PWNED\'";
    std::fs::write(folder.join("aia"), address).unwrap();
    ok(
        &folder,
        "openssl x509 -req -in orders.csr -CA intermediate.crt -CAkey intermediate.key -extfile aia -out aia.crt",
    );
    let addressed = std::fs::read(folder.join("aia.crt")).unwrap();
    let mut leaves: Vec<Vec<u8>> =
        vec![der(&objects, ObjectKind::Certificate, "orders"), addressed];
    let certificates = wrong.iter().filter(|one| one.kind == ObjectKind::Certificate);
    leaves.extend(certificates.map(|one| one.files[0].bytes.clone()));
    let key = wrong.iter().find(|one| one.kind == ObjectKind::Key).unwrap().files[0].bytes.clone();
    let mut commands = BTreeSet::new();
    let names = [";touch PWNED;", "$(touch PWNED)", "it's';touch PWNED;'"];
    for (leaf, name) in leaves.iter().flat_map(|leaf| names.map(|name| (leaf, name))) {
        let files = [(name, leaf.as_slice()), ("-touch PWNED.key", key.as_slice())];
        let reading = read(&files.map(|(name, bytes)| (name.into(), bytes.to_vec())), None);
        for (at, host) in [CLOCK, now(), 1_000_000_000, CLOCK * 3]
            .map(|at| [(at, Some(name)), (at, None)])
            .concat()
        {
            for by in Endpoint::BOTH {
                let verdicts = judge(&reading, &question(host, at, &[], by));
                let findings = verdicts.iter().flat_map(|verdict| &verdict.findings);
                commands.extend(findings.filter_map(|finding| finding.command.clone()));
            }
        }
    }
    for command in &commands {
        let mut bash = Command::new("bash");
        bash.args(["-c", command]).current_dir(&folder).stdin(Stdio::null()).output().unwrap();
        assert!(!folder.join("PWNED").exists(), "{command}");
    }
    let address = commands.iter().any(|command| command.contains("http://127.0.0.1:1/"));
    assert!(commands.len() > 10 && address, "{commands:#?}");
}

#[test]
fn an_address_with_other_characters_than_addresses_have_is_not_offered() {
    let folder = folder("address");
    made("private-ca", &folder);
    for (address, offered) in
        [("http://a.example/b?c=d", true), ("http://a b", false), ("file:///x", false)]
    {
        ok(
            &folder,
            &format!(
                "echo 'authorityInfoAccess=caIssuers;URI:{address}' > aia; \
                 openssl x509 -req -in orders.csr -CA intermediate.crt -CAkey intermediate.key -extfile aia -out leaf"
            ),
        );
        let leaf = std::fs::read(folder.join("leaf")).unwrap();
        let verdict = judged(&[("-", &leaf)], &question(None, now(), &[], Endpoint::Client));
        let commands: Vec<&str> =
            verdict.findings.iter().filter_map(|one| one.command.as_deref()).collect();
        assert_eq!(commands.iter().any(|one| one.contains(address)), offered, "{commands:?}");
        // Standard input has no name that a command could take.
        assert!(commands.iter().any(|one| one.contains(" FILE")), "{commands:?}");
    }
}

#[test]
fn an_authority_that_is_on_no_path_does_not_count() {
    let recipe = "title='a'\nabout='b'\n\
        [[certificate]]\nname='root'\nabout='c'\nrole='authority'\ncommon-name='R'\ndays=900\n\
        [[certificate]]\nname='weak'\nabout='c'\nrole='authority'\ncommon-name='W'\ndays=30\nissuer='root'\nwrong=['weak-key']\n\
        [[certificate]]\nname='old'\nabout='c'\nrole='authority'\ncommon-name='O'\ndays=30\nissuer='weak'\nwrong=['sha-1']\n\
        [[certificate]]\nname='good'\nabout='c'\nrole='server'\nnames=['dns:a.example']\ndays=90\nissuer='root'\n\
        [[certificate]]\nname='bad'\nabout='c'\nrole='server'\nnames=['dns:a.example']\ndays=90\nissuer='old'\n";
    let recipe = handshake_lab::certificates::recipe::Recipe::parse(recipe).unwrap();
    let objects = mint(&recipe, CLOCK).unwrap();
    let der = |name: &str| der(&objects, ObjectKind::Certificate, name);
    let (root, weak, old) = (der("root"), der("weak"), der("old"));
    let asked = question(Some("a.example"), CLOCK, std::slice::from_ref(&root), Endpoint::Client);
    let told = |leaf: &str| {
        let leaf = der(leaf);
        let verdict = judged(&[("leaf", &leaf), ("weak", &weak), ("old", &old)], &asked);
        let any = |words: &str| verdict.findings.iter().any(|one| one.what.contains(words));
        let words = ["1024 bits", "sha1With", "ends before"];
        (verdict.is_good(), words.map(any))
    };
    assert_eq!(told("good"), (true, [false; 3]));
    assert_eq!(told("bad"), (false, [true; 3]));
}

#[test]
fn the_key_of_another_certificate_that_was_read_is_no_mistake() {
    let folder = folder("other-keys");
    made("private-ca", &folder);
    let asked = "--host orders.example.com --at 2026-01-10 --roots root.crt";
    for (files, status) in [
        ("orders-chain.pem intermediate.key", 0),
        ("orders-chain.pem root.crt root.key intermediate.key orders.key", 0),
        ("orders-chain.pem root.key", 3),
    ] {
        let (code, said) = inspect(&folder, &format!("{files} {asked}"));
        assert_eq!(code, status, "{files}: {said}");
        assert_eq!(said.contains("does not belong"), status == 3, "{files}: {said}");
    }
}

#[test]
fn advice_on_a_clients_certificate_is_for_the_client_and_addresses_are_called_so() {
    let folder = folder("clients");
    made("private-ca", &folder);
    ok(&folder, "cat intermediate.crt billing.crt > turned.pem");
    for (arguments, words) in [
        ("turned.pem --client --at 2026-01-10 --roots root.crt", "a client would show the first"),
        ("billing.crt --client --at 2026-01-10 --roots root.crt", "have the client send it behind"),
        ("billing-chain.pem --client --at 2036-01-10 --roots root.crt", "have the client load it"),
        (
            "orders.crt --host 192.0.2.7 --at 2026-01-10 --roots root.crt intermediate.crt",
            "subjectAltName=IP:192.0.2.7",
        ),
    ] {
        let (code, said) = inspect(&folder, arguments);
        assert!(code == 3 && said.contains(words), "{arguments}: {said}");
        let to_do = said.lines().find(|line| line.contains("To do:")).unwrap();
        assert!(!arguments.contains("--client") || !to_do.contains("server"), "{to_do}");
    }
}

#[test]
fn what_lasts_longer_than_public_authorities_may_issue_for_is_told() {
    let recipe = |days: u64| {
        let text = format!(
            "title='a'\nabout='b'\n[[certificate]]\nname='leaf'\nabout='c'\nrole='server'\nnames=['dns:a.example']\ndays={days}\n"
        );
        handshake_lab::certificates::recipe::Recipe::parse(&text).unwrap()
    };
    const FIRST_OF_APRIL: u64 = 1_775_001_600;
    for (days, clock, told) in [
        (200, FIRST_OF_APRIL, false),
        (201, FIRST_OF_APRIL, true),
        (398, CLOCK, false),
        (399, CLOCK, true),
        (101, FIRST_OF_APRIL + 365 * 86_400, true),
        (47, FIRST_OF_APRIL + 3 * 366 * 86_400, false),
    ] {
        let objects = mint(&recipe(days), clock).unwrap();
        let chain = [der(&objects, ObjectKind::Certificate, "leaf")];
        let asked = question(Some("a.example"), clock, &[], Endpoint::Client);
        let verdict = judge(&reading(&chain), &asked).remove(0);
        let lasts =
            verdict.findings.iter().any(|finding| finding.what.contains("Public authorities"));
        assert_eq!(lasts, told, "{days} from {clock}: {:#?}", verdict.findings);
    }
}

#[test]
fn what_openssl_curl_and_java_print_is_understood() {
    let folder = folder("texts");
    made("private-ca", &folder);
    let mut server = Command::new("openssl")
        .args("s_server -accept 127.0.0.1:0 -www -cert orders.crt -key orders.key -cert_chain orders-chain.pem".split(' '))
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(server.stdout.take().unwrap()));
    let line = lines.find_map(|line| line.ok()?.strip_prefix("ACCEPT ").map(str::to_owned));
    let port: u16 = line.unwrap().rsplit(':').next().unwrap().parse().unwrap();
    let reader = std::thread::spawn(move || lines.count());
    run_line(
        &folder,
        &format!(
            "openssl s_client -connect 127.0.0.1:{port} -showcerts -no-CApath -no-CAstore -no-CAfile > s_client.txt 2>&1"
        ),
    );
    run_line(&folder, &format!("curl -v https://localhost:{port}/ > curl.txt 2>&1"));
    server.kill().unwrap();
    server.wait().unwrap();
    reader.join().unwrap();
    let (_, said) =
        inspect(&folder, "s_client.txt --host orders.example.com --at 2026-01-10 --roots root.crt");
    assert!(said.contains("CN=orders.example.com") && said.contains("would take it"), "{said}");
    assert!(said.contains("neither among those sent nor trusted"), "{said}");
    let (status, said) = inspect(&folder, "curl.txt");
    assert!(status == 0 && said.contains("says so where"), "{said}");
    std::fs::write(
        folder.join("java.txt"),
        "javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.\
         SunCertPathBuilderException: unable to find valid certification path to requested target\n\tat x.y(Z.java:1)\n",
    )
    .unwrap();
    let (_, said) = inspect(&folder, "java.txt");
    assert!(said.contains("keytool -importcert"), "{said}");
    for message in MESSAGES {
        assert_eq!(message.words, message.words.to_lowercase());
        let text = format!("before {} after\n", message.words).into_bytes();
        let reading = read(&[("text".into(), text)], None);
        assert!(!reading.messages.is_empty() && reading.troubles.is_empty(), "{}", message.words);
    }
}

#[test]
fn numbers_alone_are_no_private_key() {
    let folder = folder("numbers");
    ok(
        &folder,
        "openssl dhparam -dsaparam -outform DER -out dh 512; \
         openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 | openssl rsa -traditional -outform DER -out rsa; \
         printf -- '-----BEGIN RSA PRIVATE KEY-----\\n%s\\n-----END RSA PRIVATE KEY-----\\n' $(base64 -w0 dh) > dh.pem",
    );
    for (file, is_key) in [("dh", false), ("dh.pem", false), ("rsa", true)] {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let reading = read(&[(file.to_owned(), bytes)], None);
        let keys = reading.found.iter().filter(|one| matches!(one.thing, Thing::Key(_))).count();
        assert_eq!((keys, reading.troubles.len()), (usize::from(is_key), usize::from(!is_key)));
    }
}

#[test]
fn trusted_roots_are_read_with_the_password_and_what_cannot_be_read_of_them_is_told() {
    let folder = folder("trusted");
    made("private-ca", &folder);
    ok(
        &folder,
        "openssl pkcs12 -export -nokeys -in root.crt -passout pass:changeit -out root.p12; \
         { cat root.crt; echo '-----BEGIN CERTIFICATE-----'; echo 'M*'; echo '-----END CERTIFICATE-----'; } > half.pem",
    );
    let judged = "orders-chain.pem --host orders.example.com --at 2026-01-10 --roots";
    let (status, said) = inspect(&folder, &format!("{judged} root.p12 --password changeit"));
    assert!(status == 0 && said.contains("would take it"), "{said}");
    let (status, said) = inspect(&folder, &format!("{judged} root.p12"));
    assert!(status == 1 && said.contains("it is encrypted"), "{said}");
    let (status, said) = inspect(&folder, &format!("{judged} half.pem"));
    assert!(status == 0 && said.contains("base64 expected at character 1"), "{said}");
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_the_rest_is_read() {
    let folder = folder("broken");
    let objects = made("private-ca", &folder);
    let whole = der(&objects, ObjectKind::Certificate, "orders");
    let read_one = |bytes: Vec<u8>| read(&[("file".into(), bytes)], None);
    let reading = read_one(whole[..100].to_vec());
    assert!(
        reading.found.is_empty() && reading.troubles[0].what.contains("at byte 0"),
        "{reading:?}"
    );
    let text = String::from_utf8(chain_file(std::slice::from_ref(&whole))).unwrap();
    let broken = text.replacen("MII", "M*I", 1);
    let reading =
        read_one(format!("{broken}{text}-----BEGIN CERTIFICATE-----\nMIIB\n").into_bytes());
    assert_eq!(reading.found.len(), 1);
    let told: Vec<&str> = reading.troubles.iter().map(|trouble| trouble.what.as_str()).collect();
    assert!(told[0].contains("base64 expected at character 1"), "{told:?}");
    assert!(told[1].contains("-----END CERTIFICATE----- expected"), "{told:?}");
    assert!(read_one(vec![0x30; LIMIT + 1]).troubles[0].what.contains("at most"));
    for (name, bytes) in [("empty", &b""[..]), ("noise", b"\x00\x01\x02"), ("words", b"hello\n")] {
        std::fs::write(folder.join(name), bytes).unwrap();
        let (status, said) = inspect(&folder, name);
        assert!(status == 1 && said.lines().count() == 1, "{name}: {said}");
    }
    assert_eq!(inspect(&folder, "no-such-file").0, 1);
    assert_eq!(inspect(&folder, "orders.crt --at sometime").0, 2);
    assert_eq!(inspect(&folder, "--host x").0, 2);
    let (status, said) = inspect(&folder, "orders.crt --host https://orders.example.com:443/");
    assert!(status == 2 && said.contains("write orders.example.com\n"), "{said}");
}

#[test]
fn public_roots_and_those_of_the_lab_are_there() {
    assert!(Roots::public().len() > 100);
    assert!(Roots::lab().len() >= 5);
    let trace = run(&Scenario::parse("tls13").unwrap(), &Capabilities::all()).unwrap();
    let chain = trace.connections[0].events.iter().find_map(|event| match &event.op {
        Op::CertificatePath { chain, name, at, .. } => Some((chain.clone(), name.clone(), *at)),
        _ => None,
    });
    let (chain, host, at) = chain.unwrap();
    let asked = |roots| Question { host: host.clone(), at, roots, by: Endpoint::Client };
    assert!(judge(&reading(&chain), &asked(Roots::lab())).remove(0).is_good());
    let verdict = judge(&reading(&chain), &asked(Roots::public())).remove(0);
    assert_eq!(verdict.refusal.as_ref().map(|(kind, _)| *kind), Some(ChainRefusal::UnknownIssuer));
    assert_eq!(verdict.findings[0].gravity, Gravity::Refused);
}

/// Files to be changed: one of each kind.
fn samples() -> Vec<Vec<u8>> {
    let text = "title='a'\nabout='b'\n[[certificate]]\nname='root'\nabout='c'\nrole='authority'\ncommon-name='R'\ndays=9\n\
                [[certificate]]\nname='leaf'\nabout='c'\nrole='server'\nnames=['dns:a.example']\ndays=9\nissuer='root'\n\
                [[bundle]]\nname='both'\nabout='d'\ncertificates=['leaf','root']\n\
                [[key-store]]\nname='store'\nabout='d'\ncertificates=['leaf','root']\n";
    let recipe = handshake_lab::certificates::recipe::Recipe::parse(text).unwrap();
    let objects = mint(&recipe, CLOCK).unwrap();
    objects.into_iter().flat_map(|object| object.files).map(|file| file.bytes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_never_make_it_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..6),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        thread_local!(static SAMPLES: Vec<Vec<u8>> = samples());
        let mut bytes = SAMPLES.with(|samples| which.get(samples).clone());
        for (at, value, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = value,
                1 => bytes[at] ^= 1 << (value % 8),
                2 => bytes.insert(at, value),
                _ if bytes.len() > 1 => { bytes.remove(at); }
                _ => {}
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        let reading = read(&[("file".into(), bytes)], Some("changeit"));
        prop_assert!(!reading.found.is_empty() || !reading.troubles.is_empty() || !reading.messages.is_empty());
        let mut roots = Roots::default();
        for found in &reading.found {
            if let Thing::Certificate(der) = &found.thing {
                roots.add(der);
            }
        }
        judge(&reading, &Question { host: Some("a.example".into()), at: CLOCK, roots, by: Endpoint::Client });
    }

    #[test]
    fn any_bytes_never_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), der in any::<bool>()) {
        let bytes = if der { [&[0x30, 0x82][..], &bytes].concat() } else { bytes };
        read(&[("file".into(), bytes)], Some("changeit"));
    }
}
