//! What is kept on this device: progress in the lessons, and what was practised.

use crate::kept::{Kept, NotOurs};
use crate::lesson::Progress;
use crate::ui::state::Lab;
use crate::ui::storage;
use leptos::prelude::*;

/// A record, as a signal that writes itself to storage.
pub struct Record<T: Kept = Progress> {
    kept: RwSignal<T>,
    lab: Lab,
    /// Whether the person was told that what is done now is not kept.
    told: StoredValue<bool>,
}

impl<T: Kept> Clone for Record<T> {
    fn clone(&self) -> Record<T> {
        *self
    }
}

impl<T: Kept> Copy for Record<T> {}

impl<T: Kept> Record<T> {
    /// What is stored. A record that cannot be read is kept aside, one of another version is left alone,
    /// and the person is told.
    pub fn open(lab: Lab) -> Record<T> {
        let record =
            Record { kept: RwSignal::new(T::default()), lab, told: StoredValue::new(false) };
        match record.stored() {
            Ok(kept) => record.kept.set(kept),
            Err(why) => record.not_kept(why),
        }
        record
    }

    /// Calls `read` with the record, tracked.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.kept.with(read)
    }

    /// Calls `read` with the record, not tracked.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.kept.with_untracked(read)
    }

    /// Changes the record and stores it, together with what another tab stored meanwhile. What is not
    /// ours is not written over. Whether it is stored.
    pub fn change(self, change: impl FnOnce(&mut T)) -> bool {
        let stored = self.stored();
        self.kept.update(|kept| {
            if let Ok(stored) = &stored {
                kept.merge(stored);
            }
            change(kept);
        });
        let kept = stored.and_then(|_| {
            let text = self.with_untracked(T::save);
            if storage::set(T::NAME, &text) {
                return Ok(());
            }
            Err(format!(
                "{} cannot be kept on this device: the browser’s storage for this page is full, or switched off.",
                T::CALLED
            ))
        });
        kept.map_err(|why| self.not_kept(why)).is_ok()
    }

    /// What is stored, or nothing yet; fails with words for the person where there is something that
    /// must not be written over.
    fn stored(self) -> Result<T, String> {
        let Some(raw) = storage::get(T::NAME) else { return Ok(T::default()) };
        match T::load(&raw) {
            Ok(kept) => Ok(kept),
            Err(NotOurs::Version(format)) => Err(format!(
                "{} was stored by another version of this page (as “{format}”). Load the page again to go on with it.",
                T::CALLED
            )),
            Err(NotOurs::Unreadable(why)) => self.set_aside(&raw, &why).map(|()| T::default()),
        }
    }

    /// Moves a record that cannot be read to a free name, and says so. Fails where there is no room for
    /// two: then it stays where it is.
    fn set_aside(self, raw: &str, why: &str) -> Result<(), String> {
        let told = format!("{} could not be read ({why}).", T::CALLED);
        let first = format!("{}-unreadable", T::NAME);
        let others = (2..).map(|number| format!("{first}-{number}"));
        let names = std::iter::once(first.clone()).chain(others);
        let free = names.into_iter().find(|name| storage::get(name).is_none());
        if free.is_some_and(|name| storage::set(&name, raw)) {
            storage::remove(T::NAME);
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
