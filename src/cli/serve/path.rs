//! Someone on the path to a server, for real: what a plan does there to records and packets is done between two
//! sockets.

use super::STACK;
use crate::plan::{Change, PacketAction, Plan, Tamper, When, Which};
use crate::trace::{Endpoint, Fate};
use rustls::ContentType;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes read at once: more than a ClientHello has.
const CHUNK: usize = 16_384;

/// Bytes of a record's header.
const HEADER: usize = 5;

/// How long an end may be silent.
const SILENCE: Duration = Duration::from_secs(30);

/// How long a ClientHello may take to be whole, and how long to wait for its next part.
const FOR_A_HELLO: Duration = Duration::from_secs(10);
const NEXT_PART: Duration = Duration::from_millis(5);

/// How long a port may take to answer that does.
const FOR_AN_ANSWER: Duration = Duration::from_millis(300);

/// More connections than any queue has room for.
const QUEUE: usize = 5000;

/// What happens on the path to a server.
pub(super) struct OnPath {
    acts: Vec<Tamper>,
    /// A connection whose ClientHello has this name in it is reset.
    filtered: Option<String>,
    is_tls13: bool,
}

impl OnPath {
    /// What happens there by this plan; `None` if that is nothing.
    pub fn of(plan: &Plan) -> Option<OnPath> {
        let on_path = |act: &&Tamper| act.when == When::AfterSealing;
        let acts: Vec<Tamper> = plan.tampering.iter().filter(on_path).cloned().collect();
        let filtered = plan.path.packets.iter().find_map(|rule| match (&rule.which, rule.action) {
            (Which::Holding(name), PacketAction::Reset) => Some(name.clone()),
            _ => None,
        });
        let is_there = !acts.is_empty() || filtered.is_some();
        is_there.then(|| OnPath { acts, filtered, is_tls13: plan.is_tls13() })
    }

    /// Takes a client's connection, and gives the server's end of the one over which it goes on.
    ///
    /// # Errors
    /// The client is gone, or the system has no more sockets or threads to give.
    pub fn cross(self: &Arc<Self>, client: TcpStream) -> io::Result<TcpStream> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let onward = TcpStream::connect(listener.local_addr()?)?;
        let (server, from) = listener.accept()?;
        if from != onward.local_addr()? {
            return Err(ErrorKind::ConnectionRefused.into());
        }
        for end in [&client, &onward] {
            end.set_nodelay(true)?;
            end.set_read_timeout(Some(SILENCE))?;
            end.set_write_timeout(Some(SILENCE))?;
        }
        if self.filtered.as_deref().is_some_and(|name| holds(&client, name)) {
            // Both sockets are closed here: over bytes that nobody has read, TCP does that by RST.
            return Ok(server);
        }
        let (client, onward) = (Arc::new(client), Arc::new(onward));
        let protected = Arc::new(AtomicUsize::new(0));
        for from in Endpoint::BOTH {
            let (reads, writes) = match from {
                Endpoint::Client => (client.clone(), onward.clone()),
                Endpoint::Server => (onward.clone(), client.clone()),
            };
            let (path, protected) = (self.clone(), protected.clone());
            let way = Way { path, from, reads, writes, protected, seen: Seen::default() };
            thread::Builder::new().stack_size(STACK).spawn(move || way.carry())?;
        }
        Ok(server)
    }
}

/// Whether a client's first record has this name in it. Nothing is read.
fn holds(client: &TcpStream, name: &str) -> bool {
    let (mut bytes, until) = (vec![0; CHUNK], Instant::now() + FOR_A_HELLO);
    while Instant::now() < until {
        let Ok(count @ 1..) = client.peek(&mut bytes) else { return false };
        let there = bytes.get(..count).unwrap_or_default();
        if there.windows(name.len().max(1)).any(|part| part == name.as_bytes()) {
            return true;
        }
        if whole(there).is_some() || count == bytes.len() {
            return false;
        }
        thread::sleep(NEXT_PART);
    }
    false
}

/// How many bytes the first record has, if all are there; of what is no TLS, whatever there is.
fn whole(bytes: &[u8]) -> Option<usize> {
    let types = u8::from(ContentType::ChangeCipherSpec)..=u8::from(ContentType::ApplicationData);
    let first = bytes.first()?;
    if !types.contains(first) {
        return Some(bytes.len());
    }
    let [_, _, _, high, low] = bytes.first_chunk::<HEADER>()?;
    let end = HEADER + usize::from(u16::from_be_bytes([*high, *low]));
    (bytes.len() >= end).then_some(end)
}

/// One direction of a connection.
struct Way {
    path: Arc<OnPath>,
    /// Who sends in it.
    from: Endpoint,
    reads: Arc<TcpStream>,
    writes: Arc<TcpStream>,
    /// How many protected records of the client's have passed.
    protected: Arc<AtomicUsize>,
    seen: Seen,
}

/// What came so far.
#[derive(Default)]
struct Seen {
    /// The beginning of the next record.
    bytes: Vec<u8>,
    /// What the records carried.
    contents: Vec<ContentType>,
    /// A record that waits for the next one to pass.
    held: Vec<u8>,
    /// Whether nothing passes any more.
    is_cut: bool,
}

impl Way {
    /// Carries all that comes, until an end is gone.
    fn carry(mut self) {
        let mut chunk = vec![0; CHUNK];
        loop {
            match (&*self.reads).read(&mut chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => break,
                // Behind the cut the sender is heard, and nobody else hears it.
                Ok(_) if self.seen.is_cut => {}
                Ok(count) => {
                    self.seen.bytes.extend(chunk.get(..count).unwrap_or_default());
                    let passing = self.passing();
                    if (&*self.writes).write_all(&passing).is_err() {
                        break;
                    }
                    if self.seen.is_cut {
                        let _ = self.writes.shutdown(Shutdown::Write);
                    }
                }
            }
        }
        if !self.seen.is_cut {
            let rest = [std::mem::take(&mut self.seen.held), self.seen.bytes].concat();
            let _ = (&*self.writes).write_all(&rest);
        }
        let _ = self.writes.shutdown(Shutdown::Write);
    }

    /// What passes of the records that are whole.
    fn passing(&mut self) -> Vec<u8> {
        let mut passing = Vec::new();
        while let Some(length) = whole(&self.seen.bytes).filter(|_| !self.seen.is_cut) {
            let mut record: Vec<u8> = self.seen.bytes.drain(..length).collect();
            let content = self.content(record.first().copied().unwrap_or_default());
            let nth = self.seen.contents.iter().filter(|one| **one == content).count();
            self.seen.contents.push(content);
            let is_meant = |act: &&Tamper| {
                let target = act.target;
                (target.from, target.content, target.nth as usize) == (self.from, content, nth)
            };
            let mut fate = None;
            for act in self.path.acts.iter().filter(is_meant) {
                act.change.apply_to_record(&mut record);
                if let Change::Whole(what) = act.change {
                    fate = Some(what);
                }
            }
            let held = std::mem::take(&mut self.seen.held);
            match fate {
                None => passing.extend(record),
                Some(Fate::Dropped) => {}
                Some(Fate::Repeated) => passing.extend(record.repeat(2)),
                Some(Fate::HeldBack) => self.seen.held = record,
                Some(Fate::CutOff) => self.seen.is_cut = true,
            }
            passing.extend(held);
        }
        passing
    }

    /// What a record carries, as whoever is on the path has to guess: in TLS 1.3 the client's first protected
    /// record is its Finished, and until that has passed the server's are of the handshake.
    fn content(&self, outer: u8) -> ContentType {
        let outer = ContentType::from(outer);
        if outer != ContentType::ApplicationData || !self.path.is_tls13 {
            return outer;
        }
        let before = match self.from {
            Endpoint::Client => self.protected.fetch_add(1, Ordering::SeqCst),
            Endpoint::Server => self.protected.load(Ordering::SeqCst),
        };
        if before == 0 { ContentType::Handshake } else { outer }
    }
}

/// Has a port answer nothing: where the queue of a listener is full, and nobody takes anything out of it, TCP lets
/// the next SYN go by without a word. It is so for as long as what this gives is kept.
///
/// # Errors
/// The port goes on answering.
pub(super) fn silenced(listener: TcpListener) -> io::Result<(TcpListener, Vec<TcpStream>)> {
    let address = listener.local_addr()?;
    let (mut waiting, mut silent) = (Vec::new(), 0);
    // A busy machine may give no answer in time once.
    while silent < 2 {
        match TcpStream::connect_timeout(&address, FOR_AN_ANSWER) {
            Ok(stream) => {
                silent = 0;
                waiting.push(stream);
            }
            Err(_) => silent += 1,
        }
        if waiting.len() > QUEUE {
            return Err(ErrorKind::Unsupported.into());
        }
    }
    Ok((listener, waiting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// What passes of these records of the client's on the path of this fault.
    fn passes(fault: &str, records: &[&[u8]]) -> Vec<u8> {
        let plan = Scenario::parse(fault).unwrap().plan();
        let path = Arc::new(OnPath::of(&plan).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        for record in records {
            client.write_all(record).unwrap();
        }
        client.shutdown(Shutdown::Write).unwrap();
        let mut server = path.cross(listener.accept().unwrap().0).unwrap();
        let mut arrived = Vec::new();
        server.read_to_end(&mut arrived).unwrap();
        arrived
    }

    const HELLO: &[u8] = &[22, 3, 1, 0, 1, 1];
    const FINISHED: &[u8] = &[23, 3, 3, 0, 1, 2];
    const REQUEST: &[u8] = &[23, 3, 3, 0, 2, 3, 3];
    const GOODBYE: &[u8] = &[23, 3, 3, 0, 1, 4];

    #[test]
    fn whole_records_are_dropped_repeated_and_held_back() {
        let all = [HELLO, FINISHED, REQUEST, GOODBYE];
        for (fault, expected) in [
            ("dropped-record", vec![HELLO, FINISHED, GOODBYE]),
            ("replayed-record", vec![HELLO, FINISHED, REQUEST, REQUEST, GOODBYE]),
            ("reordered-records", vec![HELLO, FINISHED, GOODBYE, REQUEST]),
            ("oversized-record", vec![HELLO, FINISHED, &[23, 3, 3, 255, 255, 3, 3], GOODBYE]),
            ("garbage-record", vec![HELLO, FINISHED, &[0, 0, 0, 0, 0, 3, 3], GOODBYE]),
        ] {
            assert_eq!(passes(fault, &all), expected.concat(), "{fault}");
        }
    }

    #[test]
    fn what_is_no_tls_and_what_is_not_whole_passes_as_it_is() {
        for bytes in [&b"GET / HTTP/1.1\r\n\r\n"[..], &[22, 3, 1, 255, 255, 0], &[]] {
            assert_eq!(passes("tampered-record", &[bytes]), bytes);
        }
    }

    #[test]
    fn a_name_that_is_filtered_passes_nowhere_and_another_does() {
        let hello = |name: &str| {
            let length = u8::try_from(name.len()).unwrap();
            [&[22, 3, 1, 0, length], name.as_bytes()].concat()
        };
        assert!(passes("reset-on-sni", &[&hello("www.example.com")]).is_empty());
        let other = hello("www.example.org");
        assert_eq!(passes("reset-on-sni", &[&other]), other);
    }

    #[test]
    fn a_silenced_port_answers_nobody() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let silenced = silenced(listener).unwrap();
        let refused = TcpStream::connect_timeout(&address, FOR_AN_ANSWER).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        drop(silenced);
    }
}
