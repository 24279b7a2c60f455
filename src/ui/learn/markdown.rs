//! Text of a lesson on the page.

use crate::lesson::markdown;
use leptos::prelude::*;

/// Text of a lesson.
#[component]
pub fn Markdown(#[prop(into)] text: String) -> impl IntoView {
    view! { <div class="prose" inner_html=markdown::to_html(&text)></div> }
}
