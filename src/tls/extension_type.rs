//! Extension types.

use super::registry::registry;

registry! {
    /// The type of an extension, from the IANA registry "TLS ExtensionType Values" (RFC 9846, section
    /// 4.3; RFC 9847).
    ExtensionType(u16) {
        /// RFC 6066, section 3.
        SERVER_NAME = 0, "server_name";
        /// RFC 6066, section 4.
        MAX_FRAGMENT_LENGTH = 1, "max_fragment_length";
        /// RFC 6066, section 5.
        CLIENT_CERTIFICATE_URL = 2, "client_certificate_url";
        /// RFC 6066, section 6.
        TRUSTED_CA_KEYS = 3, "trusted_ca_keys";
        /// RFC 6066, section 7.
        TRUNCATED_HMAC = 4, "truncated_hmac";
        /// RFC 6066, section 8.
        STATUS_REQUEST = 5, "status_request";
        /// RFC 9846, section 4.3.7.
        SUPPORTED_GROUPS = 10, "supported_groups";
        /// RFC 8422, section 5.1.2.
        EC_POINT_FORMATS = 11, "ec_point_formats";
        /// RFC 5054.
        SRP = 12, "srp";
        /// RFC 9846, section 4.3.3.
        SIGNATURE_ALGORITHMS = 13, "signature_algorithms";
        /// RFC 5764.
        USE_SRTP = 14, "use_srtp";
        /// RFC 6520.
        HEARTBEAT = 15, "heartbeat";
        /// RFC 7301.
        ALPN = 16, "application_layer_protocol_negotiation";
        /// RFC 6961.
        STATUS_REQUEST_V2 = 17, "status_request_v2";
        /// RFC 6962.
        SIGNED_CERTIFICATE_TIMESTAMP = 18, "signed_certificate_timestamp";
        /// RFC 7250.
        CLIENT_CERTIFICATE_TYPE = 19, "client_certificate_type";
        /// RFC 7250.
        SERVER_CERTIFICATE_TYPE = 20, "server_certificate_type";
        /// RFC 7685.
        PADDING = 21, "padding";
        /// RFC 7366.
        ENCRYPT_THEN_MAC = 22, "encrypt_then_mac";
        /// RFC 7627, which calls it extended_master_secret; RFC 9846 renamed it.
        EXTENDED_MAIN_SECRET = 23, "extended_main_secret";
        /// RFC 8472.
        TOKEN_BINDING = 24, "token_binding";
        /// RFC 7924.
        CACHED_INFO = 25, "cached_info";
        /// RFC 8879.
        COMPRESS_CERTIFICATE = 27, "compress_certificate";
        /// RFC 8449.
        RECORD_SIZE_LIMIT = 28, "record_size_limit";
        /// RFC 9345.
        DELEGATED_CREDENTIALS = 34, "delegated_credentials";
        /// RFC 5077.
        SESSION_TICKET = 35, "session_ticket";
        /// RFC 9846, section 4.3.11.
        PRE_SHARED_KEY = 41, "pre_shared_key";
        /// RFC 9846, section 4.3.10.
        EARLY_DATA = 42, "early_data";
        /// RFC 9846, section 4.3.1.
        SUPPORTED_VERSIONS = 43, "supported_versions";
        /// RFC 9846, section 4.3.2.
        COOKIE = 44, "cookie";
        /// RFC 9846, section 4.3.9.
        PSK_KEY_EXCHANGE_MODES = 45, "psk_key_exchange_modes";
        /// RFC 9846, section 4.3.4.
        CERTIFICATE_AUTHORITIES = 47, "certificate_authorities";
        /// RFC 9846, section 4.3.5.
        OID_FILTERS = 48, "oid_filters";
        /// RFC 9846, section 4.3.6.
        POST_HANDSHAKE_AUTH = 49, "post_handshake_auth";
        /// RFC 9846, section 4.3.3.
        SIGNATURE_ALGORITHMS_CERT = 50, "signature_algorithms_cert";
        /// RFC 9846, section 4.3.8.
        KEY_SHARE = 51, "key_share";
        /// RFC 9146.
        CONNECTION_ID = 54, "connection_id";
        /// RFC 9001.
        QUIC_TRANSPORT_PARAMETERS = 57, "quic_transport_parameters";
        /// RFC 9149.
        TICKET_REQUEST = 58, "ticket_request";
        /// A draft that came before ALPN.
        NEXT_PROTOCOL_NEGOTIATION = 13172, "next_protocol_negotiation";
        /// A draft.
        APPLICATION_SETTINGS_OLD = 17513, "application_settings_old";
        /// A draft.
        APPLICATION_SETTINGS = 17613, "application_settings";
        /// A draft.
        CHANNEL_ID = 30032, "channel_id";
        /// RFC 9849, section 5.1.
        ECH_OUTER_EXTENSIONS = 0xfd00, "ech_outer_extensions";
        /// RFC 9849, section 5.
        ENCRYPTED_CLIENT_HELLO = 0xfe0d, "encrypted_client_hello";
        /// RFC 5746.
        RENEGOTIATION_INFO = 0xff01, "renegotiation_info";
    }
}
