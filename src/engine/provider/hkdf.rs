//! HKDF and HMAC for TLS 1.3 (RFC 5869; RFC 9846, section 7.1).

use super::hash::Hash;
use super::recorder::record;
use crate::trace::Op;
use hkdf::Hkdf as Rfc5869;
use rustls::crypto::{hmac, tls13};
use sha2::{Sha256, Sha384};

/// HKDF over one hash.
pub struct Hkdf(pub Hash);

impl tls13::Hkdf for Hkdf {
    fn extract_from_zero_ikm(&self, salt: Option<&[u8]>) -> Box<dyn tls13::HkdfExpander> {
        self.extract_from_secret(salt, &vec![0; self.0.len()])
    }

    fn extract_from_secret(
        &self,
        salt: Option<&[u8]>,
        secret: &[u8],
    ) -> Box<dyn tls13::HkdfExpander> {
        let zeros = vec![0; self.0.len()];
        let salt = salt.unwrap_or(&zeros);
        let output = match self.0 {
            Hash::Sha256 => Rfc5869::<Sha256>::extract(Some(salt), secret).0.to_vec(),
            Hash::Sha384 => Rfc5869::<Sha384>::extract(Some(salt), secret).0.to_vec(),
        };
        record(|| Op::HkdfExtract {
            hash: self.0.name().into(),
            salt: salt.to_vec(),
            ikm: secret.to_vec(),
            output: output.clone(),
        });
        Box::new(Expander { hash: self.0, secret: output })
    }

    fn expander_for_okm(&self, okm: &tls13::OkmBlock) -> Box<dyn tls13::HkdfExpander> {
        Box::new(Expander { hash: self.0, secret: okm.as_ref().to_vec() })
    }

    fn hmac_sign(&self, key: &tls13::OkmBlock, message: &[u8]) -> hmac::Tag {
        let output = self.0.hmac(key.as_ref(), &[message]);
        record(|| Op::Hmac {
            hash: self.0.name().into(),
            key: key.as_ref().to_vec(),
            message: message.to_vec(),
            output: output.clone(),
        });
        hmac::Tag::new(&output)
    }
}

struct Expander {
    hash: Hash,
    secret: Vec<u8>,
}

impl Expander {
    fn expand(&self, info: &[&[u8]], output: &mut [u8]) -> Option<()> {
        match self.hash {
            Hash::Sha256 => {
                Rfc5869::<Sha256>::from_prk(&self.secret).ok()?.expand_multi_info(info, output).ok()
            }
            Hash::Sha384 => {
                Rfc5869::<Sha384>::from_prk(&self.secret).ok()?.expand_multi_info(info, output).ok()
            }
        }
    }
}

impl tls13::HkdfExpander for Expander {
    fn expand_slice(
        &self,
        info: &[&[u8]],
        output: &mut [u8],
    ) -> Result<(), tls13::OutputLengthError> {
        self.expand(info, output).ok_or(tls13::OutputLengthError)?;
        if let Some(label) = HkdfLabel::read(&info.concat()) {
            record(|| Op::HkdfExpandLabel {
                hash: self.hash.name().into(),
                secret: self.secret.clone(),
                label: label.label,
                context: label.context,
                output: output.iter().copied().take(label.length).collect(),
            });
        }
        Ok(())
    }

    #[expect(clippy::expect_used, reason = "one block is never too long")]
    fn expand_block(&self, info: &[&[u8]]) -> tls13::OkmBlock {
        let mut output = vec![0; self.hash.len()];
        self.expand_slice(info, &mut output).expect("one block is never too long");
        tls13::OkmBlock::new(&output)
    }

    fn hash_len(&self) -> usize {
        self.hash.len()
    }
}

/// The structure that rustls passes as HKDF's info (RFC 9846, section 7.1).
#[derive(Debug, PartialEq)]
struct HkdfLabel {
    length: usize,
    label: String,
    context: Vec<u8>,
}

impl HkdfLabel {
    fn read(info: &[u8]) -> Option<HkdfLabel> {
        let (length, rest) = info.split_first_chunk::<2>()?;
        let (label_length, rest) = rest.split_first()?;
        let (label, rest) = rest.split_at_checked(usize::from(*label_length))?;
        let (context_length, context) = rest.split_first()?;
        if context.len() != usize::from(*context_length) {
            return None;
        }
        let label = std::str::from_utf8(label).ok()?.strip_prefix("tls13 ")?;
        Some(HkdfLabel {
            length: usize::from(u16::from_be_bytes(*length)),
            label: label.to_owned(),
            context: context.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_length_label_and_context_of_a_label_structure() {
        let info = [b"\x00\x10\x09tls13 key\x02".as_slice(), &[7, 8]].concat();
        let expected = HkdfLabel { length: 16, label: "key".into(), context: vec![7, 8] };
        assert_eq!(HkdfLabel::read(&info), Some(expected));
        assert_eq!(HkdfLabel::read(&info[..info.len() - 1]), None);
    }
}
