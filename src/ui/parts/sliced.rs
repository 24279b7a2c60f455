//! Views that are built in tasks of their own, so that between them the browser can draw what is there
//! and answer the person.

use crate::ui::dom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;

thread_local! {
    static WAITING: Cell<usize> = const { Cell::new(0) };
}

/// The view, built in the task after this one; several of them one after the other, in their order.
pub fn sliced(view: fn() -> AnyView) -> AnyView {
    let due = RwSignal::new(false);
    WAITING.set(WAITING.get() + 1);
    spawn_local(async move {
        dom::next_task().await;
        WAITING.set(WAITING.get() - 1);
        // Unless what it is a part of is gone by now.
        due.try_set(true);
    });
    (move || due.get().then(view)).into_any()
}

/// Ends when there is nothing left that waits for its task.
pub async fn all_built() {
    while WAITING.get() > 0 {
        dom::next_task().await;
    }
    dom::next_task().await;
}
