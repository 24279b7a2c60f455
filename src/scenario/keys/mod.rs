//! The rows of the keys, one file for each topic.
//!
//! Adding a key: a field of [`super::Scenario`] with its default and a place in [`super::KEYS`] (all in
//! `scenario/mod.rs`), its row here, and what the engine does by it. Text form, help, menus, conflicts,
//! random tests and docs/keys.md follow from the row.

pub(super) mod certificates;
pub(super) mod fault;
pub(super) mod http;
pub(super) mod network;
pub(super) mod path;
pub(super) mod resumption;
pub(super) mod run;
pub(super) mod tls;
