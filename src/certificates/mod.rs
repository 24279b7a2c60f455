//! Certificates outside of a run: made from a recipe, read from whatever files hold them, and judged.
//!
//! | module | what is in it |
//! |---|---|
//! | [`recipe`] | what to make: authorities, leaves, bundles, stores, and what is wrong with them |
//! | [`mint`](mod@mint) | the objects of a recipe, with the `openssl` and `keytool` commands that make the same |
//! | [`read`](mod@read) | what is in files of any form: certificates, requests, keys, revocation lists |
//! | [`host`] | the host that is asked for, as people write it |
//! | [`verdict`] | whether a chain would be taken, each path with its checks, and what to do |
//! | [`example`] | what a run judged, to be read and judged here |
//! | [`in_lab`] | the run of the lab in which the ends show what a recipe makes |
//! | [`nearest`] | the run of the lab that is nearest to a leaf of a recipe |
//! | [`changed`](mod@changed) | what differs from what a recipe made before |
//! | [`renewal`] | two certificates beside each other: what a renewal changed |
//! | [`told`] | all of it in words |
//!
//! Nothing here opens a file or asks for the time: bytes and moments are given.

pub mod changed;
pub mod example;
pub mod host;
pub mod in_lab;
mod key;
pub mod mint;
pub mod nearest;
pub mod read;
pub mod recipe;
pub mod renewal;
pub(crate) mod shell;
pub mod told;
pub mod verdict;

pub use key::KeyKind;
