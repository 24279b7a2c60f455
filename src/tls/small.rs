//! Registries of a few values each, for fields inside of messages.

use super::registry::registry;

registry! {
    /// A compression method (RFC 3749, section 2). TLS 1.3 has none.
    CompressionMethod(u8) {
        NULL = 0, "null";
        DEFLATE = 1, "DEFLATE";
        LZS = 64, "LZS";
    }
}

registry! {
    /// A form in which a point of a curve is written (RFC 8422, section 5.1.2).
    EcPointFormat(u8) {
        UNCOMPRESSED = 0, "uncompressed";
        ANSI_X962_COMPRESSED_PRIME = 1, "ansiX962_compressed_prime";
        ANSI_X962_COMPRESSED_CHAR2 = 2, "ansiX962_compressed_char2";
    }
}

registry! {
    /// How a pre-shared key is used (RFC 9846, section 4.3.9); the last eight are GREASE (RFC 8701).
    PskKeyExchangeMode(u8) {
        PSK_KE = 0, "psk_ke";
        PSK_DHE_KE = 1, "psk_dhe_ke";
        GREASE_0 = 0x0b, "GREASE";
        GREASE_1 = 0x2a, "GREASE";
        GREASE_2 = 0x49, "GREASE";
        GREASE_3 = 0x68, "GREASE";
        GREASE_4 = 0x87, "GREASE";
        GREASE_5 = 0xa6, "GREASE";
        GREASE_6 = 0xc5, "GREASE";
        GREASE_7 = 0xe4, "GREASE";
    }
}

registry! {
    /// How a ServerKeyExchange says which curve it is on (RFC 8422, section 5.4).
    EcCurveType(u8) {
        EXPLICIT_PRIME = 1, "explicit_prime";
        EXPLICIT_CHAR2 = 2, "explicit_char2";
        NAMED_CURVE = 3, "named_curve";
    }
}

registry! {
    /// A kind of certificate that a TLS 1.2 server accepts from a client (RFC 5246, section 7.4.4;
    /// RFC 8422, section 5.5).
    ClientCertificateType(u8) {
        RSA_SIGN = 1, "rsa_sign";
        DSS_SIGN = 2, "dss_sign";
        RSA_FIXED_DH = 3, "rsa_fixed_dh";
        DSS_FIXED_DH = 4, "dss_fixed_dh";
        ECDSA_SIGN = 64, "ecdsa_sign";
        RSA_FIXED_ECDH = 65, "rsa_fixed_ecdh";
        ECDSA_FIXED_ECDH = 66, "ecdsa_fixed_ecdh";
    }
}

registry! {
    /// What a Certificate message carries (RFC 7250, section 3).
    CertificateType(u8) {
        X509 = 0, "X509";
        OPEN_PGP = 1, "OpenPGP";
        RAW_PUBLIC_KEY = 2, "RawPublicKey";
        IEEE_1609_DOT_2 = 3, "1609Dot2";
    }
}

registry! {
    /// A kind of server name (RFC 6066, section 3).
    NameType(u8) {
        HOST_NAME = 0, "host_name";
    }
}

registry! {
    /// A kind of certificate status (RFC 6066, section 8; RFC 6961, section 2.2).
    CertificateStatusType(u8) {
        OCSP = 1, "ocsp";
        OCSP_MULTI = 2, "ocsp_multi";
    }
}

registry! {
    /// The longest plaintext of a record that was asked for (RFC 6066, section 4).
    MaxFragmentLength(u8) {
        BYTES_512 = 1, "512 bytes";
        BYTES_1024 = 2, "1024 bytes";
        BYTES_2048 = 3, "2048 bytes";
        BYTES_4096 = 4, "4096 bytes";
    }
}

registry! {
    /// Whether a KeyUpdate asks for one in return (RFC 9846, section 4.7.3).
    KeyUpdateRequest(u8) {
        UPDATE_NOT_REQUESTED = 0, "update_not_requested";
        UPDATE_REQUESTED = 1, "update_requested";
    }
}

registry! {
    /// How a Certificate message is compressed (RFC 8879, section 7.3).
    CertificateCompression(u16) {
        ZLIB = 1, "zlib";
        BROTLI = 2, "brotli";
        ZSTD = 3, "zstd";
    }
}
