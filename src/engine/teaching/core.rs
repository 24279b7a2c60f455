//! What both ends of a handshake do alike: messages, transcript, keys, Finished.

use super::alert::{Refusal, refuse};
use super::records::Records;
use super::suite::Suite;
use crate::engine::provider::recorder::{draw, record};
use crate::engine::provider::{Prf, Tls12Aead};
use crate::tls::HandshakeType;
use crate::trace::{Endpoint, Op};
use crate::wire::handshake;
use rustls::crypto::cipher::{AeadKey, MessageDecrypter, MessageEncrypter, Tls12AeadAlgorithm};
use rustls::crypto::hash::{Context, Hash as _};
use rustls::crypto::tls12::Prf as _;
use rustls::{AlertDescription, ContentType};

/// Bytes of a handshake message at most: far more than any here has.
const MAX_MESSAGE: usize = 1 << 16;
/// Bytes of `verify_data` (RFC 5246, section 7.4.9).
const VERIFY_DATA_LEN: usize = 12;

/// What stands behind a handshake message's header.
pub fn body(message: &[u8]) -> &[u8] {
    message.get(handshake::HEADER_LEN..).unwrap_or_default()
}

/// Random bytes of the acting endpoint.
pub fn random<const N: usize>(purpose: &str) -> Result<[u8; N], Refusal> {
    let mut octets = [0; N];
    let drawn = draw(purpose, &mut octets);
    drawn.ok_or_else(|| refuse(AlertDescription::InternalError, "there are no random bytes"))?;
    Ok(octets)
}

/// One end's view of the connection.
pub struct Core {
    /// Which end this is.
    pub who: Endpoint,
    pub records: Records,
    /// Handshake bytes that do not make a whole message yet.
    joining: Vec<u8>,
    transcript: Transcript,
    pub client_random: [u8; 32],
    pub server_random: [u8; 32],
    /// Whether both hellos carry extended_master_secret.
    pub extended_master_secret: bool,
    suite: Option<&'static Suite>,
    master_secret: [u8; 48],
    /// Keys that wait for the ChangeCipherSpec of their direction.
    next_reading: Option<Box<dyn MessageDecrypter>>,
    next_writing: Option<Box<dyn MessageEncrypter>>,
}

impl Core {
    pub fn new(who: Endpoint) -> Core {
        Core {
            who,
            records: Records::default(),
            joining: Vec::new(),
            transcript: Transcript::default(),
            client_random: [0; 32],
            server_random: [0; 32],
            extended_master_secret: false,
            suite: None,
            master_secret: [0; 48],
            next_reading: None,
            next_writing: None,
        }
    }

    /// Adds handshake bytes of a record.
    pub fn join(&mut self, fragment: &[u8]) {
        self.joining.extend_from_slice(fragment);
    }

    /// The next whole handshake message, header included.
    pub fn next_message(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(len) = handshake::message_len(&self.joining) else { return Ok(None) };
        if len > MAX_MESSAGE {
            let text = format!("a handshake message of {len} bytes is longer than any should be");
            return Err(refuse(AlertDescription::IllegalParameter, text));
        }
        if self.joining.len() < len {
            return Ok(None);
        }
        let rest = self.joining.split_off(len);
        Ok(Some(std::mem::replace(&mut self.joining, rest)))
    }

    /// Sends a handshake message, which goes into the transcript.
    pub fn send(&mut self, kind: HandshakeType, body: &[u8]) {
        let message = [&[kind.0][..], &super::bytes::vector(3, body)].concat();
        self.records.send(ContentType::Handshake, &message);
        self.transcript.add(&message);
    }

    /// Takes a received handshake message into the transcript.
    pub fn heard(&mut self, message: &[u8]) {
        self.transcript.add(message);
    }

    /// All handshake messages so far, which CertificateVerify signs (RFC 5246, section 7.4.8).
    pub fn messages(&self) -> &[u8] {
        &self.transcript.messages
    }

    /// Settles the suite, and with it the hash of the transcript.
    pub fn settle(&mut self, suite: &'static Suite) {
        self.suite = Some(suite);
        self.transcript.settle(suite);
    }

    /// The suite that was settled.
    pub fn suite(&self) -> Result<&'static Suite, Refusal> {
        let missing = || refuse(AlertDescription::InternalError, "no cipher suite is settled");
        self.suite.ok_or_else(missing)
    }

    /// From the pre-master secret to the keys of both directions (RFC 5246, sections 8.1 and 6.3).
    /// The ClientKeyExchange must be in the transcript.
    pub fn derive_keys(&mut self, pre_master_secret: &[u8]) -> Result<(), Refusal> {
        let suite = self.suite()?;
        let prf = Prf(suite.hash);
        let mut master = [0; 48];
        if self.extended_master_secret {
            // RFC 7627, section 4: the session hash instead of the randoms.
            let session_hash = self.transcript.hash();
            prf.for_secret(
                &mut master,
                pre_master_secret,
                b"extended master secret",
                &session_hash,
            );
        } else {
            let seed = [self.client_random, self.server_random].concat();
            prf.for_secret(&mut master, pre_master_secret, b"master secret", &seed);
        }
        self.master_secret = master;
        record(|| Op::KeyLog {
            label: "CLIENT_RANDOM".into(),
            client_random: self.client_random.to_vec(),
            secret: master.to_vec(),
        });

        let aead = Tls12Aead(suite.aead);
        let shape = aead.key_block_shape();
        let (key_len, iv_len) = (shape.enc_key_len, shape.fixed_iv_len);
        let mut block = vec![0; 2 * (key_len + iv_len)];
        let seed = [self.server_random, self.client_random].concat();
        prf.for_secret(&mut block, &master, b"key expansion", &seed);
        let (keys, ivs) = block.split_at(2 * key_len);
        let ((client_key, server_key), (client_iv, server_iv)) =
            (keys.split_at(key_len), ivs.split_at(iv_len));
        let (own, peers) = match self.who {
            Endpoint::Client => ((client_key, client_iv), (server_key, server_iv)),
            Endpoint::Server => ((server_key, server_iv), (client_key, client_iv)),
        };
        // RFC 5288, section 3: the explicit part of the nonce may be the sequence number. The
        // cipher adds the number to where it starts.
        let start = vec![0; shape.explicit_nonce_len];
        self.next_writing = Some(aead.encrypter(key(own.0), own.1, &start));
        self.next_reading = Some(aead.decrypter(key(peers.0), peers.1));
        Ok(())
    }

    /// Says that from here on everything is encrypted (RFC 5246, section 7.1), and Finished under
    /// the new keys.
    pub fn finish(&mut self) {
        self.records.send(ContentType::ChangeCipherSpec, &[1]);
        if let Some(writing) = self.next_writing.take() {
            self.records.seal_with(writing);
        }
        let verify_data = self.verify_data(self.who);
        self.send(HandshakeType::FINISHED, &verify_data);
    }

    /// Takes the peer's ChangeCipherSpec: from the next record on its new keys are in use.
    pub fn read_change_cipher_spec(&mut self, content: &[u8]) -> Result<(), Refusal> {
        if content != [1] {
            let text = "the ChangeCipherSpec is not the one octet 1";
            return Err(refuse(AlertDescription::DecodeError, text));
        }
        if !self.joining.is_empty() {
            let text = "the ChangeCipherSpec comes in the middle of a handshake message";
            return Err(refuse(AlertDescription::UnexpectedMessage, text));
        }
        if let Some(reading) = self.next_reading.take() {
            self.records.open_with(reading);
        }
        Ok(())
    }

    /// Checks the peer's Finished: it must have the same keys and have seen the same messages
    /// (RFC 5246, section 7.4.9).
    pub fn check_finished(&mut self, message: &[u8]) -> Result<(), Refusal> {
        let expected = self.verify_data(self.who.peer());
        let received = body(message);
        // Looks at every byte, so that the time taken does not tell how many are right.
        let differ = expected.iter().zip(received).fold(0, |sum, (a, b)| sum | (a ^ b));
        if received.len() != VERIFY_DATA_LEN || differ != 0 {
            let text = format!("the {}'s Finished does not match", self.who.peer().name());
            return Err(refuse(AlertDescription::DecryptError, text));
        }
        self.heard(message);
        Ok(())
    }

    fn verify_data(&mut self, of: Endpoint) -> [u8; VERIFY_DATA_LEN] {
        let label: &[u8] = match of {
            Endpoint::Client => b"client finished",
            Endpoint::Server => b"server finished",
        };
        let mut verify_data = [0; VERIFY_DATA_LEN];
        let hash = self.transcript.hash();
        if let Some(suite) = self.suite {
            Prf(suite.hash).for_secret(&mut verify_data, &self.master_secret, label, &hash);
        }
        verify_data
    }
}

/// A key as the cipher takes it, which cuts it to its length.
fn key(octets: &[u8]) -> AeadKey {
    let mut key = [0; 32];
    key.iter_mut().zip(octets).for_each(|(to, from)| *to = *from);
    AeadKey::from(key)
}

/// The handshake messages, and the running hash over them once the suite says which.
#[derive(Default)]
struct Transcript {
    messages: Vec<u8>,
    /// Those that wait for the hash to be known.
    waiting: Vec<Vec<u8>>,
    running: Option<Box<dyn Context>>,
}

impl Transcript {
    fn add(&mut self, message: &[u8]) {
        self.messages.extend_from_slice(message);
        match &mut self.running {
            Some(running) => running.update(message),
            None => self.waiting.push(message.to_vec()),
        }
    }

    fn settle(&mut self, suite: &Suite) {
        let mut running = suite.hash.start();
        self.waiting.drain(..).for_each(|message| running.update(&message));
        self.running = Some(running);
    }

    fn hash(&self) -> Vec<u8> {
        let hash = self.running.as_ref().map(|running| running.fork_finish().as_ref().to_vec());
        hash.unwrap_or_default()
    }
}
