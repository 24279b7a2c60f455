//! PEM, the textual form of keys and certificates (RFC 7468).

/// Characters of a line (RFC 7468, section 2).
const LINE: usize = 64;

/// `der` as PEM under a label: `PRIVATE KEY`, `CERTIFICATE`.
pub fn encode(label: &str, der: &[u8]) -> String {
    let text = base64(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for line in text.as_bytes().chunks(LINE) {
        pem += &String::from_utf8_lossy(line);
        pem += "\n";
    }
    pem + &format!("-----END {label}-----\n")
}

/// Base64 with padding (RFC 4648, section 4).
pub fn base64(octets: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in octets.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(*group.get(at).unwrap_or(&0)));
        for place in 0..4 {
            // A group of n octets fills n + 1 characters.
            let character = if place <= group.len() {
                ALPHABET[bits >> (18 - 6 * place) & 63] as char
            } else {
                '='
            };
            text.push(character);
        }
    }
    text
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
            assert_eq!(base64(octets.as_bytes()), text);
        }
    }

    #[test]
    fn lines_are_of_64_characters() {
        let pem = encode("PRIVATE KEY", &[0xff; 50]);
        let lines: Vec<&str> = pem.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!((lines[0], lines[1].len()), ("-----BEGIN PRIVATE KEY-----", 64));
        assert_eq!(lines[3], "-----END PRIVATE KEY-----");
    }
}
