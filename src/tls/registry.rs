//! A type for each registry: a newtype whose table of named values is written once.

use std::fmt::Write as _;

/// Makes a type of a registry's table. Each row is a constant, its code point and its name, and rows
/// ascend. Values without a row are kept as they are: they only have no name.
macro_rules! registry {
    ($(#[$doc:meta])* $type:ident($code:ident) {
        $($(#[$row:meta])* $id:ident = $value:literal, $name:expr;)*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $type(pub $code);

        impl $type {
            $(
                #[doc = concat!("`", $name, "` (", stringify!($value), ")")]
                $(#[$row])*
                #[allow(non_upper_case_globals, reason = "as the registry writes it")]
                pub const $id: $type = $type($value);
            )*

            /// Every value that has a name here, ascending.
            pub const fn known() -> &'static [($type, &'static str)] {
                static KNOWN: &[($type, &str)] = &[$(($type($value), $name),)*];
                KNOWN
            }

            /// What the registry calls it; `None` for a value that has no name here.
            pub const fn name(self) -> Option<&'static str> {
                let mut left = $type::known();
                loop {
                    let (below, rest) = left.split_at(left.len() / 2);
                    let Some(((value, name), above)) = rest.split_first() else { return None };
                    if value.0 == self.0 {
                        return Some(name);
                    }
                    left = if value.0 < self.0 { above } else { below };
                }
            }
        }

        impl $type {
            /// The name, or `unknown` with the code point where there is none.
            pub fn label(self) -> std::borrow::Cow<'static, str> {
                match self.name() {
                    Some(name) => name.into(),
                    None => $crate::tls::registry::Code::unnamed(self.0).into(),
                }
            }
        }

        impl $crate::tls::Registry<$code> for $type {
            fn name_of(code: $code) -> Option<&'static str> {
                $type(code).name()
            }
        }

        impl From<$code> for $type {
            fn from(code: $code) -> $type {
                $type(code)
            }
        }

        impl From<$type> for $code {
            fn from(value: $type) -> $code {
                value.0
            }
        }

        /// The name, or `unknown` with the code point where there is none.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.label())
            }
        }
    };
}
pub(super) use registry;

/// A registry whose code points are numbers of type `C`.
pub trait Registry<C>: From<C> {
    /// What the registry calls the value; `None` for one that has no name here.
    fn name_of(code: C) -> Option<&'static str>;
}

/// A code point's number.
pub(super) trait Code {
    /// What a value without a name is shown as: `unknown (99)`, `GREASE (0x0a0a)`.
    fn unnamed(self) -> String;
}

impl Code for u8 {
    fn unnamed(self) -> String {
        format!("unknown ({self})")
    }
}

impl Code for u16 {
    fn unnamed(self) -> String {
        let mut text = String::from(if is_grease(self) { "GREASE" } else { "unknown" });
        // Writing to a text does not fail.
        write!(text, " (0x{self:04x})").ok();
        text
    }
}

/// Whether `code` is one of the 16 values that a client sends only to keep servers used to values
/// they do not know (RFC 8701, section 2).
pub const fn is_grease(code: u16) -> bool {
    code & 0x0f0f == 0x0a0a && code >> 8 == code & 0xff
}
