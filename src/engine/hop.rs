//! One connection while it runs: two hosts with a program on each, and the network between them.

use super::RunError;
use super::host::Host;
use super::network::Network;
use super::program::Process;
use super::provider::recorder::{self, Recording, Session, record};
use super::random_labels;
use super::seed::Stream;
use super::transport::{Transport, Wire};
use crate::trace::{Accepts, Connection, End, Endpoint, Implementations, Op, Roles, Status};
use std::net::{Ipv4Addr, SocketAddrV4};

/// One end of a connection.
struct Side {
    who: Endpoint,
    host: Host,
    program: Box<dyn Process>,
}

impl Side {
    /// Does all that can be done at this time. Whether the program got anywhere.
    fn run(&mut self, now_us: u64, network: &mut Network) -> bool {
        recorder::turn(self.who, now_us);
        let mut progress = false;
        loop {
            while self.host.take_in(now_us, network) {}
            let busy = self.program.step(&mut Wire { host: &mut self.host, network, now_us });
            if !busy {
                self.host.send_out(now_us, network);
                return progress;
            }
            progress = true;
        }
    }
}

/// One connection while it runs.
pub struct Hop {
    roles: Roles,
    implementations: Implementations,
    accepts: Option<Accepts>,
    client: SocketAddrV4,
    server: SocketAddrV4,
    network: Network,
    recording: Option<Recording>,
    sides: [Side; 2],
}

impl Hop {
    /// Has `act` done with this connection's recording in place.
    fn recorded<T>(&mut self, act: impl FnOnce(&mut Hop) -> T) -> T {
        let mut recording = self.recording.take();
        recording.iter_mut().for_each(Recording::exchange);
        let result = act(self);
        recording.iter_mut().for_each(Recording::exchange);
        self.recording = recording;
        result
    }

    /// Does all that both ends can do at this time. Whether one got anywhere.
    pub fn run(&mut self, now_us: u64) -> bool {
        self.recorded(|hop| {
            let mut progress = false;
            for side in &mut hop.sides {
                progress |= side.run(now_us, &mut hop.network);
            }
            progress
        })
    }

    /// Records something that `who` does.
    pub fn note(&mut self, who: Endpoint, now_us: u64, op: Op) {
        self.recorded(|_| {
            recorder::turn(who, now_us);
            record(|| op);
        });
    }

    /// Whether the client's side has given up.
    pub fn client_failed(&self) -> bool {
        let [client, _] = &self.sides;
        client.program.end().status == Status::Failed
    }

    /// Whether nothing more will happen here.
    pub fn is_done(&self) -> bool {
        self.network.next_arrival().is_none() && self.sides.iter().all(|side| side.host.is_done())
    }

    /// When the network or a TCP stack next does something, in microseconds.
    pub fn next_us(&mut self, now_us: u64) -> Option<u64> {
        let timers = self.sides.iter_mut().filter_map(|side| side.host.next_timer(now_us));
        timers.chain(self.network.next_arrival()).min()
    }

    /// Until when a program wants to wait, in microseconds.
    pub fn wakes_us(&self) -> Option<u64> {
        self.sides.iter().filter_map(|side| side.program.wakes_us()).min()
    }

    /// Notes for both ends that the run was ended while they waited, for `after_us` microseconds.
    pub fn time_out(&mut self, now_us: u64, after_us: u64) {
        for who in Endpoint::BOTH {
            if self.sides.iter().any(|side| side.who == who && !side.host.is_done()) {
                self.note(who, now_us, Op::TimedOut { after_us });
            }
        }
    }

    /// What it leaves behind, as the connection of this number.
    pub fn finish(self, id: u32, session: &Session) -> Connection {
        let [client, server] = &self.sides;
        let (client_end, server_end) = (client.program.end(), server.program.end());
        let mut events = match self.recording {
            Some(mut recording) => recording.take(),
            None => session.take(),
        };
        random_labels::name_draws(&mut events);
        Connection {
            id,
            client: self.client,
            server: self.server,
            roles: self.roles,
            implementations: self.implementations,
            accepts: self.accepts,
            meddling: self.network.meddling(),
            packets: self.network.packets,
            events,
            client_end,
            server_end,
        }
    }
}

/// Where no program waits.
struct Nobody;

impl Process for Nobody {
    fn step(&mut self, _: &mut dyn Transport) -> bool {
        false
    }

    fn wakes_us(&self) -> Option<u64> {
        None
    }

    fn end(&self) -> End {
        End { status: Status::Incomplete, error: None }
    }
}

/// What a connection is opened with.
pub struct Opening {
    /// Who is at its ends.
    pub roles: Roles,
    /// Which implementations of TLS they are.
    pub implementations: Implementations,
    /// What the server of TLS takes; `None` without TLS.
    pub accepts: Option<Accepts>,
    /// The address that the connection comes from.
    pub client: Ipv4Addr,
    /// The address and port that it goes to.
    pub server: SocketAddrV4,
    /// What lies between them.
    pub network: Network,
    /// The receive windows of client and server, in bytes.
    pub windows: [u32; 2],
    /// Whether a program waits at the server's port.
    pub listens: bool,
    /// What is recorded of it, where connections are alive at the same time; `None` for the run's own.
    pub recording: Option<Recording>,
}

impl Opening {
    /// Has the server wait and the client connect, at `now_us`.
    ///
    /// # Errors
    /// An address or a port is not usable.
    pub fn open(
        self,
        random: &mut Stream,
        now_us: u64,
        client_program: Box<dyn Process>,
        server_program: Box<dyn Process>,
    ) -> Result<Hop, RunError> {
        let Opening {
            roles,
            implementations,
            accepts,
            client,
            server,
            mut network,
            windows,
            listens,
            mut recording,
        } = self;
        let [client_window, server_window] = windows.map(|window| window as usize);
        let client = SocketAddrV4::new(client, ephemeral_port(random));
        let mut seed = || u64::from_be_bytes(random.take());
        recording.iter_mut().for_each(Recording::exchange);
        recorder::turn(Endpoint::Server, now_us);
        let at = listens.then_some(server.port());
        let listening =
            Host::waiting(*server.ip(), at, seed(), server_window, now_us, &mut network);
        recorder::turn(Endpoint::Client, now_us);
        let connecting =
            Host::connecting(client, server, seed(), client_window, now_us, &mut network);
        recording.iter_mut().for_each(Recording::exchange);
        let side = |who, host: Result<Host, String>, program| {
            Ok::<_, RunError>(Side { who, host: host.map_err(RunError::Tcp)?, program })
        };
        let sides = [
            side(Endpoint::Client, connecting, client_program)?,
            side(
                Endpoint::Server,
                listening,
                if listens { server_program } else { Box::new(Nobody) },
            )?,
        ];
        Ok(Hop { roles, implementations, accepts, client, server, network, recording, sides })
    }
}

/// A port of the range that RFC 6335 sets apart for this.
fn ephemeral_port(random: &mut Stream) -> u16 {
    49_152 + u16::from_be_bytes(random.take()) % 16_384
}
