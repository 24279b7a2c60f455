//! The programs whose words are observed: how each is called, and in which line it says what is wrong.

mod proxy;

use super::served::Server;
use handshake_lab::tls::ProtocolVersion;
use std::io::{Read, Write};
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

    /// Port, name, root, certificate, key and version, each empty where there is none.
    fn arguments(&self, versions: [&str; 2]) -> [String; 6] {
        let path = |path: &Path| path.display().to_string();
        let (cert, key) = match &self.client {
            Some((cert, key)) => (path(cert), path(key)),
            None => Default::default(),
        };
        let only = self.is_13().map_or("", |is_13| versions[usize::from(is_13)]);
        let (port, name) = (self.server.port.to_string(), self.server.name.clone());
        [port, name, path(self.ca), cert, key, only.to_owned()]
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
    // OpenSSL begins with the number of a thread.
    let without = error.split_once(":error:").map(|(before, rest)| {
        let before = before.trim_end_matches(|c: char| c.is_ascii_hexdigit());
        format!("{before}error:{rest}")
    });
    without.unwrap_or(error).trim().to_owned()
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
port, name, ca, cert, key, only = sys.argv[1:7]
context = ssl.create_default_context(cafile=ca)
if cert:
    context.load_cert_chain(cert, key)
if only:
    context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, only)
with socket.create_connection(("127.0.0.1", int(port)), timeout=30) as tcp:
    with context.wrap_socket(tcp, server_hostname=name) as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")
        if not tls.recv(4096):
            raise EOFError("no answer")
"#;

const NODE: &str = r#"
const [port, name, ca, cert, key, only] = process.argv.slice(1);
const read = (file) => (file ? require("fs").readFileSync(file) : undefined);
const versions = only ? { minVersion: only, maxVersion: only } : {};
const options = { host: "127.0.0.1", port, servername: name, headers: { host: name }, agent: false };
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
        tls.setSSLParameters(parameters);
        tls.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + a[1] + "\r\n\r\n").getBytes());
        if (tls.getInputStream().read() < 0) throw new EOFException("no answer");
        System.exit(0);
    }
}
"#;

/// A certificate with its key as Java reads them; `None` if they do not belong together.
fn java_store(cert: &Path, key: &Path) -> Option<PathBuf> {
    let store = cert.with_file_name("client.p12");
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
        command: |setup| {
            // It has no certificate of its own to show.
            setup.client.is_none().then_some(())?;
            let mut command = Command::new(env!("CARGO_BIN_EXE_handshake-lab"));
            command.arg("connect").arg(format!("{}:{}", setup.server.name, setup.server.port));
            command.args(["--address", &setup.address(), "--ca"]).arg(setup.ca);
            if let Some(is_13) = setup.is_13() {
                command.args(["--set", if is_13 { "version=1.3" } else { "version=1.2" }]);
            }
            Some(command)
        },
        error: |text| {
            let line =
                text.lines().find(|line| line.starts_with("client ") && line.contains(": "))?;
            line.split_once(": ").map(|(_, error)| error.to_owned())
        },
    },
    Program {
        name: "openssl s_client",
        is_quick: true,
        version: || words("openssl", &["version"], 1, 1),
        command: |setup| {
            let mut command = Command::new("openssl");
            command.args(["s_client", "-verify_return_error", "-servername", &setup.server.name]);
            command.args(["-verify_hostname", &setup.server.name, "-connect", &setup.address()]);
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
            let mut command = Command::new("curl");
            command.args(["--silent", "--show-error", "--max-time", "30", "--cacert"]);
            command.arg(setup.ca).arg("--connect-to").arg(format!("::{}", setup.address()));
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
            let mut command = Command::new("python3");
            command.args(["-c", PYTHON]).args(setup.arguments(["TLSv1_2", "TLSv1_3"]));
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
            command.arg(source).args(arguments);
            Some(command)
        },
        error: |text| {
            let line = line_with(text, &["Exception in thread \"main\" "])?;
            Some(line.replacen("Exception in thread \"main\" ", "", 1))
        },
    },
    Program {
        name: "gnutls-cli",
        is_quick: false,
        version: || words("gnutls-cli", &["--version"], 1, 1),
        command: |setup| {
            gnutls_reads_its_key(setup)?;
            let mut command = Command::new("gnutls-cli");
            command.args(["--sni-hostname", &setup.server.name]);
            command.args(["--verify-hostname", &setup.server.name]);
            command.args(["--port", &setup.server.port.to_string(), "--x509cafile"]).arg(setup.ca);
            command.args(setup.is_13().map(|is_13| {
                format!("--priority=NORMAL:-VERS-ALL:+VERS-TLS1.{}", if is_13 { 3 } else { 2 })
            }));
            command.arg("127.0.0.1");
            Some(command)
        },
        error: |text| {
            line_with(text, &["- Status: The certificate is NOT", "*** Fatal error", "*** "])
        },
    },
    Program {
        name: "wget",
        is_quick: false,
        version: || words("wget", &["--version"], 2, 1),
        // It takes an address for a name from a proxy alone.
        command: |setup| {
            gnutls_reads_its_key(setup)?;
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
];
