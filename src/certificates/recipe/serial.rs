//! Serial numbers as recipes have them: hexadecimal, as `openssl x509 -serial` prints them.

use serde::Deserialize;
use serde::de::Error;

/// The most bytes that a serial number may have (RFC 5280, section 4.1.2.2).
const MOST: usize = 20;

/// What a recipe has to say of it.
pub fn read<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
    parse(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

/// The contents of an INTEGER: positive, and as short as it can be.
pub fn parse(text: &str) -> Result<Vec<u8>, String> {
    let wrong =
        || format!("{text} is no serial number; write hexadecimal digits, such as 01 or 1f2e3d");
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    let even = if digits.len().is_multiple_of(2) { digits } else { format!("0{digits}") };
    let bytes = crate::hex::decode(&even).map_err(|_| wrong())?;
    let mut bytes: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
    match bytes.first() {
        None => return Err("a serial number is greater than 0".into()),
        Some(first) if first & 0x80 != 0 => bytes.insert(0, 0),
        Some(_) => {}
    }
    if bytes.len() > MOST {
        return Err(format!("a serial number has at most {MOST} bytes"));
    }
    Ok(bytes)
}
