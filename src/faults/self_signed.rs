//! The server's certificate is signed by its own key.

use super::commands::{CURL, REQUEST, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Authority, Sent};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "self-signed",
    title: "Self-signed certificate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            chain.issue_by(Authority::STRANGERS, 0);
            chain.sent = vec![Sent::Own(0)];
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate is signed by its own key, and no authority that the client trusts stands behind it.",
    cause: "The server still has the certificate that it came with: a router, a printer, a test \
            server, a package that makes one when it is installed (on Debian, \
            ssl-cert-snakeoil). Anyone can make such a certificate for any name, so the client \
            has no reason to believe it. The client that runs here sends unknown_ca, as OpenSSL \
            does. One as \"openssl req -x509\" makes it says that it is a CA as well, which \
            rustls refuses in a server's certificate, by certificate_unknown.",
    unnoticed: "Anyone can make such a certificate: whoever is on the path could answer in the server's \
                place, and read and change everything.",
    symptoms: &[
        Command {
            what: "Shows subject and issuer of the certificate that the server sends: here they are the same.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"self-signed certificate\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Get a certificate from a CA that clients trust: a public one, or the organization's \
          own. Where both ends are yours and there is no CA, give the client this very \
          certificate by a safe way and have it trust that; not every client can.",
    remedies: &[Remedy::TrustCa, Remedy::ServerChain],
    fix_commands: &[
        REQUEST,
        Command {
            what: "Gets one from a public CA by ACME, and has nginx use it.",
            line: "sudo certbot --nginx -d HOST",
        },
        VERIFY_FILES,
    ],
};
