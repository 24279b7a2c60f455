//! Text with values of the run in it: `the server chose {{message.ServerHello.cipher_suite}}`.

use super::error::{LessonError, Trouble};
use super::path::Expr;
use crate::run::Run;
use serde::{Deserialize, Serialize};

/// Text with expressions between `{{` and `}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template(Vec<Piece>);

/// A part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A value of the run.
    Value {
        /// Which.
        expr: Expr,
        /// The line it was read from.
        line: usize,
    },
}

impl Piece {
    /// The text, or the value that `run` has; `file` is the name that errors give.
    ///
    /// # Errors
    /// `run` has no such value.
    pub fn fill(&self, run: &Run, file: &str) -> Result<String, LessonError> {
        match self {
            Piece::Text(text) => Ok(text.clone()),
            Piece::Value { expr, line } => {
                let value = expr.one(run).map_err(|trouble| trouble.at(file, *line))?;
                Ok(value.display)
            }
        }
    }

    /// The text; `None` for a value.
    pub fn fixed(&self) -> Option<&str> {
        match self {
            Piece::Text(text) => Some(text),
            Piece::Value { .. } => None,
        }
    }

    /// Whether it is text with nothing in it.
    pub fn is_blank(&self) -> bool {
        matches!(self, Piece::Text(text) if text.trim().is_empty())
    }
}

impl Template {
    /// One of these pieces.
    pub fn of(pieces: Vec<Piece>) -> Template {
        Template(pieces)
    }

    /// Whether values of the run stand in it.
    pub fn has_values(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Value { .. }))
    }

    /// Its pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The same, taken out of it.
    pub fn into_pieces(self) -> Vec<Piece> {
        self.0
    }

    /// Reads `text`, which begins at `first` of `file`.
    ///
    /// # Errors
    /// A `{{` that is never closed, or what between the braces is no expression; with its line.
    pub fn parse(text: &str, file: &str, first: usize) -> Result<Template, LessonError> {
        let mut pieces = Vec::new();
        let (mut at, mut line) = (0, first);
        while let Some(open) = text[at..].find("{{").map(|found| at + found) {
            line += newlines(&text[at..open]);
            let Some(length) = text[open..].find("}}") else {
                let fix = "close it with `}}` on the same line";
                return Err(Trouble::new("`{{` is never closed", fix).at(file, line));
            };
            let inner = &text[open + 2..open + length];
            let expr = Expr::parse(inner).map_err(|trouble| trouble.at(file, line))?;
            pieces.push(Piece::Text(text[at..open].to_owned()));
            pieces.push(Piece::Value { expr, line });
            line += newlines(inner);
            at = open + length + 2;
        }
        pieces.push(Piece::Text(text[at..].to_owned()));
        Ok(Template(pieces))
    }

    /// The text, with the values of `run`; `file` is the name that errors give.
    ///
    /// # Errors
    /// The first expression that has no value in `run`, with its line.
    pub fn fill(&self, run: &Run, file: &str) -> Result<String, LessonError> {
        self.0.iter().map(|piece| piece.fill(run, file)).collect()
    }

    /// The text as it was written.
    pub fn source(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value { expr, .. } => format!("{{{{{expr}}}}}"),
        };
        self.0.iter().map(piece).collect()
    }
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|&b| b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Template, LessonError> {
        Template::parse(text, "a.md", 10)
    }

    #[test]
    fn keeps_the_text_around_its_values() {
        let text = "a {{key.main_secret}} b {{scenario.seed}}";
        assert_eq!(parse(text).unwrap().source(), text);
        let template = parse(text).unwrap();
        let stored = serde_json::to_string(&template).unwrap();
        assert_eq!(serde_json::from_str::<Template>(&stored).unwrap(), template);
    }

    #[test]
    fn errors_carry_the_line() {
        let error = parse("one\ntwo {{message.}}\n").unwrap_err();
        assert_eq!((error.line, error.what.as_str()), (11, "`` is not a name"));
        let error = parse("{{count.packets}}\n{{count.\npackets}}{{count.packets}}\n{{message.}}");
        assert_eq!(error.unwrap_err().line, 11, "a name has no line end");
        let error = parse("{{count.packets}}\n{{ count.packets\n}} {{message.}}").unwrap_err();
        assert_eq!((error.line, error.what.as_str()), (12, "`` is not a name"));
        let error = parse("one\n\n{{message").unwrap_err();
        assert_eq!((error.line, error.what.as_str()), (12, "`{{` is never closed"));
    }
}
