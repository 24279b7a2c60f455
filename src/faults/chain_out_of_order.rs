//! The server sends its issuers in the wrong order.

use super::commands::{CHAIN, RELOAD, VERIFY};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Extension, Sent};

/// Places in the chain.
const INTERMEDIATE: usize = 1;
const ISSUING: usize = 2;
const LEAF: usize = 3;

pub static FAULT: Fault = Fault {
    id: "chain-out-of-order",
    title: "Chain out of order",
    group: Group::ServerCertificate,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| {
        let Some(chain) = plan.server.chain_mut() else { return };
        if let Some(intermediate) = chain.intermediate_mut() {
            intermediate.set(Extension::BasicConstraints { ca: true, path_len: Some(1) });
        }
        chain.insert_authority(2, "Issuing", "issuing ca");
        chain.sent = [LEAF, INTERMEDIATE, ISSUING].map(Sent::Own).to_vec();
    },
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "The server sends the leaf, then its issuer's issuer, then its issuer: all that is needed, in the wrong order.",
    cause: "The file that the server sends from was put together by hand, the parts in the order in \
            which they came by email. RFC 5246 (section 7.4.2) demands that each certificate certify the \
            one before it, and a client may refuse anything else; RFC 9846 (section 4.5.1) says that \
            each should, and asks readers to put up with extra certificates and any order \
            behind the leaf. The client that runs here looks among all that came for the issuer that it \
            needs, as OpenSSL, Go and browsers do, so that nobody notices. GnuTLS refuses it where \
            GNUTLS_VERIFY_DO_NOT_ALLOW_UNSORTED_CHAIN is set, and small clients in devices that take the \
            next certificate for the issuer always refuse it: it works for most, and fails for some.",
    unnoticed: "This client has no trouble. Others that expect the issuer next refuse the server, and \
                nobody who tries it with a browser sees that.",
    symptoms: &[
        CHAIN,
        Command {
            what: "Lists subject and issuer of each certificate in the file, in its order: each issuer should be the next subject.",
            line: "openssl storeutl -noout -text -certs fullchain.pem | grep -E 'Issuer:|Subject:'",
        },
        Command {
            what: "Judges the chain: OpenSSL finds a way, whatever the order.",
            line: VERIFY.line,
        },
    ],
    fix: "Put the file into order: the leaf, its issuer, the issuer's issuer. The root need not be in \
          it.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Puts the file together.",
            line: "cat leaf.pem issuing.pem intermediate.pem >fullchain.pem",
        },
        RELOAD,
        CHAIN,
    ],
};
