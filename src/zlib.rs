//! zlib's format (RFC 1950), for compressed certificates.

use miniz_oxide::deflate::{CompressionLevel, compress_to_vec_zlib};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress as inflate};

/// Undoes the compression, as [`decompress`] does. By a pointer, so that who names it does not take in the code.
pub type Inflate = fn(&[u8], usize) -> Option<Vec<u8>>;

/// `data`, compressed.
pub fn compress(data: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(data, CompressionLevel::BestCompression as u8)
}

/// What `compressed` was made of, if it is one whole stream, checksum included, of exactly `len`
/// bytes. Takes no more memory than these.
pub fn decompress(compressed: &[u8], len: usize) -> Option<Vec<u8>> {
    const FLAGS: u32 = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut data = vec![0; len];
    let mut state = Box::<DecompressorOxide>::default();
    let (status, read, written) = inflate(&mut state, compressed, &mut data, 0, FLAGS);
    let whole = status == TINFLStatus::Done && read == compressed.len() && written == len;
    whole.then_some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        for data in [&b""[..], b"a", &[7; 3000], b"certificate, certificate"] {
            assert_eq!(decompress(&compress(data), data.len()).as_deref(), Some(data));
        }
    }

    #[test]
    fn reads_the_stream_of_another_implementation() {
        // Of zlib itself, at its default level.
        let stream = [
            0x78, 0x9c, 0x4b, 0x4e, 0x2d, 0x2a, 0xc9, 0x4c, 0xcb, 0x4c, 0x4e, 0x2c, 0x49, 0xd5,
            0x51, 0x48, 0x46, 0x70, 0x00, 0x74, 0xbd, 0x09, 0x53,
        ];
        assert_eq!(decompress(&stream, 24).as_deref(), Some(&b"certificate, certificate"[..]));
    }

    #[test]
    fn refuses_another_length_and_every_change() {
        let data = b"certificate, certificate, certificate";
        let good = compress(data);
        let with_more: Vec<u8> = good.iter().copied().chain([0]).collect();
        assert_eq!(decompress(&with_more, data.len()), None);
        for len in [0, data.len() - 1, data.len() + 1, 0x10000] {
            assert_eq!(decompress(&good, len), None, "{len}");
        }
        for at in 0..good.len() {
            assert_eq!(decompress(&good[..at], data.len()), None, "cut at {at}");
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_ne!(decompress(&bad, data.len()).as_deref(), Some(&data[..]), "bit {at}");
        }
    }
}
