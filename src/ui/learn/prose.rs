//! Text of a lesson on the page.

use crate::lesson::Html;
use leptos::prelude::*;

/// Text of a lesson, or words about an answer.
#[component]
pub fn Prose(html: Html) -> impl IntoView {
    view! { <div class="prose" inner_html=html.as_str().to_owned()></div> }
}
