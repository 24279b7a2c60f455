//! Handshake Lab: real TCP and TLS handshakes, run in memory, taken apart byte by byte.
//!
//! Data flows one way:
//!
//! ```text
//! Scenario ──engine::run──▶ Trace ──dissect──▶ Dissection ──story──▶ Story ──▶ views (ui), files (cli)
//! ```
//!
//! | module | what is in it |
//! |---|---|
//! | [`scenario`] | what to run: plain data that decides a run completely, its presets, its text form |
//! | [`tls`] | the vocabulary: a type for each registry, each code point once |
//! | [`plan`] | what a scenario means: two peers, the path between them, what is tampered with |
//! | [`faults`] | what can be broken: changes of a plan, the words for them, what must come of them |
//! | [`engine`] | runs a plan: TCP hosts on a simulated network, TLS endpoints, the recording provider, certificates |
//! | [`trace`] | what happened: packets, and everything each endpoint did |
//! | [`wire`] | bytes to annotated trees: IP, TCP, records, handshake messages, extensions, X.509 |
//! | [`keys`] | the key schedules, derived a second time from the trace |
//! | [`dissect`] | joins the three above: streams, records, opened records, messages, secrets |
//! | [`dump`] | bytes as text in columns, and where each of them stands in it |
//! | [`story`] | the dissection as steps a person can follow, and the words for them |
//! | [`compare`] | two runs side by side: steps aligned, fields that differ |
//! | [`lesson`] | lesson files, questions computed from runs, grading, progress |
//! | [`capture`] | pcapng and key logs |
//! | [`race`] | time to the first application byte, measured from runs, and what it comes to over a fleet |
//! | [`run`] | the data flow above in one call |
//! | [`visibility`] | who can read what of a run with a gateway |
//! | [`route`] | deep links: the fragment of the page's address |
//! | `ui` | the page (feature `ui`); nothing imports it |

// Outside tests a failure is an error with words; `expect` gives the reason why there can be none.
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod base64;
pub mod capture;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
mod der;
pub mod dissect;
pub mod dump;
pub mod engine;
pub mod faults;
pub mod keys;
pub mod lesson;
pub mod plan;
pub mod race;
pub mod route;
pub mod run;
pub mod scenario;
pub mod story;
pub mod tls;
pub mod trace;
#[cfg(feature = "ui")]
pub mod ui;
pub mod visibility;
pub mod wire;
mod zlib;
