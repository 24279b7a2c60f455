//! TOML as a [`Table`].

use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::table::{Item, Table, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads `text`, which begins at `line` of `file`.
///
/// # Errors
/// The first thing that TOML does not allow, or that no block of a lesson can hold, with its line.
pub fn table(text: &str, file: &str, line: usize) -> Result<Table, LessonError> {
    let lines =
        Lines { file, first: line, ends: text.match_indices('\n').map(|(at, _)| at).collect() };
    match DeTable::parse(text) {
        Ok(table) => lines.table(line, table.get_ref()),
        Err(error) => {
            let what = error.message().trim().replace('\n', " ");
            let line = lines.at(error.span().map_or(0, |span| span.start));
            Err(Trouble::new(
                what,
                "see lessons/README.md for the keys and write the value as TOML",
            )
            .at(file, line))
        }
    }
}

/// Turns offsets in the text into lines of the file.
struct Lines<'a> {
    file: &'a str,
    first: usize,
    ends: Vec<usize>,
}

impl Lines<'_> {
    fn at(&self, offset: usize) -> usize {
        self.first + self.ends.partition_point(|end| *end < offset)
    }

    fn table(&self, line: usize, table: &DeTable<'_>) -> Result<Table, LessonError> {
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let key: &std::borrow::Cow<'_, str> = key.get_ref();
            Ok((key.to_string(), self.item(value)?))
        };
        Ok(Table { line, entries: table.iter().map(entry).collect::<Result<_, _>>()? })
    }

    fn item(&self, value: &Spanned<DeValue<'_>>) -> Result<Item, LessonError> {
        let line = self.at(value.span().start);
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
            Trouble::new("a value that no lesson has", fix).at(self.file, line)
        })
    }
}
