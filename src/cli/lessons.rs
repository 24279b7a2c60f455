//! `handshake-lab lessons`, and the lessons of `handshake-lab list`.

use super::{CliError, output};
use crate::lesson::{
    GLOSSARY, INDEX, INTERVIEW, Index, LEVELS, Lesson, NamedSet, Prompt, SETS, SKILLS, Skill, Term,
    build_dir, check_dir, prompts, terms,
};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of the folder that lessons are in.
const FOLDER: &str = "lessons";

/// Checks the lessons in `dir`: form, and every value and answer against real runs.
///
/// # Errors
/// Everything that is wrong with them.
pub(super) fn check(dir: &Path, seeds: u64) -> Result<(), CliError> {
    let errors = check_dir(dir, seeds);
    if !errors.is_empty() {
        return Err(CliError::Lessons(errors));
    }
    output::print(&format!("{}: no errors\n", dir.display()))
}

/// Checks the lessons in `dir`, and writes below it what the page reads in their place.
///
/// # Errors
/// Everything that is wrong with them; then nothing is written.
pub(super) fn build(dir: &Path) -> Result<(), CliError> {
    let files = build_dir(dir, FOLDER).map_err(CliError::Lessons)?;
    for (name, content) in &files {
        let file = dir.join(name);
        let above = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        let file = file.display().to_string();
        above.map_err(|error| CliError::Write { file: file.clone(), error })?;
        output::write(&file, content.as_bytes())?;
    }
    output::print(&format!("{}: built, {} files\n", dir.display(), files.len()))
}

/// The lessons, in their order.
///
/// # Errors
/// There are none, or one cannot be read. The same holds for what is below.
pub(super) fn all() -> Result<Vec<Lesson>, CliError> {
    Ok(named()?.into_iter().map(|(_, lesson)| lesson).collect())
}

/// The same, each with its file's name.
pub(super) fn named() -> Result<Vec<(String, Lesson)>, CliError> {
    let (text, file) = read(INDEX)?;
    let index = Index::parse(&text, &file).map_err(|error| CliError::Lessons(vec![error]))?;
    let one = |name: &String| {
        let (text, file) = read(name)?;
        let lesson = Lesson::parse(&text, &file).map_err(CliError::Lessons)?;
        Ok((name.clone(), lesson))
    };
    index.lessons().map(one).collect()
}

/// The interview prompts, each with its level.
pub(super) fn interview() -> Result<Vec<(&'static str, Prompt)>, CliError> {
    let of = |level: &'static str| {
        let (text, file) = read(&format!("{INTERVIEW}/{level}.toml"))?;
        let prompts = prompts(&text, &file).map_err(CliError::Lessons)?;
        Ok(prompts.into_iter().map(move |prompt| (level, prompt)))
    };
    let levels: Result<Vec<_>, CliError> = LEVELS.into_iter().map(of).collect();
    Ok(levels?.into_iter().flatten().collect())
}

/// The named sets; none where there is no list of them.
pub(super) fn sets() -> Result<Vec<NamedSet>, CliError> {
    let Some((text, file)) = maybe_read(SETS)? else { return Ok(Vec::new()) };
    let sets = crate::lesson::sets(&text, &file).map_err(CliError::Lessons)?;
    Ok(sets.into_iter().map(|written| written.set).collect())
}

/// The skills; none where there is no list of them.
pub(super) fn skills() -> Result<Vec<Skill>, CliError> {
    let Some((text, file)) = maybe_read(SKILLS)? else { return Ok(Vec::new()) };
    crate::lesson::skills(&text, &file).map_err(CliError::Lessons)
}

/// The words of the glossary.
pub(super) fn glossary() -> Result<Vec<Term>, CliError> {
    let (text, file) = read(GLOSSARY)?;
    terms(&text, &file).map_err(CliError::Lessons)
}

/// The same, of a file that a folder need not have.
fn maybe_read(name: &str) -> Result<Option<(String, String)>, CliError> {
    match read(name) {
        Err(CliError::Read { error, .. }) if error.kind() == ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// A file of the lessons' folder, and its name.
fn read(name: &str) -> Result<(String, String), CliError> {
    let file = folder().ok_or(CliError::NoLessons)?.join(name).display().to_string();
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok((text, file)),
        Err(error) => Err(CliError::Read { file, error }),
    }
}

/// The folder of the lessons: here, or beside the program or above it.
fn folder() -> Option<PathBuf> {
    let program = std::env::current_exe().unwrap_or_default();
    let above = program.ancestors().skip(1).map(|place| place.join(FOLDER));
    std::iter::once(PathBuf::from(FOLDER)).chain(above).find(|dir| dir.join(INDEX).is_file())
}
