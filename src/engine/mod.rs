//! Runs a plan: real TCP stacks on a simulated network, real TLS over them, everything recorded.
//!
//! ```text
//!              Plan                 what each peer has: versions, suites, credential, trust, clock
//!               │
//!        certificates, config       chains minted, rustls configured with the recording provider
//!               │
//!    simulation, gateway, run_loop  program ─ host ─ network ─ host ─ program, on a virtual clock
//!               │
//!             Trace
//! ```
//!
//! No wall clock and no ambient randomness: time is each peer's clock plus virtual time, and every random
//! byte comes from the plan's seed ([`seed`]).

mod capabilities;
mod certificates;
mod clock;
mod config;
mod error;
mod forged;
mod gateway;
mod hop;
mod host;
mod http;
mod identity;
pub mod mint;
mod network;
mod plain;
mod program;
mod provider;
mod random_labels;
mod raw_public_key;
mod replay;
mod run_loop;
mod seed;
mod shared_sessions;
mod simulation;
#[cfg(not(target_arch = "wasm32"))]
pub mod socket;
mod tampering;
mod teaching;
mod tls;
mod transport;
mod verifier;

pub use capabilities::{Capabilities, PutCertificates};
pub use error::RunError;
pub use identity::{Identity, JudgedBy, Shown, identity, judged_by, shown, trusted_roots};
pub use provider::RECIPES;
pub use seed::Stream;
pub use verifier::refusal_of_webpki;

/// All signatures on certificates that can be checked here.
pub fn signature_algorithms() -> &'static [&'static dyn SignatureVerificationAlgorithm] {
    provider::Algorithms::ALL.verification.all
}

use crate::hex;
use crate::plan::{Between, Implementation, Peer, Plan, SERVER_ADDRESS};
use crate::scenario::Scenario;
use crate::trace::{Endpoint, FORMAT, Trace};
use certificates::ChainError;
use config::ConfigOf;
use pki_types::SignatureVerificationAlgorithm;
use sha2::{Digest, Sha256};
use std::net::{Ipv4Addr, SocketAddrV4};

/// The client's address: of the block set apart for documentation (RFC 5737).
const CLIENT: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// The server's address and port.
const SERVER: SocketAddrV4 = SocketAddrV4::new(SERVER_ADDRESS, 443);

/// What a scenario means, with the certificates of its recipe.
///
/// # Errors
/// The recipe cannot be made, or does not fit, or what makes it is not among these capabilities.
pub fn plan(scenario: &Scenario, capabilities: &Capabilities) -> Result<Plan, RunError> {
    let mut plan = scenario.plan();
    if !scenario.certs.is_empty() {
        capabilities.recipes()?(&mut plan, &scenario.certs).map_err(ChainError)?;
    }
    Ok(plan)
}

/// Runs a scenario. A handshake that fails gives a trace like any other.
///
/// # Errors
/// The scenario could not be set up, or needs more than these capabilities.
pub fn run(scenario: &Scenario, capabilities: &Capabilities) -> Result<Trace, RunError> {
    let trace = run_plan(&plan(scenario, capabilities)?, capabilities, true)?;
    Ok(Trace { scenario: Some(scenario.text()), ..trace })
}

/// Makes what a run of the scenario takes and keeps for the next one: the certificate chain of its server. A
/// run makes what is not there; this is for callers that want to do something else in between.
///
/// # Errors
/// The chain could not be minted, or needs more than these capabilities.
pub fn prepare(scenario: &Scenario, capabilities: &Capabilities) -> Result<(), RunError> {
    match &plan(scenario, capabilities)?.outer_server().credential {
        Some(own) => certificates::chain(own.chain(), capabilities.algorithms).map(|_| ()),
        None => Ok(()),
    }
}

/// Runs a scenario without keeping events, to measure what recording costs.
///
/// # Errors
/// As [`run`].
pub fn run_unrecorded(scenario: &Scenario, capabilities: &Capabilities) -> Result<Trace, RunError> {
    let trace = run_plan(&plan(scenario, capabilities)?, capabilities, false)?;
    Ok(Trace { scenario: Some(scenario.text()), ..trace })
}

/// Runs a plan. Without `recording` events are not kept.
///
/// # Errors
/// The plan could not be set up, or needs more than these capabilities.
pub fn run_plan(
    plan: &Plan,
    capabilities: &Capabilities,
    recording: bool,
) -> Result<Trace, RunError> {
    let connections = match plan.path.between {
        Between::Nothing => simulation::run(plan, capabilities, recording)?,
        Between::PassThrough | Between::Relay(_) => gateway::run(plan, capabilities, recording)?,
    };
    Ok(Trace { format: FORMAT.into(), scenario: None, clock: plan.clock, connections })
}

/// What opens the TLS connections of a client and a server.
struct EndpointConfigs {
    client: ConfigOf,
    server: ConfigOf,
}

/// A client and a server, each rustls, or for what rustls does not have a teaching endpoint. To be
/// called in a run: keys may be drawn.
///
/// # Errors
/// A peer could not be set up, or needs more than these capabilities.
fn endpoint_configs(
    client: &Peer,
    server: &Peer,
    capabilities: &Capabilities,
) -> Result<EndpointConfigs, RunError> {
    let algorithms = capabilities.algorithms;
    Ok(EndpointConfigs {
        client: match client.implementation {
            Implementation::Rustls => config::client(client, algorithms)?,
            Implementation::Teaching => (capabilities.teaching()?.client)(client)?,
            Implementation::Plain => Box::new(|_| plain::config(Endpoint::Client)),
        },
        server: match server.implementation {
            Implementation::Rustls => config::server(server, algorithms)?,
            Implementation::Teaching => (capabilities.teaching()?.server)(server)?,
            Implementation::Plain => Box::new(|_| plain::config(Endpoint::Server)),
        },
    })
}

/// A hash over everything that went over the wire, as sent and where it was changed as it arrived, with
/// its times: SHA-256 in hexadecimal. Two runs
/// with equal fingerprints had equal packets.
pub fn fingerprint(trace: &Trace) -> String {
    let mut hash = Sha256::new();
    for packet in trace.connections.iter().flat_map(|connection| &connection.packets) {
        hash.update(packet.number.to_be_bytes());
        hash.update(packet.sent_us.to_be_bytes());
        hash.update(packet.received_us.unwrap_or(u64::MAX).to_be_bytes());
        hash.update([packet.from as u8]);
        hash.update((packet.bytes.len() as u64).to_be_bytes());
        hash.update(&packet.bytes);
        hash.update(packet.received.as_deref().unwrap_or_default());
    }
    hex::encode(&hash.finalize())
}
