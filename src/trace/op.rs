//! The operations that endpoints are seen to do.

use crate::hex;
use crate::tls::{NamedGroup, SignatureScheme};
use serde::{Deserialize, Serialize};
use std::net::SocketAddrV4;

/// Which way a traffic key is used by the endpoint that installed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// To open what the peer sends.
    Read,
    /// To seal what it sends.
    Write,
}

/// One operation of an endpoint, with its inputs and its output. All byte strings are as they are
/// used: big-endian where they stand for numbers. Names of suites, groups, hashes and signature
/// schemes are the code points of the IANA TLS registries, or for hashes `SHA256` and `SHA384`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Op {
    /// The TCP socket entered a state of RFC 9293, section 3.3.2 (`SYN-SENT`, `ESTABLISHED`, …).
    TcpState { state: String },
    /// Packet `number` of the connection was put on the link by this endpoint.
    PacketSent { number: u32 },
    /// Packet `number` of the connection reached this endpoint.
    PacketReceived { number: u32 },
    /// Bytes were drawn from the endpoint's seeded generator.
    Random {
        /// What rustls or the provider wanted them for, where that is known.
        purpose: String,
        #[serde(with = "hex")]
        bytes: Vec<u8>,
    },
    /// An ephemeral key pair was made for a named group (RFC 9846, section 4.3.7).
    KeyPair {
        group: NamedGroup,
        #[serde(with = "hex")]
        private: Vec<u8>,
        #[serde(with = "hex")]
        public: Vec<u8>,
    },
    /// A shared secret was computed from the own private and the peer's public value.
    KeyAgreement {
        group: NamedGroup,
        #[serde(with = "hex")]
        private: Vec<u8>,
        #[serde(with = "hex")]
        public: Vec<u8>,
        #[serde(with = "hex")]
        peer: Vec<u8>,
        #[serde(with = "hex")]
        shared: Vec<u8>,
    },
    /// Bytes were encrypted with an RSA public key by RSAES-PKCS1-v1_5 (RFC 8017, section 7.2).
    RsaEncrypt {
        /// RSAPublicKey in DER (RFC 8017, appendix A.1.1).
        #[serde(with = "hex")]
        public_key: Vec<u8>,
        #[serde(with = "hex")]
        plaintext: Vec<u8>,
        #[serde(with = "hex")]
        ciphertext: Vec<u8>,
    },
    /// Bytes were decrypted with an RSA private key by RSAES-PKCS1-v1_5. `plaintext` is `None` if the
    /// ciphertext is not as long as the modulus; a wrong padding does not show.
    RsaDecrypt {
        /// PKCS#8 in DER (RFC 5958).
        #[serde(with = "hex")]
        private_key: Vec<u8>,
        #[serde(with = "hex")]
        ciphertext: Vec<u8>,
        #[serde(with = "hex::option")]
        plaintext: Option<Vec<u8>>,
    },
    /// A key pair of a key encapsulation mechanism was made (FIPS 203, algorithm 19).
    KemKeyPair {
        /// `ML-KEM-768`.
        parameter_set: String,
        /// d, then z.
        #[serde(with = "hex")]
        seed: Vec<u8>,
        #[serde(with = "hex")]
        encapsulation_key: Vec<u8>,
    },
    /// A shared secret was made and put into a ciphertext for the owner of a key (FIPS 203,
    /// algorithm 20).
    Encapsulate {
        parameter_set: String,
        #[serde(with = "hex")]
        encapsulation_key: Vec<u8>,
        /// m.
        #[serde(with = "hex")]
        randomness: Vec<u8>,
        #[serde(with = "hex")]
        ciphertext: Vec<u8>,
        #[serde(with = "hex")]
        shared: Vec<u8>,
    },
    /// A shared secret was taken out of a ciphertext (FIPS 203, algorithm 21).
    Decapsulate {
        parameter_set: String,
        /// d, then z, of the own key pair.
        #[serde(with = "hex")]
        seed: Vec<u8>,
        #[serde(with = "hex")]
        ciphertext: Vec<u8>,
        #[serde(with = "hex")]
        shared: Vec<u8>,
    },
    /// Bytes were added to the running transcript hash (RFC 9846, section 4.1).
    TranscriptUpdate {
        #[serde(with = "hex")]
        data: Vec<u8>,
    },
    /// The transcript hash was read.
    TranscriptHash {
        hash: String,
        #[serde(with = "hex")]
        output: Vec<u8>,
    },
    /// A one-off hash of some input.
    Hash {
        hash: String,
        #[serde(with = "hex")]
        input: Vec<u8>,
        #[serde(with = "hex")]
        output: Vec<u8>,
    },
    /// HKDF-Extract (RFC 5869, section 2.2).
    HkdfExtract {
        hash: String,
        #[serde(with = "hex")]
        salt: Vec<u8>,
        #[serde(with = "hex")]
        ikm: Vec<u8>,
        #[serde(with = "hex")]
        output: Vec<u8>,
    },
    /// HKDF-Expand-Label (RFC 9846, section 7.1). `label` is without its `tls13 ` prefix; `output`
    /// is cut to the length that the label structure states.
    HkdfExpandLabel {
        hash: String,
        #[serde(with = "hex")]
        secret: Vec<u8>,
        label: String,
        #[serde(with = "hex")]
        context: Vec<u8>,
        #[serde(with = "hex")]
        output: Vec<u8>,
    },
    /// HMAC over a message: `verify_data` and binders.
    Hmac {
        hash: String,
        #[serde(with = "hex")]
        key: Vec<u8>,
        #[serde(with = "hex")]
        message: Vec<u8>,
        #[serde(with = "hex")]
        output: Vec<u8>,
    },
    /// The TLS 1.2 PRF (RFC 5246, section 5).
    Prf {
        hash: String,
        #[serde(with = "hex")]
        secret: Vec<u8>,
        label: String,
        #[serde(with = "hex")]
        seed: Vec<u8>,
        #[serde(with = "hex")]
        output: Vec<u8>,
    },
    /// A traffic key was put to use. `iv` is the 12-byte static IV; for TLS 1.2 GCM the 4-byte salt.
    InstallKey {
        direction: Direction,
        #[serde(with = "hex")]
        key: Vec<u8>,
        #[serde(with = "hex")]
        iv: Vec<u8>,
    },
    /// A record was protected. `plaintext` is what went into the AEAD (in TLS 1.3 with the content
    /// type byte behind it), `ciphertext` the record's fragment (in TLS 1.2 GCM with the explicit
    /// nonce before it).
    Seal {
        sequence: u64,
        #[serde(with = "hex")]
        key: Vec<u8>,
        #[serde(with = "hex")]
        nonce: Vec<u8>,
        #[serde(with = "hex")]
        aad: Vec<u8>,
        #[serde(with = "hex")]
        plaintext: Vec<u8>,
        #[serde(with = "hex")]
        ciphertext: Vec<u8>,
    },
    /// A record was opened, or failed to: then `plaintext` is `None`.
    Open {
        sequence: u64,
        #[serde(with = "hex")]
        key: Vec<u8>,
        #[serde(with = "hex")]
        nonce: Vec<u8>,
        #[serde(with = "hex")]
        aad: Vec<u8>,
        #[serde(with = "hex")]
        ciphertext: Vec<u8>,
        #[serde(with = "hex::option")]
        plaintext: Option<Vec<u8>>,
    },
    /// The server sealed a session's state for itself into a ticket that the client will keep: a
    /// nonce of 12 bytes, then ChaCha20-Poly1305 without additional data.
    SealTicket {
        #[serde(with = "hex")]
        key: Vec<u8>,
        #[serde(with = "hex")]
        state: Vec<u8>,
        #[serde(with = "hex")]
        ticket: Vec<u8>,
    },
    /// The server opened a ticket that a client brought back, or failed to: then `state` is `None`.
    OpenTicket {
        #[serde(with = "hex")]
        key: Vec<u8>,
        #[serde(with = "hex")]
        ticket: Vec<u8>,
        #[serde(with = "hex::option")]
        state: Option<Vec<u8>>,
    },
    /// A signature was made.
    Sign {
        scheme: SignatureScheme,
        #[serde(with = "hex")]
        message: Vec<u8>,
        #[serde(with = "hex")]
        signature: Vec<u8>,
    },
    /// The peer's certificate chain was taken as it came: this endpoint's verification is off.
    Unverified {
        /// The chain as the peer sent it, leaf first.
        #[serde(with = "hex::list")]
        chain: Vec<Vec<u8>>,
        /// The roots this endpoint could judge it by.
        #[serde(with = "hex::list")]
        roots: Vec<Vec<u8>>,
        /// The name it wanted to reach.
        name: String,
        /// What its clock shows, in seconds since 1970.
        at: u64,
        /// Why the chain would have been refused, had it been judged; `None` if it would not.
        refusal: Option<ChainRefusal>,
    },
    /// A signature was checked. `algorithm` names key and signature (`ECDSA P-256 SHA-256`, …).
    Verify {
        algorithm: String,
        #[serde(with = "hex")]
        public_key: Vec<u8>,
        #[serde(with = "hex")]
        message: Vec<u8>,
        #[serde(with = "hex")]
        signature: Vec<u8>,
        ok: bool,
    },
    /// The peer's certificate chain was judged (RFC 5280, section 6; RFC 9525).
    CertificatePath {
        /// The chain as the peer sent it, leaf first.
        #[serde(with = "hex::list")]
        chain: Vec<Vec<u8>>,
        /// The roots this endpoint trusts.
        #[serde(with = "hex::list")]
        roots: Vec<Vec<u8>>,
        /// The revocation lists this endpoint has, in DER (RFC 5280, section 5). With none, it asks
        /// nobody whether a certificate was revoked.
        #[serde(default, skip_serializing_if = "Vec::is_empty", with = "hex::list")]
        revocation_lists: Vec<Vec<u8>>,
        /// The SubjectPublicKeyInfos that are pinned, in DER. With none, any key will do.
        #[serde(default, skip_serializing_if = "Vec::is_empty", with = "hex::list")]
        pins: Vec<Vec<u8>>,
        /// The name the client wanted to reach; `None` when the server judges the client.
        name: Option<String>,
        /// The time judged by, in seconds since 1970.
        at: u64,
        /// The verifier's own error text, or `None` if it accepted the chain.
        error: Option<String>,
        /// The kind of that error.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refusal: Option<ChainRefusal>,
    },
    /// The peer's raw public key was compared with the one that this endpoint was told (RFC 7250).
    RawPublicKey {
        /// The SubjectPublicKeyInfo that the peer sent.
        #[serde(with = "hex")]
        key: Vec<u8>,
        /// The one that this endpoint was told.
        #[serde(with = "hex")]
        trusted: Vec<u8>,
        /// The verifier's own error text, or `None` if it accepted the key.
        error: Option<String>,
    },
    /// The contents of a Certificate message were compressed (RFC 8879).
    Compress {
        /// `zlib`.
        algorithm: String,
        #[serde(with = "hex")]
        data: Vec<u8>,
        #[serde(with = "hex")]
        compressed: Vec<u8>,
    },
    /// The contents of the peer's CompressedCertificate were decompressed (RFC 8879).
    Decompress {
        /// `zlib`.
        algorithm: String,
        #[serde(with = "hex")]
        compressed: Vec<u8>,
        /// `None` if they are not what the message announces.
        #[serde(with = "hex::option")]
        data: Option<Vec<u8>>,
    },
    /// A secret as rustls's `KeyLog` hands it out, under its NSS key log label.
    KeyLog {
        label: String,
        #[serde(with = "hex")]
        client_random: Vec<u8>,
        #[serde(with = "hex")]
        secret: Vec<u8>,
    },
    /// The endpoint's handshake is complete: it may send and read application data.
    HandshakeComplete,
    /// Application data was handed to the TLS connection.
    DataWritten {
        #[serde(with = "hex")]
        data: Vec<u8>,
    },
    /// Application data was read from the TLS connection.
    DataRead {
        #[serde(with = "hex")]
        data: Vec<u8>,
    },
    /// A gateway chose where to connect, by the name that it read in `field`: `server_name` or `Host`.
    Routed { field: String, name: String, to: SocketAddrV4 },
    /// Whoever stands between the ends changed what it passes on.
    Rewritten {
        #[serde(with = "hex")]
        before: Vec<u8>,
        #[serde(with = "hex")]
        after: Vec<u8>,
    },
    /// The endpoint gave up, with the TLS library's own text.
    Failed { error: String },
    /// The simulator ended the run while this endpoint still waited: nothing new had come to any program
    /// for `after_us` microseconds. No endpoint did so by itself.
    TimedOut {
        #[serde(default)]
        after_us: u64,
    },
}

/// Why a verifier refused a certificate chain (RFC 5280, section 6; RFC 9525, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainRefusal {
    /// A certificate is not of version 3.
    UnsupportedVersion,
    /// A certificate has a critical extension that the verifier does not know.
    UnknownCriticalExtension,
    /// A certificate's notAfter is past.
    Expired,
    /// A certificate's notBefore is still to come.
    NotYetValid,
    /// An authority stands where a leaf should.
    CaAsLeaf,
    /// A certificate that is no authority's has issued another.
    LeafAsCa,
    /// More authorities stand below one than its pathLenConstraint allows.
    PathTooLong,
    /// A certificate is not meant for this purpose (extended key usage).
    WrongPurpose,
    /// No trusted root is behind it.
    UnknownIssuer,
    /// A certificate is signed by an algorithm that the verifier does not take.
    UnsupportedSignatureAlgorithm,
    /// A signature on a certificate does not match, or its issuer's key is too short or too long.
    BadSignature,
    /// An authority has issued for a name that its nameConstraints do not allow.
    NameNotAllowed,
    /// There is no revocation list of a certificate's issuer.
    NoRevocationList,
    /// The signature on a revocation list does not match.
    BadRevocationListSignature,
    /// A revocation list's nextUpdate is past.
    RevocationListExpired,
    /// A revocation list's issuer may not sign any.
    NoRevocationListSigner,
    /// A certificate has been revoked.
    Revoked,
    /// The certificate is not for the name that the client wanted.
    WrongName,
    /// The certificate's key is none of those pinned.
    WrongKey,
    /// Something else.
    Other,
}
