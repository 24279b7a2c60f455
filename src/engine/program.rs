//! A program on a host: a TLS connection over the host's socket, and an application on top.

#[cfg(test)]
mod tests;

use super::host::Incoming;
use super::http::{Application, Next};
use super::provider::recorder::record;
use super::tls::Tls;
use super::transport::Transport;
use crate::trace::{End, Op, Status};
use crate::wire::record::HEADER_LEN;
use rustls::{ClientConfig, ClientConnection, Connection, ServerConfig, ServerConnection};
use std::io::{self, Read, Write};
use std::sync::Arc;

/// Bytes that a record's fragment can have at most: in TLS 1.2, where it may grow by 2048 by being
/// protected (RFC 5246, section 6.2.3).
const MAX_FRAGMENT: usize = (1 << 14) + 2048;

/// What a TLS connection is made from, once TCP is open.
pub enum TlsConfig {
    /// Connects to the server of this name.
    Client(Arc<ClientConfig>, pki_types::ServerName<'static>),
    /// Accepts.
    Server(Arc<ServerConfig>),
    /// Anything else that speaks TLS.
    Other(Box<dyn Fn() -> Box<dyn Tls>>),
}

impl TlsConfig {
    fn open(&self) -> Result<Box<dyn Tls>, rustls::Error> {
        Ok(match self {
            TlsConfig::Client(config, name) => {
                Box::new(Connection::from(ClientConnection::new(config.clone(), name.clone())?))
            }
            TlsConfig::Server(config) => {
                Box::new(Connection::from(ServerConnection::new(config.clone())?))
            }
            TlsConfig::Other(open) => open(),
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

/// What drives one TLS connection: reads and writes the socket, feeds TLS, asks the application.
pub struct Program {
    config: TlsConfig,
    application: Box<dyn Application>,
    stage: Stage,
    tls: Option<Box<dyn Tls>>,
    /// Came over TCP, not yet a whole record.
    inbox: Vec<u8>,
    /// Not yet taken by the socket.
    outbox: Vec<u8>,
    /// Application data so far.
    received: Vec<u8>,
    /// Early data that went out, to be sent again should the server not take it.
    early: Vec<u8>,
    /// Until when the application wants to wait, in microseconds.
    wake_us: Option<u64>,
    /// Whether the application wants other traffic keys.
    update_due: bool,
    complete: bool,
    peer_closed: bool,
    error: Option<String>,
}

/// What runs on a host, over its one socket.
pub trait Process {
    /// Does what can be done now; `false` if that was nothing.
    fn step(&mut self, wire: &mut dyn Transport) -> bool;
    /// When it wants to go on by itself, in microseconds of virtual time.
    fn wakes_us(&self) -> Option<u64>;
    /// How the connection ended.
    fn end(&self) -> End;
}

impl Process for Program {
    fn step(&mut self, wire: &mut dyn Transport) -> bool {
        Program::step(self, wire)
    }

    fn wakes_us(&self) -> Option<u64> {
        self.wake_us
    }

    fn end(&self) -> End {
        Program::end(self)
    }
}

impl Program {
    /// A program that will talk once its socket is open.
    pub fn new(config: TlsConfig, application: Box<dyn Application>) -> Program {
        Program {
            config,
            application,
            stage: Stage::Connecting,
            tls: None,
            inbox: Vec::new(),
            outbox: Vec::new(),
            received: Vec::new(),
            early: Vec::new(),
            wake_us: None,
            update_due: false,
            complete: false,
            peer_closed: false,
            error: None,
        }
    }

    /// Does what can be done now; `false` if that was nothing.
    pub fn step(&mut self, wire: &mut dyn Transport) -> bool {
        match self.stage {
            Stage::Connecting => self.open(wire),
            Stage::Open | Stage::HalfClosed => self.talk(wire),
            Stage::Gone => refuse(wire),
        }
    }

    /// Whether it has let go of the connection.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn is_gone(&self) -> bool {
        self.stage == Stage::Gone
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

    fn open(&mut self, wire: &mut dyn Transport) -> bool {
        if wire.is_done() {
            let kind = if wire.was_open() {
                io::ErrorKind::ConnectionReset
            } else {
                io::ErrorKind::ConnectionRefused
            };
            self.fail(io::Error::from(kind).to_string());
            self.stage = Stage::Gone;
            return true;
        }
        if !wire.is_open() {
            return false;
        }
        self.stage = Stage::Open;
        match self.config.open() {
            Ok(tls) => {
                // Without TLS there is no handshake to wait for.
                self.complete = !tls.is_handshaking();
                self.tls = Some(tls);
            }
            Err(error) => self.fail(error.to_string()),
        }
        self.speak_early(wire.now_us());
        self.flush(wire);
        true
    }

    /// The connection where it is one of rustls.
    fn rustls(&mut self) -> Option<&mut Connection> {
        self.tls.as_mut()?.rustls()
    }

    /// Lets the application begin before the handshake has, where the session at hand allows early
    /// data (RFC 9846, section 4.3.10).
    fn speak_early(&mut self, now_us: u64) {
        let Some(Connection::Client(tls)) = self.rustls() else { return };
        if tls.early_data().is_none() {
            return;
        }
        let Next::Send(mut data) = self.application.next(&[], now_us) else { return };
        let Some(Connection::Client(tls)) = self.rustls() else { return };
        let written = tls.early_data().and_then(|mut early| early.write(&data).ok()).unwrap_or(0);
        let rest = data.split_off(written);
        record(|| Op::DataWritten { data: data.clone() });
        // What the server does not take early waits for the end of the handshake.
        if !rest.is_empty() && tls.writer().write_all(&rest).is_ok() {
            record(|| Op::DataWritten { data: rest });
        }
        self.early = data;
    }

    /// What goes with the end of the handshake: early data that the server did not take is sent
    /// again.
    fn completed(&mut self) {
        self.complete = true;
        record(|| Op::HandshakeComplete);
        let chain = self.rustls().and_then(|tls| tls.peer_certificates());
        let certificate = chain.and_then(|chain| chain.first()).map(|leaf| leaf.to_vec());
        self.application.established(certificate);
        let early = std::mem::take(&mut self.early);
        if let Some(Connection::Client(tls)) = self.rustls()
            && !early.is_empty()
            && !tls.is_early_data_accepted()
            && tls.writer().write_all(&early).is_ok()
        {
            record(|| Op::DataWritten { data: early });
        }
    }

    /// Whether application data may go out: a server that took early data answers it at once.
    fn may_speak(&mut self) -> bool {
        let answers_early = matches!(self.rustls(), Some(Connection::Server(_)));
        self.complete || answers_early && !self.received.is_empty()
    }

    fn talk(&mut self, wire: &mut dyn Transport) -> bool {
        let read = self.read(wire);
        self.flush(wire);
        if self.error.is_some() {
            self.stage = Stage::Gone;
            wire.close();
            return true;
        }
        let mut spoke = false;
        while self.stage == Stage::Open && self.may_speak() && self.speak(wire) {
            spoke = true;
        }
        read || spoke
    }

    /// Reads from the socket, and has TLS process what is whole.
    fn read(&mut self, wire: &mut dyn Transport) -> bool {
        match wire.read() {
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
            // Both ends have said that they are done: nothing is lost.
            Incoming::Reset if self.stage == Stage::HalfClosed && self.peer_closed => {
                self.stage = Stage::Gone;
                true
            }
            Incoming::Reset => {
                self.fail(io::Error::from(io::ErrorKind::ConnectionReset).to_string());
                true
            }
        }
    }

    /// Feeds bytes to TLS and takes out what they held.
    fn process(&mut self, bytes: &[u8]) {
        let Some(tls) = &mut self.tls else { return };
        match tls.receive(bytes) {
            Ok(received) => {
                let completes = !self.complete && !tls.is_handshaking();
                self.peer_closed |= received.peer_closed;
                self.take_early();
                if completes {
                    self.completed();
                }
                self.take(received.data);
            }
            Err(error) => self.fail(error),
        }
    }

    /// Takes in early data, if TLS accepted some.
    fn take_early(&mut self) {
        let Some(Connection::Server(tls)) = self.rustls() else { return };
        let mut data = Vec::new();
        if let Some(mut early) = tls.early_data()
            && early.read_to_end(&mut data).is_ok()
        {
            self.take(data);
        }
    }

    fn take(&mut self, data: Vec<u8>) {
        if !data.is_empty() {
            self.received.extend(&data);
            record(|| Op::DataRead { data });
        }
    }

    /// The peer has closed its side of TCP. Without close_notify before, that is an error, whose
    /// text the TLS library has.
    fn end_of_stream(&mut self) -> bool {
        let cut_off = !self.peer_closed && self.application.needs_more(&self.received);
        if self.stage == Stage::HalfClosed && !cut_off {
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
            match tls.end_of_stream() {
                Ok(()) => self.peer_closed = true,
                Err(error) => self.fail(error),
            }
        }
        true
    }

    /// Lets the application do the next thing.
    fn speak(&mut self, wire: &mut dyn Transport) -> bool {
        self.update_keys(wire);
        let next = match self.application.next(&self.received, wire.now_us()) {
            Next::Wait | Next::WaitUntil(_) if self.peer_closed => Next::Close,
            next => next,
        };
        self.wake_us = None;
        let Some(tls) = &mut self.tls else { return false };
        match next {
            Next::Wait => return false,
            Next::WaitUntil(wake_us) => {
                self.wake_us = Some(wake_us);
                return false;
            }
            Next::Send(data) => {
                record(|| Op::DataWritten { data: data.clone() });
                if let Err(error) = tls.send(&data) {
                    self.fail(error);
                }
                self.flush(wire);
            }
            Next::UpdateKeys => {
                self.update_due = true;
                self.update_keys(wire);
            }
            Next::Close => {
                tls.send_close_notify();
                self.flush(wire);
                self.stage = Stage::HalfClosed;
                wire.close();
            }
            Next::Abort => {
                self.stage = Stage::Gone;
                wire.abort();
            }
        }
        true
    }

    /// Changes the traffic keys, if that is due and the handshake is complete: where early data is
    /// answered, it may not be yet.
    fn update_keys(&mut self, wire: &mut dyn Transport) {
        if !self.update_due || !self.complete {
            return;
        }
        self.update_due = false;
        if let Some(tls) = self.rustls()
            && let Err(error) = tls.refresh_traffic_keys()
        {
            self.fail(error.to_string());
        }
        self.flush(wire);
    }

    /// Writes what TLS has to send to the socket.
    fn flush(&mut self, wire: &mut dyn Transport) {
        if let Some(tls) = &mut self.tls {
            tls.write_to(&mut self.outbox);
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
fn refuse(wire: &mut dyn Transport) -> bool {
    let unwanted = matches!(wire.read(), Incoming::Data(_));
    if unwanted {
        wire.abort();
    }
    unwanted
}

/// Bytes of the first record, if it is whole. Bytes that do not start a TLS record, or one that is longer
/// than any may be, are left for TLS to refuse.
fn whole_record(inbox: &[u8]) -> Option<usize> {
    let (header, rest) = inbox.split_first_chunk::<HEADER_LEN>()?;
    let [content_type, _, _, high, low] = *header;
    if !(20..=24).contains(&content_type) {
        return Some(inbox.len());
    }
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length > MAX_FRAGMENT {
        return Some(inbox.len());
    }
    (rest.len() >= length).then_some(HEADER_LEN + length)
}
