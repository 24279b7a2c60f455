//! The ways in which a certificate can be wrong.

use super::Role;
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
        /// Signed with SHA-1.
        Sha1 = "sha-1", "a signature by SHA-1";
        /// Expired the day before.
        Expired = "expired", "expired";
        /// Valid from the day after.
        NotYetValid = "not-yet-valid", "not yet valid";
    }
}

impl Wrong {
    /// Whether such a certificate can have it.
    pub fn fits(self, role: Role) -> bool {
        let of_leaves = matches!(
            self,
            Wrong::WrongKey
                | Wrong::NoSan
                | Wrong::NameInCnOnly
                | Wrong::NoExtendedKeyUsage
                | Wrong::WrongPurpose
                | Wrong::CaTrue
        );
        role != Role::Authority || !of_leaves
    }

    /// What it breaks, and where.
    pub const fn breaks(self) -> &'static str {
        match self {
            Wrong::NoSan => "No client finds the name that it asked for.",
            Wrong::NameInCnOnly => {
                "Browsers, Go and rustls find no name; OpenSSL, curl and Java still look there."
            }
            Wrong::NoExtendedKeyUsage => {
                "Programs take it, as it is for anything; public authorities must write it."
            }
            Wrong::WrongPurpose => "The other end refuses the purpose, whatever the name.",
            Wrong::Version1 => {
                "rustls and others refuse it; OpenSSL takes a leaf of version 1, by its common name."
            }
            Wrong::CaTrue => {
                "rustls refuses an authority’s certificate for a leaf; OpenSSL takes it. Who has its key could issue."
            }
            Wrong::WrongCa => {
                "Everybody refuses it: the signature is not of the key that the name belongs to."
            }
            Wrong::WrongKey => {
                "Most servers do not start; of one that does, the proof in the handshake is refused."
            }
            Wrong::WeakKey => {
                "rustls refuses it, and OpenSSL from security level 2 on; others take it from an authority of one’s own."
            }
            Wrong::Sha1 => {
                "Browsers, rustls and OpenSSL from security level 1 on refuse the signature."
            }
            Wrong::Expired => "Every client whose clock is right refuses it.",
            Wrong::NotYetValid => "Refused until its first day, or where the clock is slow.",
        }
    }
}
