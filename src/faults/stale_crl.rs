//! The client's revocation list is out of date.

use super::commands::CLOCK;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Credential, DAY, RevocationList};
use rustls::AlertDescription;

/// How much older the list of the leaf's issuer is, in days; a list is good for a week.
const OLDER: u64 = 30;

pub static FAULT: Fault = Fault {
    id: "stale-crl",
    title: "Stale revocation list",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(Credential::Chain(chain)) = &plan.server.credential {
            let mut lists = RevocationList::of_chain(chain, &[], plan.clock);
            if let Some(last) = lists.last_mut() {
                last.this_update -= OLDER * DAY;
                last.next_update -= OLDER * DAY;
            }
            plan.client.trust.revocation_lists = lists;
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "The certificate is good, but the client's revocation list says that a newer one was due days ago.",
    cause: "A list says when the next one is due at the latest (nextUpdate; RFC 5280, section \
            5.1.2.5). After that the client cannot know what has been revoked since. The job \
            that fetches the list fails, the CA's web server is out of reach, or a private CA has \
            not signed a new list, often as its key is kept offline. This client refuses then; \
            one that is less strict goes on with the old list. rustls sends unknown_ca, and \
            OpenSSL certificate_expired, though the certificate has not expired.",
    unnoticed: "What was revoked since would still be accepted: whoever holds newer lists back from the \
                client could go on using a stolen key.",
    symptoms: &[
        Command {
            what: "Shows when a list in PEM was made, and when the next one was due.",
            line: "openssl crl -in crl.pem -noout -issuer -lastupdate -nextupdate",
        },
        Command {
            what: "Connects, looks for the certificate in a list that was fetched before, and stops at the first error: \"CRL has expired\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -crl_check -CRL crl.pem -verify_return_error </dev/null",
        },
        CLOCK,
    ],
    fix: "Have the CA sign a new list, and the client fetch it. Have both done by a timer, well \
          before nextUpdate, and be warned if one fails.",
    remedies: &[Remedy::RevocationLists],
    fix_commands: &[
        Command {
            what: "Signs a new list in a private CA, due again in 7 days.",
            line: "openssl ca -config ca.cnf -gencrl -crldays 7 -out crl.pem",
        },
        Command {
            what: "Fetches the list, and makes PEM of it. The address is in the certificate's crlDistributionPoints.",
            line: "curl -sSfo crl.der http://crl.example.com/intermediate.crl && openssl crl -inform DER -in crl.der -out crl.pem",
        },
        Command {
            what: "Judges a certificate in a file by the new list.",
            line: "openssl verify -attime CLIENT_CLOCK -crl_check -CRLfile crl.pem -CAfile root.pem -untrusted intermediate.pem leaf.pem",
        },
    ],
};
