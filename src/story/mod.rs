//! A dissection as steps a person can follow, and the words for each step, check and alert.
//!
//! | file | what is in it |
//! |---|---|
//! | [`model`](self) | what a story is made of |
//! | `context` | [`ConnectionContext`](context::ConnectionContext): one connection, and typed answers to what a sentence depends on |
//! | `parties` | who is at each end, as nouns |
//! | `key_exchange` | where the secrets come from |
//! | `steps` | which packets and messages are steps, their titles and phases |
//! | `words/` | the words for each message, one file each, and the table that finds them |
//! | `remarks` | what befell a step in this run: losses, ends that no longer listen |
//! | `events` | which recorded operations belong to which step |
//! | [`findings`](mod@findings) | what is said beside the steps, when someone asks: |
//! | `checks/` | what each end checked, with values and results |
//! | `facts` | who comes to know what |
//! | `transcript` | the running hash and its uses |
//! | `ending`, `closing` | how it ended |
//! | `replay` | what is said of a recording that is sent once more |
//! | `ends` | how each end finished: its error, alerts sent and received, how it closed TCP |
//! | `whole` | the connection as a whole |
//! | `landmark` | a step as it is found again in another run |
//! | [`diverge`] | where a faulty run leaves the good one |
//! | [`operation`] | a recorded operation as a sentence with its values |
//! | [`segment`] | what is remarkable about TCP segments |
//! | [`terms`] | words that the glossary explains |
//! | [`sequence`], [`text`] | the ladder: as rows to draw, as text |
//! | `fields`, `certificate`, [`format`](mod@format) | how the above read values and write them |
//!
//! # How to write a sentence
//!
//! A sentence is written where it stands and never edited afterwards. It asks the context for what it
//! depends on:
//!
//! - **Who**: `let (client, server) = (ctx.client(), ctx.server());` gives the nouns, then
//!   `format!("The {server} answers")`; `ctx.name(message.from)` where either end may be meant. They
//!   are those of TLS; a sentence about a packet asks `ctx.tcp`. On a gateway's hop they are "gateway"
//!   or "service". Names of the standards are written as they are: `client random`, `server_name`,
//!   `client_write_key`.
//! - **Whose name**: a certificate is for the site, `ctx.site()`, and not for whoever shows it; the
//!   name in server_name is "the name asked for".
//! - **What an end shows**: `ctx.credential(who)`, a `Credential`.
//! - **Where the secrets come from**: `ctx.key_exchange()`, a `KeyExchangeKind`. What is true of an
//!   ephemeral exchange alone matches on `Ecdhe` and cannot be said of RSA, a PSK or ML-KEM.
//! - **A HelloRetryRequest**: `ctx.retry_request()`.
//! - **How long it took**: `ctx.handshake_us()`, and `format::exchanges` for how often TLS messages
//!   went there and back, which is not the number of round trips.
//! - **Whose code decided**: `ctx.implementation(who)`; of an `Unknown` one (a capture) nothing is said.
//! - **Why a chain was refused**: `Op::CertificatePath`'s `refusal`, never its error text.
//! - **What was lost**: nothing in the words. A [`Remark`] says it, and a step keeps all of them;
//!   [`Told::notices`] has the notice and the remarks for whoever shows a step.
//!
//! The story reads no scenario: what it says is in the trace. Facts are found by [`FactId`], never by
//! their names.

mod certificate;
mod checks;
mod closing;
mod context;
pub mod diverge;
mod ending;
mod ends;
mod events;
mod facts;
mod fields;
mod findings;
pub mod format;
mod key_exchange;
mod landmark;
mod model;
mod name_match;
pub mod operation;
mod parties;
mod remarks;
mod replay;
mod revocation_list;
pub mod segment;
pub mod sequence;
mod steps;
pub mod terms;
pub mod text;
mod transcript;
mod whole;
mod words;

pub use certificate::Certificate;
pub use checks::{Draft, Judging};
pub use context::Verified;
pub use diverge::{Divergence, first_difference};
pub use ends::{EndEntry, EndReport, EntryKind, end_report};
pub use fields::raw_public_key;
pub use findings::{Findings, facts, findings, words};
pub use landmark::{Landmark, title_word};
pub use model::*;
pub use name_match::{covers as name_covers, is_address, is_allowed};
pub use remarks::Remark;
pub use replay::Replay;
pub use revocation_list::RevocationList;
pub use whole::{Whole, whole};
pub use words::{Told, Words};

use crate::dissect::Dissection;
use crate::trace::{Connection, Trace};

/// Tells the story of one connection. Never fails: what is missing from a run that broke off, or
/// could not be decoded, is missing from the story.
pub fn tell(trace: &Trace, connection: &Connection, dissection: &Dissection) -> Story {
    let ctx = context::ConnectionContext::new(trace, connection, dissection);
    let mut steps = steps::steps(&ctx);
    closing::keep_open(&ctx, &mut steps);
    events::assign(&ctx, &mut steps);
    for step in &mut steps {
        step.remarks = remarks::of(&ctx, step);
    }
    let outcome = ending::outcome(&ctx);
    let replay = replay::of(&ctx, &steps);
    let packets = dissection.packets.iter();
    let end_us = packets.map(|p| p.received_us.unwrap_or(p.sent_us)).max().unwrap_or(0);
    let mut story = Story {
        phases: steps::phases(&steps),
        ending: ending::sentences(&ctx, &outcome),
        noticed_at: ending::noticed_at(&ctx, &steps),
        steps,
        outcome,
        replay,
        roles: connection.roles,
        start_us: ctx.start_us(),
        end_us,
    };
    if story.replay.is_some() {
        replay::end(&ctx, &mut story);
    }
    story
}
