//! A gateway that passes bytes on: two ends that hand each other what they read.

use crate::engine::host::Incoming;
use crate::engine::program::Process;
use crate::engine::transport::Transport;
use crate::tls::ContentType;
use crate::trace::{End, Status};
use crate::wire;
use crate::wire::record::HEADER_LEN;
use crate::wire::view::{ClientHello, Tree, View};
use std::cell::RefCell;
use std::rc::Rc;

/// What is on its way through the gateway.
#[derive(Default)]
pub struct Pipe {
    /// Bytes that came from the client, and whether no more will come.
    up: Way,
    /// Bytes that came from the service.
    down: Way,
}

/// One direction.
#[derive(Default)]
struct Way {
    bytes: Vec<u8>,
    ended: bool,
    reset: bool,
}

/// Both ends have it.
pub type Shared = Rc<RefCell<Pipe>>;

/// The name in the ClientHello that came from the client, once it is there: the gateway only looks.
pub fn server_name(pipe: &Shared) -> Option<String> {
    let pipe = pipe.borrow();
    let bytes = &pipe.up.bytes;
    let [content_type, 3, _, high, low] = *bytes.first_chunk::<HEADER_LEN>()? else { return None };
    if ContentType(content_type) != ContentType::HANDSHAKE {
        return None;
    }
    let length = usize::from(u16::from_be_bytes([high, low]));
    let hello = bytes.get(HEADER_LEN..HEADER_LEN + length)?;
    let context = wire::handshake::Context { version: None, suite: None };
    let (nodes, _) = wire::handshake::message_or_opaque(hello, context);
    ClientHello::of(Tree::new(&nodes, hello))?.server_name().map(String::from)
}

/// One end of the pipe.
pub struct PipeEnd {
    pipe: Shared,
    /// Whether this is the end at the client.
    is_front: bool,
    opened: bool,
    closed: bool,
    error: Option<String>,
}

impl PipeEnd {
    /// The end at the client, or the one at the service.
    pub fn new(pipe: Shared, is_front: bool) -> PipeEnd {
        PipeEnd { pipe, is_front, opened: false, closed: false, error: None }
    }
}

impl Process for PipeEnd {
    fn step(&mut self, wire: &mut dyn Transport) -> bool {
        if !wire.is_open() && !self.opened {
            return false;
        }
        self.opened = true;
        let mut pipe = self.pipe.borrow_mut();
        let Pipe { up, down } = &mut *pipe;
        let (read, write) = if self.is_front { (up, down) } else { (down, up) };
        let mut progress = false;
        match wire.read() {
            Incoming::Data(data) => {
                read.bytes.extend(data);
                progress = true;
            }
            Incoming::End if !read.ended => (read.ended, progress) = (true, true),
            Incoming::Reset if !read.reset => {
                (read.reset, progress) = (true, true);
                self.error = Some("connection reset".into());
            }
            _ => {}
        }
        if !write.bytes.is_empty() {
            let before = write.bytes.len();
            wire.write(&mut write.bytes);
            progress |= write.bytes.len() < before;
        }
        if !self.closed && write.bytes.is_empty() && (write.ended || write.reset) {
            self.closed = true;
            progress = true;
            if write.reset { wire.abort() } else { wire.close() }
        }
        progress
    }

    fn wakes_us(&self) -> Option<u64> {
        None
    }

    fn end(&self) -> End {
        let status = match (&self.error, self.opened) {
            (Some(_), _) => Status::Failed,
            (None, true) => Status::Established,
            (None, false) => Status::Incomplete,
        };
        End { status, error: self.error.clone() }
    }
}
