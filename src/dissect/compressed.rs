//! The Certificate message in a CompressedCertificate (RFC 8879, section 4).

use super::model::{Message, MessageKind};
use crate::tls::{CertificateCompression, HandshakeType};
use crate::wire::WireError;
use crate::wire::handshake::{Context, message_or_opaque, name};
use crate::zlib::Inflate;

/// The most bytes that a message may say it decompresses to, so that none can take up the memory:
/// what rustls takes as well.
const LONGEST: usize = 0x10000;

/// The Certificate message, with what could not be decoded of it; or why there is none.
pub type Decompressed = Result<(Message, Vec<WireError>), String>;

/// The Certificate message in `message`, by what undoes zlib.
///
/// # Errors
/// There is nothing that undoes it, or the message is cut short, announces too much, is compressed by something else than zlib, or is not
/// what it announces; says which.
pub fn decompress(message: &Message, context: Context, inflate: Option<Inflate>) -> Decompressed {
    let inflate = inflate.ok_or("what undoes zlib is not loaded")?;
    let (algorithm, len, compressed) =
        parts(&message.bytes).ok_or("CompressedCertificate is not whole")?;
    if algorithm != CertificateCompression::ZLIB {
        let name = algorithm.name().unwrap_or("unknown");
        return Err(format!(
            "CompressedCertificate is compressed by {name} ({}), which is not undone here",
            algorithm.0
        ));
    }
    if len > LONGEST {
        return Err(format!(
            "CompressedCertificate announces {len} bytes, and more than {LONGEST} are not \
             decompressed here"
        ));
    }
    let body = inflate(compressed, len).ok_or_else(|| {
        format!("CompressedCertificate does not decompress to the {len} bytes that it announces")
    })?;
    let header =
        u32::from(HandshakeType::CERTIFICATE.0) << 24 | u32::try_from(len).unwrap_or_default();
    let bytes = [&header.to_be_bytes()[..], &body].concat();
    let (nodes, errors) = message_or_opaque(&bytes, context);
    let inner = Message {
        kind: MessageKind::Handshake(HandshakeType::CERTIFICATE),
        name: name(&bytes).to_owned(),
        bytes,
        nodes,
        inner: None,
        ..message.clone()
    };
    Ok((inner, errors))
}

/// Algorithm, announced length, and the compressed bytes, which end the message.
fn parts(bytes: &[u8]) -> Option<(CertificateCompression, usize, &[u8])> {
    let &[_, _, _, _, a, b, l, e, n, x, y, z, ref compressed @ ..] = bytes else { return None };
    let number = |octets: [u8; 3]| octets.iter().fold(0, |n, octet| n << 8 | usize::from(*octet));
    let whole = number([x, y, z]) == compressed.len();
    whole.then(|| {
        (CertificateCompression(u16::from_be_bytes([a, b])), number([l, e, n]), compressed)
    })
}
