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

    /// As plain text: code between backticks, a line for each paragraph, row or item.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn text(&self) -> String {
        const LINES: [&str; 12] =
            ["p", "li", "tr", "br", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"];
        let (mut out, mut is_kept) = (String::new(), false);
        for part in self.0.split('<') {
            let (tag, text) = part.split_once('>').unwrap_or(("", part));
            let name = tag.split(' ').next().unwrap_or_default();
            if LINES.contains(&name.trim_start_matches('/')) && !is_at_start(&out) {
                out.push('\n');
            }
            match name {
                "li" => out.push_str("- "),
                "code" | "/code" if !is_kept => out.push('`'),
                "/td" | "/th" => out.push_str("  "),
                "pre" => is_kept = true,
                "/pre" => is_kept = false,
                _ => {}
            }
            let text = unescaped(text);
            if is_kept {
                out.push_str(&text);
                continue;
            }
            // An end of a line is only that of the author's editor.
            let text = text.replace('\n', " ");
            out.push_str(if is_at_start(&out) { text.trim_start() } else { &text });
        }
        let lines = out.lines().map(str::trim_end).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether nothing stands on the last line yet, but for the mark of an item, whose first thing may be a paragraph.
#[cfg(not(target_arch = "wasm32"))]
fn is_at_start(text: &str) -> bool {
    matches!(text.rsplit('\n').next(), None | Some("" | "- "))
}

/// What `text` of HTML stands for.
#[cfg(not(target_arch = "wasm32"))]
fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, is)| text.replace(entity, is))
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

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn html_is_told_as_plain_text() {
        let html = Html::trusted(
            "<p>A <strong>b</strong>\n&lt;c&gt; &amp;lt; <code>d</code>.</p>\n<pre><code>f\n  g\n</code></pre>\n<ul>\n<li>one</li>\n<li><p>two</p></li>\n</ul>\n<table><tr><td class=\"left\">x</td><td>y</td></tr></table><p><a href=\"#/\">e</a></p>".into(),
        );
        assert_eq!(html.text(), "A b <c> &lt; `d`.\nf\n  g\n- one\n- two\nx  y\ne");
    }
}
