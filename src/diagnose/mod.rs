//! A mystery: something is wrong, only what a client prints is known, and commands may be run to find out.
//!
//! | file | what is in it |
//! |---|---|
//! | `mystery` | [`Mystery`]: drawn by level and seed |
//! | `level` | [`LEVELS`]: which faults may be the cause |
//! | `symptom` | the first line that is shown |
//! | `suspect` | what comes of a fault for each program that asks the server: a run for each |
//! | `inspection` | [`INSPECTIONS`]: the commands |
//! | `talk` | what came of a connection for its client |
//! | `openssl/`, `curl`, `tap` | what the programs print |
//! | `evidence` | which commands tell one cause from another, computed |
//! | `score` | what an answer is worth |
//! | `address` | which mystery, in the page's address |
//! | `solved` | what a person answered, as it is kept on their device |
//!
//! Nothing here reads or writes anything: observations and capabilities are given.

mod address;
mod curl;
mod evidence;
mod inspection;
mod level;
mod mystery;
pub mod openssl;
mod score;
mod solved;
mod suspect;
mod symptom;
mod talk;
mod tap;

pub use address::DiagnosePage;
pub use inspection::{INSPECTIONS, Inspection};
pub use level::{LEVELS, Level};
pub use mystery::Mystery;
pub use score::{Answer, Part, Score};
pub use solved::Solved;
pub use suspect::{Suspect, Who};
pub use symptom::{Symptom, line_of};
