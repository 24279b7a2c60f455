//! Alerts: what each one says, and where that is written.

/// An alert description.
#[derive(Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its code point.
    pub code: u8,
    /// Its name: `certificate_expired`.
    pub name: &'static str,
    /// The level it is sent with: `warning` or `fatal`. TLS 1.3 treats all but two as fatal
    /// whatever the level says (RFC 8446, section 6).
    pub level: &'static str,
    /// What the sender says with it: one sentence.
    pub meaning: &'static str,
    /// Where it is defined.
    pub rfc: &'static str,
}

/// The alert with this code point.
pub fn alert(code: u8) -> Option<&'static Alert> {
    ALERTS.iter().find(|alert| alert.code == code)
}

const fn row(
    code: u8,
    name: &'static str,
    level: &'static str,
    meaning: &'static str,
    rfc: &'static str,
) -> Alert {
    Alert { code, name, level, meaning, rfc }
}

const TLS13: &str = "RFC 8446, section 6.2";
const TLS12: &str = "RFC 5246, section 7.2.2";

#[rustfmt::skip]
static ALERTS: &[Alert] = &[
    row(0, "close_notify", "warning", "I will send nothing more on this connection.", "RFC 8446, section 6.1"),
    row(10, "unexpected_message", "fatal", "A message came that has no place at this point of the handshake.", TLS13),
    row(20, "bad_record_mac", "fatal", "A record did not pass its integrity check: it was altered, or the two ends use different keys.", TLS13),
    row(21, "decryption_failed", "fatal", "A record could not be decrypted; no longer sent, because telling this apart from bad_record_mac helped attackers.", TLS12),
    row(22, "record_overflow", "fatal", "A record is longer than the protocol allows.", TLS13),
    row(30, "decompression_failure", "fatal", "The decompressed data would be too long; TLS 1.3 has no compression.", TLS12),
    row(40, "handshake_failure", "fatal", "There is no set of parameters that both ends accept: no common cipher suite, group or signature scheme.", TLS13),
    row(41, "no_certificate", "warning", "I have no certificate to send; an alert of SSL 3.0 only.", "RFC 6101, section 5.4.2"),
    row(42, "bad_certificate", "fatal", "The certificate is corrupt, or a signature in it does not verify.", TLS13),
    row(43, "unsupported_certificate", "fatal", "The certificate is of a kind I do not support.", TLS13),
    row(44, "certificate_revoked", "fatal", "The certificate was revoked by its issuer.", TLS13),
    row(45, "certificate_expired", "fatal", "The certificate is outside its validity period.", TLS13),
    row(46, "certificate_unknown", "fatal", "Something else about the certificate makes it unacceptable.", TLS13),
    row(47, "illegal_parameter", "fatal", "A field is well-formed, but its value is not allowed or contradicts another field.", TLS13),
    row(48, "unknown_ca", "fatal", "The chain does not lead to a certification authority that I trust.", TLS13),
    row(49, "access_denied", "fatal", "The certificate is valid, but its owner is not allowed in.", TLS13),
    row(50, "decode_error", "fatal", "A message could not be decoded: a length or a field is out of range.", TLS13),
    row(51, "decrypt_error", "fatal", "A cryptographic operation of the handshake failed: a signature, a Finished or a PSK binder does not verify.", TLS13),
    row(60, "export_restriction", "fatal", "The parameters break an export restriction; no longer used.", "RFC 2246, section 7.2.2"),
    row(70, "protocol_version", "fatal", "I recognise the protocol version you offer, but do not support it.", TLS13),
    row(71, "insufficient_security", "fatal", "The parameters you offer are weaker than I require.", TLS13),
    row(80, "internal_error", "fatal", "I cannot go on for a reason that has nothing to do with you.", TLS13),
    row(86, "inappropriate_fallback", "fatal", "You retried with an older version although I support a newer one: someone may have forced that.", "RFC 7507, section 3"),
    row(90, "user_canceled", "warning", "I am giving up the handshake for a reason that is no failure of the protocol.", "RFC 8446, section 6.1"),
    row(100, "no_renegotiation", "warning", "I will not negotiate again on this connection; TLS 1.2 and older only.", TLS12),
    row(109, "missing_extension", "fatal", "The message lacks an extension that it must have.", TLS13),
    row(110, "unsupported_extension", "fatal", "The message has an extension that has no place in it, or that I never offered.", TLS13),
    row(111, "certificate_unobtainable", "fatal", "I could not fetch the certificate from the address you gave; TLS 1.2 and older only.", "RFC 6066, section 9"),
    row(112, "unrecognized_name", "fatal", "I serve no site of the name in your server_name extension.", TLS13),
    row(113, "bad_certificate_status_response", "fatal", "The OCSP response you sent is invalid or unacceptable.", TLS13),
    row(114, "bad_certificate_hash_value", "fatal", "A certificate fetched from an address does not match its hash; TLS 1.2 and older only.", "RFC 6066, section 9"),
    row(115, "unknown_psk_identity", "fatal", "I know no pre-shared key of the identity you gave.", TLS13),
    row(116, "certificate_required", "fatal", "I require a certificate from you, and you sent none.", TLS13),
    row(120, "no_application_protocol", "fatal", "I speak none of the application protocols that you offer by ALPN.", TLS13),
];
