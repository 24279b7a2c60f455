//! Forward secrecy, tried out: a recorded connection and the server's stolen private key.
//!
//! [`attempt`] gets what an eavesdropper recorded, the packets, and the key. It knows nothing of what
//! the endpoints did. Where the secret itself travelled, encrypted with the certificate's key (RSA key
//! exchange, RFC 5246, section 7.4.7.1), the key opens everything. Where the ends agreed on a secret
//! by ephemeral keys, the certificate's key only signed, and there is nothing in the recording that
//! it could decrypt.

use super::dissect;
use super::hello::{self, Hello};
use super::model::{Dissection, Message};
use crate::keys::{PrivateKey, subject_public_key};
use crate::tls::{HandshakeType, NamedGroup, ProtocolVersion};
use crate::trace::{Connection, End, Endpoint, Event, Implementations, Op, Packet, Roles, Status};
use crate::wire::names;
use pki_types::CertificateDer;
use std::net::{Ipv4Addr, SocketAddrV4};
use webpki::EndEntityCert;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// What was tried, in order.
    pub steps: Vec<Step>,
    /// The value for want of which the records stay closed; `None` if they were opened.
    pub missing: Option<Missing>,
    /// What the key is good for all the same, now and later: one or two sentences.
    pub still: String,
    /// The recording taken apart, with every record open that could be opened.
    pub dissection: Dissection,
}

/// One thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What: `Decrypt EncryptedPreMasterSecret with the stolen key`.
    pub tried: String,
    /// The message (position in [`Dissection::messages`]) whose octets it was tried on, if any.
    pub message: Option<usize>,
    /// Those octets; empty where it was tried on no single value.
    pub octets: Vec<u8>,
    /// Whether it worked.
    pub worked: bool,
    /// What came out, in words.
    pub result: String,
    /// What came out, where that is a value.
    pub value: Vec<u8>,
}

/// A secret that is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its name in the key schedule: `pre_master_secret`, `shared_secret`, `master_secret`.
    pub secret: &'static str,
    /// What it would take to compute it.
    pub needed: String,
    /// Why that is nowhere.
    pub why: String,
    /// The public values in the recording that belong to the ephemeral private keys.
    pub public_values: Vec<PublicValue>,
}

/// An end's public value for the key exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicValue {
    /// Whose.
    pub from: Endpoint,
    /// The message (position in [`Dissection::messages`]) that carries it.
    pub message: usize,
    /// The group's code point (IANA TLS Supported Groups).
    pub group: NamedGroup,
    /// The value.
    pub octets: Vec<u8>,
}

impl Attempt {
    /// How many records of the recording are encrypted.
    pub fn encrypted(&self) -> usize {
        self.dissection.records.iter().filter(|record| record.opened.is_some()).count()
    }

    /// How many of those were opened.
    pub fn opened(&self) -> usize {
        let open = |opened: &Result<_, _>| opened.is_ok();
        self.dissection.records.iter().filter(|r| r.opened.as_ref().is_some_and(open)).count()
    }
}

/// Tries to read a recorded connection with the server's private key, PKCS #8 in DER.
pub fn attempt(packets: &[Packet], private_key: &[u8]) -> Attempt {
    let mut recording = Recording::of(packets);
    let mut thief = Thief { steps: Vec::new(), key: PrivateKey::from_pkcs8(private_key) };
    let parts = dissect(&recording.connection);
    thief.step(
        "Read the stolen private key",
        None,
        &[],
        match &thief.key {
            Some(PrivateKey::Rsa(_)) => {
                Ok(("an RSA key: it can sign, and decrypt".into(), Vec::new()))
            }
            Some(PrivateKey::Curve(_)) => {
                Ok(("a key on an elliptic curve: it can sign, and nothing else".into(), Vec::new()))
            }
            None => Err("it is no private key of a known kind".into()),
        },
    );
    if parts.records.is_empty() {
        let why =
            "there is none: nothing in the recording is encrypted, and it takes no key to read";
        thief.step("Look for TLS in the recording", None, &[], Err(why.into()));
        return thief.done(parts, None);
    }
    thief.compare_with_certificate(&parts);
    if let Some((message, sent)) = encrypted_secret(&parts) {
        let (index, sent) = (message.index, sent.to_vec());
        if let Some(secret) = thief.decrypt(index, &sent) {
            // From here on the thief is where the server was.
            recording.learn(private_key, sent, secret);
            let opened = dissect(&recording.connection);
            thief.derive(&opened);
            return thief.done(opened, None);
        }
        let missing = Missing {
            secret: "pre_master_secret",
            needed: "the private key that belongs to the certificate".into(),
            why: "The secret is in the recording, but this is not the key it was encrypted for."
                .into(),
            public_values: Vec::new(),
        };
        return thief.done(parts, Some(missing));
    }
    let missing = thief.look_for_exchange(&parts);
    thief.done(parts, Some(missing))
}

/// A connection of which only the packets are known.
struct Recording {
    connection: Connection,
}

impl Recording {
    fn of(packets: &[Packet]) -> Recording {
        let nowhere = SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0);
        let unknown = End { status: Status::Incomplete, error: None };
        Recording {
            connection: Connection {
                id: 0,
                client: nowhere,
                server: nowhere,
                roles: Roles::default(),
                implementations: Implementations::default(),
                packets: packets.to_vec(),
                events: Vec::new(),
                client_end: unknown.clone(),
                server_end: unknown,
            },
        }
    }

    /// Adds the one thing that the thief has found out.
    fn learn(&mut self, private_key: &[u8], ciphertext: Vec<u8>, secret: Vec<u8>) {
        let private_key = private_key.to_vec();
        let op = Op::RsaDecrypt { private_key, ciphertext, plaintext: Some(secret) };
        self.connection.events.push(Event { at_us: 0, by: Endpoint::Server, op });
    }
}

/// Someone with a key.
struct Thief {
    steps: Vec<Step>,
    key: Option<PrivateKey>,
}

/// Words, and a value where there is one.
type Found = Result<(String, Vec<u8>), String>;

impl Thief {
    fn step(
        &mut self,
        tried: impl Into<String>,
        message: Option<usize>,
        octets: &[u8],
        found: Found,
    ) {
        let worked = found.is_ok();
        let (result, value) = found.unwrap_or_else(|why| (why, Vec::new()));
        let (tried, octets) = (tried.into(), octets.to_vec());
        self.steps.push(Step { tried, message, octets, worked, result, value });
    }

    /// Is the key the one of the certificate in the recording?
    fn compare_with_certificate(&mut self, parts: &Dissection) {
        let tried = "Compare it with the public key in the server's certificate";
        let message = parts.handshake(Endpoint::Server, HandshakeType::CERTIFICATE);
        let Some(message) = message else {
            let why = match parts.negotiated.version {
                Some(ProtocolVersion::TLS1_3) => {
                    "TLS 1.3 encrypts the certificate, so it cannot even be seen"
                }
                _ => "there is no certificate in the recording",
            };
            return self.step(tried, None, &[], Err(why.into()));
        };
        let info = leaf(message).and_then(|leaf| {
            let leaf = CertificateDer::from(leaf);
            Some(EndEntityCert::try_from(&leaf).ok()?.subject_public_key_info().to_vec())
        });
        let public = info.as_deref().and_then(subject_public_key).unwrap_or_default();
        let belongs = self.key.as_ref().is_some_and(|key| key.belongs_to(public));
        let found = match belongs {
            true => Ok(("they belong together".into(), Vec::new())),
            false => Err("they do not belong together".into()),
        };
        self.step(tried, Some(message.index), public, found);
    }

    /// Decrypts the secret that the client sent.
    fn decrypt(&mut self, message: usize, sent: &[u8]) -> Option<Vec<u8>> {
        let secret = match &self.key {
            Some(PrivateKey::Rsa(key)) => key.decrypt(sent).filter(|secret| is_pre_master(secret)),
            _ => None,
        };
        let found = match &secret {
            Some(secret) => Ok((
                format!(
                    "the pre-master secret: {} octets, of which the first two are the version",
                    secret.len()
                ),
                secret.clone(),
            )),
            None => Err("it does not decrypt to a pre-master secret".into()),
        };
        self.step(
            "Decrypt EncryptedPreMasterSecret of the ClientKeyExchange",
            Some(message),
            sent,
            found,
        );
        secret
    }

    /// Everything else follows from what is in the clear.
    fn derive(&mut self, opened: &Dissection) {
        for (name, tried) in [
            ("master_secret", "Compute the master secret from it and what is in the clear"),
            (
                "key_block",
                "Compute the keys of both directions from the master secret and both randoms",
            ),
        ] {
            let found = match opened.key(name) {
                Some(node) => Ok((node.formula.clone(), node.output.clone())),
                None => Err("the hellos that this takes are not in the recording".into()),
            };
            self.step(tried, None, &[], found);
        }
        let encrypted = opened.records.iter().filter_map(|record| record.opened.as_ref());
        let (open, closed): (Vec<_>, Vec<_>) = encrypted.partition(|opened| opened.is_ok());
        let all = open.len() + closed.len();
        let found = match closed.is_empty() {
            true => Ok((
                format!("all {all} opened, and every authentication tag was right"),
                Vec::new(),
            )),
            false => Err(format!("{} of {all} opened", open.len())),
        };
        self.step("Open the encrypted records with these keys", None, &[], found);
    }

    /// Nothing was encrypted for the key: finds what it would take instead.
    fn look_for_exchange(&mut self, parts: &Dissection) -> Missing {
        let tried = "Find something in the recording that was encrypted for this key";
        let public_values = public_values(parts);
        let names: Vec<String> = public_values
            .iter()
            .map(|value| {
                let group = names::group_name(value.group);
                format!("the {}'s ephemeral {group} public key", value.from.name())
            })
            .collect();
        let secret = match (parts.negotiated.version, names.is_empty()) {
            (Some(ProtocolVersion::TLS1_3), _) => "shared_secret",
            (_, false) => "pre_master_secret",
            (_, true) => "master_secret",
        };
        if names.is_empty() {
            let why = "there is no key exchange in it: its secret comes from an earlier connection";
            self.step(tried, None, &[], Err(why.into()));
            return Missing {
                secret,
                needed: "the secret of the connection in which these ends first met".into(),
                why: "This connection carries no part of it.".into(),
                public_values,
            };
        }
        let exchanged = names.join(" and ");
        self.step(tried, None, &[], Err(format!("nothing was; what was exchanged is {exchanged}")));
        for value in &public_values {
            let tried = format!("Compute {secret} from the {}'s public value", value.from.name());
            let peer = value.from.peer().name();
            let why = format!(
                "that takes the {peer}'s ephemeral private key, and the stolen key is another one"
            );
            self.step(tried, Some(value.message), &value.octets, Err(why));
        }
        Missing {
            secret,
            needed: "the ephemeral private key of the client or of the server".into(),
            why: "Both were made for this connection, never sent, and thrown away after it. The \
                  certificate's key only signed, and a signature gives away no secret."
                .into(),
            public_values,
        }
    }

    fn done(self, dissection: Dissection, missing: Option<Missing>) -> Attempt {
        let still = match (&self.key, &missing) {
            (None, _) => "Nothing: it is no key.",
            _ if dissection.records.is_empty() => "It was not needed here.",
            (_, None) => {
                "Every recording of a connection to this certificate that used RSA key exchange opens \
                 the same way, however old it is. And whoever has the key can pose as the server from \
                 now on, until the certificate expires or is revoked."
            }
            (_, Some(_)) => {
                "The past stays closed, but not the future: whoever has the key can sign as this \
                 server, and so pose as it in new connections, until the certificate expires or is \
                 revoked."
            }
        };
        Attempt { steps: self.steps, missing, still: still.into(), dissection }
    }
}

/// Whether octets can be a pre-master secret: the version TLS 1.2 or older, and 46 more.
fn is_pre_master(secret: &[u8]) -> bool {
    secret.len() == 48 && secret.first() == Some(&3)
}

/// The ClientKeyExchange that carries an encrypted secret, and that.
fn encrypted_secret(parts: &Dissection) -> Option<(&Message, &[u8])> {
    let ephemeral = parts.handshake(Endpoint::Server, HandshakeType::SERVER_KEY_EXCHANGE).is_some();
    let message = parts
        .handshake(Endpoint::Client, HandshakeType::CLIENT_KEY_EXCHANGE)
        .filter(|_| !ephemeral)?;
    Some((message, hello::encrypted_pre_master_secret(&message.bytes)?))
}

/// The first certificate of a TLS 1.2 Certificate message, in DER.
fn leaf(message: &Message) -> Option<&[u8]> {
    // Header, length of the list, length of its first certificate: three octets each but the first.
    let rest = message.bytes.get(4 + 3..)?;
    let (&[a, b, c], rest) = rest.split_first_chunk()?;
    rest.get(..u32::from_be_bytes([0, a, b, c]) as usize)
}

/// What each end sent of an ephemeral exchange, the client's first.
fn public_values(parts: &Dissection) -> Vec<PublicValue> {
    let value = |from, message: &Message, group, octets: &[u8]| PublicValue {
        from,
        message: message.index,
        group,
        octets: octets.to_vec(),
    };
    let server = parts.messages.iter().rev().find_map(|message| {
        let share = match message.is_handshake(Endpoint::Server)? {
            HandshakeType::SERVER_KEY_EXCHANGE => hello::server_key_exchange(&message.bytes)?,
            HandshakeType::SERVER_HELLO => Hello::server(&message.bytes)?.key_share()?,
            _ => return None,
        };
        Some(value(Endpoint::Server, message, share.0, share.1))
    });
    let Some(server) = server else { return Vec::new() };
    let client = parts.messages.iter().rev().find_map(|message| {
        let octets = match message.is_handshake(Endpoint::Client)? {
            HandshakeType::CLIENT_KEY_EXCHANGE => hello::client_public_value(&message.bytes)?,
            HandshakeType::CLIENT_HELLO => {
                Hello::client(&message.bytes)?.offered_share(server.group)?
            }
            _ => return None,
        };
        Some(value(Endpoint::Client, message, server.group, octets))
    });
    client.into_iter().chain([server]).collect()
}
