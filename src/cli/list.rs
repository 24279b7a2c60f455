//! `handshake-lab list`.

use super::{CliError, What, faults, lessons, output};
use crate::certificates::recipe::{BUILT_IN, BuiltIn};
use crate::faults::FAULTS;
use crate::lesson::{Lesson, LessonPage, Question};
use crate::scenario::{KEYS, Key, PRESETS};
use serde::Serialize;

/// One line of a list.
#[derive(Default, Serialize)]
struct Entry {
    id: String,
    title: String,
    summary: String,
    /// How long a lesson takes, or an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<usize>,
    /// The lesson of a question.
    #[serde(skip_serializing_if = "Option::is_none")]
    lesson: Option<String>,
    /// Of which kind a question is.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// What a question practises.
    #[serde(skip_serializing_if = "Option::is_none")]
    skill: Option<String>,
    /// How hard a question is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    difficulty: Option<u8>,
    /// Whether a question's answer or options come from the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<bool>,
    /// Whom an interview prompt is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    /// What an interview prompt is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'static str>,
    /// What a key takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    takes: Option<String>,
    /// What a key is where nothing is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
}

/// An entry that is part of the program.
fn fixed(id: &str, title: &str, summary: &str) -> Entry {
    Entry { id: id.into(), title: title.into(), summary: summary.into(), ..Entry::default() }
}

/// The line of a key without its name: for help.
pub(super) fn key_in_a_line(key: &Key) -> String {
    key_entry(key).words()
}

fn key_entry(key: &Key) -> Entry {
    Entry {
        takes: Some(key.takes()),
        default: Some(key.default_value()),
        ..fixed(key.name, key.label, key.help)
    }
}

impl Entry {
    /// The summary, and of a key which values it takes.
    fn words(&self) -> String {
        let more = self.takes.iter().zip(&self.default);
        let more = more.map(|(takes, default)| format!(": {takes} (default {default})"));
        self.summary.clone() + &more.collect::<String>()
    }
}

/// The questions of a lesson, each called by its kind and its page.
fn questions(lesson: &Lesson) -> Vec<Entry> {
    let of = |page: &LessonPage| {
        let title = page.title.clone();
        let entry = move |question: &Question| Entry {
            lesson: Some(lesson.about.id.clone()),
            kind: Some(question.kind.name),
            skill: question.skill_id().map(str::to_owned),
            difficulty: Some(question.difficulty),
            computed: Some(question.is_computed()),
            ..fixed(&question.id, &title, &format!("{} in {}", question.kind.name, lesson.about.id))
        };
        page.questions().map(entry).collect::<Vec<_>>()
    };
    lesson.pages.iter().flat_map(of).collect()
}

fn recipe(built_in: &BuiltIn) -> Result<Entry, CliError> {
    let wrong = |error| CliError::Recipe { name: built_in.name.to_owned(), error };
    let recipe = built_in.recipe().map_err(wrong)?;
    Ok(fixed(built_in.name, &recipe.title, &recipe.about))
}

/// Prints what there is.
///
/// # Errors
/// Lessons cannot be read, or standard output cannot be written.
pub(super) fn list(what: What, json: bool) -> Result<(), CliError> {
    if json && matches!(what, What::Faults) {
        return output::print(&output::json(&faults::entries())?);
    }
    let entries: Vec<Entry> = match what {
        What::Scenarios => {
            PRESETS.iter().map(|preset| fixed(preset.id, preset.title, preset.summary)).collect()
        }
        What::Faults => {
            FAULTS.iter().map(|fault| fixed(fault.id, fault.title, fault.words().summary)).collect()
        }
        What::Keys => KEYS.iter().map(key_entry).collect(),
        What::Lessons => lessons::all()?
            .iter()
            .map(|Lesson { about, .. }| Entry {
                minutes: Some(about.minutes),
                ..fixed(&about.id, &about.title, &about.summary)
            })
            .collect(),
        What::Questions => lessons::all()?.iter().flat_map(questions).collect(),
        What::Interview => lessons::interview()?
            .iter()
            .map(|(level, prompt)| Entry {
                minutes: Some(prompt.minutes),
                level: Some(level),
                theme: Some(prompt.theme),
                ..fixed(&prompt.id, &prompt.ask, &prompt.ask)
            })
            .collect(),
        What::Terms => lessons::glossary()?
            .iter()
            .map(|term| fixed(&term.id, &term.name, &term.text.replace('\n', " ")))
            .collect(),
        What::Recipes => BUILT_IN.iter().map(recipe).collect::<Result<_, _>>()?,
    };
    let text = if json {
        output::json(&entries)?
    } else {
        let line = |entry: &Entry| format!("{:<22} {}\n", entry.id, entry.words());
        entries.iter().map(line).collect()
    };
    output::print(&text)
}
