//! Codes that browsers print on the page that stands in the place of one that could not be had.
//!
//! What a code means is what the browsers' sources say: NSS and mozilla::pkix, and Chromium's `net`. Chromium was
//! asked besides (`data/observed.json`), and tests hold this table to that.

use super::Fault;

/// A code of a browser.
#[derive(Debug)]
pub struct Code {
    /// As it is printed: `SEC_ERROR_UNKNOWN_ISSUER`.
    pub name: &'static str,
    /// Whose it is.
    pub browser: &'static str,
    /// The ids of the faults that it can mean, the likeliest first.
    faults: &'static [&'static str],
}

const fn firefox(name: &'static str, faults: &'static [&'static str]) -> Code {
    Code { name, browser: "Firefox", faults }
}

/// Those of Chromium, and of all that is made of it.
const fn chrome(name: &'static str, faults: &'static [&'static str]) -> Code {
    Code { name, browser: "Chrome and Edge", faults }
}

/// What both call by one code each: the certificate is for another name.
const WRONG_NAME: &[&str] = &[
    "hostname-mismatch",
    "wildcard-two-labels",
    "wildcard-bare-domain",
    "name-only-in-cn",
    "ip-not-in-san",
    "certificate-v1",
];

/// All codes.
pub static CODES: &[Code] = &[
    // Who the server is.
    firefox("SEC_ERROR_EXPIRED_CERTIFICATE", &["cert-expired", "client-clock-ahead"]),
    firefox("SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", &["expired-intermediate"]),
    firefox(
        "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE",
        &["cert-not-yet-valid", "client-clock-behind"],
    ),
    firefox("SSL_ERROR_BAD_CERT_DOMAIN", WRONG_NAME),
    firefox("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", &["self-signed"]),
    firefox(
        "SEC_ERROR_UNKNOWN_ISSUER",
        &["missing-intermediate", "untrusted-root", "wrong-intermediate", "mitm-refused"],
    ),
    firefox("MOZILLA_PKIX_ERROR_MITM_DETECTED", &["mitm-refused"]),
    firefox(
        "SEC_ERROR_BAD_SIGNATURE",
        &[
            "impostor-root-same-name",
            "key-mismatch",
            "tampered-certificate",
            "tampered-server-key-exchange",
        ],
    ),
    firefox("SEC_ERROR_CA_CERT_INVALID", &["leaf-used-as-ca"]),
    firefox("SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID", &["path-length-exceeded"]),
    firefox("SEC_ERROR_CERT_NOT_IN_NAME_SPACE", &["name-constraint-violated"]),
    firefox("SEC_ERROR_INADEQUATE_CERT_TYPE", &["wrong-extended-key-usage"]),
    firefox("SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION", &["unknown-critical-extension"]),
    firefox("SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED", &["sha1-signature"]),
    firefox("SEC_ERROR_REVOKED_CERTIFICATE", &["revoked"]),
    firefox("MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE", &["pin-mismatch"]),
    chrome(
        "ERR_CERT_DATE_INVALID",
        &[
            "cert-expired",
            "cert-not-yet-valid",
            "expired-intermediate",
            "client-clock-behind",
            "client-clock-ahead",
        ],
    ),
    chrome("ERR_CERT_COMMON_NAME_INVALID", WRONG_NAME),
    chrome(
        "ERR_CERT_AUTHORITY_INVALID",
        &[
            "self-signed",
            "untrusted-root",
            "missing-intermediate",
            "wrong-intermediate",
            "impostor-root-same-name",
            "mitm-refused",
        ],
    ),
    chrome(
        "ERR_CERT_INVALID",
        &[
            "wrong-extended-key-usage",
            "leaf-used-as-ca",
            "path-length-exceeded",
            "name-constraint-violated",
            "unknown-critical-extension",
            "sha1-signature",
        ],
    ),
    chrome("ERR_CERT_WEAK_SIGNATURE_ALGORITHM", &["sha1-signature"]),
    chrome("ERR_CERT_REVOKED", &["revoked"]),
    chrome("ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", &["pin-mismatch"]),
    // Who the client is: what the server says of it, in alerts.
    firefox("SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", &["client-cert-missing"]),
    firefox(
        "SSL_ERROR_HANDSHAKE_FAILURE_ALERT",
        &["client-cert-missing", "no-shared-signature-scheme"],
    ),
    firefox("SSL_ERROR_BAD_CERT_ALERT", &["client-cert-missing", "client-cert-untrusted"]),
    firefox(
        "SSL_ERROR_UNKNOWN_CA_ALERT",
        &["client-cert-untrusted", "client-cert-without-intermediate"],
    ),
    firefox("SSL_ERROR_EXPIRED_CERT_ALERT", &["client-cert-expired"]),
    firefox("SSL_ERROR_UNSUPPORTED_CERT_ALERT", &["client-cert-wrong-usage"]),
    firefox("SSL_ERROR_DECRYPT_ERROR_ALERT", &["client-cert-bad-proof"]),
    chrome(
        "ERR_BAD_SSL_CLIENT_AUTH_CERT",
        &[
            "client-cert-missing",
            "client-cert-untrusted",
            "client-cert-expired",
            "client-cert-wrong-usage",
            "client-cert-without-intermediate",
        ],
    ),
    chrome("ERR_SSL_DECRYPT_ERROR_ALERT", &["client-cert-bad-proof"]),
    // What both have to agree on.
    firefox("SSL_ERROR_NO_CYPHER_OVERLAP", &["no-shared-suite", "no-shared-group"]),
    firefox("SSL_ERROR_PROTOCOL_VERSION_ALERT", &["no-shared-version"]),
    firefox("SSL_ERROR_UNSUPPORTED_VERSION", &["no-shared-version"]),
    firefox("SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL", &["alpn-mismatch"]),
    firefox("SSL_ERROR_UNRECOGNIZED_NAME_ALERT", &["unknown-sni"]),
    firefox("SSL_ERROR_ACCESS_DENIED_ALERT", &["unknown-sni"]),
    chrome(
        "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
        &["no-shared-suite", "no-shared-version", "no-shared-group"],
    ),
    chrome("ERR_SSL_UNRECOGNIZED_NAME_ALERT", &["unknown-sni"]),
    // What somebody changed on the way.
    firefox(
        "SSL_ERROR_BAD_MAC_READ",
        &["tampered-key-share", "tampered-client-hello", "tampered-certificate"],
    ),
    firefox(
        "SSL_ERROR_BAD_MAC_ALERT",
        &[
            "tampered-record",
            "replayed-record",
            "dropped-record",
            "reordered-records",
            "tampered-finished",
        ],
    ),
    firefox("SSL_ERROR_RX_MALFORMED_SERVER_HELLO", &["downgrade-versions"]),
    chrome(
        "ERR_SSL_BAD_RECORD_MAC_ALERT",
        &[
            "tampered-record",
            "replayed-record",
            "dropped-record",
            "reordered-records",
            "tampered-finished",
        ],
    ),
    chrome("ERR_TLS13_DOWNGRADE_DETECTED", &["downgrade-versions"]),
    // What carries the bytes.
    firefox("SSL_ERROR_RX_RECORD_TOO_LONG", &["tls-to-plain-http-port"]),
    firefox("SSL_ERROR_DECODE_ERROR_ALERT", &["garbage-record", "oversized-record"]),
    firefox("SSL_ERROR_RECORD_OVERFLOW_ALERT", &["oversized-record"]),
    firefox("PR_CONNECT_RESET_ERROR", &["reset-on-sni"]),
    firefox("PR_END_OF_FILE_ERROR", &["no-shared-signature-scheme", "truncated"]),
    firefox("NS_ERROR_CONNECTION_REFUSED", &["connection-refused"]),
    firefox("NS_ERROR_NET_RESET", &["reset-on-sni", "truncated"]),
    firefox("NS_ERROR_NET_TIMEOUT", &["black-hole", "big-client-hello-dropped"]),
    chrome(
        "ERR_SSL_PROTOCOL_ERROR",
        &[
            "tls-to-plain-http-port",
            "unknown-sni",
            "key-mismatch",
            "tampered-client-hello",
            "tampered-key-share",
            "tampered-server-key-exchange",
            "oversized-record",
            "garbage-record",
        ],
    ),
    chrome("ERR_INVALID_HTTP_RESPONSE", &["plain-http-to-tls-port"]),
    chrome("ERR_CONNECTION_REFUSED", &["connection-refused"]),
    chrome("ERR_CONNECTION_RESET", &["reset-on-sni"]),
    chrome("ERR_CONNECTION_TIMED_OUT", &["black-hole", "big-client-hello-dropped"]),
    chrome("ERR_TIMED_OUT", &["big-client-hello-dropped", "black-hole"]),
    chrome("ERR_EMPTY_RESPONSE", &["truncated"]),
];

/// The faults that the codes in a text can mean, each once and with its code, the likeliest first.
pub fn meant_by_codes(text: &str) -> Vec<(&'static Fault, &'static Code)> {
    let text = text.to_uppercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let mut meant: Vec<(&Fault, &Code)> = Vec::new();
    for code in CODES.iter().filter(|code| words.contains(&code.name)) {
        for fault in code.faults.iter().filter_map(|id| Fault::find(id)) {
            if meant.iter().all(|(other, _)| other.id != fault.id) {
                meant.push((fault, code));
            }
        }
    }
    meant
}

impl Fault {
    /// What browsers may print of it.
    pub fn codes(&self) -> impl Iterator<Item = &'static Code> + use<'_> {
        CODES.iter().filter(move |code| code.faults.contains(&self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_code_stands_once_and_is_about_faults_that_there_are() {
        let names: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), CODES.len());
        for code in CODES {
            assert!(!code.faults.is_empty(), "{}", code.name);
            let own: BTreeSet<&&str> = code.faults.iter().collect();
            assert_eq!(own.len(), code.faults.len(), "{}", code.name);
            for id in code.faults {
                assert!(Fault::find(id).is_some(), "{}: {id}", code.name);
            }
        }
    }

    #[test]
    fn a_code_is_known_among_other_words_and_only_as_a_whole() {
        let first = |text: &str| meant_by_codes(text).first().map(|(fault, _)| fault.id);
        assert_eq!(first("Error code: SEC_ERROR_UNKNOWN_ISSUER."), Some("missing-intermediate"));
        assert_eq!(first("net::err_cert_date_invalid"), Some("cert-expired"));
        assert_eq!(first("ERR_CERT_DATE_INVALID_X"), None);
        assert_eq!(first("no code in here"), None);
    }
}
