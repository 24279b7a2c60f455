//! What a path leads to: a value of the run, and where its bytes are.

use crate::hex;
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

/// A range of bytes in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which bytes are counted.
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
    /// For machines: `0x1301`, decimal, text, or hexadecimal bytes.
    pub value: String,
    /// As a number, in thousandths, where it is one of those that sums can be made of.
    pub number: Option<i64>,
    /// Its bytes, where it has some in a packet, record or message.
    pub place: Option<Place>,
    /// Where its node is in that tree: positions among siblings, from the roots down.
    pub path: Vec<usize>,
    /// Those bytes.
    pub bytes: Vec<u8>,
}

impl Value {
    /// A piece of text.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        let (path, bytes) = (Vec::new(), Vec::new());
        Value { value: text.clone(), display: text, number: None, place: None, path, bytes }
    }

    /// A whole number.
    pub fn number(number: u64) -> Value {
        let text = number.to_string();
        Value { number: thousandths_in(&text), ..Value::text(text) }
    }

    /// A number of thousandths: whole ones are written without a fraction, others with up to three places.
    pub fn thousandths(number: i64) -> Value {
        let sign = if number < 0 { "-" } else { "" };
        let (whole, part) = (number.unsigned_abs() / 1000, number.unsigned_abs() % 1000);
        let text = without_zeros(format!("{sign}{whole}.{part:03}"));
        Value { number: Some(number), ..Value::text(text) }
    }

    /// A time in milliseconds.
    pub fn ms(us: u64) -> Value {
        Value::thousandths(us.try_into().unwrap_or(i64::MAX))
    }

    /// Bytes that are not a field of a tree.
    pub fn octets(bytes: &[u8]) -> Value {
        Value { bytes: bytes.to_vec(), ..Value::text(hex::encode(bytes)) }
    }

    /// A field, at `path` in its tree. `bytes` are those of the whole tree.
    pub fn node(tree: Tree, node: &Node, path: Vec<usize>, bytes: &[u8]) -> Value {
        let bytes = bytes.get(node.start..node.end).unwrap_or_default();
        // Bytes in hexadecimal may look like a number, and are none.
        let is_octets = !bytes.is_empty() && node.value == hex::encode(bytes);
        let number = number_in(&node.value).filter(|_| !is_octets);
        let number = number.and_then(|number| thousandths_in(&number));
        Value {
            display: node.display.clone(),
            value: node.value.clone(),
            number,
            place: Some(Place { tree, start: node.start, end: node.end }),
            path,
            bytes: bytes.to_vec(),
        }
    }

    /// `display` without the code in parentheses behind it: `TLS_AES_128_GCM_SHA256`.
    pub fn name(&self) -> &str {
        self.display.split_once(" (").map_or(&self.display, |(name, _)| name)
    }

    /// What `typed` says of this value. It may be a number in decimal or `0x` hexadecimal, bytes in
    /// hexadecimal with or without spaces and colons, or a name. Case does not matter, nor does
    /// `unit` behind a number. A number is right only if it can be read in no other way.
    pub fn said_by(&self, typed: &str, unit: &str) -> Said {
        let typed = typed.trim();
        let bare = typed.strip_suffix(unit).unwrap_or(typed).trim();
        if bare.is_empty() {
            return Said::Wrong;
        }
        if [typed, bare].iter().any(|text| self.display.eq_ignore_ascii_case(text)) {
            return Said::Right;
        }
        let octets = octets_in(bare);
        let is = |own: &str| !own.is_empty() && octets.as_deref() == Some(own);
        let are_octets = is(&hex::encode(&self.bytes));
        // A code point is written in hexadecimal everywhere, so its digits alone name it.
        let is_code = self.value.strip_prefix("0x").is_some_and(is);
        let own = self.number.and_then(|_| number_in(&self.value));
        let typing = typing(bare);
        let right = match (&own, &typing) {
            (Some(own), Typing::Number(number)) => own == number || is_code,
            (Some(_), Typing::Unclear) => are_octets || is_code,
            _ => are_octets || is_code || self.is_named(bare),
        };
        // The right digits, but another number as it stands: `1.500` for 1500, `1000` for 0x1000.
        let is_decimal = !bare.contains(['x', 'X']);
        let digits = bare.chars().filter(|c| *c == '-' || c.is_ascii_digit()).collect();
        let is_near = are_octets || is_decimal && own.as_ref() == Some(&without_zeros(digits));
        match (right, own, typing) {
            (true, ..) => Said::Right,
            (_, Some(_), Typing::Unclear) => Said::Unclear,
            (_, Some(_), Typing::Number(_)) if is_near => Said::Unclear,
            _ => Said::Wrong,
        }
    }

    /// Whether `typed` is one of its names; spaces, colons, hyphens and underscores do not matter.
    fn is_named(&self, typed: &str) -> bool {
        let plain = |text: &str| -> String {
            let text = text.trim().to_lowercase();
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-' | '_')).collect()
        };
        let words = [&*self.display, &self.value, self.name()];
        // What is a number is no name, or `-15` and `1:5` would be 15.
        words.into_iter().any(|own| typing(own) == Typing::Words && plain(own) == plain(typed))
    }
}

/// What a typed text says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is that value.
    Right,
    /// It is another value.
    Wrong,
    /// It can be read as more than one number: see [`FORM`].
    Unclear,
}

/// In which form a number is wanted.
pub const FORM: &str = "Write the number in digits alone, with a point before decimals (1500, 1.5), \
                        or in hexadecimal behind 0x.";

/// How a typed text can be read as a number.
#[derive(Debug, PartialEq, Eq)]
enum Typing {
    /// In one way; in the form of [`number_in`].
    Number(String),
    /// In several ways, or badly grouped: `1,500`, `1,5`, `1 5`.
    Unclear,
    /// In no way.
    Words,
}

/// Reads a typed number. Thousands may be set apart by spaces, or by commas where those cannot be
/// meant for the decimal point: there are two of them, or decimals behind a point.
fn typing(text: &str) -> Typing {
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Some(number) = number_in(text) {
        return Typing::Number(number);
    }
    let mark = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '\'' | '’' | '_' | '-' | '−');
    let has_digits = text.contains(|c: char| c.is_ascii_digit());
    if !has_digits || !text.chars().all(|c| c.is_ascii_digit() || mark(c)) {
        return Typing::Words;
    }
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let grouped = |by: char, least: usize| {
        let groups: Vec<&str> = whole.trim_start_matches('-').split(by).collect();
        let sizes_fit = groups.iter().enumerate().all(|(at, group)| {
            group.bytes().all(|b| b.is_ascii_digit())
                && if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 }
        });
        groups.len() > least && sizes_fit
    };
    let least_commas = if decimals.is_some() { 1 } else { 2 };
    if grouped(' ', 1) || grouped(',', least_commas) {
        let number = number_in(&text.replace([' ', ','], ""));
        return number.map_or(Typing::Unclear, Typing::Number);
    }
    Typing::Unclear
}

/// What `text` means, as far as a program can tell: its numbers in one form, case and spaces put aside.
pub fn meaning(text: &str) -> String {
    let word = |word: &str| match typing(word.trim_end_matches([',', '.', ';'])) {
        Typing::Number(number) => number,
        _ => word.to_lowercase(),
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The number that `text` spells, in decimal or as `0x` hexadecimal: in decimal, without needless
/// zeros, so that equal numbers are equal texts however large they are.
fn number_in(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if let Some(digits) = lower.strip_prefix("0x") {
        let is_hex = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let number = is_hex.then(|| u64::from_str_radix(digits, 16).ok()).flatten();
        return number.map(|number| number.to_string());
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let is_decimal =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let fits = is_decimal(whole.strip_prefix('-').unwrap_or(whole)) && is_decimal(decimals);
    fits.then(|| without_zeros(format!("{whole}.{decimals}")))
}

/// The thousandths of a number in the form of [`number_in`], where there are not too many.
fn thousandths_in(number: &str) -> Option<i64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let places = decimals.get(..3).unwrap_or(decimals);
    format!("{whole}{places:0<3}").parse().ok()
}

/// A decimal number without zeros in front and behind its decimals.
fn without_zeros(text: String) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    match (whole, decimals) {
        ("0", "") => "0".into(),
        (_, "") => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{decimals}"),
    }
}

/// The hexadecimal digits of bytes that `text` spells: with or without `0x`, spaces, colons and
/// hyphens, which may not stand inside a byte.
fn octets_in(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let digits = lower.strip_prefix("0x").unwrap_or(&lower);
    let groups: Vec<&str> =
        digits.split(|c: char| c.is_whitespace() || matches!(c, ':' | '-')).collect();
    let is_octets = |group: &&str| {
        group.len().is_multiple_of(2) && group.bytes().all(|b| b.is_ascii_hexdigit())
    };
    groups.iter().all(is_octets).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_typed_in_decimal_or_hexadecimal_and_with_its_unit() {
        let value = Value::number(443);
        for typed in ["443", " 443 ", "0x1bb", "0X01BB", "443 ms", "443ms"] {
            assert_eq!(value.said_by(typed, "ms"), Said::Right, "{typed}");
        }
        for typed in ["", "444", "0x443", "443 s", "ms", "-443", "4e2"] {
            assert_eq!(value.said_by(typed, "ms"), Said::Wrong, "{typed}");
        }
        for typed in ["3,700,454,066", "3 700 454 066", "3700454066.0"] {
            assert_eq!(Value::number(3_700_454_066).said_by(typed, ""), Said::Right, "{typed}");
        }
    }

    #[test]
    fn another_number_is_never_accepted_and_one_of_two_readings_asks_for_the_form() {
        for (right, typed) in [
            (15_000, "1,5"),
            (15_000, "1 5"),
            (15_000, "1_5"),
            (15_000, "1-5"),
            (15_000, "1.5"),
            (1_500, "1,5"),
            (1_500_000, "1,500"),
            (1_500_000, "1.500"),
            (1_500_000, "1'500"),
            (1_234_567_000, "12,34,567"),
            (1_234_567_000, "1.234.567"),
        ] {
            assert_eq!(
                Value::thousandths(right).said_by(typed, ""),
                Said::Unclear,
                "{right}: {typed}"
            );
        }
        for (right, typed) in
            [(15, "-15"), (15, "1:5"), (15, "15e0"), (120_000, "12e4"), (7, "1,6 or 7")]
        {
            assert_eq!(Value::number(right).said_by(typed, ""), Said::Wrong, "{right}: {typed}");
        }
        let large = Value::number(9_007_199_254_740_993);
        assert_eq!(large.said_by("9007199254740993", ""), Said::Right);
        assert_eq!(large.said_by("9007199254740992", ""), Said::Wrong);
    }

    #[test]
    fn the_octets_of_a_number_are_accepted_where_they_are_no_other_number() {
        let window = |number: u16| Value {
            bytes: number.to_be_bytes().into(),
            ..Value::number(number.into())
        };
        for typed in ["4096", "0x1000", "10 00", "10:00"] {
            assert_eq!(window(4096).said_by(typed, ""), Said::Right, "{typed}");
        }
        assert_eq!(window(4096).said_by("1000", ""), Said::Unclear);
        assert_eq!(window(0xfaf0).said_by("faf0", ""), Said::Right);
        assert_eq!(window(0x15).said_by("0:015", ""), Said::Wrong);
    }

    #[test]
    fn octets_may_be_typed_with_spaces_colons_and_capitals() {
        let value = Value::octets(&[0x0a, 0xff, 0x10]);
        for typed in ["0aff10", "0A FF 10", "0a:ff:10", "0x0aff10"] {
            assert_eq!(value.said_by(typed, ""), Said::Right, "{typed}");
        }
        assert_eq!(value.said_by("0aff", ""), Said::Wrong);
    }

    #[test]
    fn a_code_point_may_be_typed_by_name_or_by_code() {
        let value = Value {
            value: "0x1301".into(),
            number: Some(4_865_000),
            bytes: vec![0x13, 0x01],
            ..Value::text("TLS_AES_128_GCM_SHA256 (0x1301)")
        };
        for typed in ["tls_aes_128_gcm_sha256", "0x1301", "1301", "13 01", "4865"] {
            assert_eq!(value.said_by(typed, ""), Said::Right, "{typed}");
        }
        assert_eq!(value.said_by("TLS_AES_256_GCM_SHA384", ""), Said::Wrong);
    }

    #[test]
    fn numbers_are_written_without_needless_zeros() {
        let written = |n| Value::thousandths(n).display;
        assert_eq!(
            [40_000, 125, 1500, 100_000, -40, 0, -1].map(written),
            ["40", "0.125", "1.5", "100", "-0.04", "0", "-0.001"]
        );
    }
}
