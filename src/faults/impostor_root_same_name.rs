//! The server's chain leads to a root that is called as the trusted one is, and has another key.

use super::commands::{CURL, FINGERPRINT, VERIFY};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "impostor-root-same-name",
    title: "Impostor with the root's name",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            chain.issue_by(chain.authority.impostor(), 1);
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::DecryptError),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate was issued by a root with the name of the trusted one, but with another key.",
    cause: "A name proves nothing, a signature does: anyone can make a root of any name. It \
            comes about without malice where a private CA is set up anew under its old name (a \
            test environment, a cluster's CA), and the client still has the root from before. \
            rustls looks for the issuer by its name, finds the trusted root, checks the \
            signature with that root's key, and fails: decrypt_error. OpenSSL also compares the \
            identifiers of the keys, if the certificates have them, so it does not take the \
            root for the issuer: unknown_ca.",
    unnoticed: "Anyone can make a root of that name, and so issue certificates for every server.",
    symptoms: &[
        Command {
            what: "Shows issuer and authority key identifier of the certificate that the server sends.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -issuer -ext authorityKeyIdentifier",
        },
        Command {
            what: "Shows subject and subject key identifier of the client's root: the same name, another key.",
            line: "openssl x509 -in root.pem -noout -subject -ext subjectKeyIdentifier",
        },
        VERIFY,
        CURL,
    ],
    fix: "Find out who issued the certificate. If the CA was set up anew, give the clients its \
          new root, and let a new root have a new name; if it was not, someone else answers in \
          the server's place.",
    remedies: &[Remedy::TrustCa],
    fix_commands: &[
        FINGERPRINT,
        Command {
            what: "Judges the certificate by the new root.",
            line: "openssl verify -attime CLIENT_CLOCK -purpose sslserver -CAfile new-root.pem leaf.pem",
        },
    ],
};
