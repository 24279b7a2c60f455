//! What a certificate may be used for.

use crate::choice::choices;
use crate::plan::KeyPurpose;

choices! {
    /// A purpose of extendedKeyUsage.
    Purpose {
        /// serverAuth.
        Server = "server", "a server of TLS";
        /// clientAuth.
        Client = "client", "a client of TLS";
        /// codeSigning.
        CodeSigning = "code-signing", "signing programs";
        /// emailProtection.
        Email = "email", "mail (S/MIME)";
        /// OCSPSigning.
        OcspSigning = "ocsp-signing", "signing OCSP responses";
    }
}

impl Purpose {
    /// As a certificate has it.
    pub fn of_key(self) -> KeyPurpose {
        match self {
            Purpose::Server => KeyPurpose::ServerAuth,
            Purpose::Client => KeyPurpose::ClientAuth,
            Purpose::CodeSigning => KeyPurpose::CodeSigning,
            Purpose::Email => KeyPurpose::EmailProtection,
            Purpose::OcspSigning => KeyPurpose::OcspSigning,
        }
    }
}
