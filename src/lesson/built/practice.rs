//! What Practise offers to choose from beside the lessons.

use crate::lesson::sets::NamedSet;
use crate::lesson::skill::Skill;
use serde::{Deserialize, Serialize};

/// Its file, in the folder of the lessons.
pub const PRACTICE: &str = "built/practice.json";

/// What there is to practise, as it was built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToPractise {
    /// The skills, in the order of their list.
    pub skills: Vec<Skill>,
    /// The sets that have a name, in the order of their list.
    pub sets: Vec<NamedSet>,
}

impl ToPractise {
    /// Reads what was built; `None` if another version of the program wrote it.
    pub fn from_json(json: &str) -> Option<ToPractise> {
        serde_json::from_str(json).ok()
    }

    /// The form in which a built page has it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn to_json(&self) -> String {
        // Texts under text keys: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}
