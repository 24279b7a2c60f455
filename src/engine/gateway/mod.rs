//! Client, gateway, service: two connections that are alive at the same time, on one virtual clock.
//!
//! ```text
//! client ── 192.0.2.0/24 ── gateway ── 198.51.100.0/24 ── service
//!  program   host, link, host  │  host, link, host       program
//!                              │
//!                  relay: HTTP in, HTTP out      (terminate, re-encrypt, mutual)
//!                  pipe: octets in, octets out   (pass-through)
//! ```
//!
//! The gateway has a socket on each side. The inner connection starts once it knows where to: when it
//! has the whole request, or for pass-through the name in the ClientHello.

mod hop;
mod pipe;
mod plain;
mod relay;

use super::certificates::{ChainPlan, Purpose};
use super::config::{self, Ends};
use super::http;
use super::link::Link;
use super::program::{Process, Program, Role};
use super::provider::{Algorithms, recorder};
use super::seed::Stream;
use super::simulation::{MAX_EVENTS, PATIENCE_US};
use super::{CLIENT, Capabilities, RunError, SERVER, Setup};
use crate::scenario::{ClientCertificate, Gateway, Scenario};
use crate::trace::{self, Connection, Endpoint, Op, Roles};
use crate::wire::application_data::http_field;
use hop::{Hop, Opening};
use std::net::{Ipv4Addr, SocketAddrV4};

/// The gateway's address on the inner network, which is of a block set apart for documentation (RFC
/// 5737).
const INNER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);

/// The service's address.
const SERVICE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);

/// The service's name on the inner network, of a domain set apart for documentation (RFC 2606).
pub const SERVICE_NAME: &str = "service.internal.example";

/// The gateway's name on the inner network, where it has a certificate of its own.
pub const GATEWAY_NAME: &str = "gateway.internal.example";

/// Gateway and service stand near each other: one way takes this long, in microseconds.
const INNER_DELAY_US: u64 = 1_000;

/// What joins the two sides of the gateway.
enum Middle {
    Relay(relay::Shared),
    Pipe(pipe::Shared),
}

impl Middle {
    /// Where the client wants to go, once the gateway can tell: the field that says so, and the name.
    fn destination(&self) -> Option<(&'static str, String)> {
        match self {
            Middle::Pipe(pipe) => pipe::server_name(pipe).map(|name| ("server_name", name)),
            Middle::Relay(relay) => {
                let relay = relay.borrow();
                let request = relay.request.as_deref()?;
                Some(("Host", http_field(request, "host").unwrap_or_default()))
            }
        }
    }

    /// Where the inner connection has failed, the client is told.
    fn inner_failed(&self) {
        if let Middle::Relay(relay) = self {
            relay.borrow_mut().response = Some(relay::BAD_GATEWAY.to_vec());
        }
    }
}

/// The four programs and what joins the two in the middle.
struct Programs {
    client: Box<dyn Process>,
    front: Box<dyn Process>,
    back: Box<dyn Process>,
    service: Box<dyn Process>,
    middle: Middle,
}

fn programs(
    scenario: &Scenario,
    setup: &Setup,
    algorithms: &Algorithms,
) -> Result<Programs, RunError> {
    let outer = config::ends(scenario, setup, algorithms)?;
    let request = http::Request { target: "/", pause_us: 0 };
    let asks = http::Client::new(setup.host, vec![request], http::Update::No);
    let (client_role, server_role) = roles(&outer, setup.host)?;
    let client = Box::new(Program::new(client_role, Box::new(asks)));
    let answers = Box::<relay::Service>::default();
    if scenario.gateway == Gateway::PassThrough {
        let pipe = pipe::Shared::default();
        return Ok(Programs {
            client,
            front: Box::new(pipe::PipeEnd::new(pipe.clone(), true)),
            back: Box::new(pipe::PipeEnd::new(pipe.clone(), false)),
            service: Box::new(Program::new(server_role, answers)),
            middle: Middle::Pipe(pipe),
        });
    }
    let (back_role, service_role) = match scenario.gateway {
        Gateway::Terminate => (plain::role(), plain::role()),
        _ => roles(&inner_ends(scenario, algorithms)?, SERVICE_NAME)?,
    };
    let relay = relay::Shared::default();
    let back = relay::Back::new(relay.clone(), CLIENT);
    Ok(Programs {
        client,
        front: Box::new(Program::new(server_role, Box::new(relay::Front(relay.clone())))),
        back: Box::new(Program::new(back_role, Box::new(back))),
        service: Box::new(Program::new(service_role, answers)),
        middle: Middle::Relay(relay),
    })
}

/// Client and server of TLS, for a server of this name.
fn roles(ends: &Ends, name: &'static str) -> Result<(Role, Role), RunError> {
    let (client, server) = ends.of(0);
    let name =
        pki_types::ServerName::try_from(name).map_err(|error| RunError::Tls(error.to_string()))?;
    Ok((Role::Client(client, name), Role::Server(server)))
}

/// The ends of the inner TLS connection: the same choices, other names, other authorities.
fn inner_ends(scenario: &Scenario, algorithms: &Algorithms) -> Result<Ends, RunError> {
    let plan =
        |purpose, name| ChainPlan::new(scenario.seed, scenario.certificate, purpose, &[name]);
    let setup = Setup {
        host: SERVICE_NAME,
        server_chain: plan(Purpose::Service, SERVICE_NAME),
        client_chain: plan(Purpose::Gateway, GATEWAY_NAME),
        client_has_certificate: true,
    };
    let client_certificate = match scenario.gateway {
        Gateway::Mutual => ClientCertificate::Required,
        _ => ClientCertificate::None,
    };
    let alpn = vec!["http/1.1".into()];
    config::ends(&Scenario { client_certificate, alpn, ..scenario.clone() }, &setup, algorithms)
}

/// Who is at the ends of the outer and of the inner hop.
fn ends(gateway: Gateway) -> [Roles; 2] {
    use trace::Role::{Client, Gateway as Between, Service};
    let of = match gateway {
        Gateway::PassThrough => Roles::passing,
        _ => Roles::of,
    };
    [of(Client, Between), of(Between, Service)]
}

/// Runs a scenario with a gateway: the outer connection, and the inner one if it came to that.
///
/// # Errors
/// The scenario could not be set up, or the run does not come to an end.
pub fn run(
    scenario: &Scenario,
    setup: &Setup,
    capabilities: &Capabilities,
    recording: bool,
) -> Result<Vec<Connection>, RunError> {
    let session = recorder::Session::start(scenario.seed, recording);
    let connections = simulate(scenario, programs(scenario, setup, capabilities.algorithms)?)?;
    session.complete()?;
    Ok(connections)
}

fn simulate(scenario: &Scenario, programs: Programs) -> Result<Vec<Connection>, RunError> {
    let Programs { client, front, back, service, middle } = programs;
    let mut network = Stream::new(scenario.seed, "network");
    let window = scenario.window as usize;
    let [outer_roles, inner_roles] = ends(scenario.gateway);
    let outer = Opening {
        roles: outer_roles,
        client: CLIENT,
        server: SERVER,
        link: Link::of(scenario, 0),
        window,
        recorded: recorder::Hop::new(scenario.seed, "client", "gateway"),
    };
    let port = if scenario.gateway == Gateway::Terminate { 8080 } else { 443 };
    let inner = Opening {
        roles: inner_roles,
        client: INNER,
        server: SocketAddrV4::new(SERVICE, port),
        link: Link::new(INNER_DELAY_US),
        window,
        recorded: recorder::Hop::new(scenario.seed, "gateway inside", "service"),
    };
    let mut hops = vec![outer.open(&mut network, 0, client, front)?];
    let mut waiting = Some((inner, back, service));
    let (mut now_us, mut deadline_us, mut failed) = (0, PATIENCE_US, false);
    for _ in 0..MAX_EVENTS {
        let mut progress = false;
        // What one side of the gateway reads, the other passes on at the same moment.
        while hops.iter_mut().fold(false, |any, hop| hop.run(now_us) | any) {
            progress = true;
            if let Some((field, name)) = middle.destination()
                && let Some((inner, back, service)) = waiting.take()
            {
                let op = Op::Routed { field: field.into(), name, to: inner.server };
                if let Some(outer) = hops.first_mut() {
                    outer.note(Endpoint::Server, now_us, op);
                }
                hops.push(inner.open(&mut network, now_us, back, service)?);
            }
            if !failed && hops.get(1).is_some_and(Hop::client_failed) {
                failed = true;
                middle.inner_failed();
            }
        }
        if progress {
            deadline_us = now_us + PATIENCE_US;
        }
        if hops.iter().all(Hop::is_done) {
            return Ok(finish(hops));
        }
        let next_us = hops.iter_mut().filter_map(|hop| hop.next_us(now_us)).min();
        match next_us.filter(|next_us| *next_us < deadline_us) {
            Some(next_us) => now_us = now_us.max(next_us),
            None => {
                hops.iter_mut().for_each(|hop| hop.time_out(deadline_us));
                return Ok(finish(hops));
            }
        }
    }
    Err(RunError::TooManyEvents(MAX_EVENTS))
}

fn finish(hops: Vec<Hop>) -> Vec<Connection> {
    (0..).zip(hops).map(|(id, hop)| hop.finish(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tls::{Received, Tls};
    use crate::trace::Status;

    /// Refuses whatever comes.
    struct Refusing;

    impl Tls for Refusing {
        fn receive(&mut self, _: &[u8]) -> Result<Received, String> {
            Err("refused".into())
        }

        fn end_of_stream(&mut self) -> Result<(), String> {
            Err("refused".into())
        }

        fn is_handshaking(&self) -> bool {
            false
        }

        fn send(&mut self, _: &[u8]) -> Result<(), String> {
            Err("refused".into())
        }

        fn send_close_notify(&mut self) {}

        fn write_to(&mut self, _: &mut Vec<u8>) {}
    }

    #[test]
    fn a_client_is_told_where_the_inner_connection_fails() {
        let scenario = Scenario::parse("gateway-terminate").unwrap();
        let _session = recorder::Session::start(scenario.seed, true);
        let mut programs = programs(&scenario, &Setup::new(&scenario), Algorithms::FIRST).unwrap();
        let Middle::Relay(relay) = &programs.middle else { panic!("no relay") };
        let back = relay::Back::new(relay.clone(), CLIENT);
        let refusing = Role::Other(Box::new(|| Box::new(Refusing)));
        programs.back = Box::new(Program::new(refusing, Box::new(back)));
        let connections = simulate(&scenario, programs).unwrap();
        let [outer, inner] = &connections[..] else { panic!("two hops") };
        assert_eq!(inner.client_end.status, Status::Failed);
        assert_eq!(outer.client_end.status, Status::Established);
        let answer = outer.events_of(Endpoint::Client).find_map(|event| match &event.op {
            Op::DataRead { data } => Some(data.clone()),
            _ => None,
        });
        assert_eq!(answer.as_deref(), Some(relay::BAD_GATEWAY));
    }
}
