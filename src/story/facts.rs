//! Who comes to know what, and at which step.
//!
//! The sender of a message knows its contents no later than it sends it, the receiver once it has
//! it, an eavesdropper if it is not encrypted. For a value of the key schedule, an end knows it
//! from the step at which it has all that goes into it.

mod names;
mod session;

use super::context::{ConnectionContext, Credential, handshake};
use super::remarks::changed_bytes;
use super::{Fact, FactId, Remark, Step, Subject, fields};
use crate::dissect::{EarlyData, Epoch, Message, MessageKind, Record};
use crate::trace::{Endpoint, Op};

/// All facts, in the order in which somebody first knows them.
pub fn facts(ctx: &ConnectionContext<'_>, steps: &[Step]) -> Vec<Fact> {
    let knowing = Knowledge { ctx, steps };
    let mut facts = Vec::new();
    facts.extend(knowing.identities());
    facts.extend(knowing.session());
    facts.extend(knowing.exchange());
    facts.extend(knowing.keys());
    facts.extend(knowing.data());
    // Whoever passes on what others encrypt knows what anyone on the path knows.
    let roles = ctx.connection.roles;
    for fact in &mut facts {
        if roles.passes_on(Endpoint::Client) {
            fact.client = fact.eavesdropper;
        }
        if roles.passes_on(Endpoint::Server) {
            fact.server = fact.eavesdropper;
        }
    }
    facts.retain(|fact| [fact.client, fact.server, fact.eavesdropper].iter().any(Option::is_some));
    facts
}

/// The traffic secrets that stand for the early data keys, the handshake keys and the application keys.
const EARLY: &str = "client_early_traffic_secret";
const HANDSHAKE: &str = "server_handshake_traffic_secret";
const APPLICATION: &str = "server_application_traffic_secret_0";

/// Who knows something from which step on.
#[derive(Clone, Copy, Default)]
struct Known {
    client: Option<usize>,
    server: Option<usize>,
    eavesdropper: Option<usize>,
}

/// Finds steps.
struct Knowledge<'a> {
    ctx: &'a ConnectionContext<'a>,
    steps: &'a [Step],
}

impl Knowledge<'_> {
    fn step(&self, message: &Message) -> Option<usize> {
        let is = |step: &&Step| step.subject == Subject::Message(message.index);
        self.steps.iter().find(is).map(|step| step.index)
    }

    fn fact(&self, id: FactId, why: impl Into<String>, known: Known) -> Fact {
        let Known { client, server, eavesdropper } = known;
        let name = names::name(self.ctx, id);
        Fact { id, name, why: why.into(), client, server, eavesdropper }
    }

    /// Whether its reader makes use of what this step's message says of this: it did not give up before,
    /// and got it as it was sent.
    fn is_read(&self, id: FactId, message: &Message, step: usize) -> bool {
        let field = match id {
            FactId::ServerName => "HostName",
            FactId::ClientRandom | FactId::ServerRandom => "random",
            FactId::CipherSuite => "cipher_suite",
            _ => "",
        };
        let node = message.nodes.iter().find_map(|node| node.find(field));
        let part = node.map_or(0..message.bytes.len(), |node| node.start..node.end);
        let unread = |remark: &Remark| matches!(remark, Remark::Unread { .. });
        self.ctx.dissection.is_understood(message)
            && changed_bytes(self.ctx, message, part) == 0
            && self.steps.get(step).is_some_and(|step| !step.remarks.iter().any(unread))
    }

    /// A fact about the contents of `message`.
    fn content(
        &self,
        id: FactId,
        message: Option<&Message>,
        why: impl Into<String>,
    ) -> Option<Fact> {
        let message = message?;
        let step = self.step(message)?;
        let arrived = message.received_us.filter(|_| self.is_read(id, message, step)).map(|_| step);
        let end = |who: Endpoint| if message.from == who { Some(step) } else { arrived };
        let known = Known {
            client: end(Endpoint::Client),
            server: end(Endpoint::Server),
            eavesdropper: (message.epoch == Epoch::Plain).then_some(step),
        };
        Some(self.fact(id, why, known))
    }

    /// A fact that one end alone knows, from this step on.
    fn own(&self, id: FactId, who: Endpoint, step: usize, why: impl Into<String>) -> Fact {
        let known = match who {
            Endpoint::Client => Known { client: Some(step), ..Known::default() },
            Endpoint::Server => Known { server: Some(step), ..Known::default() },
        };
        self.fact(id, why, known)
    }

    /// Names, randoms, certificates.
    fn identities(&self) -> Vec<Fact> {
        let ctx = self.ctx;
        let hello = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO);
        let answer = ctx.server_hello();
        let named = hello.filter(|hello| fields::server_name(hello).is_some());
        [
            self.addresses(),
            self.content(
                FactId::ServerName,
                named,
                "The ClientHello is not encrypted, so everyone on the path can read it.",
            ),
            self.content(FactId::ClientRandom, hello, "It is in the ClientHello, in the clear."),
            self.content(FactId::ServerRandom, answer, "It is in the ServerHello, in the clear."),
            self.content(
                FactId::CipherSuite,
                answer,
                "The choice has to be readable before there are keys; it is no secret.",
            ),
            self.credential(Endpoint::Server),
            self.credential(Endpoint::Client),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What an end shows in its Certificate message.
    fn credential(&self, who: Endpoint) -> Option<Fact> {
        let ctx = self.ctx;
        let message = ctx.handshake(who, handshake::CERTIFICATE);
        let hidden = if ctx.is_tls13() {
            "TLS 1.3 encrypts it under the handshake keys."
        } else {
            "TLS 1.2 sends it in the clear."
        };
        match ctx.credential(who) {
            Credential::None => None,
            Credential::Certificates => self.content(FactId::Credential(who), message, hidden),
            // Both ends have it from the start.
            Credential::RawPublicKey => {
                let reader = ctx.name(who.peer());
                let why = format!(
                    "The {reader} was told it beforehand; what is shown of it in this connection is \
                     encrypted under the handshake keys."
                );
                let fact = self.content(FactId::Credential(who), message, why)?;
                Some(Fact { client: Some(0), server: Some(0), ..fact })
            }
        }
    }

    /// Who talks to whom, which TCP shows to everyone.
    fn addresses(&self) -> Option<Fact> {
        let first = Some(self.steps.first()?.index);
        let opener = self.steps.first()?.from;
        let mut reaching = self.steps.iter().filter(|step| step.from == opener);
        let reached = reaching.find(|step| step.received_us.is_some()).map(|step| step.index);
        let end = |who: Endpoint| if who == opener { first } else { reached };
        Some(self.fact(
            FactId::Addresses,
            "Addresses and ports are in the headers of every packet, which TLS does not touch.",
            Known {
                client: end(Endpoint::Client),
                server: end(Endpoint::Server),
                eavesdropper: first,
            },
        ))
    }

    /// Private keys and what they give.
    fn exchange(&self) -> Vec<Fact> {
        let ephemeral = [Endpoint::Client, Endpoint::Server].map(|who| self.ephemeral(who));
        let lasting = [Endpoint::Server, Endpoint::Client].map(|who| self.credential_key(who));
        ephemeral.into_iter().chain(lasting).flatten().collect()
    }

    /// The private key of this end's half of the exchange.
    fn ephemeral(&self, who: Endpoint) -> Option<Fact> {
        let ctx = self.ctx;
        let half = match (who, ctx.is_tls13()) {
            (Endpoint::Client, true) => {
                ctx.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last()
            }
            (Endpoint::Server, true) => ctx.server_hello(),
            (Endpoint::Client, false) => ctx.handshake(who, handshake::CLIENT_KEY_EXCHANGE),
            (Endpoint::Server, false) => ctx.handshake(who, handshake::SERVER_KEY_EXCHANGE),
        };
        let is_made = |op: &Op| matches!(op, Op::KeyPair { .. } | Op::KeyAgreement { .. });
        let step = self.step(half.filter(|_| ctx.ops(who).any(|(_, op)| is_made(op)))?)?;
        let why = if names::has_two_keys(ctx, who) {
            "The decapsulation key and the key on the curve are made for this connection, never leave \
             the end that made them, and are thrown away after it."
        } else {
            "It is made for this connection, never leaves the end that made it, and is thrown away after \
             it."
        };
        Some(self.own(FactId::EphemeralKey(who), who, step, why))
    }

    /// The private key of what this end shows, which is older than the connection.
    fn credential_key(&self, who: Endpoint) -> Option<Fact> {
        let ctx = self.ctx;
        if ctx.credential(who) == Credential::None {
            return None;
        }
        let why = if who == Endpoint::Server && ctx.has_rsa_key_exchange() {
            "It never leaves its owner, who decrypts the preliminary secret with it; whoever gets it \
             later can decrypt a recording as well."
        } else {
            "It never leaves its owner: what travels is a signature made with it."
        };
        self.step(ctx.handshake(who, handshake::CERTIFICATE)?)?;
        Some(self.own(FactId::CredentialKey(who), who, 0, why))
    }

    /// What both ends compute, each by itself.
    fn keys(&self) -> Vec<Fact> {
        let rows = if self.ctx.is_tls13() { names::TLS13 } else { names::TLS12 };
        let nodes = self.ctx.dissection.keys.iter();
        let updated = nodes.filter(|node| node.label == "traffic upd").map(|node| node.name);
        rows.iter().map(|row| row.0).chain(updated).filter_map(|key| self.secret(key)).collect()
    }

    /// A value of the key schedule.
    fn secret(&self, key: &'static str) -> Option<Fact> {
        let known = Known {
            client: self.derived(Endpoint::Client, key),
            server: self.derived(Endpoint::Server, key),
            eavesdropper: None,
        };
        let is_known = known.client.is_some() || known.server.is_some();
        let why = || self.why_secret(key, &self.computing(&known));
        is_known.then(|| self.fact(FactId::Secret(key), why(), known))
    }

    /// Who computes what is known so: in a run that breaks off, one end may never get there.
    fn computing(&self, known: &Known) -> String {
        match (known.client, known.server) {
            (Some(_), None) => format!("here the {} alone", self.ctx.client()),
            (None, Some(_)) => format!("here the {} alone", self.ctx.server()),
            _ => "each end".into(),
        }
    }

    /// Why an eavesdropper does not know the value of this key, which `who` computes.
    fn why_secret(&self, key: &str, who: &str) -> String {
        use super::key_exchange::KeyExchangeKind::{
            Ecdhe, Hybrid, Plain, PskEcdhe, PskHybrid, PskOnly, Rsa, Session, Unsettled,
        };
        let it = if names::is_plural(key) { "They are" } else { "It is" };
        let them = if names::is_plural(key) { "them" } else { "it" };
        let from = |what: &str| {
            format!(
                "{it} never sent: {who} computes {them} from {what}, which an eavesdropper does not \
                 have."
            )
        };
        if self.ctx.dissection.key(key).is_some_and(|node| node.label == "traffic upd") {
            return from("the traffic secret before");
        }
        if key == EARLY {
            return from("the pre-shared key (PSK)");
        }
        if self.ctx.is_apart(key) {
            return format!(
                "{it} never sent: each end computes its own from the messages as it saw them, and these \
                 were changed on the way, so the two ends have different ones."
            );
        }
        let never = "and an eavesdropper has";
        match (self.ctx.key_exchange(), key) {
            (Session(_), _) => from("the session's main secret"),
            (PskOnly, _) => from("the pre-shared key (PSK)"),
            (Rsa, "preliminary_secret") => {
                "It is sent, but encrypted with the public RSA key in the certificate, and an \
                 eavesdropper does not have the private key that opens it."
                    .into()
            }
            (Rsa | Ecdhe(_), "main_secret") if self.is_in_ticket() => format!(
                "It is sent only inside the ticket, sealed under a key that only the {} has: {who} \
                 computes it from the preliminary secret, {never} neither.",
                self.ctx.server()
            ),
            (Rsa, "main_secret") => from("the preliminary secret"),
            (Rsa | Ecdhe(_), "client_write_key") => from("the main secret"),
            (Ecdhe(_), "main_secret") => from("the preliminary secret"),
            (Hybrid(_) | PskHybrid(_), "shared_secret") => format!(
                "{it} never sent in the clear: one half is locked in the ML-KEM ciphertext, {who} \
                 computes the other from an X25519 private key, {never} no private key."
            ),
            (PskEcdhe(_) | PskHybrid(_), "handshake_secret") => format!(
                "{it} never sent: {who} computes {them} from the shared secret and the pre-shared \
                 key (PSK), {never} neither."
            ),
            (PskEcdhe(_) | PskHybrid(_) | Ecdhe(_) | Hybrid(_), APPLICATION) => format!(
                "{it} never sent: {who} computes {them} from the handshake secret and the hash of \
                 all messages up to the {}'s Finished, {never} no handshake secret.",
                self.ctx.server()
            ),
            (PskEcdhe(_) | PskHybrid(_) | Ecdhe(_) | Hybrid(_), HANDSHAKE) => {
                from("the handshake secret")
            }
            (Ecdhe(_) | Hybrid(_), "handshake_secret") => from("the shared secret"),
            (Ecdhe(_) | PskEcdhe(_) | Hybrid(_) | PskHybrid(_) | Rsa | Plain | Unsettled, _) => {
                format!(
                    "{it} never sent: {who} computes {them} from its own private key and the \
                     other's public one, {never} no private key."
                )
            }
        }
    }

    /// Whether the server of TLS 1.2 sent the main secret in a ticket.
    fn is_in_ticket(&self) -> bool {
        let ctx = self.ctx;
        let message = ctx.handshake(Endpoint::Server, handshake::NEW_SESSION_TICKET);
        let ticket = message.filter(|_| !ctx.is_tls13()).and_then(fields::ticket);
        ticket.and_then(|ticket| ctx.is_sealed(ticket)) == Some(true)
    }

    /// The step at which `who` has computed the value of this key: that of the operation that gave
    /// it, but no later than that of the message that completes its inputs. Nobody reads what it has
    /// no key for, and the stacks install some keys only when they need them.
    fn derived(&self, who: Endpoint, key: &str) -> Option<usize> {
        let node = self.ctx.dissection.key_of(who, key)?;
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
        let message = node.after_message.and_then(|index| self.ctx.dissection.messages.get(index));
        let completed = message.and_then(|message| self.step(message));
        if let Some((event, _)) = self.ctx.ops(who).find(|(_, op)| gives(op)) {
            let made = Step::of_event(self.steps, event)?;
            return Some(completed.map_or(made, |completed| made.min(completed)));
        }
        // An imported capture records no operations, but its key log does hold the secrets.
        completed.filter(|_| self.ctx.connection.events.is_empty())
    }

    /// Why sizes and times are no secret.
    fn why_traffic(&self, data: &Message) -> &'static str {
        let ctx = self.ctx;
        let padded = |record: &Record| record.opened.as_ref().is_some_and(fields::is_padded);
        match (data.kind == MessageKind::Http, ctx.is_tls13()) {
            (true, _) => "Everyone on the path sees the packets, their sizes and their times.",
            (false, false) => {
                "Records keep their length and packets their time: encryption hides neither."
            }
            (false, true) if ctx.dissection.records.iter().any(padded) => {
                "Packets keep their time; padding hides the true length of a record, not that it is \
                 sent."
            }
            (false, true) => {
                "Packets keep their time and records their length, which padding could hide (RFC 9846, \
                 section 5.4), but none is used here."
            }
        }
    }

    /// What the connection is for.
    fn data(&self) -> Vec<Fact> {
        let server = self.ctx.server();
        let messages = &self.ctx.dissection.messages;
        let data = |from: Endpoint| {
            messages.iter().find(|message| {
                message.from == from
                    && matches!(message.kind, MessageKind::ApplicationData | MessageKind::Http)
            })
        };
        let why = |message: Option<&Message>| match message.map(|message| message.kind) {
            Some(MessageKind::Http) => "It goes without TLS, so everyone on the path can read it.",
            _ if self.ctx.is_tls13() => {
                "It is encrypted under the application keys, which only the two ends have."
            }
            _ => "It is encrypted under the connection keys, which only the two ends have.",
        };
        let (request, response) = (data(Endpoint::Client), data(Endpoint::Server));
        let first = request.or(response);
        let traffic = first.and_then(|message| {
            let step = self.step(message)?;
            let known = Known {
                client: Some(step),
                server: message.received_us.map(|_| step),
                eavesdropper: Some(step),
            };
            Some(self.fact(FactId::Traffic, self.why_traffic(message), known))
        });
        let mut asked = self.content(FactId::Request, request, why(request));
        if let (Some(asked), Some(early)) = (&mut asked, request)
            && early.epoch == Epoch::Early
        {
            asked.why =
                "It went out early, encrypted under keys from the pre-shared key alone, which \
                         only the two ends have."
                    .into();
            if self.ctx.dissection.negotiated.early_data == EarlyData::Rejected {
                let again = |m: &&Message| m.index > early.index && m.bytes == early.bytes;
                let again = messages.iter().find(again).filter(|again| again.received_us.is_some());
                asked.server = again.and_then(|again| self.step(again));
                asked.why = format!(
                    "The {server} did not open the early data, so it knows the request only from \
                             when it was sent again, under the application keys."
                );
            }
        }
        [asked, self.content(FactId::Response, response, why(response)), traffic]
            .into_iter()
            .flatten()
            .collect()
    }
}
