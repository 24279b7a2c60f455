//! Answers graded once more, here and now: each question is asked again about its run.

use super::desk::{Ready, Row};
use crate::lesson::{Given, Item};
use crate::scenario::Scenario;
use crate::ui::learn::fetched::{Failed, Failure, Lessons};
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::prelude::*;

/// The page of a result: its title, and below it what `shown` makes of the graded answers.
#[component]
pub fn Regraded(
    title: String,
    /// The seed of the runs.
    seed: u64,
    answers: Vec<(Item, Given)>,
    shown: Callback<Vec<Row>, AnyView>,
) -> impl IntoView {
    let lab = lab();
    let rows = LocalResource::new(move || {
        let answers = answers.clone();
        async move {
            let (mut rows, lessons) = (Vec::new(), Lessons::new());
            for (item, given) in answers {
                rows.push(row(lab, item, seed, given, lessons).await?);
            }
            Ok::<Vec<Row>, Failure>(rows)
        }
    });
    let again = Callback::new(move |()| rows.refetch());
    let below = move || match rows.get() {
        None => {
            view! { <p class="lesson-loading" role="status">"Grading the answers…"</p> }.into_any()
        }
        Some(Err(lines)) => view! { <Failed lines again/> }.into_any(),
        Some(Ok(rows)) => shown.run(rows),
    };
    view! { <div class="lessons"><h1>{title}</h1>{below}</div> }
}

/// A question that was answered, asked once more about its run.
async fn row(
    lab: Lab,
    item: Item,
    seed: u64,
    given: Given,
    lessons: Lessons,
) -> Result<Row, Failure> {
    let ready = Ready::load(item, seed, lessons).await?;
    let failed = |why: String| vec![format!("{}: {why}", ready.lesson.file)];
    let scenario = Scenario::parse(&ready.scenario.seeded(None));
    let scenario = scenario.map_err(|error| failed(error.to_string()))?;
    // Each run is a task of its own.
    dom::next_task().await;
    let run = lab.runner.run_loaded(&scenario).await.map_err(|none| failed(none.to_string()))?;
    let asked = ready.question.ask(&run).map_err(|error| vec![error.to_string()])?;
    Ok(ready.row(seed, &asked, &given, &run))
}
