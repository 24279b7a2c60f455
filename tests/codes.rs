//! Codes that browsers print lead to their faults: what somebody has in hand who looks for help.

#![cfg(test)]

use handshake_lab::faults::{CODES, FAULTS, meant_by_codes};
use handshake_lab::find::Query;
use handshake_lab::observed::Observation;

/// Codes as they are met, and a fault that must be among the first three.
const MET: &[(&str, &str)] = &[
    ("SSL_ERROR_NO_CYPHER_OVERLAP", "no-shared-suite"),
    ("SSL_ERROR_PROTOCOL_VERSION_ALERT", "no-shared-version"),
    ("SSL_ERROR_UNSUPPORTED_VERSION", "no-shared-version"),
    ("SEC_ERROR_UNKNOWN_ISSUER", "missing-intermediate"),
    ("SEC_ERROR_UNKNOWN_ISSUER", "untrusted-root"),
    ("SSL_ERROR_BAD_CERT_DOMAIN", "hostname-mismatch"),
    ("SEC_ERROR_EXPIRED_CERTIFICATE", "cert-expired"),
    ("SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", "expired-intermediate"),
    ("MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", "cert-not-yet-valid"),
    ("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "self-signed"),
    ("SEC_ERROR_REVOKED_CERTIFICATE", "revoked"),
    ("SSL_ERROR_RX_RECORD_TOO_LONG", "tls-to-plain-http-port"),
    ("PR_CONNECT_RESET_ERROR", "reset-on-sni"),
    ("PR_END_OF_FILE_ERROR", "truncated"),
    ("SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT", "client-cert-missing"),
    ("SSL_ERROR_UNRECOGNIZED_NAME_ALERT", "unknown-sni"),
    ("NET::ERR_CERT_DATE_INVALID", "cert-expired"),
    ("NET::ERR_CERT_COMMON_NAME_INVALID", "hostname-mismatch"),
    ("NET::ERR_CERT_AUTHORITY_INVALID", "untrusted-root"),
    ("NET::ERR_CERT_AUTHORITY_INVALID", "missing-intermediate"),
    ("NET::ERR_CERT_REVOKED", "revoked"),
    ("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "no-shared-suite"),
    ("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "no-shared-version"),
    ("ERR_SSL_PROTOCOL_ERROR", "tls-to-plain-http-port"),
    ("ERR_CONNECTION_REFUSED", "connection-refused"),
    ("ERR_CONNECTION_RESET", "reset-on-sni"),
    ("ERR_CONNECTION_TIMED_OUT", "black-hole"),
    ("ERR_BAD_SSL_CLIENT_AUTH_CERT", "client-cert-missing"),
];

#[test]
fn a_code_of_a_browser_finds_its_fault_among_the_first_three() {
    for (code, fault) in MET {
        for text in [
            (*code).to_owned(),
            code.to_lowercase(),
            format!("An error occurred ({code}). Try again"),
        ] {
            let found: Vec<&str> =
                meant_by_codes(&text).iter().map(|(fault, _)| fault.id).collect();
            assert!(found.iter().take(3).any(|id| id == fault), "{text}: {found:?}");
        }
    }
}

#[test]
fn a_part_of_a_code_finds_its_faults_by_words() {
    for (words, fault) in
        [("cypher overlap", "no-shared-suite"), ("RX_RECORD_TOO_LONG", "tls-to-plain-http-port")]
    {
        let texts = FAULTS.iter().map(|fault| (fault.id, fault.text()));
        let (found, all) = Query::new(words).best(texts);
        assert!(all && found.iter().take(3).any(|id| *id == fault), "{words}: {found:?}");
    }
}

#[test]
fn what_chromium_was_seen_to_print_is_in_the_table() {
    let observed = include_str!("../data/observed.json");
    let observed = Observation::all_from_json(observed).expect("observations");
    let mut seen = 0;
    for one in observed.iter().filter(|one| one.program == "chromium") {
        let Some(error) = &one.error else { continue };
        let code =
            CODES.iter().find(|code| code.name == error).unwrap_or_else(|| panic!("{error}"));
        let meant = meant_by_codes(code.name);
        assert!(meant.iter().any(|(fault, _)| fault.id == one.fault), "{error}: {}", one.fault);
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}
