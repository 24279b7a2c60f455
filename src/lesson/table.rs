//! A block of a lesson as keys and values, each with its line, before it is known what they mean.
//!
//! [`Keys`] reads one: what is missing, or not of the wanted form, is an error with file and line.

use super::error::{LessonError, Trouble};
use super::path::{Expr, Segment};
use super::prose::Prose;
use super::template::Template;
use crate::run::Run;
use serde::{Deserialize, Serialize};

/// Keys and values in the order of their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The line on which the block begins.
    pub line: usize,
    /// The values by their keys.
    pub entries: Vec<(String, Item)>,
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The line on which it begins.
    pub line: usize,
    /// The value.
    pub value: Value,
}

/// What a block can hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number from 0.
    Number(usize),
    /// A text.
    Text(String),
    /// A text, its Markdown read.
    Prose(Prose),
    /// Several values.
    List(Vec<Item>),
    /// A block inside the block.
    Table(Table),
}

impl Value {
    /// What it is, for people.
    fn noun(&self) -> &'static str {
        match self {
            Value::Flag(_) => "true or false",
            Value::Number(_) => "a whole number",
            Value::Text(_) | Value::Prose(_) => "a text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Something read, with the line it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The line.
    pub line: usize,
    /// What was read.
    pub is: T,
}

impl At<Expr> {
    /// The one value it has in `run`.
    ///
    /// # Errors
    /// As [`Expr::one`], with the line in `file`.
    pub fn one(&self, run: &Run, file: &str) -> Result<super::value::Value, LessonError> {
        self.is.one(run).map_err(|trouble| trouble.at(file, self.line))
    }
}

/// Reads a table.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    /// The file, as errors name it.
    pub file: &'a str,
    table: &'a Table,
}

impl<'a> Keys<'a> {
    /// Reads `table` of `file`.
    pub fn new(file: &'a str, table: &'a Table) -> Keys<'a> {
        Keys { file, table }
    }

    /// The line on which the table begins.
    pub fn line(&self) -> usize {
        self.table.line
    }

    /// Whether there is a value called `name`.
    pub fn has(&self, name: &str) -> bool {
        self.table.entries.iter().any(|(key, _)| key == name)
    }

    /// The line of the value called `name`; without one, that on which the table begins.
    pub fn line_of(&self, name: &str) -> usize {
        let found = self.table.entries.iter().find(|(key, _)| key == name);
        found.map_or(self.table.line, |(_, item)| item.line)
    }

    /// `trouble` at the line on which the table begins.
    pub fn wrong(&self, trouble: Trouble) -> LessonError {
        trouble.at(self.file, self.table.line)
    }

    /// Refuses every key that is not `allowed`; `whole` has the keys.
    ///
    /// # Errors
    /// The first such key, with its line.
    pub fn allow_only(&self, whole: &str, allowed: &[&str]) -> Result<(), LessonError> {
        let is_unknown = |(name, _): &&(String, Item)| !allowed.contains(&name.as_str());
        match self.table.entries.iter().find(is_unknown) {
            None => Ok(()),
            Some((name, item)) => {
                let what = format!("{whole} has no `{name}`");
                let fix = format!("remove it; there can be: {}", allowed.join(", "));
                Err(Trouble::new(what, fix).at(self.file, item.line))
            }
        }
    }

    /// The value called `name`, turned by `turn` into what is wanted; `noun` says what that is.
    fn find<T>(
        &self,
        name: &str,
        noun: &str,
        turn: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<At<T>>, LessonError> {
        let Some((_, item)) = self.table.entries.iter().find(|(key, _)| key == name) else {
            return Ok(None);
        };
        match turn(&item.value) {
            Some(is) => Ok(Some(At { line: item.line, is })),
            None => {
                let what = format!("`{name}` is {}, not {noun}", item.value.noun());
                let fix = "see lessons/README.md for the keys and write the value as TOML";
                Err(Trouble::new(what, fix).at(self.file, item.line))
            }
        }
    }

    /// What `maybe` found; it must be there.
    ///
    /// # Errors
    /// It is not; or the error of `maybe`. `fix` says what to write.
    pub fn need<T>(
        &self,
        name: &str,
        maybe: Result<Option<T>, LessonError>,
        fix: &str,
    ) -> Result<T, LessonError> {
        maybe?.ok_or_else(|| self.wrong(Trouble::new(format!("no `{name}`"), fix)))
    }

    /// A text.
    ///
    /// # Errors
    /// It is none. The same holds for the other forms below.
    pub fn text(&self, name: &str) -> Result<Option<At<&'a str>>, LessonError> {
        self.find(name, "a text", |value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Result<Option<At<usize>>, LessonError> {
        self.find(name, "a whole number", |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })
    }

    /// `true`, or else `false`.
    pub fn flag(&self, name: &str) -> Result<bool, LessonError> {
        Ok(self.maybe_flag(name)?.unwrap_or_default())
    }

    /// `true` or `false`, if either is said.
    pub fn maybe_flag(&self, name: &str) -> Result<Option<bool>, LessonError> {
        let found = self.find(name, "true or false", |value| match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        });
        Ok(found?.map(|flag| flag.is))
    }

    /// Each item of the list called `name`, turned by `turn`; none where the key is missing.
    fn list<T>(
        &self,
        name: &str,
        noun: &str,
        turn: impl Fn(&'a Item) -> Option<T>,
    ) -> Result<Vec<T>, LessonError> {
        let found = self.find(name, noun, |value| match value {
            Value::List(items) => items.iter().map(turn).collect::<Option<Vec<_>>>(),
            _ => None,
        });
        Ok(found?.map_or(Vec::new(), |list| list.is))
    }

    /// Several texts; none where the key is missing.
    pub fn texts(&self, name: &str) -> Result<Vec<At<&'a str>>, LessonError> {
        self.list(name, "a list of texts", |item| match &item.value {
            Value::Text(text) => Some(At { line: item.line, is: text.as_str() }),
            _ => None,
        })
    }

    /// The same without their lines.
    pub fn lines(&self, name: &str) -> Result<Vec<String>, LessonError> {
        Ok(self.texts(name)?.into_iter().map(|text| text.is.to_owned()).collect())
    }

    /// Several texts with Markdown; none where the key is missing.
    pub fn proses(&self, name: &str) -> Result<Vec<Prose>, LessonError> {
        self.list(name, "a list of texts", |item| match &item.value {
            Value::Prose(prose) => Some(prose.clone()),
            _ => None,
        })
    }

    /// The table called `name` (`[name]`), if there is one.
    pub fn maybe_table(&self, name: &str) -> Result<Option<Keys<'a>>, LessonError> {
        let file = self.file;
        let found = self.find(name, "a table", |value| match value {
            Value::Table(table) => Some(Keys { file, table }),
            _ => None,
        });
        Ok(found?.map(|table| table.is))
    }

    /// The tables of a list (`[[name]]`), at most `most`; none where the key is missing.
    pub fn tables(&self, name: &str, most: usize) -> Result<Vec<Keys<'a>>, LessonError> {
        let file = self.file;
        let list = self.list(name, "a list of tables", |item| match &item.value {
            Value::Table(table) => Some(Keys { file, table }),
            _ => None,
        })?;
        match list.get(most) {
            None => Ok(list),
            Some(first) => {
                let fix = format!("keep {most} at most");
                Err(first.wrong(Trouble::new(format!("too many `{name}`"), fix)))
            }
        }
    }

    /// A value of the run.
    pub fn expr(&self, name: &str) -> Result<Option<At<Expr>>, LessonError> {
        self.parsed(name, Expr::parse)
    }

    /// A name with dots in it.
    pub fn segments(&self, name: &str) -> Result<Option<At<Vec<Segment>>>, LessonError> {
        self.parsed(name, Segment::parse_all)
    }

    /// A text that `parse` reads.
    pub fn parsed<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Trouble>,
    ) -> Result<Option<At<T>>, LessonError> {
        let Some(At { line, is }) = self.text(name)? else { return Ok(None) };
        parse(is).map(|is| Some(At { line, is })).map_err(|trouble| trouble.at(self.file, line))
    }

    /// A text with values of the run in it.
    pub fn template(&self, name: &str) -> Result<Option<Template>, LessonError> {
        let text = self.text(name)?;
        text.map(|text| Template::parse(text.is, self.file, text.line)).transpose()
    }

    /// A text with Markdown.
    pub fn maybe_prose(&self, name: &str) -> Result<Option<Prose>, LessonError> {
        let found = self.find(name, "a text", |value| match value {
            Value::Prose(prose) => Some(prose.clone()),
            _ => None,
        });
        Ok(found?.map(|prose| prose.is))
    }

    /// The text with Markdown that must stand under `name`.
    pub fn prose(&self, name: &str) -> Result<Prose, LessonError> {
        self.need(name, self.maybe_prose(name), "write it as a text")
    }

    /// What stands for the block in links and in progress: lower-case letters, digits and hyphens under `id`.
    pub fn id(&self) -> Result<String, LessonError> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let id = self.parsed("id", |text| {
            if !text.is_empty() && text.chars().all(is_plain) {
                Ok(text.to_owned())
            } else {
                let fix = "use lower-case letters, digits and hyphens";
                Err(Trouble::new(format!("the id `{text}`"), fix))
            }
        });
        Ok(self.need("id", id, "give it an id, which never changes")?.is)
    }

    /// The expression under `answer`, which must be there.
    pub fn answer(&self) -> Result<At<Expr>, LessonError> {
        let fix = "say under `answer` which value of the run is the right one";
        self.need("answer", self.expr("answer"), fix)
    }
}
