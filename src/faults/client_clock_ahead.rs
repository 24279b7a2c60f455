//! The client's clock shows a time after the server's certificate was valid.

use super::commands::{
    CLOCK, CLOCK_STATUS, CURL, DATES, KEEP_CLOCK, SET_THE_CLOCK, VERIFY, VERIFY_BY_TRUE_CLOCK,
};
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::DAY;
use rustls::AlertDescription;

/// How far ahead the client's clock is, in days: after the leaf ran out, and before its issuer does.
const AHEAD: u64 = 100;

pub static FAULT: Fault = Fault {
    id: "client-clock-ahead",
    title: "Client's clock ahead",
    group: Group::ServerCertificate,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| plan.client.clock = plan.clock + AHEAD * DAY,
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateExpired),
};

pub static WORDS: Words = Words {
    summary: "The client's clock is ahead, so that to the client the server's certificate has expired.",
    cause: "Someone set the client's clock wrong: by hand, to try out how a program takes \
            another date, or by a time server that was wrong itself. Or a virtual machine got \
            the time of a host that is ahead. The certificate is good, and clients with the \
            right time accept it. The client cannot tell the one from the other, and sends \
            certificate_expired, as it does for a certificate that really ran out.",
    unnoticed: "Nothing this time, as the certificate is good. But a client that ignores dates \
                also accepts certificates that really have expired.",
    symptoms: &[
        CLOCK,
        Command {
            what: "Shows the period of validity of the certificate that the server sends: notAfter lies before the client's time.",
            line: DATES.line,
        },
        Command {
            what: "Connects from the client, judges the chain and stops at the first error: \"certificate has expired\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: SET_THE_CLOCK,
    remedies: &[],
    fix_commands: &[CLOCK_STATUS, KEEP_CLOCK, VERIFY_BY_TRUE_CLOCK],
};
