//! The server's certificate is for another name.

use super::commands::{CHECK_HOST, CURL, NAMES, REQUEST, VERIFY_NAME};
use super::{Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "hostname-mismatch",
    title: "Hostname mismatch",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.rename(&["www.example.org", "example.org"]);
        }
    },
    expect: |plan| {
        let alert = AlertDescription::BadCertificate;
        Outcome::refused_by_client(plan, alert)
    },
};

pub static WORDS: Words = Words {
    summary: "The server's certificate is good, but for another name than the client asked for.",
    cause: "The name is missing from the certificate's subject alternative names, the request reached \
            another server than was meant (DNS, load balancer), or the server chose the wrong \
            certificate for the name in SNI. The client looks at the subject alternative names only; \
            the common name does not count (RFC 9525). The client that runs here tells the server \
            with a bad_certificate alert; others may send another alert, or none.",
    unnoticed: "Whoever has a good certificate for a name of their own could answer for every other name.",
    symptoms: &[NAMES, VERIFY_NAME, CURL],
    fix: "Use a certificate whose subject alternative names hold the name that clients use, or have \
          the server pick the right one by SNI, or have clients use a name that is in it.",
    remedies: &[Remedy::ServerNames, Remedy::Reload],
    fix_commands: &[REQUEST, CHECK_HOST],
};
