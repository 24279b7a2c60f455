//! `handshake-lab connect`, to our own servers and to OpenSSL's.

use super::refused;
use super::served::Served;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn connect(args: &[&str]) -> Output {
    let mut lab = Command::new(env!("CARGO_BIN_EXE_handshake-lab"));
    lab.arg("connect").args(args).output().expect("it runs")
}

fn to_served(served: &Served, fault: &str, more: &[&str]) -> String {
    let server = served.server(fault);
    let host = format!("{}:{}", server.name, server.port);
    let address = format!("127.0.0.1:{}", server.port);
    let ca = served.ca();
    let mut args = vec![host.as_str(), "--address", &address];
    if !more.contains(&"--insecure") {
        args.extend(["--ca", ca.to_str().expect("text")]);
    }
    args.extend(more);
    let said = connect(&args);
    assert!(said.status.success(), "{said:?}");
    String::from_utf8(said.stdout).expect("text")
}

#[test]
fn a_real_connection_is_told_like_a_run() {
    let served = Served::start(&["tls13"]);
    let said = to_served(&served, "tls13", &[]);
    for word in ["a real connection, as the client saw it", "ClientHello", "200 OK", "TLS 1.3"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(said.contains("client       established"), "{said}");
    assert!(!said.contains("list faults"), "{said}");
}

#[test]
fn a_failing_connection_says_what_the_faults_call_it() {
    let served = Served::start(&["hostname-mismatch"]);
    let said = to_served(&served, "hostname-mismatch", &[]);
    assert!(said.contains("  hostname-mismatch: "), "{said}");
    assert!(!said.contains("  cert-expired: "), "{said}");
    let said = to_served(&served, "hostname-mismatch", &["--insecure"]);
    assert!(said.contains("client       established"), "{said}");
}

#[test]
fn a_client_shows_a_certificate_of_every_kind_of_key_that_it_is_given() {
    for kind in ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"] {
        let cert = format!("cert={kind}");
        let served = Served::start(&["client-cert-expired", "--set", &cert]);
        let file = |name: &str| {
            let file = served.download(&format!("/client-cert-expired/{name}"));
            file.to_str().expect("text").to_owned()
        };
        let (cert, key) = (file("client.pem"), file("client-key.pem"));
        let said = to_served(&served, "client-cert-expired", &["--cert", &cert, "--key", &key]);
        assert!(said.contains("certificate_expired"), "{kind}: {said}");
        assert!(said.contains("  client-cert-expired: "), "{kind}: {said}");
        let said = to_served(&served, "client-cert-expired", &[]);
        assert!(said.contains("certificate_required"), "{kind}: {said}");
        assert!(said.contains("  client-cert-missing: "), "{kind}: {said}");
    }
}

#[test]
fn without_server_name_the_client_gets_what_such_a_client_gets() {
    let served = Served::start(&["no-sni"]);
    let said = to_served(&served, "no-sni", &["--no-sni"]);
    assert!(said.contains("  no-sni: "), "{said}");
    let said = to_served(&served, "no-sni", &[]);
    assert!(said.contains("client       established"), "{said}");
}

#[test]
fn keys_that_are_not_the_clients_are_refused_and_no_option_takes_the_host() {
    for (set, refused) in [
        ("loss=0.1", true),
        ("fault=cert-expired", true),
        ("gateway=terminate", true),
        ("group=secp256r1", false),
        ("version=1.2", false),
        ("seed=7", false),
    ] {
        // Nobody listens there.
        let said = connect(&["--insecure", "--set", set, "--address", "127.0.0.1:1", "a.example"]);
        let text = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(if refused { 2 } else { 1 }), "{set}: {text}");
        let words = if refused { set } else { "cannot connect" };
        assert!(text.contains(words) && text.lines().count() == 1, "{set}: {text}");
    }
    let said = connect(&["--json", "localhost"]);
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.code() == Some(2) && text.contains("<HOST>"), "{text}");
}

#[test]
fn a_failing_connection_is_named_whatever_is_written_of_it_and_tshark_opens_its_capture() {
    let served = Served::start(&["hostname-mismatch"]);
    let dir: PathBuf =
        [env!("CARGO_TARGET_TMPDIR"), &format!("written-{}", std::process::id())].iter().collect();
    std::fs::create_dir_all(&dir).expect("a folder");
    let file = |name: &str| dir.join(name).to_str().expect("text").to_owned();
    let (json, capture, keylog) = (file("it.json"), file("it.pcapng"), file("keylog"));
    let files = ["--json", &json, "--pcapng", &capture, "--keylog", &keylog];
    let said = to_served(&served, "hostname-mismatch", &files);
    assert!(said.contains("ClientHello") && said.contains("  hostname-mismatch: "), "{said}");
    let document = std::fs::read(&json).expect("a file");
    let document: Value = serde_json::from_slice(&document).expect("JSON");
    assert_eq!(document["connections"][0]["outcome"]["client"], "failed");
    assert!(std::fs::read_to_string(&keylog).expect("a file").contains("_TRAFFIC_SECRET"));
    // The alert is encrypted, and read with the secrets inside.
    let tshark = Command::new("tshark")
        .args(["-r", &capture, "-T", "fields", "-e", "tls.handshake.type", "-e"])
        .arg("tls.alert_message.desc")
        .output()
        .expect("tshark runs");
    let read = String::from_utf8_lossy(&tshark.stdout);
    assert!(read.contains("20") && read.contains("42"), "{read}");
    // Where standard output has what was asked for, and nothing else, the rest stands on the other.
    let server = served.server("hostname-mismatch");
    let (host, at) =
        (format!("{}:{}", server.name, server.port), format!("127.0.0.1:{}", server.port));
    let ca = served.ca().to_str().expect("text").to_owned();
    let said = connect(&[&host, "--address", &at, "--ca", &ca, "--json", "-"]);
    assert!(serde_json::from_slice::<Value>(&said.stdout).is_ok(), "{said:?}");
    let told = String::from_utf8_lossy(&said.stderr);
    assert!(told.contains("  hostname-mismatch: ") && !told.contains("ClientHello"), "{told}");
    let _ = std::fs::remove_dir_all(&dir);
}

#[test]
fn where_nobody_listens_one_line_says_so() {
    let port = refused::port();
    let said = connect(&[&format!("127.0.0.1:{port}"), "--insecure"]);
    let text = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("refused") && text.contains("connection-refused"), "{text}");
}

#[test]
fn our_client_tells_of_a_server_of_openssl_with_the_same_secrets() {
    let dir: PathBuf = [env!("CARGO_TARGET_TMPDIR"), &format!("connected-{}", std::process::id())]
        .iter()
        .collect();
    std::fs::create_dir_all(&dir).expect("a folder");
    let file = |name: &str| dir.join(name).to_str().expect("text").to_owned();
    let (cert, key, log) = (file("cert.pem"), file("key.pem"), file("keylog"));
    let mut make = Command::new("openssl");
    make.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"]);
    make.args(["-keyout", &key, "-out", &cert, "-subj", "/CN=localhost"]);
    make.args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:FALSE"]);
    assert!(make.output().expect("openssl runs").status.success());
    let mut server = Command::new("openssl")
        .args(["s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-www"])
        .args(["-cert", &cert, "-key", &key, "-keylogfile", &log])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl runs");
    let mut lines = BufReader::new(server.stdout.take().expect("its output")).lines();
    let address = lines.find_map(|line| line.ok()?.strip_prefix("ACCEPT ").map(str::to_owned));
    std::thread::spawn(move || lines.for_each(drop));
    let address = address.expect("an address");
    let keylog = file("own-keylog");
    let args =
        ["localhost", "--address", &address, "--ca", &cert, "--json", "-", "--keylog", &keylog];
    let said = connect(&args);
    let _ = server.wait();
    assert!(said.status.success(), "{said:?}");
    let document: Value = serde_json::from_slice(&said.stdout).expect("JSON");
    let connection = &document["connections"][0];
    assert_eq!(document["scenario"], Value::Null);
    assert_eq!(connection["version"], "TLS 1.3");
    assert_eq!(connection["outcome"]["client"], "established", "{}", connection["outcome"]);
    let logged = |file: &str| {
        let text = std::fs::read_to_string(file).expect("a key log");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.map(str::to_lowercase).collect::<std::collections::BTreeSet<String>>()
    };
    assert_eq!(logged(&keylog), logged(&log));
    assert!(!logged(&keylog).is_empty());
    let _ = std::fs::remove_dir_all(&dir);
}
