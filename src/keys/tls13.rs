//! The key schedule of TLS 1.3 (RFC 9846, section 7), one method per point of the handshake at
//! which more of it can be computed.

use super::names;
use super::schedule::Schedule;
use super::{Aead, Agreement, Context, Early, KeyNode, Secret, Suite};
use crate::trace::Endpoint;

/// The schedule as far as it has got.
#[derive(Clone, Debug)]
pub struct Tls13 {
    suite: &'static Suite,
    schedule: Schedule,
    handshake: Secret,
    client_finished_key: Secret,
    server_finished_key: Secret,
    main: Option<Secret>,
    resumption: Option<Secret>,
    /// What client and server send application data with, once it can be derived.
    traffic: Option<[Traffic; 2]>,
}

/// An end's application traffic secret, and how often it has been updated.
#[derive(Clone, Debug)]
struct Traffic {
    secret: Secret,
    generation: usize,
}

impl Tls13 {
    /// Everything up to the handshake traffic keys, without a pre-shared key. `hellos` is the context
    /// `ClientHello…ServerHello`.
    pub fn new(suite: &'static Suite, agreement: &Agreement, hellos: &Context) -> Tls13 {
        Tls13::after(Early::without_psk(suite, hellos.after), agreement, hellos)
    }

    /// The same, going on from an early secret.
    pub fn after(early: Early, agreement: &Agreement, hellos: &Context) -> Tls13 {
        let Early { suite, schedule: mut s, secret: early } = early;
        let nothing = Context::nothing(suite.hash);
        let derived = s.derive("derived_for_handshake", &early, "derived", &nothing);
        let shared = s.agree("shared_secret", agreement, hellos.after);
        let handshake = s.extract("handshake_secret", &derived, &shared);
        let client =
            s.derive("client_handshake_traffic_secret", &handshake, "c hs traffic", hellos);
        let server =
            s.derive("server_handshake_traffic_secret", &handshake, "s hs traffic", hellos);
        let len = suite.hash.output_len();
        traffic_key(&mut s, suite, &client, ["client_handshake_key", "client_handshake_iv"]);
        let client_finished_key = s.expand("client_finished_key", &client, "finished", len);
        traffic_key(&mut s, suite, &server, ["server_handshake_key", "server_handshake_iv"]);
        let server_finished_key = s.expand("server_finished_key", &server, "finished", len);
        Tls13 {
            suite,
            schedule: s,
            handshake,
            client_finished_key,
            server_finished_key,
            main: None,
            resumption: None,
            traffic: None,
        }
    }

    /// `verify_data` of `who`'s Finished; `before` covers all messages before that Finished.
    pub fn finished(&mut self, who: Endpoint, before: &Context) -> Secret {
        let (name, key) = match who {
            Endpoint::Client => ("client_finished", &self.client_finished_key),
            Endpoint::Server => ("server_finished", &self.server_finished_key),
        };
        self.schedule.finished(name, key, before)
    }

    /// Everything that the server's Finished makes possible. `flight` is the context
    /// `ClientHello…Finished` of the server.
    pub fn server_finished(&mut self, flight: &Context) {
        let s = &mut self.schedule;
        let nothing = Context::nothing(s.hash);
        let derived = s.derive("derived_for_main", &self.handshake, "derived", &nothing);
        let zero = s.zero(None);
        let main = s.extract("main_secret", &derived, &zero);
        let [client, server] = Endpoint::BOTH.map(|who| names::traffic(who, 0));
        let client = s.derive(client.secret, &main, "c ap traffic", flight);
        let server = s.derive(server.secret, &main, "s ap traffic", flight);
        s.derive("exporter_secret", &main, "exp master", flight);
        self.main = Some(main);
        let traffic = [client, server].map(|secret| Traffic { secret, generation: 0 });
        for (who, Traffic { secret, .. }) in Endpoint::BOTH.into_iter().zip(&traffic) {
            let names = names::traffic(who, 0);
            traffic_key(s, self.suite, secret, [names.key, names.iv]);
        }
        self.traffic = Some(traffic);
    }

    /// The next traffic secret and keys of `who`, which announced them by its KeyUpdate `message`
    /// (RFC 9846, section 7.2).
    pub fn key_update(&mut self, who: Endpoint, message: usize) {
        let Some(traffic) = self.traffic.as_mut().map(|both| who.of(both.each_mut())) else {
            return;
        };
        traffic.generation += 1;
        let names = names::traffic(who, traffic.generation);
        let after = traffic.secret.after.max(Some(message));
        let secret = Secret { after, ..traffic.secret.clone() };
        let len = self.suite.hash.output_len();
        traffic.secret = self.schedule.expand(names.secret, &secret, "traffic upd", len);
        traffic_key(&mut self.schedule, self.suite, &traffic.secret, [names.key, names.iv]);
    }

    /// The names of the key and the IV under which `who` sends application data now.
    pub fn application_key(&self, who: Endpoint) -> Option<[&'static str; 2]> {
        let traffic = who.of(self.traffic.as_ref()?.each_ref());
        let names = names::traffic(who, traffic.generation);
        Some([names.key, names.iv])
    }

    /// The resumption secret. `all` is the context `ClientHello…Finished` of the client.
    pub fn client_finished(&mut self, all: &Context) {
        self.resumption = self
            .main
            .as_ref()
            .map(|main| self.schedule.derive("resumption_secret", main, "res master", all));
    }

    /// The pre-shared key that belongs to a ticket (RFC 9846, section 4.7.1), where `after` is the
    /// NewSessionTicket that brought it. The first of a connection is also a value of the schedule.
    /// `None` before the client's Finished.
    pub fn ticket(&mut self, ticket_nonce: &[u8], after: usize) -> Option<KeyNode> {
        let resumption = self.resumption.as_ref()?;
        let secret = Secret { after: resumption.after.max(Some(after)), ..resumption.clone() };
        let mut apart = Schedule::new(self.schedule.hash);
        apart.expand_with(
            "resumption_psk",
            &secret,
            "resumption",
            ticket_nonce,
            "ticket_nonce",
            self.suite.hash.output_len(),
        );
        let psk = apart.nodes.pop()?;
        if self.schedule.find(psk.name).is_none() {
            self.schedule.nodes.push(psk.clone());
        }
        Some(psk)
    }

    /// The values so far.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }
}

/// Key and IV from a traffic secret (RFC 9846, section 7.3).
pub(super) fn traffic_key(
    s: &mut Schedule,
    suite: &Suite,
    secret: &Secret,
    [key, iv]: [&'static str; 2],
) {
    s.expand(key, secret, "key", suite.aead.key_len());
    s.expand(iv, secret, "iv", Aead::NONCE_LEN);
}
