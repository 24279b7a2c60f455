//! Record protection of TLS 1.2 (RFC 5246, section 6.2.3.3; RFC 5288; RFC 7905).

use super::aead::{Aead, Keyed, NONCE, Parameters, TAG};
use super::recorder::protect;
use crate::trace::Direction;
use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, KeyBlockShape, MessageDecrypter,
    MessageEncrypter, Nonce, OutboundOpaqueMessage, OutboundPlainMessage, PrefixedPayload,
    Tls12AeadAlgorithm, UnsupportedOperationError, make_tls12_aad,
};
use rustls::{ConnectionTrafficSecrets, Error};

/// An AEAD as TLS 1.2 uses it.
pub struct Tls12Aead(pub Aead);

impl Tls12Aead {
    /// Bytes of the IV that come from the key block, and of the nonce that records carry.
    fn nonce_shape(&self) -> (usize, usize) {
        match self.0 {
            Aead::Aes128Gcm | Aead::Aes256Gcm => (4, 8),
            Aead::ChaCha20Poly1305 => (12, 0),
        }
    }

    fn protection(
        &self,
        direction: Direction,
        key: &AeadKey,
        fixed: &[u8],
        start: &[u8],
    ) -> Protection {
        let mut iv = [0; NONCE];
        for (to, from) in iv.iter_mut().zip(fixed.iter().chain(start)) {
            *to = *from;
        }
        let keyed = self.0.install(direction, key, fixed);
        Protection { keyed, iv, explicit: self.nonce_shape().1 }
    }
}

impl Tls12AeadAlgorithm for Tls12Aead {
    fn encrypter(&self, key: AeadKey, iv: &[u8], extra: &[u8]) -> Box<dyn MessageEncrypter> {
        Box::new(self.protection(Direction::Write, &key, iv, extra))
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        Box::new(self.protection(Direction::Read, &key, iv, &[]))
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        let (fixed_iv_len, explicit_nonce_len) = self.nonce_shape();
        KeyBlockShape { enc_key_len: self.0.key_len(), fixed_iv_len, explicit_nonce_len }
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: &[u8],
        explicit: &[u8],
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        let iv = [iv, explicit].concat().try_into().map_err(|_| UnsupportedOperationError)?;
        Ok(self.0.secrets(key, Iv::new(iv)))
    }
}

struct Protection {
    keyed: Keyed,
    /// The fixed IV and, to write, where explicit nonces start.
    iv: [u8; NONCE],
    /// Bytes of nonce that each record carries before its ciphertext.
    explicit: usize,
}

impl Protection {
    fn nonce(&self, sequence: u64) -> [u8; NONCE] {
        Nonce::new(&Iv::new(self.iv), sequence).0
    }
}

impl MessageEncrypter for Protection {
    fn encrypt(
        &mut self,
        message: OutboundPlainMessage<'_>,
        sequence: u64,
    ) -> Result<OutboundOpaqueMessage, Error> {
        let length = message.payload.len();
        let nonce = self.nonce(sequence);
        let prefix = nonce.get(NONCE - self.explicit..).ok_or(Error::EncryptError)?;
        let mut fragment = PrefixedPayload::with_capacity(self.encrypted_payload_len(length));
        fragment.extend_from_slice(prefix);
        fragment.extend_from_chunks(&message.payload);
        let aad = make_tls12_aad(sequence, message.typ, message.version, length);
        let with = Parameters { sequence, nonce, aad: &aad };
        let whole = self.encrypted_payload_len(length);
        let text = fragment.as_mut().get_mut(self.explicit..).ok_or(Error::EncryptError)?;
        protect(message.typ, message.typ, whole, text);
        let tag = self.keyed.seal(&with, prefix, text).ok_or(Error::EncryptError)?;
        fragment.extend_from_slice(&tag);
        Ok(OutboundOpaqueMessage::new(message.typ, message.version, fragment))
    }

    fn encrypted_payload_len(&self, payload_len: usize) -> usize {
        self.explicit + payload_len + TAG
    }
}

impl MessageDecrypter for Protection {
    fn decrypt<'a>(
        &mut self,
        mut message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let overhead = self.explicit + TAG;
        let length = message.payload.len().checked_sub(overhead).ok_or(Error::DecryptError)?;
        let mut nonce = self.nonce(sequence);
        let explicit = nonce.iter_mut().skip(NONCE - self.explicit);
        for (to, from) in explicit.zip(message.payload.iter()) {
            *to = *from;
        }
        let aad = make_tls12_aad(sequence, message.typ, message.version, length);
        let with = Parameters { sequence, nonce, aad: &aad };
        let fragment = &mut message.payload;
        self.keyed.open(&with, self.explicit, fragment).ok_or(Error::DecryptError)?;
        fragment.copy_within(self.explicit..self.explicit + length, 0);
        fragment.truncate(length);
        Ok(message.into_plain_message())
    }
}
