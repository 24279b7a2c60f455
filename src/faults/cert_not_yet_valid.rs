//! The server's certificate is installed before it is valid.

use super::commands::{CLOCK, CURL, DATES, RELOAD, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::DAY;
use rustls::AlertDescription;

/// How long after the connection the certificate's validity starts, in days.
const AHEAD: u64 = 2;

pub static FAULT: Fault = Fault {
    id: "cert-not-yet-valid",
    title: "Certificate not yet valid",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        let not_before = plan.clock + AHEAD * DAY;
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.validity = leaf.validity.starting(not_before);
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateExpired),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate is not valid yet: its validity starts two days after the connection.",
    cause: "Someone asked for a certificate that starts on a certain day, and installed it \
            before; or the clock of the CA was ahead when it issued. (Many CAs let validity \
            start a while before they issue, so that clients whose clocks are a little behind \
            accept the certificate.) To a client whose clock is behind, a good certificate \
            looks the same. No alert says \"not yet valid\": rustls, which runs here, sends \
            certificate_expired, and OpenSSL bad_certificate.",
    unnoticed: "The CA says nothing about today: until the certificate becomes valid, the name may be \
                somebody else's.",
    symptoms: &[
        DATES,
        Command {
            what: "Connects, judges the chain and stops at the first error: \"certificate is not yet valid\".",
            line: VERIFY.line,
        },
        CURL,
        CLOCK,
    ],
    fix: "Have the server send the certificate from before until the new one starts; if that \
          has run out, have one issued that is valid now. If the CA is your own, set its clock.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Shows when the certificate in a file starts to be valid.",
            line: "openssl x509 -in leaf.pem -noout -startdate",
        },
        VERIFY_FILES,
        RELOAD,
    ],
};
