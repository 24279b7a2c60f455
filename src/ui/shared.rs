//! Memos that other memos are made from, and that views read beside those.

use leptos::prelude::*;

/// A memo whose every reader is run again when it changed.
///
/// reactive_graph 0.3.0-rc1 forgets one: before an effect is run again, it asks its sources in turn whether they changed.
/// A memo that is computed while it is asked tells all its readers, but not that effect, which learns of it by the answer.
/// If the effect asked another memo that is made from this one, and that one stays as it was, the answer is no, and the
/// effect is not run, though it reads this memo as well. So this one tells its readers by a signal, too.
pub fn shared<T: Clone + PartialEq + Send + Sync + 'static>(
    compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Signal<T> {
    shared_with_compare(compute, |before, now| before != now)
}

/// The same, where `changed` says whether what it was and what it is differ.
pub fn shared_with_compare<T: Clone + Send + Sync + 'static>(
    compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
    changed: fn(Option<&T>, Option<&T>) -> bool,
) -> Signal<T> {
    let told = Trigger::new();
    let and_tell = move |before: Option<&T>| {
        let now = compute(before);
        if changed(before, Some(&now)) {
            told.notify();
        }
        now
    };
    let memo = Memo::new_with_compare(and_tell, changed);
    Signal::derive(move || {
        let now = memo.get();
        // Behind it, so that who has it computed is not run twice.
        told.track();
        now
    })
}
