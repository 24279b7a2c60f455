//! The keys of a question's block, as TOML has them.

use crate::lesson::error::{LessonError, Part, Trouble};
use crate::lesson::path::Expr;
use crate::lesson::template::Template;
use serde::Deserialize;
use toml::Spanned;

/// All keys of all kinds of questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raw {
    pub id: Spanned<String>,
    pub kind: Spanned<String>,
    pub prompt: Spanned<String>,
    pub hint: Spanned<String>,
    pub explain: Spanned<String>,
    pub answer: Option<Spanned<String>>,
    pub unit: Option<Spanned<String>>,
    pub limit: Option<Spanned<usize>>,
    pub items: Option<Spanned<Vec<Spanned<String>>>>,
    pub option: Option<Vec<Spanned<RawOption>>>,
}

/// An option of a choice, or a known mistake of a typed value.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawOption {
    pub text: Option<Spanned<String>>,
    pub from: Option<Spanned<String>>,
    #[serde(default)]
    pub right: bool,
    pub why: Option<Spanned<String>>,
}

/// The keys with the place they were read from.
pub struct Keys<'a> {
    pub part: Part<'a>,
    pub raw: Raw,
    /// Offsets of the line ends in `part`.
    line_ends: Vec<usize>,
}

impl<'a> Keys<'a> {
    /// `raw`, read from `part`.
    pub fn new(part: Part<'a>, raw: Raw) -> Keys<'a> {
        let line_ends = part.text.match_indices('\n').map(|(at, _)| at).collect();
        Keys { part, raw, line_ends }
    }

    /// The line of the file that holds the octet at `offset`.
    fn line_at(&self, offset: usize) -> usize {
        self.part.line + self.line_ends.partition_point(|end| *end < offset)
    }

    /// `trouble` at the line of `key`.
    pub fn at<T>(&self, key: &Spanned<T>, trouble: Trouble) -> LessonError {
        trouble.at(self.part.file, self.line_at(key.span().start))
    }

    /// `trouble` at the line on which the block begins.
    pub fn at_block(&self, trouble: Trouble) -> LessonError {
        trouble.at(self.part.file, self.part.line)
    }

    /// Reads an expression.
    pub fn expr(&self, key: &Spanned<String>) -> Result<(Expr, usize), LessonError> {
        let line = self.line_at(key.span().start);
        Expr::parse(key.get_ref())
            .map(|expr| (expr, line))
            .map_err(|trouble| trouble.at(self.part.file, line))
    }

    /// Reads the expression under `answer`, which must be there.
    pub fn answer(&self) -> Result<(Expr, usize), LessonError> {
        match &self.raw.answer {
            Some(answer) => self.expr(answer),
            None => {
                let fix = "say under `answer` which value of the run is the right one";
                Err(self.at_block(Trouble::new("no answer", fix)))
            }
        }
    }

    /// Reads a text with values of the run in it.
    pub fn template(&self, key: &Spanned<String>) -> Result<Template, LessonError> {
        let line = self.line_at(key.span().start);
        Template::parse(Part { file: self.part.file, line, text: key.get_ref() })
    }

    /// Reads a text that may be left out.
    pub fn maybe(&self, key: &Option<Spanned<String>>) -> Result<Option<Template>, LessonError> {
        key.as_ref().map(|key| self.template(key)).transpose()
    }

    /// Refuses the keys of other kinds.
    pub fn allow_only(&self, allowed: &[&str]) -> Result<(), LessonError> {
        let raw = &self.raw;
        let present = [
            ("answer", raw.answer.as_ref().map(Spanned::span)),
            ("unit", raw.unit.as_ref().map(Spanned::span)),
            ("limit", raw.limit.as_ref().map(Spanned::span)),
            ("items", raw.items.as_ref().map(Spanned::span)),
            ("option", raw.option.as_ref().and_then(|all| all.first()).map(Spanned::span)),
        ];
        for (name, span) in present {
            if let (Some(span), false) = (span, allowed.contains(&name)) {
                let what = format!("a question of kind {} has no `{name}`", raw.kind.get_ref());
                let fix = format!("remove it; this kind has: {}", allowed.join(", "));
                let line = self.line_at(span.start);
                return Err(Trouble::new(what, fix).at(self.part.file, line));
            }
        }
        Ok(())
    }
}
