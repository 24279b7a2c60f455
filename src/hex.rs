//! Bytes as lower-case hexadecimal text: the form of every byte string in our JSON.

use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// `[0x0a, 0xff]` as `0aff`.
pub fn encode(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The bytes that `text` spells.
///
/// # Errors
/// Names the first character that is not a hexadecimal digit, or an odd number of digits.
pub fn decode(text: &str) -> Result<Vec<u8>, String> {
    let digit = |c: u8, number: usize| {
        let digit = char::from(c).to_digit(16).map(|digit| digit as u8);
        digit.ok_or_else(|| format!("character {number} is not a hexadecimal digit"))
    };
    if !text.len().is_multiple_of(2) {
        return Err(format!("an odd number of hexadecimal digits ({})", text.len()));
    }
    let (pairs, _) = text.as_bytes().as_chunks();
    let byte = |(at, &[high, low]): (usize, &[u8; 2])| {
        Ok(digit(high, 2 * at + 1)? << 4 | digit(low, 2 * at + 2)?)
    };
    pairs.iter().enumerate().map(byte).collect()
}

/// For `#[serde(with = "hex")]`.
pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&encode(bytes))
}

/// For `#[serde(with = "hex")]`.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    decode(&String::deserialize(from)?).map_err(D::Error::custom)
}

/// For `#[serde(with = "hex::option")]`.
pub mod option {
    use crate::hex::decode;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// `null` or hexadecimal text.
    pub fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => crate::hex::serialize(bytes, to),
            None => to.serialize_none(),
        }
    }

    /// `null` or hexadecimal text.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|text| decode(&text).map_err(D::Error::custom))
            .transpose()
    }
}

/// For `#[serde(with = "hex::list")]`.
pub mod list {
    use crate::hex::{decode, encode};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// A list of hexadecimal texts.
    pub fn serialize<S: Serializer>(list: &[Vec<u8>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(list.iter().map(|bytes| encode(bytes)))
    }

    /// A list of hexadecimal texts.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Vec<u8>>, D::Error> {
        Vec::<String>::deserialize(from)?
            .iter()
            .map(|text| decode(text).map_err(D::Error::custom))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn decoding_undoes_encoding() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(super::decode(&super::encode(&all)), Ok(all));
    }

    #[test]
    fn a_bad_digit_is_named_by_its_place() {
        assert_eq!(super::decode("0g").unwrap_err(), "character 2 is not a hexadecimal digit");
        assert!(super::decode("é").is_err());
    }
}
