//! Markdown as HTML. HTML in it is shown as text, and links lead to the web or into this page only.

use leptos::prelude::*;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

/// Text of a lesson.
#[component]
pub fn Markdown(#[prop(into)] text: String) -> impl IntoView {
    view! { <div class="prose" inner_html=to_html(&text)></div> }
}

fn to_html(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if is_safe(&dest_url) { dest_url } else { CowStr::Borrowed("#/learn") };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        // The page loads nothing from elsewhere: an image is its description.
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(pulldown_cmark::TagEnd::Image) => Event::End(pulldown_cmark::TagEnd::Emphasis),
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn is_safe(address: &str) -> bool {
    ["https://", "http://", "#/"].iter().any(|start| address.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn html_becomes_text_and_scripts_are_no_links() {
        assert_eq!(to_html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assert!(!to_html("<script>x</script>").contains("<script"));
        assert!(!to_html("[a](javascript:x)").contains("javascript"));
        assert!(to_html("[a](https://example.com)").contains("href=\"https://example.com\""));
        assert!(!to_html("![a](https://example.com/b.png)").contains("<img"));
    }
}
