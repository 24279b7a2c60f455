//! Closed sets of choices, and the values that a menu shows.

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

/// Declares a closed set of choices with a stable text form.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All choices, in the order a menu shows them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The text form: what links and `--set` take.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// The short name a menu shows.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label,)* }
            }

            /// The choice with this text form.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|choice| choice.id() == id)
            }

            /// All choices as values of a key.
            #[allow(dead_code, reason = "a set need not be all that a key takes")]
            pub(in crate::scenario) fn values() -> Vec<$crate::scenario::Value> {
                let value = |choice: &$name| $crate::scenario::Value::new(choice.id(), choice.label());
                $name::ALL.iter().map(value).collect()
            }
        }
    };
}

pub(super) use choices;
