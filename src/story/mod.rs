//! A dissection as steps a person can follow, and the words for each step, check and alert.

mod model;

pub use model::*;
