//! The key schedules of TLS 1.3 and TLS 1.2, derived a second time: a pure module that shares no
//! code with the engine's recording provider, so that agreement between the two means something.
//!
//! ```text
//!                  0
//!                  |
//!                  v
//! PSK or 0 ->  HKDF-Extract = early_secret
//!                  |-- binder_key, client_early_traffic_secret, early_exporter_secret
//!                  |  Derive-Secret(., "derived", "")
//!                  v
//!   ECDHE ->  HKDF-Extract = handshake_secret
//!                  |-- client_handshake_traffic_secret, server_handshake_traffic_secret
//!                  |  Derive-Secret(., "derived", "")
//!                  v
//!        0 ->  HKDF-Extract = main_secret
//!                  |-- client_application_traffic_secret_0, server_application_traffic_secret_0
//!                  |     '-- …_secret_1, …_secret_2: with each KeyUpdate
//!                  |-- exporter_secret
//!                  '-- resumption_secret                      (RFC 9846, section 7.1)
//! ```
//!
//! The main secret is called master secret in RFC 8446, in RFC 5246 and by most tools: `alias.rs` has
//! today's names beside those of before.
//!
//! Every value comes out as a [`KeyNode`] that says how it was computed
//! and gives an `openssl` command that computes it again.

mod aead;
mod alias;
mod command;
mod early;
mod group;
mod hash;
mod hybrid;
mod names;
mod node;
mod private;
mod reach;
mod recipe;
mod rsa;
mod schedule;
mod suite;
mod tls12;
mod tls13;

pub use aead::{Aead, nonce_from_iv};
pub use alias::{current, formerly, renamed};
pub use early::{Early, Offer};
pub use group::Agreement;
pub use hash::{Hash, Running};
pub use hybrid::is_hybrid;
pub use node::{KeyInput, KeyNode};
pub use private::{PrivateKey, subject_public_key};
pub use reach::{agreed, roots, transported};
pub use recipe::Recipe;
pub use rsa::{RSA_KEY_BITS, RsaKey, RsaKeyTransport, takes_rsa_key};
pub use schedule::{Context, FromEarlierConnection, Schedule, Secret};
pub use suite::Suite;
pub use tls12::{Exchange, Randoms, Tls12};
pub use tls13::Tls13;
