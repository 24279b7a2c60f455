//! The server's certificate is for clients.

use super::commands::{CURL, RELOAD, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Extension, KeyPurpose};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "wrong-extended-key-usage",
    title: "Wrong extended key usage",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.set(Extension::ExtendedKeyUsage(vec![KeyPurpose::ClientAuth]));
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnsupportedCertificate),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate may be used to name a client (clientAuth), and not a server (serverAuth).",
    cause: "A certificate with extendedKeyUsage is good for the purposes that it lists and for \
            no others (RFC 5280, section 4.2.1.12). It comes about where a private CA has one \
            template for users and one for servers, and the wrong one was taken; or where a \
            program uses one certificate at both ends of its connections, as servers of mail or \
            of a database cluster do, and the CA certifies one purpose alone. The client that \
            runs here sends unsupported_certificate, as OpenSSL does.",
    unnoticed: "A certificate that somebody was given to log in with could be used to answer in the \
                server's place.",
    symptoms: &[
        Command {
            what: "Shows what the certificate that the server sends may be used for.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -subject -ext extendedKeyUsage",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"unsuitable certificate purpose\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Have the certificate issued anew for serverAuth; with clientAuth as well, where the \
          same program is a client too.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Issues from the request by a private CA, for servers. It needs OpenSSL 3.0.",
            line: "printf 'extendedKeyUsage=serverAuth\\nkeyUsage=critical,digitalSignature\\nbasicConstraints=critical,CA:FALSE\\n' >server.ext && openssl x509 -req -in leaf.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -copy_extensions copy -extfile server.ext -days 90 -out leaf.pem",
        },
        VERIFY_FILES,
        RELOAD,
    ],
};
