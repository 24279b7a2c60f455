//! A program on a host: a TLS connection over the host's socket, and an application on top.

use super::host::{Host, Incoming};
use super::http::{Application, Next};
use super::link::Link;
use super::provider::recorder::record;
use crate::trace::{End, Op, Status};
use rustls::{ClientConfig, ClientConnection, Connection, ServerConfig, ServerConnection};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// Octets of a TLS record's header.
const RECORD_HEADER: usize = 5;

/// What a TLS connection is made from, once TCP is open.
pub enum Role {
    /// Connects to the server of this name.
    Client(Arc<ClientConfig>, pki_types::ServerName<'static>),
    /// Accepts.
    Server(Arc<ServerConfig>),
}

impl Role {
    fn open(&self) -> Result<Connection, rustls::Error> {
        Ok(match self {
            Role::Client(config, name) => {
                ClientConnection::new(config.clone(), name.clone())?.into()
            }
            Role::Server(config) => ServerConnection::new(config.clone())?.into(),
        })
    }
}

/// How far the program is with the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Waiting for TCP.
    Connecting,
    /// Both directions are open.
    Open,
    /// It has said close_notify and closed its side, and still reads.
    HalfClosed,
    /// It has let go of the connection.
    Gone,
}

/// A program.
pub struct Program {
    role: Role,
    application: Box<dyn Application>,
    stage: Stage,
    tls: Option<Connection>,
    /// Came over TCP, not yet a whole record.
    inbox: Vec<u8>,
    /// Not yet taken by the socket.
    outbox: Vec<u8>,
    /// Application data so far.
    received: Vec<u8>,
    complete: bool,
    peer_closed: bool,
    error: Option<String>,
}

/// The socket and all it needs to work: the host, the link, the time.
pub struct Wire<'a> {
    /// The program's host.
    pub host: &'a mut Host,
    /// The link that the host is on.
    pub link: &'a mut Link,
    /// Virtual time in microseconds.
    pub now_us: u64,
}

impl Wire<'_> {
    /// A write to the socket goes out as a segment of its own, as with TCP_NODELAY.
    fn write(&mut self, data: &mut Vec<u8>) {
        let taken = self.host.write(data);
        data.drain(..taken);
        self.host.send_out(self.now_us, self.link);
    }

    fn close(&mut self) {
        self.host.close();
        self.host.send_out(self.now_us, self.link);
    }
}

impl Program {
    /// A program that will talk once its socket is open.
    pub fn new(role: Role, application: Box<dyn Application>) -> Program {
        Program {
            role,
            application,
            stage: Stage::Connecting,
            tls: None,
            inbox: Vec::new(),
            outbox: Vec::new(),
            received: Vec::new(),
            complete: false,
            peer_closed: false,
            error: None,
        }
    }

    /// Does what can be done now; `false` if that was nothing.
    pub fn step(&mut self, wire: &mut Wire) -> bool {
        match self.stage {
            Stage::Connecting => self.open(wire),
            Stage::Open | Stage::HalfClosed => self.talk(wire),
            Stage::Gone => refuse(wire),
        }
    }

    /// How the connection ended.
    pub fn end(&self) -> End {
        let status = match (&self.error, self.complete) {
            (Some(_), _) => Status::Failed,
            (None, true) => Status::Established,
            (None, false) => Status::Incomplete,
        };
        End { status, error: self.error.clone() }
    }

    fn open(&mut self, wire: &mut Wire) -> bool {
        if wire.host.is_done() {
            self.fail(io::Error::from(io::ErrorKind::ConnectionRefused).to_string());
            self.stage = Stage::Gone;
            return true;
        }
        if !wire.host.is_open() {
            return false;
        }
        self.stage = Stage::Open;
        match self.role.open() {
            Ok(tls) => self.tls = Some(tls),
            Err(error) => self.fail(error.to_string()),
        }
        self.flush(wire);
        true
    }

    fn talk(&mut self, wire: &mut Wire) -> bool {
        let read = self.read(wire);
        self.flush(wire);
        if self.error.is_some() {
            self.stage = Stage::Gone;
            wire.close();
            return true;
        }
        let spoke = self.stage == Stage::Open && self.complete && self.speak(wire);
        read || spoke
    }

    /// Reads from the socket, and has TLS process what is whole.
    fn read(&mut self, wire: &mut Wire) -> bool {
        match wire.host.read() {
            Incoming::Data(data) => {
                self.inbox.extend(data);
                while self.error.is_none()
                    && let Some(length) = whole_record(&self.inbox)
                {
                    let record: Vec<u8> = self.inbox.drain(..length).collect();
                    self.process(&record);
                }
                true
            }
            Incoming::Nothing => false,
            Incoming::End => self.end_of_stream(),
            Incoming::Reset => {
                self.fail(io::Error::from(io::ErrorKind::ConnectionReset).to_string());
                true
            }
        }
    }

    /// Feeds octets to TLS and takes out what they held.
    fn process(&mut self, mut octets: &[u8]) {
        let Some(tls) = &mut self.tls else { return };
        while !octets.is_empty() {
            let result = tls
                .read_tls(&mut octets)
                .map_err(|error| error.to_string())
                .and_then(|_| tls.process_new_packets().map_err(|error| error.to_string()));
            match result {
                Ok(state) => {
                    if !self.complete && !tls.is_handshaking() {
                        self.complete = true;
                        record(|| Op::HandshakeComplete);
                    }
                    let mut data = vec![0; state.plaintext_bytes_to_read()];
                    if !data.is_empty() && tls.reader().read_exact(&mut data).is_ok() {
                        self.received.extend(&data);
                        record(|| Op::DataRead { data });
                    }
                    self.peer_closed |= state.peer_has_closed();
                }
                Err(error) => return self.fail(error),
            }
        }
    }

    /// The peer has closed its side of TCP. Without close_notify before, that is an error, whose
    /// text rustls has.
    fn end_of_stream(&mut self) -> bool {
        if self.stage == Stage::HalfClosed {
            self.stage = Stage::Gone;
            return true;
        }
        if self.peer_closed {
            // Not new: the application closes when it has said what it has to say.
            return false;
        }
        let rest = std::mem::take(&mut self.inbox);
        self.process(&rest);
        if let Some(tls) = &mut self.tls
            && self.error.is_none()
        {
            let _ = tls.read_tls(&mut io::empty());
            if let Err(error) = tls.reader().read(&mut [0]) {
                self.fail(error.to_string());
            }
        }
        true
    }

    /// Lets the application do the next thing.
    fn speak(&mut self, wire: &mut Wire) -> bool {
        let next = match self.application.next(&self.received) {
            Next::Wait if self.peer_closed => Next::Close,
            next => next,
        };
        let Some(tls) = &mut self.tls else { return false };
        match next {
            Next::Wait => return false,
            Next::Send(data) => {
                record(|| Op::DataWritten { data: data.clone() });
                if let Err(error) = tls.writer().write_all(&data) {
                    self.fail(error.to_string());
                }
                self.flush(wire);
            }
            Next::UpdateKeys => {
                if let Err(error) = tls.refresh_traffic_keys() {
                    self.fail(error.to_string());
                }
                self.flush(wire);
            }
            Next::Close => {
                tls.send_close_notify();
                self.flush(wire);
                self.stage = Stage::HalfClosed;
                wire.close();
            }
        }
        true
    }

    /// Writes what TLS has to send to the socket.
    fn flush(&mut self, wire: &mut Wire) {
        if let Some(tls) = &mut self.tls {
            while tls.wants_write() && tls.write_tls(&mut self.outbox).is_ok() {}
        }
        if !self.outbox.is_empty() {
            wire.write(&mut self.outbox);
        }
    }

    fn fail(&mut self, error: String) {
        record(|| Op::Failed { error: error.clone() });
        self.error = Some(error);
    }
}

/// Data for a program that has let go of the connection: the kernel answers with a RST.
fn refuse(wire: &mut Wire) -> bool {
    let unwanted = matches!(wire.host.read(), Incoming::Data(_));
    if unwanted {
        wire.host.abort();
        wire.host.send_out(wire.now_us, wire.link);
    }
    unwanted
}

/// Octets of the first record, if it is whole. Octets that do not start a TLS record are left for
/// rustls to refuse.
fn whole_record(inbox: &[u8]) -> Option<usize> {
    let (header, rest) = inbox.split_first_chunk::<RECORD_HEADER>()?;
    let [content_type, _, _, high, low] = *header;
    if !(20..=24).contains(&content_type) {
        return Some(inbox.len());
    }
    let length = usize::from(u16::from_be_bytes([high, low]));
    (rest.len() >= length).then_some(RECORD_HEADER + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::http::{Server, Update};
    use crate::engine::setup::Setup;
    use crate::engine::{SERVER, config};
    use crate::scenario::Scenario;
    use smoltcp::wire::{Ipv4Packet, TcpPacket};
    use std::net::SocketAddrV4;

    /// Two hosts with an open connection on a link without delay.
    fn connected() -> (Host, Host, Link) {
        let mut link = Link::new(0);
        let address = SocketAddrV4::new("192.0.2.1".parse().unwrap(), 50_000);
        let mut server = Host::listening(SERVER, 1, 65_535, &mut link).unwrap();
        let mut client = Host::connecting(address, SERVER, 2, 65_535, &mut link).unwrap();
        for _ in 0..3 {
            client.send_out(0, &mut link);
            while server.take_in(0, &mut link) {}
            server.send_out(0, &mut link);
            while client.take_in(0, &mut link) {}
        }
        assert!(client.is_open() && server.is_open());
        (client, server, link)
    }

    fn server_program() -> Program {
        let scenario = Scenario::default();
        let (_, server) = config::configs(&scenario, &Setup::new(&scenario)).unwrap();
        Program::new(Role::Server(server), Box::new(Server::new(Update::No)))
    }

    #[test]
    fn data_for_a_program_that_is_gone_is_answered_with_a_reset() {
        let (mut client, mut server, mut link) = connected();
        let mut program = server_program();
        program.stage = Stage::Gone;
        client.write(b"too late");
        client.send_out(0, &mut link);
        while server.take_in(0, &mut link) {}
        assert!(program.step(&mut Wire { host: &mut server, link: &mut link, now_us: 0 }));
        let last = link.packets.last().unwrap();
        let ip = Ipv4Packet::new_checked(&last.bytes[..]).unwrap();
        assert!(TcpPacket::new_checked(ip.payload()).unwrap().rst());
        while client.take_in(0, &mut link) {}
        assert!(matches!(client.read(), Incoming::Reset));
    }

    #[test]
    fn octets_that_are_not_tls_make_the_server_fail_with_an_alert() {
        let (mut client, mut server, mut link) = connected();
        let mut program = server_program();
        client.write(b"GET / HTTP/1.1\r\n\r\n");
        client.send_out(0, &mut link);
        while server.take_in(0, &mut link) {}
        while program.step(&mut Wire { host: &mut server, link: &mut link, now_us: 0 }) {
            if program.stage == Stage::Gone {
                break;
            }
        }
        assert!(program.error.is_some());
        while client.take_in(0, &mut link) {}
        let Incoming::Data(alert) = client.read() else { panic!("no alert") };
        assert_eq!(alert[0], 21);
    }

    #[test]
    fn a_stream_that_ends_without_close_notify_is_an_error() {
        let (mut client, mut server, mut link) = connected();
        let mut program = server_program();
        client.close();
        client.send_out(0, &mut link);
        while server.take_in(0, &mut link) {}
        while program.step(&mut Wire { host: &mut server, link: &mut link, now_us: 0 }) {
            if program.stage == Stage::Gone {
                break;
            }
        }
        assert!(program.error.is_some_and(|error| error.contains("close_notify")));
    }
}
