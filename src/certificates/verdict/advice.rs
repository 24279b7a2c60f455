//! What is behind a refusal, and what to do about it.

use super::remarks::{Looking, issue_with};
use super::{Finding, Gravity, PathReport, issuer_address};
use crate::certificates::shell::quoted;
use crate::keys::takes_rsa_key;
use crate::trace::{ChainRefusal, Endpoint};

/// The finding for what webpki refused for. Where it is the name, the names that would do are told; where a
/// link is missing, where it can be had.
pub fn of(
    refusal: &Option<(ChainRefusal, String)>,
    looking: &Looking<'_>,
    paths: &[PathReport],
) -> Option<Finding> {
    let (kind, words) = refusal.as_ref()?;
    let file = looking.file(looking.leaf.file);
    let holder = looking.holder();
    // The check that does not hold says what was compared.
    let check = paths
        .iter()
        .flat_map(|path| &path.checks)
        .find(|check| !check.holds && check.refusal == Some(*kind));
    let detail = check.map_or_else(
        || format!("the verifier says: {words}"),
        |check| format!("{} {}", check.question, check.detail),
    );
    let (fix, command) = match kind {
        ChainRefusal::UnknownIssuer => missing_link(looking, &file),
        ChainRefusal::Expired => (
            format!("Have the certificate issued again, and have the {holder} load it."),
            Some(format!("openssl x509 -in {file} -noout -subject -enddate")),
        ),
        ChainRefusal::NotYetValid => (
            "Set the clock right, or wait until the first day.".into(),
            Some(format!("date -u; openssl x509 -in {file} -noout -startdate")),
        ),
        ChainRefusal::WrongName => wrong_name(looking),
        ChainRefusal::WrongPurpose => {
            let needed = match looking.question.by {
                Endpoint::Client => "serverAuth",
                Endpoint::Server => "clientAuth",
            };
            (
                format!("Have it issued with {needed} in extendedKeyUsage."),
                Some(issue_with(&format!("extendedKeyUsage={needed}"))),
            )
        }
        ChainRefusal::BadSignature if has_wrong_length(looking) => (
            "Make a new key for the authority that signed it, and reissue what it signed.".into(),
            Some(format!("openssl storeutl -noout -text -certs {file} | grep -E 'Subject:|Public-Key'")),
        ),
        ChainRefusal::BadSignature => (
            "The issuer's name leads to another key than the one that signed: two authorities have the \
             same name, or the certificate was changed. Send or trust the one that did sign."
                .into(),
            Some(format!("openssl verify -partial_chain -trusted ISSUER.crt {file}")),
        ),
        ChainRefusal::CaAsLeaf => (
            "Have it issued with basicConstraints CA:FALSE. OpenSSL takes it as it is; rustls and others \
             that use webpki do not."
                .into(),
            Some(issue_with("basicConstraints=critical,CA:FALSE")),
        ),
        ChainRefusal::LeafAsCa => (
            "Have it signed by an authority: a certificate with basicConstraints CA:TRUE.".into(),
            None,
        ),
        ChainRefusal::UnsupportedVersion => (
            "Have it issued with extensions, which makes it version 3: openssl x509 -req without -extfile \
             made version 1 before OpenSSL 3.2."
                .into(),
            Some(issue_with(&looking.alt_name())),
        ),
        ChainRefusal::PathTooLong => (
            "Raise pathLenConstraint of the authority above, or issue from further up.".into(),
            None,
        ),
        ChainRefusal::NameNotAllowed => (
            "Take an authority that may issue for this name, or another name.".into(),
            None,
        ),
        ChainRefusal::UnknownCriticalExtension => (
            "Have it issued without the extension, or with it not critical.".into(),
            None,
        ),
        ChainRefusal::UnsupportedSignatureAlgorithm => (
            "Its signature algorithm is not accepted: have it issued with SHA-256, by RSA or ECDSA."
                .into(),
            None,
        ),
        _ => (
            "Look at all that is in the certificate.".into(),
            Some(format!("openssl x509 -in {file} -noout -text")),
        ),
    };
    Some(Finding { gravity: Gravity::Refused, what: detail, fix, command })
}

/// Whether an authority's key is of a length that no signature is taken of.
fn has_wrong_length(looking: &Looking<'_>) -> bool {
    let mut issuers = looking.used.iter().filter(|one| !std::ptr::eq(**one, looking.leaf));
    issuers.any(|one| one.certificate.summary().rsa_bits().is_some_and(|bits| !takes_rsa_key(bits)))
}

fn wrong_name(looking: &Looking<'_>) -> (String, Option<String>) {
    let names = looking.leaf.certificate.names();
    let host = looking.question.host.as_deref().unwrap_or("the host");
    let fix = match names.as_slice() {
        [] => format!("Have it issued with {host} in subjectAltName."),
        names => format!(
            "Ask for a name that would do: {}. Or have it issued with {host} in subjectAltName.",
            names.join(", ")
        ),
    };
    (fix, Some(looking.request()))
}

/// How whoever judges is told to trust the certificates of a file.
fn trusting(looking: &Looking<'_>, file: &str) -> String {
    match looking.question.by {
        Endpoint::Client => {
            let host = looking.question.host.as_deref().unwrap_or("HOST");
            format!("curl --cacert {file} {}", quoted(&format!("https://{host}/")))
        }
        Endpoint::Server => {
            format!("openssl s_server -cert server.crt -key server.key -Verify 1 -CAfile {file}")
        }
    }
}

/// Where the chain breaks, and what is to be added.
fn missing_link(looking: &Looking<'_>, file: &str) -> (String, Option<String>) {
    // Up from the leaf as far as there are issuers.
    let mut at = looking.leaf;
    for _ in 0..looking.all.len() {
        let issuer = looking.all.iter().copied().find(|one| {
            one.certificate.subject_der == at.certificate.issuer_der && one.der != at.der
        });
        match issuer {
            Some(issuer) if !at.certificate.is_own_issuer() => at = issuer,
            _ => break,
        }
    }
    let (subject, issuer) = (at.certificate.subject(), at.certificate.issuer());
    if at.certificate.is_own_issuer() && at.der == looking.leaf.der {
        return (
            "It is signed by its own key, and not trusted: have an authority sign it, or trust this one \
             certificate."
                .into(),
            Some(trusting(looking, file)),
        );
    }
    if at.certificate.is_own_issuer() {
        return (
            format!(
                "The chain is whole, but its root, {subject}, is not trusted: trust it, if it is the right one."
            ),
            Some(format!(
                "{}; keytool -importcert -noprompt -alias root -file ROOT.crt -keystore truststore.p12",
                trusting(looking, "ROOT.crt")
            )),
        );
    }
    let fix = format!(
        "The certificate of {issuer}, which issued {subject}, is missing: have the {} send it behind its \
         own certificate, or trust it if it is a root.",
        looking.holder()
    );
    let command = match issuer_address(at.der) {
        Some(address) => {
            format!("curl -s {} | openssl x509 -inform DER >> {file}", quoted(&address))
        }
        None => format!("cat {file} INTERMEDIATE.crt > full-chain.pem"),
    };
    (fix, Some(command))
}
