//! The client's clock shows a time after the server's certificate was valid.

use super::commands::{CLOCK, CURL};
use super::{Command, Fault, Outcome, Words};
use crate::plan::{DAY};
use rustls::AlertDescription;

/// How far ahead the client's clock is, in days: after the leaf ran out, and before its issuer does.
const AHEAD: u64 = 100;

pub static FAULT: Fault = Fault {
    id: "client-clock-ahead",
    title: "Client's clock ahead",
    needs: &[],
    apply: |plan| plan.client.clock = plan.clock + AHEAD * DAY,
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateExpired),
    words: Words {
        summary: "The client's clock is ahead, so that to the client the server's certificate has run out.",
        cause: "Someone set the client's clock wrong: by hand, to try out how a program takes \
                another date, or by a time server that was wrong itself. Or a virtual machine got \
                the time of a host that is ahead. The certificate is good, and clients with the \
                right time accept it. The client cannot tell the one from the other, and sends \
                certificate_expired, as it does for a certificate that really ran out.",
        symptoms: &[
            CLOCK,
            Command {
                what: "Shows the period of validity of the certificate that the server sends: notAfter lies before the client's time.",
                line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -dates",
            },
            Command {
                what: "Connects from the client, judges the chain and stops at the first error: \"certificate has expired\".",
                line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -verify_return_error </dev/null",
            },
            CURL,
        ],
        fix: "Set the client's clock, and keep it right by NTP. Do not turn verification off.",
        fix_commands: &[
            Command {
                what: "Says whether the clock is kept by NTP, and what time it shows.",
                line: "timedatectl status",
            },
            Command {
                what: "Has it kept by NTP.",
                line: "sudo timedatectl set-ntp true",
            },
            Command {
                what: "Judges the chain by another time, in seconds since 1970: here the true one.",
                line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime TRUE_CLOCK -verify_return_error </dev/null",
            },
        ],
    },
};
