//! A dissection as steps a person can follow, and the words for each step, check and alert.
//!
//! | file | what is in it |
//! |---|---|
//! | [`model`](self) | what a story is made of |
//! | `steps` | which packets and messages are steps, their titles and phases |
//! | `words/` | the words for each message, one file each, and the table that finds them |
//! | `events` | which recorded operations belong to which step |
//! | `checks/` | what each end checked, with values and results |
//! | `facts` | who comes to know what |
//! | `transcript` | the running hash and its uses |
//! | `ending` | how it ended |
//! | `roles` | the names of the ends where there is a gateway |
//! | [`diverge`] | where a faulty run leaves the good one |
//! | [`operation`] | a recorded operation as a sentence with its values |
//! | [`segment`] | what is remarkable about TCP segments |
//! | [`sequence`], [`text`] | the ladder: as rows to draw, as text |
//! | `scene`, `fields`, `certificate`, [`format`](mod@format) | how the above read values and write them |

mod certificate;
mod checks;
mod closing;
pub mod diverge;
mod ending;
mod events;
mod facts;
mod fields;
pub mod format;
mod model;
pub mod operation;
mod rare;
mod raw_key;
mod roles;
mod scene;
pub mod segment;
pub mod sequence;
mod steps;
pub mod text;
mod transcript;
mod words;

pub use diverge::{Divergence, first_difference};
pub use fields::raw_public_key;
pub use model::*;

use crate::dissect::Dissection;
use crate::trace::{Connection, Trace};

/// Tells the story of one connection. Never fails: what is missing from a run that broke off, or
/// could not be decoded, is missing from the story.
pub fn tell(trace: &Trace, connection: &Connection, dissection: &Dissection) -> Story {
    let scene = scene::Scene::new(trace, connection, dissection);
    let mut steps = steps::steps(&scene);
    events::assign(&scene, &mut steps);
    steps::mark_late(&scene, &mut steps);
    steps::mark_unread(&scene, &mut steps);
    closing::mark(&scene, &mut steps);
    let checks = checks::checks(&scene, &mut steps);
    let outcome = ending::outcome(&scene);
    let packets = dissection.packets.iter();
    let end_us = packets.map(|p| p.received_us.unwrap_or(p.sent_us)).max().unwrap_or(0);
    let mut story = Story {
        phases: steps::phases(&steps),
        facts: facts::facts(&scene, &steps),
        transcript: transcript::entries(&scene),
        ending: ending::sentences(&scene, &outcome),
        checks,
        steps,
        outcome,
        roles: connection.roles,
        end_us,
    };
    raw_key::mark(&scene, &mut story);
    roles::name_ends(&mut story, connection.roles);
    story
}
