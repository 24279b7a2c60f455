//! The words for each message, one file per message, found through one table.
//!
//! Every number and name in them comes from the dissection. Together, `what`, `why` and `notice`
//! are two to four sentences of plain English; markup is `**bold**` and `` `code` `` alone.
use crate::tls::ContentType;

mod alert;
mod application_data;
mod certificate;
mod certificate_request;
mod certificate_verify;
mod change_cipher_spec;
mod client_hello;
mod client_key_exchange;
pub(super) mod closing;
mod compressed_certificate;
mod encrypted_extensions;
mod finished;
mod hello_retry_request;
mod http;
mod key_update;
mod new_session_ticket;
mod other;
pub mod packet;
mod raw_public_key;
mod resumption;
mod server_hello;
mod server_hello_done;
mod server_key_exchange;

use super::context::{ConnectionContext, handshake, is_retry};
use super::{Remark, Step, Subject, format};
use crate::dissect::{Message, MessageKind};
use std::ops::Deref;

pub use application_data::title as application_title;
pub use resumption::{takes_ticket_again, takes_ticket_once};

/// What there is to say about a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What happened, true of this run's values.
    pub what: String,
    /// Why it is there.
    pub why: String,
    /// What to notice; may be empty.
    pub notice: String,
    /// What an eavesdropper sees of it.
    pub eavesdropper: String,
}

/// A step with what there is to say about it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its words.
    pub words: &'a Words,
}

impl Deref for Told<'_> {
    type Target = Step;

    fn deref(&self) -> &Step {
        self.step
    }
}

impl Told<'_> {
    /// What to notice, and what befell it: a sentence or two each.
    pub fn notices(self) -> impl Iterator<Item = String> {
        let notice = Some(&self.words.notice).filter(|notice| !notice.is_empty()).cloned();
        notice.into_iter().chain(self.step.remarks.iter().map(Remark::to_string))
    }
}

/// The words for what a step is about.
pub fn about(ctx: &ConnectionContext<'_>, subject: Subject) -> Words {
    let parts = ctx.dissection;
    let words = match subject {
        Subject::Packet(at) => parts.packets.get(at).map(|packet| packet::tell(ctx, packet)),
        Subject::Message(at) => parts.messages.get(at).map(|about| message(ctx, about)),
    };
    words.unwrap_or_default()
}

/// Words for a message.
pub type Teller = fn(&ConnectionContext<'_>, &Message) -> Words;

/// The words for each handshake type; a new message is one file and one row here.
const HANDSHAKE: &[(handshake, Teller)] = &[
    (handshake::CLIENT_HELLO, client_hello::tell),
    (handshake::SERVER_HELLO, server_hello::tell),
    (handshake::NEW_SESSION_TICKET, new_session_ticket::tell),
    (handshake::END_OF_EARLY_DATA, resumption::end_of_early_data),
    (handshake::ENCRYPTED_EXTENSIONS, encrypted_extensions::tell),
    (handshake::CERTIFICATE, certificate::tell),
    (handshake::SERVER_KEY_EXCHANGE, server_key_exchange::tell),
    (handshake::CERTIFICATE_REQUEST, certificate_request::tell),
    (handshake::SERVER_HELLO_DONE, server_hello_done::tell),
    (handshake::CERTIFICATE_VERIFY, certificate_verify::tell),
    (handshake::CLIENT_KEY_EXCHANGE, client_key_exchange::tell),
    (handshake::FINISHED, finished::tell),
    (handshake::KEY_UPDATE, key_update::tell),
    (handshake::COMPRESSED_CERTIFICATE, compressed_certificate::tell),
];

/// The words for a message.
fn message(ctx: &ConnectionContext<'_>, message: &Message) -> Words {
    let tell = match message.kind {
        MessageKind::Handshake(_) if is_retry(message) => hello_retry_request::tell,
        MessageKind::Handshake(kind) => {
            HANDSHAKE.iter().find(|row| row.0 == kind).map_or(other::tell as Teller, |row| row.1)
        }
        MessageKind::ChangeCipherSpec => change_cipher_spec::tell,
        MessageKind::Alert { .. } => alert::tell,
        MessageKind::ApplicationData => application_data::tell,
        MessageKind::Opaque => other::tell,
        MessageKind::Http => http::tell,
    };
    let mut words = tell(ctx, message);
    if words.eavesdropper.is_empty() {
        words.eavesdropper =
            if ctx.is_encrypted(message) { sealed(ctx, message) } else { open(message) };
    }
    words
}

/// What an eavesdropper sees of a message that is not encrypted.
fn open(message: &Message) -> String {
    format!("All of it: {} in the clear.", format::bytes(message.bytes.len()))
}

/// What an eavesdropper sees of an encrypted message: records, their sizes and, in TLS 1.2, their type.
fn sealed(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    let records: Vec<_> = ctx.records(message).collect();
    let size: usize = records.iter().map(|record| record.bytes.len()).sum();
    let kind = records.first().map_or(ContentType::APPLICATION_DATA, |record| record.content_type);
    let carried = format!(
        "{} of {} with content type `{}`",
        plural_records(records.len()),
        format::bytes(size),
        content_type(kind),
    );
    if ctx.is_tls13() {
        format!("Only {carried}. The true type and the number of messages inside are encrypted.")
    } else {
        format!("Only {carried}: the type is in the clear in TLS 1.2, the content is ciphertext.")
    }
}

fn plural_records(count: usize) -> String {
    if count == 1 { "one record".into() } else { format::plural(count, "record") }
}

/// The record layer's name for a content type (RFC 9846, section 5.1).
pub fn content_type(kind: ContentType) -> String {
    kind.name().map_or_else(|| kind.0.to_string(), String::from)
}

/// The sender with a capital, as a sentence begins: `The client`.
fn sender(ctx: &ConnectionContext<'_>, message: &Message) -> String {
    format!("The {}", ctx.name(message.from))
}

/// Which way a message came: "40 ms on the way".
fn under_way(ctx: &ConnectionContext<'_>, message: &Message) -> Option<String> {
    ctx.flight(message.sent_us, message.received_us)
}
