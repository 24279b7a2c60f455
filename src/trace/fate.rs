//! What someone on the path did to whole records.

use super::Endpoint;
use serde::{Deserialize, Serialize};

/// What someone on the path did to a whole record. Both TCP streams were kept consistent: sequence and
/// acknowledgment numbers were mended, so that neither stack noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It was taken out: what follows moved up.
    Dropped,
    /// It arrived, and right behind it a copy of it.
    Repeated,
    /// It was held back until the record behind it had passed.
    HeldBack,
    /// In its place came a FIN, and nothing more after that.
    CutOff,
}

/// A record that met with a fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meddling {
    /// Who sent the record.
    pub from: Endpoint,
    /// Where in its sender's stream it starts, in bytes.
    pub offset: usize,
    /// What was done to it.
    pub fate: Fate,
}
