//! One of the connections of a run with a gateway, while both are alive.

use crate::engine::host::Host;
use crate::engine::link::Link;
use crate::engine::program::Process;
use crate::engine::provider::recorder::{self, record};
use crate::engine::seed::Stream;
use crate::engine::simulation::Side;
use crate::engine::{RunError, ephemeral_port, purposes};
use crate::trace::{Connection, Endpoint, Implementation, Implementations, Op, Roles, Status};
use std::net::{Ipv4Addr, SocketAddrV4};

/// One connection while it runs.
pub struct Hop {
    roles: Roles,
    client: SocketAddrV4,
    server: SocketAddrV4,
    link: Link,
    recorded: recorder::Hop,
    sides: [Side; 2],
}

impl Hop {
    /// Does all that both ends can do at this time. Whether one got anywhere.
    pub fn run(&mut self, now_us: u64) -> bool {
        self.recorded.exchange();
        let mut progress = false;
        for side in &mut self.sides {
            progress |= side.run(now_us, &mut self.link);
        }
        self.recorded.exchange();
        progress
    }

    /// Records something that `who` does.
    pub fn note(&mut self, who: Endpoint, now_us: u64, op: Op) {
        self.recorded.exchange();
        recorder::turn(who, now_us);
        record(|| op);
        self.recorded.exchange();
    }

    /// Whether the client's side has given up.
    pub fn client_failed(&self) -> bool {
        self.sides
            .iter()
            .any(|side| side.who == Endpoint::Client && side.program.end().status == Status::Failed)
    }

    /// Whether nothing more will happen here.
    pub fn is_done(&self) -> bool {
        self.link.next_arrival().is_none() && self.sides.iter().all(|side| side.host.is_done())
    }

    /// When the next thing happens by itself, in microseconds.
    pub fn next_us(&mut self, now_us: u64) -> Option<u64> {
        let timers = self.sides.iter_mut().filter_map(|side| side.host.next_timer(now_us)).min();
        let wakes = self.sides.iter().filter_map(|side| side.program.wakes_us()).min();
        [timers, wakes, self.link.next_arrival()].into_iter().flatten().min()
    }

    /// Notes for both ends that the run was ended while they waited.
    pub fn time_out(&mut self, now_us: u64) {
        for who in Endpoint::BOTH {
            let left = self.sides.iter().any(|side| side.who == who && !side.host.is_done());
            if left {
                self.note(who, now_us, Op::TimedOut);
            }
        }
    }

    /// What it leaves behind.
    pub fn finish(self, id: u32) -> Connection {
        let [client, server] = &self.sides;
        let (client_end, server_end) = (client.program.end(), server.program.end());
        let mut events = self.recorded.events();
        purposes::name_draws(&mut events);
        Connection {
            id,
            client: self.client,
            server: self.server,
            roles: self.roles,
            implementations: Implementations::both(Implementation::Rustls),
            packets: self.link.packets,
            events,
            client_end,
            server_end,
        }
    }
}

/// Opens one connection between two programs.
pub struct Opening {
    /// Who is at its ends.
    pub roles: Roles,
    /// The address that the connection comes from.
    pub client: Ipv4Addr,
    /// The address and port that it goes to.
    pub server: SocketAddrV4,
    /// The link between them.
    pub link: Link,
    /// The receive window of both, in octets.
    pub window: usize,
    /// What is recorded of it.
    pub recorded: recorder::Hop,
}

impl Opening {
    /// Has the server wait and the client connect, at `now_us`.
    ///
    /// # Errors
    /// An address or a port is not usable.
    pub fn open(
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
