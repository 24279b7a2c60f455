//! Lesson files, from the server the page came from.

use crate::lesson::{INDEX, Index, Lesson};
use crate::ui::dom;
use leptos::prelude::*;
use std::sync::Arc;

const FOLDER: &str = "lessons";

/// What could not be loaded, each in one line: where, what, what to do.
pub type Failure = Vec<String>;

/// All lessons of the list, in its order; each loaded or not by itself.
///
/// # Errors
/// The list could not be loaded.
pub async fn all() -> Result<Vec<Result<Arc<Lesson>, Failure>>, Failure> {
    let mut lessons = Vec::new();
    for name in index().await?.lessons {
        lessons.push(lesson(&name).await);
    }
    Ok(lessons)
}

/// The lesson `id`.
///
/// # Errors
/// The list or the lesson could not be loaded, or there is no such lesson.
pub async fn one(id: &str) -> Result<Arc<Lesson>, Failure> {
    match index().await?.file_of(id) {
        Some(name) => lesson(name).await,
        None => {
            let list = path(INDEX);
            Err(vec![format!("{list}: no lesson is called “{id}”; choose one from the list")])
        }
    }
}

async fn index() -> Result<Index, Failure> {
    let path = path(INDEX);
    let text = dom::fetch(&path).await.map_err(|why| vec![why])?;
    Index::parse(&text, &path).map_err(|error| vec![error.to_string()])
}

async fn lesson(name: &str) -> Result<Arc<Lesson>, Failure> {
    let path = path(name);
    let text = dom::fetch(&path).await.map_err(|why| vec![why])?;
    let told = |errors: Vec<crate::lesson::LessonError>| {
        errors.iter().map(ToString::to_string).collect::<Failure>()
    };
    Lesson::parse(&text, &path).map(Arc::new).map_err(told)
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
