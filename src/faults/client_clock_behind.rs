//! The client's clock shows a time before the server's certificate is valid.

use super::commands::{
    CLOCK, CLOCK_STATUS, CURL, DATES, KEEP_CLOCK, SET_THE_CLOCK, VERIFY, VERIFY_BY_TRUE_CLOCK,
};
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::DAY;
use rustls::AlertDescription;

/// How far behind the client's clock is, in days: before the leaf was issued, and after its issuer was.
const BEHIND: u64 = 100;

pub static FAULT: Fault = Fault {
    id: "client-clock-behind",
    title: "Client's clock behind",
    group: Group::ServerCertificate,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| plan.client.clock = plan.clock.saturating_sub(BEHIND * DAY),
    expect: |plan| {
        // RFC 9846, section 6.2, has an alert for what has expired, and none for what is not yet valid.
        let alert = AlertDescription::CertificateExpired;
        Outcome::refused_by_client(plan, alert)
    },
};

pub static WORDS: Words = Words {
    summary: "The client's clock is behind, so that to the client the server's certificate is not valid yet.",
    cause: "The client's clock was never set: a flat battery, a virtual machine that was suspended, a \
            device that starts with the date of its firmware and cannot reach its time server. Or \
            someone mistyped the year. The certificate is good, and clients with the right time accept \
            it. No alert says \"not yet valid\": rustls, which runs here, sends certificate_expired, and \
            OpenSSL bad_certificate.",
    unnoticed: "Nothing this time, as the certificate is good. But a client with such a clock also \
                accepts certificates that have expired since.",
    symptoms: &[
        CLOCK,
        Command {
            what: "Shows the period of validity of the certificate that the server sends: notBefore lies after the client's time.",
            line: DATES.line,
        },
        Command {
            what: "Connects from the client, judges the chain and stops at the first error: \"certificate is not yet valid\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: SET_THE_CLOCK,
    remedies: &[],
    fix_commands: &[CLOCK_STATUS, KEEP_CLOCK, VERIFY_BY_TRUE_CLOCK],
};
