//! A [`crate::trace::Trace`] taken apart: packets, streams, records, opened records, messages,
//! and the key schedule derived a second time.

mod model;

pub use model::*;
