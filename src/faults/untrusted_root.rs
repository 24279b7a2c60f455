//! The server's chain leads to a root that the client does not trust.

use super::commands::{CHAIN, CURL, FINGERPRINT, VERIFY};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Authority, Name, Sent};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "untrusted-root",
    title: "Untrusted root",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            if let Some(root) = chain.root_mut() {
                root.subject = Name::authority(Authority::STRANGERS.owner, "Root");
            }
            chain.issue_by(Authority::STRANGERS, 1);
            chain.sent = vec![Sent::Own(1), Sent::Own(0)];
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate comes from a root that the client does not trust; that the server sends it changes nothing.",
    cause: "The certificate is from a private CA whose root the client was never given; or from \
            a public CA that is younger than the client's list of roots, or that was taken off \
            that list; or something on the path opens TLS (a company's proxy, a virus scanner) \
            and shows a certificate of its own CA. A root that comes with the chain is no \
            proof: anyone could send one. The client that runs here sends unknown_ca, as \
            OpenSSL does.",
    unnoticed: "Anyone can make a root and send it along: whoever is on the path could answer in the \
                server's place, and read and change everything.",
    symptoms: &[
        CHAIN,
        Command {
            what: "Connects, judges the chain and stops at the first error: \"self-signed certificate in certificate chain\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Find out whose root it is. If the client ought to trust it, add it to the client's \
          list, from its owner and not from the connection; if not, have the server use a \
          certificate from a CA that its clients trust. For an old client, bring its list of \
          roots up to date.",
    remedies: &[Remedy::TrustCa, Remedy::ServerChain],
    fix_commands: &[
        FINGERPRINT,
        Command {
            what: "Adds a root to the list of a Debian or Ubuntu system.",
            line: "sudo cp root.pem /usr/local/share/ca-certificates/own-root.crt && sudo update-ca-certificates",
        },
        Command {
            what: "Brings the list of public roots up to date.",
            line: "sudo apt-get install --only-upgrade ca-certificates",
        },
        VERIFY,
    ],
};
