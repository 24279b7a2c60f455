//! A client and a server with nothing between them: their connections, one after the other.

use super::hop::Opening;
use super::http::{self, Application, Request, Update};
use super::network::Network;
use super::program::{Process, Program};
use super::provider::recorder::Session;
use super::seed::Stream;
use super::{CLIENT, Capabilities, EndpointConfigs, RunError, SERVER, endpoint_configs, run_loop};
use crate::plan::KeyUpdate;
use crate::plan::Plan;
use crate::trace::{Connection, Implementations, Roles};
use std::net::Ipv4Addr;

/// All connections of a plan without a gateway.
///
/// # Errors
/// The plan could not be set up, or the run does not come to an end.
pub fn run(
    plan: &Plan,
    capabilities: &Capabilities,
    recording: bool,
) -> Result<Vec<Connection>, RunError> {
    let conversation = plan.conversation;
    let replay = conversation.replayed.then(|| capabilities.replay()).transpose()?;
    let mut simulation = Simulation::new(plan, capabilities, recording)?;
    for number in 0..conversation.connections {
        if number > 0 {
            simulation.now_us += conversation.pause_us;
        }
        let (client, server) = applications(plan, conversation.pause_us);
        simulation.ask(client, server)?;
    }
    if let Some(replay) = replay {
        replay(&mut simulation)?;
    }
    Ok(simulation.connections)
}

/// Client and server of HTTP, as the plan has them, with `pause_us` microseconds between requests.
pub fn applications(plan: &Plan, pause_us: u64) -> (Box<dyn Application>, Box<dyn Application>) {
    let conversation = plan.conversation;
    let update = |who| if conversation.key_update == who { Update::Due } else { Update::No };
    let mut requests = vec![Request { target: "/", pause_us }; conversation.requests as usize];
    if conversation.key_update != KeyUpdate::None {
        // Something has to go under the new keys, and at once.
        let second = requests.len().min(1);
        requests.insert(second, Request { target: "/again", pause_us: 0 });
    }
    let host = plan.client.name.clone().unwrap_or_default();
    let client = http::Client::new(host, requests, update(KeyUpdate::Client));
    (
        Box::new(client.closing(conversation.close)),
        Box::new(http::Server::new(update(KeyUpdate::Server))),
    )
}

/// What lasts from one connection to the next: both ends with what they remember, the generators,
/// the clock, and the connections so far.
pub struct Simulation<'a> {
    /// What is run.
    pub plan: &'a Plan,
    ends: EndpointConfigs,
    session: Session,
    random: Stream,
    /// Virtual time, in microseconds.
    pub now_us: u64,
    /// In the order in which they were opened.
    pub connections: Vec<Connection>,
}

impl Simulation<'_> {
    /// At virtual time 0.
    ///
    /// # Errors
    /// The plan could not be set up.
    fn new<'a>(
        plan: &'a Plan,
        capabilities: &Capabilities,
        recording: bool,
    ) -> Result<Simulation<'a>, RunError> {
        let session = Session::start(plan.seed, recording);
        session.tamper(&plan.tampering);
        Ok(Simulation {
            plan,
            ends: endpoint_configs(&plan.client, &plan.server, capabilities)?,
            session,
            random: Stream::new(plan.seed, "network"),
            now_us: 0,
            connections: Vec::new(),
        })
    }

    /// Runs the client's next connection between two applications, to its end.
    ///
    /// # Errors
    /// As [`Simulation::connect`].
    fn ask(
        &mut self,
        client: Box<dyn Application>,
        server: Box<dyn Application>,
    ) -> Result<(), RunError> {
        let client = Program::new((self.ends.client)(self.next_id()), client);
        self.connect(Roles::default(), CLIENT, Box::new(client), server)
    }

    fn next_id(&self) -> u32 {
        self.connections.len() as u32
    }

    /// Runs a connection from this address, between a program there and an application of the server's, to its end.
    ///
    /// # Errors
    /// An address is not usable, or the run does not come to an end.
    pub fn connect(
        &mut self,
        roles: Roles,
        from: Ipv4Addr,
        client: Box<dyn Process>,
        server: Box<dyn Application>,
    ) -> Result<(), RunError> {
        let (plan, id) = (self.plan, self.next_id());
        let opening = Opening {
            roles,
            implementations: Implementations {
                client: plan.client.implementation.into(),
                server: plan.server.implementation.into(),
            },
            accepts: plan.server.has_tls().then(|| plan.server.accepts()),
            client: from,
            server: SERVER,
            network: Network::of(plan, id),
            windows: [plan.client.window, plan.server.window],
            listens: plan.server.listens,
            recording: None,
        };
        let server = Box::new(Program::new((self.ends.server)(id), server));
        let hop = opening.open(&mut self.random, self.now_us, client, server)?;
        let (hops, ended_us) = run_loop::run(vec![hop], self.now_us, |_, _| Ok(()))?;
        self.session.complete()?;
        self.now_us = ended_us;
        self.connections.extend(hops.into_iter().map(|hop| hop.finish(id, &self.session)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::http::Next;
    use super::*;
    use crate::scenario::Scenario;
    use crate::trace::{Endpoint, Op, Status};

    /// Says nothing, ever.
    struct Silent;

    impl Application for Silent {
        fn next(&mut self, _: &[u8], _: u64) -> Next {
            Next::Wait
        }
    }

    #[test]
    fn a_connection_where_nothing_happens_any_more_times_out() {
        let plan = Scenario::default().plan();
        let mut simulation = Simulation::new(&plan, &Capabilities::first(), true).unwrap();
        simulation.ask(Box::new(Silent), Box::new(Silent)).unwrap();
        let connection = &simulation.connections[0];
        for who in Endpoint::BOTH {
            let last = connection.events_of(who).last().unwrap();
            assert_eq!(last.op, Op::TimedOut { after_us: 30_000_000 });
            // The last thing that happened was the server's ticket, after two and a half round trips.
            assert!((30_000_000..31_000_000).contains(&last.at_us), "{}", last.at_us);
            assert_eq!(connection.end(who).status, Status::Established);
        }
    }
}
