//! The server's certificate has been revoked.

use super::commands::{RELOAD, REQUEST};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Credential, RevocationList};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "revoked",
    title: "Revoked certificate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(Credential::Chain(chain)) = &plan.server.credential {
            let leaf = chain.certificates.len() - 1;
            let lists = RevocationList::of_chain(chain, &[leaf], plan.clock);
            plan.client.trust.revocation_lists = lists;
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateRevoked),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate is in the revocation list of the CA that issued it, and the client has that list.",
    cause: "The private key got into wrong hands, the CA issued by mistake, or someone revoked \
            the old certificate before the server had loaded the new one. The client has the \
            lists of all authorities of the chain (RFC 5280, section 5), finds the \
            certificate's serial number in one, and sends certificate_revoked, as OpenSSL does \
            with the same list. Many clients do not ask at all: OpenSSL and curl use lists that \
            they are given, and browsers have lists of their own, so that one client refuses \
            what the next accepts.",
    unnoticed: "If the key was stolen, the thief could answer in the server's place until the certificate \
                runs out.",
    symptoms: &[
        Command {
            what: "Shows the serial number of the certificate that the server sends, and where its CA publishes the list.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -serial -ext crlDistributionPoints",
        },
        Command {
            what: "Shows what is revoked in a list in PEM: look for the serial number.",
            line: "openssl crl -in crl.pem -noout -text",
        },
        Command {
            what: "Connects, looks for the certificate in a list that was fetched before, and stops at the first error: \"certificate revoked\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -crl_check -CRL crl.pem -verify_return_error </dev/null",
        },
        Command {
            what: "Connects as a web client that has the lists of the intermediate and of the root, in one file.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --crlfile crls.pem https://HOST:PORT/",
        },
    ],
    fix: "Make a new key, get a new certificate for it, and have the server load both. A \
          revoked certificate does not come back; and if its key got out, a new certificate for \
          the same key would be as bad.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        REQUEST,
        RELOAD,
        Command {
            what: "Shows the serial number of the certificate that the server sends now.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -serial",
        },
    ],
};
