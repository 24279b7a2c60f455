//! TOML as a [`Table`].

use super::markdown::prose;
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::table::{Item, Table, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a block whose text, or each of whose texts, is Markdown.
const MARKDOWN: [&str; 7] = ["prompt", "shown", "hint", "explain", "why", "points", "model"];

/// The key whose text is Markdown where the answer is one to be said; elsewhere it is a path.
const SAID: [(&str, &str); 1] = [("say", "answer")];

/// Reads `text`, which begins at `line` of `file`.
///
/// # Errors
/// What TOML does not allow, or no block of a lesson can hold, each with its line.
pub fn table(text: &str, file: &str, line: usize) -> Result<Table, Vec<LessonError>> {
    let ends = text.match_indices('\n').map(|(at, _)| at).collect();
    let reader = Reader { file, first: line, ends };
    DeTable::parse(text).map_or_else(
        |error| {
            let what = error.message().trim().replace('\n', " ");
            let fix = "see lessons/README.md for the keys and write the value as TOML";
            let line = reader.line_at(error.span().map_or(0, |span| span.start));
            Err(vec![Trouble::new(what, fix).at(file, line)])
        },
        |table| reader.table(line, table.get_ref()),
    )
}

/// Turns offsets in the text into lines of the file.
struct Reader<'a> {
    file: &'a str,
    first: usize,
    ends: Vec<usize>,
}

impl Reader<'_> {
    fn line_at(&self, offset: usize) -> usize {
        self.first + self.ends.partition_point(|end| *end < offset)
    }

    fn table(&self, line: usize, table: &DeTable<'_>) -> Result<Table, Vec<LessonError>> {
        let kind = table.get("kind").and_then(|kind| kind.get_ref().as_str()).unwrap_or_default();
        let is_markdown = |key| MARKDOWN.contains(&key) || SAID.contains(&(kind, key));
        let entries = table.iter().map(|(key, value)| {
            let (key, item) = (key.get_ref().as_ref(), self.item(value)?);
            let item = if is_markdown(key) { self.markdown(item)? } else { item };
            Ok::<_, Vec<LessonError>>((key.to_owned(), item))
        });
        Ok(Table { line, entries: entries.collect::<Result<_, _>>()? })
    }

    /// The text in `item`, or each of its texts, as Markdown; anything else as it is.
    fn markdown(&self, item: Item) -> Result<Item, Vec<LessonError>> {
        let Item { line, value } = item;
        let value = match value {
            Value::Text(text) => Value::Prose(prose(&text, self.file, line)?),
            Value::List(items) => {
                let items = items.into_iter().map(|item| self.markdown(item));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            other => other,
        };
        Ok(Item { line, value })
    }

    fn item(&self, value: &Spanned<DeValue<'_>>) -> Result<Item, Vec<LessonError>> {
        let line = self.line_at(value.span().start);
        let number = |text: &str, radix| usize::from_str_radix(text, radix).ok();
        let value = match value.get_ref() {
            DeValue::String(text) => Some(Value::Text(text.to_string())),
            DeValue::Boolean(flag) => Some(Value::Flag(*flag)),
            DeValue::Integer(digits) => number(digits.as_str(), digits.radix()).map(Value::Number),
            DeValue::Array(items) => {
                let items = items.iter().map(|item| self.item(item));
                Some(Value::List(items.collect::<Result<_, _>>()?))
            }
            DeValue::Table(table) => Some(Value::Table(self.table(line, table)?)),
            DeValue::Float(_) | DeValue::Datetime(_) => None,
        };
        value.map(|value| Item { line, value }).ok_or_else(|| {
            let fix = "write a whole number from 0, or a text in quotes";
            vec![Trouble::new("a value that no lesson has", fix).at(self.file, line)]
        })
    }
}
