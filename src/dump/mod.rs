//! Bytes as text in three columns, and where each byte stands in it.
//!
//! A line of text has [`WIDE`] bytes. Where there is little room it is shown as two lines of
//! [`NARROW`], so each column is written such that it breaks there: two offsets a line, and two spaces
//! between the eights.

mod columns;
mod place;

pub use columns::{Columns, columns};
pub use place::{BLOCKS, Block, Metrics, blocks};

/// Bytes in a line of text.
pub const WIDE: usize = 16;

/// Bytes in a line where there is little room.
pub const NARROW: usize = WIDE / 2;
