//! Markdown as [`Prose`]. HTML in it is text, an image is its description, and links lead to the web, into this
//! page, or to a word of the glossary: `[words](term:id)`.

use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::glossary::TERM;
use crate::lesson::prose::{LINKS, Node, Prose, Side, Tag, is_allowed};
use crate::lesson::template::{Piece, Template};
use crate::route::{Page, Study};
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, TagEnd};

/// How many quotes and lists may stand inside each other: far more than a reader can follow, and far
/// fewer than a browser dies of.
const MAX_DEPTH: usize = 16;

/// Stands around the number of a value while Markdown is read: a character for private use, which Markdown
/// takes for a letter.
const MARK: char = '\u{e000}';

/// Reads `text`, which begins at `line` of `file`.
///
/// # Errors
/// Everything that a lesson's text cannot hold, each with its line.
pub fn prose(text: &str, file: &str, line: usize) -> Result<Prose, Vec<LessonError>> {
    let template = Template::parse(text, file, line).map_err(|error| vec![error])?;
    let mut marked = String::with_capacity(text.len());
    let mut values = Vec::new();
    for piece in template.into_pieces() {
        match &piece {
            Piece::Text(text) => marked.push_str(&text.replace(MARK, "\u{fffd}")),
            Piece::Value { .. } => {
                marked.push_str(&format!("{MARK}{}{MARK}", values.len()));
                values.push(piece);
            }
        }
    }
    let mut reader = Reader { file, values, line, ..Reader::default() };
    let mut at = 0;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(&marked, options).into_offset_iter() {
        // Events mostly come in the order of the text.
        let between = marked.get(at..range.start).unwrap_or_default();
        reader.line += between.bytes().filter(|&b| b == b'\n').count();
        at = at.max(range.start);
        reader.event(event);
    }
    if reader.errors.is_empty() { Ok(Prose(reader.nodes)) } else { Err(reader.errors) }
}

/// What has to be remembered from one event to the next.
#[derive(Default)]
struct Reader<'f> {
    file: &'f str,
    /// The line that is read.
    line: usize,
    values: Vec<Piece>,
    nodes: Vec<Node>,
    errors: Vec<LessonError>,
    /// How many quotes and lists are open.
    depth: usize,
    /// How the columns of the open table are aligned, and which of them is next.
    columns: Vec<Alignment>,
    column: usize,
    is_head: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => {
                self.nodes.push(Node::Open(Tag::Code));
                self.text(&text);
                self.nodes.push(Node::Close(Tag::Code));
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.nodes.push(Node::Open(Tag::Br)),
            Event::Rule => self.nodes.push(Node::Open(Tag::Hr)),
            // Of extensions that are not switched on.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        for piece in self.pieces(text) {
            match (self.nodes.last_mut(), piece) {
                (Some(Node::Piece(Piece::Text(before))), Piece::Text(text)) => {
                    before.push_str(&text)
                }
                (_, piece) => self.nodes.push(Node::Piece(piece)),
            }
        }
    }

    /// `text` with its values in their places.
    fn pieces(&self, text: &str) -> Vec<Piece> {
        let piece = |(at, part): (usize, &str)| match at % 2 {
            1 => part.parse().ok().and_then(|at: usize| self.values.get(at)).cloned(),
            _ => (!part.is_empty()).then(|| Piece::Text(part.to_owned())),
        };
        text.split(MARK).enumerate().filter_map(piece).collect()
    }

    fn wrong(&mut self, trouble: Trouble) {
        self.errors.push(trouble.at(self.file, self.line));
    }

    fn start(&mut self, tag: pulldown_cmark::Tag<'_>) {
        use pulldown_cmark::Tag as Start;
        if let Start::BlockQuote(_) | Start::List(_) = tag {
            self.depth += 1;
            if self.depth == MAX_DEPTH + 1 {
                let fix = format!("nest quotes and lists {MAX_DEPTH} deep at most");
                self.wrong(Trouble::new("nested too deep", fix));
            }
        }
        match tag {
            Start::Table(columns) => {
                self.columns = columns;
                self.nodes.push(Node::Open(Tag::Table));
            }
            Start::TableHead => {
                (self.is_head, self.column) = (true, 0);
                self.nodes.extend([Node::Open(Tag::Thead), Node::Open(Tag::Tr)]);
            }
            Start::TableRow => {
                self.column = 0;
                self.nodes.push(Node::Open(Tag::Tr));
            }
            Start::TableCell => {
                let side = match self.columns.get(self.column) {
                    Some(Alignment::Left) => Some(Side::Left),
                    Some(Alignment::Center) => Some(Side::Center),
                    Some(Alignment::Right) => Some(Side::Right),
                    Some(Alignment::None) | None => None,
                };
                self.column += 1;
                let tag = self.cell();
                self.nodes.push(side.map_or(Node::Open(tag), |side| Node::Cell(tag, side)));
            }
            Start::CodeBlock(_) => self.nodes.extend([Node::Open(Tag::Pre), Node::Open(Tag::Code)]),
            Start::List(Some(from)) if from != 1 => self.nodes.push(Node::Numbered(from)),
            Start::Link { dest_url, .. } => self.link(&dest_url),
            tag => self.nodes.extend(self.tag(tag.to_end()).map(Node::Open)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableHead => {
                self.is_head = false;
                let closed = [Node::Close(Tag::Tr), Node::Close(Tag::Thead)];
                self.nodes.extend(closed.into_iter().chain([Node::Open(Tag::Tbody)]));
            }
            TagEnd::Table => self.nodes.extend([Node::Close(Tag::Tbody), Node::Close(Tag::Table)]),
            TagEnd::CodeBlock => self.nodes.extend([Node::Close(Tag::Code), Node::Close(Tag::Pre)]),
            tag => {
                self.depth -= usize::from(matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_)));
                self.nodes.extend(self.tag(tag).map(Node::Close));
            }
        }
    }

    fn link(&mut self, address: &str) {
        let term = address.strip_prefix(TERM);
        let term = term.map(|id| Page::Study(Study::Glossary, id.to_owned()).href());
        let to = Template::of(self.pieces(term.as_deref().unwrap_or(address)));
        // What a value stands for is not known yet, so the address must begin with what is.
        if !is_allowed(&to.source()) {
            let what = format!("a link to `{}`, which no lesson can have", to.source());
            let fix = format!("begin it with one of: {}", LINKS.join(", "));
            self.wrong(Trouble::new(what, fix));
        }
        self.nodes.push(Node::Link { to, line: self.line });
    }

    /// The element of a cell.
    fn cell(&self) -> Tag {
        if self.is_head { Tag::Th } else { Tag::Td }
    }

    /// The element that `end` ends, where it is one alone.
    fn tag(&self, end: TagEnd) -> Option<Tag> {
        Some(match end {
            TagEnd::Paragraph | TagEnd::HtmlBlock => Tag::P,
            TagEnd::Heading(level) => match level {
                HeadingLevel::H1 => Tag::H1,
                HeadingLevel::H2 => Tag::H2,
                HeadingLevel::H3 => Tag::H3,
                HeadingLevel::H4 => Tag::H4,
                HeadingLevel::H5 => Tag::H5,
                HeadingLevel::H6 => Tag::H6,
            },
            TagEnd::BlockQuote(_) => Tag::Blockquote,
            TagEnd::List(true) => Tag::Ol,
            TagEnd::List(false) => Tag::Ul,
            TagEnd::Item => Tag::Li,
            TagEnd::TableRow => Tag::Tr,
            TagEnd::TableCell => self.cell(),
            // The page loads nothing from elsewhere: an image is its description.
            TagEnd::Emphasis | TagEnd::Image => Tag::Em,
            TagEnd::Strong => Tag::Strong,
            TagEnd::Strikethrough => Tag::Del,
            TagEnd::Link => Tag::A,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Capabilities;
    use crate::run::Run;
    use crate::scenario::Scenario;
    use std::sync::LazyLock;

    static RUN: LazyLock<Run> = LazyLock::new(|| {
        let scenario = Scenario::parse("tls13+seed=7").unwrap();
        Run::new(&scenario, &Capabilities::first()).unwrap()
    });

    fn html(text: &str) -> String {
        prose(text, "a.md", 1).unwrap().fill(&RUN, "a.md").unwrap().as_str().to_owned()
    }

    /// The errors of `text`, which begins at line 10.
    fn errors(text: &str) -> Vec<(usize, String)> {
        let found = prose(text, "a.md", 10).err().unwrap_or_default();
        found.into_iter().map(|error| (error.line, error.what)).collect()
    }

    #[test]
    fn html_becomes_text_and_nothing_is_loaded() {
        assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>");
        assert!(!html("<script>x</script>").contains("<script"));
        assert!(html("[a](https://example.com)").contains("href=\"https://example.com\""));
        assert_eq!(html("![a](https://example.com/b.png)"), "<p><em>a</em></p>");
    }

    #[test]
    fn a_value_is_text_wherever_it_stands() {
        let value = "TLS_AES_128_GCM_SHA256 (0x1301)";
        let expr = "{{message.ServerHello.cipher_suite}}";
        assert_eq!(html(&format!("a **{expr}**")), format!("<p>a <strong>{value}</strong></p>"));
        assert_eq!(html(&format!("`{expr}`")), format!("<p><code>{value}</code></p>"));
        let link = html("[a](#/lab/tls13+seed={{scenario.seed}})");
        assert_eq!(link, "<p><a href=\"#/lab/tls13+seed=7\">a</a></p>");
        assert_eq!(html("{{scenario.seed}}{{scenario.seed}}0"), "<p>770</p>");
        assert_eq!(html("\u{e000}0\u{e000} {{scenario.seed}}"), "<p>\u{fffd}0\u{fffd} 7</p>");
    }

    #[test]
    fn a_link_that_is_not_allowed_is_an_error_with_its_line() {
        for address in ["mailto:a@b", "b.md", "#main", "javascript:x", "data:,x", "//b", "/b"] {
            let what = format!("a link to `{address}`, which no lesson can have");
            assert_eq!(errors(&format!("one\n\ntwo [a *b*]({address}) c")), [(12, what)]);
        }
        for address in ["https://b", "HTTPS://b", "http://b", "#/lab/tls13?step=3", "#/learn"] {
            let text = format!("[a]({address})");
            assert!(html(&text).contains("<a href="), "{address}");
            assert_eq!(prose(&text, "a.md", 1).unwrap().check(&RUN, "a.md"), [], "{address}");
        }
        assert_eq!(errors("[a]({{scenario.seed}}https://b)").len(), 1);
        let nowhere = prose("one\n[a](#/nowhere)", "a.md", 3).unwrap().check(&RUN, "a.md");
        assert!(nowhere[0].to_string().starts_with("a.md:4: "), "{nowhere:?}");
        assert!(nowhere[0].to_string().contains("leads nowhere; allowed at “nowhere”: lab"));
    }

    #[test]
    fn tables_are_aligned_without_styles() {
        let html = html("|a|b|c|d|\n|:--|--:|:-:|--|\n|1|2|3|4|\n\n`style=\"text-align\"`\n");
        assert_eq!(
            html,
            "<table><thead><tr><th class=\"left\">a</th><th class=\"right\">b</th>\
             <th class=\"center\">c</th><th>d</th></tr></thead><tbody>\
             <tr><td class=\"left\">1</td><td class=\"right\">2</td>\
             <td class=\"center\">3</td><td>4</td></tr></tbody></table>\
             <p><code>style=&quot;text-align&quot;</code></p>"
        );
    }

    #[test]
    fn lists_quotes_code_and_headings_are_elements() {
        assert_eq!(html("- a\n- *b*\n"), "<ul><li>a</li><li><em>b</em></li></ul>");
        assert_eq!(html("3. a\n4. b\n"), "<ol start=\"3\"><li>a</li><li>b</li></ol>");
        assert_eq!(html("> a\n"), "<blockquote><p>a</p></blockquote>");
        assert_eq!(html("```sh\na < b\n```\n"), "<pre><code>a &lt; b\n</code></pre>");
        assert_eq!(html("### a\n\n~~b~~  \nc\n\n---\n"), "<h3>a</h3><p><del>b</del><br>c</p><hr>");
    }

    #[test]
    fn what_is_nested_too_deep_is_an_error_with_its_line() {
        assert_eq!(errors(&format!("{}a", "> ".repeat(5000))), [(10, "nested too deep".into())]);
        let lists: String = (0..40).map(|n| format!("{}- a\n", "  ".repeat(n))).collect();
        assert_eq!(errors(&lists), [(10 + MAX_DEPTH, "nested too deep".into())]);
        assert_eq!(errors("- a\n- b\n\n> c\n"), []);
    }
}
