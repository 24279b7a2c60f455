//! The server's certificate has expired.

use super::commands::{CLOCK, CURL, DATES, VERIFY};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::DAY;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "cert-expired",
    title: "Expired certificate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        let not_after = plan.clock - 8 * DAY;
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.validity = leaf.validity.ending(not_after);
        }
    },
    expect: |plan| {
        let alert = AlertDescription::CertificateExpired;
        Outcome::refused_by_client(plan, alert)
    },
};

pub static WORDS: Words = Words {
    summary: "The server's certificate had expired before the connection was made.",
    cause: "Nobody renewed the certificate in time, or the renewal worked and the server was never \
            told to load the new file. A client whose clock is far ahead sees the same.",
    unnoticed: "Certificates would be accepted for ever, those with a stolen key too: a revocation list \
                need not name a certificate that has expired.",
    symptoms: &[DATES, VERIFY, CURL, CLOCK],
    fix: "Get a new certificate for the same names, install it with its intermediate, and have the \
          server load it. Then have renewal and reload done by a timer, and set up a warning weeks ahead.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Exits with status 1 if the certificate expires within 14 days: for a warning.",
            line: "openssl x509 -in chain.pem -noout -checkend 1209600",
        },
        Command {
            what: "Renews what is due, with an ACME client, and reloads the server.",
            line: "certbot renew --deploy-hook 'systemctl reload nginx'",
        },
    ],
};
