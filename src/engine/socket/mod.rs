//! The one place where the network is reached: the same programs over a real TCP socket, for talking
//! with other implementations. Not in the page, which has no sockets.

mod tap;

use super::config::{self, ConfigOf};
use super::host::Incoming;
use super::program::Program;
use super::provider::recorder::{self, Session};
use super::provider::{EndpointKey, given};
use super::random_labels;
use super::simulation::applications;
use super::transport::Transport;
use super::{Capabilities, EndpointConfigs, Identity, RunError, endpoint_configs};
use crate::plan::Plan;
use crate::trace::{
    Connection, End, Endpoint, FORMAT, Implementation, Implementations, Roles, Trace,
};
use pki_types::CertificateDer;
use rustls::sign::CertifiedKey;
use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tap::Tap;

/// Bytes read from the socket at once.
const CHUNK: usize = 16_384;

/// For how long an end that is done still reads what the peer sends: a socket that is closed over unread
/// bytes is reset, and the peer may lose the alert that was sent before.
const LINGER: Duration = Duration::from_secs(1);

/// What a connection may take before it is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Its time, in all.
    pub time: Duration,
    /// How long the peer may be silent.
    pub silence: Duration,
    /// Bytes that the peer may send, in all.
    pub bytes: usize,
}

/// Why a connection was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It took longer than this.
    Time(Duration),
    /// The peer was silent for this long.
    Silence(Duration),
    /// The peer sent more bytes than this.
    Bytes(usize),
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cut::Time(limit) => write!(f, "it was open for {} s", limit.as_secs_f32()),
            Cut::Silence(limit) => write!(f, "nothing came for {} s", limit.as_secs_f32()),
            Cut::Bytes(limit) => write!(f, "more than {limit} bytes came"),
        }
    }
}

/// What one end did over a real socket, and what it saw of the other one.
#[derive(Clone, Debug)]
pub struct Talk {
    /// Which end is ours.
    pub who: Endpoint,
    /// The true time when the connection was opened, in seconds since 1970.
    pub clock: u64,
    /// The connection. Of the other end there are no events, and how it ended is only what shows from here.
    pub connection: Connection,
    /// Why it was cut off, if it was.
    pub cut: Option<Cut>,
}

impl Talk {
    /// How it ended for our end.
    pub fn end(&self) -> &End {
        self.connection.end(self.who)
    }

    /// The connection as a trace of its own.
    pub fn into_trace(self) -> Trace {
        let connections = vec![self.connection];
        Trace { format: FORMAT.into(), scenario: None, clock: self.clock, connections }
    }
}

/// One end of a plan, set up once to talk over any number of sockets, from any thread. Sessions that it
/// gives out or gets are good for its later connections. The plan's clock is the true time of its making.
///
/// All that it does is written down, secrets too: for tests and teaching, and not for anything secret.
pub struct SocketEnd {
    plan: Plan,
    who: Endpoint,
    config: ConfigOf,
    made: Instant,
}

impl SocketEnd {
    /// The plan's client, or its server.
    ///
    /// # Errors
    /// The plan could not be set up.
    pub fn new(plan: Plan, who: Endpoint) -> Result<SocketEnd, RunError> {
        let session = Session::start(plan.seed, false);
        recorder::turn(who, 0);
        let EndpointConfigs { client, server } =
            endpoint_configs(&plan.client, &plan.server, &Capabilities::all())?;
        session.complete()?;
        Ok(SocketEnd { plan, who, config: who.of([client, server]), made: Instant::now() })
    }

    /// The plan's client, which shows these certificates where it is asked. Whether the key belongs to them
    /// is for the server to find out.
    ///
    /// # Errors
    /// The plan could not be set up, or the key is of no algorithm that is known here.
    pub fn client_showing(plan: Plan, own: &Identity) -> Result<SocketEnd, RunError> {
        let key = given::read(&own.private_key).ok_or_else(|| {
            RunError::Tls("the private key is none of P-256, P-384, Ed25519 or RSA".into())
        })?;
        let chain = own.chain.iter().map(|der| CertificateDer::from(der.clone())).collect();
        let own = CertifiedKey::new(chain, Arc::new(EndpointKey(Arc::new(key))));
        let config = config::client_showing(&plan.client, Capabilities::all().algorithms, own)?;
        Ok(SocketEnd { plan, who: Endpoint::Client, config, made: Instant::now() })
    }

    /// Talks over a socket to the end of the connection: its `number`-th connection, from 0. Every random
    /// byte is drawn from `seed`.
    ///
    /// # Errors
    /// The socket has no addresses, as it is not connected. A handshake that fails is a result, as
    /// everywhere.
    pub fn talk(
        &self,
        number: u32,
        seed: u64,
        stream: TcpStream,
        limits: Limits,
    ) -> io::Result<Talk> {
        let (who, opened) = (self.who, self.made.elapsed());
        let ends = match who {
            Endpoint::Client => [stream.local_addr()?, stream.peer_addr()?],
            Endpoint::Server => [stream.peer_addr()?, stream.local_addr()?],
        };
        stream.set_nodelay(true)?;
        let session = Session::start(seed, true);
        session.tamper(&self.plan.tampering);
        let opened_us = micros(opened);
        let mut socket = Socket {
            stream,
            who,
            made: self.made,
            opened,
            limits,
            tap: Tap::new(ends, opened_us),
            left: limits.bytes,
            ended: false,
            closed: false,
            cut: None,
        };
        socket.take_turn();
        // Without a clock it cannot pause.
        let (client, server) = applications(&self.plan, 0);
        let mut program = Program::new((self.config)(number), who.of([client, server]));
        while program.step(&mut socket) && socket.cut.is_none() && !program.is_gone() {}
        socket.linger();
        let (own_end, mut events) = (program.end(), session.take());
        random_labels::name_draws(&mut events);
        events.iter_mut().for_each(|event| event.at_us = event.at_us.saturating_sub(opened_us));
        let [client, server] = socket.tap.ends();
        let mut packets = socket.tap.into_packets();
        for packet in &mut packets {
            packet.sent_us = packet.sent_us.saturating_sub(opened_us);
            packet.received_us = Some(packet.sent_us);
        }
        let other_end = End { status: own_end.status, error: None };
        let (client_end, server_end) = match who {
            Endpoint::Client => (own_end, other_end),
            Endpoint::Server => (other_end, own_end),
        };
        let connection = Connection {
            id: 0,
            client,
            server,
            roles: Roles::default(),
            implementations: self.implementations(),
            accepts: (who == Endpoint::Server).then(|| self.plan.server.accepts()),
            meddling: Vec::new(),
            packets,
            events,
            client_end,
            server_end,
        };
        Ok(Talk { who, clock: self.plan.clock + opened.as_secs(), connection, cut: socket.cut })
    }

    /// Ours, and nothing of the other one.
    fn implementations(&self) -> Implementations {
        let unknown = Implementations::both(Implementation::Unknown);
        match self.who {
            Endpoint::Client => {
                Implementations { client: self.plan.client.implementation.into(), ..unknown }
            }
            Endpoint::Server => {
                Implementations { server: self.plan.server.implementation.into(), ..unknown }
            }
        }
    }
}

/// Plays one end of a plan over real connections, one after the other, each to its end; `next` gives the
/// socket of the connection with this number. Randomness comes from the plan's seed.
///
/// # Errors
/// The plan could not be set up, or there is no socket.
pub fn talk(
    plan: Plan,
    who: Endpoint,
    limits: Limits,
    mut next: impl FnMut(u32) -> io::Result<TcpStream>,
) -> Result<Vec<Talk>, RunError> {
    let (seed, connections) = (plan.seed, plan.conversation.connections);
    let end = SocketEnd::new(plan, who)?;
    let talk = |number| end.talk(number, seed.wrapping_add(number.into()), next(number)?, limits);
    let talks: io::Result<_> = (0..connections).map(talk).collect();
    talks.map_err(|error| RunError::Tcp(error.to_string()))
}

/// A socket that waits when there is nothing to read.
struct Socket {
    stream: TcpStream,
    /// Whose it is.
    who: Endpoint,
    /// When time began, and how long after that the connection was opened.
    made: Instant,
    opened: Duration,
    limits: Limits,
    tap: Tap,
    /// How many bytes the peer may still send.
    left: usize,
    /// Whether there is nothing more to read.
    ended: bool,
    /// Whether the own direction is closed.
    closed: bool,
    cut: Option<Cut>,
}

impl Socket {
    /// What happens from now on, happens now.
    fn take_turn(&self) {
        recorder::turn(self.who, self.now_us());
    }

    /// How long it may take at most from now on; `None` if there is no time left.
    fn time_left(&self) -> Option<Duration> {
        let spent = self.made.elapsed().saturating_sub(self.opened);
        self.limits.time.checked_sub(spent).filter(|left| !left.is_zero())
    }

    /// Waits for bytes within the limits.
    fn wait_for(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(left) = self.time_left() else {
                self.cut = Some(Cut::Time(self.limits.time));
                return Err(ErrorKind::TimedOut.into());
            };
            let silence = self.limits.silence;
            self.stream.set_read_timeout(Some(left.min(silence)))?;
            match self.stream.read(chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if is_timeout(&error) => {
                    self.cut = Some(if left < silence {
                        Cut::Time(self.limits.time)
                    } else {
                        Cut::Silence(silence)
                    });
                    return Err(error);
                }
                result => return result,
            }
        }
    }

    /// Closes the own direction, unless it is closed or the connection is lost.
    fn finish(&mut self) {
        if !self.closed && self.stream.shutdown(Shutdown::Write).is_ok() {
            self.tap.fin(self.who, self.now_us());
        }
        self.closed = true;
    }

    /// Closes the own direction, and reads on for a moment.
    fn linger(&mut self) {
        self.finish();
        let until = Instant::now() + LINGER;
        let mut chunk = vec![0; CHUNK];
        // What comes now comes too late, and is not looked at; but a peer that only sends has no end.
        while !self.ended
            && let Some(left) = until.checked_duration_since(Instant::now())
            && !left.is_zero()
            && self.stream.set_read_timeout(Some(left)).is_ok()
        {
            match self.stream.read(&mut chunk) {
                Ok(0) => {
                    self.ended = true;
                    self.tap.fin(self.who.peer(), self.now_us());
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
    }
}

impl Transport for Socket {
    fn read(&mut self) -> Incoming {
        let mut chunk = vec![0; CHUNK];
        let result = self.wait_for(&mut chunk);
        self.take_turn();
        let (peer, now_us) = (self.who.peer(), self.now_us());
        match result {
            Ok(0) => {
                if !self.ended {
                    self.tap.fin(peer, now_us);
                }
                self.ended = true;
                Incoming::End
            }
            Ok(count) => {
                chunk.truncate(count);
                self.tap.data(peer, &chunk, now_us);
                match self.left.checked_sub(count) {
                    Some(left) => {
                        self.left = left;
                        Incoming::Data(chunk)
                    }
                    None => {
                        self.cut = Some(Cut::Bytes(self.limits.bytes));
                        Incoming::Nothing
                    }
                }
            }
            Err(_) if self.cut.is_some() => Incoming::Nothing,
            Err(_) => {
                if !self.ended {
                    self.tap.reset(peer, now_us);
                }
                self.ended = true;
                Incoming::Reset
            }
        }
    }

    fn write(&mut self, data: &mut Vec<u8>) {
        // What cannot be written shows as a connection that is reset when it is read next.
        let _ = self.stream.set_write_timeout(Some(self.time_left().unwrap_or(LINGER)));
        let mut written = 0;
        while let Some(rest) = data.get(written..).filter(|rest| !rest.is_empty()) {
            match self.stream.write(rest) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => break,
                Ok(count) => written += count,
            }
        }
        self.tap.data(self.who, data.get(..written).unwrap_or_default(), self.now_us());
        data.clear();
    }

    fn close(&mut self) {
        self.finish();
    }

    fn abort(&mut self) {
        // A socket cannot be told to reset here: what goes over the wire is a FIN.
        self.finish();
        let _ = self.stream.shutdown(Shutdown::Both);
        self.ended = true;
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
        micros(self.made.elapsed())
    }
}

fn is_timeout(error: &io::Error) -> bool {
    // Which of the two it is depends on the system.
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::packet::packet_or_opaque;
    use std::net::TcpListener;

    /// Our end and the other one.
    fn pair() -> (Socket, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (other, _) = listener.accept().unwrap();
        let ends = [stream.local_addr().unwrap(), stream.peer_addr().unwrap()];
        let second = Duration::from_secs(1);
        let socket = Socket {
            stream,
            who: Endpoint::Client,
            made: Instant::now(),
            opened: Duration::ZERO,
            limits: Limits { time: second, silence: second, bytes: 100 },
            tap: Tap::new(ends, 0),
            left: 100,
            ended: false,
            closed: false,
            cut: None,
        };
        (socket, other)
    }

    /// What was recorded behind the handshake of TCP.
    fn recorded(socket: Socket) -> Vec<(Endpoint, String)> {
        let packets = socket.tap.into_packets();
        let told = packets.iter().skip(3).map(|packet| {
            let (_, summary, _) = packet_or_opaque(&packet.bytes);
            (packet.from, summary.unwrap().flags.to_string())
        });
        told.collect()
    }

    #[test]
    fn a_connection_that_is_given_up_is_recorded_as_the_peer_sees_it() {
        let (mut socket, mut other) = pair();
        socket.abort();
        let _ = socket.read();
        socket.linger();
        assert_eq!(other.read(&mut [0; 9]).unwrap(), 0);
        assert!(!socket.is_open());
        assert_eq!(recorded(socket), [(Endpoint::Client, "FIN, ACK".to_owned())]);
    }

    #[test]
    fn only_what_was_written_is_recorded_and_one_end_of_it() {
        let (mut socket, mut other) = pair();
        socket.write(&mut b"hello".to_vec());
        socket.close();
        socket.write(&mut b"too late".to_vec());
        let mut read = Vec::new();
        other.read_to_end(&mut read).unwrap();
        assert_eq!(read, b"hello");
        drop(other);
        socket.linger();
        let expected = [
            (Endpoint::Client, "PSH, ACK"),
            (Endpoint::Client, "FIN, ACK"),
            (Endpoint::Server, "FIN, ACK"),
        ];
        assert_eq!(recorded(socket), expected.map(|(who, flags)| (who, flags.to_owned())));
    }
}
