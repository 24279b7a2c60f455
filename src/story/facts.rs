//! Who comes to know what, and at which step.
//!
//! The sender of a message knows its contents no later than it sends it, the receiver once it has
//! it, someone who listens if it is not encrypted. For a value of the key schedule, an end knows it
//! from the step at which it has all that goes into it.

mod session;

use super::scene::{Scene, handshake};
use super::{Fact, Step, Subject, fields};
use crate::dissect::{EarlyData, Epoch, Message, MessageKind};
use crate::trace::{Endpoint, Op};

/// All facts, in the order in which somebody first knows them.
pub fn facts(scene: &Scene, steps: &[Step]) -> Vec<Fact> {
    let knowing = Knowing { scene, steps };
    let mut facts = Vec::new();
    facts.extend(knowing.identities());
    facts.extend(knowing.session());
    facts.extend(knowing.exchange());
    facts.extend(knowing.keys());
    facts.extend(knowing.data());
    facts
}

/// Finds steps.
struct Knowing<'a> {
    scene: &'a Scene<'a>,
    steps: &'a [Step],
}

impl Knowing<'_> {
    fn step(&self, message: &Message) -> Option<usize> {
        let is = |step: &&Step| step.subject == Subject::Message(message.index);
        self.steps.iter().find(is).map(|step| step.index)
    }

    /// A fact about the contents of `message`.
    fn content(&self, name: &str, message: Option<&Message>, why: &str) -> Option<Fact> {
        let message = message?;
        let step = self.step(message)?;
        let arrived = message.received_us.map(|_| step);
        let end = |who: Endpoint| if message.from == who { Some(step) } else { arrived };
        Some(Fact {
            name: name.into(),
            why: why.into(),
            client: end(Endpoint::Client),
            server: end(Endpoint::Server),
            eavesdropper: (message.epoch == Epoch::Plain).then_some(step),
        })
    }

    /// A fact that one end alone knows, from the step of `message` on.
    fn own(&self, name: &str, who: Endpoint, message: Option<&Message>, why: &str) -> Option<Fact> {
        let step = self.step(message?)?;
        Some(Fact {
            name: name.into(),
            why: why.into(),
            client: (who == Endpoint::Client).then_some(step),
            server: (who == Endpoint::Server).then_some(step),
            eavesdropper: None,
        })
    }

    /// Names, randoms, certificates.
    fn identities(&self) -> Vec<Fact> {
        let scene = self.scene;
        let hello = scene.handshake(Endpoint::Client, handshake::CLIENT_HELLO);
        let answer = scene.server_hello();
        let named = hello.filter(|hello| fields::server_name(hello).is_some());
        let certificate = |from| {
            let message = scene.handshake(from, handshake::CERTIFICATE)?;
            (!fields::certificates(message).is_empty()).then_some(message)
        };
        let hidden = match scene.is_tls13() {
            true => "TLS 1.3 encrypts it under the handshake keys.",
            false => "TLS 1.2 sends it in the clear.",
        };
        [
            self.addresses(),
            self.content(
                "the name of the server (SNI)",
                named,
                "The ClientHello is not encrypted, so everyone on the path can read it.",
            ),
            self.content("the client random", hello, "It is in the ClientHello, in the clear."),
            self.content("the server random", answer, "It is in the ServerHello, in the clear."),
            self.content(
                "the cipher suite",
                answer,
                "The choice has to be readable before there are keys; it is no secret.",
            ),
            self.content("the server's certificate", certificate(Endpoint::Server), hidden),
            self.content("the client's certificate", certificate(Endpoint::Client), hidden),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Who talks to whom, which TCP shows to everyone.
    fn addresses(&self) -> Option<Fact> {
        let first = self.steps.first()?.index;
        Some(Fact {
            name: "who talks to whom".into(),
            why:
                "Addresses and ports are in the headers of every packet, which TLS does not touch."
                    .into(),
            client: Some(first),
            server: Some(first),
            eavesdropper: Some(first),
        })
    }

    /// Private keys and what they give.
    fn exchange(&self) -> Vec<Fact> {
        let scene = self.scene;
        let client = |kind| scene.handshake(Endpoint::Client, kind);
        let server = |kind| scene.handshake(Endpoint::Server, kind);
        let (client_half, server_half) = match scene.is_tls13() {
            true => (
                scene.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last(),
                scene.server_hello(),
            ),
            false => {
                (client(handshake::CLIENT_KEY_EXCHANGE), server(handshake::SERVER_KEY_EXCHANGE))
            }
        };
        let made = |who: Endpoint| {
            scene.ops(who).any(|(_, op)| matches!(op, Op::KeyPair { .. } | Op::KeyAgreement { .. }))
        };
        let ephemeral = "It is made for this connection, never leaves the end that made it, and is \
                         thrown away after it.";
        let proof = "It never leaves its owner: what travels is a signature made with it.";
        let decrypts = "It never leaves its owner, who decrypts the pre-master secret with it; whoever \
                        gets it later can decrypt a recording as well.";
        let server_key = if scene.has_rsa_key_exchange() { decrypts } else { proof };
        let owner = |from| {
            let message = scene.handshake(from, handshake::CERTIFICATE)?;
            (!fields::certificates(message).is_empty()).then_some(message)
        };
        let mut facts: Vec<Fact> = [
            self.own(
                "the client's ephemeral private key",
                Endpoint::Client,
                client_half.filter(|_| made(Endpoint::Client)),
                ephemeral,
            ),
            self.own(
                "the server's ephemeral private key",
                Endpoint::Server,
                server_half.filter(|_| made(Endpoint::Server)),
                ephemeral,
            ),
            self.own(
                "the private key of the server's certificate",
                Endpoint::Server,
                owner(Endpoint::Server),
                server_key,
            ),
            self.own(
                "the private key of the client's certificate",
                Endpoint::Client,
                owner(Endpoint::Client),
                proof,
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        // A certificate's key is older than the connection.
        for fact in facts.iter_mut().filter(|fact| fact.name.contains("certificate")) {
            fact.client = fact.client.map(|_| 0);
            fact.server = fact.server.map(|_| 0);
        }
        facts
    }

    /// What both ends compute, each by itself.
    fn keys(&self) -> Vec<Fact> {
        const V13: &[(&str, &str)] = &[
            ("client_early_traffic_secret", "the early data keys"),
            ("shared_secret", "the shared secret"),
            ("handshake_secret", "the handshake secret"),
            ("server_handshake_traffic_secret", "the handshake keys"),
            ("server_application_traffic_secret_0", "the application keys"),
        ];
        const V12: &[(&str, &str)] = &[
            ("preliminary_secret", "the pre-master secret"),
            ("main_secret", "the master secret"),
            ("client_write_key", "the keys of both directions"),
        ];
        let (tls13, resumed) = (self.scene.is_tls13(), self.scene.dissection.negotiated.resumed);
        let rows = if tls13 { V13 } else { V12 };
        let secret = |(key, name): &(&str, &str)| {
            let derived = |who: Endpoint| self.derived(who, key);
            let (client, server) = (derived(Endpoint::Client), derived(Endpoint::Server));
            // Without an exchange of keys only the session's secret is behind it.
            let old = !tls13 || *key == "client_early_traffic_secret";
            (client.is_some() || server.is_some()).then(|| Fact {
                name: (*name).into(),
                why: self.why_secret(key, resumed && old).into(),
                client,
                server,
                eavesdropper: None,
            })
        };
        let updated: Vec<(&str, String)> = self.updated().collect();
        let updated = updated.iter().map(|(key, name)| (*key, name.as_str()));
        rows.iter().copied().chain(updated).filter_map(|row| secret(&row)).collect()
    }

    /// The keys that came with KeyUpdates.
    fn updated(&self) -> impl Iterator<Item = (&'static str, String)> {
        let keys = self.scene.dissection.keys.iter();
        keys.filter(|node| node.label == "traffic upd").map(|node| {
            let who = if node.name.starts_with("client") { "client" } else { "server" };
            let generation = node.name.rsplit('_').next().unwrap_or_default();
            (node.name, format!("the {who}'s updated application keys, {generation}"))
        })
    }

    /// Why a listener does not know the value of this key. `only_session`: nothing but the session's
    /// secret is behind it.
    fn why_secret(&self, key: &str, only_session: bool) -> &'static str {
        if only_session {
            return "It is never sent: each end computes it from the session's secret, which a \
                    listener does not have.";
        }
        match (self.scene.has_rsa_key_exchange(), key) {
            (false, _) if self.scene.dissection.key("mlkem768_shared_secret").is_some() => {
                "It is never sent in the clear: one half is locked in the ML-KEM ciphertext, each \
                 end computes the other from an X25519 private key, and a listener has no key."
            }
            (false, _) => {
                "It is never sent: each end computes it from its own private key and the other's \
                 public one, and a listener has no private key."
            }
            (true, "preliminary_secret") => {
                "It is sent, but encrypted for the private key of the server's certificate, which a \
                 listener does not have."
            }
            (true, _) => {
                "It is never sent: each end computes it from the pre-master secret and what is in \
                 the clear."
            }
        }
    }

    /// The step at which `who` has computed the value of this key: that of the operation that gave
    /// it, or else of the message that completes its inputs.
    fn derived(&self, who: Endpoint, key: &str) -> Option<usize> {
        let node = self.scene.dissection.key(key)?;
        if node.output.is_empty() {
            return None;
        }
        let gives = |op: &Op| match op {
            Op::KeyAgreement { shared: value, .. }
            | Op::HkdfExtract { output: value, .. }
            | Op::HkdfExpandLabel { output: value, .. }
            | Op::Prf { output: value, .. }
            | Op::RsaEncrypt { plaintext: value, .. }
            | Op::RsaDecrypt { plaintext: Some(value), .. }
            | Op::InstallKey { key: value, .. } => *value == node.output,
            _ => false,
        };
        if let Some((event, _)) = self.scene.ops(who).find(|(_, op)| gives(op)) {
            return self.step_of_event(event);
        }
        // An imported capture records no operations, but its key log does hold the secrets.
        let silent = self.scene.connection.events.is_empty();
        let message =
            node.after_message.and_then(|index| self.scene.dissection.messages.get(index));
        message.filter(|_| silent).and_then(|message| self.step(message))
    }

    fn step_of_event(&self, event: usize) -> Option<usize> {
        let has = |step: &&Step| step.made_by.contains(&event) || step.read_by.contains(&event);
        self.steps.iter().find(has).map(|step| step.index)
    }

    /// What the connection is for.
    fn data(&self) -> Vec<Fact> {
        let messages = &self.scene.dissection.messages;
        let data = |from: Endpoint| {
            messages.iter().find(|message| {
                message.from == from
                    && matches!(message.kind, MessageKind::ApplicationData | MessageKind::Http)
            })
        };
        let why = "It is encrypted under the application keys, which only the two ends have.";
        let why_12 = "It is encrypted under the traffic keys, which only the two ends have.";
        let why = match self.scene.is_plain() {
            true => "There is no TLS on this hop, so everyone on the path can read it.",
            false if self.scene.is_tls13() => why,
            false => why_12,
        };
        let (request, response) = (data(Endpoint::Client), data(Endpoint::Server));
        let first = request.or(response);
        let traffic = first.and_then(|message| {
            let step = self.step(message)?;
            Some(Fact {
                name: "how much data goes when".into(),
                why: "Records keep their length and packets their time: encryption hides neither."
                    .into(),
                client: Some(step),
                server: message.received_us.map(|_| step),
                eavesdropper: Some(step),
            })
        });
        let mut asked = self.content("the request", request, why);
        if let (Some(asked), Some(early)) = (&mut asked, request)
            && early.epoch == Epoch::Early
        {
            asked.why =
                "It went out early, encrypted under keys from the earlier session's secret, \
                         which only the two ends have."
                    .into();
            if self.scene.dissection.negotiated.early_data == EarlyData::Rejected {
                let again = |m: &&Message| m.index > early.index && m.bytes == early.bytes;
                let again = messages.iter().find(again).filter(|again| again.received_us.is_some());
                asked.server = again.and_then(|again| self.step(again));
                asked.why =
                    "The server did not open the early data, so it knows the request only from \
                             when it was sent again, under the application keys."
                        .into();
            }
        }
        [asked, self.content("the response", response, why), traffic]
            .into_iter()
            .flatten()
            .collect()
    }
}
