//! The intermediate may issue for other names only.

use super::commands::{CURL, FULL_CHAIN, NAMES, RELOAD, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{ChainPlan, Extension, GeneralName};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "name-constraint-violated",
    title: "Name constraint violated",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        let intermediate = plan.server.chain_mut().and_then(ChainPlan::intermediate_mut);
        if let Some(intermediate) = intermediate {
            let names = vec![GeneralName::Dns("internal.example".into())];
            intermediate.set(Extension::PermittedNames(names));
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateUnknown),
};

pub static WORDS: Words = Words {
    summary: "The intermediate may issue for names below internal.example alone, and the server's certificate is for others.",
    cause: "An authority can be bound to some names (RFC 5280, section 4.2.1.10), so that \
            whoever trusts a company's CA need not trust it for the rest of the world. It comes \
            about where the company takes a new domain into use, and its CA issues for it \
            without a look at the constraint. rustls has no alert of its own for it, and sends \
            certificate_unknown, as OpenSSL does.",
    unnoticed: "An authority that is trusted with the names of one domain could issue for every other.",
    symptoms: &[
        Command {
            what: "Shows for which names the intermediate may issue, from its file.",
            line: "openssl x509 -in intermediate.pem -noout -subject -ext nameConstraints",
        },
        NAMES,
        Command {
            what: "Connects, judges the chain and stops at the first error: \"permitted subtree violation\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Have the certificate issued by an authority that may issue for this name; or have the \
          root issue an intermediate anew whose constraint has the new domain as well.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Issues an intermediate for two domains and the names below them.",
            line: "printf 'basicConstraints=critical,CA:TRUE,pathlen:0\\nkeyUsage=critical,keyCertSign,cRLSign\\nnameConstraints=critical,permitted;DNS:internal.example,permitted;DNS:example.com\\nsubjectKeyIdentifier=hash\\nauthorityKeyIdentifier=keyid\\n' >ca.ext && openssl x509 -req -in intermediate.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile ca.ext -days 1825 -out intermediate.pem",
        },
        VERIFY_FILES,
        FULL_CHAIN,
        RELOAD,
    ],
};
