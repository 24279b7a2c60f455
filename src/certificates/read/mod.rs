//! What is in files: certificates, requests, keys and revocation lists, in PEM of any mixture, DER, PKCS #7
//! or PKCS #12, and in what programs print.
//!
//! What cannot be read is told with its place, and what stands around it is read all the same. Nothing here
//! shows a private key: [`Thing::Key`] keeps the public half.

mod der;
mod elements;
mod key;
mod pem;
mod request;
mod store;
mod text;

pub use elements::Unread;
pub use key::{KeyRead, kind_of};
pub use request::Request;
pub use text::{MESSAGES, Message};

use crate::wire::x509::ListSummary;

/// The largest file that is read, in bytes.
pub const LIMIT: usize = 10 * 1024 * 1024;

/// The most things that are read of one file.
const MOST: usize = 200;

/// Something in a file.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it stands: `server.pem, line 1`.
    pub place: String,
    /// The file it stands in, counted from 0.
    pub file: usize,
    /// Whether the order in which it stands among others means something, as in PEM.
    pub ordered: bool,
    /// What it is.
    pub thing: Thing,
}

/// What can be found.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A certificate in DER.
    Certificate(Vec<u8>),
    /// A certification request.
    Request(Box<Request>),
    /// A private key: its kind, and its public half where it can be told.
    Key(KeyRead),
    /// A revocation list in DER.
    RevocationList(Vec<u8>, ListSummary),
    /// A SubjectPublicKeyInfo in DER.
    PublicKey(Vec<u8>),
}

/// What cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Where it stands.
    pub place: String,
    /// What was expected there, and what to do.
    pub what: String,
}

impl Trouble {
    /// Whether a password was needed, and none was given.
    pub fn wants_password(&self) -> bool {
        self.what.contains(store::NO_PASSWORD)
    }
}

/// What was read of some files.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What is there.
    pub found: Vec<Found>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    /// What programs say in it of certificates, with the place.
    pub messages: Vec<(String, &'static Message)>,
}

/// Reads files: each its name and its bytes. Encrypted keys and stores are opened with `password`.
pub fn read(files: &[(String, Vec<u8>)], password: Option<&str>) -> Reading {
    let mut reading = Reading::default();
    for (number, (name, bytes)) in files.iter().enumerate() {
        let mut into = Into { reading: &mut reading, file: number, name, password };
        if bytes.len() > LIMIT {
            into.trouble(name, format!("it has {} bytes; at most {LIMIT} are read", bytes.len()));
        } else if bytes.is_empty() {
            into.trouble(name, "it is empty".into());
        } else if bytes.first() == Some(&crate::der::SEQUENCE) {
            der::read(&mut into, name, bytes, false);
        } else {
            pem::read(&mut into, bytes);
        }
    }
    reading
}

/// Where what is read of a file goes.
struct Into<'a> {
    reading: &'a mut Reading,
    file: usize,
    name: &'a str,
    password: Option<&'a str>,
}

impl Into<'_> {
    fn trouble(&mut self, place: &str, what: String) {
        if self.reading.troubles.len() < MOST {
            self.reading.troubles.push(Trouble { place: place.to_owned(), what });
        }
    }

    fn found(&mut self, place: &str, ordered: bool, thing: Thing) {
        if self.reading.found.len() < MOST {
            let place = place.to_owned();
            self.reading.found.push(Found { place, file: self.file, ordered, thing });
        }
    }
}
