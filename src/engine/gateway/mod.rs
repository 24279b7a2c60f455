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

mod pipe;
mod plain;
mod relay;

use super::certificates::{ChainPlan, Purpose};
use super::config::{self, Ends};
use super::host::Host;
use super::http;
use super::link::Link;
use super::program::{Process, Program, Role};
use super::provider::recorder::{self, record};
use super::seed::Stream;
use super::simulation::{MAX_EVENTS, PATIENCE_US, Side};
use super::{CLIENT, RunError, SERVER, Setup, ephemeral_port, purposes};
use crate::scenario::{ClientCertificate, Gateway, Scenario};
use crate::trace::{self, Connection, Endpoint, Op, Roles, Status};
use crate::wire::application_data::http_field;
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

/// One connection while it runs.
struct Hop {
    roles: Roles,
    client: SocketAddrV4,
    server: SocketAddrV4,
    link: Link,
    recorded: recorder::Hop,
    sides: [Side; 2],
}

impl Hop {
    /// Does all that both ends can do at this time. Whether one got anywhere.
    fn run(&mut self, now_us: u64) -> bool {
        self.recorded.exchange();
        let mut progress = false;
        for side in &mut self.sides {
            progress |= side.run(now_us, &mut self.link);
        }
        self.recorded.exchange();
        progress
    }

    /// Records something that `who` does.
    fn note(&mut self, who: Endpoint, now_us: u64, op: Op) {
        self.recorded.exchange();
        recorder::turn(who, now_us);
        record(|| op);
        self.recorded.exchange();
    }

    fn is_done(&self) -> bool {
        self.link.next_arrival().is_none() && self.sides.iter().all(|side| side.host.is_done())
    }

    /// When the next thing happens by itself, in microseconds.
    fn next_us(&mut self, now_us: u64) -> Option<u64> {
        let timers = self.sides.iter_mut().filter_map(|side| side.host.next_timer(now_us)).min();
        let wakes = self.sides.iter().filter_map(|side| side.program.wakes_us()).min();
        [timers, wakes, self.link.next_arrival()].into_iter().flatten().min()
    }

    fn time_out(&mut self, now_us: u64) {
        for who in Endpoint::BOTH {
            let left = self.sides.iter().any(|side| side.who == who && !side.host.is_done());
            if left {
                self.note(who, now_us, Op::TimedOut);
            }
        }
    }

    fn finish(self, id: u32) -> Connection {
        let [client, server] = &self.sides;
        let (client_end, server_end) = (client.program.end(), server.program.end());
        let mut events = self.recorded.events();
        purposes::name_draws(&mut events);
        Connection {
            id,
            client: self.client,
            server: self.server,
            roles: self.roles,
            packets: self.link.packets,
            events,
            client_end,
            server_end,
        }
    }
}

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

fn programs(scenario: &Scenario, setup: &Setup) -> Result<Programs, RunError> {
    let outer = config::ends(scenario, setup)?;
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
        _ => roles(&inner_ends(scenario)?, SERVICE_NAME)?,
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
fn inner_ends(scenario: &Scenario) -> Result<Ends, RunError> {
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
    config::ends(&Scenario { client_certificate, alpn, ..scenario.clone() }, &setup)
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

/// Opens one connection between two programs.
struct Opening {
    roles: Roles,
    client: Ipv4Addr,
    server: SocketAddrV4,
    link: Link,
    window: usize,
    recorded: recorder::Hop,
}

impl Opening {
    fn open(
        self,
        network: &mut Stream,
        now_us: u64,
        client_program: Box<dyn Process>,
        server_program: Box<dyn Process>,
    ) -> Result<Hop, RunError> {
        let Opening { roles, client, server, mut link, window, mut recorded } = self;
        let client = SocketAddrV4::new(client, ephemeral_port(network));
        let mut seed = || u64::from_be_bytes(network.take());
        recorded.exchange();
        recorder::turn(Endpoint::Server, now_us);
        let listening = Host::listening(server, seed(), window, now_us, &mut link);
        recorder::turn(Endpoint::Client, now_us);
        let connecting = Host::connecting(client, server, seed(), window, now_us, &mut link);
        recorded.exchange();
        let sides = [
            Side {
                who: Endpoint::Client,
                host: connecting.map_err(RunError::Tcp)?,
                program: client_program,
            },
            Side {
                who: Endpoint::Server,
                host: listening.map_err(RunError::Tcp)?,
                program: server_program,
            },
        ];
        Ok(Hop { roles, client, server, link, recorded, sides })
    }
}

/// Runs a scenario with a gateway: the outer connection, and the inner one if it came to that.
///
/// # Errors
/// The scenario could not be set up, or the run does not come to an end.
pub fn run(
    scenario: &Scenario,
    setup: &Setup,
    recording: bool,
) -> Result<Vec<Connection>, RunError> {
    let _session = recorder::Session::start(scenario.seed, recording);
    let mut network = Stream::new(scenario.seed, "network");
    let Programs { client, front, back, service, middle } = programs(scenario, setup)?;
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
            if let [_, inner] = &hops[..]
                && let [back, _] = &inner.sides
                && back.program.end().status == Status::Failed
                && !failed
            {
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
