//! Content types of records.

use super::registry::registry;

registry! {
    /// What a record carries, from the IANA registry "TLS ContentType" (RFC 9846, section 5.1).
    ContentType(u8) {
        CHANGE_CIPHER_SPEC = 20, "change_cipher_spec";
        ALERT = 21, "alert";
        HANDSHAKE = 22, "handshake";
        APPLICATION_DATA = 23, "application_data";
        /// RFC 6520.
        HEARTBEAT = 24, "heartbeat";
    }
}
