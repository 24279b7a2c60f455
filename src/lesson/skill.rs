//! What questions practise, `lessons/skills.toml` with a table `[[skill]]` for each, and how hard they are.

use super::error::{LessonError, Trouble};
use super::source::tables;
use super::table::Keys;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Its file, in the folder of the lessons.
pub const SKILLS: &str = "skills.toml";

/// The most skills.
const MOST: usize = 200;

/// How hard a question can be, each with a word for it.
pub const DIFFICULTIES: [(u8, &str); 3] = [(1, "easy"), (2, "medium"), (3, "hard")];

/// How hard a question is whose author says nothing of it.
const USUAL: u8 = 2;

/// Something that one can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// Stands for it in questions and addresses: lower-case letters, digits and hyphens.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What one can do: the end of the sentence “You can …”.
    pub can: String,
}

/// Reads the skills in `text`; `file` is the name that errors give.
///
/// # Errors
/// What is not of the form, and two skills with one id.
pub fn skills(text: &str, file: &str) -> Result<Vec<Skill>, Vec<LessonError>> {
    let read = tables(text, file, "skill", MOST, skill)?;
    let mut ids = BTreeSet::new();
    let twice = read.iter().filter(|(_, skill)| !ids.insert(skill.id.as_str()));
    let errors: Vec<LessonError> = twice
        .map(|(line, skill)| {
            let what = format!("a second skill with the id `{}`", skill.id);
            Trouble::new(what, "give it an id of its own").at(file, *line)
        })
        .collect();
    if errors.is_empty() {
        Ok(read.into_iter().map(|(_, skill)| skill).collect())
    } else {
        Err(errors)
    }
}

/// A skill, with its line.
fn skill(keys: &Keys<'_>) -> Result<(usize, Skill), LessonError> {
    keys.allow_only("a skill", &["id", "name", "can"])?;
    let text =
        |name: &str, fix| keys.need(name, keys.text(name), fix).map(|text| text.is.to_owned());
    let (name, can) = (text("name", "say what it is called"), text("can", "say what one can do"));
    Ok((keys.line(), Skill { id: keys.id()?, name: name?, can: can? }))
}

/// How hard the question in `keys` is.
///
/// # Errors
/// It is not one of [`DIFFICULTIES`].
pub(super) fn difficulty(keys: &Keys<'_>) -> Result<u8, LessonError> {
    let Some(said) = keys.number("difficulty")? else { return Ok(USUAL) };
    let known = DIFFICULTIES.into_iter().map(|(number, _)| number);
    known.into_iter().find(|number| usize::from(*number) == said.is).ok_or_else(|| {
        let words = DIFFICULTIES.map(|(number, word)| format!("{number} ({word})"));
        let fix = format!("use one of: {}", words.join(", "));
        Trouble::new(format!("the difficulty {}", said.is), fix).at(keys.file, said.line)
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::lesson::index::{INDEX, Index};
    use crate::lesson::{Question, course};
    use std::path::Path;

    fn read(name: &str) -> String {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        std::fs::read_to_string(dir.join(name)).unwrap()
    }

    /// The questions of the course.
    fn questions() -> Vec<Question> {
        course().iter().flat_map(|lesson| lesson.questions().cloned().collect::<Vec<_>>()).collect()
    }

    #[test]
    fn every_question_of_the_course_says_its_skill_and_how_hard_it_is() {
        let index = Index::parse(&read(INDEX), INDEX).unwrap();
        for name in index.lessons() {
            let text = read(name);
            for block in text.split("```question\n").skip(1) {
                let block = block.split("```").next().unwrap();
                for key in ["skill", "difficulty"] {
                    assert!(block.contains(&format!("\n{key} = ")), "{name}: no {key} in {block}");
                }
            }
        }
    }

    #[test]
    fn every_skill_has_four_questions_and_they_are_not_all_as_hard() {
        let questions = questions();
        for skill in skills(&read(SKILLS), SKILLS).unwrap() {
            let is_of = |one: &&Question| one.skill_id() == Some(skill.id.as_str());
            let of: Vec<u8> = questions.iter().filter(is_of).map(|one| one.difficulty).collect();
            assert!(of.len() >= 4, "{}: {} questions", skill.id, of.len());
            assert!(of.iter().any(|other| *other != of[0]), "{}: all are {}", skill.id, of[0]);
        }
    }

    #[test]
    fn the_course_has_enough_of_each_difficulty() {
        let questions = questions();
        for (number, word) in DIFFICULTIES {
            let count = questions.iter().filter(|one| one.difficulty == number).count();
            assert!(count * 10 >= questions.len(), "{count} of {} are {word}", questions.len());
        }
    }

    #[test]
    fn a_list_of_skills_that_makes_no_sense_is_told_with_its_line() {
        let one = "[[skill]]\nid = \"a\"\nname = \"A\"\ncan = \"b\"\n";
        assert_eq!(skills(one, "s").unwrap()[0].can, "b");
        for (text, error) in [
            (one.repeat(2), "s:5: a second skill with the id `a`"),
            (one.replace("can", "could"), "s:4: a skill has no `could`"),
            (one.replace("name = \"A\"\n", ""), "s:1: no `name`"),
        ] {
            let found = skills(&text, "s").unwrap_err()[0].to_string();
            assert!(found.starts_with(error), "{found}");
        }
    }
}
