//! Put in order: each line has a button up and a button down.

use crate::lesson::Answer;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// The lines in the order the person has put them.
#[component]
pub fn Order(shown: Vec<String>, answer: Callback<Answer>, solved: Signal<bool>) -> impl IntoView {
    let count = shown.len();
    let order = RwSignal::new((0..count).collect::<Vec<usize>>());
    let said = RwSignal::new(String::new());
    let list = NodeRef::<Ol>::new();
    let label = {
        let shown = shown.clone();
        move |item: usize| shown.get(item).cloned().unwrap_or_default()
    };
    // Moves a line, says where it is now, and keeps the focus on the button that was pressed, or on
    // its neighbour where that one can do no more.
    let shift = {
        let label = label.clone();
        Callback::new(move |(item, up): (usize, bool)| {
            let at = order.with_untracked(|order| order.iter().position(|other| *other == item));
            let to = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
            let (Some(at), Some(to)) = (at, to.filter(|to| *to < count)) else { return };
            order.update(|order| order.swap(at, to));
            said.set(format!("{} is now number {} of {count}", label(item), to + 1));
            let end = to == 0 || to == count - 1;
            let wanted = if up != end { "up" } else { "down" };
            let selector = format!("[data-item='{item}'] [data-move='{wanted}']");
            let _ = request_animation_frame(move || {
                let button = list
                    .get_untracked()
                    .and_then(|list| list.query_selector(&selector).ok().flatten());
                if let Some(button) = button.and_then(|b| b.dyn_into::<web_sys::HtmlElement>().ok())
                {
                    let _ = button.focus();
                }
            });
        })
    };
    let row = move |item: usize| {
        let text = label(item);
        let at =
            move || order.with(|order| order.iter().position(|other| *other == item)).unwrap_or(0);
        let (up, down) = (format!("Move up: {text}"), format!("Move down: {text}"));
        view! {
            <li data-item=item>
                <span>{text}</span>
                <span class="moves" hidden=solved>
                    <button type="button" class="btn" data-move="up" aria-label=up disabled=move || at() == 0
                        on:click=move |_| shift.run((item, true))>"↑"</button>
                    <button type="button" class="btn" data-move="down" aria-label=down disabled=move || at() + 1 == count
                        on:click=move |_| shift.run((item, false))>"↓"</button>
                </span>
            </li>
        }
    };
    view! {
        <ol class="order" node_ref=list>
            <For each=move || order.get() key=|item| *item children=row/>
        </ol>
        <p class="sr-only" role="status">{move || said.get()}</p>
        <p class="buttons" hidden=solved>
            <button class="btn" on:click=move |_| answer.run(Answer::Order(order.get_untracked()))>"Answer"</button>
        </p>
    }
}
