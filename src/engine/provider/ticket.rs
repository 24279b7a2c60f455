//! Session tickets: the server's state, sealed under a key that only the server has, for the client to
//! keep and bring back (RFC 5077; RFC 9846, section 4.7.1).
//!
//! A ticket is a nonce of 12 bytes and the state, sealed with ChaCha20-Poly1305, which is what rustls
//! uses for its own tickets. The key is drawn once in a run; a server that stays up has to change it
//! every few hours, as whoever gets it can open every ticket made with it.

use super::aead::{Cipher, NONCE, Parameters, TAG};
use super::chacha20poly1305;
use super::recorder::{self, record};
use crate::trace::{Endpoint, Op};
use rustls::server::ProducesTickets;
use std::fmt;

/// For how many seconds a ticket is good: as with rustls's own, twice the six hours of a key.
const LIFETIME: u32 = 12 * 60 * 60;

/// Makes and reads tickets.
pub struct Ticketer {
    key: [u8; 32],
    cipher: Box<dyn Cipher>,
}

impl Ticketer {
    /// With a fresh key of the server's.
    #[expect(clippy::expect_used, reason = "the array has the key's length")]
    pub fn new() -> Ticketer {
        let mut key = [0; 32];
        recorder::turn(Endpoint::Server, 0);
        recorder::draw("session ticket key", &mut key);
        let cipher = chacha20poly1305::cipher(&key).expect("the key has its length");
        Ticketer { key, cipher }
    }

    fn open(&self, ticket: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = ticket.split_first_chunk::<NONCE>()?;
        let (text, tag) = sealed.split_last_chunk::<TAG>()?;
        let mut state = text.to_vec();
        self.cipher.decrypt(&with(*nonce), &mut state, tag)?;
        Some(state)
    }
}

/// A ticket has no record to count, and nothing but the state goes into its tag.
fn with(nonce: [u8; NONCE]) -> Parameters<'static> {
    Parameters { sequence: 0, nonce, aad: &[] }
}

impl fmt::Debug for Ticketer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticketer")
    }
}

impl ProducesTickets for Ticketer {
    fn enabled(&self) -> bool {
        true
    }

    fn lifetime(&self) -> u32 {
        LIFETIME
    }

    fn encrypt(&self, state: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE];
        recorder::draw("nonce of the session ticket", &mut nonce)?;
        let mut sealed = state.to_vec();
        let tag = self.cipher.encrypt(&with(nonce), &mut sealed)?;
        let ticket = [&nonce[..], &sealed, &tag].concat();
        record(|| Op::SealTicket {
            key: self.key.to_vec(),
            state: state.to_vec(),
            ticket: ticket.clone(),
        });
        Some(ticket)
    }

    fn decrypt(&self, ticket: &[u8]) -> Option<Vec<u8>> {
        let state = self.open(ticket);
        record(|| Op::OpenTicket {
            key: self.key.to_vec(),
            ticket: ticket.to_vec(),
            state: state.clone(),
        });
        state
    }
}
