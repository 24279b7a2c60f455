//! Client, gateway, service: two connections that are alive at the same time, on one virtual clock.
//!
//! ```text
//! client ── 192.0.2.0/24 ── gateway ── 198.51.100.0/24 ── service
//!  program   host, link, host  │  host, link, host       program
//!                              │
//!                  relay: HTTP in, HTTP out      (terminate, re-encrypt, mutual)
//!                  pipe: bytes in, bytes out   (pass-through)
//! ```
//!
//! The gateway has a socket on each side. The inner connection starts once it knows where to: when it
//! has the whole request, or for pass-through the name in the ClientHello.

mod pipe;
mod relay;

use super::hop::{Hop, Opening};
use super::http;
use super::network::Network;
use super::program::{Process, Program};
use super::provider::recorder::{Recording, Session};
use super::seed::Stream;
use super::{
    CLIENT, Capabilities, EndpointConfigs, RunError, SERVER, endpoint_configs, plain, run_loop,
};
use crate::plan::{Between, Operator, Peer, Plan, Relay};
use crate::trace::{self, Accepts, Connection, Endpoint, Implementations, Op, Roles};
use crate::wire::application_data::http_field;
use std::net::{Ipv4Addr, SocketAddrV4};

/// The gateway's address on the inner network, which is of a block set apart for documentation (RFC
/// 5737).
const INNER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);

/// The service's address.
const SERVICE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);

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

    /// What the gateway changed since the last call: how it was, and how it is passed on.
    fn rewritten(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        match self {
            Middle::Relay(relay) => relay.borrow_mut().rewritten.take(),
            Middle::Pipe(_) => None,
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

fn programs(plan: &Plan, capabilities: &Capabilities) -> Result<Programs, RunError> {
    let name = plan.client.name.clone().unwrap_or_default();
    let asks =
        http::Client::new(name, vec![http::Request { target: "/", pause_us: 0 }], http::Update::No);
    let [_, inner] = roles(&plan.path.between);
    let answers = Box::new(relay::Service::new(inner.tls_server.name()));
    let Between::Relay(gateway) = &plan.path.between else {
        let EndpointConfigs { client, server } =
            endpoint_configs(&plan.client, &plan.server, capabilities)?;
        let pipe = pipe::Shared::default();
        return Ok(Programs {
            client: Box::new(Program::new(client(0), Box::new(asks))),
            front: Box::new(pipe::PipeEnd::new(pipe.clone(), true)),
            back: Box::new(pipe::PipeEnd::new(pipe.clone(), false)),
            service: Box::new(Program::new(server(0), answers)),
            middle: Middle::Pipe(pipe),
        });
    };
    let Relay { front, back, tells_client, operator, replacements } = &**gateway;
    let EndpointConfigs { client, server: front } =
        endpoint_configs(&plan.client, front, capabilities)?;
    let (back, service) = match back {
        None => (plain::config(Endpoint::Client), plain::config(Endpoint::Server)),
        Some(back) => {
            let EndpointConfigs { client, server } =
                endpoint_configs(back, &plan.server, capabilities)?;
            (client(0), server(0))
        }
    };
    let relay = relay::Relay::replacing(replacements);
    let says = relay::Says {
        own_name: (*operator != Operator::Attacker).then(|| inner.client.name()),
        client: tells_client.then_some(CLIENT),
    };
    let asks_on = relay::Back::new(relay.clone(), says);
    Ok(Programs {
        client: Box::new(Program::new(client(0), Box::new(asks))),
        front: Box::new(Program::new(front(0), Box::new(relay::Front(relay.clone())))),
        back: Box::new(Program::new(back, Box::new(asks_on))),
        service: Box::new(Program::new(service, answers)),
        middle: Middle::Relay(relay),
    })
}

/// Who is at the ends of the outer and of the inner connection.
fn roles(between: &Between) -> [Roles; 2] {
    use trace::Role::{Attacker, Client, Gateway, Proxy, Server, Service};
    let (of, (middle, end)): (fn(_, _) -> _, _) = match between {
        Between::Relay(relay) => match relay.operator {
            Operator::Owner => (Roles::of, (Gateway, Service)),
            Operator::Proxy => (Roles::of, (Proxy, Server)),
            Operator::Attacker => (Roles::of, (Attacker, Server)),
        },
        Between::Nothing | Between::PassThrough => (Roles::passing, (Gateway, Service)),
    };
    [of(Client, middle), of(middle, end)]
}

/// What is at the ends of TLS on the outer and on the inner connection. Without TLS it is not known.
fn implementations(plan: &Plan) -> [Implementations; 2] {
    let of = |client: &Peer, server: &Peer| Implementations {
        client: client.implementation.into(),
        server: server.implementation.into(),
    };
    match &plan.path.between {
        Between::Relay(relay) => [
            of(&plan.client, &relay.front),
            relay
                .back
                .as_ref()
                .map_or_else(Implementations::default, |back| of(back, &plan.server)),
        ],
        _ => [of(&plan.client, &plan.server); 2],
    }
}

/// What the servers of TLS take on the outer and on the inner connection; `None` without TLS.
fn accepts(plan: &Plan) -> [Option<Accepts>; 2] {
    let inner = match &plan.path.between {
        Between::Relay(relay) => relay.back.as_ref().map(|_| plan.server.accepts()),
        _ => Some(plan.server.accepts()),
    };
    [Some(plan.outer_server().accepts()), inner]
}

/// Runs a plan with a gateway: the outer connection, and the inner one if it came to that.
///
/// # Errors
/// The plan could not be set up, or the run does not come to an end.
pub fn run(
    plan: &Plan,
    capabilities: &Capabilities,
    recording: bool,
) -> Result<Vec<Connection>, RunError> {
    let session = Session::start(plan.seed, recording);
    session.tamper(&plan.tampering);
    let connections = simulate(plan, programs(plan, capabilities)?, &session)?;
    session.complete()?;
    Ok(connections)
}

fn simulate(
    plan: &Plan,
    programs: Programs,
    session: &Session,
) -> Result<Vec<Connection>, RunError> {
    let Programs { client, front, back, service, middle } = programs;
    let mut random = Stream::new(plan.seed, "network");
    let [outer_roles, inner_roles] = roles(&plan.path.between);
    let [outer_tls, inner_tls] = implementations(plan);
    let [outer_accepts, inner_accepts] = accepts(plan);
    let windows = [plan.client.window, plan.server.window];
    let outer = Opening {
        roles: outer_roles,
        implementations: outer_tls,
        accepts: outer_accepts,
        client: CLIENT,
        server: SERVER,
        network: Network::of(plan, 0),
        windows,
        listens: true,
        recording: Some(Recording::new(plan.seed, "client", "gateway")),
    };
    let inside_is_plain =
        matches!(&plan.path.between, Between::Relay(gateway) if gateway.back.is_none());
    let port = if inside_is_plain { 8080 } else { 443 };
    let inner = Opening {
        roles: inner_roles,
        implementations: inner_tls,
        accepts: inner_accepts,
        client: INNER,
        server: SocketAddrV4::new(SERVICE, port),
        network: Network::new(INNER_DELAY_US),
        windows,
        listens: plan.server.listens,
        recording: Some(Recording::new(plan.seed, "gateway inside", "service")),
    };
    let hops = vec![outer.open(&mut random, 0, client, front)?];
    let mut waiting = Some((inner, back, service));
    let mut failed = false;
    let (hops, _) = run_loop::run(hops, 0, |hops, now_us| {
        if let Some((field, name)) = middle.destination()
            && let Some((inner, back, service)) = waiting.take()
        {
            let op = Op::Routed { field: field.into(), name, to: inner.server };
            if let Some(outer) = hops.first_mut() {
                outer.note(Endpoint::Server, now_us, op);
            }
            hops.push(inner.open(&mut random, now_us, back, service)?);
        }
        if let Some((before, after)) = middle.rewritten()
            && let Some(outer) = hops.first_mut()
        {
            outer.note(Endpoint::Server, now_us, Op::Rewritten { before, after });
        }
        if !failed && hops.get(1).is_some_and(Hop::client_failed) {
            failed = true;
            middle.inner_failed();
        }
        Ok(())
    })?;
    Ok((0..).zip(hops).map(|(id, hop)| hop.finish(id, session)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::program::TlsConfig;
    use crate::engine::tls::{Received, Tls};
    use crate::scenario::Scenario;
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
        let plan = scenario.plan();
        let session = Session::start(plan.seed, true);
        let mut programs = programs(&plan, &Capabilities::first()).unwrap();
        let Middle::Relay(relay) = &programs.middle else { panic!("no relay") };
        let says = relay::Says { own_name: Some("gateway"), client: Some(CLIENT) };
        let back = relay::Back::new(relay.clone(), says);
        let refusing = TlsConfig::Other(Box::new(|| Box::new(Refusing)));
        programs.back = Box::new(Program::new(refusing, Box::new(back)));
        let connections = simulate(&plan, programs, &session).unwrap();
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
