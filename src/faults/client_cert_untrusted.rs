//! The client's certificate comes from a CA that the server does not trust.

use super::commands::{ASK_WITH_CERT, ASK_WITH_NEW_CERT};
use super::needs::CLIENT_SHOWS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Authority, Name};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "client-cert-untrusted",
    title: "Untrusted client certificate",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[CLIENT_SHOWS],
    apply: |plan| {
        let Some(chain) = plan.client.chain_mut() else { return };
        chain.authority = Authority::STRANGERS;
        for (certificate, role) in chain.certificates.iter_mut().zip(["Root", "Intermediate"]) {
            certificate.subject = Name::authority(Authority::STRANGERS.owner, role);
        }
    },
    expect: |plan| Outcome::refused_by_server(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The client shows a certificate from a CA that the server does not trust to name clients.",
    cause: "The server was given the roots for other servers instead of those for its clients, \
            or not the new root after a change of CA; or the client shows the certificate of \
            another environment, test instead of production. The server names the CAs that it \
            takes in its CertificateRequest; many clients then show no certificate at all if \
            theirs is from another, which looks like a missing one. The client that runs here \
            shows what it has. rustls answers with unknown_ca in both versions. In TLS 1.3 the \
            client's handshake is complete before the server refuses it, so the client finds \
            out only when it reads, often after it has sent its request. In TLS 1.2 the \
            refusal ends the handshake.",
    unnoticed: "Anyone could make a CA of their own, and with it a certificate for any client.",
    symptoms: &[
        Command {
            what: "Shows which CAs the server takes (\"Acceptable client certificate CA names\"): the issuer of the client's certificate is not among them.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK </dev/null",
        },
        Command {
            what: "Shows who issued the client's certificates, leaf first.",
            line: "openssl storeutl -noout -text -certs client-chain.pem | grep -E 'Issuer:|Subject:'",
        },
        ASK_WITH_CERT,
    ],
    fix: "Have the client show a certificate from a CA that the server takes; or, if the \
          server is to take that CA, add its root to those that the server trusts for clients.",
    remedies: &[Remedy::RequireClient, Remedy::ClientSends],
    fix_commands: &[
        Command {
            what: "Says whether the client's certificate leads to the root that the server trusts, and is good for a client.",
            line: "openssl verify -attime SERVER_CLOCK -purpose sslclient -CAfile client-root.pem -untrusted client-intermediate.pem client.pem",
        },
        Command {
            what: "Shows which file nginx takes the roots for clients from: the directive ssl_client_certificate.",
            line: "nginx -T 2>/dev/null | grep -E 'ssl_client_certificate|ssl_verify'",
        },
        ASK_WITH_NEW_CERT,
    ],
};
