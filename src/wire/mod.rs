//! Bytes to annotated trees: every octet belongs to exactly one leaf.

pub mod node;

pub use node::{Field, Node};
