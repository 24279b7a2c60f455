//! The ways in which a certificate can be wrong.

use crate::choice::choices;

choices! {
    /// What is wrong with a certificate.
    Wrong {
        /// No subjectAltName, and a common name that is no host.
        NoSan = "no-san", "no subjectAltName";
        /// The host's name in the common name alone.
        NameInCnOnly = "name-in-cn-only", "the name in the common name only";
        /// No extendedKeyUsage.
        NoExtendedKeyUsage = "no-extended-key-usage", "no extendedKeyUsage";
        /// The extendedKeyUsage of the other end: a client's for a server, a server's for a client.
        WrongPurpose = "wrong-purpose", "the other end's extendedKeyUsage";
        /// No extensions at all, which makes it version 1.
        Version1 = "version-1", "version 1";
        /// basicConstraints with cA TRUE, on a leaf.
        CaTrue = "ca-true", "cA TRUE on a leaf";
        /// Signed by another authority of the same name.
        WrongCa = "wrong-ca", "signed by another authority of the same name";
        /// The key file holds another key than the certificate.
        WrongKey = "wrong-key", "a key file that does not belong to the certificate";
        /// A key of RSA with 1024 bits.
        WeakKey = "weak-key", "RSA of 1024 bits";
        /// Signed by way of SHA-1.
        Sha1 = "sha-1", "a signature by SHA-1";
        /// Expired the day before.
        Expired = "expired", "expired";
        /// Valid from the day after.
        NotYetValid = "not-yet-valid", "not yet valid";
    }
}
