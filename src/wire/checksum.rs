//! The Internet checksum (RFC 1071).

/// Whether the ones' complement sum over `parts`, checksum field included, says that nothing changed
/// on the way. Every part but the last has an even number of bytes.
pub(super) fn holds(parts: &[&[u8]]) -> bool {
    let mut sum = 0u64;
    for part in parts {
        let (pairs, odd) = part.as_chunks::<2>();
        sum += pairs.iter().map(|pair| u64::from(u16::from_be_bytes(*pair))).sum::<u64>();
        sum += odd.first().map_or(0, |last| u64::from(*last) << 8);
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum == 0xffff
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_example_of_rfc_1071_holds_with_its_checksum() {
        // Section 3: 00 01 f2 03 f4 f5 f6 f7 sum to ddf2; the checksum is its complement.
        let data = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7];
        assert!(super::holds(&[&data, &[0x22, 0x0d]]));
        assert!(!super::holds(&[&data, &[0x22, 0x0e]]));
        assert!(super::holds(&[&data[..4], &data[4..], &[0x22, 0x0d]]));
    }
}
