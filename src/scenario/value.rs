//! The values that a menu shows.

/// A value of a key, as a menu has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The text form: what links and `--set` take.
    pub id: String,
    /// What a person reads.
    pub label: String,
}

impl Value {
    pub(super) fn new(id: &str, label: &str) -> Value {
        Value { id: id.into(), label: label.into() }
    }
}
