//! PEM, the textual form of keys and certificates (RFC 7468).

use crate::base64;

/// Characters of a line (RFC 7468, section 2).
const LINE: usize = 64;

/// `der` as PEM under a label: `PRIVATE KEY`, `CERTIFICATE`.
pub fn encode(label: &str, der: &[u8]) -> String {
    let text = base64::encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for line in text.as_bytes().chunks(LINE) {
        pem += &String::from_utf8_lossy(line);
        pem += "\n";
    }
    pem + &format!("-----END {label}-----\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_of_64_characters() {
        let pem = encode("PRIVATE KEY", &[0xff; 50]);
        let lines: Vec<&str> = pem.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!((lines[0], lines[1].len()), ("-----BEGIN PRIVATE KEY-----", 64));
        assert_eq!(lines[3], "-----END PRIVATE KEY-----");
    }
}
