//! What a path leads to: a value of the run, and where its octets are.

use crate::trace::hex;
use crate::wire::Node;

/// The tree that a place is in. Indices are positions in the vectors of
/// [`crate::dissect::Dissection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tree {
    /// A whole IPv4 packet.
    Packet(usize),
    /// A record as it is on the wire.
    Record(usize),
    /// What was inside an encrypted record.
    Opened(usize),
    /// A message, opened if it was encrypted.
    Message(usize),
}

/// A range of octets in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which octets are counted.
    pub tree: Tree,
    /// Offset of the first.
    pub start: usize,
    /// Offset behind the last.
    pub end: usize,
}

impl Place {
    /// Whether `other` lies inside this place and is not empty.
    pub fn holds(&self, other: &Place) -> bool {
        self.tree == other.tree
            && self.start <= other.start
            && other.end <= self.end
            && other.start < other.end
    }
}

/// A value of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// For people: `TLS_AES_128_GCM_SHA256 (0x1301)`, `40`.
    pub display: String,
    /// For machines: `0x1301`, decimal, text, or hexadecimal octets.
    pub value: String,
    /// As a number, where it is one.
    pub number: Option<f64>,
    /// Its octets, where it has some in a packet, record or message.
    pub place: Option<Place>,
    /// Where its node is in that tree: positions among siblings, from the roots down.
    pub path: Vec<usize>,
    /// Those octets.
    pub bytes: Vec<u8>,
}

impl Value {
    /// A piece of text.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        let (path, bytes) = (Vec::new(), Vec::new());
        Value { value: text.clone(), display: text, number: None, place: None, path, bytes }
    }

    /// A number. Whole ones are written without a fraction, others with up to three places.
    pub fn number(number: f64) -> Value {
        let text = format!("{number:.3}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        Value { number: Some(number), ..Value::text(text) }
    }

    /// A time in milliseconds.
    pub fn ms(us: u64) -> Value {
        Value::number(us as f64 / 1000.0)
    }

    /// Octets that are not a field of a tree.
    pub fn octets(bytes: &[u8]) -> Value {
        Value { bytes: bytes.to_vec(), ..Value::text(hex::encode(bytes)) }
    }

    /// A field, at `path` in its tree. `bytes` are those of the whole tree.
    pub fn node(tree: Tree, node: &Node, path: Vec<usize>, bytes: &[u8]) -> Value {
        Value {
            display: node.display.clone(),
            value: node.value.clone(),
            number: number_in(&node.value),
            place: Some(Place { tree, start: node.start, end: node.end }),
            path,
            bytes: bytes.get(node.start..node.end).unwrap_or_default().to_vec(),
        }
    }

    /// `display` without the code in parentheses behind it: `TLS_AES_128_GCM_SHA256`.
    pub fn name(&self) -> &str {
        self.display.split_once(" (").map_or(&self.display, |(name, _)| name)
    }

    /// Whether `typed` says this value: as a number in decimal or `0x` hexadecimal, as octets in
    /// hexadecimal with or without spaces and colons, or as its name. Case does not matter, nor
    /// does `unit` behind a number.
    pub fn is_said_by(&self, typed: &str, unit: &str) -> bool {
        let typed = typed.trim();
        let bare = typed.strip_suffix(unit).unwrap_or(typed).trim();
        let number = number_in(&bare.replace([' ', ','], ""));
        if number.is_some() && number == self.number {
            return true;
        }
        let plain = |text: &str| -> String {
            let text = text.trim().to_lowercase();
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-' | '_')).collect()
        };
        let said = plain(typed);
        let words = [&*self.display, &self.value, self.name()];
        let code = plain(&self.value).strip_prefix("0x").map(str::to_owned);
        let octets = (!self.bytes.is_empty()).then(|| hex::encode(&self.bytes));
        let digits = said.strip_prefix("0x").unwrap_or(&said);
        !said.is_empty()
            && (words.into_iter().any(|own| plain(own) == said)
                || code.into_iter().chain(octets).any(|own| own == digits))
    }
}

/// The number that `text` spells, in decimal or as `0x` hexadecimal.
fn number_in(text: &str) -> Option<f64> {
    match text.to_ascii_lowercase().strip_prefix("0x") {
        Some(digits) if digits.len() <= 12 => {
            u64::from_str_radix(digits, 16).ok().map(|n| n as f64)
        }
        Some(_) => None,
        None => text
            .starts_with(|c: char| c.is_ascii_digit() || c == '-')
            .then(|| text.parse().ok())
            .flatten(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_typed_in_decimal_or_hexadecimal_and_with_its_unit() {
        let value = Value::number(443.0);
        for typed in ["443", " 443 ", "0x1bb", "0X01BB", "443 ms", "443ms"] {
            assert!(value.is_said_by(typed, "ms"), "{typed}");
        }
        for typed in ["", "444", "0x443", "443 s", "ms"] {
            assert!(!value.is_said_by(typed, "ms"), "{typed}");
        }
        assert!(Value::number(3_700_454_066.0).is_said_by("3,700,454,066", ""));
    }

    #[test]
    fn octets_may_be_typed_with_spaces_colons_and_capitals() {
        let value = Value::octets(&[0x0a, 0xff, 0x10]);
        for typed in ["0aff10", "0A FF 10", "0a:ff:10", "0x0aff10"] {
            assert!(value.is_said_by(typed, ""), "{typed}");
        }
        assert!(!value.is_said_by("0aff", ""));
    }

    #[test]
    fn a_code_point_may_be_typed_by_name_or_by_code() {
        let value = Value {
            value: "0x1301".into(),
            number: number_in("0x1301"),
            bytes: vec![0x13, 0x01],
            ..Value::text("TLS_AES_128_GCM_SHA256 (0x1301)")
        };
        for typed in ["tls_aes_128_gcm_sha256", "0x1301", "1301", "13 01", "4865"] {
            assert!(value.is_said_by(typed, ""), "{typed}");
        }
        assert!(!value.is_said_by("TLS_AES_256_GCM_SHA384", ""));
    }

    #[test]
    fn numbers_are_written_without_needless_zeros() {
        let written = |n| Value::number(n).display;
        assert_eq!(
            [written(40.0), written(0.125), written(1.5), written(100.0)],
            ["40", "0.125", "1.5", "100"]
        );
    }
}
