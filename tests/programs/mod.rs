//! The programs whose words are observed: how each is called, and in which line it says what is wrong.

mod proxy;

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
    /// Its version; `None` if it is not installed.
    pub version: fn() -> Option<String>,
    /// How it asks a server; `None` if it cannot do so.
    command: fn(&Setup<'_>) -> Option<Command>,
    /// Where it says what is wrong, of all that it printed, standard error first.
    error: fn(&str) -> Option<String>,
}

/// What a program is to do.
pub struct Setup<'a> {
    pub server: &'a Server,
    /// The root to trust.
    pub ca: &'a Path,
    /// Its certificates and its key.
    pub client: Option<(PathBuf, PathBuf)>,
    /// The only version to allow.
    pub only: Option<ProtocolVersion>,
    /// Whether it sends server_name.
    pub sends_name: bool,
    /// Whether the server listens.
    pub listens: bool,
    /// The only protocol to offer by ALPN, and the only cipher suite and group, by their IANA names.
    pub protocol: Option<String>,
    pub suite: Option<String>,
    pub group: Option<String>,
}

impl Setup<'_> {
    fn is_13(&self) -> Option<bool> {
        self.only.map(|only| only == ProtocolVersion::TLS1_3)
    }

    fn address(&self) -> String {
        format!("127.0.0.1:{}", self.server.port)
    }

    fn url(&self) -> String {
        format!("https://{}:{}/", self.server.name, self.server.port)
    }

    /// Whether the server is asked for by an address, which is no server_name.
    fn is_address(&self) -> bool {
        self.server.name.parse::<IpAddr>().is_ok()
    }

    /// Whether it is to send the name that it asks for.
    fn has_server_name(&self) -> bool {
        self.sends_name && !self.is_address()
    }

    /// `None` where it takes a client that does without server_name, or offers one protocol alone.
    fn is_usual(&self) -> Option<()> {
        (self.sends_name && self.protocol.is_none()).then_some(())
    }

    /// `None` where it takes a client that offers one suite or group alone.
    fn is_broad(&self) -> Option<()> {
        (self.suite.is_none() && self.group.is_none()).then_some(())
    }

    /// Port, name, root, certificate, key, version, protocol, suite, group, and `unnamed` where no
    /// server_name is to be sent; each empty where there is none.
    fn arguments(&self, versions: [&str; 2]) -> [String; 10] {
        let path = |path: &Path| path.display().to_string();
        let (cert, key) = match &self.client {
            Some((cert, key)) => (path(cert), path(key)),
            None => Default::default(),
        };
        let only = self.is_13().map_or("", |is_13| versions[usize::from(is_13)]);
        let (port, name) = (self.server.port.to_string(), self.server.name.clone());
        let [protocol, suite, group] =
            [&self.protocol, &self.suite, &self.group].map(|name| name.clone().unwrap_or_default());
        let unnamed = if self.sends_name { "" } else { "unnamed" }.to_owned();
        let only = only.to_owned();
        [port, name, path(self.ca), cert, key, only, protocol, suite, group, unnamed]
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
        let mut command = (self.command)(setup)?;
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
    let error = error.replace(&dir, "DIR").replace(&setup.server.port.to_string(), "PORT");
    let error = error.split(' ').collect::<Vec<_>>();
    // Seconds since 1970, and how long something took.
    let is_of_now = |word: &str, next: Option<&&str>| {
        let number = word.trim_start_matches('(');
        let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        is_number && (number.len() > 5 || next.is_some_and(|next| next.starts_with("ms")))
    };
    let words = error.iter().enumerate().map(|(at, word)| match word {
        word if is_of_now(word, error.get(at + 1)) => "N",
        word if is_moment(word) => "TIME",
        word => word,
    });
    let error = words.collect::<Vec<_>>().join(" ");
    // OpenSSL begins with the number of a thread.
    let without = error.split_once(":error:").map(|(before, rest)| {
        let before = before.trim_end_matches(|c: char| c.is_ascii_hexdigit());
        format!("{before}error:{rest}")
    });
    without.unwrap_or(error).trim().to_owned()
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
import socket, ssl, sys
port, name, ca, cert, key, only, protocol = sys.argv[1:8]
context = ssl.create_default_context(cafile=ca)
if cert:
    context.load_cert_chain(cert, key)
if only:
    context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, only)
if protocol:
    context.set_alpn_protocols([protocol])
with socket.create_connection(("127.0.0.1", int(port)), timeout=30) as tcp:
    with context.wrap_socket(tcp, server_hostname=name) as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")
        if not tls.recv(4096):
            raise EOFError("no answer")
"#;

const NODE: &str = r#"
const [port, name, ca, cert, key, only, protocol, suite, group, unnamed] =
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
const files = { ca: read(ca), cert: read(cert), key: read(key) };
const done = (response) => response.resume().on("end", () => process.exit(0));
require("https").get({ ...options, ...files, ...versions }, done).on("error", (error) => {
  console.error(`Error ${error.code}: ${error.message}`);
  process.exit(1);
});
"#;

const JAVA: &str = r#"
import java.io.*;
import java.net.*;
import java.security.*;
import java.security.cert.*;
import javax.net.ssl.*;

public class Ask {
    public static void main(String[] a) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null);
        CertificateFactory reader = CertificateFactory.getInstance("X.509");
        roots.setCertificateEntry("ca", reader.generateCertificate(new FileInputStream(a[2])));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(roots);
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
        context.init(keys, trust.getTrustManagers(), null);
        int port = Integer.parseInt(a[0]);
        Socket tcp = new Socket("127.0.0.1", port);
        tcp.setSoTimeout(30000);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, a[1], port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!a[5].isEmpty()) parameters.setProtocols(new String[] { a[5] });
        if (!a[6].isEmpty()) parameters.setApplicationProtocols(new String[] { a[6] });
        if (!a[7].isEmpty()) parameters.setCipherSuites(new String[] { a[7] });
        if (!a[9].isEmpty()) parameters.setServerNames(new java.util.ArrayList<>());
        tls.setSSLParameters(parameters);
        tls.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + a[1] + "\r\n\r\n").getBytes());
        if (tls.getInputStream().read() < 0) throw new EOFException("no answer");
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
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	port, name, ca, cert, key, only := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6]
	pem, err := os.ReadFile(ca)
	check(err)
	config := &tls.Config{RootCAs: x509.NewCertPool()}
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
	response, err := client.Get("https://" + name + ":" + port + "/")
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

/// `None` where the client is to have a key: GnuTLS reads none without its public half, and has nothing to
/// say about the fault then.
fn gnutls_reads_its_key(setup: &Setup<'_>) -> Option<()> {
    setup.client.is_none().then_some(())
}

/// The programs.
pub const PROGRAMS: &[Program] = &[
    Program {
        name: "handshake-lab connect",
        is_quick: true,
        version: || words(env!("CARGO_BIN_EXE_handshake-lab"), &["--version"], 1, 1),
        // Its key `group` is the one that it prefers: it offers the others as well.
        command: |setup| {
            setup.group.is_none().then_some(())?;
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
        version: || words("openssl", &["version"], 1, 1),
        command: |setup| {
            let mut command = Command::new("openssl");
            command.args(["s_client", "-verify_return_error", "-connect", &setup.address()]);
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
            ] {
                command.args(value.iter().flat_map(|value| [option, value]));
            }
            command.arg("-CAfile").arg(setup.ca);
            if let Some((cert, key)) = &setup.client {
                command.arg("-cert").arg(cert).arg("-cert_chain").arg(cert).arg("-key").arg(key);
            }
            command.args(setup.is_13().map(|is_13| if is_13 { "-tls1_3" } else { "-tls1_2" }));
            Some(command)
        },
        error: |text| line_with(text, &["verify error:", ":error:", "Error: ", "unable to"]),
    },
    Program {
        name: "curl",
        is_quick: true,
        version: || {
            let said = words("curl", &["--version"], 1, 4)?;
            let (own, library) = (said.split(' ').next()?, said.split(' ').next_back()?);
            Some(format!("{own} {library}"))
        },
        command: |setup| {
            setup.is_usual()?;
            let mut command = Command::new("curl");
            command.args(["--silent", "--show-error", "--max-time", "30", "--cacert"]);
            command.arg(setup.ca).arg("--connect-to").arg(format!("::{}", setup.address()));
            for (option, value) in [("--tls13-ciphers", &setup.suite), ("--curves", &setup.group)] {
                command.args(value.iter().flat_map(|value| [option, value]));
            }
            if let Some((cert, key)) = &setup.client {
                command.arg("--cert").arg(cert).arg("--key").arg(key);
            }
            match setup.is_13() {
                Some(true) => command.arg("--tlsv1.3"),
                Some(false) => command.args(["--tls-max", "1.2"]),
                None => &mut command,
            };
            command.arg(setup.url());
            Some(command)
        },
        error: |text| line_with(text, &["curl: ("]),
    },
    Program {
        name: "python3 ssl",
        is_quick: true,
        version: || {
            let ask =
                "import ssl, sys; print(sys.version.split()[0], ssl.OPENSSL_VERSION.split()[1])";
            words("python3", &["-c", ask], 0, 2)
        },
        command: |setup| {
            // Without server_name it does not look at the name.
            setup.sends_name.then_some(())?;
            setup.is_broad()?;
            let mut command = Command::new("python3");
            let arguments = setup.arguments(["TLSv1_2", "TLSv1_3"]);
            command.args(["-c", PYTHON]).args(arguments.iter().take(7));
            Some(command)
        },
        // The last line of the traceback.
        error: |text| {
            let is_error = |line: &&str| line.contains("Error: ") || line.contains("Error(");
            text.lines().rev().find(is_error).map(str::to_owned)
        },
    },
    Program {
        name: "node",
        is_quick: true,
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
        version: || words("java", &["-version"], 2, 1).map(|version| version.replace('"', "")),
        command: |setup| {
            let source = setup.ca.with_file_name("Ask.java");
            std::fs::write(&source, JAVA).expect("a file");
            let mut arguments = setup.arguments(["TLSv1.2", "TLSv1.3"]);
            if let Some((cert, key)) = &setup.client {
                arguments[3] = java_store(cert, key)?.display().to_string();
            }
            let mut command = Command::new("java");
            command.args(setup.group.iter().map(|group| format!("-Djdk.tls.namedGroups={group}")));
            command.arg(source).args(arguments);
            Some(command)
        },
        error: |text| {
            let line = line_with(text, &["Exception in thread \"main\" "])?;
            Some(line.replacen("Exception in thread \"main\" ", "", 1))
        },
    },
    Program {
        name: "go crypto/tls",
        is_quick: false,
        version: || words("go", &["version"], 2, 1),
        command: |setup| {
            setup.is_usual()?;
            setup.is_broad()?;
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
            command.args(setup.arguments(["2", "3"]).iter().take(6));
            Some(command)
        },
        error: |text| text.lines().find(|line| !line.is_empty()).map(str::to_owned),
    },
    Program {
        name: "gnutls-cli",
        is_quick: false,
        version: || words("gnutls-cli", &["--version"], 1, 1),
        command: |setup| {
            gnutls_reads_its_key(setup)?;
            setup.is_broad()?;
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
        version: || words("wget", &["--version"], 2, 1),
        // It takes an address for a name from a proxy alone.
        command: |setup| {
            gnutls_reads_its_key(setup)?;
            setup.is_usual()?;
            setup.is_broad()?;
            setup.listens.then_some(())?;
            let mut command = Command::new("wget");
            command.args([
                "--tries=1",
                "--timeout=30",
                "-O",
                "/dev/null",
                "-e",
                "use_proxy=yes",
                "-e",
            ]);
            command.arg(format!("https_proxy=127.0.0.1:{}", proxy::start()));
            command.arg(format!("--ca-certificate={}", setup.ca.display()));
            command.args(
                setup
                    .is_13()
                    .map(|is_13| format!("--secure-protocol=TLSv1_{}", if is_13 { 3 } else { 2 })),
            );
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
                    line_with(text, &["GnuTLS: ", "OpenSSL: ", "Unable to establish", "Read error"])
                }
                errors => Some(errors.join(" ")),
            }
        },
    },
    Program {
        name: "chromium",
        is_quick: false,
        // certutil makes the store of roots that it trusts, and playwright starts it.
        version: || {
            Command::new("certutil").arg("-H").output().ok()?;
            Path::new(PLAYWRIGHT).exists().then_some(())?;
            words("chromium", &["--version"], 1, 1)
        },
        command: |setup| {
            // It takes its own choice of versions, protocols and certificates.
            setup.is_usual()?;
            setup.is_broad()?;
            (setup.client.is_none() && setup.only.is_none()).then_some(())?;
            let mut command = Command::new("node");
            command.args(["-e", CHROMIUM, "--", PLAYWRIGHT, &setup.url()]);
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
const [playwright, url] = process.argv.slice(1);
(async () => {
  const args = ["--no-sandbox", "--host-resolver-rules=MAP * 127.0.0.1"];
  const { chromium } = require(playwright);
  const found = require("child_process").execSync("command -v chromium", { encoding: "utf8" });
  const browser = await chromium.launch({ executablePath: found.trim(), args });
  const page = await browser.newPage();
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
