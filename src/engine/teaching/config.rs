//! What the teaching endpoints are set up with.

use super::suite::{self, Suite};
use crate::engine::RunError;
use crate::engine::certificates::chain;
use crate::engine::provider::{Algorithms, PrivateKey, provider};
use crate::engine::setup::Setup;
use crate::engine::verifier::{JudgeClient, JudgeServer};
use crate::scenario::{ClientCertificate, Scenario};
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
    /// Its own chain and key, for a server that asks.
    pub identity: Option<(Vec<CertificateDer<'static>>, Arc<PrivateKey>)>,
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
    pub client_verifier: Option<JudgeClient>,
}

/// Of client and server.
type Configs = (Arc<ClientConfig>, Arc<ServerConfig>);

/// What client and server of this scenario are set up with.
///
/// # Errors
/// A chain could not be minted, or the name is none.
pub fn configs(scenario: &Scenario, setup: &Setup) -> Result<Configs, RunError> {
    let server_chain = chain(&setup.server_chain, Algorithms::ALL)?;
    let client_chain = match scenario.client_certificate {
        ClientCertificate::None => None,
        _ => Some(chain(&setup.client_chain, Algorithms::ALL)?),
    };
    let required = scenario.client_certificate == ClientCertificate::Required;
    let provider = provider(Algorithms::ALL, &[&rustls::version::TLS12], None, scenario.group)?;
    let provider = Arc::new(provider);
    let name =
        ServerName::try_from(setup.host).map_err(|error| RunError::Tls(error.to_string()))?;
    let client = ClientConfig {
        name,
        suites: suite::of(scenario),
        groups: provider.kx_groups.clone(),
        alpn: scenario.alpn.iter().map(|name| name.as_bytes().to_vec()).collect(),
        extended_master_secret: scenario.extended_master_secret,
        verifier: JudgeServer::new(&server_chain.root, &provider)?,
        identity: client_chain
            .as_ref()
            .filter(|_| setup.client_has_certificate)
            .map(|chain| (chain.sent.clone(), chain.key.clone())),
    };
    let server = ServerConfig {
        suites: suite::of(scenario),
        groups: Algorithms::ALL.accepted(&scenario.server_groups, &provider.kx_groups)?,
        alpn: vec![b"http/1.1".to_vec()],
        extended_master_secret: scenario.extended_master_secret,
        chain: server_chain.sent.clone(),
        key: server_chain.key.clone(),
        client_verifier: client_chain
            .map(|chain| JudgeClient::new(&chain.root, required, provider))
            .transpose()?,
    };
    Ok((Arc::new(client), Arc::new(server)))
}
