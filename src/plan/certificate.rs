//! One certificate before it is minted (RFC 5280, section 4).

/// Seconds of a day.
pub const DAY: u64 = 24 * 60 * 60;

/// What is to be certified. The issuer's name and signature come from its place in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatePlan {
    /// Who it is for.
    pub subject: Name,
    /// When it is valid.
    pub validity: Validity,
    /// Its extensions, in the order in which they stand; a certificate without any is of version 1
    /// (RFC 5280, section 4.1.2.1).
    pub extensions: Vec<Extension>,
    /// Names a stream of its own for its key and serial number, so that adding it to a chain leaves the
    /// other certificates as they were; `None` for the chain's.
    pub draws: Option<&'static str>,
    /// Whether its issuer signs it with SHA-1: see [`sha1_scheme`](super::sha1_scheme) for the keys that can.
    pub by_sha1: bool,
    /// Whether its key is RSA's teaching key of 1024 bits, whatever the kind of the others.
    pub has_short_key: bool,
}

/// A distinguished name (RFC 5280, section 4.1.2.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// organizationName.
    pub organization: Option<String>,
    /// commonName.
    pub common_name: Option<String>,
}

/// A period of validity, in seconds since 1970; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub not_before: u64,
    /// The last second.
    pub not_after: u64,
}

/// An extension (RFC 5280, section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extension {
    /// authorityKeyIdentifier: which key of the issuer's signed.
    AuthorityKeyIdentifier,
    /// subjectKeyIdentifier: the name of this key.
    SubjectKeyIdentifier,
    /// subjectAltName: the names that count.
    SubjectAltName(Vec<GeneralName>),
    /// keyUsage, as bits of [`key_usage`].
    KeyUsage(u8),
    /// extendedKeyUsage: what for.
    ExtendedKeyUsage(Vec<KeyPurpose>),
    /// basicConstraints: whether it may issue, and how many authorities may stand between it and a leaf.
    BasicConstraints {
        /// cA.
        ca: bool,
        /// pathLenConstraint.
        path_len: Option<u8>,
    },
    /// nameConstraints: the only names below which it may issue.
    PermittedNames(Vec<GeneralName>),
    /// Any other: its identifier as the contents of a DER OBJECT IDENTIFIER, whether it is critical, and
    /// its value.
    Other(&'static [u8], bool, Vec<u8>),
}

/// A name of subjectAltName or nameConstraints (RFC 5280, section 4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeneralName {
    /// rfc822Name: a mail address.
    Email(String),
    /// dNSName: a host name.
    Dns(String),
    /// iPAddress: 4 or 16 bytes; with as many of a mask in nameConstraints.
    Ip(Vec<u8>),
    /// uniformResourceIdentifier: an address of a service, such as SPIFFE gives.
    Uri(String),
    /// directoryName: a name as a subject has it.
    Directory(Name),
    /// otherName: a kind that has an identifier of its own, as the contents of a DER OBJECT IDENTIFIER, and a
    /// text.
    Other(&'static [u8], String),
}

/// A purpose of extendedKeyUsage (RFC 5280, section 4.2.1.12), with its number below id-kp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPurpose {
    /// id-kp-serverAuth.
    ServerAuth = 1,
    /// id-kp-clientAuth.
    ClientAuth = 2,
    /// id-kp-codeSigning.
    CodeSigning = 3,
    /// id-kp-emailProtection.
    EmailProtection = 4,
    /// id-kp-OCSPSigning.
    OcspSigning = 9,
}

/// Bits of keyUsage (RFC 5280, section 4.2.1.3), the first being the highest.
pub mod key_usage {
    /// digitalSignature: signs handshakes.
    pub const DIGITAL_SIGNATURE: u8 = 0x80;
    /// keyEncipherment: decrypts the secret of RSA key exchange.
    pub const KEY_ENCIPHERMENT: u8 = 0x20;
    /// keyCertSign: signs certificates.
    pub const KEY_CERT_SIGN: u8 = 0x04;
    /// cRLSign: signs revocation lists.
    pub const CRL_SIGN: u8 = 0x02;
}

/// What a leaf is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To name a server by its host names.
    Server,
    /// To name a client by its mail address.
    Person,
    /// To name a client by its host name.
    Host,
}

impl Name {
    /// The name of an authority of this owner: "Handshake Lab Root CA".
    pub fn authority(owner: &str, role: &str) -> Name {
        Name {
            organization: Some(owner.to_string()),
            common_name: Some(format!("{owner} {role} CA")),
        }
    }
}

impl Validity {
    /// From `before` seconds before a moment to `after` seconds after it.
    pub fn around(moment: u64, before: u64, after: u64) -> Validity {
        Validity { not_before: moment.saturating_sub(before), not_after: moment + after }
    }

    /// The period as long as this one that ends at this moment.
    pub fn ending(self, not_after: u64) -> Validity {
        let length = self.not_after - self.not_before;
        Validity { not_before: not_after.saturating_sub(length), not_after }
    }

    /// The period as long as this one that starts at this moment.
    pub fn starting(self, not_before: u64) -> Validity {
        Validity { not_before, not_after: not_before + (self.not_after - self.not_before) }
    }
}

impl CertificatePlan {
    /// A certificate of an authority, which may issue; `path_len` is how many authorities may stand
    /// between it and a leaf.
    pub fn authority(subject: Name, path_len: Option<u8>, validity: Validity) -> CertificatePlan {
        let extensions = vec![
            Extension::AuthorityKeyIdentifier,
            Extension::KeyUsage(key_usage::KEY_CERT_SIGN | key_usage::CRL_SIGN),
            Extension::SubjectKeyIdentifier,
            Extension::BasicConstraints { ca: true, path_len },
        ];
        CertificatePlan { extensions, ..CertificatePlan::bare(subject, validity) }
    }

    /// A certificate without extensions, which makes it one of version 1.
    pub fn bare(subject: Name, validity: Validity) -> CertificatePlan {
        let (extensions, draws) = (Vec::new(), None);
        CertificatePlan {
            subject,
            validity,
            extensions,
            draws,
            by_sha1: false,
            has_short_key: false,
        }
    }

    /// A certificate of an endpoint with these names; the first is the common name as well.
    pub fn leaf(names: &[&str], purpose: Purpose, validity: Validity) -> CertificatePlan {
        let name = |name: &&str| match purpose {
            Purpose::Person => GeneralName::Email(name.to_string()),
            Purpose::Server | Purpose::Host => GeneralName::Dns(name.to_string()),
        };
        let what_for = match purpose {
            Purpose::Server => KeyPurpose::ServerAuth,
            Purpose::Person | Purpose::Host => KeyPurpose::ClientAuth,
        };
        let extensions = vec![
            Extension::AuthorityKeyIdentifier,
            Extension::SubjectAltName(names.iter().map(name).collect()),
            Extension::KeyUsage(key_usage::DIGITAL_SIGNATURE),
            Extension::ExtendedKeyUsage(vec![what_for]),
            Extension::SubjectKeyIdentifier,
            Extension::BasicConstraints { ca: false, path_len: None },
        ];
        let common_name = names.first().map(|name| name.to_string());
        let subject = Name { organization: None, common_name };
        CertificatePlan { extensions, ..CertificatePlan::bare(subject, validity) }
    }

    /// Puts an extension in place of the one of the same type, or behind the others.
    pub fn set(&mut self, extension: Extension) {
        let same = |one: &&mut Extension| {
            std::mem::discriminant(&**one) == std::mem::discriminant(&extension)
        };
        match self.extensions.iter_mut().find(same) {
            Some(place) => *place = extension,
            None => self.extensions.push(extension),
        }
    }

    /// Names the subject by these host names and no others; the first is the common name as well.
    pub fn rename(&mut self, names: &[&str]) {
        self.subject.common_name = names.first().map(|name| name.to_string());
        let names = names.iter().map(|name| GeneralName::Dns(name.to_string())).collect();
        self.set(Extension::SubjectAltName(names));
    }
}
