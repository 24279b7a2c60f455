//! The client offers one version of TLS, and the server allows only the other.

use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ProtocolVersion};

const TEACHING: &str = "the teaching endpoints have TLS 1.2 alone";

pub static FAULT: Fault = Fault {
    id: "no-shared-version",
    title: "No shared version",
    group: Group::Negotiation,
    promise: Promise::Availability,
    needs: &[
        Need { key: "key-exchange", values: &["ecdhe"], reason: TEACHING },
        Need { key: "ems", values: &["yes"], reason: TEACHING },
    ],
    apply: |plan| {
        // A client of both versions keeps the one that it would have settled on.
        let client = plan.client.versions.first().copied();
        let (tls13, tls12) = (ProtocolVersion::TLSv1_3, ProtocolVersion::TLSv1_2);
        let (own, other) = if client == Some(tls12) { (tls12, tls13) } else { (tls13, tls12) };
        if plan.client.versions != [own] {
            plan.client.allow_only(&[own]);
        }
        plan.server.allow_only(&[other]);
    },
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::ProtocolVersion, false),
};

pub static WORDS: Words = Words {
    summary: "The client offers one version of TLS, and the server allows only the other.",
    cause: "A server is left at TLS 1.2 while its clients are set to TLS 1.3 alone, or the other way \
            round: an old client or library without TLS 1.3 meets a server that has turned TLS 1.2 \
            off. A client of TLS 1.3 lists its versions in supported_versions (RFC 9846, section \
            4.3.1); one of TLS 1.2 has only the version field of its ClientHello. The server refuses \
            at once, with a protocol_version alert that is not encrypted, since there are no keys yet.",
    unnoticed: "There is no version to go on with. Clients that tried older and older ones instead could \
                be pushed by anyone on the path to the weakest that they had.",
    symptoms: &[
        Command {
            what: "Offers TLS 1.3 alone. A server without it answers with \"alert protocol version\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST -tls1_3 </dev/null",
        },
        Command {
            what: "Offers TLS 1.2 alone. A server without it answers with \"alert protocol version\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST -tls1_2 </dev/null",
        },
        Command {
            what: "The same by curl, which names the alert; with --tls-max 1.2 it offers TLS 1.2 at most.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --tlsv1.3 https://HOST:PORT/",
        },
    ],
    fix: "Allow TLS 1.2 and TLS 1.3 at both ends, and bring up to date what cannot do TLS 1.3. Do not \
          turn TLS 1.0 or 1.1 on again (RFC 8996).",
    remedies: &[Remedy::Versions],
    fix_commands: &[
        Command {
            what: "Shows which versions nginx allows: it should be \"ssl_protocols TLSv1.2 TLSv1.3;\".",
            line: "nginx -T 2>/dev/null | grep ssl_protocols",
        },
        Command {
            what: "Says whether this OpenSSL has TLS 1.3, and which of its suites.",
            line: "openssl ciphers -s -tls1_3 -v",
        },
        Command {
            what: "Connects with what both have, and shows the version.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
    ],
};
