//! X25519MLKEM768: ML-KEM-768 (FIPS 203) and X25519 side by side; the secret is what both give, one
//! behind the other (draft-ietf-tls-ecdhe-mlkem).

use super::kx::KeyExchange;
use super::recorder::{draw, record};
use super::x25519;
use crate::plan::Group;
use crate::trace::Op;
use ml_kem::kem::{Decapsulate, KeyExport, TryKeyInit};
use ml_kem::{DecapsulationKey, EncapsulationKey, MlKem768};
use rustls::crypto::{
    ActiveKeyExchange, CompletedKeyExchange, GetRandomFailed, SharedSecret, SupportedKxGroup,
};
use rustls::ffdhe_groups::FfdheGroup;
use rustls::{Error, NamedGroup, PeerMisbehaved, ProtocolVersion};

/// The parameter set's name in FIPS 203.
const ML_KEM_768: &str = "ML-KEM-768";

/// Bytes of an encapsulation key.
const ENCAPSULATION_KEY: usize = 1184;

/// Bytes of a ciphertext.
const CIPHERTEXT: usize = 1088;

/// The group as rustls takes it.
#[derive(Debug)]
pub struct X25519MlKem768;

/// The group's code point.
const GROUP: crate::tls::NamedGroup = Group::X25519MlKem768.code_point();

impl SupportedKxGroup for X25519MlKem768 {
    /// The client's side: makes both key pairs.
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        // d and z of FIPS 203, algorithm 19.
        let mut seed = [0; 64];
        draw("ML-KEM-768 key seed", &mut seed).ok_or(GetRandomFailed)?;
        let key = DecapsulationKey::<MlKem768>::from_seed(seed.into());
        let public = key.encapsulation_key().to_bytes();
        record(|| Op::KemKeyPair {
            parameter_set: ML_KEM_768.into(),
            seed: seed.to_vec(),
            encapsulation_key: public.to_vec(),
        });
        let x25519 = KeyExchange::start(&x25519::GROUP)?;
        let public = [&public[..], &x25519.public].concat();
        Ok(Box::new(ClientShare { key: Box::new(key), seed, x25519, public }))
    }

    /// The server's side: encapsulates to the client's ML-KEM key, and agrees over X25519.
    fn start_and_complete(&self, client: &[u8]) -> Result<CompletedKeyExchange, Error> {
        let (theirs, their_x25519) =
            client.split_at_checked(ENCAPSULATION_KEY).ok_or_else(invalid_share)?;
        let key =
            EncapsulationKey::<MlKem768>::new_from_slice(theirs).map_err(|_| invalid_share())?;
        // m of FIPS 203, algorithm 20.
        let mut randomness = [0; 32];
        draw("ML-KEM-768 encapsulation", &mut randomness).ok_or(GetRandomFailed)?;
        let (ciphertext, shared) = key.encapsulate_deterministic(&randomness.into());
        record(|| Op::Encapsulate {
            parameter_set: ML_KEM_768.into(),
            encapsulation_key: theirs.to_vec(),
            randomness: randomness.to_vec(),
            ciphertext: ciphertext.to_vec(),
            shared: shared.to_vec(),
        });
        let x25519 = KeyExchange::start(&x25519::GROUP)?;
        let public = [&ciphertext[..], &x25519.public].concat();
        let private = [&randomness[..], &x25519.private].concat();
        let secret = [&shared[..], &x25519.agree(their_x25519)?].concat();
        record_agreement(private, &public, client, &secret);
        Ok(CompletedKeyExchange { group: self.name(), pub_key: public, secret: secret.into() })
    }

    fn usable_for_version(&self, version: ProtocolVersion) -> bool {
        version == ProtocolVersion::TLSv1_3
    }

    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn name(&self) -> NamedGroup {
        GROUP.0.into()
    }
}

/// What a client keeps until the server answers.
struct ClientShare {
    key: Box<DecapsulationKey<MlKem768>>,
    seed: [u8; 64],
    x25519: KeyExchange,
    public: Vec<u8>,
}

impl ActiveKeyExchange for ClientShare {
    fn complete(self: Box<Self>, server: &[u8]) -> Result<SharedSecret, Error> {
        let (ciphertext, their_x25519) =
            server.split_at_checked(CIPHERTEXT).ok_or_else(invalid_share)?;
        let shared = self.key.decapsulate_slice(ciphertext).map_err(|_| invalid_share())?;
        record(|| Op::Decapsulate {
            parameter_set: ML_KEM_768.into(),
            seed: self.seed.to_vec(),
            ciphertext: ciphertext.to_vec(),
            shared: shared.to_vec(),
        });
        let private = [&self.seed[..], &self.x25519.private].concat();
        let secret = [&shared[..], &self.x25519.agree(their_x25519)?].concat();
        record_agreement(private, &self.public, server, &secret);
        Ok(secret.into())
    }

    /// The X25519 half is offered by itself as well, for a server without ML-KEM.
    fn hybrid_component(&self) -> Option<(NamedGroup, &[u8])> {
        Some((Group::X25519.code_point().0.into(), &self.x25519.public))
    }

    fn complete_hybrid_component(self: Box<Self>, peer: &[u8]) -> Result<SharedSecret, Error> {
        Ok(self.x25519.agree(peer)?.into())
    }

    fn pub_key(&self) -> &[u8] {
        &self.public
    }

    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn group(&self) -> NamedGroup {
        GROUP.0.into()
    }
}

fn record_agreement(private: Vec<u8>, public: &[u8], peer: &[u8], shared: &[u8]) {
    record(|| Op::KeyAgreement {
        group: GROUP,
        private,
        public: public.to_vec(),
        peer: peer.to_vec(),
        shared: shared.to_vec(),
    });
}

fn invalid_share() -> Error {
    PeerMisbehaved::InvalidKeyShare.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;
    use sha3::Shake128;
    use sha3::digest::{ExtendableOutput, Update, XofReader};

    /// The accumulated vectors of Go's `crypto/mlkem` (`TestAccumulated`, 100 rounds): inputs come
    /// from SHAKE-128 of nothing, results go into a second SHAKE-128.
    #[test]
    fn ml_kem_768_gives_the_accumulated_results_of_fips_203() {
        let mut inputs = Shake128::default().finalize_xof();
        let mut results = Shake128::default();
        for _ in 0..100 {
            let (mut seed, mut m, mut random) = ([0; 64], [0; 32], [0; CIPHERTEXT]);
            inputs.read(&mut seed);
            let key = DecapsulationKey::<MlKem768>::from_seed(seed.into());
            let public = key.encapsulation_key().to_bytes();
            assert_eq!(public.len(), ENCAPSULATION_KEY);
            results.update(&public);
            inputs.read(&mut m);
            let public = EncapsulationKey::<MlKem768>::new_from_slice(&public).unwrap();
            let (ciphertext, shared) = public.encapsulate_deterministic(&m.into());
            results.update(&ciphertext);
            results.update(&shared);
            assert_eq!(key.decapsulate(&ciphertext), shared);
            inputs.read(&mut random);
            results.update(&key.decapsulate_slice(&random).unwrap());
        }
        let mut digest = [0; 32];
        results.finalize_xof().read(&mut digest);
        let known = "1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415";
        assert_eq!(hex::encode(&digest), known);
    }
}
