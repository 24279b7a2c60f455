//! Runs a scenario: real TCP stacks on a simulated link, real TLS over them, everything recorded.
//!
//! ```text
//! Scenario ─▶ Setup ◀─ fault        what each side has: names, chains, trust
//!               │
//!        certificates, config       chains minted, rustls configured with the recording provider
//!               │
//!          simulation               program ─ host ─ link ─ host ─ program, on a virtual clock
//!               │
//!             Trace
//! ```
//!
//! No wall clock and no ambient randomness: time is [`crate::scenario::CLOCK`] plus the virtual clock, and every
//! random octet comes from the scenario's seed ([`seed`]).

mod capabilities;
mod certificates;
mod compression;
mod config;
mod error;
pub mod faults;
mod gateway;
mod host;
mod http;
mod identity;
mod link;
mod program;
mod provider;
mod purposes;
mod raw_key;
mod seed;
mod setup;
mod simulation;
#[cfg(not(target_arch = "wasm32"))]
pub mod socket;
mod teaching;
mod tls;
mod transport;
mod verifier;

pub use capabilities::Capabilities;
pub use error::RunError;
pub use identity::{Identity, identity};
pub use setup::{CLIENT_NAME, HOST, Setup};

use crate::scenario::{CLOCK, Gateway, KeyUpdate, Scenario};
use crate::trace::{Connection, Endpoint, FORMAT, Trace, hex};
use host::Host;
use http::{Application, Request, Update};
use link::Link;
use program::{Program, Role, Roles};
use provider::recorder::{self, Session};
use seed::Stream;
use sha2::{Digest, Sha256};
use simulation::{Side, simulate};
use std::net::{Ipv4Addr, SocketAddrV4};

/// The client's address: of the block set apart for documentation (RFC 5737).
const CLIENT: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// The server's address and port.
const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 443);

/// Runs a scenario. A handshake that fails gives a trace like any other.
///
/// # Errors
/// The scenario could not be set up, or needs more than these capabilities.
pub fn run(scenario: &Scenario, capabilities: &Capabilities) -> Result<Trace, RunError> {
    run_with(scenario, capabilities, true)
}

/// Runs a scenario without keeping events, to measure what recording costs.
///
/// # Errors
/// As [`run`].
pub fn run_unrecorded(scenario: &Scenario, capabilities: &Capabilities) -> Result<Trace, RunError> {
    run_with(scenario, capabilities, false)
}

fn run_with(
    scenario: &Scenario,
    capabilities: &Capabilities,
    recording: bool,
) -> Result<Trace, RunError> {
    let setup = Setup::new(scenario);
    let connections = if scenario.gateway == Gateway::None {
        connections(scenario, &setup, capabilities, recording)?
    } else {
        gateway::run(scenario, &setup, capabilities, recording)?
    };
    Ok(Trace { format: FORMAT.into(), scenario: Some(scenario.text()), clock: CLOCK, connections })
}

/// The connections between a client and a server, one after the other.
fn connections(
    scenario: &Scenario,
    setup: &Setup,
    capabilities: &Capabilities,
    recording: bool,
) -> Result<Vec<Connection>, RunError> {
    let pause_us = u64::from(scenario.pause_ms) * 1000;
    let mut lab = Lab::new(scenario, setup, capabilities, recording)?;
    let mut connections = Vec::new();
    for _ in 0..scenario.connections() {
        let (client, server) = applications(scenario, setup, pause_us);
        connections.push(lab.connect(client, server)?);
        lab.now_us += pause_us;
    }
    Ok(connections)
}

/// Client and server of HTTP, as the scenario has them, with `pause_us` microseconds between requests.
fn applications(
    scenario: &Scenario,
    setup: &Setup,
    pause_us: u64,
) -> (Box<dyn Application>, Box<dyn Application>) {
    let update = |who| if scenario.key_update == who { Update::Due } else { Update::No };
    let mut requests = vec![Request { target: "/", pause_us }; scenario.requests as usize];
    if scenario.key_update != KeyUpdate::None {
        // Something has to go under the new keys, and at once.
        let second = requests.len().min(1);
        requests.insert(second, Request { target: "/again", pause_us: 0 });
    }
    (
        Box::new(
            http::Client::new(setup.host, requests, update(KeyUpdate::Client))
                .closing(scenario.close),
        ),
        Box::new(http::Server::new(update(KeyUpdate::Server))),
    )
}

/// What lasts from one connection to the next: both ends with what they remember, the generators,
/// and the clock.
struct Lab<'a> {
    scenario: &'a Scenario,
    roles: Roles,
    session: Session,
    network: Stream,
    now_us: u64,
    opened: u32,
}

impl Lab<'_> {
    /// At virtual time 0.
    ///
    /// # Errors
    /// The scenario could not be set up.
    fn new<'a>(
        scenario: &'a Scenario,
        setup: &Setup,
        capabilities: &Capabilities,
        recording: bool,
    ) -> Result<Lab<'a>, RunError> {
        let session = Session::start(scenario.seed, recording);
        Ok(Lab {
            scenario,
            roles: roles(scenario, setup, capabilities)?,
            session,
            network: Stream::new(scenario.seed, "network"),
            now_us: 0,
            opened: 0,
        })
    }

    /// Runs one connection between two applications, to its end.
    ///
    /// # Errors
    /// An address is not usable, or the run does not come to an end.
    fn connect(
        &mut self,
        client_application: Box<dyn Application>,
        server_application: Box<dyn Application>,
    ) -> Result<Connection, RunError> {
        let id = self.opened;
        self.opened += 1;
        let (client_role, server_role) = (self.roles)(id);
        let client = SocketAddrV4::new(CLIENT, ephemeral_port(&mut self.network));
        let mut link = Link::of(self.scenario, id);
        let window = self.scenario.window as usize;
        let now_us = self.now_us;

        recorder::turn(Endpoint::Server, now_us);
        let seed = u64::from_be_bytes(self.network.take());
        let server_side = Side {
            who: Endpoint::Server,
            host: Host::listening(SERVER, seed, window, now_us, &mut link)
                .map_err(RunError::Tcp)?,
            program: Box::new(Program::new(server_role, server_application)),
        };
        recorder::turn(Endpoint::Client, now_us);
        let seed = u64::from_be_bytes(self.network.take());
        let client_side = Side {
            who: Endpoint::Client,
            host: Host::connecting(client, SERVER, seed, window, now_us, &mut link)
                .map_err(RunError::Tcp)?,
            program: Box::new(Program::new(client_role, client_application)),
        };
        let outcome = simulate(client_side, server_side, link, now_us)?;
        self.session.complete()?;
        self.now_us = outcome.ended_us;

        let mut events = self.session.take();
        purposes::name_draws(&mut events);
        Ok(Connection {
            id,
            client,
            server: SERVER,
            roles: Default::default(),
            packets: outcome.packets,
            events,
            client_end: outcome.client_end,
            server_end: outcome.server_end,
        })
    }
}

/// What client and server are: rustls, or for what rustls does not have the teaching endpoints. To be
/// called in a run: keys may be drawn.
fn roles(
    scenario: &Scenario,
    setup: &Setup,
    capabilities: &Capabilities,
) -> Result<Roles, RunError> {
    if scenario.has_teaching_endpoints() {
        return capabilities.teaching()?(scenario, setup);
    }
    let ends = config::ends(scenario, setup, capabilities.algorithms)?;
    let name = pki_types::ServerName::try_from(setup.host)
        .map_err(|error| RunError::Tls(error.to_string()))?;
    Ok(Box::new(move |connection| {
        let (client, server) = ends.of(connection);
        (Role::Client(client, name.clone()), Role::Server(server))
    }))
}

/// A port of the range that RFC 6335 sets apart for this.
fn ephemeral_port(network: &mut Stream) -> u16 {
    49_152 + u16::from_be_bytes(network.take()) % 16_384
}

/// A hash over everything that went over the wire, with its times: SHA-256 in hexadecimal. Two runs
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
    }
    hex::encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::http::Next;
    use super::*;
    use crate::trace::{Op, Status};

    /// Says nothing, ever.
    struct Silent;

    impl Application for Silent {
        fn next(&mut self, _: &[u8], _: u64) -> Next {
            Next::Wait
        }
    }

    #[test]
    fn a_connection_where_nothing_happens_any_more_times_out() {
        let scenario = Scenario::default();
        let mut lab =
            Lab::new(&scenario, &Setup::new(&scenario), &Capabilities::all(), true).unwrap();
        let connection = lab.connect(Box::new(Silent), Box::new(Silent)).unwrap();
        for who in Endpoint::BOTH {
            let last = connection.events_of(who).last().unwrap();
            assert_eq!(last.op, Op::TimedOut);
            // The last thing that happened was the server's ticket, after two and a half round trips.
            assert!((30_000_000..31_000_000).contains(&last.at_us), "{}", last.at_us);
            assert_eq!(connection.end(who).status, Status::Established);
        }
    }
}
