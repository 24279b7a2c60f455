//! A recorded operation as a sentence with its values.

use super::format;
use crate::keys;
use crate::trace::{Direction, Op};
use crate::wire::names;

/// What an endpoint did, for a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// One sentence without a full stop: `Drew 32 random bytes`.
    pub sentence: String,
    /// Whether it held, where it was a check.
    pub held: Option<bool>,
    /// What went in and what came out, by name.
    pub values: Vec<(&'static str, Value)>,
}

/// A value of an [`Operation`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Bytes.
    Octets(Vec<u8>),
    /// Words or a number.
    Text(String),
}

/// Whether [`describe`] says anything of it.
pub fn is_told(op: &Op) -> bool {
    !matches!(op, Op::PacketSent { .. } | Op::PacketReceived { .. } | Op::KeyLog { .. })
}

/// The operation in words; `None` for what other views show better: packets on the link, and secrets
/// handed to a key log, which are the outputs of derivations already told.
pub fn describe(op: &Op) -> Option<Operation> {
    let octets = |bytes: &[u8]| Value::Octets(bytes.to_vec());
    let told = |sentence: String, values| Operation { sentence, held: None, values };
    Some(match op {
        Op::PacketSent { .. } | Op::PacketReceived { .. } | Op::KeyLog { .. } => return None,
        // A server listens from the start, and only reading the SYN is a step.
        Op::TcpState { state } if state == "LISTEN" => {
            told(format!("TCP was in **{state}**, and waited for a SYN"), vec![])
        }
        Op::TcpState { state } => told(format!("TCP entered **{state}**"), vec![]),
        Op::Random { purpose, bytes } => {
            let wanted = match purpose.as_str() {
                "" | "rustls" => String::new(),
                purpose => format!(" for: {purpose}"),
            };
            let count = format::plural(bytes.len(), "random byte");
            told(format!("Drew {count}{wanted}"), vec![("bytes", octets(bytes))])
        }
        Op::KeyPair { group, private, public } => told(
            format!("Made a fresh **{}** key pair", names::group_name(*group)),
            vec![("private key", octets(private)), ("public key", octets(public))],
        ),
        Op::KeyAgreement { group, private, peer, shared, .. } => {
            // One end of a hybrid has no private key of ML-KEM, the other gets no public one.
            let (own, other) = if keys::is_hybrid(*group) {
                ("own secrets of both halves", "peer's key share")
            } else {
                ("own private key", "peer's public key")
            };
            told(
                format!("Computed the **{}** shared secret", names::group_name(*group)),
                vec![
                    (own, octets(private)),
                    (other, octets(peer)),
                    ("shared secret", octets(shared)),
                ],
            )
        }
        Op::RsaEncrypt { public_key, plaintext, ciphertext } => told(
            "Encrypted the **preliminary secret** with the RSA key in the certificate".into(),
            vec![
                ("public key", octets(public_key)),
                ("plaintext", octets(plaintext)),
                ("ciphertext", octets(ciphertext)),
            ],
        ),
        Op::RsaDecrypt { private_key, ciphertext, plaintext } => {
            let mut values =
                vec![("private key", octets(private_key)), ("ciphertext", octets(ciphertext))];
            values.extend(plaintext.as_ref().map(|plain| ("plaintext", octets(plain))));
            Operation {
                sentence: "Decrypted the **preliminary secret** with the certificate's private key"
                    .into(),
                held: plaintext.is_none().then_some(false),
                values,
            }
        }
        Op::KemKeyPair { parameter_set, seed, encapsulation_key } => told(
            format!("Made a fresh **{parameter_set}** key pair"),
            vec![
                ("seed of the decapsulation key", octets(seed)),
                ("encapsulation key", octets(encapsulation_key)),
            ],
        ),
        Op::Encapsulate { parameter_set, encapsulation_key, randomness, ciphertext, shared } => {
            told(
                format!("Encapsulated a shared secret by **{parameter_set}**"),
                vec![
                    ("peer's encapsulation key", octets(encapsulation_key)),
                    ("randomness", octets(randomness)),
                    ("ciphertext", octets(ciphertext)),
                    ("shared secret", octets(shared)),
                ],
            )
        }
        Op::Decapsulate { parameter_set, seed, ciphertext, shared } => told(
            format!("Decapsulated the shared secret by **{parameter_set}**"),
            vec![
                ("seed of the decapsulation key", octets(seed)),
                ("ciphertext", octets(ciphertext)),
                ("shared secret", octets(shared)),
            ],
        ),
        Op::TranscriptUpdate { data } => told(
            format!("Added {} to the transcript", format::bytes(data.len())),
            vec![("added", octets(data))],
        ),
        Op::TranscriptHash { hash, output } => told(
            format!("Read the transcript hash ({hash})"),
            vec![("transcript hash", octets(output))],
        ),
        Op::Hash { hash, input, output } => told(
            format!("Hashed {} with {hash}", format::bytes(input.len())),
            vec![("input", octets(input)), ("hash", octets(output))],
        ),
        Op::HkdfExtract { salt, ikm, output, .. } => told(
            "HKDF-Extract".into(),
            vec![("salt", octets(salt)), ("IKM", octets(ikm)), ("output", octets(output))],
        ),
        Op::HkdfExpandLabel { secret, label, context, output, .. } => told(
            format!("HKDF-Expand-Label, `{label}`"),
            vec![
                ("secret", octets(secret)),
                ("context", octets(context)),
                ("output", octets(output)),
            ],
        ),
        Op::Hmac { key, message, output, .. } => told(
            format!("HMAC over {}", format::bytes(message.len())),
            vec![("key", octets(key)), ("message", octets(message)), ("output", octets(output))],
        ),
        Op::Prf { secret, label, seed, output, .. } => told(
            format!("PRF, `{label}`"),
            vec![("secret", octets(secret)), ("seed", octets(seed)), ("output", octets(output))],
        ),
        Op::InstallKey { direction, key, iv } => told(
            match direction {
                Direction::Read => "Installed a key for reading".into(),
                Direction::Write => "Installed a key for writing".into(),
            },
            vec![("key", octets(key)), ("IV", octets(iv))],
        ),
        Op::Seal { sequence, key, nonce, aad, plaintext, ciphertext } => told(
            format!("Encrypted record {sequence} under these keys"),
            vec![
                ("key", octets(key)),
                ("nonce", octets(nonce)),
                ("additional data", octets(aad)),
                ("plaintext", octets(plaintext)),
                ("ciphertext", octets(ciphertext)),
            ],
        ),
        Op::Open { sequence, key, nonce, aad, ciphertext, plaintext } => {
            let mut values = vec![
                ("key", octets(key)),
                ("nonce", octets(nonce)),
                ("additional data", octets(aad)),
                ("ciphertext", octets(ciphertext)),
            ];
            values.extend(plaintext.as_ref().map(|plain| ("plaintext", octets(plain))));
            Operation {
                sentence: format!("Decrypted record {sequence} under these keys"),
                held: Some(plaintext.is_some()),
                values,
            }
        }
        Op::SealTicket { key, state, ticket } => told(
            "Sealed the session's state into a **ticket** that only this end can open".into(),
            vec![("ticket key", octets(key)), ("state", octets(state)), ("ticket", octets(ticket))],
        ),
        Op::OpenTicket { key, ticket, state } => Operation {
            sentence: "Opened the **ticket** that came back".into(),
            held: Some(state.is_some()),
            values: [("ticket key", octets(key)), ("ticket", octets(ticket))]
                .into_iter()
                .chain(state.as_ref().map(|state| ("state", octets(state))))
                .collect(),
        },
        Op::Sign { scheme, message, signature } => told(
            format!("Signed with **{}**", names::scheme_name(*scheme)),
            vec![("signed content", octets(message)), ("signature", octets(signature))],
        ),
        Op::Verify { algorithm, public_key, message, signature, ok } => Operation {
            sentence: format!("Checked a signature ({algorithm})"),
            held: Some(*ok),
            values: vec![
                ("public key", octets(public_key)),
                ("signed content", octets(message)),
                ("signature", octets(signature)),
            ],
        },
        Op::CertificatePath {
            chain,
            roots,
            revocation_lists,
            pins,
            name,
            at,
            error,
            refusal: _,
        } => {
            let count = |name, of: &[Vec<u8>]| (name, Value::Text(of.len().to_string()));
            let mut values = vec![
                count("certificates sent", chain),
                count("trusted roots", roots),
                ("clock", Value::Text(format::date(i64::try_from(*at).unwrap_or(i64::MAX)))),
            ];
            let more = [("revocation lists", revocation_lists), ("pinned keys", pins)];
            values
                .extend(more.iter().filter(|one| !one.1.is_empty()).map(|one| count(one.0, one.1)));
            values.extend(name.clone().map(|name| ("name wanted", Value::Text(name))));
            values.extend(error.clone().map(|error| ("error", Value::Text(error))));
            Operation {
                sentence: "Validated the certificate chain".into(),
                held: Some(error.is_none()),
                values,
            }
        }
        Op::Unverified { chain, roots, name, at, refusal: _ } => told(
            "Took the certificates without checking them: verification is off".into(),
            vec![
                ("certificates sent", Value::Text(chain.len().to_string())),
                ("trusted roots", Value::Text(roots.len().to_string())),
                ("clock", Value::Text(format::date(i64::try_from(*at).unwrap_or(i64::MAX)))),
                ("name wanted", Value::Text(name.clone())),
            ],
        ),
        Op::RawPublicKey { key, trusted, error } => {
            let mut values = vec![("key sent", octets(key)), ("key expected", octets(trusted))];
            values.extend(error.clone().map(|error| ("error", Value::Text(error))));
            Operation {
                sentence: "Compared the public key with the one it was told".into(),
                held: Some(error.is_none()),
                values,
            }
        }
        Op::Compress { algorithm, data, compressed } => told(
            format!("Compressed the certificates with **{algorithm}**"),
            vec![("Certificate", octets(data)), ("compressed", octets(compressed))],
        ),
        Op::Decompress { algorithm, compressed, data } => {
            let mut values = vec![("compressed", octets(compressed))];
            values.extend(data.as_deref().map(|data| ("Certificate", octets(data))));
            Operation {
                sentence: format!("Decompressed the certificates ({algorithm})"),
                held: Some(data.is_some()),
                values,
            }
        }
        Op::Routed { field, name, to } => told(
            format!("Read `{}` in {field}, and chose **{to}** by it", name.replace('`', "'")),
            vec![],
        ),
        Op::Rewritten { before, after } => told(
            "Changed the response before passing it on".into(),
            vec![("as it came", octets(before)), ("as it is passed on", octets(after))],
        ),
        Op::HandshakeComplete => told("The handshake is complete for this end".into(), vec![]),
        Op::DataWritten { data } => told(
            format!("The application wrote {}", format::bytes(data.len())),
            vec![("data", octets(data))],
        ),
        Op::DataRead { data } => told(
            format!("The application read {}", format::bytes(data.len())),
            vec![("data", octets(data))],
        ),
        Op::Failed { error } => {
            Operation { sentence: format!("Gave up: {error}"), held: Some(false), values: vec![] }
        }
        Op::TimedOut { after_us } => told(
            format!(
                "Still waited when the lab stopped the run, after {} in which nothing new came",
                format::duration(*after_us)
            ),
            vec![],
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{self, Capabilities};
    use crate::scenario::{PRESETS, Scenario};

    #[test]
    fn what_is_told_is_described_and_nothing_else() {
        for preset in PRESETS {
            let scenario = Scenario::from_preset(preset);
            let trace = engine::run(&scenario, &Capabilities::all()).unwrap();
            for event in trace.connections.iter().flat_map(|connection| &connection.events) {
                assert_eq!(is_told(&event.op), describe(&event.op).is_some(), "{:?}", event.op);
            }
        }
    }

    #[test]
    fn random_bytes_are_counted_and_their_purpose_is_named() {
        let op = Op::Random { purpose: "X25519 private key".into(), bytes: vec![7; 32] };
        let told = describe(&op).unwrap();
        assert_eq!(told.sentence, "Drew 32 random bytes for: X25519 private key");
        assert_eq!(told.values, [("bytes", Value::Octets(vec![7; 32]))]);
        assert_eq!(told.held, None);
    }

    #[test]
    fn a_record_that_did_not_open_is_told_as_failed_and_has_no_plaintext() {
        let open = |plaintext| Op::Open {
            sequence: 0,
            key: vec![],
            nonce: vec![],
            aad: vec![],
            ciphertext: vec![1],
            plaintext,
        };
        let told = describe(&open(None)).unwrap();
        assert_eq!(told.held, Some(false));
        assert!(told.values.iter().all(|(name, _)| *name != "plaintext"));
        assert_eq!(describe(&open(Some(vec![]))).unwrap().held, Some(true));
    }

    #[test]
    fn packets_on_the_link_are_left_to_the_view_of_packets() {
        assert_eq!(describe(&Op::PacketSent { number: 1 }), None);
    }
}
