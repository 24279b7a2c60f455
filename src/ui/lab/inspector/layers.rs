//! Which layer of the step is shown, and which of its parts.

use super::shown::Shown;
use crate::route::Layer;
use crate::ui::lab;
use leptos::prelude::*;

/// The switch between message, record and packet.
#[component]
pub fn Layers(shown: Memo<Option<Shown>>) -> impl IntoView {
    let lab = lab();
    let choose = move |layer: Layer, part: usize| {
        lab.look(|view| {
            view.layer = layer;
            view.part = part;
            view.selection.clear();
        });
    };
    let button = move |label: String, on: bool, layer: Layer, part: usize| {
        view! {
            <button aria-pressed=on.to_string() on:click=move |_| choose(layer, part)>
                {label}
            </button>
        }
    };
    let choices = Memo::new(move |_| {
        let shown = shown.read();
        let shown = shown.as_ref()?;
        Some((shown.layer, shown.layers.clone(), shown.part, shown.parts.clone()))
    });
    move || {
        let (layer, layers, part, parts) = choices.get()?;
        let parts = (parts.len() > 1).then(|| {
            let buttons = parts
                .into_iter()
                .enumerate()
                .map(|(at, label)| button(label, at == part, layer, at))
                .collect_view();
            view! { <div class="seg" role="group" aria-label="Part">{buttons}</div> }
        });
        let layers = layers
            .into_iter()
            .map(|choice| button(choice.word().to_string(), choice == layer, choice, 0))
            .collect_view();
        Some(view! {
            <div class="layers">
                <div class="seg" role="group" aria-label="Layer">
                    {layers}
                </div>
                {parts}
            </div>
        })
    }
}
