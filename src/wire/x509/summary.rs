//! What a certificate says, for those who check it or show it in short.

/// The facts of one certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// 1, 2 or 3.
    pub version: u32,
    /// The serial number's bytes, as encoded.
    pub serial: Vec<u8>,
    /// Whom it is about: `C=DE, O=Lab, CN=lab.example`.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// First second of validity, since 1970-01-01T00:00:00Z.
    pub not_before: i64,
    /// Last second of validity, since 1970-01-01T00:00:00Z.
    pub not_after: i64,
    /// The names it is valid for (RFC 5280, section 4.2.1.6).
    pub subject_alt_names: Vec<GeneralName>,
    /// Whether its key may sign certificates, as far as basicConstraints says.
    pub is_ca: bool,
    /// How many more authorities may follow below this one.
    pub path_len: Option<u32>,
    /// The only names that certificates below it may have, for each kind of name that is listed.
    pub permitted_names: Vec<GeneralName>,
    /// The names that certificates below it may not have.
    pub excluded_names: Vec<GeneralName>,
    /// The extensions that are marked critical, in dotted form.
    pub critical_extensions: Vec<String>,
    /// What the key may be used for: `digitalSignature`; empty if the extension is absent.
    pub key_usage: Vec<&'static str>,
    /// For which purposes: `serverAuth`, or the dotted form; empty if the extension is absent.
    pub ext_key_usage: Vec<String>,
    /// The kind of public key: `id-ecPublicKey secp256r1`, `rsaEncryption 2048 bits`, `id-Ed25519`.
    pub public_key: String,
    /// The key's identifier.
    pub subject_key_id: Option<Vec<u8>>,
    /// The identifier of the key that signed this certificate.
    pub authority_key_id: Option<Vec<u8>>,
    /// How it is signed: `ecdsa-with-SHA256`.
    pub signature_algorithm: String,
}

impl Summary {
    /// How long the modulus of an RSA key is, in bits; `None` for a key of another kind.
    pub fn rsa_bits(&self) -> Option<usize> {
        self.public_key.strip_prefix("rsaEncryption ")?.strip_suffix(" bits")?.parse().ok()
    }
}

/// A name of one of the kinds of RFC 5280, section 4.2.1.6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralName {
    /// `dNSName`, `iPAddress`, `rfc822Name`, `uniformResourceIdentifier`, `directoryName`, ….
    pub kind: &'static str,
    /// The name: `lab.example`, `192.0.2.1`; of a constraint on addresses `192.0.2.0/255.255.255.0`.
    pub value: String,
}
