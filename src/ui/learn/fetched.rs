//! Lessons, from the server the page came from: as they were built, or where somebody added one since, its file;
//! the glossary and the prompts as they were built.

use crate::lesson::{
    BUILT, Built, BuiltPrompt, BuiltTerm, CARDS, Card, INDEX, Index, Lesson, LessonError,
    LessonFile, PRACTICE, PROMPTS, PromptCard, TERM_CARDS, TERMS, TermCard, ToPractise, Unit,
    built_file, id_of, prompt_file,
};
use crate::ui::dom;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::collections::HashMap;
use std::sync::Arc;

const FOLDER: &str = "lessons";

/// What could not be loaded, each in one line: where, what, what to do.
pub type Failure = Vec<String>;

/// Lessons that belong together, each loaded or not by itself.
#[derive(Clone)]
pub struct Cards {
    /// What stands above them; empty for nothing.
    pub title: String,
    /// What the list shows of each.
    pub lessons: Vec<Result<Card, Failure>>,
}

/// What the list shows, in its order.
///
/// # Errors
/// The list could not be loaded.
pub async fn cards() -> Result<Vec<Cards>, Failure> {
    let cards = dom::fetch(&path(CARDS));
    let listed = Listed::load().await?;
    let built = match &listed.built {
        Some(_) => Card::all_from_json(&cards.await.unwrap_or_default()).unwrap_or_default(),
        None => Vec::new(),
    };
    let mut units = Vec::new();
    for Unit { title, lessons: names } in listed.units {
        let mut lessons = Vec::new();
        for name in &names {
            lessons.push(match built.iter().find(|card| card.file == *name) {
                Some(card) => Ok(card.clone()),
                None => written(name).await.map(|lesson| Card::of(&lesson, name)),
            });
        }
        units.push(Cards { title, lessons });
    }
    Ok(units)
}

/// The lesson after this one in the list; `None` for the last, and where the list could not be loaded.
pub async fn next_after(id: &str) -> Option<Card> {
    let units = cards().await.ok()?;
    let mut all = units.into_iter().flat_map(|unit| unit.lessons).flatten();
    all.find(|card| card.about.id == id)?;
    all.next()
}

/// The glossary.
///
/// # Errors
/// It could not be loaded. The same holds for what is below.
pub async fn terms() -> Result<Vec<BuiltTerm>, Failure> {
    read(TERMS, BuiltTerm::all_from_json).await
}

/// What the terms are called.
pub async fn term_cards() -> Result<Vec<TermCard>, Failure> {
    read(TERM_CARDS, TermCard::all_from_json).await
}

/// The list of prompts.
pub async fn prompts() -> Result<Vec<PromptCard>, Failure> {
    read(PROMPTS, PromptCard::all_from_json).await
}

/// The prompt `id`.
pub async fn prompt(id: &str) -> Result<BuiltPrompt, Failure> {
    read(&prompt_file(id), BuiltPrompt::from_json).await
}

/// Skills and named sets; none where the lessons were not built, since then nobody listed them for the page.
pub fn to_practise() -> impl Future<Output = ToPractise> {
    let json = dom::fetch(&path(PRACTICE));
    async move { json.await.ok().as_deref().and_then(ToPractise::from_json).unwrap_or_default() }
}

/// What was built as the file `name`.
async fn read<T>(name: &str, read: fn(&str) -> Option<T>) -> Result<T, Failure> {
    let json = dom::fetch(&path(name)).await.map_err(|why| vec![why])?;
    read(&json).ok_or_else(|| {
        let what = "is of another version of this page; load the page again";
        vec![format!("{}: {what}", path(name))]
    })
}

/// The lesson `id`.
///
/// # Errors
/// The list or the lesson could not be loaded, or there is no such lesson.
pub async fn one(id: &str) -> Result<Arc<Lesson>, Failure> {
    let listed = Listed::load().await?;
    let mut names = listed.units.iter().flat_map(|unit| &unit.lessons);
    let Some(name) = names.find(|name| id_of(name) == Some(id)) else {
        let list = path(INDEX);
        return Err(vec![format!("{list}: no lesson is called “{id}”; choose one from the list")]);
    };
    let built = match &listed.built {
        Some(all) if all.has(name) => built(name).await?,
        _ => None,
    };
    Ok(Arc::new(match built {
        Some(lesson) => lesson,
        None => written(name).await?,
    }))
}

/// Lessons, each loaded once. Copies share them.
#[derive(Clone, Copy)]
pub struct Lessons(StoredValue<HashMap<String, Arc<Lesson>>>);

impl Lessons {
    /// None yet.
    pub fn new() -> Lessons {
        Lessons(StoredValue::new(HashMap::new()))
    }

    /// The lesson `id`.
    ///
    /// # Errors
    /// As [`one`].
    pub async fn one(self, id: &str) -> Result<Arc<Lesson>, Failure> {
        if let Some(Some(lesson)) = self.0.try_with_value(|known| known.get(id).cloned()) {
            return Ok(lesson);
        }
        let lesson = one(id).await?;
        // Whoever asked may be gone by now.
        let _ = self.0.try_update_value(|known| known.insert(id.to_owned(), lesson.clone()));
        Ok(lesson)
    }
}

/// Which lessons there are.
struct Listed {
    units: Vec<Unit>,
    /// What was built, if anything was.
    built: Option<Built>,
}

impl Listed {
    async fn load() -> Result<Listed, Failure> {
        // Both are on their way before either is waited for.
        let (index, built) = (dom::fetch(&path(INDEX)), dom::fetch(&path(BUILT)));
        let (index, built) = (index.await.map_err(|why| vec![why])?, built.await.ok());
        let built = built.and_then(|json| Built::from_json(&json));
        let units = match &built {
            Some(built) if built.index == index => built.units.clone(),
            _ => {
                let index = (source().await?.index)(&index, &path(INDEX));
                index.map_err(|error| vec![error.to_string()])?.units
            }
        };
        Ok(Listed { units, built })
    }
}

/// A lesson as it was built; `None` if it is of another version.
async fn built(name: &str) -> Result<Option<Lesson>, Failure> {
    let json = dom::fetch(&path(&built_file(name))).await.map_err(|why| vec![why])?;
    LessonFile::from_json(&json).map(|file| Lesson::read(&file)).transpose().map_err(told)
}

/// A lesson as somebody wrote it.
async fn written(name: &str) -> Result<Lesson, Failure> {
    let (path, source) = (path(name), source().await?);
    let text = dom::fetch(&path).await.map_err(|why| vec![why])?;
    (source.lesson)(&text, &path).map_err(told)
}

fn told(errors: Vec<LessonError>) -> Failure {
    errors.iter().map(ToString::to_string).collect()
}

/// Reads what authors write: the parsers of TOML and Markdown, which built lessons do without.
#[derive(Clone, Copy)]
struct Source {
    index: fn(&str, &str) -> Result<Index, LessonError>,
    lesson: fn(&str, &str) -> Result<Lesson, Vec<LessonError>>,
}

/// The chunk `lesson-source`.
#[wasm_split(lesson_source, wasm_split_path = leptos::wasm_split, fallible)]
fn load_source() -> Result<Source, SplitLoaderError> {
    Ok(Source { index: Index::parse, lesson: Lesson::parse })
}

async fn source() -> Result<Source, Failure> {
    load_source().await.map_err(|_| {
        vec!["what reads lessons could not be loaded; check the connection and try again".into()]
    })
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// Says what could not be loaded, with a button to try again.
#[component]
pub fn Failed(lines: Failure, again: Callback<()>) -> impl IntoView {
    view! {
        <div class="lesson-failed" role="alert">
            <p><b>"This could not be loaded."</b></p>
            <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            <button class="btn" on:click=move |_| again.run(())>"Try again"</button>
        </div>
    }
}
