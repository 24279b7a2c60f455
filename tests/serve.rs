//! `handshake-lab serve`, with real clients, and with such as mean no good.

#![cfg(test)]

mod clock;
mod connected;
mod observed;
mod programs;
mod refused;
mod served;

use handshake_lab::engine::socket::{Cut, Limits, SocketEnd};
use handshake_lab::faults::FAULTS;
use handshake_lab::observed::why_unasked;
use handshake_lab::plan::{PacketRule, Which};
use handshake_lab::scenario::Scenario;
use handshake_lab::trace::{Endpoint, Status};
use serde_json::Value;
use served::Served;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Memory that the program may have at most, in KB.
const MOST_KB: u64 = 512 * 1024;

fn curl(served: &Served, fault: &str) -> Output {
    let server = served.server(fault);
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--max-time", "60", "--cacert"]).arg(served.ca());
    curl.arg("--connect-to").arg(format!("::127.0.0.1:{}", server.port));
    curl.arg(format!("https://{}:{}/", server.name, server.port)).output().expect("curl runs")
}

fn s_client(served: &Served, fault: &str) -> Output {
    let server = served.server(fault);
    let mut openssl = Command::new("openssl");
    openssl.args(["s_client", "-verify_return_error", "-servername", &server.name]);
    openssl.args(["-verify_hostname", &server.name, "-connect"]);
    openssl.arg(format!("127.0.0.1:{}", server.port)).arg("-CAfile").arg(served.ca());
    openssl.stdin(Stdio::null()).output().expect("openssl runs")
}

#[test]
fn a_sound_server_is_taken_by_curl_and_openssl() {
    let served = Served::start(&["tls13"]);
    let said = curl(&served, "tls13");
    assert!(
        String::from_utf8_lossy(&said.stdout).contains("the keys you just agreed on."),
        "{said:?}"
    );
    let said = s_client(&served, "tls13");
    let text = String::from_utf8_lossy(&said.stdout);
    assert!(said.status.success() && text.contains("Verify return code: 0 (ok)"), "{text}");
}

#[test]
fn an_expired_certificate_is_expired_today() {
    let served = Served::start(&["cert-expired"]);
    let said = s_client(&served, "cert-expired");
    assert!(String::from_utf8_lossy(&said.stderr).contains("certificate has expired"), "{said:?}");
    let said = curl(&served, "cert-expired");
    assert!(String::from_utf8_lossy(&said.stderr).contains("certificate has expired"), "{said:?}");
    let lines = served.lines(2);
    for line in &lines {
        assert!(line.contains("www.example.com, TLS 1.3 TLS 1.2"), "{line}");
        assert!(line.contains("the client noticed"), "{line}");
        assert!(line.contains("alert certificate_expired from the client"), "{line}");
    }
}

#[test]
fn what_a_server_alone_cannot_show_says_so_and_how_to_see_it() {
    for (fault, why) in [("heavy-loss", "single packets"), ("upstream-cert-expired", "a gateway")] {
        let said =
            Command::new(env!("CARGO_BIN_EXE_handshake-lab")).args(["serve", fault]).output();
        let said = said.expect("it runs");
        let text = String::from_utf8_lossy(&said.stderr);
        assert_eq!(said.status.code(), Some(1), "{text}");
        assert!(text.contains(why) && text.contains(&format!("run {fault}")), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}

#[test]
fn the_run_that_is_advised_has_the_keys_that_were_given() {
    let mut lab = Command::new(env!("CARGO_BIN_EXE_handshake-lab"));
    let said = lab.args(["serve", "tls13", "--set", "loss=0.1"]).output().expect("it runs");
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(text.contains("`handshake-lab run tls13 --set loss=0.1`"), "{text}");
}

#[test]
fn the_page_has_the_addresses_that_it_really_listens_on() {
    for (listen, host) in [("127.0.0.2", "127.0.0.2"), ("::1", "[::1]")] {
        let served = Served::start(&["ip-not-in-san", "--listen", listen]);
        let page = served.index("/");
        let port = served.servers[0].port;
        assert!(page.contains(&format!("--connect-to ::{host}:{port} https://")), "{page}");
        // The client of this fault asks for the server's address.
        assert!(page.contains(&format!("https://{host}:{port}/")), "{page}");
    }
}

#[test]
fn only_this_machine_is_served_on_both_its_addresses_and_a_wider_reach_is_warned_about() {
    let served = Served::start(&["tls13"]);
    for address in ["127.0.0.1", "::1"] {
        let stream = TcpStream::connect((address, served.server("tls13").port));
        assert!(stream.is_ok(), "{address}: {stream:?}");
    }
    // An address of documents (RFC 5737), which this machine has not: the warning comes before the attempt.
    let mut lab = Command::new(env!("CARGO_BIN_EXE_handshake-lab"));
    let said = lab.args(["serve", "tls13", "--listen", "192.0.2.1"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&said.stderr);
    assert!(said.contains("warning: 192.0.2.1 may be reached by others"), "{said}");
    assert!(said.contains("cannot listen at port"), "{said}");
}

#[test]
fn connections_are_kept_as_json_and_as_a_capture_that_tshark_decrypts() {
    let file = |name: &str| -> PathBuf {
        [env!("CARGO_TARGET_TMPDIR"), &format!("served-{}-{name}", std::process::id())]
            .iter()
            .collect()
    };
    let (json, pcapng) = (file("log.json"), file("log.pcapng"));
    let served = Served::start(&[
        "tls13",
        "--json",
        json.to_str().expect("text"),
        "--pcapng",
        pcapng.to_str().expect("text"),
    ]);
    for _ in 0..2 {
        assert!(curl(&served, "tls13").status.success());
    }
    served.lines(2);
    drop(served);
    let text = std::fs::read_to_string(&json).expect("a log");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert_eq!(line["served"], "tls13");
        assert_eq!(line["status"], "established", "{line}");
        assert_eq!(line["client_hello"]["server_name"], "www.example.com");
        assert_eq!(line["noticed_by"], Value::Null);
    }
    let mut tshark = Command::new("tshark");
    tshark.arg("-r").arg(&pcapng).args(["-d", "tcp.port==1-65535,tls", "-T", "fields"]);
    let seen =
        tshark.args(["-Y", "http.request", "-e", "http.host"]).output().expect("tshark runs");
    let hosts = String::from_utf8_lossy(&seen.stdout).into_owned();
    assert_eq!(hosts.matches("www.example.com").count(), 2, "{seen:?}");
    for file in [json, pcapng] {
        let _ = std::fs::remove_file(file);
    }
}

#[test]
fn all_faults_are_served_or_said_not_to_be() {
    let served = Served::start(&["--all"]);
    let page = served.index("/");
    for fault in FAULTS {
        let is_served = served.servers.iter().any(|server| server.fault == fault.id);
        let is_excused = page.contains(&format!("<li>{}: ", fault.id));
        assert!(is_served != is_excused, "{}", fault.id);
        // What can be served, programs were asked about.
        assert!(is_excused == why_unasked(fault).is_some(), "{}", fault.id);
    }
    assert!(served.servers.len() > FAULTS.len() / 2);
    // One root for all of them.
    let ca = std::fs::read_to_string(served.ca()).expect("the root");
    assert_eq!(ca.matches("BEGIN CERTIFICATE").count(), 1);
    // Each of them speaks: what OpenSSL makes of it is another test's.
    for server in &served.servers {
        let address = SocketAddr::from(([127, 0, 0, 1], server.port));
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(1));
        assert_eq!(stream.is_ok(), answers(&server.fault), "{}", server.fault);
        let Ok(mut stream) = stream else { continue };
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("a request");
        let mut answer = [0];
        assert_eq!(stream.read(&mut answer).expect("an answer"), 1, "{}", server.fault);
    }
}

#[test]
fn a_client_may_show_what_the_fault_of_its_certificate_is_about() {
    let served = Served::start(&["client-cert-expired"]);
    let server = served.server("client-cert-expired");
    let (cert, key) = (
        served.download("/client-cert-expired/client.pem"),
        served.download("/client-cert-expired/client-key.pem"),
    );
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--cacert"]).arg(served.ca());
    curl.arg("--cert").arg(cert).arg("--key").arg(key);
    curl.arg("--connect-to").arg(format!("::127.0.0.1:{}", server.port));
    let said =
        curl.arg(format!("https://{}:{}/", server.name, server.port)).output().expect("curl");
    assert!(String::from_utf8_lossy(&said.stderr).contains("certificate expired"), "{said:?}");
    let lines = served.lines(1);
    assert!(lines[0].contains("the server noticed"), "{}", lines[0]);
}

/// Whether TCP answers at the port of this fault.
fn answers(fault: &str) -> bool {
    let plan = Scenario::parse(fault).expect("a fault").plan();
    let is_silence = |rule: &PacketRule| rule.which == Which::Every;
    plan.server.listens && !plan.path.packets.iter().any(is_silence)
}

/// A client of ours for the server at this port.
fn own_client(port: u16) -> Status {
    let mut plan = Scenario::default().plan();
    // The root that is really trusted is another one; here it is about the server's strength.
    plan.client.trust.verification = handshake_lab::plan::Verification::Off;
    let client = SocketEnd::new(plan, Endpoint::Client).expect("a client");
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    let limits = Limits { time: PATIENCE, silence: PATIENCE, bytes: usize::MAX };
    client.talk(0, 7, stream, limits).expect("a talk").end().status
}

#[test]
fn garbage_single_bytes_and_silence_do_not_keep_others_from_being_served() {
    let mut served = Served::start(&["tls13"]);
    let port = served.server("tls13").port;
    let connect = || TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    // Some say nothing, some half of a ClientHello's header, and stay.
    let mut open: Vec<TcpStream> = (0..60).map(|_| connect()).collect();
    for stream in open.iter_mut().step_by(2) {
        stream.write_all(&[22, 3, 1, 2]).expect("bytes");
    }
    // Some close their direction, some go at once.
    for half in [true, false] {
        let stream = connect();
        if half {
            stream.shutdown(std::net::Shutdown::Write).expect("a half-close");
            open.push(stream);
        }
    }
    // Garbage of every first byte.
    for first in 0..=255u8 {
        let mut stream = connect();
        let _ = stream.write_all(&garbage(first));
    }
    // A record of a length that no record has, and one that never ends.
    for header in [[22, 3, 1, 255, 255], [23, 3, 3, 64, 1]] {
        let mut stream = connect();
        let _ = stream.write_all(&header);
        let _ = stream.write_all(&vec![0; 70_000]);
        open.push(stream);
    }
    // A real ClientHello, byte by byte.
    assert_eq!(drip(port), Some(22));
    assert_eq!(own_client(port), Status::Established);
    assert!(curl(&served, "tls13").status.success());
    drop(open);
    holds_out(&mut served);
}

/// Bytes that are no TLS, unless the first makes them look so.
fn garbage(first: u8) -> Vec<u8> {
    (0..300u32).map(|at| first.wrapping_add((at * 7) as u8)).collect()
}

/// No thread panicked, and memory is bounded: as much as 256 connections may take.
fn holds_out(served: &mut Served) {
    let peak = served.peak_kb();
    println!("peak of memory: {peak} KB");
    assert!(peak < MOST_KB, "{peak} KB");
    let warned = served.end();
    assert!(!warned.iter().any(|line| line.contains("panicked")), "{warned:?}");
}

/// Sends a ClientHello of ours byte by byte, and gives the type of the record that comes back.
fn drip(port: u16) -> Option<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let end = SocketEnd::new(Scenario::default().plan(), Endpoint::Client).expect("a client");
        let stream = TcpStream::connect(address).expect("a connection");
        let limits = Limits { time: PATIENCE, silence: PATIENCE, bytes: usize::MAX };
        let _ = end.talk(0, 7, stream, limits);
    });
    let (mut client, _) = listener.accept().expect("a client");
    let mut hello = [0; 4096];
    let count = client.read(&mut hello).expect("a ClientHello");
    let mut server = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    server.set_nodelay(true).expect("an option");
    server.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    // Some have heard enough before the end.
    let _ = hello[..count].iter().try_for_each(|byte| server.write_all(&[*byte]));
    let mut first = [0];
    server.read_exact(&mut first).ok().map(|()| first[0])
}

#[test]
fn two_hundred_clients_at_once_are_all_served() {
    let mut served = Served::start(&["tls13"]);
    let port = served.server("tls13").port;
    let clients: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..200).map(|_| scope.spawn(move || own_client(port))).collect();
        all.into_iter().map(|client| client.join().expect("no panic")).collect()
    });
    assert!(clients.iter().all(|status| *status == Status::Established), "{clients:?}");
    assert_eq!(served.lines(200).len(), 200);
    holds_out(&mut served);
}

#[test]
fn all_faults_at_once_bear_two_hundred_clients_garbage_and_silence() {
    let mut served = Served::start(&["--all"]);
    // Where somebody keeps the request, its client waits for as long as the server does.
    let keeps = |fault: &str| ["dropped-record", "reordered-records"].contains(&fault);
    let servers: Vec<_> = served.servers.iter().filter(|server| answers(&server.fault)).collect();
    let ports: Vec<u16> =
        servers.iter().filter(|server| !keeps(&server.fault)).map(|server| server.port).collect();
    // Which take a client that is alone and does not look at certificates.
    let takes = |port: u16| own_client(port) == Status::Established;
    let alone: Vec<bool> = ports.iter().map(|port| takes(*port)).collect();
    assert!(alone.contains(&true) && alone.contains(&false), "{alone:?}");
    // At each there is one that says nothing and stays, one that stops in a header, one with garbage, and one that sends
    // byte by byte.
    let mut open = Vec::new();
    for (first, server) in (0..).zip(&servers) {
        for bytes in [vec![], vec![22, 3, 1, 2], garbage(first)] {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
            let _ = stream.write_all(&bytes);
            open.push(stream);
        }
        let port = server.port;
        std::thread::spawn(move || drip(port));
    }
    let many = || ports.iter().zip(&alone).cycle().take(200);
    let at_once: Vec<bool> = std::thread::scope(|scope| {
        let all: Vec<_> = many().map(|(port, _)| scope.spawn(|| takes(*port))).collect();
        all.into_iter().map(|client| client.join().expect("no panic")).collect()
    });
    let wrong: Vec<u16> = many()
        .zip(&at_once)
        .filter(|((_, alone), now)| alone != now)
        .map(|((port, _), _)| *port)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    println!("{} clients at {} servers", at_once.len(), ports.len());
    drop(open);
    holds_out(&mut served);
}

/// Our server under these limits, with a client that does this; why it was cut off.
fn cut(limits: Limits, client: impl FnOnce(TcpStream) + Send + 'static) -> (Option<Cut>, Status) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let client = std::thread::spawn(move || {
        client(TcpStream::connect(address).expect("a connection"));
    });
    let server = SocketEnd::new(Scenario::default().plan(), Endpoint::Server).expect("a server");
    let (stream, _) = listener.accept().expect("a client");
    let talk = server.talk(0, 7, stream, limits).expect("a talk");
    client.join().expect("no panic");
    (talk.cut, talk.end().status)
}

#[test]
fn a_connection_is_cut_off_at_each_of_its_limits() {
    let wide = Limits { time: PATIENCE, silence: PATIENCE, bytes: usize::MAX };
    let wait = |mut stream: TcpStream| {
        let _ = stream.read(&mut [0]);
    };
    let short = Duration::from_millis(200);
    let silent = Limits { silence: short, ..wide };
    assert_eq!(cut(silent, wait), (Some(Cut::Silence(short)), Status::Incomplete));
    let brief = Limits { time: short, ..wide };
    assert_eq!(cut(brief, wait), (Some(Cut::Time(short)), Status::Incomplete));
    let few = Limits { bytes: 1000, ..wide };
    let flood = |mut stream: TcpStream| {
        // A record that is allowed, and is waited for.
        let _ = stream.write_all(&[22, 3, 1, 64, 0]);
        let _ = stream.write_all(&[0; 2000]);
        let _ = stream.read(&mut [0]);
    };
    assert_eq!(cut(few, flood), (Some(Cut::Bytes(1000)), Status::Incomplete));
}
