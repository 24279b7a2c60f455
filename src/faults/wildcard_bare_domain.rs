//! The client wants the domain itself, and the certificate is for names below it.

use super::commands::{CHECK_HOST, CURL, NAMES, VERIFY_WRONG_NAME};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "wildcard-bare-domain",
    title: "Wildcard without the domain",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        plan.client.name = Some("example.com".into());
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.rename(&["*.example.com"]);
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::BadCertificate),
};

pub static WORDS: Words = Words {
    summary: "The client wants example.com, and the server's certificate is for *.example.com alone.",
    cause: "An asterisk stands for exactly one label (RFC 9525, section 6.3), and example.com \
            has none in its place: a certificate for a domain and the names below it needs both \
            names. It shows late, as all of the names below work, and often only those are \
            tried. The client that runs here tells the server with a bad_certificate alert; \
            others may send another alert, or none.",
    unnoticed: "A certificate for the names below example.com would cover example.com itself, which \
                may be run by others.",
    symptoms: &[NAMES, VERIFY_WRONG_NAME, CURL],
    fix: "Get a certificate that has both names: the domain, and the asterisk below it.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Makes a key and a signing request that holds both names.",
            line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST,DNS:*.HOST'",
        },
        CHECK_HOST,
    ],
};
