//! The client shows a certificate that is meant for servers only.

use super::commands::{ASK_WITH_CERT, ASK_WITH_NEW_CERT};
use super::needs::CLIENT_SHOWS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Extension, KeyPurpose};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "client-cert-wrong-usage",
    title: "Client certificate for servers only",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[CLIENT_SHOWS],
    apply: |plan| {
        if let Some(leaf) = plan.client.leaf_mut() {
            leaf.set(Extension::ExtendedKeyUsage(vec![KeyPurpose::ServerAuth]));
        }
    },
    expect: |plan| Outcome::refused_by_server(plan, AlertDescription::UnsupportedCertificate),
};

pub static WORDS: Words = Words {
    summary: "The client's certificate is good, but its extendedKeyUsage lets it name servers only.",
    cause: "A service shows the certificate that it has as a server where it is a client \
            itself. That worked as long as public CAs put both serverAuth and clientAuth \
            into a certificate; they have been leaving clientAuth out, so it ends with a \
            renewal. extendedKeyUsage lists what a certificate is for (RFC 5280, section \
            4.2.1.12), and a server needs clientAuth there, unless the extension is absent. \
            rustls answers with unsupported_certificate in both versions, as OpenSSL does. In \
            TLS 1.3 the client's handshake is complete before the server refuses it, so the \
            client finds out only when it reads, often after it has sent its request. In TLS \
            1.2 the refusal ends the handshake.",
    unnoticed: "Whoever runs a server, or has broken into one, could log in with that server's \
                certificate.",
    symptoms: &[
        Command {
            what: "Shows what the client's certificate is for: \"TLS Web Server Authentication\" alone.",
            line: "openssl x509 -in client.pem -noout -ext extendedKeyUsage",
        },
        Command {
            what: "Judges it as a server does: \"unsuitable certificate purpose\".",
            line: "openssl verify -attime SERVER_CLOCK -purpose sslclient -CAfile client-root.pem -untrusted client-intermediate.pem client.pem",
        },
        ASK_WITH_CERT,
    ],
    fix: "Get a certificate of its own for the client, with clientAuth in extendedKeyUsage, \
          from the CA that the server trusts to name clients.",
    remedies: &[Remedy::ClientSends],
    fix_commands: &[
        Command {
            what: "Makes a key and a signing request that asks for clientAuth.",
            line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout client.key -out client.csr -subj /CN=CLIENT -addext extendedKeyUsage=clientAuth",
        },
        Command {
            what: "Says whether the new certificate will do.",
            line: "openssl verify -attime SERVER_CLOCK -purpose sslclient -CAfile client-root.pem -untrusted client-intermediate.pem client.pem",
        },
        ASK_WITH_NEW_CERT,
    ],
};
