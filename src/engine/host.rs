//! A host: one IPv4 address and one TCP socket on a real stack.

use super::network::Network;
use super::provider::recorder::record;
use crate::trace::{Endpoint, Op};
use smoltcp::iface::{Config, Interface, PollIngressSingleResult, SocketHandle, SocketSet};
use smoltcp::socket::tcp::{RecvError, Socket, SocketBuffer, State};
use smoltcp::time::Instant;
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr};
use std::net::{Ipv4Addr, SocketAddrV4};

/// Bytes that a socket holds until they are sent and acknowledged.
const SEND_BUFFER: usize = 65_535;

/// The prefix length of the hosts' addresses, in bits: they are neighbours.
const NETWORK_BITS: u8 = 24;

/// What there is to read.
pub enum Incoming {
    /// These bytes, at least one.
    Data(Vec<u8>),
    /// Nothing for now.
    Nothing,
    /// The peer has closed its side, and everything before that was read.
    End,
    /// The connection is gone.
    Reset,
}

/// An IPv4 host with one TCP socket.
pub struct Host {
    who: Endpoint,
    interface: Interface,
    sockets: SocketSet<'static>,
    socket: SocketHandle,
    seen: State,
    /// Whether the connection has been open.
    was_open: bool,
}

impl Host {
    /// The server's host, waiting for a connection to this port; with `None` nobody waits at any. Its
    /// initial sequence number comes from `seed`, its receive window is `window` bytes.
    ///
    /// # Errors
    /// The address or the port is not usable.
    pub fn waiting(
        address: Ipv4Addr,
        port: Option<u16>,
        seed: u64,
        window: usize,
        now_us: u64,
        network: &mut Network,
    ) -> Result<Host, String> {
        let mut host = Host::new(Endpoint::Server, address, seed, window, now_us, network)?;
        if let Some(port) = port {
            let listening = host.socket_mut().listen(port);
            listening.map_err(|error| format!("cannot listen on {address}:{port}: {error}"))?;
        }
        host.note_state();
        Ok(host)
    }

    /// The client's host, starting a connection from `address` to the server. Its initial sequence
    /// number comes from `seed`, its receive window is `window` bytes.
    ///
    /// # Errors
    /// An address or a port is not usable.
    pub fn connecting(
        address: SocketAddrV4,
        to: SocketAddrV4,
        seed: u64,
        window: usize,
        now_us: u64,
        network: &mut Network,
    ) -> Result<Host, String> {
        let mut host = Host::new(Endpoint::Client, *address.ip(), seed, window, now_us, network)?;
        let socket = host.sockets.get_mut::<Socket<'_>>(host.socket);
        let remote = (IpAddress::Ipv4(*to.ip()), to.port());
        let connecting = socket.connect(host.interface.context(), remote, address.port());
        connecting.map_err(|error| format!("cannot connect from {address} to {to}: {error}"))?;
        host.note_state();
        Ok(host)
    }

    fn new(
        who: Endpoint,
        address: Ipv4Addr,
        seed: u64,
        window: usize,
        now_us: u64,
        network: &mut Network,
    ) -> Result<Host, String> {
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = seed;
        let mut interface = Interface::new(config, &mut network.port(who), at(now_us));
        let mut added = Ok(());
        interface.update_ip_addrs(|list| {
            added = list.push(IpCidr::new(IpAddress::Ipv4(address), NETWORK_BITS));
        });
        added.map_err(|address| format!("no room for the address {address}"))?;

        let buffer = |bytes| SocketBuffer::new(vec![0; bytes]);
        let mut socket = Socket::new(buffer(window), buffer(SEND_BUFFER));
        // As programs that talk TLS set it (TCP_NODELAY), and as stacks do early in a connection.
        socket.set_nagle_enabled(false);
        socket.set_ack_delay(None);
        let mut sockets = SocketSet::new(Vec::new());
        let socket = sockets.add(socket);
        let (seen, was_open) = (State::Closed, false);
        Ok(Host { who, interface, sockets, socket, seen, was_open })
    }

    /// Takes in one packet, if one has arrived. A connection just opened is acknowledged at once, as
    /// a kernel does before the program wakes up.
    pub fn take_in(&mut self, now_us: u64, network: &mut Network) -> bool {
        let before = self.seen;
        let result = self.interface.poll_ingress_single(
            at(now_us),
            &mut network.port(self.who),
            &mut self.sockets,
        );
        self.note_state();
        if before != State::Established && self.seen == State::Established {
            self.send_out(now_us, network);
        }
        !matches!(result, PollIngressSingleResult::None)
    }

    /// Sends whatever the socket has to send now.
    pub fn send_out(&mut self, now_us: u64, network: &mut Network) {
        self.interface.poll_egress(at(now_us), &mut network.port(self.who), &mut self.sockets);
        self.note_state();
    }

    /// When the stack next has something to do by itself, in microseconds.
    pub fn next_timer(&mut self, now_us: u64) -> Option<u64> {
        let next = self.interface.poll_at(at(now_us), &self.sockets)?;
        Some(next.total_micros().unsigned_abs())
    }

    /// Reads what has come.
    pub fn read(&mut self) -> Incoming {
        let read = self.socket_mut().recv(|data| (data.len(), data.to_vec()));
        match read {
            Ok(data) if !data.is_empty() => Incoming::Data(data),
            Ok(_) => Incoming::Nothing,
            Err(RecvError::Finished) => Incoming::End,
            Err(RecvError::InvalidState) => match self.state() {
                State::Listen | State::SynSent | State::SynReceived => Incoming::Nothing,
                State::CloseWait | State::LastAck | State::Closing | State::TimeWait => {
                    Incoming::End
                }
                _ => Incoming::Reset,
            },
        }
    }

    /// Hands bytes to the socket; returns how many it took.
    pub fn write(&mut self, data: &[u8]) -> usize {
        self.socket_mut().send_slice(data).unwrap_or(0)
    }

    /// Closes the own side of the connection.
    pub fn close(&mut self) {
        self.socket_mut().close();
        self.note_state();
    }

    /// EndpointConfigs the connection with a RST.
    pub fn abort(&mut self) {
        self.socket_mut().abort();
        self.note_state();
    }

    /// Whether the connection can carry data.
    pub fn is_open(&self) -> bool {
        matches!(self.state(), State::Established | State::CloseWait)
    }

    /// Whether the connection has been open, and be it for a moment.
    pub fn was_open(&self) -> bool {
        self.was_open
    }

    /// Whether nothing more will come of this connection. TIME-WAIT counts: it only waits.
    pub fn is_done(&self) -> bool {
        matches!(self.state(), State::Closed | State::TimeWait)
    }

    fn state(&self) -> State {
        self.sockets.get::<Socket<'_>>(self.socket).state()
    }

    fn socket_mut(&mut self) -> &mut Socket<'static> {
        self.sockets.get_mut::<Socket<'_>>(self.socket)
    }

    fn note_state(&mut self) {
        let state = self.state();
        if state != self.seen {
            self.seen = state;
            self.was_open |= state == State::Established;
            record(|| Op::TcpState { state: name(state).into() });
        }
    }
}

fn at(now_us: u64) -> Instant {
    Instant::from_micros(now_us as i64)
}

/// The state's name in RFC 9293, section 3.3.2.
fn name(state: State) -> &'static str {
    match state {
        State::Closed => "CLOSED",
        State::Listen => "LISTEN",
        State::SynSent => "SYN-SENT",
        State::SynReceived => "SYN-RECEIVED",
        State::Established => "ESTABLISHED",
        State::FinWait1 => "FIN-WAIT-1",
        State::FinWait2 => "FIN-WAIT-2",
        State::CloseWait => "CLOSE-WAIT",
        State::Closing => "CLOSING",
        State::LastAck => "LAST-ACK",
        State::TimeWait => "TIME-WAIT",
    }
}
