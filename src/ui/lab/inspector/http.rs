//! A message of HTTP as the text that it is.

use super::shown::{Shown, Source};
use crate::route::Layer;
use crate::wire::application_data::http_start_line;
use leptos::prelude::*;

/// The text of the message shown, where it is one of HTTP/1 and nothing but text.
#[component]
pub fn HttpText(shown: Memo<Option<Shown>>) -> impl IntoView {
    let text = Memo::new(move |_| shown.read().as_ref().and_then(text));
    move || {
        text.get().map(|text| {
            view! {
                <section class="http" aria-label="The message as text">
                    <h2 class="section-title">"Text"</h2>
                    <pre translate="no" tabindex="0">{text}</pre>
                </section>
            }
        })
    }
}

fn text(shown: &Shown) -> Option<String> {
    let section = shown.sections.first().filter(|_| shown.layer == Layer::Message)?;
    let (_, Source::Message(_)) = section.of_run()? else { return None };
    let bytes = section.bytes();
    http_start_line(bytes)?;
    let text = std::str::from_utf8(bytes).ok()?;
    let is_text = text.chars().all(|c| !c.is_control() || matches!(c, '\r' | '\n' | '\t'));
    is_text.then(|| text.replace("\r\n", "\n").trim_end().to_string())
}
