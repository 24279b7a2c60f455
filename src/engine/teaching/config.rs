//! What the teaching endpoints are set up with.

use super::suite::{self, Suite};
use crate::engine::certificates::chain;
use crate::engine::clock::Clock;
use crate::engine::provider::{Algorithms, PrivateKey, provider};
use crate::engine::verifier::{RecordingClientVerifier, RecordingServerVerifier};
use crate::engine::{RunError, config};
use crate::plan::{Peer, Verification};
use pki_types::{CertificateDer, ServerName};
use rustls::crypto::SupportedKxGroup;
use std::sync::Arc;

/// What a client can do, and whom it trusts.
pub struct ClientConfig {
    /// The name of the server it wants.
    pub name: ServerName<'static>,
    /// Cipher suites, most wanted first.
    pub suites: Vec<&'static Suite>,
    /// Key exchange groups, most wanted first.
    pub groups: Vec<&'static dyn SupportedKxGroup>,
    /// Application protocols, most wanted first.
    pub alpn: Vec<Vec<u8>>,
    /// Whether it offers extended_master_secret.
    pub extended_master_secret: bool,
    /// Judges the server's chain, as where rustls runs.
    pub verifier: RecordingServerVerifier,
    /// Its own chain and key, for a server that asks.
    pub identity: Option<(Vec<CertificateDer<'static>>, Arc<PrivateKey>)>,
    /// Its clock.
    pub clock: Clock,
}

/// What a server can do, and who it is.
pub struct ServerConfig {
    /// Cipher suites.
    pub suites: Vec<&'static Suite>,
    /// Key exchange groups, most wanted first.
    pub groups: Vec<&'static dyn SupportedKxGroup>,
    /// Application protocols, most wanted first.
    pub alpn: Vec<Vec<u8>>,
    /// Whether it agrees to extended_master_secret.
    pub extended_master_secret: bool,
    /// What it sends: leaf, then intermediate.
    pub chain: Vec<CertificateDer<'static>>,
    /// The leaf's key.
    pub key: Arc<PrivateKey>,
    /// Judges the client's chain; `None` if the server does not ask for one.
    pub client_verifier: Option<RecordingClientVerifier>,
    /// Its clock.
    pub clock: Clock,
}

/// A client.
///
/// # Errors
/// A chain could not be minted, or the name is none.
pub fn client_config(peer: &Peer) -> Result<Arc<ClientConfig>, RunError> {
    let provider = Arc::new(provider(peer, Algorithms::ALL)?);
    let anchors = config::anchors(peer, Algorithms::ALL)?;
    let chain =
        peer.credential.as_ref().map(|own| chain(own.chain(), Algorithms::ALL)).transpose()?;
    Ok(Arc::new(ClientConfig {
        name: config::server_name(peer)?,
        suites: suite::of(peer),
        groups: provider.kx_groups.clone(),
        alpn: alpn(peer),
        extended_master_secret: peer.extended_main_secret,
        verifier: RecordingServerVerifier::new(anchors, peer.trust.verification, provider)?,
        identity: chain.map(|chain| (chain.sent.clone(), chain.key.clone())),
        clock: Clock(peer.clock),
    }))
}

/// A server.
///
/// # Errors
/// A chain could not be minted, or there is none.
pub fn server_config(peer: &Peer) -> Result<Arc<ServerConfig>, RunError> {
    let provider = Arc::new(provider(peer, Algorithms::ALL)?);
    let Some(credential) = &peer.credential else {
        return Err(RunError::Tls("a server needs a credential".into()));
    };
    let chain = chain(credential.chain(), Algorithms::ALL)?;
    let groups = provider.kx_groups.clone();
    let client_verifier = match peer.trust.verification {
        Verification::Off => None,
        asked => {
            let anchors = config::anchors(peer, Algorithms::ALL)?;
            Some(RecordingClientVerifier::new(anchors, asked, provider)?)
        }
    };
    Ok(Arc::new(ServerConfig {
        suites: suite::of(peer),
        groups,
        alpn: alpn(peer),
        extended_master_secret: peer.extended_main_secret,
        chain: chain.sent.clone(),
        key: chain.key.clone(),
        client_verifier,
        clock: Clock(peer.clock),
    }))
}

fn alpn(peer: &Peer) -> Vec<Vec<u8>> {
    peer.alpn.iter().map(|name| name.as_bytes().to_vec()).collect()
}
