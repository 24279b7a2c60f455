//! What is in files: certificates, requests, keys and revocation lists, in PEM of any mixture, DER, PKCS #7
//! or PKCS #12, and in what programs print.
//!
//! What cannot be read is told with its place, and what stands around it is read all the same. Nothing here
//! shows a private key: [`Thing::Key`] keeps the public half.

mod broken;
mod der;
mod elements;
mod key;
mod pem;
mod store;
mod text;

pub use broken::{Broken, Partly};
pub use elements::Unread;
pub use key::{KeyRead, kind_of};
pub use text::{MESSAGES, Message};

use super::shell;
use crate::wire::x509::{ListSummary, Summary};
use std::fmt;

/// The largest file that is read, in bytes.
pub const LIMIT: usize = 10 * 1024 * 1024;

/// How a store in Java's own form begins.
const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];

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
    /// A certification request in DER, and what it asks for.
    Request(Vec<u8>, Box<Summary>),
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
    /// What is there, where some of it could be read.
    pub broken: Option<Broken>,
}

/// What holds others: PKCS #7, PKCS #12 and encrypted keys.
#[derive(Clone, Debug)]
pub struct Container {
    /// Where it stands.
    pub place: String,
    /// What it is called: `PKCS #12 store`.
    pub what: &'static str,
    /// Its bytes, and those that were encrypted in it, once opened.
    pub parts: Vec<Part>,
}

/// Bytes of a container.
#[derive(Clone)]
pub struct Part {
    /// What they are.
    pub what: String,
    /// The bytes, in DER.
    pub bytes: Vec<u8>,
    /// Whether a private key is in them that nothing encrypts any more.
    pub is_secret: bool,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.what, self.bytes.len())
    }
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
    /// The names of the files.
    pub files: Vec<String>,
    /// What is there.
    pub found: Vec<Found>,
    /// What holds some of it.
    pub containers: Vec<Container>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    /// What programs say in it of certificates, with the place.
    pub messages: Vec<(String, &'static Message)>,
}

impl Reading {
    /// The name of the file with this number, counted from 0.
    pub fn file(&self, number: usize) -> &str {
        self.files.get(number).map_or("", String::as_str)
    }

    /// The certificates, in DER.
    pub fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.found.iter().filter_map(|found| match &found.thing {
            Thing::Certificate(der) => Some(der.as_slice()),
            _ => None,
        })
    }

    /// Puts what was read of other files behind this.
    pub fn extend(&mut self, others: Reading) {
        let before = self.files.len();
        self.files.extend(others.files);
        let moved = |found: Found| Found { file: found.file + before, ..found };
        self.found.extend(others.found.into_iter().map(moved));
        self.containers.extend(others.containers);
        self.troubles.extend(others.troubles);
        for (place, message) in others.messages {
            if !self.messages.iter().any(|(_, known)| std::ptr::eq(*known, message)) {
                self.messages.push((place, message));
            }
        }
    }
}

/// Reads files: each its name and its bytes. Encrypted keys and stores are opened with `password`.
pub fn read(files: &[(String, Vec<u8>)], password: Option<&str>) -> Reading {
    let mut reading = Reading::default();
    for (number, (name, bytes)) in files.iter().enumerate() {
        reading.files.push(name.clone());
        let mut into =
            Into { reading: &mut reading, file: number, name, password, found: 0, troubles: 0 };
        if bytes.len() > LIMIT {
            into.trouble(name, format!("it has {} bytes; at most {LIMIT} are read", bytes.len()));
        } else if bytes.is_empty() {
            into.trouble(name, "it is empty".into());
        } else if bytes.starts_with(&JKS) {
            into.trouble(name, jks(name));
        } else if bytes.first() == Some(&crate::der::SEQUENCE) && !is_text(bytes) {
            der::read(&mut into, name, bytes, false);
        } else {
            pem::read(&mut into, bytes);
        }
    }
    reading
}

/// What is to be done with Java's old form of a store.
fn jks(name: &str) -> String {
    let name = if name == "-" { "FILE" } else { name };
    format!(
        "it is a store in Java's own form (JKS), which is not read here; convert it: keytool -importkeystore \
         -srckeystore {} -destkeystore {} -deststoretype PKCS12",
        shell::file(name),
        shell::file(&format!("{name}.p12")),
    )
}

/// Where what is read of a file goes.
struct Into<'a> {
    reading: &'a mut Reading,
    file: usize,
    name: &'a str,
    password: Option<&'a str>,
    /// How much was found of the file, and how much could not be read.
    found: usize,
    troubles: usize,
}

/// Whether there is nothing but text: DER has the tags of numbers, bit strings or identifiers, which text has
/// not, and text may begin with the digit that is DER's SEQUENCE.
fn is_text(bytes: &[u8]) -> bool {
    const ESCAPE: u8 = 0x1b;
    bytes.iter().all(|byte| *byte >= 0x20 || byte.is_ascii_whitespace() || *byte == ESCAPE)
}

impl Into<'_> {
    fn trouble(&mut self, place: &str, what: String) {
        self.broken(place, what, None);
    }

    fn broken(&mut self, place: &str, what: String, broken: Option<Broken>) {
        self.troubles += 1;
        if self.troubles <= MOST {
            self.reading.troubles.push(Trouble { place: place.to_owned(), what, broken });
        } else if self.troubles == MOST + 1 {
            self.too_many("cannot be read; the others are not told");
        }
    }

    fn found(&mut self, place: &str, ordered: bool, thing: Thing) {
        self.found += 1;
        if self.found <= MOST {
            let place = place.to_owned();
            self.reading.found.push(Found { place, file: self.file, ordered, thing });
        } else if self.found == MOST + 1 {
            self.too_many("are in it; the others are left out");
        }
    }

    fn container(&mut self, place: &str, what: &'static str, parts: Vec<Part>) {
        if self.reading.containers.len() < MOST {
            self.reading.containers.push(Container { place: place.to_owned(), what, parts });
        }
    }

    /// Tells that there is more than is taken of a file.
    fn too_many(&mut self, what: &str) {
        let what = format!("more than {MOST} things {what}");
        self.reading.troubles.push(Trouble { place: self.name.to_owned(), what, broken: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_in_javas_own_form_is_known_and_told_how_to_convert() {
        let store = |name: &str| (name.to_owned(), [&JKS[..], &[0, 0, 0, 2]].concat());
        let reading = read(&[store("my store.jks"), store("-")], None);
        assert_eq!(reading.troubles.len(), 2, "{reading:?}");
        let (named, unnamed) = (&reading.troubles[0].what, &reading.troubles[1].what);
        let ending =
            "-srckeystore 'my store.jks' -destkeystore 'my store.jks.p12' -deststoretype PKCS12";
        assert!(named.contains("keytool -importkeystore") && named.ends_with(ending), "{named}");
        assert!(unnamed.contains("-srckeystore FILE -destkeystore FILE.p12"), "{unnamed}");
    }

    #[test]
    fn what_was_read_apart_is_put_together_as_if_it_was_read_at_once() {
        let key = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";
        let text = format!("{key}{}\n", MESSAGES[0].words).into_bytes();
        let files = ["one", "two"].map(|name| (name.to_owned(), text.clone()));
        let whole = read(&files, None);
        let mut apart = read(&files[..1], None);
        apart.extend(read(&files[1..], None));
        assert_eq!(format!("{apart:?}"), format!("{whole:?}"));
        assert_eq!((apart.found[1].file, apart.messages.len()), (1, 1));
    }

    #[test]
    fn text_may_begin_with_a_nought_and_each_file_has_its_own_limit() {
        let message = MESSAGES[0].words;
        for start in ["0", "00:00 ", "0 s:CN = a\n"] {
            let reading =
                read(&[("text".into(), format!("{start}{message}\n").into_bytes())], None);
            assert!(reading.troubles.is_empty() && reading.messages.len() == 1, "{reading:?}");
        }
        let key = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";
        let file = |count: usize| ("keys".to_owned(), key.repeat(count).into_bytes());
        let reading = read(&[file(MOST), file(MOST)], None);
        assert_eq!((reading.found.len(), reading.troubles.len()), (2 * MOST, 0));
        let reading = read(&[file(MOST + 9)], None);
        assert_eq!((reading.found.len(), reading.troubles.len()), (MOST, 1));
        assert!(reading.troubles[0].what.contains("more than 200"), "{:?}", reading.troubles);
        let broken = "-----END X-----\n".repeat(MOST + 9);
        let troubles = read(&[("broken".into(), broken.into_bytes())], None).troubles;
        assert_eq!(troubles.len(), MOST + 1);
    }
}
