//! The client's name has two labels where the certificate has one asterisk.

use super::commands::{CHECK_HOST, CURL, NAMES, VERIFY_WRONG_NAME};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "wildcard-two-labels",
    title: "Wildcard for two labels",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        plan.client.name = Some("www.shop.example.com".into());
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.rename(&["*.example.com", "example.com"]);
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::BadCertificate),
};

pub static WORDS: Words = Words {
    summary: "The client wants www.shop.example.com, and the server's certificate is for *.example.com.",
    cause: "An asterisk stands for exactly one label, the leftmost (RFC 9525, section 6.3): \
            *.example.com goes with shop.example.com, and neither with www.shop.example.com nor \
            with example.com. It comes about where someone puts another level of names behind \
            the same server: one for each customer, region or test. The client that runs here \
            tells the server with a bad_certificate alert; others may send another alert, or \
            none.",
    unnoticed: "A certificate for one level of names would cover all levels below it, which may be run \
                by others.",
    symptoms: &[NAMES, VERIFY_WRONG_NAME, CURL],
    fix: "Get a certificate that has the name itself, or an asterisk at its level, as \
          *.shop.example.com. Or let the service have a name of one label below the domain.",
    remedies: &[Remedy::ServerNames, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Makes a key and a signing request that holds the name, for a certificate of its own.",
            line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj / -addext 'subjectAltName=critical,DNS:HOST'",
        },
        CHECK_HOST,
    ],
};
