//! The record layer (RFC 5246, section 6): bytes to fragments and back.

use super::alert::{Refusal, refuse};
use crate::wire::record::HEADER_LEN;
use rustls::crypto::cipher::{
    InboundOpaqueMessage, MessageDecrypter, MessageEncrypter, OutboundChunks, OutboundPlainMessage,
};
use rustls::{AlertDescription, ContentType, ProtocolVersion};

/// Bytes of plaintext that a record holds at most (RFC 5246, section 6.2.1).
const MAX_PLAINTEXT: usize = 1 << 14;
/// Bytes that protection may add (RFC 5246, section 6.2.3).
const MAX_EXPANSION: usize = 2048;
/// The version on every record.
const VERSION: ProtocolVersion = ProtocolVersion::TLSv1_2;

/// Both directions of the record layer.
#[derive(Default)]
pub struct Records {
    inbox: Vec<u8>,
    outbox: Vec<u8>,
    reading: Option<Box<dyn MessageDecrypter>>,
    writing: Option<Box<dyn MessageEncrypter>>,
    read_sequence: u64,
    write_sequence: u64,
}

impl Records {
    /// Takes in bytes of the peer.
    pub fn feed(&mut self, octets: &[u8]) {
        self.inbox.extend_from_slice(octets);
    }

    /// The next record, if it is whole: its type and what was inside.
    ///
    /// # Errors
    /// It is no TLS record, is too long, or does not open.
    pub fn next(&mut self) -> Result<Option<(ContentType, Vec<u8>)>, Refusal> {
        let Some(&[kind, major, minor, high, low]) = self.inbox.first_chunk() else {
            return Ok(None);
        };
        if !(20..=23).contains(&kind) {
            let text = format!("{kind} is no content type of TLS");
            return Err(refuse(AlertDescription::UnexpectedMessage, text));
        }
        // A ClientHello may come in a record of TLS 1.0 (RFC 5246, appendix E.1).
        if major != 3 {
            let text = format!("a record of version {major}.{minor} is not of TLS");
            return Err(refuse(AlertDescription::ProtocolVersion, text));
        }
        let len = usize::from(u16::from_be_bytes([high, low]));
        let expansion = if self.reading.is_some() { MAX_EXPANSION } else { 0 };
        if len > MAX_PLAINTEXT + expansion {
            return Err(too_long(len));
        }
        if self.inbox.len() < HEADER_LEN + len {
            return Ok(None);
        }
        let rest = self.inbox.split_off(HEADER_LEN + len);
        let mut fragment = std::mem::replace(&mut self.inbox, rest).split_off(HEADER_LEN);
        let kind = ContentType::from(kind);
        if let Some(reading) = &mut self.reading {
            let sequence = self.read_sequence;
            let record = InboundOpaqueMessage::new(kind, VERSION, &mut fragment);
            let opened = reading.decrypt(record, sequence).map_err(|_| {
                let text = format!("record {sequence} does not match its authentication tag");
                refuse(AlertDescription::BadRecordMac, text)
            })?;
            fragment = opened.payload.to_vec();
            self.read_sequence += 1;
        }
        match fragment.len() {
            0 if kind != ContentType::ApplicationData => {
                Err(refuse(AlertDescription::UnexpectedMessage, "a record holds nothing"))
            }
            len if len > MAX_PLAINTEXT => Err(too_long(len)),
            _ => Ok(Some((kind, fragment))),
        }
    }

    /// Sends `content` in as many records as it takes.
    pub fn send(&mut self, kind: ContentType, content: &[u8]) {
        for fragment in content.chunks(MAX_PLAINTEXT) {
            match &mut self.writing {
                None => {
                    let [version_high, version_low] = u16::from(VERSION).to_be_bytes();
                    let [high, low] = (fragment.len() as u16).to_be_bytes();
                    self.outbox.extend([u8::from(kind), version_high, version_low, high, low]);
                    self.outbox.extend_from_slice(fragment);
                }
                Some(writing) => {
                    let payload = OutboundChunks::Single(fragment);
                    let record = OutboundPlainMessage { typ: kind, version: VERSION, payload };
                    // An AEAD seals whatever a record can hold.
                    if let Ok(sealed) = writing.encrypt(record, self.write_sequence) {
                        self.outbox.extend(sealed.encode());
                    }
                    self.write_sequence += 1;
                }
            }
        }
    }

    /// What is to be sent to the peer.
    pub fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outbox)
    }

    /// From the next record on, what comes is opened so. Sequence numbers start again.
    pub fn open_with(&mut self, reading: Box<dyn MessageDecrypter>) {
        (self.reading, self.read_sequence) = (Some(reading), 0);
    }

    /// From the next record on, what is sent is sealed so. Sequence numbers start again.
    pub fn seal_with(&mut self, writing: Box<dyn MessageEncrypter>) {
        (self.writing, self.write_sequence) = (Some(writing), 0);
    }
}

fn too_long(len: usize) -> Refusal {
    let text = format!("a record of {len} bytes is longer than the standard allows");
    refuse(AlertDescription::RecordOverflow, text)
}
