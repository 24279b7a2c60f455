//! The signature schemes of each kind of key.

use super::CertificateKind;
use rustls::SignatureScheme;

/// The schemes that a key of this kind can sign by, most wanted first.
pub fn signature_schemes(kind: CertificateKind) -> &'static [SignatureScheme] {
    match kind {
        CertificateKind::EcdsaP256 => &[SignatureScheme::ECDSA_NISTP256_SHA256],
        CertificateKind::EcdsaP384 => &[SignatureScheme::ECDSA_NISTP384_SHA384],
        CertificateKind::Ed25519 => &[SignatureScheme::ED25519],
        CertificateKind::Rsa2048 => &[
            SignatureScheme::RSA_PSS_SHA256,
            SignatureScheme::RSA_PSS_SHA384,
            SignatureScheme::RSA_PSS_SHA512,
            SignatureScheme::RSA_PKCS1_SHA256,
            SignatureScheme::RSA_PKCS1_SHA384,
            SignatureScheme::RSA_PKCS1_SHA512,
        ],
    }
}

/// The scheme with SHA-1 that a key of this kind can sign a certificate by, and no handshake (RFC 9846, section
/// 4.3.3; RFC 9155); `None` for Ed25519, which has none, and for P-384, whose library makes none.
pub fn sha1_scheme(kind: CertificateKind) -> Option<SignatureScheme> {
    match kind {
        CertificateKind::EcdsaP256 => Some(SignatureScheme::ECDSA_SHA1_Legacy),
        CertificateKind::Rsa2048 => Some(SignatureScheme::RSA_PKCS1_SHA1),
        CertificateKind::EcdsaP384 | CertificateKind::Ed25519 => None,
    }
}
