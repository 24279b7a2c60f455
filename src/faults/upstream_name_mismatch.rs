//! The certificate of the service behind the gateway is for another name.

use super::commands::{ASK_AGAIN, BAD_GATEWAY};
use super::needs::GATEWAY_ASKS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "upstream-name-mismatch",
    title: "Wrong name behind the gateway",
    group: Group::Gateway,
    promise: Promise::Authentication,
    needs: &[GATEWAY_ASKS],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.rename(&["other.internal.example"]);
        }
    },
    expect: |plan| {
        Outcome::refused_by_client(plan, AlertDescription::BadCertificate).behind_gateway()
    },
};

pub static WORDS: Words = Words {
    summary: "The service's certificate is good, but for another name than the gateway looks for. The client is told 502.",
    cause: "A gateway looks for a name that it was set up with: the service's host name, or the one in \
            the address that it connects to, which may be an IP address or a name inside a cluster \
            (service.namespace.svc.cluster.local). The certificate was made for another one. Or the \
            service shows the right one for the name in SNI only, and the gateway sends none (nginx: \
            \"proxy_ssl_server_name on\"). The gateway that runs here refuses with bad_certificate and \
            answers the client with 502.",
    unnoticed: "Any machine with a certificate from the inner CA could take the service's place. The \
                client sees the gateway's certificate alone, and could not tell.",
    symptoms: &[
        BAD_GATEWAY,
        Command {
            what: "Shows the names in the service's certificate.",
            line: "openssl s_client -connect SERVICE:443 -servername SERVICE </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
        },
        Command {
            what: "Judges chain and name as the gateway does: to be run there.",
            line: "openssl s_client -connect SERVICE:443 -servername SERVICE -CAfile inner-root.pem -attime TRUE_CLOCK -verify_hostname SERVICE -verify_return_error </dev/null",
        },
    ],
    fix: "Have the certificate hold the name that the gateway looks for, or tell the gateway the name \
          that is in it. It must be a name that only this service can have a certificate for.",
    remedies: &[Remedy::VerifyUpstream],
    fix_commands: &[
        Command {
            what: "The name that nginx looks for and sends.",
            line: "nginx -T 2>/dev/null | grep -E 'proxy_ssl_(name|server_name|verify)'",
        },
        ASK_AGAIN,
    ],
};
