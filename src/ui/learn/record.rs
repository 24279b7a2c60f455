//! Progress, kept on this device.

use crate::lesson::Progress;
use crate::ui::state::Lab;
use crate::ui::storage;
use leptos::prelude::*;

const KEY: &str = "progress";
/// Where a record that cannot be read is kept.
const UNREADABLE: &str = "progress-unreadable";

/// Progress in all lessons, as a signal that writes itself to storage.
#[derive(Clone, Copy)]
pub struct Record(RwSignal<Progress>);

impl Record {
    /// What is stored. A record that cannot be read is kept aside, and the person is told.
    pub fn open(lab: Lab) -> Record {
        let loaded = Progress::load_or_default(storage::get(KEY));
        if let Some(unreadable) = loaded.unreadable {
            storage::set(UNREADABLE, &unreadable.raw);
            storage::remove(KEY);
            lab.notice.set(Some(unreadable.message));
        }
        Record(RwSignal::new(loaded.progress))
    }

    /// Calls `read` with the progress, tracked.
    pub fn with<T>(self, read: impl FnOnce(&Progress) -> T) -> T {
        self.0.with(read)
    }

    /// Calls `read` with the progress, not tracked.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Progress) -> T) -> T {
        self.0.with_untracked(read)
    }

    /// Changes the progress and stores it, together with what another tab stored meanwhile.
    pub fn change(self, change: impl FnOnce(&mut Progress)) {
        self.0.update(|progress| {
            progress.merge(&Progress::load_or_default(storage::get(KEY)).progress);
            change(progress);
            storage::set(KEY, &progress.save());
        });
    }
}
