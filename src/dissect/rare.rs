//! What taking most runs apart does without, reached through function pointers alone: see
//! [`crate::rare`].

use super::compressed::{self, Decompressed};
use super::model::Message;
use crate::rare::Shelf;
use crate::wire::handshake::Context;

/// The door to it.
pub struct Rare {
    /// The Certificate message in a CompressedCertificate.
    pub decompress: fn(&Message, Context) -> Decompressed,
}

static ALL: Rare = Rare { decompress: compressed::decompress };

static SHELF: Shelf<Rare> = Shelf::new();

/// For [`crate::rare::load`] alone.
pub(crate) fn load() {
    SHELF.put(&ALL);
}

/// What is behind the door.
pub fn rare() -> &'static Rare {
    SHELF.get()
}
