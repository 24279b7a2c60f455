//! Questions that belong together, whatever lessons they are of: `lessons/sets.toml`, a table `[[set]]` for each set.

use super::drill::Item;
use super::error::{LessonError, Trouble};
use super::source::tables;
use super::table::{At, Keys};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Its file, in the folder of the lessons.
pub const SETS: &str = "sets.toml";

/// The most sets.
const MOST: usize = 100;

/// The most questions of a set: those that an address can ask for.
const MOST_QUESTIONS: usize = 100;

/// A set that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedSet {
    /// Stands for it in addresses: lower-case letters, digits and hyphens.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// A line about it.
    pub about: String,
    /// Its questions, in order.
    pub questions: Vec<Item>,
}

/// A set, with the line of the set and of each of its questions.
#[derive(Clone, Debug)]
pub struct Written {
    line: usize,
    /// The lines of its questions.
    pub lines: Vec<usize>,
    /// The set.
    pub set: NamedSet,
}

/// Reads the sets in `text`; `file` is the name that errors give.
///
/// # Errors
/// What is not of the form, and two sets with one id. Whether the questions are there shows only beside the lessons.
pub fn sets(text: &str, file: &str) -> Result<Vec<Written>, Vec<LessonError>> {
    let sets = tables(text, file, "set", MOST, set)?;
    let mut ids = BTreeSet::new();
    let twice = sets.iter().filter(|one| !ids.insert(one.set.id.as_str()));
    let errors: Vec<LessonError> = twice
        .map(|one| {
            let what = format!("a second set with the id `{}`", one.set.id);
            Trouble::new(what, "give it an id of its own").at(file, one.line)
        })
        .collect();
    if errors.is_empty() { Ok(sets) } else { Err(errors) }
}

fn set(keys: &Keys<'_>) -> Result<Written, LessonError> {
    keys.allow_only("a set", &["id", "name", "about", "questions"])?;
    let text =
        |name: &str, fix| keys.need(name, keys.text(name), fix).map(|text| text.is.to_owned());
    let names = keys.texts("questions")?;
    if names.is_empty() || names.len() > MOST_QUESTIONS {
        let fix = format!("list 1 to {MOST_QUESTIONS}, each as lesson/question");
        return Err(keys.wrong(Trouble::new(format!("{} `questions`", names.len()), fix)));
    }
    let mut questions: Vec<Item> = Vec::new();
    for At { line, is } in &names {
        let wrong = |what: &str, fix: &str| {
            Err(Trouble::new(format!("`{is}` {what}"), fix).at(keys.file, *line))
        };
        let Some((lesson, question)) = is.split_once('/') else {
            return wrong(
                "names no question",
                "write the ids of its lesson and its own, as lesson/question",
            );
        };
        let item = Item { lesson: lesson.to_owned(), question: question.to_owned() };
        if questions.contains(&item) {
            return wrong("is in the set twice", "keep one");
        }
        questions.push(item);
    }
    let (name, about) =
        (text("name", "say what it is called")?, text("about", "say what it is about")?);
    Ok(Written {
        line: keys.line(),
        lines: names.iter().map(|name| name.line).collect(),
        set: NamedSet { id: keys.id()?, name, about, questions },
    })
}

/// Questions of `sets` that are not among the `known`.
#[cfg(not(target_arch = "wasm32"))]
pub fn unknown(sets: &[Written], known: &[Item], file: &str) -> Vec<LessonError> {
    let named = sets.iter().flat_map(|one| one.set.questions.iter().zip(&one.lines));
    let unknown = named.filter(|(item, _)| !known.contains(item));
    unknown
        .map(|(Item { lesson, question }, line)| {
            let what = format!("no question `{lesson}/{question}`");
            let fix =
                "`handshake-lab list questions --json` has the ids of questions and their lessons";
            Trouble::new(what, fix).at(file, *line)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = "[[set]]\nid = \"a\"\nname = \"A\"\nabout = \"b\"\nquestions = [\n\"tcp/syn\",\n\"keys/iv\"]\n";

    #[test]
    fn a_set_has_its_questions_in_order() {
        let read = sets(SET, "s").unwrap();
        let of: Vec<&str> =
            read[0].set.questions.iter().map(|item| item.question.as_str()).collect();
        assert_eq!((of, read[0].lines.as_slice()), (vec!["syn", "iv"], &[6, 7][..]));
    }

    #[test]
    fn a_list_of_sets_that_makes_no_sense_is_told_with_its_line() {
        for (text, error) in [
            (SET.repeat(2), "s:8: a second set with the id `a`"),
            (SET.replace("keys/iv", "tcp/syn"), "s:7: `tcp/syn` is in the set twice"),
            (SET.replace("keys/iv", "iv"), "s:7: `iv` names no question"),
            (SET.replace("\"tcp/syn\",\n\"keys/iv\"", ""), "s:1: 0 `questions`"),
        ] {
            let found = sets(&text, "s").unwrap_err()[0].to_string();
            assert!(found.starts_with(error), "{found}");
        }
    }

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn a_question_that_is_nowhere_is_told_with_its_line() {
        let known = [Item { lesson: "tcp".into(), question: "syn".into() }];
        let found = unknown(&sets(SET, "s").unwrap(), &known, "s");
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().starts_with("s:7: no question `keys/iv`"), "{found:?}");
    }
}
