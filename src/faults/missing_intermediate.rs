//! The server sends its leaf alone.

use super::commands::{CHAIN, CURL, FULL_CHAIN, RELOAD, VERIFY_ISSUER};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "missing-intermediate",
    title: "Missing intermediate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            chain.sent.truncate(1);
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The server sends its own certificate and not the intermediate that issued it, so the client finds no way to its root.",
    cause: "The server was given the leaf alone: cert.pem in place of fullchain.pem. A server \
            must send the whole chain, of which only the root may be left out (RFC 9846, \
            section 4.5.1; RFC 5246, section 7.4.2). It often goes unseen, as most browsers get \
            hold of the intermediate by themselves: Chrome and Safari fetch it from the address \
            in the certificate, Firefox knows those of public CAs. curl, OpenSSL, Go and rustls \
            do not. The client that runs here sends unknown_ca, as OpenSSL does.",
    unnoticed: "The client would take a certificate without checking its signature: anyone can write the \
                name of a known issuer into one.",
    symptoms: &[CHAIN, VERIFY_ISSUER, CURL],
    fix: "Have the server send the leaf, followed by the intermediate, in one file.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        FULL_CHAIN,
        Command {
            what: "Shows which file nginx sends: with certbot it should be fullchain.pem.",
            line: "sudo nginx -T 2>/dev/null | grep ssl_certificate",
        },
        RELOAD,
        CHAIN,
    ],
};
