//! The parts of a certificate, for minting outside of a run.

pub use super::certificates::mint::{Party, extension, name, serial, to_be_signed};
