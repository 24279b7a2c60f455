//! Views whose code is not part of the first load.
//!
//! A function marked `#[wasm_split(NAME, …)]` is a door: what is reached only through it goes to a
//! file of its own when the page is built, which is fetched when the door is first opened. A door
//! hands over a plain function pointer, so that the view is built where it is shown, with its owner.

use super::sliced::loading;
use crate::ui::dom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::future::Future;

/// What a door hands over: the view behind it, or that its file could not be loaded.
pub type Behind = Result<fn() -> AnyView, SplitLoaderError>;

/// The view behind a door; until it is loaded, a word about that, and a way on where it cannot be.
pub fn later<F: Future<Output = Behind> + 'static>(door: fn() -> F) -> AnyView {
    let behind = RwSignal::new(None);
    let open = move || {
        behind.set(None);
        spawn_local(loading(async move {
            dom::load_later_style().await;
            behind.set(Some(door().await.ok()));
        }));
    };
    open();
    let shown = move || match behind.get() {
        Some(Some(view)) => view(),
        Some(None) => failed(Box::new(open)),
        None => view! { <p class="later" role="status">"Loading…"</p> }.into_any(),
    };
    shown.into_any()
}

/// A file may be missing for a moment, or for good: after a new version was put in the place of the one
/// that this page came from, only loading the page again helps. The address keeps what is on screen.
fn failed(again: Box<dyn Fn()>) -> AnyView {
    view! {
        <div class="later" role="alert">
            <p>
                "This part of the page could not be loaded. Check the connection and try again. If there is a new version of this page, its parts fit only after loading the page again."
            </p>
            <p class="buttons">
                <button class="btn" on:click=move |_| again()>"Try again"</button>
                <button class="btn" on:click=|_| dom::reload()>"Load the page again"</button>
            </p>
        </div>
    }
    .into_any()
}
