//! The client's certificate has run out.

use super::commands::{ASK_WITH_CERT, ASK_WITH_NEW_CERT, CLIENT_REQUEST};
use super::needs::CLIENT_SHOWS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::DAY;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "client-cert-expired",
    title: "Expired client certificate",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[CLIENT_SHOWS],
    apply: |plan| {
        let not_after = plan.clock - 8 * DAY;
        if let Some(leaf) = plan.client.leaf_mut() {
            leaf.validity = leaf.validity.ending(not_after);
        }
    },
    expect: |plan| Outcome::refused_by_server(plan, AlertDescription::CertificateExpired),
};

pub static WORDS: Words = Words {
    summary: "The client's certificate had expired before the connection was made.",
    cause: "Certificates of servers are renewed by a timer, and those of clients by hand, \
            where nobody looks: on a device, in a job, in a store of keys. Or the new \
            certificate is there, and the program that is running has read the old one. A \
            server whose clock is far ahead sees the same. rustls answers with \
            certificate_expired in both versions. In TLS 1.3 the client's handshake is \
            complete before the server refuses it, so the client finds out only when it reads, \
            often after it has sent its request. In TLS 1.2 the refusal ends the handshake.",
    unnoticed: "Whoever once had a certificate would be let in for ever: somebody who has left, or a \
                device that was sold.",
    symptoms: &[
        Command {
            what: "Shows the period of validity of the client's certificate.",
            line: "openssl x509 -in client.pem -noout -subject -dates",
        },
        Command {
            what: "Shows the time that the server judges by: to be run there.",
            line: "date -u",
        },
        ASK_WITH_CERT,
    ],
    fix: "Get a new certificate for the client, install it with its intermediate, and have the \
          program load it. Then have renewal done by a timer, and set up a warning weeks ahead.",
    remedies: &[Remedy::ClientSends],
    fix_commands: &[
        Command {
            what: "Exits with status 1 if the certificate runs out within 14 days: for a warning.",
            line: "openssl x509 -in client.pem -noout -checkend 1209600",
        },
        CLIENT_REQUEST,
        ASK_WITH_NEW_CERT,
    ],
};
