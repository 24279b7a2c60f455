//! The intermediate has run out before the leaf.

use super::commands::{CHAIN, CLOCK, CURL, FULL_CHAIN, RELOAD, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{ChainPlan, DAY};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "expired-intermediate",
    title: "Expired intermediate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        let not_after = plan.clock - 8 * DAY;
        let intermediate = plan.server.chain_mut().and_then(ChainPlan::intermediate_mut);
        if let Some(intermediate) = intermediate {
            intermediate.validity.not_after = not_after;
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateExpired),
};

pub static WORDS: Words = Words {
    summary: "The server's own certificate is still valid, but the intermediate above it has expired.",
    cause: "Each certificate of the chain must be in time, not the leaf alone (RFC 5280, \
            section 6.1.3). The server sends an old copy of the intermediate, although the CA \
            has issued a new one with the same name and key; or a private CA let the \
            intermediate run out and gave leaves that outlive it. Watching the leaf's dates \
            does not show it. The client that runs here sends certificate_expired, as OpenSSL \
            does. A browser that has the new intermediate from elsewhere may go on.",
    unnoticed: "Authorities would be trusted for ever. Whoever gets hold of the key of a retired one could \
                issue certificates for every name.",
    symptoms: &[
        Command {
            what: "Lists the certificates that the server sends, each with its validity (v:): one that is not the first has run out.",
            line: CHAIN.line,
        },
        Command {
            what: "Connects, judges the chain and stops at the first error, with the depth of the certificate: \"certificate has expired\" at depth 1.",
            line: VERIFY.line,
        },
        CURL,
        CLOCK,
    ],
    fix: "Get the CA's intermediate that is valid now, and put it behind the leaf. In an own \
          CA, issue the intermediate anew, and never a leaf that outlives it.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Exits with status 1 if the intermediate runs out within 90 days: for a warning.",
            line: "openssl x509 -in intermediate.pem -noout -checkend 7776000",
        },
        VERIFY_FILES,
        FULL_CHAIN,
        RELOAD,
    ],
};
