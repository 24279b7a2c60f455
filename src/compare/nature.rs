//! Fields that differ between any two runs, and so say little about what sets two runs apart.

use serde::Serialize;

/// Why a field has the value it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// Someone chose it: by the scenario, or by how the protocol goes.
    Chosen,
    /// It follows from other fields: lengths, checksums.
    Follows,
    /// It is random in every run, or computed from what is: keys, signatures, hashes, ciphertexts.
    Random,
}

impl Nature {
    /// What is said of such a field; nothing of one that was chosen.
    pub fn label(self) -> &'static str {
        match self {
            Nature::Chosen => "",
            Nature::Follows => "follows from other fields",
            Nature::Random => "random in each run",
        }
    }
}

/// Names of fields that are random in every run. A test runs every ready-made scenario with two
/// seeds, and finds nothing else to differ.
pub const RANDOM: &[&str] = &[
    // Drawn by one end.
    "random",
    "legacy_session_id",
    "legacy_session_id_echo",
    "ticket_age_add",
    "ticket_nonce",
    "ticket",
    "serialNumber",
    "Source Port",
    "Destination Port",
    "Sequence Number",
    "Acknowledgment Number",
    // Public keys, and names made of them.
    "key_exchange",
    "public",
    "ecdh_Yc",
    "subjectPublicKey",
    "keyIdentifier",
    "SubjectKeyIdentifier",
    // Computed from what is random.
    "EncryptedPreMasterSecret",
    "signature",
    "signatureValue",
    "verify_data",
    "identity",
    "obfuscated_ticket_age",
    "binders",
    "compressed_certificate_message",
    "encrypted_record",
];

/// The nature of a field, by its name and that of the structure it stands in.
pub fn of(name: &str, parent: &str) -> Nature {
    // X.509 has a field of this name that says which algorithm signs.
    let is_algorithm = (parent, name) == ("tbsCertificate", "signature");
    let is_length = name == "length"
        || name.ends_with("_length")
        || matches!(name, "Total Length" | "Checksum" | "Header Checksum" | "Window");
    match (is_length, RANDOM.contains(&name) && !is_algorithm) {
        (true, _) => Nature::Follows,
        (_, true) => Nature::Random,
        _ => Nature::Chosen,
    }
}
