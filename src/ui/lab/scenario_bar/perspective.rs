//! Through whose eyes the run is seen.

use crate::route::Perspective;
use crate::ui::lab;
use leptos::prelude::*;

/// Client, server or eavesdropper.
#[component]
pub fn PerspectiveSwitch() -> impl IntoView {
    let lab = lab();
    let present = Memo::new(move |_| lab.link.read().view.perspective);
    view! {
        <div class="seg perspective" role="group" aria-label="Perspective">
            {Perspective::ALL
                .iter()
                .map(|&perspective| {
                    view! {
                        <button
                            aria-pressed=move || (present.get() == perspective).to_string()
                            on:click=move |_| lab.look(|view| view.perspective = perspective)
                        >
                            {move || perspective.end().map_or(perspective.word(), |who| lab.name(who))}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
