//! Bytes to annotated trees: every byte belongs to exactly one leaf.
//!
//! Each decoder comes in two forms: one that returns `Result<…, WireError>`, and one called
//! `…_or_opaque` that always returns a tree of all bytes, with what could not be decoded in leaves
//! called `undecoded`, and the errors. None panics, whatever the bytes.
//!
//! | what | where |
//! |---|---|
//! | an IPv4 packet with TCP | [`packet`] |
//! | a TLS record, and what is inside an encrypted one | [`record`] |
//! | a handshake message | [`handshake`], with [`extension`] and [`x509`] inside |
//! | an alert, ChangeCipherSpec, application data | [`alert`], [`change_cipher_spec`], [`application_data`] |
//! | names of object identifiers | [`names`] |
//! | typed views of messages over their trees | [`view`] |

pub mod alert;
pub mod application_data;
pub mod change_cipher_spec;
mod checksum;
pub mod cursor;
mod error;
pub mod extension;
pub mod handshake;
pub mod http;
pub mod ipv4;
pub mod names;
pub mod node;
pub mod packet;
pub mod record;
pub mod tcp;
pub mod view;
pub mod x509;

pub use cursor::{Cursor, or_opaque, strict};
pub use error::{Fault, Problem, WireError};
pub use node::{Field, Node};
