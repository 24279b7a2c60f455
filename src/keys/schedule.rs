//! The steps that both key schedules are made of, each leaving a [`KeyNode`] behind.

use super::hybrid::{self, Kem};
use super::{Agreement, Hash, KeyInput, KeyNode, Recipe, RsaKeyTransport};
use crate::trace::Endpoint;

/// A value of the schedule, under its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The node's name.
    pub name: &'static str,
    /// Its bytes.
    pub value: Vec<u8>,
    /// As [`KeyNode::after_message`].
    pub after: Option<usize>,
}

/// A transcript hash, and which messages it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// Transcript-Hash (RFC 9846, section 4.1), or for TLS 1.2 the hash of the handshake messages.
    pub hash: Vec<u8>,
    /// `ClientHello…ServerHello`; empty for the hash of nothing.
    pub covers: String,
    /// The last message it covers.
    pub after: Option<usize>,
}

impl Context {
    /// The hash of no bytes.
    pub fn nothing(hash: Hash) -> Context {
        Context { hash: hash.digest(&[]), covers: String::new(), after: None }
    }
}

/// A value that an earlier connection's schedule left for this one.
#[derive(Clone, Debug, PartialEq)]
pub struct FromEarlierConnection {
    /// The earlier connection's [`crate::trace::Connection::id`].
    pub connection: u32,
    /// The value, as it was computed there.
    pub node: KeyNode,
}

/// The seed of the TLS 1.2 PRF.
pub(super) struct Seed {
    pub value: Vec<u8>,
    /// What it is, in words.
    pub from: String,
    /// The messages whose hash it is; empty if it is none.
    pub covers: String,
    /// As [`KeyNode::after_message`].
    pub after: Option<usize>,
}

impl From<&Context> for Seed {
    fn from(context: &Context) -> Seed {
        Seed {
            value: context.hash.clone(),
            from: format!("Hash({})", context.covers),
            covers: context.covers.clone(),
            after: context.after,
        }
    }
}

/// The values computed so far.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub(super) hash: Hash,
    pub(super) nodes: Vec<KeyNode>,
}

/// One input, its name and its value.
fn input(name: &'static str, value: &[u8], from: impl Into<String>) -> KeyInput {
    KeyInput { name, value: value.to_vec(), from: from.into() }
}

impl Schedule {
    pub(super) fn new(hash: Hash) -> Schedule {
        Schedule { hash, nodes: Vec::new() }
    }

    /// The values, in the order of computing.
    pub fn nodes(&self) -> &[KeyNode] {
        &self.nodes
    }

    /// The value called `name`, today or before RFC 9846, if it was computed.
    pub fn find(&self, name: &str) -> Option<&KeyNode> {
        let name = super::current(name);
        self.nodes.iter().find(|node| node.name == name)
    }

    /// Adds a node and hands back its value.
    fn add(&mut self, node: KeyNode) -> Secret {
        let secret =
            Secret { name: node.name, value: node.output.clone(), after: node.after_message };
        self.nodes.push(node);
        secret
    }

    /// Takes over a value of an earlier connection's schedule, as `name`: it was computed there, as
    /// the node still says.
    pub(super) fn carry(
        &mut self,
        name: &'static str,
        carried: &FromEarlierConnection,
        after: Option<usize>,
    ) -> Secret {
        let whence = format!("of connection {}", carried.connection + 1);
        let mut node = KeyNode {
            name,
            formula: format!("{}, {whence}", carried.node.formula),
            after_message: after,
            parents: Vec::new(),
            ..carried.node.clone()
        };
        for input in &mut node.inputs {
            input.from = format!("{}, {whence}", input.from);
        }
        self.add(node)
    }

    /// As many zero bytes as the hash is long, which RFC 9846 writes as 0.
    pub(super) fn zero(&self, after: Option<usize>) -> Secret {
        Secret { name: "0", value: vec![0; self.hash.output_len()], after }
    }

    /// The shared secret of the key agreement, as `name`: that of an ephemeral Diffie-Hellman
    /// exchange, or those of a hybrid's halves joined.
    pub(super) fn agree(
        &mut self,
        name: &'static str,
        agreement: &Agreement,
        after: Option<usize>,
    ) -> Secret {
        let Some((kem, x25519)) = hybrid::halves(agreement) else {
            return self.diffie_hellman(name, agreement, after);
        };
        let first = self.decapsulate("mlkem768_shared_secret", &kem, after);
        let second = self.diffie_hellman("x25519_shared_secret", &x25519, after);
        self.add(KeyNode {
            name,
            operation: "Concatenation",
            formula: format!("{} || {}", first.name, second.name),
            inputs: vec![
                input("first", &first.value, first.name),
                input("second", &second.value, second.name),
            ],
            label: "",
            context: String::new(),
            output: [&first.value[..], &second.value].concat(),
            recipe: Recipe::Join,
            after_message: after,
            parents: vec![first.name, second.name],
        })
    }

    /// The shared secret of ML-KEM-768 (FIPS 203, section 7).
    fn decapsulate(&mut self, name: &'static str, kem: &Kem<'_>, after: Option<usize>) -> Secret {
        let (formula, private, peer, recipe) = match kem.owner {
            Endpoint::Client => (
                "ML-KEM-768.Decaps(client's decapsulation key, server's ciphertext)",
                ("seed", "drawn by the client: d and z, which make the decapsulation key"),
                ("ciphertext", "sent by the server"),
                Recipe::Decapsulate,
            ),
            // OpenSSL's command line draws the randomness itself.
            Endpoint::Server => (
                "ML-KEM-768.Encaps(client's encapsulation key, randomness)",
                ("randomness", "drawn by the server: m"),
                ("encapsulation_key", "sent by the client"),
                Recipe::None,
            ),
        };
        self.add(KeyNode {
            name,
            operation: "ML-KEM",
            formula: formula.into(),
            inputs: vec![input(private.0, kem.private, private.1), input(peer.0, kem.peer, peer.1)],
            label: "",
            context: String::new(),
            output: kem.shared.to_vec(),
            recipe,
            after_message: after,
            parents: Vec::new(),
        })
    }

    /// The shared secret of an ephemeral Diffie-Hellman exchange.
    fn diffie_hellman(
        &mut self,
        name: &'static str,
        agreement: &Agreement,
        after: Option<usize>,
    ) -> Secret {
        let (owner, peer) = (agreement.owner.name(), agreement.owner.peer().name());
        self.add(KeyNode {
            name,
            operation: "ECDHE",
            formula: format!(
                "{}({owner}'s private key, {peer}'s public key)",
                agreement.operation()
            ),
            inputs: vec![
                input("private_key", &agreement.private, format!("drawn by the {owner}")),
                input("peer_public_key", &agreement.peer, format!("sent by the {peer}")),
            ],
            label: "",
            context: String::new(),
            output: agreement.shared.clone(),
            recipe: Recipe::Agree(agreement.group),
            after_message: after,
            parents: Vec::new(),
        })
    }

    /// The secret that the client encrypted with the server's RSA key, as `name`.
    pub(super) fn transport(
        &mut self,
        name: &'static str,
        transport: &RsaKeyTransport,
        after: Option<usize>,
    ) -> Secret {
        let (formula, inputs, recipe) = match transport.owner {
            Endpoint::Client => (
                "ClientHello.client_version + 46 random bytes, drawn by the client",
                Vec::new(),
                Recipe::None,
            ),
            Endpoint::Server => {
                let (key, sent) = (&transport.private_key, &transport.ciphertext);
                let inputs = vec![
                    input("private_key", key, "the private key of the server's certificate"),
                    input("ciphertext", sent, "ClientKeyExchange.EncryptedPreMasterSecret"),
                ];
                (
                    "RSAES-PKCS1-v1_5-Decrypt(server's private key, EncryptedPreMasterSecret)",
                    inputs,
                    Recipe::Decrypt,
                )
            }
        };
        self.add(KeyNode {
            name,
            operation: "RSA",
            formula: formula.into(),
            inputs,
            label: "",
            context: String::new(),
            output: transport.preliminary_secret.clone(),
            recipe,
            after_message: after,
            parents: Vec::new(),
        })
    }

    /// HKDF-Extract (RFC 5869, section 2.2).
    pub(super) fn extract(&mut self, name: &'static str, salt: &Secret, ikm: &Secret) -> Secret {
        let from = |secret: &Secret| match secret.name {
            "0" => "as many zero bytes as the hash is long".to_owned(),
            name => name.to_owned(),
        };
        self.add(KeyNode {
            name,
            operation: "HKDF-Extract",
            formula: format!("HKDF-Extract(salt = {}, IKM = {})", salt.name, ikm.name),
            inputs: vec![
                input("salt", &salt.value, from(salt)),
                input("ikm", &ikm.value, from(ikm)),
            ],
            label: "",
            context: String::new(),
            output: self.hash.extract(&salt.value, &ikm.value),
            recipe: Recipe::Extract(self.hash),
            after_message: salt.after.max(ikm.after),
            parents: [salt.name, ikm.name].into_iter().filter(|name| *name != "0").collect(),
        })
    }

    /// Derive-Secret (RFC 9846, section 7.1): HKDF-Expand-Label with a transcript hash as context.
    pub(super) fn derive(
        &mut self,
        name: &'static str,
        secret: &Secret,
        label: &'static str,
        context: &Context,
    ) -> Secret {
        let info = hkdf_label(self.hash.output_len(), label, &context.hash);
        let (messages, from) = if context.covers.is_empty() {
            ("\"\"".to_owned(), "the hash of no bytes".to_owned())
        } else {
            (context.covers.clone(), format!("Transcript-Hash({})", context.covers))
        };
        self.add(KeyNode {
            name,
            operation: "Derive-Secret",
            formula: format!("Derive-Secret({}, \"{label}\", {messages})", secret.name),
            inputs: vec![
                input("secret", &secret.value, secret.name),
                input("context", &context.hash, from),
            ],
            label,
            context: context.covers.clone(),
            output: self.hash.expand(&secret.value, &info, self.hash.output_len()),
            recipe: Recipe::Expand(self.hash),
            after_message: secret.after.max(context.after),
            parents: vec![secret.name],
        })
    }

    /// HKDF-Expand-Label (RFC 9846, section 7.1) without context.
    pub(super) fn expand(
        &mut self,
        name: &'static str,
        secret: &Secret,
        label: &'static str,
        len: usize,
    ) -> Secret {
        self.expand_with(name, secret, label, &[], "\"\"", len)
    }

    /// HKDF-Expand-Label with a context that is not a transcript hash; `from` says what it is.
    pub(super) fn expand_with(
        &mut self,
        name: &'static str,
        secret: &Secret,
        label: &'static str,
        context: &[u8],
        from: &str,
        len: usize,
    ) -> Secret {
        let info = hkdf_label(len, label, context);
        let mut inputs = vec![input("secret", &secret.value, secret.name)];
        if !context.is_empty() {
            inputs.push(input("context", context, from));
        }
        self.add(KeyNode {
            name,
            operation: "HKDF-Expand-Label",
            formula: format!("HKDF-Expand-Label({}, \"{label}\", {from}, {len})", secret.name),
            inputs,
            label,
            context: String::new(),
            output: self.hash.expand(&secret.value, &info, len),
            recipe: Recipe::Expand(self.hash),
            after_message: secret.after,
            parents: vec![secret.name],
        })
    }

    /// `verify_data` of TLS 1.3: HMAC over a transcript hash (RFC 9846, section 4.5.3).
    pub(super) fn finished(
        &mut self,
        name: &'static str,
        key: &Secret,
        context: &Context,
    ) -> Secret {
        self.add(KeyNode {
            name,
            operation: "HMAC",
            formula: format!("HMAC({}, Transcript-Hash({}))", key.name, context.covers),
            inputs: vec![
                input("key", &key.value, key.name),
                input("context", &context.hash, format!("Transcript-Hash({})", context.covers)),
            ],
            label: "",
            context: context.covers.clone(),
            output: self.hash.hmac(&key.value, &[&context.hash]),
            recipe: Recipe::Hmac(self.hash),
            after_message: key.after.max(context.after),
            parents: vec![key.name],
        })
    }

    /// The PRF of TLS 1.2 (RFC 5246, section 5).
    pub(super) fn prf(
        &mut self,
        name: &'static str,
        secret: &Secret,
        label: &'static str,
        seed: &Seed,
        len: usize,
    ) -> Secret {
        self.add(KeyNode {
            name,
            operation: "PRF",
            formula: format!("PRF({}, \"{label}\", {})[0..{len}]", secret.name, seed.from),
            inputs: vec![
                input("secret", &secret.value, secret.name),
                input("seed", &seed.value, seed.from.as_str()),
            ],
            label,
            context: seed.covers.clone(),
            output: self.hash.prf(&secret.value, label, &seed.value, len),
            recipe: Recipe::Prf(self.hash),
            after_message: secret.after.max(seed.after),
            parents: vec![secret.name],
        })
    }

    /// Bytes `start..start + len` of the key block, `whole` (RFC 5246, section 6.3).
    pub(super) fn part(
        &mut self,
        name: &'static str,
        whole: &KeyNode,
        start: usize,
        len: usize,
    ) -> Secret {
        let end = start + len;
        self.add(KeyNode {
            name,
            operation: "Split",
            formula: format!("{}[{start}..{end}]", whole.name),
            inputs: vec![input("key_block", &whole.output, whole.name)],
            label: "",
            context: String::new(),
            output: whole.output.get(start..end).unwrap_or_default().to_vec(),
            recipe: Recipe::Cut(Box::new(whole.clone()), start),
            after_message: whole.after_message,
            parents: vec![whole.name],
        })
    }
}

/// The HkdfLabel structure: length, `tls13 ` and the label, context (RFC 9846, section 7.1).
pub(super) fn hkdf_label(len: usize, label: &str, context: &[u8]) -> Vec<u8> {
    const PREFIX: &[u8] = b"tls13 ";
    let mut info = (len as u16).to_be_bytes().to_vec();
    info.push((PREFIX.len() + label.len()) as u8);
    info.extend_from_slice(PREFIX);
    info.extend_from_slice(label.as_bytes());
    info.push(context.len() as u8);
    info.extend_from_slice(context);
    info
}
