//! The text.

use super::{NARROW, WIDE};
use std::fmt::Write;

/// The three columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Columns {
    /// The offset of every eighth byte.
    pub offsets: String,
    /// The bytes, in hexadecimal.
    pub octets: String,
    /// The bytes as ASCII characters; a dot for each that is none.
    pub characters: String,
}

/// The columns of these bytes.
pub fn columns(bytes: &[u8]) -> Columns {
    let mut offsets = String::with_capacity(bytes.len());
    let mut octets = String::with_capacity(bytes.len() * 3 + bytes.len() / 8);
    let mut characters = String::with_capacity(bytes.len() * 2);
    for (offset, byte) in bytes.iter().enumerate() {
        let (before, between) = match offset {
            0 => ("", ""),
            _ if offset % WIDE == 0 => ("\n", "\n"),
            _ if offset % NARROW == 0 => (" ", "  "),
            _ => ("", " "),
        };
        if offset % NARROW == 0 {
            let _ = write!(offsets, "{before}{offset:04x}");
        }
        if between == "\n" {
            characters.push('\n');
        }
        let _ = write!(octets, "{between}{byte:02x}");
        characters.push(if byte.is_ascii_graphic() { char::from(*byte) } else { '·' });
    }
    Columns { offsets, octets, characters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stands_in_its_column_and_lines_have_sixteen() {
        let bytes: Vec<u8> = (0x30..0x30 + 20).collect();
        let Columns { offsets, octets, characters } = columns(&bytes);
        assert_eq!(offsets, "0000 0008\n0010");
        assert_eq!(octets, "30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f\n40 41 42 43");
        assert_eq!(characters, "0123456789:;<=>?\n@ABC");
    }

    #[test]
    fn a_byte_that_is_no_character_is_a_dot() {
        assert_eq!(columns(&[0, 0x20, 0x41, 0x7f, 0xff]).characters, "··A··");
    }

    #[test]
    fn no_bytes_are_no_text() {
        assert_eq!(columns(&[]).octets, "");
    }
}
