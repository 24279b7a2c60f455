//! HTML that is safe to show: made of text that is escaped here, and of elements from a fixed list.

/// HTML for the page. Nothing else makes one than [`super::prose::Prose::fill`] and the functions here, so
/// a file of lessons cannot bring any of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// What was put together from escaped text and known elements.
    pub(super) fn trusted(html: String) -> Html {
        Html(html)
    }

    /// The program's own words as a paragraph; what stands between backticks is code.
    pub fn words(text: &str) -> Html {
        if text.is_empty() {
            return Html::default();
        }
        let mut out = String::from("<p>");
        for (at, part) in text.split('`').enumerate() {
            let (open, close) = if at % 2 == 1 { ("<code>", "</code>") } else { ("", "") };
            out.extend([open, &escaped(part), close]);
        }
        Html(out + "</p>\n")
    }

    /// This, then `other`.
    pub fn then(&self, other: &Html) -> Html {
        Html(format!("{}{}", self.0, other.0))
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it shows `text`, which stands in one piece.
    pub fn shows(&self, text: &str) -> bool {
        self.0.contains(&escaped(text))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `text` as it stands in HTML, in an attribute too.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_backticks_are_code() {
        let html = Html::words("You selected `a<b>`. No & \"more\".");
        let expected = "<p>You selected <code>a&lt;b&gt;</code>. No &amp; &quot;more&quot;.</p>\n";
        assert_eq!(html.as_str(), expected);
        assert!(html.shows("a<b>") && !html.shows("a<c>"));
        assert!(Html::words("").is_empty());
    }
}
