//! What pages and questions were called before, so that what is kept of them goes on under their names of today.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The names of before in a lesson, each with the one of today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// Of its pages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pages: BTreeMap<String, String>,
    /// Of its questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub questions: BTreeMap<String, String>,
}
