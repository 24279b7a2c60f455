//! Our endpoints with OpenSSL's, over real sockets on the loopback: the programs of the simulation,
//! with the simulated link exchanged for a socket.

#![cfg(test)]

use handshake_lab::capture::pem;
use handshake_lab::engine::socket::{self, Limits, Talk};
use handshake_lab::engine::{Capabilities, RunError, identity};
use handshake_lab::hex;
use handshake_lab::scenario::{CLOCK, ClientCertificate, Scenario};
use handshake_lab::tls::NamedGroup;
use handshake_lab::trace::{Endpoint, Op, Status};
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longer than any conversation here: one that hangs becomes an error.
const PATIENCE: Duration = Duration::from_secs(60);

/// Our end of a scenario, over sockets.
fn talk(
    scenario: &Scenario,
    who: Endpoint,
    next: impl FnMut(u32) -> io::Result<TcpStream>,
) -> Result<Vec<Talk>, RunError> {
    let limits = Limits { time: PATIENCE, silence: PATIENCE, bytes: usize::MAX };
    socket::talk(scenario.plan(), who, limits, next)
}

/// A program that is ended with the test.
struct Peer(Child);

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Certificates and keys of a scenario's ends, as files.
struct Files {
    dir: PathBuf,
}

impl Files {
    fn of(scenario: &Scenario) -> Files {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        // Test runners differ in whether each test has a process of its own.
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("peers-{}-{count}", std::process::id());
        let dir: PathBuf = [env!("CARGO_TARGET_TMPDIR"), &name].iter().collect();
        std::fs::create_dir_all(&dir).expect("a folder");
        let files = Files { dir };
        for (who, prefix) in [(Endpoint::Server, ""), (Endpoint::Client, "client-")] {
            let identity = identity(scenario, who, &Capabilities::all()).expect("an identity");
            let write = |name: &str, label, der: &[u8]| {
                let file = files.path(&format!("{prefix}{name}.pem"));
                std::fs::write(file, pem::encode(label, der)).expect("a file");
            };
            write("root", "CERTIFICATE", &identity.root);
            write("leaf", "CERTIFICATE", &identity.chain[0]);
            write("intermediate", "CERTIFICATE", &identity.chain[1]);
            write("key", "PRIVATE KEY", &identity.private_key);
        }
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The secrets that OpenSSL logged: label, client random, secret.
    fn logged(&self) -> BTreeSet<String> {
        let log = std::fs::read_to_string(self.path("keylog")).expect("OpenSSL's key log");
        log.lines().filter(|line| !line.starts_with('#')).map(str::to_lowercase).collect()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

fn parsed(text: &str) -> Scenario {
    Scenario::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn openssl(command: &str, files: &Files, args: &[&str]) -> Command {
    let mut openssl = Command::new("openssl");
    openssl.arg(command).arg("-keylogfile").arg(files.path("keylog")).args(args);
    openssl.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    openssl
}

fn option(command: &mut Command, name: &str, file: &Path) {
    command.arg(name).arg(file);
}

/// `openssl s_server` with the server's certificate, chain and key.
fn s_server(files: &Files, args: &[&str]) -> Command {
    let mut server = openssl("s_server", files, args);
    option(&mut server, "-cert", &files.path("leaf.pem"));
    option(&mut server, "-cert_chain", &files.path("intermediate.pem"));
    option(&mut server, "-key", &files.path("key.pem"));
    server
}

fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address)
}

fn accept(listener: &TcpListener) -> io::Result<TcpStream> {
    listener.accept().map(|(stream, _)| stream)
}

/// The one conversation there was.
fn only(talks: Result<Vec<Talk>, RunError>) -> Talk {
    let mut talks = talks.expect("a set-up");
    assert_eq!(talks.len(), 1);
    talks.remove(0)
}

/// The secrets in our record, as [`Files::logged`] has them.
fn recorded(talk: &Talk) -> BTreeSet<String> {
    let line = |op: &Op| match op {
        Op::KeyLog { label, client_random, secret } => {
            let (random, secret) = (hex::encode(client_random), hex::encode(secret));
            Some(format!("{label} {random} {secret}").to_lowercase())
        }
        // OpenSSL's client logs the pre-master secret under the first bytes of what it sends.
        Op::RsaDecrypt { ciphertext, plaintext: Some(secret), .. } => {
            Some(format!("rsa {} {}", hex::encode(&ciphertext[..8]), hex::encode(secret)))
        }
        _ => None,
    };
    talk.connection.events.iter().filter_map(|event| line(&event.op)).collect()
}

fn data_read(talk: &Talk) -> String {
    let data = talk.connection.events.iter().filter_map(|event| match &event.op {
        Op::DataRead { data } => Some(data.as_slice()),
        _ => None,
    });
    String::from_utf8_lossy(&data.collect::<Vec<_>>().concat()).into_owned()
}

/// Asserts that a conversation went well, and that both ends had the same secrets.
fn assert_good(text: &str, talk: &Talk, files: &Files) {
    assert_eq!((talk.end().status, &talk.end().error), (Status::Established, &None), "{text}");
    assert_eq!(recorded(talk), files.logged(), "{text}: secrets");
    assert!(!recorded(talk).is_empty());
}

/// Our client with `openssl s_server`.
fn client_with_s_server(text: &str, args: &[&str]) {
    let scenario = parsed(text);
    let files = Files::of(&scenario);
    let mut server = s_server(&files, args);
    option(&mut server, "-CAfile", &files.path("client-root.pem"));
    let now = CLOCK.to_string();
    server.args(["-accept", "127.0.0.1:0", "-naccept", "1", "-www", "-alpn", "http/1.1"]);
    server.args(["-attime", &now, "-verify_return_error"]);
    let mut server = Peer(server.spawn().expect("openssl runs"));
    let address = accepting(server.0.stdout.take().expect("its output"));
    let talk = only(talk(&scenario, Endpoint::Client, |_| connect(&address)));
    assert!(server.0.wait().is_ok());
    assert_good(text, &talk, &files);
    assert!(data_read(&talk).starts_with("HTTP/1.0 200 ok"), "{text}: {}", data_read(&talk));
}

/// Where the server listens: it says `ACCEPT address:port`.
fn accepting(stdout: ChildStdout) -> String {
    let mut lines = BufReader::new(stdout).lines();
    let line = lines.find_map(|line| line.ok()?.strip_prefix("ACCEPT ").map(str::to_owned));
    // What else it says must not block it.
    std::thread::spawn(move || lines.for_each(drop));
    line.expect("an address")
}

/// Our server with `openssl s_client`. What the client printed.
fn server_with_s_client(text: &str, args: &[&str]) -> String {
    const REQUEST: &str = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
    const RESPONSE_ENDS: &str = "the keys you just agreed on.";
    let scenario = parsed(text);
    let files = Files::of(&scenario);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    let mut client = openssl("s_client", &files, args);
    option(&mut client, "-CAfile", &files.path("root.pem"));
    if scenario.client_certificate != ClientCertificate::None {
        option(&mut client, "-cert", &files.path("client-leaf.pem"));
        option(&mut client, "-cert_chain", &files.path("client-intermediate.pem"));
        option(&mut client, "-key", &files.path("client-key.pem"));
    }
    let now = CLOCK.to_string();
    client.args(["-connect", &address, "-servername", "www.example.com", "-attime", &now]);
    client.args([
        "-verify_hostname",
        "www.example.com",
        "-verify_return_error",
        "-alpn",
        "http/1.1",
    ]);
    let mut client = Peer(client.spawn().expect("openssl runs"));
    let server =
        std::thread::spawn(move || only(talk(&scenario, Endpoint::Server, |_| accept(&listener))));
    let mut stdin = client.0.stdin.take().expect("its input");
    stdin.write_all(REQUEST.as_bytes()).expect("a request");
    let mut output = client.0.stdout.take().expect("its output");
    let mut said = String::new();
    let mut chunk = [0; 4096];
    while !said.contains(RESPONSE_ENDS) {
        match output.read(&mut chunk).expect("what it says") {
            0 => break,
            count => said += &String::from_utf8_lossy(&chunk[..count]),
        }
    }
    drop(stdin); // makes it say close_notify and go
    let _ = output.read_to_end(&mut Vec::new());
    let talk = server.join().expect("no panic");
    assert!(said.contains("HTTP/1.1 200 OK") && said.contains(RESPONSE_ENDS), "{text}: {said}");
    assert!(
        said.contains("Verify return code: 0 (ok)") || said.contains("Verification: OK"),
        "{text}: {said}"
    );
    assert_good(text, &talk, &files);
    assert_eq!(data_read(&talk), REQUEST, "{text}");
    said
}

/// Both ways, with the same arguments for OpenSSL. What its client printed.
fn both_ways(text: &str, args: &[&str]) -> String {
    client_with_s_server(text, args);
    server_with_s_client(text, args)
}

/// Our name of a cipher, and OpenSSL's of the suite with RSA key exchange.
const RSA_SUITES: [(&str, &str); 2] =
    [("aes-128-gcm", "AES128-GCM-SHA256"), ("aes-256-gcm", "AES256-GCM-SHA384")];

/// Our name of a group, OpenSSL's list, and what its client reports. In TLS 1.2 it looks for the curve
/// of an ECDSA certificate in the list as well.
const GROUPS: [(&str, &str, &str); 3] = [
    ("x25519", "X25519:P-256", "Server Temp Key: X25519"),
    ("secp256r1", "P-256", "Server Temp Key: ECDH, prime256v1"),
    ("secp384r1", "P-384:P-256", "Server Temp Key: ECDH, secp384r1"),
];

#[test]
fn teaching_endpoints_exchange_keys_by_rsa_with_openssl() {
    for (suite, cipher) in RSA_SUITES {
        for preset in ["tls12-rsa", "tls12-rsa-no-ems"] {
            let text = format!("{preset}+suite={suite}");
            let said = both_ways(&text, &["-tls1_2", "-cipher", cipher]);
            assert!(said.contains(&format!("Cipher is {cipher}")), "{text}: {said}");
            let extended = format!(
                "Extended master secret: {}",
                if preset == "tls12-rsa" { "yes" } else { "no" }
            );
            assert!(said.contains(&extended), "{text}: {said}");
            assert!(said.contains("Secure Renegotiation IS supported"), "{text}: {said}");
        }
    }
}

#[test]
fn a_teaching_server_lets_a_client_that_knows_tls_1_3_too_settle_on_tls_1_2() {
    let said = server_with_s_client("tls12-rsa", &["-cipher", "AES128-GCM-SHA256"]);
    assert!(said.contains("New, TLSv1.2, Cipher is AES128-GCM-SHA256"), "{said}");
}

/// What OpenSSL calls the suites of TLS 1.2 with ECDHE.
const ECDHE_SUITES: [(&str, &str); 3] = [
    ("aes-128-gcm", "AES128-GCM-SHA256"),
    ("aes-256-gcm", "AES256-GCM-SHA384"),
    ("chacha20-poly1305", "CHACHA20-POLY1305"),
];

/// Every suite and group of TLS 1.2, both ways.
fn every_ecdhe_suite(more: &str, certificates: &[(&str, &str)]) {
    for (suite, cipher) in ECDHE_SUITES {
        for (group, curves, reported) in GROUPS {
            for (certificate, signature) in certificates {
                let text = format!("tls12+suite={suite}+group={group}+cert={certificate}{more}");
                let cipher = format!("ECDHE-{signature}-{cipher}");
                let said = both_ways(&text, &["-tls1_2", "-cipher", &cipher, "-groups", curves]);
                assert!(said.contains(&format!("Cipher is {cipher}")), "{text}: {said}");
                assert!(said.contains(reported), "{text}: {said}");
            }
        }
    }
}

#[test]
fn teaching_endpoints_without_extended_master_secret_agree_on_keys_with_openssl() {
    every_ecdhe_suite("+ems=no", &[("ecdsa-p256", "ECDSA"), ("rsa-2048", "RSA")]);
}

#[test]
fn every_suite_and_group_of_tls_1_2_works_with_openssl() {
    every_ecdhe_suite("", &[("ecdsa-p256", "ECDSA"), ("rsa-2048", "RSA")]);
}

#[test]
fn every_suite_and_group_of_tls_1_3_works_with_openssl() {
    for suite in
        ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]
    {
        for (group, curves, reported) in GROUPS {
            let text = format!("tls13+suite={suite}+group={group}");
            let said = both_ways(&text, &["-tls1_3", "-ciphersuites", suite, "-groups", curves]);
            assert!(said.contains(&format!("Cipher is {suite}")), "{text}: {said}");
            assert!(said.contains(reported), "{text}: {said}");
        }
    }
}

#[test]
fn a_teaching_client_without_a_certificate_says_so_when_it_is_asked() {
    client_with_s_server("tls12-rsa", &["-tls1_2", "-cipher", "AES128-GCM-SHA256", "-verify", "1"]);
}

#[test]
fn client_certificates_are_shown_and_judged_both_ways() {
    for (text, suite) in [
        ("tls12-rsa+client-cert=required", "AES128-GCM-SHA256"),
        ("tls12-rsa-no-ems+client-cert=required", "AES128-GCM-SHA256"),
        ("tls12-mtls+ems=no", "ECDHE-ECDSA-AES128-GCM-SHA256"),
        ("tls12-mtls", "ECDHE-ECDSA-AES128-GCM-SHA256"),
    ] {
        client_with_s_server(text, &["-tls1_2", "-cipher", suite, "-Verify", "3"]);
        server_with_s_client(text, &["-tls1_2", "-cipher", suite]);
    }
}

#[test]
fn a_teaching_client_tells_openssl_why_it_gives_up() {
    let scenario = parsed("tls12-rsa+fault=cert-expired");
    let files = Files::of(&scenario);
    let mut server = s_server(&files, &["-tls1_2", "-cipher", "AES128-GCM-SHA256"]);
    server.args(["-accept", "127.0.0.1:0", "-naccept", "1"]).stderr(Stdio::piped());
    let mut server = Peer(server.spawn().expect("openssl runs"));
    let address = accepting(server.0.stdout.take().expect("its output"));
    let talk = only(talk(&scenario, Endpoint::Client, |_| connect(&address)));
    assert_eq!(talk.end().status, Status::Failed);
    drop(server.0.stdin.take());
    let mut said = String::new();
    server.0.stderr.take().expect("its errors").read_to_string(&mut said).expect("text");
    assert!(said.contains("alert certificate expired"), "{said}");
}

/// What the endpoint read and sent early, or how it was resumed, in our record of its second
/// connection.
fn second(talks: Result<Vec<Talk>, RunError>, text: &str) -> Talk {
    let mut talks = talks.expect("a set-up");
    assert_eq!(talks.len(), 2, "{text}");
    for talk in &talks {
        assert_eq!((talk.end().status, &talk.end().error), (Status::Established, &None), "{text}");
    }
    talks.remove(1)
}

/// Whether no certificate was checked and no signature made: then the session was resumed.
fn was_resumed(talk: &Talk) -> bool {
    !talk
        .connection
        .events
        .iter()
        .any(|event| matches!(event.op, Op::Verify { .. } | Op::Sign { .. }))
}

/// Our client twice with `openssl s_server`. Its second conversation, and what OpenSSL printed.
fn client_twice(text: &str, args: &[&str]) -> (Talk, String) {
    let (talks, said) = client_with_answering_server(text, args);
    (second(talks, text), said)
}

/// Our client with `openssl s_server`, as often as the scenario says; the server answers every
/// request. Our conversations, and what OpenSSL printed.
fn client_with_answering_server(
    text: &str,
    args: &[&str],
) -> (Result<Vec<Talk>, RunError>, String) {
    let scenario = parsed(text);
    let files = Files::of(&scenario);
    let mut server = s_server(&files, args);
    server.args(["-accept", "127.0.0.1:0", "-alpn", "http/1.1"]);
    server.args(["-naccept", &scenario.connections().to_string()]);
    let mut server = Peer(server.spawn().expect("openssl runs"));
    let mut stdin = server.0.stdin.take().expect("its input");
    let mut stdout = BufReader::new(server.0.stdout.take().expect("its output"));
    let mut line = String::new();
    let address = loop {
        line.clear();
        assert_ne!(stdout.read_line(&mut line).expect("what it says"), 0, "an address");
        if let Some(address) = line.trim_end().strip_prefix("ACCEPT ") {
            break address.to_owned();
        }
    };
    // It prints each request, and sends what it reads itself.
    let said = std::thread::spawn(move || {
        let mut said = String::new();
        for line in stdout.lines().map_while(Result::ok) {
            if line.starts_with("GET /") {
                let _ = stdin.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhey\n");
            }
            said += &line;
            said.push('\n');
        }
        said
    });
    let talks = talk(&scenario, Endpoint::Client, |_| connect(&address));
    let _ = server.0.wait();
    (talks, said.join().expect("no panic"))
}

#[test]
fn our_client_resumes_sessions_of_openssl() {
    for (text, args) in [
        ("tls13-resumed", &["-tls1_3"][..]),
        (
            "tls12-session-id",
            &["-tls1_2", "-no_ticket", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"],
        ),
        ("tls12-ticket", &["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"]),
    ] {
        let (talk, said) = client_twice(text, args);
        assert!(was_resumed(&talk), "{text}: {said}");
        assert!(data_read(&talk).contains("200 OK"), "{text}");
        assert!(said.contains("Reused session-id") || said.contains("Reused"), "{text}: {said}");
    }
}

#[test]
fn openssl_takes_the_early_data_of_our_client() {
    let (talk, said) = client_twice("tls13-0rtt", &["-tls1_3", "-early_data"]);
    assert!(was_resumed(&talk), "{said}");
    assert!(said.contains("Early data received"), "{said}");
    let early = talk.connection.events.iter().any(|event| {
        matches!(&event.op, Op::KeyLog { label, .. } if label == "CLIENT_EARLY_TRAFFIC_SECRET")
    });
    assert!(early && data_read(&talk).contains("200 OK"), "{said}");
}

#[test]
fn openssl_without_early_data_makes_our_client_send_its_request_again() {
    let (talk, said) = client_twice("tls13-0rtt-rejected", &["-tls1_3"]);
    assert!(data_read(&talk).contains("200 OK"), "{said}");
}

/// `openssl s_client` twice with our server, the second time with the session of the first.
fn server_twice(text: &str, args: &[&str], second_args: &[&str]) -> (Talk, String) {
    const REQUEST: &str = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
    const RESPONSE_ENDS: &str = "the keys you just agreed on.";
    let scenario = parsed(text);
    let files = Files::of(&scenario);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    let text_owned = text.to_owned();
    let server = std::thread::spawn(move || {
        second(talk(&scenario, Endpoint::Server, |_| accept(&listener)), &text_owned)
    });
    std::fs::write(files.path("request"), REQUEST).expect("a file");
    let mut last = String::new();
    for again in [false, true] {
        let mut client = openssl("s_client", &files, args);
        option(&mut client, "-CAfile", &files.path("root.pem"));
        client.args(["-connect", &address, "-servername", "www.example.com"]);
        client.args(["-attime", &CLOCK.to_string(), "-alpn", "http/1.1"]);
        option(&mut client, if again { "-sess_in" } else { "-sess_out" }, &files.path("session"));
        let early = again && second_args.contains(&"-early_data");
        if again {
            client.args(second_args);
        }
        if early {
            client.arg(files.path("request"));
        }
        let mut client = Peer(client.spawn().expect("openssl runs"));
        let mut stdin = client.0.stdin.take().expect("its input");
        let mut asked = false;
        let mut output = client.0.stdout.take().expect("its output");
        last.clear();
        let mut chunk = [0; 4096];
        while !last.contains(RESPONSE_ENDS) {
            // What is not taken early, it leaves to its user to send again.
            if !asked && (!early || last.contains("Early data was rejected")) {
                stdin.write_all(REQUEST.as_bytes()).expect("a request");
                asked = true;
            }
            match output.read(&mut chunk).expect("what it says") {
                0 => break,
                count => last += &String::from_utf8_lossy(&chunk[..count]),
            }
        }
        drop(stdin);
        let _ = output.read_to_end(&mut Vec::new());
        let _ = client.0.wait();
    }
    (server.join().expect("no panic"), last)
}

#[test]
fn openssl_resumes_sessions_of_our_server() {
    for (text, args) in [
        ("tls13-resumed", &["-tls1_3"][..]),
        ("tls12-session-id", &["-tls1_2"]),
        ("tls12-ticket", &["-tls1_2"]),
    ] {
        let (talk, said) = server_twice(text, args, &[]);
        assert!(was_resumed(&talk), "{text}: {said}");
        assert!(said.contains("Reused, TLSv1."), "{text}: {said}");
        assert!(said.contains("200 OK"), "{text}: {said}");
    }
}

#[test]
fn our_server_takes_the_early_data_of_openssl() {
    let (talk, said) = server_twice("tls13-0rtt", &["-tls1_3"], &["-early_data"]);
    assert!(said.contains("Early data was accepted") && said.contains("200 OK"), "{said}");
    assert!(was_resumed(&talk) && data_read(&talk).starts_with("GET /"), "{said}");
}

#[test]
fn our_server_refuses_early_data_and_answers_what_is_sent_again() {
    let (_, said) = server_twice("tls13-0rtt-rejected", &["-tls1_3"], &["-early_data"]);
    assert!(said.contains("Early data was rejected") && said.contains("200 OK"), "{said}");
}

#[test]
fn a_retried_hello_works_with_openssl_both_ways() {
    let text = "tls13-hrr";
    let (talks, said) = client_with_answering_server(text, &["-tls1_3", "-groups", "P-384"]);
    let talk = only(talks);
    assert_eq!((talk.end().status, &talk.end().error), (Status::Established, &None), "{said}");
    assert!(data_read(&talk).contains("200 OK"), "{said}");
    let said = server_with_s_client(text, &["-tls1_3", "-groups", "X25519:P-384"]);
    assert!(said.contains("Server Temp Key: ECDH, secp384r1"), "{said}");
}

#[test]
fn openssl_follows_our_client_to_new_keys() {
    let (talks, said) = client_with_answering_server("tls13-key-update", &["-tls1_3"]);
    let talk = only(talks);
    assert_eq!((talk.end().status, &talk.end().error), (Status::Established, &None), "{said}");
    assert_eq!(data_read(&talk).matches("200 OK").count(), 2, "{said}");
}

#[test]
fn chromium_agrees_on_a_post_quantum_key_with_our_server() {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".into());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    // It opens as many connections as it likes; each meets a server of its own.
    let conversations = Arc::new(Mutex::new(Vec::new()));
    let kept = conversations.clone();
    std::thread::spawn(move || {
        while let Ok(stream) = accept(&listener) {
            let kept = kept.clone();
            std::thread::spawn(move || {
                let scenario = parsed("tls13-mlkem");
                let stream = || stream.try_clone();
                let talked = only(talk(&scenario, Endpoint::Server, |_| stream()));
                kept.lock().expect("no panic").push(talked);
            });
        }
    });
    let profile: PathBuf = [env!("CARGO_TARGET_TMPDIR"), "chromium"].iter().collect();
    let _ = std::fs::remove_dir_all(&profile);
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        .args(["--no-first-run", "--ignore-certificate-errors", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("https://{address}/"))
        .output()
        .expect("chromium runs");
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(page.contains("the keys you just agreed on."), "{page}");
    let is_get = |talk: &&Talk| data_read(talk).starts_with("GET / HTTP/1.1");
    // The browser may be gone before the server has put down what was said.
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until
        && !conversations.lock().expect("no panic").iter().any(|talk| is_get(&talk))
    {
        std::thread::sleep(Duration::from_millis(10));
    }
    let conversations = conversations.lock().expect("no panic");
    let served = conversations.iter().find(is_get);
    let served = served.expect("a conversation that ended with the request");
    // How it ends is the browser's business: it may go without a word.
    assert!(served.connection.events.iter().any(|event| event.op == Op::HandshakeComplete));
    let agreed = served.connection.events.iter().any(|event| {
        matches!(
            event.op,
            Op::KeyAgreement { group: NamedGroup::X25519MLKEM768, .. } | Op::Encapsulate { .. }
        )
    });
    assert!(agreed, "the group is not X25519MLKEM768");
}
