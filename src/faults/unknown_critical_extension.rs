//! The server's certificate has a critical extension that no client knows.

use super::commands::{CURL, RELOAD, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Extension;
use rustls::AlertDescription;

/// 1.3.6.1.4.1.32473.1, below the number that is set apart for documentation (RFC 5612).
const PRIVATE: &[u8] = &[0x2b, 6, 1, 4, 1, 0x81, 0xfd, 0x59, 1];

/// NULL in DER: what the extension says does not matter.
const NULL: &[u8] = &[5, 0];

pub static FAULT: Fault = Fault {
    id: "unknown-critical-extension",
    title: "Unknown critical extension",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.extensions.push(Extension::Other(PRIVATE, true, NULL.to_vec()));
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateUnknown),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate has an extension that is marked critical, and that the client does not know.",
    cause: "Critical means: whoever does not understand this must refuse the certificate (RFC \
            5280, section 4.2). It comes about where a CA marks an extension of its own so, or \
            one that few clients have, as a maker of devices may do; or where a certificate \
            that was never meant for the web gets there. rustls has no alert of its own for it, \
            and sends certificate_unknown, as OpenSSL does.",
    unnoticed: "The extension may limit what the certificate is good for. A client that skips it takes the \
                certificate for more than its CA meant.",
    symptoms: &[
        Command {
            what: "Shows all of the certificate that the server sends: look for an extension named by numbers, with \"critical\" behind it.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -text",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"unhandled critical extension\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Have the certificate issued anew without the extension, or with the extension not \
          critical, so that clients that do not know it skip it.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Asks for a certificate with an extension that is not critical.",
            line: "openssl req -new -key leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST' -addext '1.3.6.1.4.1.32473.1=DER:0500'",
        },
        Command {
            what: "Lists which extensions of a certificate in a file are critical.",
            line: "openssl x509 -in leaf.pem -noout -text | grep critical",
        },
        VERIFY_FILES,
        RELOAD,
    ],
};
