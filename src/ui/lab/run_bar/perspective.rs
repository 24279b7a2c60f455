//! Through whose eyes the run is seen.

use crate::route::Perspective;
use crate::ui::lab;
use leptos::prelude::*;

/// Client, server or eavesdropper: as buttons, and as a menu where there is little room.
#[component]
pub fn PerspectiveSwitch() -> impl IntoView {
    let lab = lab();
    let present = Memo::new(move |_| lab.link.read().view.perspective);
    let name = move |perspective: Perspective| {
        perspective.end().map_or(perspective.word(), |who| lab.name(who))
    };
    let look = move |perspective: Perspective| lab.look(|view| view.perspective = perspective);
    let find = |word: &str| Perspective::ALL.iter().copied().find(|one| one.word() == word);
    let buttons = Perspective::ALL.iter().map(|&one| {
        view! {
            <button
                aria-pressed=move || (present.get() == one).to_string()
                on:click=move |_| look(one)
            >
                {move || name(one)}
            </button>
        }
    });
    let options = Perspective::ALL.iter().map(|&one| {
        view! {
            <option value=one.word() selected=move || present.get() == one>
                {move || name(one)}
            </option>
        }
    });
    view! {
        <div class="seg perspective wide" role="group" aria-label="See as">
            <span class="dim" aria-hidden="true">"see as"</span>
            {buttons.collect_view()}
        </div>
        <select
            class="perspective-menu"
            aria-label="See as"
            prop:value=move || present.get().word()
            on:change:target=move |event| {
                if let Some(one) = find(&event.target().value()) {
                    look(one);
                }
            }
        >
            {options.collect_view()}
        </select>
    }
}
