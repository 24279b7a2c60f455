//! What a run starts from.

use crate::scenario::key::{Key, Place, Topic, number};

pub(in crate::scenario) const SEED: Key = Key {
    name: "seed",
    label: "seed",
    help: "seeds every random draw: the same seed gives the same bytes",
    topic: Topic::Run,
    place: Place::Apart,
    also: &["0", "7", "18446744073709551615"],
    ..number!(seed: 0..=u64::MAX)
};
