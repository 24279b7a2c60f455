//! A certificate chain as files, and the command that judges it again.
//!
//! The certificates of a run are made for its moment and run out soon after, so whoever judges them has to
//! say when: everything here says the time that the end of the run judged by.

use super::pem;
use crate::time;
use crate::trace::{Connection, Endpoint, Event, Op};
use std::net::IpAddr;

/// A chain as an end of a connection judged it.
#[derive(Clone, Debug)]
pub struct JudgedChain {
    /// Whose it is.
    pub owner: Endpoint,
    /// What the owner is called: `server`, `client`, `gateway`, `service`.
    pub owner_name: &'static str,
    /// What the end that judged it is called.
    pub judge_name: &'static str,
    /// The certificates as they were sent, leaf first, in DER.
    pub chain: Vec<Vec<u8>>,
    /// The roots that the judge trusts, in DER.
    pub roots: Vec<Vec<u8>>,
    /// The name that it wanted to reach, where it is a client.
    pub name: Option<String>,
    /// What its clock showed, in seconds since 1970.
    pub at: u64,
    /// Whether it judged it at all: where verification is off, it could have.
    pub checked: bool,
}

impl JudgedChain {
    /// What an event tells of a chain; `None` if it does not judge one.
    pub fn of(connection: &Connection, event: &Event) -> Option<JudgedChain> {
        let (chain, roots, name, at, checked) = match &event.op {
            Op::CertificatePath { chain, roots, name, at, .. } => {
                (chain, roots, name.clone(), at, true)
            }
            Op::Unverified { chain, roots, name, at, .. } => {
                (chain, roots, Some(name.clone()), at, false)
            }
            _ => return None,
        };
        let owner = event.by.peer();
        Some(JudgedChain {
            owner,
            owner_name: connection.roles.tls(owner).name(),
            judge_name: connection.roles.tls(event.by).name(),
            chain: chain.clone(),
            roots: roots.clone(),
            name,
            at: *at,
            checked,
        })
    }

    /// The file of the chain: its name and its contents.
    pub fn chain_file(&self) -> (String, String) {
        let what = format!("The {}'s certificates as it sent them, its own first", self.owner_name);
        (self.file_name("chain"), self.file(&what, &self.chain))
    }

    /// The file of the trusted roots: its name and its contents.
    pub fn root_file(&self) -> (String, String) {
        let what = format!("What the {} trusts", self.judge_name);
        (self.file_name("root"), self.file(&what, &self.roots))
    }

    /// A command that has OpenSSL judge the chain in the two files as the end of the run did: by the same
    /// roots, for the same purpose and name, at the same time, and with the least of keys and hashes that its TLS asks
    /// for as Debian sets it.
    pub fn command(&self) -> String {
        let purpose = match self.owner {
            Endpoint::Server => "sslserver",
            Endpoint::Client => "sslclient",
        };
        let name = self.name.as_ref().map(|name| match name.parse::<IpAddr>() {
            Ok(_) => format!(" -verify_ip {name}"),
            Err(_) => format!(" -verify_hostname {name}"),
        });
        let (chain, root) = (self.file_name("chain"), self.file_name("root"));
        format!(
            "openssl verify -attime {} -auth_level 2 -CAfile {root} -untrusted {chain} -purpose {purpose}{} {chain}",
            self.at,
            name.unwrap_or_default()
        )
    }

    /// The time that it was judged at, as people read it: `2026-01-31 12:00:00 UTC`.
    pub fn date(&self) -> String {
        time::text(i64::try_from(self.at).unwrap_or(i64::MAX))
    }

    /// `chain.pem` of a server, `client-chain.pem` of a client.
    fn file_name(&self, what: &str) -> String {
        match self.owner {
            Endpoint::Server => format!("{what}.pem"),
            Endpoint::Client => format!("client-{what}.pem"),
        }
    }

    /// Certificates, with what they are before them: text there is none of PEM's business (RFC 7468,
    /// section 2).
    fn file(&self, what: &str, certificates: &[Vec<u8>]) -> String {
        let pem: String = certificates.iter().map(|der| pem::encode("CERTIFICATE", der)).collect();
        format!(
            "# {what}. The {} judged the chain at {}; today it may have run out.\n# {}\n{pem}",
            self.judge_name,
            self.date(),
            self.command()
        )
    }
}
