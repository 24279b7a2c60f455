//! The list of lessons that the page fetches: `lessons/index.toml`.

use super::error::{LessonError, Trouble};
use super::source::table;
use super::table::{At, Keys};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The name of the list, in the folder of the lessons.
pub const INDEX: &str = "index.toml";

/// The lessons, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The units, in order; a list without units is one without a title.
    pub units: Vec<Unit>,
}

/// Lessons that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// What stands above them; empty for nothing.
    pub title: String,
    /// File names, in the folder of the list.
    pub lessons: Vec<String>,
}

/// The most units of a list.
const MAX_UNITS: usize = 100;

impl Index {
    /// Reads the list; `file` is the name that errors give.
    ///
    /// # Errors
    /// What TOML does not allow, a name that leads out of the folder, or one that is there twice.
    pub fn parse(text: &str, file: &str) -> Result<Index, LessonError> {
        let first = |mut errors: Vec<LessonError>| errors.swap_remove(0);
        let table = table(text, file, 1).map_err(first)?;
        let keys = Keys::new(file, &table);
        keys.allow_only("the list", &["lessons", "unit"])?;
        let mut seen = BTreeSet::new();
        let unit = |unit: &Keys<'_>| {
            unit.allow_only("a unit", &["title", "lessons"])?;
            let title = unit.need("title", unit.text("title"), "say what its lessons are about")?;
            let lessons = lessons(unit, &mut seen)?;
            Ok(Unit { title: title.is.to_owned(), lessons })
        };
        let units = match keys.tables("unit", MAX_UNITS)? {
            none if none.is_empty() => {
                let lessons = lessons(&keys, &mut BTreeSet::new())?;
                vec![Unit { title: String::new(), lessons }]
            }
            _ if !keys.texts("lessons")?.is_empty() => {
                let fix = "list each file in its [[unit]] alone";
                return Err(keys.wrong(Trouble::new("`lessons` beside units", fix)));
            }
            units => units.iter().map(unit).collect::<Result<_, _>>()?,
        };
        Ok(Index { units })
    }

    /// The files of all lessons, in order.
    pub fn lessons(&self) -> impl Iterator<Item = &String> {
        self.units.iter().flat_map(|unit| &unit.lessons)
    }

    /// The file of the lesson `id`.
    pub fn file_of(&self, id: &str) -> Option<&String> {
        self.lessons().find(|name| id_of(name) == Some(id))
    }
}

/// The files under `lessons`, none of which was `seen` before.
fn lessons(keys: &Keys<'_>, seen: &mut BTreeSet<String>) -> Result<Vec<String>, LessonError> {
    let names = keys.texts("lessons")?;
    if names.is_empty() {
        let fix = "list the files: lessons = [\"01-first.md\"]";
        return Err(keys.wrong(Trouble::new("no `lessons`", fix)));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut name = |At { line, is }: At<&str>| {
        let wrong = |what: String, fix: &str| Err(Trouble::new(what, fix).at(keys.file, line));
        if !is.ends_with(".md") || !is.chars().all(plain) {
            let fix = "name a file in this folder that ends in .md";
            return wrong(format!("`{is}` is not a lesson's file"), fix);
        }
        if !seen.insert(is.to_owned()) {
            return wrong(format!("`{is}` is in the list twice"), "keep it where it belongs");
        }
        Ok(is.to_owned())
    };
    names.into_iter().map(&mut name).collect()
}

/// The id of the lesson in the file `name`: what follows the number and a hyphen, as in
/// `01-your-first-handshake.md`.
pub fn id_of(name: &str) -> Option<&str> {
    name.strip_suffix(".md").and_then(|name| name.split_once('-')).map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Index, String> {
        Index::parse(text, "index.toml").map_err(|error| error.to_string())
    }

    #[test]
    fn a_list_has_units_or_is_one_without_a_title() {
        let units = "[[unit]]\ntitle = \"A\"\nlessons = [\"01-a.md\", \"02-b.md\"]\n\n[[unit]]\ntitle = \"B\"\nlessons = [\"03-c.md\"]\n";
        let index = parse(units).unwrap();
        let titles: Vec<&str> = index.units.iter().map(|unit| unit.title.as_str()).collect();
        assert_eq!(titles, ["A", "B"]);
        assert_eq!(index.lessons().collect::<Vec<_>>(), ["01-a.md", "02-b.md", "03-c.md"]);
        assert_eq!(index.file_of("c").map(String::as_str), Some("03-c.md"));
        let plain = parse("lessons = [\"01-a.md\"]").unwrap();
        assert_eq!(plain.units, [Unit { title: "".into(), lessons: vec!["01-a.md".into()] }]);
    }

    #[test]
    fn a_list_that_makes_no_sense_is_told_with_its_line() {
        for (text, error) in [
            ("", "index.toml:1: no `lessons`"),
            ("lessons = [\"../a.md\"]", "index.toml:1: `../a.md` is not"),
            ("lessons = [\n\"a.md\",\n\"a.md\"]", "index.toml:3: `a.md` is in the list twice"),
            (
                "lessons = [\"a.md\"]\n[[unit]]\ntitle = \"A\"\nlessons = [\"b.md\"]",
                "index.toml:1: `lessons` beside",
            ),
            ("[[unit]]\nlessons = [\"b.md\"]", "index.toml:1: no `title`"),
            ("[[unit]]\ntitle = \"A\"", "index.toml:1: no `lessons`"),
        ] {
            let found = parse(text).unwrap_err();
            assert!(found.starts_with(error), "{found}");
        }
    }
}
