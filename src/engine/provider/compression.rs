//! Certificate compression (RFC 8879): the server's Certificate message by zlib.

use super::recorder::record;
use crate::trace::Op;
use crate::zlib;
use rustls::CertificateCompressionAlgorithm as Algorithm;
use rustls::compress::{
    CertCompressor, CertDecompressor, CompressionCache, CompressionFailed, CompressionLevel,
    DecompressionFailed,
};
use rustls::{ClientConfig, ServerConfig};
use std::sync::Arc;

/// The name in operations.
const NAME: &str = "zlib";

/// How endpoints come to compress. By pointers, so that who names the type does not take in the code.
#[derive(Clone, Copy)]
pub struct Compression {
    /// Lets a client say that it decompresses.
    pub client: fn(&mut ClientConfig),
    /// Lets a server compress.
    pub server: fn(&mut ServerConfig),
}

/// The algorithm `zlib`.
pub const ZLIB: Compression = Compression {
    client: |client| client.cert_decompressors = vec![&Zlib],
    server: |server| {
        server.cert_compressors = vec![&Zlib];
        // Every connection shows the work.
        server.cert_compression_cache = Arc::new(CompressionCache::Disabled);
    },
};

#[derive(Debug)]
struct Zlib;

impl CertCompressor for Zlib {
    fn compress(&self, data: Vec<u8>, _: CompressionLevel) -> Result<Vec<u8>, CompressionFailed> {
        let compressed = zlib::compress(&data);
        record(|| Op::Compress { algorithm: NAME.into(), data, compressed: compressed.clone() });
        Ok(compressed)
    }

    fn algorithm(&self) -> Algorithm {
        Algorithm::Zlib
    }
}

impl CertDecompressor for Zlib {
    fn decompress(&self, compressed: &[u8], out: &mut [u8]) -> Result<(), DecompressionFailed> {
        let data = zlib::decompress(compressed, out.len());
        record(|| Op::Decompress {
            algorithm: NAME.into(),
            compressed: compressed.to_vec(),
            data: data.clone(),
        });
        out.copy_from_slice(&data.ok_or(DecompressionFailed)?);
        Ok(())
    }

    fn algorithm(&self) -> Algorithm {
        Algorithm::Zlib
    }
}
