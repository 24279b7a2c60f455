//! Alerts: what each one says, and where that is written.

use super::registry::registry;

/// How the rows of [`alerts`] become a registry and the explanations beside it.
macro_rules! alerts {
    ($($id:ident = $value:literal, $name:literal, $level:ident, $meaning:literal, $rfc:expr;)*) => {
        registry! {
            /// What an alert says, from the IANA registry "TLS Alerts" (RFC 9846, section 6).
            AlertDescription(u8) {
                $($id = $value, $name;)*
            }
        }

        static ALERTS: &[Alert] = &[$(Alert {
            description: AlertDescription::$id,
            name: $name,
            level: AlertLevel::$level,
            meaning: $meaning,
            rfc: $rfc,
        },)*];
    };
}

registry! {
    /// How bad an alert is. TLS 1.3 goes by the description, whatever the level says (RFC 9846,
    /// section 6).
    AlertLevel(u8) {
        WARNING = 1, "warning";
        FATAL = 2, "fatal";
    }
}

/// What is written about an alert.
#[derive(Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its code point.
    pub description: AlertDescription,
    /// Its name: `certificate_expired`.
    pub name: &'static str,
    /// The level it is sent with.
    pub level: AlertLevel,
    /// What the sender says with it: one sentence.
    pub meaning: &'static str,
    /// Where it is defined.
    pub rfc: &'static str,
}

impl AlertDescription {
    /// What is written about it; `None` for an unknown one.
    pub fn alert(self) -> Option<&'static Alert> {
        ALERTS.iter().find(|alert| alert.description == self)
    }
}

const TLS13: &str = "RFC 9846, section 6.2";
const CLOSURE: &str = "RFC 9846, section 6.1";
const TLS12: &str = "RFC 5246, section 7.2.2";

alerts! {
    CLOSE_NOTIFY = 0, "close_notify", WARNING, "I will send nothing more on this connection.", CLOSURE;
    UNEXPECTED_MESSAGE = 10, "unexpected_message", FATAL, "A message came that has no place at this point of the handshake.", TLS13;
    BAD_RECORD_MAC = 20, "bad_record_mac", FATAL, "A record did not pass its integrity check: it was altered, or the two ends use different keys.", TLS13;
    DECRYPTION_FAILED = 21, "decryption_failed", FATAL, "A record could not be decrypted; no longer sent, because telling this apart from bad_record_mac helped attackers.", TLS12;
    RECORD_OVERFLOW = 22, "record_overflow", FATAL, "A record is longer than the protocol allows.", TLS13;
    DECOMPRESSION_FAILURE = 30, "decompression_failure", FATAL, "The decompressed data would be too long; TLS 1.3 has no compression.", TLS12;
    HANDSHAKE_FAILURE = 40, "handshake_failure", FATAL, "No set of parameters suits both ends: no common cipher suite, group or signature scheme, or in TLS 1.2 no certificate of the client where the server requires one.", TLS13;
    NO_CERTIFICATE = 41, "no_certificate", WARNING, "I have no certificate to send; an alert of SSL 3.0 only.", "RFC 6101, section 5.4.2";
    BAD_CERTIFICATE = 42, "bad_certificate", FATAL, "The certificate is corrupt, a signature in it does not verify, or something else is wrong with it, such as a name that does not match.", TLS13;
    UNSUPPORTED_CERTIFICATE = 43, "unsupported_certificate", FATAL, "The certificate is of a kind I do not support.", TLS13;
    CERTIFICATE_REVOKED = 44, "certificate_revoked", FATAL, "The certificate was revoked by its issuer.", TLS13;
    CERTIFICATE_EXPIRED = 45, "certificate_expired", FATAL, "The certificate is outside its validity period.", TLS13;
    CERTIFICATE_UNKNOWN = 46, "certificate_unknown", FATAL, "Something else about the certificate makes it unacceptable.", TLS13;
    ILLEGAL_PARAMETER = 47, "illegal_parameter", FATAL, "A field is well-formed, but its value is not allowed or contradicts another field.", TLS13;
    UNKNOWN_CA = 48, "unknown_ca", FATAL, "The chain does not lead to a certification authority that I trust.", TLS13;
    ACCESS_DENIED = 49, "access_denied", FATAL, "The certificate is valid, but its owner is not allowed in.", TLS13;
    DECODE_ERROR = 50, "decode_error", FATAL, "A message could not be decoded: a length or a field is out of range.", TLS13;
    DECRYPT_ERROR = 51, "decrypt_error", FATAL, "A cryptographic operation of the handshake failed: a signature, a Finished or a PSK binder does not verify.", TLS13;
    EXPORT_RESTRICTION = 60, "export_restriction", FATAL, "The parameters break an export restriction; no longer used.", "RFC 2246, section 7.2.2";
    PROTOCOL_VERSION = 70, "protocol_version", FATAL, "I recognise the protocol version you offer, but do not support it.", TLS13;
    INSUFFICIENT_SECURITY = 71, "insufficient_security", FATAL, "The parameters you offer are weaker than I require.", TLS13;
    INTERNAL_ERROR = 80, "internal_error", FATAL, "I cannot go on for a reason that has nothing to do with you.", TLS13;
    INAPPROPRIATE_FALLBACK = 86, "inappropriate_fallback", FATAL, "You retried with an older version although I support a newer one: someone may have forced that.", "RFC 7507, section 3";
    USER_CANCELED = 90, "user_canceled", WARNING, "I am giving up the handshake for a reason that is no failure of the protocol; close_notify must follow.", CLOSURE;
    NO_RENEGOTIATION = 100, "no_renegotiation", WARNING, "I will not negotiate again on this connection; TLS 1.2 and older only.", TLS12;
    MISSING_EXTENSION = 109, "missing_extension", FATAL, "The message lacks an extension that it must have.", TLS13;
    UNSUPPORTED_EXTENSION = 110, "unsupported_extension", FATAL, "The message has an extension that has no place in it, or that I never offered.", TLS13;
    CERTIFICATE_UNOBTAINABLE = 111, "certificate_unobtainable", FATAL, "I could not fetch the certificate from the address you gave; TLS 1.2 and older only.", "RFC 6066, section 9";
    UNRECOGNIZED_NAME = 112, "unrecognized_name", FATAL, "I serve no site of the name in your server_name extension.", "RFC 6066, section 3";
    BAD_CERTIFICATE_STATUS_RESPONSE = 113, "bad_certificate_status_response", FATAL, "The OCSP response you sent is invalid or unacceptable.", TLS13;
    BAD_CERTIFICATE_HASH_VALUE = 114, "bad_certificate_hash_value", FATAL, "A certificate fetched from an address does not match its hash; TLS 1.2 and older only.", "RFC 6066, section 9";
    UNKNOWN_PSK_IDENTITY = 115, "unknown_psk_identity", FATAL, "I know no pre-shared key of the identity you gave.", TLS13;
    CERTIFICATE_REQUIRED = 116, "certificate_required", FATAL, "I require a certificate from you, and you sent none; TLS 1.3 only.", TLS13;
    GENERAL_ERROR = 117, "general_error", FATAL, "Something failed for which there is no other alert, or which I will not tell; new in RFC 9846.", TLS13;
    NO_APPLICATION_PROTOCOL = 120, "no_application_protocol", FATAL, "I speak none of the application protocols that you offer by ALPN.", "RFC 7301, section 3.2";
    ECH_REQUIRED = 121, "ech_required", FATAL, "I offered Encrypted ClientHello, and you did not accept it.", "RFC 9849, section 11.2";
}
