//! The path language: how a lesson names a value of the run.
//!
//! ```text
//! expression := term ((" + " | " - ") term)*          from left to right
//! term       := whole number | path
//! path       := root ("." segment)* (":" form)?
//! segment    := name ("[" (whole number | "*") "]")?  the nth of that name from 0, or all of them
//! ```
//!
//! What the roots and forms are is in [`super::resolve`] and, for authors, in `lessons/README.md`.

use super::error::Trouble;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An expression, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expr {
    /// The text it was read from.
    pub text: String,
    /// The terms, each with the sign before it.
    pub terms: Vec<(Sign, Term)>,
}

/// What is done with a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is added; also before the first term.
    Plus,
    /// It is subtracted.
    Minus,
}

/// A part of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A number written in the lesson.
    Number(u32),
    /// A value of the run.
    Path(Path),
}

/// The way to a value, or to several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// `message`, `packet`, `key`, ….
    pub root: String,
    /// What to look for below it, each inside what the one before found.
    pub segments: Vec<Segment>,
    /// In which form the value is wanted.
    pub form: Form,
}

/// A name to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The name.
    pub name: String,
    /// Which of those so called.
    pub pick: Pick,
}

/// Which of several of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The nth, from 0.
    Nth(usize),
    /// All.
    All,
}

/// The form in which a value is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As people read it.
    Display,
    /// As machines read it.
    Value,
    /// As people read it, without the code in parentheses.
    Name,
    /// Its bytes in hexadecimal.
    Hex,
    /// The first four bytes in hexadecimal, and how many there are.
    Short,
    /// How many bytes it has.
    Length,
    /// Offset of its first byte.
    Start,
}

/// The forms by the names that lessons use.
pub const FORMS: &[(&str, Form)] = &[
    ("display", Form::Display),
    ("value", Form::Value),
    ("name", Form::Name),
    ("hex", Form::Hex),
    ("short", Form::Short),
    ("length", Form::Length),
    ("start", Form::Start),
];

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// Which part is no term, and how one looks.
    pub fn parse(text: &str) -> Result<Expr, Trouble> {
        let mut terms = Vec::new();
        let mut sign = Sign::Plus;
        let mut rest = text.trim();
        loop {
            let next = rest.as_bytes().windows(3).enumerate().find_map(|(at, mark)| match mark {
                b" + " => Some((at, Sign::Plus)),
                b" - " => Some((at, Sign::Minus)),
                _ => None,
            });
            let Some((at, next_sign)) = next else {
                terms.push((sign, Term::parse(rest)?));
                return Ok(Expr { text: text.trim().to_owned(), terms });
            };
            terms.push((sign, Term::parse(&rest[..at])?));
            sign = next_sign;
            rest = &rest[at + 3..];
        }
    }
}

impl TryFrom<String> for Expr {
    type Error = Trouble;

    fn try_from(text: String) -> Result<Expr, Trouble> {
        Expr::parse(&text)
    }
}

impl From<Expr> for String {
    fn from(expr: Expr) -> String {
        expr.text
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Term {
    fn parse(text: &str) -> Result<Term, Trouble> {
        let text = text.trim();
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return text.parse().map(Term::Number).map_err(|_| {
                Trouble::new(format!("`{text}` is not a whole number"), "write it in decimal")
            });
        }
        Path::parse(text).map(Term::Path)
    }
}

impl Path {
    fn parse(text: &str) -> Result<Path, Trouble> {
        let (way, form) = match text.split_once(':') {
            None => (text, Form::Display),
            Some((way, name)) => (way, form_called(name)?),
        };
        let mut parts = way.split('.');
        let root = parts.next().unwrap_or_default();
        if root.is_empty() {
            let fix = "write a path such as message.ServerHello.cipher_suite";
            return Err(Trouble::new("an empty path", fix));
        }
        let segments = parts.map(Segment::parse).collect::<Result<_, _>>()?;
        Ok(Path { root: root.to_owned(), segments, form })
    }
}

fn form_called(name: &str) -> Result<Form, Trouble> {
    FORMS.iter().find(|(known, _)| *known == name).map(|(_, form)| *form).ok_or_else(|| {
        let known: Vec<&str> = FORMS.iter().map(|(name, _)| *name).collect();
        Trouble::new(format!("no form `:{name}`"), format!("use one of: {}", known.join(", ")))
    })
}

impl Segment {
    /// Reads `name`, `name[n]` or `name[*]`.
    ///
    /// # Errors
    /// What is no name or no index.
    pub fn parse(text: &str) -> Result<Segment, Trouble> {
        let (name, pick) = match text.split_once('[') {
            None => (text, Pick::Nth(0)),
            Some((name, index)) => {
                let pick = match index.strip_suffix(']') {
                    Some("*") => Some(Pick::All),
                    Some(n) => n.parse().ok().map(Pick::Nth),
                    None => None,
                };
                let pick = pick.ok_or_else(|| {
                    let fix = "write name[0] for the first, name[*] for all";
                    Trouble::new(format!("`{text}` has no proper index"), fix)
                })?;
                (name, pick)
            }
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(plain) {
            let fix = "names are letters, digits, `_` and `-`, with a dot between two of them";
            return Err(Trouble::new(format!("`{text}` is not a name"), fix));
        }
        Ok(Segment { name: name.to_owned(), pick })
    }

    /// Reads names with dots between them.
    ///
    /// # Errors
    /// As [`Segment::parse`].
    pub fn parse_all(text: &str) -> Result<Vec<Segment>, Trouble> {
        text.split('.').map(Segment::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        match Expr::parse(text).unwrap().terms.remove(0).1 {
            Term::Path(path) => path,
            Term::Number(n) => panic!("{n}"),
        }
    }

    #[test]
    fn reads_segments_indices_and_form() {
        let path = path("message.ClientHello.cipher_suite[*]:name");
        assert_eq!(path.root, "message");
        assert_eq!(path.segments[1], Segment { name: "cipher_suite".into(), pick: Pick::All });
        assert_eq!(path.form, Form::Name);
    }

    #[test]
    fn a_sum_keeps_the_sign_of_each_term() {
        let sum = Expr::parse("packet.SYN-ACK.seq - packet.SYN.seq + 1").unwrap();
        let signs: Vec<Sign> = sum.terms.iter().map(|(sign, _)| *sign).collect();
        assert_eq!(signs, [Sign::Plus, Sign::Minus, Sign::Plus]);
        assert_eq!(sum.terms[2].1, Term::Number(1));
    }

    #[test]
    fn says_what_is_no_path() {
        for (text, what) in [
            ("", "an empty path"),
            ("message.", "`` is not a name"),
            ("message.Server Hello", "`Server Hello` is not a name"),
            ("message.a[x]", "`a[x]` has no proper index"),
            ("message.a[1", "`a[1` has no proper index"),
            ("key.k:loud", "no form `:loud`"),
            ("12x", "`12x` is not a whole number"),
            ("a.b + 1 + ", "`1 +` is not a whole number"),
        ] {
            assert_eq!(Expr::parse(text).unwrap_err().what, what, "{text}");
        }
    }
}
