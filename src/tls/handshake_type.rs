//! Handshake message types.

use super::registry::registry;

registry! {
    /// The type of a handshake message, from the IANA registry "TLS HandshakeType" (RFC 9846, section
    /// 4; RFC 5246, section 7.4, for those of TLS 1.2).
    HandshakeType(u8) {
        /// RFC 5246, section 7.4.1.1; not in TLS 1.3.
        HELLO_REQUEST = 0, "hello_request";
        CLIENT_HELLO = 1, "client_hello";
        SERVER_HELLO = 2, "server_hello";
        /// RFC 6347: DTLS.
        HELLO_VERIFY_REQUEST = 3, "hello_verify_request";
        NEW_SESSION_TICKET = 4, "new_session_ticket";
        END_OF_EARLY_DATA = 5, "end_of_early_data";
        ENCRYPTED_EXTENSIONS = 8, "encrypted_extensions";
        CERTIFICATE = 11, "certificate";
        /// RFC 5246, section 7.4.3; not in TLS 1.3.
        SERVER_KEY_EXCHANGE = 12, "server_key_exchange";
        CERTIFICATE_REQUEST = 13, "certificate_request";
        /// RFC 5246, section 7.4.5; not in TLS 1.3.
        SERVER_HELLO_DONE = 14, "server_hello_done";
        CERTIFICATE_VERIFY = 15, "certificate_verify";
        /// RFC 5246, section 7.4.7; not in TLS 1.3.
        CLIENT_KEY_EXCHANGE = 16, "client_key_exchange";
        FINISHED = 20, "finished";
        /// RFC 6066, section 5; not in TLS 1.3.
        CERTIFICATE_URL = 21, "certificate_url";
        /// RFC 6066, section 8; not in TLS 1.3.
        CERTIFICATE_STATUS = 22, "certificate_status";
        /// RFC 4680; not in TLS 1.3.
        SUPPLEMENTAL_DATA = 23, "supplemental_data";
        KEY_UPDATE = 24, "key_update";
        /// RFC 8879, section 4.
        COMPRESSED_CERTIFICATE = 25, "compressed_certificate";
        /// A draft that came before ALPN.
        NEXT_PROTOCOL = 67, "next_protocol";
        /// RFC 9846, section 4.1: never sent, part of the transcript only.
        MESSAGE_HASH = 254, "message_hash";
    }
}
