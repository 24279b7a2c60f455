//! What several faults need of a scenario.

use super::Need;

/// The client shows a certificate.
pub const CLIENT_SHOWS: Need = Need {
    key: "client-cert",
    values: &["required", "optional"],
    reason: "any other server sees no certificate of the client's",
};
