//! The certificate of the service behind the gateway has expired.

use super::commands::{ASK_AGAIN, BAD_GATEWAY};
use super::needs::GATEWAY_ASKS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::DAY;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "upstream-cert-expired",
    title: "Expired certificate behind the gateway",
    group: Group::Gateway,
    promise: Promise::Authentication,
    needs: &[GATEWAY_ASKS],
    apply: |plan| {
        let not_after = plan.clock - 8 * DAY;
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.validity = leaf.validity.ending(not_after);
        }
    },
    expect: |plan| {
        Outcome::refused_by_client(plan, AlertDescription::CertificateExpired).behind_gateway()
    },
};

pub static WORDS: Words = Words {
    summary: "The certificate that the service behind the gateway shows has expired.",
    cause: "Inner services have certificates from a private CA, and nobody outside sees them: renewal is \
            forgotten more easily than that of the site. The gateway is a client like any other, and \
            ends the inner handshake with certificate_expired. To the client it says 502 Bad Gateway, \
            over a connection that is in perfect order: the lock is closed, the site's certificate is \
            good, and what is wrong stands in the gateway's log alone. Many gateways do not check at all \
            (nginx without \"proxy_ssl_verify on\"): there it goes on unnoticed, for an impostor as well.",
    unnoticed: "Whoever has an old key of the service could take its place behind the gateway. The client \
                sees the gateway's certificate alone, and could not tell.",
    symptoms: &[
        BAD_GATEWAY,
        Command {
            what: "Judges the service's chain as the gateway does: to be run there.",
            line: "openssl s_client -connect SERVICE:443 -servername SERVICE -CAfile inner-root.pem -attime TRUE_CLOCK -verify_return_error </dev/null",
        },
        Command {
            what: "Shows what the gateway says: \"upstream SSL certificate verify error\".",
            line: "sudo tail /var/log/nginx/error.log",
        },
    ],
    fix: "Renew the service's certificate and have the service load it. Do not turn verification off \
          at the gateway; have the renewal done by a timer.",
    remedies: &[Remedy::ServerChain, Remedy::Reload, Remedy::VerifyUpstream],
    fix_commands: &[
        Command {
            what: "Shows the validity of the certificate that the service sends now.",
            line: "openssl s_client -connect SERVICE:443 -servername SERVICE </dev/null 2>/dev/null | openssl x509 -noout -dates",
        },
        ASK_AGAIN,
    ],
};
