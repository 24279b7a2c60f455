//! The only markup in the words of a story: `**bold**` and `` `code` ``.

use leptos::prelude::*;

/// The text as elements. A mark without its partner stands for itself.
pub fn rich(text: &str) -> AnyView {
    rich_with(text, &|_| None, &plain)
}

/// Words as they stand.
pub fn plain(text: &str) -> AnyView {
    text.to_string().into_any()
}

/// The same, where `code` may give a view of its own for a text between `` ` ``, and `words` gives that of what
/// stands between marks.
pub fn rich_with(
    text: &str,
    code: &dyn Fn(&str) -> Option<AnyView>,
    words: &dyn Fn(&str) -> AnyView,
) -> AnyView {
    let mut views = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`']) {
        let mark = if rest[at..].starts_with("**") { "**" } else { &rest[at..=at] };
        let inner = &rest[at + mark.len()..];
        let end = if mark == "*" { None } else { inner.find(mark) };
        let Some(end) = end else {
            views.push(words(&rest[..at + mark.len()]));
            rest = inner;
            continue;
        };
        views.push(words(&rest[..at]));
        let marked = inner[..end].to_string();
        views.push(match mark {
            "**" => view! { <b>{marked}</b> }.into_any(),
            _ => code(&marked)
                .unwrap_or_else(|| view! { <code translate="no">{marked}</code> }.into_any()),
        });
        rest = &inner[end + mark.len()..];
    }
    views.push(words(rest));
    views.into_any()
}
