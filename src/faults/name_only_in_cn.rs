//! The certificate names the server in its subject's common name alone.

use super::commands::{CURL, NAMES, REQUEST};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Extension;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "name-only-in-cn",
    title: "Name in the common name alone",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.extensions.retain(|one| !matches!(one, Extension::SubjectAltName(_)));
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::BadCertificate),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate has the right name as its common name, but no subject alternative names.",
    cause: "Old instructions make a certificate by the common name alone, and so do old \
            internal CAs. The client looks at the subject alternative names only; the common \
            name does not count (RFC 9525). Browsers, Go and rustls refuse such a certificate. \
            OpenSSL, and what is built on it, may still take the common name where there is no \
            dNSName, so that one client works and the next does not. The client that runs here \
            tells the server with a bad_certificate alert; others may send another alert, or \
            none.",
    unnoticed: "The common name is free text, and name constraints are about the names in the extension: \
                an authority bound to other names could write any name there.",
    symptoms: &[
        Command {
            what: "Shows the subject and the subject alternative names, of which there are none.",
            line: NAMES.line,
        },
        Command {
            what: "Connects as a web client does. A curl that is built on OpenSSL may accept what a browser refuses.",
            line: CURL.line,
        },
    ],
    fix: "Have the certificate issued anew with all of its names as subject alternative names.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        REQUEST,
        Command {
            what: "Issues from the request by a private CA, with the names that the request asks for. It needs OpenSSL 3.0.",
            line: "openssl x509 -req -in leaf.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -copy_extensions copy -days 90 -out leaf.pem",
        },
        Command {
            what: "Shows the names in the new certificate.",
            line: "openssl x509 -in leaf.pem -noout -ext subjectAltName",
        },
    ],
};
