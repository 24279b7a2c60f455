//! The server's certificate has run out.

use super::{Command, Fault, Outcome, Words, always, is_tls13, nothing};
use crate::plan::DAY;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "cert-expired",
    title: "Expired certificate",
    prepare: nothing,
    applies: always,
    apply: |plan| {
        let not_after = plan.clock - 8 * DAY;
        if let Some(chain) = plan.server.chain_mut() {
            chain.expire_leaf(not_after);
        }
    },
    expect: |scenario| {
        let alert = AlertDescription::CertificateExpired;
        Outcome::refused(Endpoint::Client, alert, is_tls13(scenario))
    },
    words: Words {
        summary: "The server's certificate ran out before the connection.",
        cause: "Nobody renewed the certificate in time, or the renewal worked and the server was never \
                told to load the new file. A client whose clock is far ahead sees the same.",
        symptoms: &[
            Command {
                what: "Shows the period of validity of the certificate that the server sends.",
                line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -dates",
            },
            Command {
                what: "Connects, judges the chain and stops at the first error.",
                line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -verify_return_error </dev/null",
            },
            Command {
                what: "Connects as a web client does, and says why it gives up.",
                line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
            },
            Command { what: "Shows the time that the client judges by.", line: "date -u" },
        ],
        fix: "Get a new certificate for the same names, install it with its intermediate, and have the \
              server load it. Then have renewal and reload done by a timer, and be warned weeks ahead.",
        fix_commands: &[
            Command {
                what: "Exits with status 1 if the certificate runs out within 14 days: for a warning.",
                line: "openssl x509 -in chain.pem -noout -checkend 1209600",
            },
            Command {
                what: "Renews what is due, with an ACME client, and reloads the server.",
                line: "certbot renew --deploy-hook 'systemctl reload nginx'",
            },
        ],
    },
};
