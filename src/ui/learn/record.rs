//! Progress, kept on this device.

use crate::lesson::{NotOurs, Progress};
use crate::ui::state::Lab;
use crate::ui::storage;
use leptos::prelude::*;

const KEY: &str = "progress";
/// Where records that cannot be read are kept: under this name, and numbered from the second.
const UNREADABLE: &str = "progress-unreadable";

/// Progress in all lessons, as a signal that writes itself to storage.
#[derive(Clone, Copy)]
pub struct Record {
    progress: RwSignal<Progress>,
    lab: Lab,
    /// Whether the person was told that what is done now is not kept.
    told: StoredValue<bool>,
}

impl Record {
    /// What is stored. A record that cannot be read is kept aside, one of another version is left alone,
    /// and the person is told.
    pub fn open(lab: Lab) -> Record {
        let record = Record {
            progress: RwSignal::new(Progress::default()),
            lab,
            told: StoredValue::new(false),
        };
        match record.stored() {
            Ok(progress) => record.progress.set(progress),
            Err(why) => record.not_kept(why),
        }
        record
    }

    /// Calls `read` with the progress, tracked.
    pub fn with<T>(self, read: impl FnOnce(&Progress) -> T) -> T {
        self.progress.with(read)
    }

    /// Calls `read` with the progress, not tracked.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Progress) -> T) -> T {
        self.progress.with_untracked(read)
    }

    /// Changes the progress and stores it, together with what another tab stored meanwhile. What is not
    /// ours is not written over.
    pub fn change(self, change: impl FnOnce(&mut Progress)) {
        let stored = self.stored();
        self.progress.update(|progress| {
            if let Ok(stored) = &stored {
                progress.merge(stored);
            }
            change(progress);
        });
        let kept = stored.and_then(|_| {
            let text = self.with_untracked(Progress::save);
            let full = "Your progress cannot be kept on this device: the browser’s storage for this page is full, or switched off.";
            if storage::set(KEY, &text) { Ok(()) } else { Err(full.to_string()) }
        });
        if let Err(why) = kept {
            self.not_kept(why);
        }
    }

    /// What is stored, or nothing yet; fails with words for the person where there is something that
    /// must not be written over.
    fn stored(self) -> Result<Progress, String> {
        let Some(raw) = storage::get(KEY) else { return Ok(Progress::default()) };
        match Progress::load(&raw) {
            Ok(progress) => Ok(progress),
            Err(NotOurs::Version(format)) => Err(format!(
                "Your progress in the lessons was stored by another version of this page (as “{format}”). Load the page again to go on with it."
            )),
            Err(NotOurs::Unreadable(why)) => {
                self.set_aside(&raw, &why).map(|()| Progress::default())
            }
        }
    }

    /// Moves a record that cannot be read to a free name, and says so. Fails where there is no room for
    /// two: then it stays where it is.
    fn set_aside(self, raw: &str, why: &str) -> Result<(), String> {
        let told = format!("Your progress in the lessons could not be read ({why}).");
        let names = std::iter::once(UNREADABLE.to_string())
            .chain((2..).map(|number| format!("{UNREADABLE}-{number}")));
        let free = names.into_iter().find(|name| storage::get(name).is_none());
        if free.is_some_and(|name| storage::set(&name, raw)) {
            storage::remove(KEY);
            let told = format!(
                "{told} Counting starts again from nothing; the old record is kept on this device."
            );
            self.lab.notice.set(Some(told));
            Ok(())
        } else {
            Err(format!(
                "{told} There is no room on this device to put the old record aside, so it stays where it is."
            ))
        }
    }

    /// Says, once, that what is done now is lost with this tab.
    fn not_kept(self, why: String) {
        if !self.told.get_value() {
            self.told.set_value(true);
            let told = format!("{why} What you do now counts until you close this tab.");
            self.lab.notice.set(Some(told));
        }
    }
}
