//! The key schedule of TLS 1.2 (RFC 5246, sections 6.3, 7.4.9 and 8.1; RFC 7627).

use super::schedule::{FromEarlierConnection, Schedule, Seed};
use super::{Aead, Agreement, Context, RsaKeyTransport, Secret, Suite};
use crate::trace::Endpoint;

/// The randoms of both hellos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Randoms {
    /// ClientHello.random.
    pub client: Vec<u8>,
    /// ServerHello.random.
    pub server: Vec<u8>,
}

impl Randoms {
    /// Both randoms as the PRF takes them, the one of `first` in front.
    fn seed(&self, first: Endpoint, after: Option<usize>) -> Seed {
        let Randoms { client, server } = self;
        let (value, from) = match first {
            Endpoint::Client => ([&client[..], server], "ClientHello.random + ServerHello.random"),
            Endpoint::Server => ([&server[..], client], "ServerHello.random + ClientHello.random"),
        };
        Seed { value: value.concat(), from: from.to_owned(), covers: String::new(), after }
    }
}

/// Where the preliminary secret (in RFC 5246, pre-master secret) comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// Both ends computed it (RFC 8422, section 5.10).
    Ecdhe(Agreement),
    /// The client drew it, and encrypted it for the server (RFC 5246, section 8.1.1).
    Rsa(RsaKeyTransport),
}

/// The schedule as far as it has got.
#[derive(Clone, Debug)]
pub struct Tls12 {
    schedule: Schedule,
    main: Secret,
}

/// Bytes of `verify_data` for every suite here.
const VERIFY_DATA_LEN: usize = 12;
/// Bytes of the main secret.
const MAIN_SECRET_LEN: usize = 48;

impl Tls12 {
    /// Everything up to the write keys, once ClientKeyExchange is there. `session` is the context
    /// `ClientHello…ClientKeyExchange`; `extended` says whether both hellos carry
    /// extended_main_secret, so that its hash and not the randoms go into the main secret.
    pub fn new(
        suite: &'static Suite,
        exchange: &Exchange,
        randoms: &Randoms,
        session: &Context,
        extended: bool,
    ) -> Tls12 {
        let mut s = Schedule::new(suite.hash);
        let preliminary = match exchange {
            Exchange::Ecdhe(agreement) => s.agree("preliminary_secret", agreement, session.after),
            Exchange::Rsa(transport) => s.transport("preliminary_secret", transport, session.after),
        };
        let (label, seed) = if extended {
            ("extended master secret", Seed::from(session))
        } else {
            ("master secret", randoms.seed(Endpoint::Client, session.after))
        };
        let main = s.prf("main_secret", &preliminary, label, &seed, MAIN_SECRET_LEN);
        Tls12::expand(suite, s, main, randoms)
    }

    /// The keys of a resumed session, once ServerHello, the message `after`, is there: from the
    /// earlier connection's main secret and the new randoms (RFC 5246, section 6.3).
    pub fn resume(
        suite: &'static Suite,
        main: &FromEarlierConnection,
        randoms: &Randoms,
        after: Option<usize>,
    ) -> Tls12 {
        let mut s = Schedule::new(suite.hash);
        let main = s.carry("main_secret", main, after);
        Tls12::expand(suite, s, main, randoms)
    }

    fn expand(suite: &'static Suite, mut s: Schedule, main: Secret, randoms: &Randoms) -> Tls12 {
        let key_len = suite.aead.key_len();
        let iv_len = Aead::NONCE_LEN - suite.aead.explicit_nonce_len();
        let seed = randoms.seed(Endpoint::Server, main.after);
        s.prf("key_block", &main, "key expansion", &seed, 2 * (key_len + iv_len));
        if let Some(block) = s.nodes.last().cloned() {
            s.part("client_write_key", &block, 0, key_len);
            s.part("server_write_key", &block, key_len, key_len);
            s.part("client_write_iv", &block, 2 * key_len, iv_len);
            s.part("server_write_iv", &block, 2 * key_len + iv_len, iv_len);
        }
        Tls12 { schedule: s, main }
    }

    /// `verify_data` of `who`'s Finished (RFC 5246, section 7.4.9); `before` covers all handshake
    /// messages before that Finished.
    pub fn finished(&mut self, who: Endpoint, before: &Context) -> Secret {
        let (name, label) = match who {
            Endpoint::Client => ("client_finished", "client finished"),
            Endpoint::Server => ("server_finished", "server finished"),
        };
        self.schedule.prf(name, &self.main, label, &Seed::from(before), VERIFY_DATA_LEN)
    }

    /// The values so far.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }
}
