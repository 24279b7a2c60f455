//! Markdown as HTML. HTML in it is shown as text, and links lead to the web or into this page only.

use super::error::{LessonError, Trouble};
use crate::route::Route;
use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd, html};

/// How many quotes and lists may stand inside each other: far more than a reader can follow, and far
/// fewer than a browser dies of.
const MAX_DEPTH: usize = 16;

/// How links of a lesson begin.
const LINKS: [&str; 3] = ["https://", "http://", "#/"];

/// `text` as HTML, without scripts, styles, and anything that would be loaded. A link that is not
/// allowed is its words, an image its description.
pub fn to_html(text: &str) -> String {
    let mut writer = Writer::default();
    let events = parser(text).filter_map(|event| writer.event(event));
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// What [`to_html`] would leave out of `text`, which begins at `line` of `file`.
pub fn check(text: &str, file: &str, line: usize) -> Vec<LessonError> {
    let mut errors = Vec::new();
    let (mut depth, mut at, mut line) = (0, 0, line);
    for (event, range) in parser(text).into_offset_iter() {
        let trouble = match &event {
            Event::Start(Tag::Link { dest_url, .. }) => link_trouble(dest_url),
            Event::Start(tag) if nests(tag.to_end()) => {
                depth += 1;
                let fix = format!("nest quotes and lists {MAX_DEPTH} deep at most");
                (depth == MAX_DEPTH + 1).then(|| Trouble::new("nested too deep", fix))
            }
            Event::End(tag) if nests(*tag) => {
                depth -= 1;
                None
            }
            _ => None,
        };
        if let Some(trouble) = trouble {
            // Events mostly come in the order of the text.
            let between = text.get(at..range.start).unwrap_or_default();
            line += between.bytes().filter(|&b| b == b'\n').count();
            at = at.max(range.start);
            errors.push(trouble.at(file, line));
        }
    }
    errors
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// What is wrong with a link to `address`.
fn link_trouble(address: &str) -> Option<Trouble> {
    if !is_allowed(address) {
        let what = format!("a link to `{address}`, which the page shows as mere text");
        let fix = format!("begin it with one of: {}", LINKS.join(", "));
        return Some(Trouble::new(what, fix));
    }
    let error = address.starts_with('#').then(|| Route::parse(address).err()).flatten()?;
    let fix = format!("allowed at “{}”: {}", error.part, error.allowed);
    Some(Trouble::new(format!("a link to `{address}`, which leads nowhere"), fix))
}

fn is_allowed(address: &str) -> bool {
    let begins =
        |start: &str| address.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    LINKS.into_iter().any(begins)
}

/// Whether the block that `end` ends counts as a level.
fn nests(end: TagEnd) -> bool {
    matches!(end, TagEnd::BlockQuote(_) | TagEnd::List(_))
}

/// What has to be remembered from one event to the next.
#[derive(Default)]
struct Writer {
    /// How many quotes, lists and their items are open.
    depth: usize,
    /// Whether the open link is left out.
    is_unlinked: bool,
    /// How the columns of the open table are aligned, and which of them is next.
    columns: Vec<Alignment>,
    column: usize,
    is_head: bool,
}

impl Writer {
    /// What is written for `event`; `None` for nothing.
    fn event<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            other => Some(other),
        }
    }

    fn start<'a>(&mut self, tag: Tag<'a>) -> Option<Event<'a>> {
        match tag {
            Tag::Link { ref dest_url, .. } if !is_allowed(dest_url) => {
                self.is_unlinked = true;
                None
            }
            // The page loads nothing from elsewhere: an image is its description.
            Tag::Image { .. } => Some(Event::Start(Tag::Emphasis)),
            // Tables are written here: push_html aligns by a style attribute, which the content
            // security policy forbids.
            Tag::Table(columns) => {
                self.columns = columns;
                Some(Event::Html("<table>".into()))
            }
            Tag::TableHead => {
                (self.is_head, self.column) = (true, 0);
                Some(Event::Html("<thead><tr>".into()))
            }
            Tag::TableRow => {
                self.column = 0;
                Some(Event::Html("<tr>".into()))
            }
            Tag::TableCell => {
                let class = match self.columns.get(self.column) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::None) | None => "",
                };
                self.column += 1;
                Some(Event::Html(format!("<{}{class}>", self.cell()).into()))
            }
            Tag::Item if self.depth > MAX_DEPTH => None,
            tag => {
                self.depth += usize::from(nests(tag.to_end()));
                (!nests(tag.to_end()) || self.depth <= MAX_DEPTH).then_some(Event::Start(tag))
            }
        }
    }

    fn end<'a>(&mut self, tag: TagEnd) -> Option<Event<'a>> {
        match tag {
            TagEnd::Link if self.is_unlinked => {
                self.is_unlinked = false;
                None
            }
            TagEnd::Image => Some(Event::End(TagEnd::Emphasis)),
            TagEnd::Table => Some(Event::Html("</tbody></table>\n".into())),
            TagEnd::TableHead => {
                self.is_head = false;
                Some(Event::Html("</tr></thead><tbody>\n".into()))
            }
            TagEnd::TableRow => Some(Event::Html("</tr>\n".into())),
            TagEnd::TableCell => Some(Event::Html(format!("</{}>", self.cell()).into())),
            TagEnd::Item if self.depth > MAX_DEPTH => None,
            tag => {
                let is_written = !nests(tag) || self.depth <= MAX_DEPTH;
                self.depth -= usize::from(nests(tag));
                is_written.then_some(Event::End(tag))
            }
        }
    }

    /// The element of a cell.
    fn cell(&self) -> &'static str {
        if self.is_head { "th" } else { "td" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text_and_scripts_are_no_links() {
        assert_eq!(to_html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
        assert!(!to_html("<script>x</script>").contains("<script"));
        assert!(!to_html("[a](javascript:x)").contains("javascript"));
        assert!(to_html("[a](https://example.com)").contains("href=\"https://example.com\""));
        assert!(!to_html("![a](https://example.com/b.png)").contains("<img"));
    }

    #[test]
    fn a_link_that_is_not_allowed_is_its_words_and_an_error() {
        for address in ["mailto:a@b", "b.md", "#main", "javascript:x", "data:,x", "//b", "/b"] {
            let text = format!("one\n\ntwo [a *b*]({address}) c");
            assert_eq!(to_html(&text), "<p>one</p>\n<p>two a <em>b</em> c</p>\n", "{address}");
            let errors = check(&text, "a.md", 10);
            let told: Vec<_> = errors.iter().map(|error| (error.line, &*error.what)).collect();
            let what = format!("a link to `{address}`, which the page shows as mere text");
            assert_eq!(told, [(12, &*what)]);
        }
        for address in ["https://b", "HTTPS://b", "http://b", "#/lab/tls13?step=3", "#/learn"] {
            let text = format!("[a]({address})");
            assert!(to_html(&text).contains("<a href="), "{address}");
            assert_eq!(check(&text, "a.md", 1), [], "{address}");
        }
        let nowhere = check("[a](#/nowhere)", "a.md", 3);
        assert!(nowhere[0].to_string().contains("leads nowhere; allowed at “nowhere”: lab"));
    }

    #[test]
    fn tables_are_aligned_without_styles() {
        let html = to_html("|a|b|c|d|\n|:--|--:|:-:|--|\n|1|2|3|4|\n\n`style=\"text-align\"`\n");
        assert_eq!(
            html,
            "<table><thead><tr><th class=\"left\">a</th><th class=\"right\">b</th>\
             <th class=\"center\">c</th><th>d</th></tr></thead><tbody>\n\
             <tr><td class=\"left\">1</td><td class=\"right\">2</td>\
             <td class=\"center\">3</td><td>4</td></tr>\n</tbody></table>\n\
             <p><code>style=\"text-align\"</code></p>\n"
        );
    }

    #[test]
    fn what_is_nested_too_deep_is_flattened_and_an_error() {
        let quotes = format!("{}a", "> ".repeat(5000));
        let html = to_html(&quotes);
        assert_eq!(html.matches("<blockquote>").count(), MAX_DEPTH);
        assert_eq!(html.matches("</blockquote>").count(), MAX_DEPTH);
        assert_eq!(check(&quotes, "a.md", 1).len(), 1);
        let lists: String = (0..40).map(|n| format!("{}- a\n", "  ".repeat(n))).collect();
        let html = to_html(&lists);
        for tag in ["ul>", "li>"] {
            let count = |start: &str| html.matches(&format!("{start}{tag}")).count();
            assert_eq!(count("<"), count("</"), "{tag}");
            assert_eq!(count("<"), MAX_DEPTH, "{tag}");
        }
        assert_eq!(check(&lists, "a.md", 1)[0].line, 1 + MAX_DEPTH);
        assert_eq!(check("- a\n- b\n\n> c\n", "a.md", 1), []);
    }
}
