//! The client sends its certificate without the intermediate.

use super::needs::CLIENT_SHOWS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "client-cert-without-intermediate",
    title: "Client certificate without intermediate",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[CLIENT_SHOWS],
    apply: |plan| {
        if let Some(chain) = plan.client.chain_mut() {
            chain.sent.truncate(1);
        }
    },
    expect: |plan| Outcome::refused_by_server(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The client sends its certificate alone, and the server, which trusts the root, cannot get from one to the other.",
    cause: "The client was given the file with its own certificate instead of the one with the \
            chain, or its library takes the first certificate of a file and no more. Whoever \
            shows a certificate has to send the intermediates too (RFC 9846, section 4.5.1). \
            Servers do not fetch them, and often it works against one server, which has the \
            intermediate in its own store, and not against another. rustls answers with \
            unknown_ca in both versions. In TLS 1.3 the client's handshake is complete before \
            the server refuses it, so the client finds out only when it reads, often after it \
            has sent its request. In TLS 1.2 the refusal ends the handshake.",
    unnoticed: "The server would take a certificate without checking its signature: anyone can write the \
                name of a known issuer into one.",
    symptoms: &[
        Command {
            what: "Counts the certificates in the file that the client sends from: there is one.",
            line: "grep -c 'BEGIN CERTIFICATE' client-chain.pem",
        },
        Command {
            what: "Judges the certificate alone, as the server has to: \"unable to get local issuer certificate\".",
            line: "openssl verify -attime SERVER_CLOCK -purpose sslclient -CAfile client-root.pem client.pem",
        },
        Command {
            what: "Sends the certificate alone, and shows the alert that comes back.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --cert client.pem --key client.key https://HOST:PORT/",
        },
    ],
    fix: "Have the client send the intermediate with its certificate: put both into one file, \
          the leaf first.",
    remedies: &[Remedy::ClientSends],
    fix_commands: &[
        Command {
            what: "Puts both into one file.",
            line: "cat client.pem client-intermediate.pem > client-chain.pem",
        },
        Command {
            what: "Says whether the two lead to the root.",
            line: "openssl verify -attime SERVER_CLOCK -purpose sslclient -CAfile client-root.pem -untrusted client-intermediate.pem client.pem",
        },
        Command {
            what: "Sends a request with both.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem --cert client-chain.pem --key client.key https://HOST:PORT/",
        },
    ],
};
