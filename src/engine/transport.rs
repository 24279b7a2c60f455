//! What carries a program's bytes: the socket on the simulated network, or another in its place.

use super::host::{Host, Incoming};
use super::network::Network;

/// What carries the bytes: a socket.
pub trait Transport {
    /// Reads what has come.
    fn read(&mut self) -> Incoming;
    /// Sends what it can of `data`, and takes it out.
    fn write(&mut self, data: &mut Vec<u8>);
    /// Closes the own direction.
    fn close(&mut self);
    /// EndpointConfigs the connection with a RST.
    fn abort(&mut self);
    /// Whether the connection can carry data.
    fn is_open(&self) -> bool;
    /// Whether the connection has been open, and be it for a moment.
    fn was_open(&self) -> bool;
    /// Whether nothing more will come of the connection.
    fn is_done(&self) -> bool;
    /// Virtual time in microseconds; 0 where there is none.
    fn now_us(&self) -> u64;
}

/// The socket on the simulated network and all it needs to work: the host, the network, the time.
pub struct Wire<'a> {
    /// The program's host.
    pub host: &'a mut Host,
    /// The network that the host is on.
    pub network: &'a mut Network,
    /// Virtual time in microseconds.
    pub now_us: u64,
}

impl Transport for Wire<'_> {
    fn read(&mut self) -> Incoming {
        self.host.read()
    }

    /// A write to the socket goes out as a segment of its own, as with TCP_NODELAY.
    fn write(&mut self, data: &mut Vec<u8>) {
        let taken = self.host.write(data);
        data.drain(..taken);
        self.host.send_out(self.now_us, self.network);
    }

    fn close(&mut self) {
        self.host.close();
        self.host.send_out(self.now_us, self.network);
    }

    fn abort(&mut self) {
        self.host.abort();
        self.host.send_out(self.now_us, self.network);
    }

    fn is_open(&self) -> bool {
        self.host.is_open()
    }

    fn was_open(&self) -> bool {
        self.host.was_open()
    }

    fn is_done(&self) -> bool {
        self.host.is_done()
    }

    fn now_us(&self) -> u64 {
        self.now_us
    }
}
