//! The transcript: the running hash over the handshake messages (RFC 9846, section 4.1).

use super::model::TranscriptHash;
use crate::keys::{Context, Hash, Running};

/// The messages so far. The hash to use is known only from ServerHello on.
#[derive(Default)]
pub(super) struct Transcript {
    /// Messages that wait for the hash to be known.
    waiting: Vec<(usize, Vec<u8>)>,
    running: Option<(Hash, Running)>,
    /// The hash after each message.
    pub hashes: Vec<TranscriptHash>,
    /// The first and the last message, in words.
    covers: Option<(String, String)>,
}

impl Transcript {
    /// Adds a message, by its position, its name in words and its bytes.
    pub fn add(&mut self, message: usize, name: &str, bytes: &[u8]) {
        match &mut self.covers {
            Some((_, last)) => *last = name.to_owned(),
            None => self.covers = Some((name.to_owned(), name.to_owned())),
        }
        match &mut self.running {
            Some((_, running)) => {
                running.update(bytes);
                self.hashes.push(entry(message, running));
            }
            None => self.waiting.push((message, bytes.to_vec())),
        }
    }

    /// The hash, by `hash`, of everything so far and `more` behind it: for a ClientHello that needs it
    /// before the server has settled the hash. `name` is what `more` is called.
    pub fn with(&self, hash: Hash, more: &[u8], name: &str, message: usize) -> Context {
        let mut running = match &self.running {
            Some((settled, running)) if *settled == hash => running.clone(),
            _ => Running::new(hash),
        };
        self.waiting.iter().for_each(|(_, bytes)| running.update(bytes));
        running.update(more);
        let covers = match &self.covers {
            Some((first, _)) => format!("{first}…{name}"),
            None => name.to_owned(),
        };
        Context { hash: running.value(), covers, after: Some(message) }
    }

    /// Settles the hash, and takes in what waited for it.
    pub fn settle(&mut self, hash: Hash) {
        if self.running.is_some() {
            return;
        }
        let mut running = Running::new(hash);
        for (message, bytes) in self.waiting.drain(..) {
            running.update(&bytes);
            self.hashes.push(entry(message, &running));
        }
        self.running = Some((hash, running));
    }

    /// Replaces the first ClientHello by its hash, as a HelloRetryRequest asks for. The hash must have
    /// been settled, and the HelloRetryRequest not yet added.
    pub fn retry(&mut self) {
        const MESSAGE_HASH: u8 = 254;
        if let Some((hash, running)) = &mut self.running {
            let first = running.value();
            let message_hash = [&[MESSAGE_HASH, 0, 0, first.len() as u8], &first[..]].concat();
            *running = Running::new(*hash);
            running.update(&message_hash);
            if let Some(last) = self.hashes.last_mut() {
                last.message_hash = message_hash;
            }
            if let Some((first, _)) = &mut self.covers {
                *first = format!("message_hash({first})");
            }
        }
    }

    /// The hash of everything so far; `None` before [`Transcript::settle`] and the first message.
    pub fn context(&self) -> Option<Context> {
        let last = self.hashes.last()?;
        let (first_name, last_name) = self.covers.as_ref()?;
        let covers = if self.hashes.len() == 1 {
            first_name.clone()
        } else {
            format!("{first_name}…{last_name}")
        };
        Some(Context { hash: last.hash.clone(), covers, after: Some(last.message) })
    }
}

fn entry(message: usize, running: &Running) -> TranscriptHash {
    TranscriptHash { message, hash: running.value(), message_hash: Vec::new() }
}
