//! The top of TLS 1.3's key schedule (RFC 9846, section 7.1): the early secret and what comes of it
//! where the client offers a pre-shared key.

use super::schedule::{FromEarlierConnection, Schedule};
use super::tls13::traffic_key;
use super::{Context, Secret, Suite};

/// The schedule down to the early secret.
#[derive(Clone, Debug)]
pub struct Early {
    pub(super) suite: &'static Suite,
    pub(super) schedule: Schedule,
    pub(super) secret: Secret,
}

/// The messages over which a client that offers a pre-shared key computes.
pub struct Offer<'a> {
    /// `ClientHello` without its binders: what a binder is computed over (section 4.3.11.2).
    pub truncated: &'a Context,
    /// The whole `ClientHello`, where it announces early data.
    pub early_data: Option<&'a Context>,
}

impl Early {
    /// Without a pre-shared key: only the choice of the hash goes into it, which the message `after`
    /// makes.
    pub fn without_psk(suite: &'static Suite, after: Option<usize>) -> Early {
        let mut schedule = Schedule::new(suite.hash);
        let zero = schedule.zero(after);
        let secret = schedule.extract("early_secret", &zero, &zero);
        Early { suite, schedule, secret }
    }

    /// With the pre-shared key `psk` of an earlier connection, offered by a ClientHello.
    pub fn with_psk(
        suite: &'static Suite,
        psk: &FromEarlierConnection,
        offer: &Offer<'_>,
    ) -> Early {
        let mut s = Schedule::new(suite.hash);
        let after = offer.truncated.after;
        let psk = s.carry("psk", psk, after);
        let zero = s.zero(after);
        let secret = s.extract("early_secret", &zero, &psk);
        let nothing = Context::nothing(suite.hash);
        let binder_key = s.derive("binder_key", &secret, "res binder", &nothing);
        let len = suite.hash.output_len();
        let finished = s.expand("binder_finished_key", &binder_key, "finished", len);
        s.finished("binder", &finished, offer.truncated);
        if let Some(hello) = offer.early_data {
            let traffic = s.derive("client_early_traffic_secret", &secret, "c e traffic", hello);
            traffic_key(&mut s, suite, &traffic, ["client_early_key", "client_early_iv"]);
            s.derive("early_exporter_secret", &secret, "e exp master", hello);
        }
        Early { suite, schedule: s, secret }
    }

    /// What is left of an offer that the server declines: its values under names that say so, and an
    /// early secret without a pre-shared key, for `suite`, which the message `after` chose.
    pub fn declined(self, suite: &'static Suite, after: Option<usize>) -> Early {
        const OFFERED: &str = "offered_early_secret";
        let mut schedule = Schedule { hash: suite.hash, ..self.schedule };
        for node in &mut schedule.nodes {
            node.formula = node.formula.replace(self.secret.name, OFFERED);
            let inputs = node.inputs.iter_mut().filter(|input| input.from == self.secret.name);
            inputs.for_each(|input| input.from = OFFERED.into());
            let parents = node.parents.iter_mut();
            parents.chain([&mut node.name]).filter(|n| **n == self.secret.name).for_each(|name| {
                *name = OFFERED;
            });
        }
        let zero = schedule.zero(after);
        let secret = schedule.extract("early_secret", &zero, &zero);
        Early { suite, schedule, secret }
    }

    /// The same for a suite that the server chose instead, with the same hash.
    pub fn for_suite(self, suite: &'static Suite) -> Early {
        Early { suite, ..self }
    }

    /// The suite whose hash and cipher it uses.
    pub fn suite(&self) -> &'static Suite {
        self.suite
    }

    /// The values so far.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }
}
