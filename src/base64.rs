//! Base64 (RFC 4648).

/// Base64 with padding (RFC 4648, section 4).
pub fn encode(octets: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in octets.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(*group.get(at).unwrap_or(&0)));
        for place in 0..4 {
            // A group of n bytes fills n + 1 characters.
            let index = (place <= group.len()).then_some(bits >> (18 - 6 * place) & 63);
            let character = index.and_then(|index| ALPHABET.get(index));
            text.push(character.map_or('=', |character| char::from(*character)));
        }
    }
    text
}

/// Base64 for addresses (section 5): two other characters, and no padding.
pub fn encode_url(octets: &[u8]) -> String {
    encode(octets).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// Undoes [`encode_url`]; `None` for what it never gives.
pub fn decode_url(text: &str) -> Option<Vec<u8>> {
    let (mut octets, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xfff;
        count += 6;
        if count >= 8 {
            count -= 8;
            octets.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    // One text for the same bytes: no bits and no characters too many.
    (encode_url(&octets) == text).then_some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_gives_the_vectors_of_rfc_4648() {
        for (octets, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(octets.as_bytes()), text);
        }
    }

    #[test]
    fn base64_for_addresses_comes_back_and_what_is_none_is_refused() {
        for length in 0..70u8 {
            let octets: Vec<u8> = (0..length).map(|at| at.wrapping_mul(151) ^ 0xfb).collect();
            let text = encode_url(&octets);
            assert!(!text.contains(['+', '/', '=']), "{text}");
            assert_eq!(decode_url(&text), Some(octets));
        }
        assert_eq!(encode_url(&[0xfb, 0xff]), "-_8");
        for wrong in ["A", "AB", "Zg==", "Zm9v!", "Zm9 v", "Zm+v", "ä"] {
            assert_eq!(decode_url(wrong), None, "{wrong}");
        }
    }
}
