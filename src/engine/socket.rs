//! The one place where the network is reached: the same programs over a real TCP socket, for talking
//! with other implementations. Not in the page, which has no sockets.

use super::host::Incoming;
use super::program::Program;
use super::provider::recorder::{self, Session};
use super::simulation::applications;
use super::transport::Transport;
use super::{Capabilities, EndpointConfigs, RunError, endpoint_configs};
use crate::scenario::Scenario;
use crate::trace::{End, Endpoint, Event};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};

/// Bytes read from the socket at once.
const CHUNK: usize = 16_384;

/// What one end did over a real socket.
#[derive(Clone, Debug)]
pub struct Talk {
    /// Everything it did, in order; times are 0, as there is no virtual clock.
    pub events: Vec<Event>,
    /// How it ended.
    pub end: End,
}

/// Plays one end of a scenario over real connections, one after the other, each to its end; `next`
/// gives the socket of the connection with this number. A socket's read timeout, if it has one, ends
/// its connection as an error. Wall-clock time for the endpoint is [`crate::scenario::CLOCK`], and
/// randomness comes from the seed, so this is for tests and teaching, and not safe for anything else.
///
/// # Errors
/// The scenario could not be set up, or there is no socket. A handshake that fails is a result, as
/// everywhere.
pub fn talk(
    scenario: &Scenario,
    who: Endpoint,
    mut next: impl FnMut(u32) -> io::Result<TcpStream>,
) -> Result<Vec<Talk>, RunError> {
    let plan = scenario.plan();
    let session = Session::start(scenario.seed, true);
    recorder::turn(who, 0);
    let EndpointConfigs { client, server } =
        endpoint_configs(&plan.client, &plan.server, &Capabilities::all())?;
    let mut talks = Vec::new();
    for number in 0..plan.conversation.connections {
        // Without a clock it cannot pause.
        let (client_application, server_application) = applications(&plan, 0);
        let mut program = match who {
            Endpoint::Client => Program::new(client(number), client_application),
            Endpoint::Server => Program::new(server(number), server_application),
        };
        let stream = next(number).map_err(|error| RunError::Tcp(error.to_string()))?;
        let mut socket = Socket { stream, ended: false };
        while program.step(&mut socket) && !program.is_gone() {}
        talks.push(Talk { events: session.take(), end: program.end() });
    }
    Ok(talks)
}

/// A socket that waits when there is nothing to read.
struct Socket {
    stream: TcpStream,
    /// Whether there is nothing more to read.
    ended: bool,
}

impl Transport for Socket {
    fn read(&mut self) -> Incoming {
        let mut chunk = vec![0; CHUNK];
        loop {
            match self.stream.read(&mut chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) => {
                    self.ended = true;
                    return Incoming::End;
                }
                Ok(count) => {
                    chunk.truncate(count);
                    return Incoming::Data(chunk);
                }
                Err(_) => {
                    self.ended = true;
                    return Incoming::Reset;
                }
            }
        }
    }

    fn write(&mut self, data: &mut Vec<u8>) {
        // What cannot be written shows as a connection that is reset when it is read next.
        let _ = self.stream.write_all(data);
        data.clear();
    }

    fn close(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    fn abort(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    fn is_open(&self) -> bool {
        !self.ended
    }

    fn was_open(&self) -> bool {
        true
    }

    fn is_done(&self) -> bool {
        self.ended
    }

    fn now_us(&self) -> u64 {
        0
    }
}
