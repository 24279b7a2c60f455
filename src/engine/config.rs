//! The rustls configurations of both endpoints, with what they remember of earlier connections.

use super::RunError;
use super::certificates::{Chain, chain};
use super::compression::compress;
use super::provider::recorder::{record, wall_clock};
use super::provider::{Algorithms, EndpointKey, Ticketer, provider};
use super::raw_key::raw_key;
use super::setup::Setup;
use super::verifier::{JudgeClient, JudgeServer};
use crate::scenario::{
    CertCompression, ClientCertificate, EarlyData, Resume, Scenario, ServerCertType, Version,
};
use crate::trace::Op;
use pki_types::UnixTime;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::server::ResolvesServerCert;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::time_provider::TimeProvider;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, KeyLog, ServerConfig, SupportedProtocolVersion};
use std::sync::Arc;
use std::time::Duration;

/// NewSessionTickets that a TLS 1.3 server sends after the handshake.
const TICKETS: usize = 1;

/// Octets of early data that a server takes at most: rustls buffers them.
const MAX_EARLY_DATA: u32 = 4096;

/// The configurations of both ends, which keep the sessions of the connections made with them.
pub struct Ends {
    client: Arc<ClientConfig>,
    server: Arc<ServerConfig>,
    /// What the server runs with from the second connection on.
    server_later: Arc<ServerConfig>,
}

impl Ends {
    /// The configurations for the connection of this number, from 0.
    pub fn of(&self, connection: u32) -> (Arc<ClientConfig>, Arc<ServerConfig>) {
        let server = if connection == 0 { &self.server } else { &self.server_later };
        (self.client.clone(), server.clone())
    }
}

/// The configurations of client and server. To be called in a run: a ticket key is drawn.
///
/// # Errors
/// A chain could not be minted, an algorithm is not loaded, or rustls refused the configuration.
pub fn ends(scenario: &Scenario, setup: &Setup, algorithms: &Algorithms) -> Result<Ends, RunError> {
    let server_chain = chain(&setup.server_chain, algorithms)?;
    let client_chain = match scenario.client_certificate {
        ClientCertificate::None => None,
        _ => Some(chain(&setup.client_chain, algorithms)?),
    };
    let only = scenario.suite.map(|suite| (suite, scenario.certificate));
    let versions = versions(scenario.version);
    let provider = Arc::new(provider(algorithms, versions, only, scenario.group)?);

    let (judge, shown): (Arc<dyn ServerCertVerifier>, Arc<dyn ResolvesServerCert>) = match scenario
        .server_cert_type
    {
        ServerCertType::RawPublicKey => raw_key(&server_chain, &provider)?,
        ServerCertType::X509 => {
            (Arc::new(JudgeServer::new(&server_chain.root, &provider)?), identity(&server_chain))
        }
    };

    let mut client = {
        let builder = ClientConfig::builder_with_details(provider.clone(), Arc::new(Clock))
            .with_protocol_versions(versions)?
            .dangerous()
            .with_custom_certificate_verifier(judge);
        match client_chain.as_ref().filter(|_| setup.client_has_certificate) {
            Some(chain) => builder.with_client_cert_resolver(identity(chain)),
            None => builder.with_no_client_auth(),
        }
    };
    client.alpn_protocols = scenario.alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    client.key_log = Arc::new(Recorded);
    let early = scenario.early_data != EarlyData::None;
    client.enable_early_data = early;

    let kx_groups = algorithms.accepted(&scenario.server_groups, &provider.kx_groups)?;
    let provider = Arc::new(CryptoProvider { kx_groups, ..(*provider).clone() });
    let mut server = {
        let builder = ServerConfig::builder_with_details(provider.clone(), Arc::new(Clock))
            .with_protocol_versions(versions)?;
        match client_chain {
            None => builder.with_no_client_auth(),
            Some(chain) => {
                builder.with_client_cert_verifier(judge_client(scenario, &chain, provider)?)
            }
        }
        .with_cert_resolver(shown)
    };
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    server.send_tls13_tickets = TICKETS;
    server.key_log = Arc::new(Recorded);
    if scenario.resume == Resume::Ticket {
        server.ticketer = Arc::new(Ticketer::new());
    }
    if scenario.cert_compression == CertCompression::Zlib {
        compress(&mut client, &mut server);
    }
    if early {
        server.max_early_data_size = MAX_EARLY_DATA;
        // Or the answer to early data would wait for the client's Finished.
        server.send_half_rtt_data = true;
    }
    // As when an operator turns early data off: the sessions given out before are still good.
    let mut later = server.clone();
    if scenario.early_data == EarlyData::Rejected {
        later.max_early_data_size = 0;
    }
    Ok(Ends { client: Arc::new(client), server: Arc::new(server), server_later: Arc::new(later) })
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
