//! What `inspect` reads and says: files of other programs, in every form; what to do about chains; comparing two
//! certificates; and input that is broken. tests/agreement.rs has the verdicts beside those of other programs.

#![cfg(test)]

mod judged;

use handshake_lab::certificates::example;
use handshake_lab::certificates::mint::{Object, ObjectKind, mint};
use handshake_lab::certificates::read::{LIMIT, MESSAGES, Thing, read};
use handshake_lab::certificates::recipe::BuiltIn;
use handshake_lab::certificates::renewal;
use handshake_lab::certificates::verdict::{
    Gravity, Outcome, PROFILES, Question, Roots, Verdict, judge,
};
use handshake_lab::engine::{Capabilities, run};
use handshake_lab::faults::{FAULTS, Group};
use handshake_lab::scenario::{CLOCK, Scenario, showing};
use handshake_lab::trace::{ChainRefusal, Endpoint, Op};
use handshake_lab::wire::node::check_tiling;
use handshake_lab::wire::x509;
use judged::{chain_file, der, folder, now, ok, question, reading, run_line};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
    // A wrong password, or one that is not given, is told.
    for (arguments, words) in [
        ("new.p12 --password other", "the password is wrong"),
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
fn self_signed_certificates_of_servers_are_judged_compared_and_matched_with_keys() {
    let folder = folder("self-signed");
    for name in ["old", "new"] {
        ok(
            &folder,
            &format!(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=a.example \
                 -addext subjectAltName=DNS:a.example -days 9 -keyout {name}.key -out {name}.crt"
            ),
        );
    }
    let files = |names: &[&str]| {
        let file = |name: &&str| ((*name).to_owned(), std::fs::read(folder.join(name)).unwrap());
        read(&names.iter().map(file).collect::<Vec<_>>(), None)
    };
    let both = files(&["old.crt", "new.crt"]);
    let asked = question(None, now(), &[], Endpoint::Client);
    assert_eq!(judge(&both, &asked).len(), 2);
    assert!(renewal::pair(&both).is_some());
    for (key, belongs) in [("old.key", true), ("new.key", false)] {
        let verdict = judge(&files(&["old.crt", key]), &asked).remove(0);
        let says = |words: &str| verdict.findings.iter().any(|one| one.what.contains(words));
        assert_eq!(says("belongs to it"), belongs, "{:#?}", verdict.findings);
        assert_eq!(says("does not belong"), !belongs, "{:#?}", verdict.findings);
    }
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

#[test]
fn two_certificates_are_compared_and_what_counts_is_told() {
    let folder = folder("diff");
    made("private-ca", &folder);
    let recipe = |extra: &str| {
        let text = format!(
            "title='a'\nabout='b'\n[[certificate]]\nname='root'\nabout='c'\nrole='authority'\ncommon-name='R'\ndays=900\n\
             [[certificate]]\nname='leaf'\nabout='c'\nrole='server'\nissuer='root'\n{extra}"
        );
        handshake_lab::certificates::recipe::Recipe::parse(&text).unwrap()
    };
    let leaf = |extra: &str, clock: u64| {
        let objects = mint(&recipe(extra), clock).unwrap();
        der(&objects, ObjectKind::Certificate, "leaf")
    };
    const DAY: u64 = 86_400;
    const NAMES: &str = "names=['dns:a.example','dns:b.example']\n";
    let old = leaf(&format!("{NAMES}days=90\n"), CLOCK);
    for (extra, after, about, grave, words) in [
        (format!("{NAMES}days=90\n"), 60, "dates", false, "Both are good for 30 days together"),
        (format!("{NAMES}days=90\n"), 100, "dates", true, "neither is good (10 days)"),
        (format!("{NAMES}days=9\n"), 60, "dates", true, "does not last longer"),
        ("names=['dns:a.example']\ndays=90\n".into(), 60, "names", true, "No longer: b.example."),
        (
            "names=['dns:a.example','dns:b.example','dns:c.example']\ndays=90\n".into(),
            60,
            "names",
            false,
            "All names of the old one, and new: c.example.",
        ),
        (format!("{NAMES}days=90\n"), 60, "key", false, "The same key"),
        (
            format!("{NAMES}days=90\nkey='rsa-2048'\n"),
            60,
            "key",
            false,
            "of another kind: RSA 2048",
        ),
        (format!("{NAMES}days=90\n"), 60, "issuer", false, "The same: CN=R."),
        (
            format!("{NAMES}days=90\nwrong=['wrong-purpose']\n"),
            60,
            "purpose",
            true,
            "used for serverAuth, it will be refused",
        ),
        (
            format!("{NAMES}days=90\nwrong=['no-extended-key-usage']\n"),
            60,
            "purpose",
            false,
            "No longer: serverAuth",
        ),
        (format!("{NAMES}days=90\n"), 60, "serial number", true, "Two certificates of one issuer"),
    ] {
        let new = leaf(&extra, CLOCK + after * DAY);
        let came = renewal::compare(&old, &new).unwrap();
        let remark = came.remarks.iter().find(|one| one.about == about).unwrap();
        assert!(remark.what.contains(words), "{extra}: {remark:?}");
        assert_eq!(remark.gravity == Gravity::Warning, grave, "{extra}: {remark:?}");
        assert!(!came.fields.is_empty());
        if grave {
            assert!(renewal::lede(&came).contains(about), "{}", renewal::lede(&came));
        }
    }
    let same = renewal::compare(&old, &old).unwrap();
    assert!(same.fields.is_empty() && renewal::lede(&same).contains("byte for byte"));
    assert!(same.remarks.iter().all(|one| !one.differs), "{:?}", same.remarks);
}

#[test]
fn inspect_compares_two_files_and_gives_the_same_as_json() {
    let folder = folder("diff-files");
    made("private-ca", &folder);
    ok(
        &folder,
        "openssl x509 -req -in orders.csr -CA intermediate.crt -CAkey intermediate.key -days 9 -out new.crt",
    );
    let (status, said) = inspect(&folder, "orders-chain.pem new.crt --diff");
    assert!(status == 0 && said.contains("No longer: orders.example.com"), "{said}");
    assert!(said.contains("tbsCertificate › validity › notAfter"), "{said}");
    let (status, json) = inspect(&folder, "orders-chain.pem new.crt --diff --json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["same"]), (0, &false.into()));
    let fields = json["fields"].as_array().unwrap();
    let dates =
        fields.iter().find(|one| one["field"] == "tbsCertificate › validity › notAfter").unwrap();
    assert_eq!(
        (&dates["nature"], &dates["old"]),
        (&"chosen".into(), &"2026-01-31 11:59:59 UTC".into())
    );
    assert!(
        json["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["about"] == "names" && one["differs"] == true)
    );
    for (arguments, code, words) in [
        ("orders.crt --diff", 2, "two files"),
        ("orders.crt new.crt --diff --host a.example", 2, "--host"),
        ("orders.crt orders.key --diff", 1, "no certificate in orders.key"),
    ] {
        let (status, said) = inspect(&folder, arguments);
        assert!(status == code && said.contains(words), "{arguments}: {status} {said}");
    }
}

#[test]
fn who_would_do_what_is_told_for_chains_that_some_take() {
    let folder = folder("profiles");
    made("private-ca", &folder);
    made("what-goes-wrong", &folder);
    made("private-ca", &folder);
    ok(
        &folder,
        "mkdir wrong; echo 'authorityInfoAccess=caIssuers;URI:http://ca.example/i.crt' > aia; \
         cat orders.crt root.crt intermediate.crt > mixed.pem; cat intermediate.crt orders.crt > turned.pem; \
         openssl x509 -req -in orders.csr -CA intermediate.crt -CAkey intermediate.key -extfile aia -copy_extensions copyall -out aia.crt",
    );
    let asked = "--host orders.example.com --roots root.crt --at 2026-01-10";
    let opinions = |arguments: &str| {
        let (_, json) = inspect(&folder, &format!("{arguments} --json"));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let all = json["verdicts"][0]["profiles"].as_array().unwrap().clone();
        all.iter()
            .map(|one| {
                (
                    one["outcome"].as_str().unwrap().to_owned(),
                    one["why"].as_str().unwrap().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    for (files, outcomes, at, words) in [
        ("orders-chain.pem", ["taken", "taken", "taken"], 0, ""),
        ("orders.crt", ["refused", "refused", "refused"], 0, "trusted root, or among those sent"),
        (
            "orders.crt --cached intermediate.crt",
            ["refused", "refused", "taken"],
            2,
            "from an earlier visit",
        ),
        (
            "orders.crt intermediate.crt",
            ["refused", "refused", "taken"],
            2,
            "from intermediate.crt",
        ),
        ("mixed.pem", ["refused", "taken", "taken"], 0, "does not stand behind what it issued"),
        ("turned.pem", ["refused", "refused", "refused"], 1, "would show the first"),
    ] {
        let told = opinions(&format!("{files} {asked}"));
        let came: Vec<&str> = told.iter().map(|(outcome, _)| outcome.as_str()).collect();
        assert_eq!(came, outcomes, "{files}: {told:#?}");
        assert!(told[at].1.contains(words), "{files}: {told:#?}");
    }
    let told = opinions("aia.crt --host orders.example.com --roots root.crt");
    assert_eq!(told[2].0, Outcome::Fetches.word(), "{told:#?}");
    assert!(told[2].1.contains("http://ca.example/i.crt"), "{told:#?}");
    // Servers are no browsers.
    let told = opinions("billing-chain.pem --client --at 2026-01-10 --roots root.crt");
    assert_eq!(told.len(), PROFILES.len() - 1, "{told:#?}");
    let (_, said) = inspect(&folder, &format!("orders.crt {asked} --cached intermediate.crt"));
    for words in [
        "a strict client: would refuse it: the first reason above.",
        "a browser: would take it: it has",
    ] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn what_lenient_programs_take_is_named() {
    let folder = folder("lenient");
    let objects = made("what-goes-wrong", &folder);
    let roots = [der(&objects, ObjectKind::Certificate, "root")];
    let asked = question(Some("www.example.com"), CLOCK, &roots, Endpoint::Client);
    for (name, words) in [
        ("name-in-cn-only", "the host from the common name"),
        ("version-1", "a leaf of version 1"),
        ("ca-true", "an authority as a leaf"),
    ] {
        let verdict =
            judge(&reading(&[der(&objects, ObjectKind::Certificate, name)]), &asked).remove(0);
        let lenient = verdict.opinions.iter().find(|one| one.profile.id == "lenient").unwrap();
        assert!(!verdict.is_good() && lenient.outcome == Outcome::Taken, "{name}: {verdict:#?}");
        assert!(lenient.why.contains(words), "{name}: {lenient:?}");
    }
}

#[test]
fn stores_have_their_containers_and_keys_their_bytes() {
    let folder = folder("containers");
    made("private-ca", &folder);
    ok(
        &folder,
        "openssl pkcs12 -export -in orders-chain.pem -inkey orders.key -passout pass:changeit -out new.p12; \
         openssl pkcs12 -export -in orders-chain.pem -inkey orders.key -passout pass:changeit -keypbe NONE -certpbe NONE -out plain.p12; \
         openssl crl2pkcs7 -nocrl -certfile orders-chain.pem -outform DER -out p7; \
         openssl pkcs8 -topk8 -in orders.key -v2 aes-256-cbc -passout pass:changeit -out enc",
    );
    for (file, what, parts, secret, word) in [
        ("new.p12", "PKCS #12 store", 2, false, "encryptedData"),
        ("plain.p12", "PKCS #12 store", 1, true, "keyBag"),
        ("p7", "PKCS #7 container", 1, false, "signedData"),
        ("enc", "encrypted private key", 1, false, "PBES2"),
    ] {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let reading = read(&[(file.to_owned(), bytes)], Some("changeit"));
        let container = &reading.containers[0];
        assert_eq!((container.what, container.parts.len()), (what, parts), "{file}");
        assert_eq!(container.parts.iter().any(|part| part.is_secret), secret, "{file}");
        let (nodes, errors) = x509::parse_anything(&container.parts[0].bytes);
        assert_eq!(errors, [], "{file}");
        let mut names = String::new();
        nodes.iter().for_each(|node| node.walk(&mut |node, _| names += &node.display));
        assert!(names.contains(word), "{file}: {names}");
        let (_, said) = inspect(&folder, &format!("{file} --password changeit"));
        assert!(said.contains(what), "{said}");
    }
    // With another password, the outside is there all the same.
    let bytes = std::fs::read(folder.join("new.p12")).unwrap();
    let reading = read(&[("new.p12".to_owned(), bytes)], Some("other"));
    assert_eq!((reading.containers.len(), reading.found.len()), (1, 0));
    let bytes = std::fs::read(folder.join("plain.p12")).unwrap();
    let reading = read(&[("plain.p12".to_owned(), bytes)], Some("other"));
    assert!(reading.found.is_empty() && reading.containers[0].parts[0].is_secret);
    let key = std::fs::read(folder.join("orders.key.der")).unwrap();
    let reading = read(&[("key".to_owned(), key.clone())], None);
    let Thing::Key(read) = &reading.found[0].thing else { panic!("{reading:?}") };
    assert_eq!(read.secret_der(), key);
}

#[test]
fn what_breaks_half_way_is_shown_as_far_as_it_goes() {
    let folder = folder("half-way");
    let objects = made("private-ca", &folder);
    let whole = der(&objects, ObjectKind::Certificate, "orders");
    let request = der(&objects, ObjectKind::Request, "orders");
    for (bytes, len) in
        [(&whole, 1), (&whole, 4), (&request, 4), (&whole, whole.len()), (&request, request.len())]
    {
        for end in len..bytes.len() {
            let reading = read(&[("file".into(), bytes[..end].to_vec())], None);
            let Some(broken) = &reading.troubles[0].broken else {
                // So little that nobody knows what it was going to be.
                assert!(end < 40, "{end}: {:?}", reading.troubles);
                continue;
            };
            let partly = broken.partly();
            check_tiling(&partly.nodes, end).unwrap();
            let last = partly.expected.last().unwrap();
            assert!(last.starts_with(&format!("at byte {end}: ")), "{last}");
        }
    }
    let partly = |bytes: Vec<u8>| {
        let reading = read(&[("file".into(), bytes)], None);
        reading.troubles[0].broken.as_ref().unwrap().partly()
    };
    let half = partly(whole[..300].to_vec());
    let fact = |name: &str| {
        half.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    };
    assert_eq!(fact("issuer"), Some("O=Handshake Lab, CN=Handshake Lab Services CA"));
    assert_eq!(fact("validity"), Some("2026-01-01 12:00:00 UTC to 2026-01-31 11:59:59 UTC"));
    assert_eq!(fact("names"), None);
    // A wrong tag in the middle: what stands before and behind it is read.
    let mut wrong = whole.clone();
    let validity = x509::parse(&whole).unwrap().0[0].find("validity").unwrap().start;
    wrong[validity] = 0x31;
    let partly = partly(wrong);
    assert!(partly.facts.iter().any(|(name, _)| *name == "issuer"), "{:?}", partly.facts);
    assert!(
        partly.expected[0].starts_with(&format!("at byte {validity}: ")),
        "{:?}",
        partly.expected
    );
    // A block of PEM that breaks: the part before it.
    let text = String::from_utf8(chain_file(std::slice::from_ref(&whole))).unwrap();
    let at = text.len() / 2;
    let text = format!("{}*{}", &text[..at], &text[at + 1..]);
    std::fs::write(folder.join("half.pem"), text).unwrap();
    let (status, said) = inspect(&folder, "half.pem");
    assert!(
        status == 1 && said.contains("issuer O=Handshake Lab, CN=Handshake Lab Services CA"),
        "{said}"
    );
    std::fs::write(folder.join("half"), &whole[..300]).unwrap();
    let (_, json) = inspect(&folder, "half root.crt --json");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let half = &json["unread"][0]["read"];
    assert_eq!(half["kind"], "certificate");
    assert_eq!(half["facts"]["validity"], "2026-01-01 12:00:00 UTC to 2026-01-31 11:59:59 UTC");
    assert!(half["nodes"][0]["children"].is_array());
}
