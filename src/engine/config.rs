//! The rustls configurations of a client and a server, each from its own [`Peer`], with what they
//! remember of earlier connections.

use super::RunError;
use super::certificates::{Chain, chain, public_key_info, revocation_list};
use super::clock::Clock;
use super::program::TlsConfig;
use super::provider::recorder::record;
use super::provider::{Algorithms, EndpointKey, Ticketer, provider};
use super::raw_public_key;
use super::verifier::{Anchors, RecordingClientVerifier, RecordingServerVerifier};
use crate::plan::{Credential, EarlyData, Peer, Sessions, Trust, Verification};
use crate::trace::Op;
use pki_types::{CertificateDer, ServerName};
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, KeyLog, ServerConfig, SupportedProtocolVersion};
use std::sync::Arc;

/// Bytes of early data that a server takes at most: rustls buffers them.
const MAX_EARLY_DATA: u32 = 4096;

/// What opens the TLS connection of one end, by the connection's number, from 0.
pub type ConfigOf = Box<dyn Fn(u32) -> TlsConfig + Send + Sync>;

/// A rustls client.
///
/// # Errors
/// A chain could not be minted, an algorithm is not loaded, the name is none, or rustls refused the configuration.
pub fn client(peer: &Peer, algorithms: &Algorithms) -> Result<ConfigOf, RunError> {
    client_of(peer, client_config(peer, algorithms)?)
}

/// The same, with certificates and a key that were not made here.
///
/// # Errors
/// The same.
#[cfg(not(target_arch = "wasm32"))]
pub fn client_showing(
    peer: &Peer,
    algorithms: &Algorithms,
    own: CertifiedKey,
) -> Result<ConfigOf, RunError> {
    let mut config = client_config(peer, algorithms)?;
    config.client_auth_cert_resolver = Arc::new(SingleCertAndKey::from(own));
    client_of(peer, config)
}

fn client_of(peer: &Peer, config: ClientConfig) -> Result<ConfigOf, RunError> {
    let (config, name) = (Arc::new(config), server_name(peer)?);
    Ok(Box::new(move |_| TlsConfig::Client(config.clone(), name.clone())))
}

/// A rustls server. To be called in a run: a ticket key is drawn.
///
/// # Errors
/// A chain could not be minted, an algorithm is not loaded, or rustls refused the configuration.
pub fn server(peer: &Peer, algorithms: &Algorithms) -> Result<ConfigOf, RunError> {
    let first = server_config(peer, algorithms)?;
    // As when an operator turns early data off: the sessions given out before are still good.
    let mut later = first.clone();
    if peer.early_data == EarlyData::Rejected {
        later.max_early_data_size = 0;
    }
    let (first, later) = (Arc::new(first), Arc::new(later));
    Ok(Box::new(move |connection| {
        TlsConfig::Server(if connection == 0 { first.clone() } else { later.clone() })
    }))
}

/// The name that a client wants to reach.
///
/// # Errors
/// It wants none, or one that is none.
pub fn server_name(peer: &Peer) -> Result<ServerName<'static>, RunError> {
    let name = peer.name.clone().unwrap_or_default();
    ServerName::try_from(name).map_err(|error| RunError::Tls(error.to_string()))
}

/// What a peer judges by.
///
/// # Errors
/// A chain or a revocation list could not be minted.
pub fn anchors(peer: &Peer, algorithms: &Algorithms) -> Result<Anchors, RunError> {
    let Trust { roots, given_roots, revocation_lists, pins, .. } = &peer.trust;
    let root = |plan| Ok(chain(plan, algorithms)?.root.clone());
    let pin = |plan| match chain(plan, algorithms)?.sent.first() {
        Some(leaf) => Ok(public_key_info(leaf)?),
        None => Err(RunError::Tls("a pinned chain has no leaf".into())),
    };
    let given = given_roots.iter().map(|root| Ok(CertificateDer::from(root.clone())));
    Ok(Anchors {
        roots: roots.iter().map(root).chain(given).collect::<Result<_, RunError>>()?,
        revocation_lists: revocation_lists
            .iter()
            .map(|plan| revocation_list(plan, algorithms))
            .collect::<Result<_, _>>()?,
        pins: pins.iter().map(pin).collect::<Result<_, RunError>>()?,
        schemes: peer.signature_schemes.clone(),
    })
}

fn client_config(peer: &Peer, algorithms: &Algorithms) -> Result<ClientConfig, RunError> {
    let provider = Arc::new(provider(peer, algorithms)?);
    let builder = ClientConfig::builder_with_details(provider.clone(), Arc::new(Clock(peer.clock)))
        .with_protocol_versions(&versions(peer))?
        .dangerous()
        .with_custom_certificate_verifier(server_verifier(peer, algorithms, provider)?);
    let mut config = match &peer.credential {
        Some(own) => {
            builder.with_client_cert_resolver(certified(&*chain(own.chain(), algorithms)?))
        }
        None => builder.with_no_client_auth(),
    };
    config.enable_sni = peer.sends_name;
    config.alpn_protocols = alpn(peer);
    config.key_log = Arc::new(RecordingKeyLog);
    config.enable_early_data = peer.has_early_data();
    if peer.certificate_compression {
        (algorithms.zlib()?.client)(&mut config);
    }
    Ok(config)
}

fn server_config(peer: &Peer, algorithms: &Algorithms) -> Result<ServerConfig, RunError> {
    let provider = Arc::new(provider(peer, algorithms)?);
    let builder = ServerConfig::builder_with_details(provider.clone(), Arc::new(Clock(peer.clock)))
        .with_protocol_versions(&versions(peer))?;
    let builder = match peer.trust.verification {
        Verification::Off => builder.with_no_client_auth(),
        _ => {
            builder.with_client_cert_verifier(client_verifier(peer, algorithms, provider.clone())?)
        }
    };
    let mut config = builder.with_cert_resolver(shown(peer, algorithms)?);
    config.alpn_protocols = alpn(peer);
    config.send_tls13_tickets = peer.tickets;
    config.key_log = Arc::new(RecordingKeyLog);
    match peer.sessions {
        Sessions::Stored => {}
        Sessions::Tickets => config.ticketer = Arc::new(Ticketer::new()),
        Sessions::Shared => config.session_storage = algorithms.shared_sessions()?(),
    }
    if peer.certificate_compression {
        (algorithms.zlib()?.server)(&mut config);
    }
    if peer.has_early_data() {
        config.max_early_data_size = MAX_EARLY_DATA;
        // Or the answer to early data would wait for the client's Finished.
        config.send_half_rtt_data = true;
    }
    Ok(config)
}

fn server_verifier(
    peer: &Peer,
    algorithms: &Algorithms,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, RunError> {
    let Some(key) = peer.trust.raw_public_keys.first() else {
        let (anchors, verification) = (anchors(peer, algorithms)?, peer.trust.verification);
        return Ok(Arc::new(RecordingServerVerifier::new(anchors, verification, provider)?));
    };
    Ok(raw_public_key::verifier(&*chain(key, algorithms)?, &provider)?)
}

fn client_verifier(
    peer: &Peer,
    algorithms: &Algorithms,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<RecordingClientVerifier>, RunError> {
    let (anchors, verification) = (anchors(peer, algorithms)?, peer.trust.verification);
    Ok(Arc::new(RecordingClientVerifier::new(anchors, verification, provider)?))
}

/// What a server shows to say who it is.
fn shown(peer: &Peer, algorithms: &Algorithms) -> Result<Arc<dyn ResolvesServerCert>, RunError> {
    match &peer.credential {
        Some(Credential::Chain(plan)) if peer.name.is_some() || peer.default_chain.is_some() => {
            let default = peer.default_chain.as_ref().unwrap_or(plan);
            let [named, unnamed] = [plan, default].map(|plan| chain(plan, algorithms));
            let (named, unnamed) =
                (Arc::new(certified_key(&*named?)), Arc::new(certified_key(&*unnamed?)));
            Ok(Arc::new(ByName { name: peer.name.clone(), named, unnamed }))
        }
        Some(Credential::Chain(plan)) => Ok(certified(&*chain(plan, algorithms)?)),
        Some(Credential::RawPublicKey(plan)) => {
            Ok(raw_public_key::resolver(&*chain(plan, algorithms)?)?)
        }
        None => Err(RunError::Tls("a server needs a credential".into())),
    }
}

fn versions(peer: &Peer) -> Vec<&'static SupportedProtocolVersion> {
    [&TLS13, &TLS12]
        .into_iter()
        .filter(|version| peer.versions.contains(&version.version))
        .collect()
}

fn alpn(peer: &Peer) -> Vec<Vec<u8>> {
    peer.alpn.iter().map(|name| name.as_bytes().to_vec()).collect()
}

fn certified(chain: &Chain) -> Arc<SingleCertAndKey> {
    Arc::new(SingleCertAndKey::from(certified_key(chain)))
}

fn certified_key(chain: &Chain) -> CertifiedKey {
    let key = Arc::new(EndpointKey(chain.key.clone()));
    CertifiedKey::new(chain.sent.clone(), key)
}

/// Chooses what to show by the name that a client sends.
#[derive(Debug)]
struct ByName {
    /// The only name that is served; `None` for any.
    name: Option<String>,
    named: Arc<CertifiedKey>,
    /// For a client that sends no name.
    unnamed: Arc<CertifiedKey>,
}

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        match (hello.server_name(), &self.name) {
            (None, _) => Some(self.unnamed.clone()),
            (Some(asked), Some(served)) if asked != served => None,
            _ => Some(self.named.clone()),
        }
    }
}

/// Secrets go into the trace.
#[derive(Debug)]
struct RecordingKeyLog;

impl KeyLog for RecordingKeyLog {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        record(|| Op::KeyLog {
            label: label.into(),
            client_random: client_random.to_vec(),
            secret: secret.to_vec(),
        });
    }
}
