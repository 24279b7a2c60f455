//! Record protection of TLS 1.3 (RFC 9846, section 5.2).

use super::aead::{Aead, Keyed, Parameters, TAG};
use super::recorder::protect;
use crate::trace::Direction;
use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, MessageDecrypter, MessageEncrypter,
    Nonce, OutboundOpaqueMessage, OutboundPlainMessage, PrefixedPayload, Tls13AeadAlgorithm,
    UnsupportedOperationError, make_tls13_aad,
};
use rustls::{ConnectionTrafficSecrets, ContentType, Error, ProtocolVersion};

/// An AEAD as TLS 1.3 uses it.
pub struct Tls13Aead(pub Aead);

impl Tls13AeadAlgorithm for Tls13Aead {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        Box::new(Protection { keyed: self.0.install(Direction::Write, &key, iv.as_ref()), iv })
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        Box::new(Protection { keyed: self.0.install(Direction::Read, &key, iv.as_ref()), iv })
    }

    fn key_len(&self) -> usize {
        self.0.key_len()
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: Iv,
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        Ok(self.0.secrets(key, iv))
    }
}

struct Protection {
    keyed: Keyed,
    iv: Iv,
}

impl MessageEncrypter for Protection {
    fn encrypt(
        &mut self,
        message: OutboundPlainMessage<'_>,
        sequence: u64,
    ) -> Result<OutboundOpaqueMessage, Error> {
        let length = self.encrypted_payload_len(message.payload.len());
        let mut fragment = PrefixedPayload::with_capacity(length);
        fragment.extend_from_chunks(&message.payload);
        protect(message.typ, ContentType::ApplicationData, length, fragment.as_mut());
        fragment.extend_from_slice(&[message.typ.into()]);
        let nonce = Nonce::new(&self.iv, sequence).0;
        let with = Parameters { sequence, nonce, aad: &make_tls13_aad(length) };
        let tag = self.keyed.seal(&with, &[], fragment.as_mut()).ok_or(Error::EncryptError)?;
        fragment.extend_from_slice(&tag);
        let (typ, version) = (ContentType::ApplicationData, ProtocolVersion::TLSv1_2);
        Ok(OutboundOpaqueMessage::new(typ, version, fragment))
    }

    fn encrypted_payload_len(&self, payload_len: usize) -> usize {
        payload_len + 1 + TAG
    }
}

impl MessageDecrypter for Protection {
    fn decrypt<'a>(
        &mut self,
        mut message: InboundOpaqueMessage<'a>,
        sequence: u64,
    ) -> Result<InboundPlainMessage<'a>, Error> {
        let length = message.payload.len();
        let nonce = Nonce::new(&self.iv, sequence).0;
        let with = Parameters { sequence, nonce, aad: &make_tls13_aad(length) };
        self.keyed.open(&with, 0, &mut message.payload).ok_or(Error::DecryptError)?;
        message.payload.truncate(length - TAG);
        message.into_tls13_unpadded_message()
    }
}
