//! Handshake Lab: real TCP and TLS handshakes, run in memory, taken apart byte by byte.
//!
//! Data flows one way:
//!
//! ```text
//! Scenario ──engine::run──▶ Trace ──dissect──▶ Dissection ──story──▶ Story ──▶ views (ui), files (cli)
//! ```
//!
//! Each module imports those above it in this table, and no others:
//!
//! | module | what is in it |
//! |---|---|
//! | [`find`] | looking for texts by words |
//! | [`kept`] | records kept on a person's device, each in a format of its own |
//! | [`dump`] | bytes as text in columns, and where each of them stands in it |
//! | [`tls`] | the vocabulary: a type for each registry, each code point once |
//! | [`trace`] | what happened: packets, and everything each endpoint did |
//! | [`wire`] | bytes to annotated trees: IP, TCP, records, handshake messages, extensions, X.509 |
//! | [`plan`] | what a run is made from: two peers, the path between them, what is tampered with |
//! | [`faults`] | what can be broken: changes of a plan, the words for them, what must come of them |
//! | [`observed`] | what real programs said about faults, and which faults an error can mean |
//! | [`scenario`] | what to run: plain data that decides a run completely, its presets, its text form, its plan |
//! | [`keys`] | the key schedules, derived a second time from the trace |
//! | [`engine`] | runs a plan: TCP hosts on a simulated network, TLS endpoints, the recording provider, certificates |
//! | [`dissect`] | joins the three above: streams, records, opened records, messages, secrets |
//! | [`story`] | the dissection as steps a person can follow, and the words for them |
//! | [`run`] | the data flow above in one call |
//! | [`race`] | time to the first application byte, measured from runs, and what it comes to over a fleet |
//! | [`compare`] | two runs side by side: steps aligned, fields that differ |
//! | [`guess`] | what can be foretold of a run that goes wrong, and what came of it |
//! | [`visibility`] | who can read what of a run with a gateway |
//! | [`capture`] | pcapng and key logs |
//! | `certificates` | certificates outside of a run: made by recipes (feature `certificates`) |
//! | `diagnose` | mysteries: what a client prints, commands to find out with, scoring (feature `certificates`) |
//! | [`panel`] | the panels beside a step, as a table |
//! | [`route`] | deep links: the fragment of the page's address |
//! | [`trail`] | where a person was in each place, and where they came from |
//! | [`speaker`] | what whoever presents has in a second window |
//! | [`lesson`] | lesson files, questions computed from runs, grading, progress |
//! | `ui` | the page (feature `ui`); nothing imports it |

mod base64;
pub mod capture;
#[cfg(feature = "certificates")]
pub mod certificates;
mod choice;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
mod der;
#[cfg(feature = "certificates")]
pub mod diagnose;
pub mod dissect;
pub mod dump;
pub mod engine;
pub mod faults;
pub mod find;
pub mod guess;
pub mod hex;
pub mod kept;
pub mod keys;
#[expect(clippy::indexing_slicing, reason = "positions that were found in the same list")]
pub mod lesson;
mod near;
pub mod observed;
pub mod panel;
pub mod plan;
pub mod race;
mod recent;
pub mod route;
pub mod run;
pub mod scenario;
mod shuffle;
pub mod speaker;
pub mod story;
pub mod time;
pub mod tls;
pub mod trace;
pub mod trail;
#[cfg(feature = "ui")]
pub mod ui;
pub mod visibility;
pub mod wire;
mod zlib;
