//! Views that are built in tasks of their own, so that between them the browser can draw what is there
//! and answer the person; and when all of them are there.

use crate::ui::dom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;

thread_local! {
    static WAITING: Cell<usize> = const { Cell::new(0) };
    static LOADING: Cell<usize> = const { Cell::new(0) };
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

/// Does `work`, which loads a part of what is shown.
pub fn loading(work: impl Future<Output = ()>) -> impl Future<Output = ()> {
    LOADING.set(LOADING.get() + 1);
    async {
        work.await;
        LOADING.set(LOADING.get() - 1);
    }
}

/// Ends when there is nothing left that waits for its task, or is being loaded.
pub async fn all_built() {
    loop {
        match (WAITING.get(), LOADING.get()) {
            (0, 0) => break,
            (0, _) => dom::next_frame().await,
            _ => dom::next_task().await,
        }
    }
    dom::next_task().await;
}
