//! The commands that a learner may run. Each answer comes from the bytes of a run, in the program's own form.

use super::openssl::{date_u, x509};
use super::suspect::{Suspect, Who};
use super::tap;
use crate::capture::pem;
use crate::engine::{RunError, Shown};
use crate::story::is_address;
use crate::tls::ProtocolVersion;

/// A command.
#[derive(Debug)]
pub struct Inspection {
    /// Its name: a short word.
    pub id: &'static str,
    /// The command, on the client's machine.
    line: fn(&Suspect) -> String,
    /// What a person hopes to learn by it.
    pub hopes: &'static str,
    /// What it prints; `None` where its form is not known, or it cannot be run.
    answer: fn(&Suspect) -> Answer,
    /// What a person can read in a line of its answer, where that is less than what stands there.
    reads: fn(&str) -> String,
}

/// What a command prints.
type Answer = Result<Option<String>, RunError>;

/// All of them, in the order in which a menu shows them.
pub static INSPECTIONS: &[Inspection] = &[
    Inspection {
        id: "curl",
        line: curl,
        hopes: "How far a request gets, and what comes back.",
        answer: |one| one.curl(),
        reads: str::to_owned,
    },
    Inspection {
        id: "s_client",
        line: |one| s_client(one.host(), true, ""),
        hopes: "What the server shows, what OpenSSL makes of it, and what both ends settle.",
        answer: |one| one.s_client(None, true),
        reads: str::to_owned,
    },
    Inspection {
        id: "no-sni",
        line: |one| s_client(one.host(), false, ""),
        hopes: "Whether the server shows something else to a client that does not say which name it wants.",
        answer: |one| one.s_client(None, false),
        reads: str::to_owned,
    },
    Inspection {
        id: "tls1_2",
        line: |one| s_client(one.host(), true, " -tls1_2"),
        hopes: "Whether the server takes TLS 1.2.",
        answer: |one| one.s_client(Some(ProtocolVersion::TLS1_2), true),
        reads: str::to_owned,
    },
    Inspection {
        id: "tls1_3",
        line: |one| s_client(one.host(), true, " -tls1_3"),
        hopes: "Whether the server takes TLS 1.3.",
        answer: |one| one.s_client(Some(ProtocolVersion::TLS1_3), true),
        reads: str::to_owned,
    },
    Inspection {
        id: "x509",
        line: |_| read_each("sent-*.pem"),
        hopes: "What each certificate says that the server sends: saved from s_client -showcerts, leaf first.",
        answer: |one| {
            let run = one.run(Who::SClient { only: None, is_named: true })?;
            Ok(certificates(&super::talk::Talk::of(&run).chain(), "sent-*.pem"))
        },
        reads: str::to_owned,
    },
    Inspection {
        id: "roots",
        line: |_| read_each("roots/*.pem"),
        hopes: "Whom the client trusts: each root of its trust store.",
        answer: |one| Ok(certificates(&one.roots()?, "roots/*.pem")),
        reads: str::to_owned,
    },
    Inspection {
        id: "date",
        line: |_| "date -u".into(),
        hopes: "What time it is, by the clock of the client's machine.",
        answer: |one| Ok(Some(date_u(one.client_clock()) + "\n")),
        reads: str::to_owned,
    },
    Inspection {
        id: "client-cert",
        line: |_| read_each("client-*.pem"),
        hopes: "What the client's own certificates say, in the order in which it sends them.",
        answer: |one| {
            if !one.is_client_asked() {
                return Ok(None);
            }
            let files = one.client_files()?.map(|shown| shown.chain);
            Ok(certificates(&files.unwrap_or_default(), "client-*.pem"))
        },
        reads: str::to_owned,
    },
    Inspection {
        id: "client-key",
        line: |_| {
            "openssl x509 -in client-1.pem -noout -pubkey; openssl pkey -in client.key -pubout"
                .into()
        },
        hopes: "Whether the client's private key belongs to its certificate: the public keys of both.",
        answer: |one| {
            if !one.is_client_asked() {
                return Ok(None);
            }
            let pem = |key: Vec<u8>| pem::encode("PUBLIC KEY", &key);
            Ok(match one.client_files()? {
                Some(Shown { chain, key_info }) => {
                    let own = chain.first().and_then(|leaf| x509::public_key(leaf));
                    own.map(|own| pem(own) + &pem(key_info))
                }
                None => Some(no_certificate("client-1.pem") + &no_key("client.key")),
            })
        },
        reads: str::to_owned,
    },
    Inspection {
        id: "tcpdump",
        line: |_| "tcpdump -nn -ttttt -r client.pcapng".into(),
        hopes: "Which packets the client sent and got while the program failed, and when.",
        answer: |one| Ok(Some(tap::tcpdump(&one.capture()?))),
        reads: |line| {
            // Who, which flags, and whether anything is in it.
            let (head, rest) = line.split_once(", ").unwrap_or((line, ""));
            let (_, head) = head.split_once(" IP ").unwrap_or(("", head));
            let is_from_server =
                head.split(" > ").next().is_some_and(|from| from.ends_with(".443"));
            let flags = head.split_once("Flags ").map_or("", |(_, flags)| flags);
            format!("{is_from_server} {flags} {}", rest.ends_with("length 0"))
        },
    },
    Inspection {
        id: "tshark",
        line: |_| format!("tshark -r client.pcapng -Y tls -T fields {}", tap::FIELDS),
        hopes: "The TLS records in these packets: type, type where it is hidden, handshake message, alert.",
        answer: |one| Ok(tap::tshark(&one.capture()?)),
        reads: |line| line.split_once('\t').map_or(line, |(_, rest)| rest).to_owned(),
    },
];

impl Inspection {
    /// The command with this name.
    pub fn find(id: &str) -> Option<&'static Inspection> {
        INSPECTIONS.iter().find(|one| one.id == id)
    }

    /// The command, as it is written where this is the cause: with the host, and what the client has.
    pub fn line(&self, cause: &Suspect) -> String {
        (self.line)(cause)
    }

    /// What it prints where this is the cause; `None` where its form is not known, or it cannot be run.
    ///
    /// # Errors
    /// A run cannot be made.
    pub fn answer(&self, cause: &Suspect) -> Result<Option<String>, RunError> {
        (self.answer)(cause)
    }

    /// What a person can read in a line of its answer.
    pub(super) fn read(&self, line: &str) -> String {
        (self.reads)(line)
    }
}

/// `curl` with what the client has.
fn curl(one: &Suspect) -> String {
    let identity = if one.has_client_files() { "--cert client.pem --key client.key " } else { "" };
    format!("curl -sSi --cacert roots.pem {identity}https://{}/", one.host())
}

/// `openssl s_client` for a host: an address is no server_name.
fn s_client(host: &str, is_named: bool, more: &str) -> String {
    let name = if is_named && !is_address(host) {
        format!("-servername {host}")
    } else {
        "-noservername".to_owned()
    };
    let verify = if is_address(host) { "-verify_ip" } else { "-verify_hostname" };
    format!(
        "openssl s_client -connect {host}:443 {name} {verify} {host} -CAfile roots.pem{more} </dev/null"
    )
}

fn read_each(files: &str) -> String {
    let extensions = x509::all_extensions();
    format!(
        "for one in {files}; do openssl x509 -in \"$one\" -noout -subject -issuer -dates -ext {extensions}; done"
    )
}

/// What the command prints that reads each of these; where there is no such file, the shell hands on the
/// pattern itself.
fn certificates(chain: &[Vec<u8>], files: &str) -> Option<String> {
    if chain.is_empty() {
        return Some(no_certificate(files));
    }
    chain.iter().map(|der| x509::text(der)).collect()
}

/// What is said of a certificate that is not there; how it was looked for is left out.
fn no_certificate(file: &str) -> String {
    format!(
        "Could not open file or uri for loading certificate from {file}\nUnable to load certificate\n"
    )
}

/// The same of a key.
fn no_key(file: &str) -> String {
    format!("Could not open file or uri for loading key from {file}\n")
}
