//! What the teaching endpoints are set up with.

use super::suite::{self, Suite};
use crate::engine::RunError;
use crate::engine::certificates::chain;
use crate::engine::program::Role;
use crate::engine::provider::{PrivateKey, provider};
use crate::engine::setup::Setup;
use crate::engine::verifier::JudgeServer;
use crate::scenario::Scenario;
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
    pub verifier: JudgeServer,
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
}

/// The roles of client and server in this scenario.
///
/// # Errors
/// A chain could not be minted, or the name is none.
pub fn roles(scenario: &Scenario, setup: &Setup) -> Result<(Role, Role), RunError> {
    let chain = chain(&setup.server_chain)?;
    let provider = Arc::new(provider(&[&rustls::version::TLS12], None, scenario.group));
    let name =
        ServerName::try_from(setup.host).map_err(|error| RunError::Tls(error.to_string()))?;
    let client = ClientConfig {
        name,
        suites: suite::of(scenario),
        groups: provider.kx_groups.clone(),
        alpn: scenario.alpn.iter().map(|name| name.as_bytes().to_vec()).collect(),
        extended_master_secret: scenario.extended_master_secret,
        verifier: JudgeServer::new(&chain.root, provider.clone())?,
    };
    let server = ServerConfig {
        suites: suite::of(scenario),
        groups: provider.kx_groups.clone(),
        alpn: vec![b"http/1.1".to_vec()],
        extended_master_secret: scenario.extended_master_secret,
        chain: chain.sent.clone(),
        key: chain.key.clone(),
    };
    Ok((Role::TeachingClient(Arc::new(client)), Role::TeachingServer(Arc::new(server))))
}
