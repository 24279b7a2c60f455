//! Text of a lesson, its Markdown read: text, values of the run, and elements from a fixed list.

use super::error::{LessonError, Trouble};
use super::html::{Html, escaped};
use super::template::{Piece, Template};
use crate::route::Route;
use crate::run::Run;
use serde::{Deserialize, Serialize};

/// How links of a lesson begin.
pub const LINKS: [&str; 3] = ["https://", "http://", "#/"];

/// Text of a lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prose(pub Vec<Node>);

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Text, or a value.
    Piece(Piece),
    /// An element begins.
    Open(Tag),
    /// A table's cell begins, with its text at this side.
    Cell(Tag, Side),
    /// A list begins that counts from this number.
    Numbered(u64),
    /// A link begins.
    Link {
        /// Where it leads.
        to: Template,
        /// The line it is on.
        line: usize,
    },
    /// An element ends.
    Close(Tag),
}

/// Where a cell's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Left,
    Center,
    Right,
}

/// How the rows of [`Tag`] become the type and its tags.
macro_rules! tags {
    ($($name:ident $text:literal;)*) => {
        /// The elements that a lesson can have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum Tag { $(#[serde(rename = $text)] $name,)* }

        impl Tag {
            /// Its name in HTML.
            pub fn name(self) -> &'static str {
                match self { $(Tag::$name => $text,)* }
            }
        }
    };
}

tags! {
    A "a";
    Blockquote "blockquote";
    Br "br";
    Code "code";
    Del "del";
    Em "em";
    H1 "h1";
    H2 "h2";
    H3 "h3";
    H4 "h4";
    H5 "h5";
    H6 "h6";
    Hr "hr";
    Li "li";
    Ol "ol";
    P "p";
    Pre "pre";
    Strong "strong";
    Table "table";
    Tbody "tbody";
    Td "td";
    Th "th";
    Thead "thead";
    Tr "tr";
    Ul "ul";
}

impl Prose {
    /// The text with the values of `run`; `file` is the name that errors give.
    ///
    /// # Errors
    /// The first value that `run` does not have, with its line.
    pub fn fill(&self, run: &Run, file: &str) -> Result<Html, LessonError> {
        self.write(&|piece| piece.fill(run, file))
    }

    /// The text of a [fixed](Prose::is_fixed) one.
    pub fn fixed(&self) -> Html {
        let text = |piece: &Piece| Ok(piece.fixed().unwrap_or_default().to_owned());
        self.write(&text).unwrap_or_default()
    }

    /// Whether no value of a run stands in it.
    pub fn is_fixed(&self) -> bool {
        self.0.iter().all(|node| match node {
            Node::Piece(piece) => piece.fixed().is_some(),
            Node::Link { to, .. } => !to.has_values(),
            _ => true,
        })
    }

    /// Its words without elements; values of a run are left out.
    pub fn words(&self) -> String {
        let text = |node: &Node| match node {
            Node::Piece(piece) => piece.fixed().map(str::to_owned),
            _ => None,
        };
        self.0.iter().filter_map(text).collect()
    }

    fn write(
        &self,
        fill: &dyn Fn(&Piece) -> Result<String, LessonError>,
    ) -> Result<Html, LessonError> {
        let mut out = String::new();
        for node in &self.0 {
            match node {
                Node::Piece(piece) => out.push_str(&escaped(&fill(piece)?)),
                Node::Open(tag) => out.extend(["<", tag.name(), ">"]),
                Node::Close(tag) => out.extend(["</", tag.name(), ">"]),
                Node::Cell(tag, side) => {
                    let class = match side {
                        Side::Left => "left",
                        Side::Center => "center",
                        Side::Right => "right",
                    };
                    out.extend(["<", tag.name(), " class=\"", class, "\">"]);
                }
                Node::Numbered(from) => out.push_str(&format!("<ol start=\"{from}\">")),
                Node::Link { to, .. } => {
                    let to: String = to.pieces().iter().map(fill).collect::<Result<_, _>>()?;
                    // A link that may not be is none, but its text is there.
                    if is_allowed(&to) {
                        out.extend(["<a href=\"", &escaped(&to), "\">"])
                    } else {
                        out.push_str("<a>")
                    }
                }
            }
        }
        Ok(Html::trusted(out))
    }

    /// What does not hold for `run`: values that it has not, and links that lead nowhere.
    pub fn check(&self, run: &Run, file: &str) -> Vec<LessonError> {
        let mut errors: Vec<LessonError> = self.fill(run, file).err().into_iter().collect();
        for node in &self.0 {
            let Node::Link { to, line } = node else { continue };
            let Ok(address) = to.fill(run, file) else { continue };
            errors.extend(link_trouble(&address).map(|trouble| trouble.at(file, *line)));
        }
        errors
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|node| matches!(node, Node::Piece(piece) if piece.is_blank()))
    }
}

/// What is wrong with a link to `address`.
pub fn link_trouble(address: &str) -> Option<Trouble> {
    if !is_allowed(address) {
        let what = format!("a link to `{address}`, which no lesson can have");
        let fix = format!("begin it with one of: {}", LINKS.join(", "));
        return Some(Trouble::new(what, fix));
    }
    let error = address.starts_with('#').then(|| Route::parse(address).err()).flatten()?;
    let fix = format!("allowed at “{}”: {}", error.part, error.allowed);
    Some(Trouble::new(format!("a link to `{address}`, which leads nowhere"), fix))
}

/// Whether a lesson may link to `address`.
pub fn is_allowed(address: &str) -> bool {
    let begins =
        |start: &str| address.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    LINKS.into_iter().any(begins)
}
