//! Registries of a few values each.

/// A function from code point to name for each registry.
macro_rules! registries {
    ($($(#[$doc:meta])* $name:ident($code:ty) { $($value:literal = $text:literal,)* })*) => {
        $($(#[$doc])*
        pub fn $name(code: $code) -> Option<&'static str> {
            Some(match code { $($value => $text,)* _ => return None })
        })*
    };
}

registries! {
    /// Protocol versions (RFC 8446, section 4.2.1; drafts of TLS 1.3 are `0x7fxx`).
    version(u16) {
        0x0002 = "SSL 2.0",
        0x0300 = "SSL 3.0",
        0x0301 = "TLS 1.0",
        0x0302 = "TLS 1.1",
        0x0303 = "TLS 1.2",
        0x0304 = "TLS 1.3",
    }

    /// Record content types (RFC 8446, section 5.1).
    content_type(u8) {
        20 = "change_cipher_spec",
        21 = "alert",
        22 = "handshake",
        23 = "application_data",
        24 = "heartbeat",
    }

    /// Handshake message types (RFC 8446, section 4).
    handshake_type(u8) {
        0 = "hello_request",
        1 = "client_hello",
        2 = "server_hello",
        3 = "hello_verify_request",
        4 = "new_session_ticket",
        5 = "end_of_early_data",
        8 = "encrypted_extensions",
        11 = "certificate",
        12 = "server_key_exchange",
        13 = "certificate_request",
        14 = "server_hello_done",
        15 = "certificate_verify",
        16 = "client_key_exchange",
        20 = "finished",
        21 = "certificate_url",
        22 = "certificate_status",
        23 = "supplemental_data",
        24 = "key_update",
        25 = "compressed_certificate",
        67 = "next_protocol",
        254 = "message_hash",
    }

    /// Alert levels (RFC 8446, section 6).
    alert_level(u8) {
        1 = "warning",
        2 = "fatal",
    }

    /// Compression methods (RFC 3749, section 2).
    compression(u8) {
        0 = "null",
        1 = "DEFLATE",
        64 = "LZS",
    }

    /// Point formats (RFC 8422, section 5.1.2).
    point_format(u8) {
        0 = "uncompressed",
        1 = "ansiX962_compressed_prime",
        2 = "ansiX962_compressed_char2",
    }

    /// Ways of using a pre-shared key (RFC 8446, section 4.2.9); the last eight are GREASE.
    psk_mode(u8) {
        0 = "psk_ke",
        1 = "psk_dhe_ke",
        0x0b = "GREASE",
        0x2a = "GREASE",
        0x49 = "GREASE",
        0x68 = "GREASE",
        0x87 = "GREASE",
        0xa6 = "GREASE",
        0xc5 = "GREASE",
        0xe4 = "GREASE",
    }

    /// Ways of naming a curve (RFC 8422, section 5.4).
    curve_type(u8) {
        1 = "explicit_prime",
        2 = "explicit_char2",
        3 = "named_curve",
    }

    /// Kinds of certificate that a TLS 1.2 server accepts from a client (RFC 5246, section 7.4.4;
    /// RFC 8422, section 5.5).
    client_certificate_type(u8) {
        1 = "rsa_sign",
        2 = "dss_sign",
        3 = "rsa_fixed_dh",
        4 = "dss_fixed_dh",
        64 = "ecdsa_sign",
        65 = "rsa_fixed_ecdh",
        66 = "ecdsa_fixed_ecdh",
    }

    /// Kinds of certificate (RFC 7250, section 3).
    certificate_type(u8) {
        0 = "X509",
        1 = "OpenPGP",
        2 = "RawPublicKey",
        3 = "1609Dot2",
    }

    /// Kinds of server name (RFC 6066, section 3).
    name_type(u8) {
        0 = "host_name",
    }

    /// Kinds of certificate status (RFC 6066, section 8; RFC 6961, section 2.2).
    status_type(u8) {
        1 = "ocsp",
        2 = "ocsp_multi",
    }

    /// Largest fragments (RFC 6066, section 4).
    max_fragment_length(u8) {
        1 = "512 octets",
        2 = "1024 octets",
        3 = "2048 octets",
        4 = "4096 octets",
    }

    /// Whether a KeyUpdate asks for one in return (RFC 8446, section 4.6.3).
    key_update_request(u8) {
        0 = "update_not_requested",
        1 = "update_requested",
    }

    /// Certificate compression algorithms (RFC 8879, section 7.3).
    certificate_compression(u16) {
        1 = "zlib",
        2 = "brotli",
        3 = "zstd",
    }
}
