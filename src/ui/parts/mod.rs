//! Small parts that several screens use.

mod copy;
mod download;
mod rich;

pub use copy::{CopyButton, copy};
pub use download::download;
pub use rich::rich;
