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

/// The algorithm `zlib`.
#[derive(Debug)]
pub struct Zlib;

impl Zlib {
    /// Lets a client say that it decompresses.
    pub fn of_client(&'static self, client: &mut ClientConfig) {
        client.cert_decompressors = vec![self];
    }

    /// Lets a server compress.
    pub fn of_server(&'static self, server: &mut ServerConfig) {
        server.cert_compressors = vec![self];
        // Every connection shows the work.
        server.cert_compression_cache = Arc::new(CompressionCache::Disabled);
    }
}

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
