//! The public roots: a chunk of their own, loaded when there is something to judge by them.

use crate::certificates::verdict::Roots;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// How far they are loaded.
#[derive(Clone, Debug)]
pub enum PublicRoots {
    /// Nothing needed them yet.
    Unasked,
    /// They are on their way.
    Loading,
    /// They are there.
    Loaded(Roots),
    /// They did not come.
    Failed,
}

/// The chunk `roots`: what is reached through [`Roots::public`] alone.
#[wasm_split(roots, wasm_split_path = leptos::wasm_split, fallible)]
fn door() -> Result<Roots, SplitLoaderError> {
    Ok(Roots::public())
}

/// Loads them, if they are not there or on their way.
pub fn load(public: RwSignal<PublicRoots>) {
    if matches!(*public.read_untracked(), PublicRoots::Loading | PublicRoots::Loaded(_)) {
        return;
    }
    public.set(PublicRoots::Loading);
    spawn_local(async move {
        let came = door().await.map_or(PublicRoots::Failed, PublicRoots::Loaded);
        // The place may be left by then.
        let _ = public.try_set(came);
    });
}
