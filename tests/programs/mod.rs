//! The programs whose words are observed: how each is called, and in which line it says what is wrong.

mod proxy;

use super::clock;
use super::served::Server;
use handshake_lab::tls::ProtocolVersion;
use std::io::{Read, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// A program.
pub struct Program {
    /// What it is called.
    pub name: &'static str,
    /// Whether a test repeats it.
    pub is_quick: bool,
    /// What it can be set to. It is asked about no fault that takes more.
    knows: &'static [Setting],
    /// Its version; `None` if it is not installed.
    pub version: fn() -> Option<String>,
    /// How it asks a server; `None` if it cannot do so.
    command: fn(&Setup<'_>) -> Option<Command>,
    /// Where it says what is wrong, of all that it printed, standard error first.
    error: fn(&str) -> Option<String>,
}

/// What a program can be set to, or meet, beside a name to ask for and a root to trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    /// One version alone.
    Version,
    /// TLS 1.3 and TLS 1.2, and no other version in the list.
    TwoVersions,
    /// No server_name.
    Unnamed,
    /// One protocol by ALPN.
    Protocol,
    /// One cipher suite.
    Suite,
    /// One group.
    Group,
    /// One signature scheme.
    Scheme,
    /// A certificate of its own.
    Certificate,
    /// Revocation lists.
    Lists,
    /// Public keys of the server's.
    Pins,
    /// Another clock than this machine's.
    Clock,
    /// X25519 before other groups, in TLS 1.2 too.
    X25519,
    /// HTTP without TLS.
    Plain,
    /// No look at certificates.
    Unverified,
    /// A time limit of its own.
    Limit,
    /// No answer of TCP's, or one that ends the connection: where it gets to the server itself.
    Direct,
}

use Setting::{
    Certificate, Clock, Direct, Group, Limit, Lists, Pins, Plain, Protocol, Scheme, Suite,
    TwoVersions, Unnamed, Unverified, Version, X25519,
};

/// All but pins: what a script in Node or a class in Java asks its library for.
const ALL_BUT_PINS: &[Setting] = &[
    Version,
    TwoVersions,
    Unnamed,
    Protocol,
    Suite,
    Group,
    Scheme,
    Certificate,
    Lists,
    Clock,
    Plain,
    Unverified,
    Limit,
    Direct,
    X25519,
];

/// The seconds of a time limit.
const LIMIT: &str = "5";

/// What a program is to do.
pub struct Setup<'a> {
    pub server: &'a Server,
    /// The root to trust.
    pub ca: &'a Path,
    /// Its certificates and its key.
    pub client: Option<(PathBuf, PathBuf)>,
    /// The only version to allow.
    pub only: Option<ProtocolVersion>,
    /// Whether it is to offer TLS 1.3 and TLS 1.2, and say so in these words.
    pub has_two_versions: bool,
    /// Whether it sends server_name.
    pub sends_name: bool,
    /// The only protocol to offer by ALPN, and the only cipher suite and group, by their IANA names.
    pub protocol: Option<String>,
    pub suite: Option<String>,
    pub group: Option<String>,
    /// Whether the server's key of X25519 is what somebody looks for.
    pub signs_x25519: bool,
    /// The only signature scheme.
    pub scheme: Option<String>,
    /// The revocation lists to use.
    pub lists: Option<PathBuf>,
    /// The keys to pin, as curl takes them.
    pub pins: Option<String>,
    /// How many days its clock is ahead.
    pub days_ahead: i64,
    /// Whether it asks without TLS.
    pub is_plain: bool,
    /// Whether it looks at certificates.
    pub verifies: bool,
    /// Whether an answer may never come.
    pub waits: bool,
    /// Whether TCP does not answer, or resets.
    pub is_cut_off: bool,
}

impl Setup<'_> {
    /// What it takes.
    fn takes(&self) -> impl Iterator<Item = Setting> {
        let all = [
            (Version, self.only.is_some()),
            (TwoVersions, self.has_two_versions),
            (Unnamed, !self.sends_name),
            (Protocol, self.protocol.is_some()),
            (Suite, self.suite.is_some()),
            (Group, self.group.is_some()),
            (Scheme, self.scheme.is_some()),
            (X25519, self.signs_x25519),
            (Certificate, self.client.is_some()),
            (Lists, self.lists.is_some()),
            (Pins, self.pins.is_some()),
            (Clock, self.days_ahead != 0),
            (Plain, self.is_plain),
            (Unverified, !self.verifies),
            (Limit, self.waits),
            (Direct, self.is_cut_off),
        ];
        all.into_iter().filter(|(_, is_taken)| *is_taken).map(|(setting, _)| setting)
    }

    fn is_13(&self) -> Option<bool> {
        self.only.map(|only| only == ProtocolVersion::TLS1_3)
    }

    fn address(&self) -> String {
        format!("127.0.0.1:{}", self.server.port)
    }

    fn url(&self) -> String {
        let scheme = if self.is_plain { "http" } else { "https" };
        format!("{scheme}://{}:{}/", self.server.name, self.server.port)
    }

    /// Whether the server is asked for by an address, which is no server_name.
    fn is_address(&self) -> bool {
        self.server.name.parse::<IpAddr>().is_ok()
    }

    /// Whether it is to send the name that it asks for.
    fn has_server_name(&self) -> bool {
        self.sends_name && !self.is_address()
    }

    /// Port, name, root, certificate, key, version, protocol, suite, group, `unnamed` where no server_name is to
    /// be sent, scheme, lists, `plain` where TLS is not to be spoken, `unverified` where certificates are not
    /// looked at, and the seconds of a time limit; each empty where there is none.
    fn arguments(&self, versions: [&str; 2]) -> [String; 15] {
        let path = |path: &Path| path.display().to_string();
        let (cert, key) = match &self.client {
            Some((cert, key)) => (path(cert), path(key)),
            None => Default::default(),
        };
        let only = self.is_13().map_or("", |is_13| versions[usize::from(is_13)]);
        let (port, name) = (self.server.port.to_string(), self.server.name.clone());
        let [protocol, suite, group, scheme] =
            [&self.protocol, &self.suite, &self.group, &self.scheme]
                .map(|name| name.clone().unwrap_or_default());
        let word = |is: bool, word: &str| if is { word.to_owned() } else { String::new() };
        let unnamed = word(!self.sends_name, "unnamed");
        let only = only.to_owned();
        let lists = self.lists.as_deref().map(path).unwrap_or_default();
        let plain = word(self.is_plain, "plain");
        let unverified = word(!self.verifies, "unverified");
        let limit = word(self.waits, LIMIT);
        let ca = path(self.ca);
        [
            port, name, ca, cert, key, only, protocol, suite, group, unnamed, scheme, lists, plain,
            unverified, limit,
        ]
    }
}

/// What a program said.
pub struct Said {
    /// Its exit status; -1 where it had to be ended.
    pub exit: i32,
    /// The line that says what is wrong.
    pub error: Option<String>,
}

/// What is asked, and the end of the answer.
const REQUEST: &str = "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
const RESPONSE_ENDS: &str = "the keys you just agreed on.";

/// Longer than any of them takes.
const PATIENCE: Duration = Duration::from_secs(40);

impl Program {
    /// Has it ask a server; `None` if it cannot do so.
    pub fn run(&self, setup: &Setup<'_>) -> Option<Said> {
        setup.takes().all(|setting| self.knows.contains(&setting)).then_some(())?;
        let mut command = (self.command)(setup)?;
        if setup.days_ahead != 0 {
            command = clock::ahead(&format!("{:+}d", setup.days_ahead), &command);
        }
        command.env("LC_ALL", "C").env_remove("SSLKEYLOGFILE");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let mut stdin = child.stdin.take();
        if let Some(stdin) = &mut stdin {
            let _ = stdin.write_all(REQUEST.as_bytes());
        }
        let mut stderr = child.stderr.take().expect("its errors");
        let errors = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let mut stdout = child.stdout.take().expect("its output");
        let (send, chunks) = channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = stdout.read(&mut chunk) {
                let _ = send.send(chunk[..count].to_vec());
            }
        });
        let mut output = Vec::new();
        let mut ended_here = false;
        loop {
            match chunks.recv_timeout(PATIENCE) {
                Ok(chunk) => output.extend(chunk),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    ended_here = true;
                    let _ = child.kill();
                    break;
                }
            }
            if String::from_utf8_lossy(&output).contains(RESPONSE_ENDS) {
                // Some go when there is nothing more to send.
                stdin = None;
            }
        }
        drop(stdin);
        let exit = child.wait().expect("its exit status").code();
        let errors = errors.join().expect("no panic");
        let all = format!("{errors}\n{}", String::from_utf8_lossy(&output));
        Some(Said {
            exit: exit.filter(|_| !ended_here).unwrap_or(-1),
            error: (self.error)(&all).map(|error| generic(&error, setup)),
        })
    }
}

/// An error without what belongs to this one run.
fn generic(error: &str, setup: &Setup<'_>) -> String {
    let dir = setup.ca.parent().map(|dir| dir.display().to_string()).unwrap_or_default();
    let error = without_port(&error.replace(&dir, "DIR"), setup.server.port);
    let error = error.split(' ').collect::<Vec<_>>();
    // Seconds since 1970, and how long something took.
    let is_of_now = |word: &str, next: Option<&&str>| {
        let number = word.trim_start_matches('(');
        let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        let is_unit = |next: &&str| next.starts_with("ms") || next.starts_with("milliseconds");
        is_number && (number.len() > 5 || next.is_some_and(is_unit))
    };
    let words = error.iter().enumerate().map(|(at, word)| match word {
        word if is_of_now(word, error.get(at + 1)) => "N".to_owned(),
        word if is_moment(word) => "TIME".to_owned(),
        word => without_own_port(word),
    });
    let error = words.collect::<Vec<_>>().join(" ");
    // OpenSSL begins with the number of a thread.
    let without = error.split_once(":error:").map(|(before, rest)| {
        let before = before.trim_end_matches(|c: char| c.is_ascii_hexdigit());
        format!("{before}error:{rest}")
    });
    // Bytes of an answer that is no text.
    let error = without.unwrap_or(error);
    let shown = error.trim().chars().map(|c| match c {
        c if c.is_control() => format!("\\x{:02x}", u32::from(c)),
        c => c.to_string(),
    });
    shown.collect()
}

/// An error without the port, which is no port in the middle of a longer number.
fn without_port(error: &str, port: u16) -> String {
    let port = port.to_string();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut shown, mut rest) = (String::new(), error);
    while let Some((before, behind)) = rest.split_once(&port) {
        shown += before;
        let is_whole = !is_digit(shown.chars().next_back()) && !is_digit(behind.chars().next());
        shown += if is_whole { "PORT" } else { &port };
        rest = behind;
    }
    shown + rest
}

#[test]
fn a_port_is_not_found_in_a_longer_number() {
    assert_eq!(
        without_port("127.0.0.1:44321 at 1764432190: port 44321", 44321),
        "127.0.0.1:PORT at 1764432190: port PORT"
    );
}

/// A pair of addresses, `127.0.0.1:54321->127.0.0.1:PORT`, without the port that the client has this time.
fn without_own_port(word: &str) -> String {
    let own = word.split_once("->").and_then(|(own, peer)| Some((own.rsplit_once(':')?.0, peer)));
    own.map_or(word.to_owned(), |(address, peer)| format!("{address}:N->{peer}"))
}

/// Whether this is a moment as RFC 3339 writes it: `2026-01-31T12:00:00Z`.
fn is_moment(word: &str) -> bool {
    word.len() == 20 && word.ends_with('Z') && word.as_bytes().get(10) == Some(&b'T')
}

/// The first line that holds one of these, the first of them that there is.
fn line_with(text: &str, signs: &[&str]) -> Option<String> {
    let find = |sign: &&str| text.lines().find(|line| line.contains(*sign));
    signs.iter().find_map(find).map(str::to_owned)
}

/// What the program prints, its first line.
fn said(command: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(command).args(args).output().ok().filter(|o| o.status.success())?;
    let all = [output.stdout, output.stderr].concat();
    Some(String::from_utf8_lossy(&all).lines().next()?.trim().to_owned())
}

/// So many words of what it prints, from this one on.
fn words(command: &str, args: &[&str], from: usize, count: usize) -> Option<String> {
    let said = said(command, args)?;
    Some(said.split_whitespace().skip(from).take(count).collect::<Vec<_>>().join(" "))
}

const PYTHON: &str = r#"
import http.client, socket, ssl, sys
port, name, ca, cert, key, only, protocol, _, _, _, _, lists, plain, unverified, limit = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
if lists:
    context.load_verify_locations(lists)
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
if unverified:
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
if cert:
    context.load_cert_chain(cert, key)
if only:
    context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, only)
if protocol:
    context.set_alpn_protocols([protocol])
def ask(stream):
    stream.sendall(b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")
    http.client.HTTPResponse(stream).begin()
with socket.create_connection(("127.0.0.1", int(port)), timeout=int(limit or 30)) as tcp:
    if plain:
        ask(tcp)
        sys.exit()
    with context.wrap_socket(tcp, server_hostname=name) as tls:
        ask(tls)
"#;

const NODE: &str = r#"
const [port, name, ca, cert, key, only, protocol, suite, group, unnamed, scheme, lists, plain, unverified, limit] =
  process.argv.slice(1);
const read = (file) => (file ? require("fs").readFileSync(file) : undefined);
const versions = only ? { minVersion: only, maxVersion: only } : {};
const lookup = (_, options, done) =>
  options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
const options = { host: name, port, lookup, agent: false };
if (unnamed) options.servername = "";
if (protocol) options.ALPNProtocols = [protocol];
if (suite) options.ciphers = suite;
if (group) options.ecdhCurve = group;
if (scheme) options.sigalgs = scheme;
if (unverified) options.rejectUnauthorized = false;
if (limit) options.signal = AbortSignal.timeout(limit * 1000);
const files = { ca: read(ca), cert: read(cert), key: read(key) };
if (lists) files.crl = read(lists).toString().split(/(?<=END X509 CRL-----)/).filter((list) => list.trim());
const done = (response) => response.resume().on("end", () => process.exit(0));
require(plain ? "http" : "https").get({ ...options, ...files, ...versions }, done).on("error", (error) => {
  console.error(`Error ${error.code}: ${error.message}`);
  process.exit(1);
});
"#;

const JAVA: &str = r#"
import java.io.*;
import java.net.*;
import java.security.*;
import java.security.cert.*;
import java.util.Collection;
import javax.net.ssl.*;

public class Ask {
    public static void main(String[] a) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null);
        CertificateFactory reader = CertificateFactory.getInstance("X.509");
        roots.setCertificateEntry("ca", reader.generateCertificate(new FileInputStream(a[2])));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        if (a[11].isEmpty()) {
            trust.init(roots);
        } else {
            PKIXBuilderParameters by = new PKIXBuilderParameters(roots, new X509CertSelector());
            Collection<? extends CRL> lists = reader.generateCRLs(new FileInputStream(a[11]));
            by.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            by.setRevocationEnabled(true);
            trust.init(new CertPathTrustManagerParameters(by));
        }
        KeyManager[] keys = null;
        if (!a[3].isEmpty()) {
            char[] password = "changeit".toCharArray();
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(new FileInputStream(a[3]), password);
            KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
            managers.init(own, password);
            keys = managers.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] anybody = { new X509ExtendedTrustManager() {
            public void checkClientTrusted(X509Certificate[] chain, String by) {}
            public void checkServerTrusted(X509Certificate[] chain, String by) {}
            public void checkClientTrusted(X509Certificate[] chain, String by, Socket at) {}
            public void checkServerTrusted(X509Certificate[] chain, String by, Socket at) {}
            public void checkClientTrusted(X509Certificate[] chain, String by, SSLEngine at) {}
            public void checkServerTrusted(X509Certificate[] chain, String by, SSLEngine at) {}
            public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
        } };
        context.init(keys, a[13].isEmpty() ? trust.getTrustManagers() : anybody, null);
        int port = Integer.parseInt(a[0]);
        int limit = a[14].isEmpty() ? 30000 : 1000 * Integer.parseInt(a[14]);
        if (!a[12].isEmpty()) {
            new URL("http://127.0.0.1:" + port + "/").openStream().close();
            System.exit(0);
        }
        Socket tcp = new Socket();
        tcp.connect(new InetSocketAddress("127.0.0.1", port), limit);
        tcp.setSoTimeout(limit);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, a[1], port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!a[5].isEmpty()) parameters.setProtocols(new String[] { a[5] });
        if (!a[6].isEmpty()) parameters.setApplicationProtocols(new String[] { a[6] });
        if (!a[7].isEmpty()) parameters.setCipherSuites(new String[] { a[7] });
        if (!a[9].isEmpty()) parameters.setServerNames(new java.util.ArrayList<>());
        tls.setSSLParameters(parameters);
        tls.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + a[1] + "\r\n\r\n").getBytes());
        // An end without an answer is no error of Java's.
        tls.getInputStream().read();
        System.exit(0);
    }
}
"#;

const GO: &str = r#"
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	port, name, ca, cert, key, only := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6]
	plain, unverified, limit := os.Args[13], os.Args[14], os.Args[15]
	pem, err := os.ReadFile(ca)
	check(err)
	config := &tls.Config{RootCAs: x509.NewCertPool(), InsecureSkipVerify: unverified != ""}
	config.RootCAs.AppendCertsFromPEM(pem)
	if cert != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		check(err)
		config.Certificates = []tls.Certificate{pair}
	}
	if only != "" {
		config.MinVersion = map[string]uint16{"2": tls.VersionTLS12, "3": tls.VersionTLS13}[only]
		config.MaxVersion = config.MinVersion
	}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+port)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config, DialContext: dial}}
	if limit != "" {
		client.Timeout, err = time.ParseDuration(limit + "s")
		check(err)
	}
	scheme := "https://"
	if plain != "" {
		scheme = "http://"
	}
	response, err := client.Get(scheme + name + ":" + port + "/")
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
}
"#;

/// A certificate with its key as Java reads them; `None` if they do not belong together.
fn java_store(cert: &Path, key: &Path) -> Option<PathBuf> {
    let store = cert.with_extension("p12");
    let made = Command::new("openssl")
        .args(["pkcs12", "-export", "-passout", "pass:changeit", "-in"])
        .arg(cert)
        .arg("-inkey")
        .arg(key)
        .arg("-out")
        .arg(&store)
        .output()
        .expect("openssl runs");
    made.status.success().then_some(store)
}

/// The last revocation list of a file, as a file of its own.
fn last_of(lists: &Path) -> PathBuf {
    let file = lists.with_extension("last.pem");
    let text = std::fs::read_to_string(lists).expect("lists");
    let start = text.rfind("-----BEGIN X509 CRL-----").expect("a list");
    std::fs::write(&file, &text[start..]).expect("a file");
    file
}

/// The programs.
pub const PROGRAMS: &[Program] = &[
    Program {
        name: "handshake-lab connect",
        is_quick: true,
        // Its key `group` is the one that it prefers: it offers the others as well.
        knows: &[
            Version,
            TwoVersions,
            Unnamed,
            Protocol,
            Suite,
            Certificate,
            Clock,
            Unverified,
            Direct,
            X25519,
        ],
        version: || words(env!("CARGO_BIN_EXE_handshake-lab"), &["--version"], 1, 1),
        command: |setup| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_handshake-lab"));
            command.arg("connect").arg(format!("{}:{}", setup.server.name, setup.server.port));
            command.args(["--address", &setup.address(), "--ca"]).arg(setup.ca);
            if let Some((cert, key)) = &setup.client {
                command.arg("--cert").arg(cert).arg("--key").arg(key);
            }
            if let Some(is_13) = setup.is_13() {
                command.args(["--set", if is_13 { "version=1.3" } else { "version=1.2" }]);
            }
            for (key, value) in [("alpn", &setup.protocol), ("suite", &setup.suite)] {
                command.args(
                    value.iter().flat_map(|value| ["--set".into(), format!("{key}={value}")]),
                );
            }
            command.args(["--json", "-"]);
            command.args((!setup.sends_name).then_some("--no-sni"));
            command.args((!setup.verifies).then_some("--insecure"));
            Some(command)
        },
        error: |text| {
            let line = line_with(text, &["handshake-lab: cannot", "\"client_error\": \""])?;
            let (_, error) = line.trim().trim_end_matches(',').split_once(": ")?;
            Some(serde_json::from_str(error).unwrap_or_else(|_| error.to_owned()))
        },
    },
    Program {
        name: "openssl s_client",
        is_quick: true,
        knows: &[
            Version,
            TwoVersions,
            Unnamed,
            Protocol,
            Suite,
            Group,
            Scheme,
            Certificate,
            Lists,
            Clock,
            Unverified,
            Direct,
            X25519,
        ],
        version: || words("openssl", &["version"], 1, 1),
        command: |setup| {
            let mut command = Command::new("openssl");
            command.args(["s_client", "-connect", &setup.address()]);
            // Without it, it says what is wrong and goes on.
            command.args(setup.verifies.then_some("-verify_return_error"));
            if setup.has_two_versions {
                command.args(["-min_protocol", "TLSv1.2"]);
            }
            let by = if setup.is_address() { "-verify_ip" } else { "-verify_hostname" };
            command.args([by, &setup.server.name]);
            if setup.has_server_name() {
                command.args(["-servername", &setup.server.name]);
            } else {
                command.arg("-noservername");
            }
            for (option, value) in [
                ("-alpn", &setup.protocol),
                ("-ciphersuites", &setup.suite),
                ("-groups", &setup.group),
                ("-sigalgs", &setup.scheme),
            ] {
                command.args(value.iter().flat_map(|value| [option, value]));
            }
            command.arg("-CAfile").arg(setup.ca);
            if let Some((cert, key)) = &setup.client {
                command.arg("-cert").arg(cert).arg("-cert_chain").arg(cert).arg("-key").arg(key);
            }
            command.args(setup.is_13().map(|is_13| if is_13 { "-tls1_3" } else { "-tls1_2" }));
            // It reads one list of a file: that of the issuer stands last.
            if let Some(lists) = &setup.lists {
                command.args(["-crl_check", "-CRL"]).arg(last_of(lists));
            }
            Some(command)
        },
        error: |text| {
            line_with(text, &["verify error:", ":error:", "Error: ", "unable to", ":errno=104"])
        },
    },
    Program {
        name: "curl",
        is_quick: true,
        knows: &[
            Version,
            TwoVersions,
            Suite,
            Group,
            Certificate,
            Lists,
            Pins,
            Clock,
            Plain,
            Unverified,
            Limit,
            Direct,
            X25519,
        ],
        version: || {
            let said = words("curl", &["--version"], 1, 4)?;
            let (own, library) = (said.split(' ').next()?, said.split(' ').next_back()?);
            Some(format!("{own} {library}"))
        },
        command: |setup| {
            let mut command = Command::new("curl");
            let limit = if setup.waits { LIMIT } else { "30" };
            command.args(["--silent", "--show-error", "--max-time", limit, "--cacert"]);
            command.arg(setup.ca).arg("--connect-to").arg(format!("::{}", setup.address()));
            command.args((!setup.verifies).then_some("--insecure"));
            if let Some(lists) = &setup.lists {
                command.arg("--crlfile").arg(lists);
            }
            for (option, value) in [
                ("--tls13-ciphers", &setup.suite),
                ("--curves", &setup.group),
                ("--pinnedpubkey", &setup.pins),
            ] {
                command.args(value.iter().flat_map(|value| [option, value]));
            }
            if let Some((cert, key)) = &setup.client {
                command.arg("--cert").arg(cert).arg("--key").arg(key);
            }
            match setup.is_13() {
                Some(true) => command.arg("--tlsv1.3"),
                Some(false) => command.args(["--tls-max", "1.2"]),
                None => command.args(setup.has_two_versions.then_some("--tlsv1.2")),
            };
            command.arg(setup.url());
            Some(command)
        },
        error: |text| line_with(text, &["curl: ("]),
    },
    Program {
        name: "python3 ssl",
        is_quick: true,
        // Without server_name it does not look at the name.
        knows: &[
            Version,
            TwoVersions,
            Protocol,
            Certificate,
            Lists,
            Clock,
            Plain,
            Unverified,
            Limit,
            Direct,
            X25519,
        ],
        version: || {
            let ask =
                "import ssl, sys; print(sys.version.split()[0], ssl.OPENSSL_VERSION.split()[1])";
            words("python3", &["-c", ask], 0, 2)
        },
        command: |setup| {
            let mut command = Command::new("python3");
            command.args(["-c", PYTHON]).args(setup.arguments(["TLSv1_2", "TLSv1_3"]));
            Some(command)
        },
        // The last line of the traceback.
        error: |text| {
            let signs = ["Error: ", "Error(", "http.client."];
            let is_error = |line: &&str| signs.iter().any(|sign| line.contains(sign));
            text.lines().rev().find(is_error).map(str::to_owned)
        },
    },
    Program {
        name: "node",
        is_quick: true,
        knows: ALL_BUT_PINS,
        version: || {
            let ask = "console.log(process.version, process.versions.openssl)";
            words("node", &["-e", ask], 0, 2)
        },
        command: |setup| {
            let mut command = Command::new("node");
            command.args(["-e", NODE, "--"]).args(setup.arguments(["TLSv1.2", "TLSv1.3"]));
            Some(command)
        },
        error: |text| line_with(text, &["Error ", "Error: "]),
    },
    Program {
        name: "java",
        is_quick: false,
        knows: ALL_BUT_PINS,
        version: || words("java", &["-version"], 2, 1).map(|version| version.replace('"', "")),
        command: |setup| {
            let classes = setup.ca.with_file_name("classes");
            if !classes.exists() {
                let source = setup.ca.with_file_name("Ask.java");
                std::fs::write(&source, JAVA).expect("a file");
                let mut compiler = Command::new("javac");
                let built = compiler.arg("-d").arg(&classes).arg(&source).output();
                let built = built.expect("javac runs");
                assert!(built.status.success(), "{built:?}");
            }
            let mut arguments = setup.arguments(["TLSv1.2", "TLSv1.3"]);
            if let Some((cert, key)) = &setup.client {
                arguments[3] = java_store(cert, key)?.display().to_string();
            }
            let mut command = Command::new("java");
            command.args(setup.group.iter().map(|group| format!("-Djdk.tls.namedGroups={group}")));
            let schemes = setup.scheme.iter();
            command.args(schemes.map(|one| format!("-Djdk.tls.client.SignatureSchemes={one}")));
            command.arg("-cp").arg(classes).arg("Ask").args(arguments);
            Some(command)
        },
        error: |text| {
            let line = line_with(text, &["Exception in thread \"main\" "])?;
            let line = line.replacen("Exception in thread \"main\" ", "", 1);
            let Some((before, rest)) = line.split_once("revocation date: ") else {
                return Some(line);
            };
            let (_, rest) = rest.split_once(',')?;
            Some(format!("{before}revocation date: TIME,{rest}"))
        },
    },
    Program {
        name: "go crypto/tls",
        is_quick: false,
        // It asks the system for the time past any library that could say another.
        knows: &[Version, TwoVersions, Certificate, Plain, Unverified, Limit, Direct, X25519],
        version: || words("go", &["version"], 2, 1),
        command: |setup| {
            let source = setup.ca.with_file_name("ask.go");
            let program = source.with_extension("");
            if !program.exists() {
                std::fs::write(&source, GO).expect("a file");
                let mut build = Command::new("go");
                build.args(["build", "-o"]).arg(&program).arg(&source);
                let built = build.output().expect("go runs");
                assert!(built.status.success(), "{built:?}");
            }
            let mut command = Command::new(program);
            command.args(setup.arguments(["2", "3"]));
            Some(command)
        },
        error: |text| text.lines().find(|line| !line.is_empty()).map(str::to_owned),
    },
    Program {
        name: "gnutls-cli",
        is_quick: false,
        // It reads no key without its public half, and has nothing to say about the fault then. Of a revocation
        // list it says nothing in words.
        knows: &[Version, TwoVersions, Unnamed, Protocol, Scheme, Clock, Unverified, Direct],
        version: || words("gnutls-cli", &["--version"], 1, 1),
        command: |setup| {
            let mut command = Command::new("gnutls-cli");
            if setup.has_server_name() {
                command.args(["--sni-hostname", &setup.server.name]);
            } else {
                command.arg("--disable-sni");
            }
            let protocols = setup.protocol.iter();
            command.args(protocols.map(|protocol| format!("--alpn={protocol}")));
            command.args(["--verify-hostname", &setup.server.name]);
            command.args(["--port", &setup.server.port.to_string(), "--x509cafile"]).arg(setup.ca);
            command.args(setup.is_13().map(|is_13| {
                format!("--priority=NORMAL:-VERS-ALL:+VERS-TLS1.{}", if is_13 { 3 } else { 2 })
            }));
            if setup.has_two_versions {
                command.arg("--priority=NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2");
            }
            command.args(setup.scheme.iter().map(|scheme| {
                format!("--priority=NORMAL:-SIGN-ALL:+SIGN-EDDSA-{}", scheme.to_uppercase())
            }));
            command.args((!setup.verifies).then_some("--insecure"));
            command.arg("127.0.0.1");
            Some(command)
        },
        error: |text| {
            line_with(
                text,
                &[
                    "- Status: The certificate is NOT",
                    "*** Fatal error",
                    "*** ",
                    "Could not connect",
                ],
            )
        },
    },
    Program {
        name: "wget",
        is_quick: false,
        // It has no key for the reason that GnuTLS has none, and gets to a server by a proxy.
        knows: &[Version, Lists, Pins, Clock, Unverified, Limit],
        version: || words("wget", &["--version"], 2, 1),
        // It takes an address for a name from a proxy alone.
        command: |setup| {
            let mut command = Command::new("wget");
            command.arg(format!("--timeout={}", if setup.waits { LIMIT } else { "30" }));
            command.args(["--tries=1", "-O", "/dev/null", "-e", "use_proxy=yes", "-e"]);
            command.arg(format!("https_proxy=127.0.0.1:{}", proxy::start()));
            command.arg(format!("--ca-certificate={}", setup.ca.display()));
            command.args(
                setup
                    .is_13()
                    .map(|is_13| format!("--secure-protocol=TLSv1_{}", if is_13 { 3 } else { 2 })),
            );
            command.args(setup.lists.iter().map(|file| format!("--crl-file={}", file.display())));
            command.args(setup.pins.iter().map(|pins| format!("--pinnedpubkey={pins}")));
            command.args((!setup.verifies).then_some("--no-check-certificate"));
            command.arg(setup.url());
            Some(command)
        },
        // It has a line for each thing that it finds wrong.
        error: |text| {
            let is_error = |line: &&str| {
                line.starts_with("ERROR: ") || line.contains("does not match hostname")
            };
            let errors: Vec<&str> = text.lines().filter(is_error).collect();
            match errors.as_slice() {
                [] => {
                    let signs = [
                        "GnuTLS: ",
                        "OpenSSL: ",
                        "public key does not match",
                        "Unable to establish",
                        "Read error",
                        "No data",
                        "WARNING: The certificate",
                    ];
                    // How far it is with the request stands before it in the same line.
                    let line = line_with(text, &signs)?;
                    Some(line.find("Read error").map_or(line.clone(), |at| line[at..].to_owned()))
                }
                errors => Some(errors.join(" ")),
            }
        },
    },
    Program {
        name: "chromium",
        is_quick: false,
        // It takes its own choice of versions, protocols and certificates.
        knows: &[Plain, Unverified, Direct, X25519],
        // certutil makes the store of roots that it trusts, and playwright starts it.
        version: || {
            Command::new("certutil").arg("-H").output().ok()?;
            Path::new(PLAYWRIGHT).exists().then_some(())?;
            words("chromium", &["--version"], 1, 1)
        },
        command: |setup| {
            let mut command = Command::new("node");
            let verifies = if setup.verifies { "verified" } else { "unverified" };
            command.args(["-e", CHROMIUM, "--", PLAYWRIGHT, &setup.url(), verifies]);
            command.env("HOME", browser_home(setup.ca));
            Some(command)
        },
        error: |text| {
            let line = line_with(text, &["net::ERR_"])?;
            let error = line.split_once("net::")?.1.split_once(' ')?.0;
            Some(error.to_owned())
        },
    },
];

/// Where the program is that starts a browser.
const PLAYWRIGHT: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/node_modules/playwright-core");

const CHROMIUM: &str = r#"
const [playwright, url, verifies] = process.argv.slice(1);
(async () => {
  const args = ["--no-sandbox", "--host-resolver-rules=MAP * 127.0.0.1"];
  const { chromium } = require(playwright);
  const found = require("child_process").execSync("command -v chromium", { encoding: "utf8" });
  const browser = await chromium.launch({ executablePath: found.trim(), args });
  const page = await browser.newPage({ ignoreHTTPSErrors: verifies === "unverified" });
  let exit = 0;
  await page.goto(url).catch((error) => {
    console.error(error.message.split("\n")[0]);
    exit = 1;
  });
  await browser.close();
  process.exit(exit);
})();
"#;

/// A home whose store of certificates trusts this root, and no other of our own.
fn browser_home(ca: &Path) -> PathBuf {
    let home = ca.with_file_name("home");
    let store = home.join(".pki/nssdb");
    if !store.exists() {
        std::fs::create_dir_all(&store).expect("a folder");
        let store = format!("sql:{}", store.display());
        let certutil = |args: &[&str]| {
            let mut command = Command::new("certutil");
            let made = command.args(["-d", &store]).args(args).output().expect("certutil runs");
            assert!(made.status.success(), "{made:?}");
        };
        certutil(&["-N", "--empty-password"]);
        certutil(&["-A", "-t", "C,,", "-n", "ca", "-i", ca.to_str().expect("text")]);
    }
    home
}
