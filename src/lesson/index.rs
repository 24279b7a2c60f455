//! The list of lessons that the page fetches: `lessons/index.toml`.

use super::error::{LessonError, Trouble};
use super::source::table;
use super::table::{At, Keys};

/// The name of the list, in the folder of the lessons.
pub const INDEX: &str = "index.toml";

/// The lessons, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// File names, in the folder of the list.
    pub lessons: Vec<String>,
}

impl Index {
    /// Reads the list; `file` is the name that errors give.
    ///
    /// # Errors
    /// What TOML does not allow, or a name that leads out of the folder.
    pub fn parse(text: &str, file: &str) -> Result<Index, LessonError> {
        let first = |mut errors: Vec<LessonError>| errors.swap_remove(0);
        let table = table(text, file, 1).map_err(first)?;
        let keys = Keys::new(file, &table);
        keys.allow_only("the list", &["lessons"])?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name = |At { line, is }: At<&str>| {
            if is.ends_with(".md") && is.chars().all(plain) {
                Ok(is.to_owned())
            } else {
                let fix = "name a file in this folder that ends in .md";
                Err(Trouble::new(format!("`{is}` is not a lesson's file"), fix).at(file, line))
            }
        };
        let names = keys.texts("lessons")?;
        if names.is_empty() {
            let fix = "list the files: lessons = [\"01-first.md\"]";
            return Err(keys.wrong(Trouble::new("no `lessons`", fix)));
        }
        Ok(Index { lessons: names.into_iter().map(name).collect::<Result<_, _>>()? })
    }

    /// The file of the lesson `id`.
    pub fn file_of(&self, id: &str) -> Option<&String> {
        self.lessons.iter().find(|name| id_of(name) == Some(id))
    }
}

/// The id of the lesson in the file `name`: what follows the number and a hyphen, as in
/// `01-your-first-handshake.md`.
pub fn id_of(name: &str) -> Option<&str> {
    name.strip_suffix(".md").and_then(|name| name.split_once('-')).map(|(_, id)| id)
}
