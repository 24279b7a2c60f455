//! Forward secrecy, tried out: a recorded connection and the server's stolen private key.
//!
//! [`attempt`] gets what an eavesdropper recorded, the packets, and the key. It knows nothing of what
//! the endpoints did. Where the secret itself travelled, encrypted with the certificate's key (RSA key
//! exchange, RFC 5246, section 7.4.7.1), the key opens everything. Where the ends agreed on a secret
//! by ephemeral keys, the certificate's key only signed, and there is nothing in the recording that
//! it could decrypt. In a resumed connection it did not even sign.

mod exchange;

pub use exchange::{Missing, PublicValue};

use super::dissect;
use super::hello;
use super::model::{Dissection, Message};
use crate::keys::{PrivateKey, subject_public_key};
use crate::tls::{HandshakeType, ProtocolVersion};
use crate::trace::{Connection, End, Endpoint, Event, Implementations, Op, Packet, Roles, Status};
use pki_types::CertificateDer;
use std::net::{Ipv4Addr, SocketAddrV4};
use webpki::EndEntityCert;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// What was tried, in order.
    pub steps: Vec<Step>,
    /// The values for want of which the records stay closed; empty if they were opened.
    pub missing: Vec<Missing>,
    /// What the key is good for all the same, now and later: one or two sentences.
    pub still: String,
    /// The recording taken apart, with every record open that could be opened.
    pub dissection: Dissection,
}

/// One thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What: `Compare it with the public key in the server's certificate`.
    pub tried: String,
    /// The message (position in [`Dissection::messages`]) whose bytes it was tried on, if any.
    pub message: Option<usize>,
    /// Those bytes; empty where it was tried on no single value.
    pub octets: Vec<u8>,
    /// Whether it worked.
    pub worked: bool,
    /// What came out, in words.
    pub result: String,
    /// What came out, where that is a value.
    pub value: Vec<u8>,
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
            Some(PrivateKey::Curve(_)) => Ok((
                "a key on an elliptic curve: in the suites here it only signs".into(),
                Vec::new(),
            )),
            None => Err("it is no private key of a known kind".into()),
        },
    );
    if parts.records.iter().all(|record| record.opened.is_none()) {
        let why =
            "there are none: nothing in the recording is encrypted, and it takes no key to read";
        thief.step("Look for encrypted records in the recording", None, &[], Err(why.into()));
        return thief.done(parts, Vec::new());
    }
    thief.compare_with_certificate(&parts);
    if let Some((message, sent)) = encrypted_secret(&parts) {
        let (index, sent) = (message.index, sent.to_vec());
        if let Some(secret) = thief.decrypt(index, &sent) {
            // From here on the thief is where the server was.
            recording.learn(private_key, sent, secret);
            let opened = dissect(&recording.connection);
            thief.derive(&opened);
            return thief.done(opened, Vec::new());
        }
        let missing = Missing {
            secret: "preliminary_secret",
            needed: "the private key that belongs to the certificate".into(),
            why: "The secret is in the recording, but this is not the key it was encrypted for."
                .into(),
            public_values: Vec::new(),
        };
        return thief.done(parts, vec![missing]);
    }
    let missing = thief.look_for_exchange(&parts);
    thief.done(parts, missing)
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
                accepts: None,
                meddling: Vec::new(),
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
            let why = match (parts.negotiated.resumed, parts.negotiated.version) {
                (true, _) => "no certificate is sent: the session is resumed",
                (false, Some(ProtocolVersion::TLS1_3)) => {
                    "TLS 1.3 encrypts the certificate, so the recording does not show it"
                }
                (false, _) => "there is no certificate in the recording",
            };
            return self.step(tried, None, &[], Err(why.into()));
        };
        let info = leaf(message).and_then(|leaf| {
            let leaf = CertificateDer::from(leaf);
            Some(EndEntityCert::try_from(&leaf).ok()?.subject_public_key_info().to_vec())
        });
        let public = info.as_deref().and_then(subject_public_key).unwrap_or_default();
        let belongs = self.key.as_ref().is_some_and(|key| key.belongs_to(public));
        let found = if belongs {
            Ok(("they belong together".into(), Vec::new()))
        } else {
            Err("they do not belong together".into())
        };
        self.step(tried, Some(message.index), public, found);
    }

    /// Decrypts the secret that the client sent.
    fn decrypt(&mut self, message: usize, sent: &[u8]) -> Option<Vec<u8>> {
        let secret = match &self.key {
            Some(PrivateKey::Rsa(key)) => key.decrypt(sent).filter(|secret| is_preliminary(secret)),
            _ => None,
        };
        let found = match &secret {
            Some(secret) => Ok((
                format!(
                    "the preliminary secret (pre-master secret in RFC 5246): {} bytes, of which the \
                     first two are the version",
                    secret.len()
                ),
                secret.clone(),
            )),
            None => Err("it does not decrypt to a preliminary secret".into()),
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
            (
                "main_secret",
                "Compute the main secret (master secret in RFC 5246) from it and what is in the clear",
            ),
            (
                "key_block",
                "Compute the keys of both directions from the main secret and both randoms",
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
        let found = if closed.is_empty() {
            Ok((format!("all {all} opened, and every authentication tag was right"), Vec::new()))
        } else {
            Err(format!("{} of {all} opened", open.len()))
        };
        self.step("Open the encrypted records with these keys", None, &[], found);
    }

    /// Nothing was encrypted for the key: finds what it would take instead.
    fn look_for_exchange(&mut self, parts: &Dissection) -> Vec<Missing> {
        let tried = "Find something in the recording that was encrypted for this key";
        let missing = exchange::missing(parts);
        let values: Vec<_> = missing.iter().flat_map(|missing| &missing.public_values).collect();
        let names: Vec<String> = values.iter().map(|value| value.name()).collect();
        let why = match (names.is_empty(), parts.negotiated.resumed) {
            (false, _) => {
                format!("nothing was: the ends exchanged only {}", names.join(" and "))
            }
            (true, true) => {
                "there is no key exchange in it: its secret comes from an earlier connection".into()
            }
            (true, false) => "there is no complete key exchange in it".into(),
        };
        self.step(tried, None, &[], Err(why));
        for Missing { secret, public_values, .. } in &missing {
            for value in public_values {
                let what = value.name();
                let tried = format!("Compute {secret} from {what}");
                let why = format!(
                    "that takes {}, and the stolen key is another one",
                    value.counterpart()
                );
                self.step(tried, Some(value.message), &value.octets, Err(why));
            }
        }
        missing
    }

    fn done(self, dissection: Dissection, missing: Vec<Missing>) -> Attempt {
        let still = if self.key.is_none() {
            "Nothing: it is no key."
        } else if dissection.records.iter().all(|record| record.opened.is_none()) {
            "It was not needed here."
        } else if missing.is_empty() {
            "Every recording of a connection to this certificate that used RSA key exchange opens \
             the same way, however old it is. And whoever has the key can pose as the server from \
             now on, as long as clients accept the certificate."
        } else {
            "The past stays closed, but not the future: whoever has the key can sign as this server, \
             and so pose as it in new connections, as long as clients accept the certificate."
        };
        Attempt { steps: self.steps, missing, still: still.into(), dissection }
    }
}

/// Whether bytes can be a preliminary secret: the version TLS 1.2 or older, and 46 more.
fn is_preliminary(secret: &[u8]) -> bool {
    secret.len() == 48 && secret.first() == Some(&3)
}

/// The ClientKeyExchange that carries an encrypted secret, and that.
fn encrypted_secret(parts: &Dissection) -> Option<(&Message, &[u8])> {
    let ephemeral = parts.handshake(Endpoint::Server, HandshakeType::SERVER_KEY_EXCHANGE).is_some();
    let message = parts
        .handshake(Endpoint::Client, HandshakeType::CLIENT_KEY_EXCHANGE)
        .filter(|_| !ephemeral)?;
    Some((message, hello::encrypted_preliminary_secret(&message.bytes)?))
}

/// The first certificate of a TLS 1.2 Certificate message, in DER.
fn leaf(message: &Message) -> Option<&[u8]> {
    // Header, length of the list, length of its first certificate: three bytes each but the first.
    let rest = message.bytes.get(4 + 3..)?;
    let (&[a, b, c], rest) = rest.split_first_chunk()?;
    rest.get(..u32::from_be_bytes([0, a, b, c]) as usize)
}
