//! The server demands a client certificate, and the client has none.

use super::commands::{CURL, SEND_CERT};
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "client-cert-missing",
    title: "Missing client certificate",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[Need {
        key: "client-cert",
        values: &["required"],
        reason: "any other server goes on without one",
    }],
    apply: |plan| plan.client.credential = None,
    expect: |plan| {
        let alert = if plan.has_teaching_endpoints() {
            AlertDescription::HandshakeFailure
        } else {
            AlertDescription::CertificateRequired
        };
        Outcome::refused_by_server(plan, alert)
    },
};

pub static WORDS: Words = Words {
    summary: "The server demands a certificate from the client, and the client has none to show.",
    cause: "The client was never given its certificate and key, or looks for them in the wrong place, \
            or has none from the CAs that the server names in its CertificateRequest. In TLS 1.3 the \
            client's handshake is complete before the server refuses it, so the client finds out \
            only when it reads, often after it has sent its request. In TLS 1.2 the refusal ends the \
            handshake. rustls sends certificate_required in both versions; many other servers send \
            handshake_failure in TLS 1.2, as RFC 5246 (section 7.4.6) names it, as do the teaching \
            endpoints of the RSA presets. Some web servers (nginx) finish the handshake and answer \
            with HTTP 400 instead.",
    unnoticed: "The server would answer without knowing whom: anyone would get what only some may see.",
    symptoms: &[
        Command {
            what: "Shows whether the server asks, and which CAs it accepts (\"Acceptable client certificate CA names\").",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK </dev/null",
        },
        Command {
            what: "Sends a request without a client certificate, and shows the alert that comes back.",
            line: CURL.line,
        },
    ],
    fix: "Give the client its certificate, with the intermediate, and its key.",
    remedies: &[Remedy::ClientSends],
    fix_commands: &[
        SEND_CERT,
        Command {
            what: "The same by hand.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime TRUE_CLOCK -cert client.pem -cert_chain client-intermediate.pem -key client.key",
        },
        Command {
            what: "Checks whether the client's certificate chains to the CA that the server trusts.",
            line: "openssl verify -purpose sslclient -attime SERVER_CLOCK -CAfile client-root.pem -untrusted client-chain.pem client-chain.pem",
        },
    ],
};
