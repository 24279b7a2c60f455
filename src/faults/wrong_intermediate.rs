//! The server sends an intermediate that did not issue its leaf.

use super::commands::{CHAIN, CURL, FULL_CHAIN, RELOAD, VERIFY_FILES, VERIFY_ISSUER};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Sent;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "wrong-intermediate",
    title: "Wrong intermediate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            let mut other = chain.clone();
            other.insert_authority(1, "Former Intermediate", "former intermediate");
            chain.sent.truncate(1);
            chain.sent.push(Sent::Of(Box::new(other), 1));
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The intermediate that the server sends is of the same CA, but it is not the one that issued the server's certificate.",
    cause: "CAs change their intermediates. Someone replaced the leaf and kept the intermediate \
            that was in the file before, or pinned the intermediate's file in a script that \
            renews. The client looks for a certificate with the name of the leaf's issuer, and \
            there is none. The client that runs here sends unknown_ca, as OpenSSL does; \
            browsers that fetch the right intermediate by themselves do not show it.",
    unnoticed: "The client would take a certificate without checking its signature: anyone can write the \
                name of a known issuer into one.",
    symptoms: &[
        Command {
            what: "Lists what the server sends: the leaf's issuer (i:) must be the subject (s:) of the next certificate, and is not.",
            line: CHAIN.line,
        },
        VERIFY_ISSUER,
        CURL,
    ],
    fix: "Use the intermediate that came with this leaf, and have the script that renews \
          replace both at once.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Shows who issued the leaf.",
            line: "openssl x509 -in leaf.pem -noout -issuer -ext authorityKeyIdentifier",
        },
        Command {
            what: "Shows who the intermediate is: subject and key identifier must be those.",
            line: "openssl x509 -in intermediate.pem -noout -subject -ext subjectKeyIdentifier",
        },
        VERIFY_FILES,
        FULL_CHAIN,
        RELOAD,
    ],
};
