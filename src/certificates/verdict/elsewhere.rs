//! What webpki takes, and other programs do not: a warning beside the verdict, and a refusal for those who ask.

use super::remarks::Looking;
use super::{Finding, Gravity};
use crate::story::{Certificate, format};
use crate::time;

/// An authority whose keyUsage does not allow it to sign certificates (RFC 5280, section 4.2.1.3).
pub fn key_usage(looking: &Looking<'_>) -> Vec<Finding> {
    const SIGN: &str = "keyCertSign";
    let issuers = looking.used.iter().filter(|one| {
        let usage = one.certificate.key_usage();
        // A root's own extensions are not looked at, and without this one a key may do everything.
        let is_issuer = one.der != looking.leaf.der && !one.certificate.is_own_issuer();
        is_issuer && !usage.is_empty() && !usage.contains(&SIGN)
    });
    let found = issuers.map(|one| {
        let usage: Vec<String> =
            one.certificate.key_usage().iter().map(|usage| (*usage).to_owned()).collect();
        Finding {
            gravity: gravity(looking.manner.asks_key_usage),
            what: format!(
                "{} signed a certificate, and its keyUsage has {} without {SIGN}. rustls takes that; OpenSSL, GnuTLS and \
                 browsers do not.",
                one.certificate.subject(),
                format::list(&usage)
            ),
            fix: format!("Have the authority’s certificate issued with {SIGN} in keyUsage."),
            command: None,
        }
    });
    found.collect()
}

/// A trusted root that has ended: a trust anchor is but a name and a key (RFC 5280, section 6.1.1), and whether its
/// dates count is a matter of the program.
pub fn ended_root(looking: &Looking<'_>) -> Vec<Finding> {
    let Some(last) = looking.used.iter().rev().find(|one| !one.certificate.is_own_issuer()) else {
        return Vec::new();
    };
    let has_ended = |root: &&Certificate| root.validity().1 < looking.now;
    let own = looking.question.roots.own();
    let named: Vec<&Certificate> =
        own.iter().filter(|root| root.subject_der == last.certificate.issuer_der).collect();
    // Checking a signature takes a while, so only where one has ended.
    if looking.refusal.is_some() || !named.iter().any(has_ended) {
        return Vec::new();
    }
    let signed_it = |root: &&Certificate| last.signed.is_by(&root.key_info) == Some(true);
    let roots: Vec<&Certificate> = named.into_iter().filter(signed_it).collect();
    let Some(first) = roots.first().filter(|_| roots.iter().all(has_ended)) else {
        return Vec::new();
    };
    vec![Finding {
        gravity: gravity(looking.manner.lenient),
        what: format!(
            "The trusted root {} expired on {}. rustls and Android do not ask that of a root; OpenSSL does.",
            first.subject(),
            time::text(first.validity().1)
        ),
        fix: "Have those who trust it trust its successor.".into(),
        command: None,
    }]
}

fn gravity(is_asked: bool) -> Gravity {
    if is_asked { Gravity::Refused } else { Gravity::Warning }
}
