//! The rustls configurations of both endpoints.

use super::RunError;
use super::certificates::{Chain, chain};
use super::provider::recorder::{record, wall_clock};
use super::provider::{EndpointKey, kx, provider};
use super::setup::Setup;
use super::verifier::{JudgeClient, JudgeServer};
use crate::scenario::{ClientCertificate, Scenario, Version};
use crate::trace::Op;
use pki_types::UnixTime;
use rustls::crypto::CryptoProvider;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, KeyLog, ServerConfig, SupportedProtocolVersion};
use std::sync::Arc;
use std::time::Duration;

/// NewSessionTickets that a TLS 1.3 server sends after the handshake.
const TICKETS: usize = 1;

/// The configurations of client and server.
///
/// # Errors
/// A chain could not be minted, or rustls refused the configuration.
pub fn configs(
    scenario: &Scenario,
    setup: &Setup,
) -> Result<(Arc<ClientConfig>, Arc<ServerConfig>), RunError> {
    let server_chain = chain(&setup.server_chain)?;
    let client_chain = match scenario.client_certificate {
        ClientCertificate::None => None,
        _ => Some(chain(&setup.client_chain)?),
    };
    let only = scenario.suite.map(|suite| (suite, scenario.certificate));
    let versions = versions(scenario.version);
    let provider = Arc::new(provider(versions, only, scenario.group));

    let mut client = {
        let verifier = JudgeServer::new(&server_chain.root, provider.clone())?;
        let builder = ClientConfig::builder_with_details(provider.clone(), Arc::new(Clock))
            .with_protocol_versions(versions)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier));
        match client_chain.as_ref().filter(|_| setup.client_has_certificate) {
            Some(chain) => builder.with_client_cert_resolver(identity(chain)),
            None => builder.with_no_client_auth(),
        }
    };
    client.alpn_protocols = scenario.alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    client.key_log = Arc::new(Recorded);

    let provider = match &scenario.server_groups[..] {
        [] => provider,
        groups => Arc::new(CryptoProvider { kx_groups: kx::only(groups), ..(*provider).clone() }),
    };
    let mut server = {
        let builder = ServerConfig::builder_with_details(provider.clone(), Arc::new(Clock))
            .with_protocol_versions(versions)?;
        match client_chain {
            None => builder.with_no_client_auth(),
            Some(chain) => {
                builder.with_client_cert_verifier(judge_client(scenario, &chain, provider)?)
            }
        }
        .with_cert_resolver(identity(&server_chain))
    };
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    server.send_tls13_tickets = TICKETS;
    server.key_log = Arc::new(Recorded);

    Ok((Arc::new(client), Arc::new(server)))
}

fn versions(version: Version) -> &'static [&'static SupportedProtocolVersion] {
    static TLS12_ONLY: &[&SupportedProtocolVersion] = &[&TLS12];
    static TLS13_ONLY: &[&SupportedProtocolVersion] = &[&TLS13];
    static BOTH: &[&SupportedProtocolVersion] = &[&TLS13, &TLS12];
    match version {
        Version::Tls12 => TLS12_ONLY,
        Version::Tls13 => TLS13_ONLY,
        Version::Any => BOTH,
    }
}

fn identity(chain: &Chain) -> Arc<SingleCertAndKey> {
    let key = Arc::new(EndpointKey(chain.key.clone()));
    Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain.sent.clone(), key)))
}

fn judge_client(
    scenario: &Scenario,
    chain: &Chain,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<JudgeClient>, RunError> {
    let required = scenario.client_certificate == ClientCertificate::Required;
    Ok(Arc::new(JudgeClient::new(&chain.root, required, provider)?))
}

/// The virtual clock.
#[derive(Debug)]
struct Clock;

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(wall_clock())))
    }
}

/// Secrets go into the trace.
#[derive(Debug)]
struct Recorded;

impl KeyLog for Recorded {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        record(|| Op::KeyLog {
            label: label.into(),
            client_random: client_random.to_vec(),
            secret: secret.to_vec(),
        });
    }
}
