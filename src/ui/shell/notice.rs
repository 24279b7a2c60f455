//! Something to tell the person, until dismissed.

use crate::ui::lab;
use leptos::prelude::*;

/// What is wrong with the link, and the notice, announced to screen readers as they appear.
#[component]
pub fn Notice() -> impl IntoView {
    let lab = lab();
    let broken = move || {
        lab.broken.get().map(|broken| {
            let meant = broken.meant.as_ref().map(|route| {
                let href = route.to_string();
                let shown = href.trim_start_matches("#/").to_owned();
                view! { " Did you mean " <a href=href translate="no">{shown}</a> "?" }
            });
            let text = view! { {broken.to_string()} {meant} }.into_any();
            bar(text, move || lab.broken.set(None))
        })
    };
    let notice =
        move || lab.notice.get().map(|text| bar(text.into_any(), move || lab.notice.set(None)));
    view! { <div role="status" class="notices">{broken} {notice}</div> }
}

fn bar(text: AnyView, dismiss: impl Fn() + 'static) -> AnyView {
    view! {
        <p class="notice-bar">
            <span>{text}</span>
            <button class="btn" on:click=move |_| dismiss()>"Dismiss"</button>
        </p>
    }
    .into_any()
}
