//! The result of a set, to be kept or handed in; an exam's is made again from its address.

use super::desk::{Ready, Row};
use super::href;
use crate::lesson::{DIFFICULTIES, Item, Pool, PracticePage, QuestionSet};
use crate::scenario::Scenario;
use crate::ui::learn::fetched::{Failed, Failure, Lessons};
use crate::ui::learn::prose::Prose;
use crate::ui::parts::CopyButton;
use crate::ui::state::Lab;
use crate::ui::{dom, lab};
use leptos::prelude::*;

/// What a set is called.
pub fn name(set: &QuestionSet) -> String {
    let from = match &set.pool {
        Pool::All => "all lessons",
        Pool::Weakest => "your weakest",
        Pool::Due => "your review",
        Pool::Lesson(id) | Pool::Skill(id) | Pool::Set(id) => id,
    };
    let hard = DIFFICULTIES.iter().find(|(number, _)| Some(*number) == set.difficulty);
    let hard = hard.map_or(String::new(), |(_, word)| format!(", {word}"));
    let kind = if set.exam.is_some() { "Exam" } else { "Practise" };
    let time = set.minutes.map_or(String::new(), |minutes| format!("{minutes} minutes, "));
    format!("{kind}: {from}{hard}, {time}seed {}", set.seed)
}

/// The sheet of an exam, from its address: which questions, and which of them were right.
#[component]
pub fn ExamSheet(set: QuestionSet, items: Vec<Item>) -> impl IntoView {
    let lab = lab();
    let title = name(&set);
    let marks = set.exam.and_then(|exam| exam.marks).unwrap_or_default();
    // Another number of marks is of other lessons than those of today.
    let fits = marks.len() == items.len();
    let right = marks.iter().filter(|right| **right).count();
    let told = format!("{right} of {} questions right.", marks.len());
    let rows = LocalResource::new(move || {
        let (items, marks) = (items.clone(), marks.clone());
        async move {
            let (mut rows, lessons) = (Vec::new(), Lessons::new());
            for (item, right) in items.into_iter().zip(marks) {
                rows.push(row(lab, item, set.seed, right, lessons).await?);
            }
            Ok::<Vec<Row>, Failure>(rows)
        }
    });
    let again = Callback::new(move |()| rows.refetch());
    move || {
        if !fits {
            let why =
                "The lessons have changed since: this page cannot say which questions these were.";
            return view! {
                <div class="lessons"><h1>{title.clone()}</h1><p class="score">{told.clone()}</p><p role="alert" class="lesson-failed">{why}</p></div>
            }
            .into_any();
        }
        match rows.get() {
            None => view! { <p class="lesson-loading" role="status">"Loading the sheet…"</p> }
                .into_any(),
            Some(Err(lines)) => {
                view! { <div class="lessons"><h1>{title.clone()}</h1><Failed lines again/></div> }
                    .into_any()
            }
            Some(Ok(rows)) => view! { <Sheet name=title.clone() rows/> }.into_any(),
        }
    }
}

/// A question of an exam, asked once more about its run.
async fn row(
    lab: Lab,
    item: Item,
    seed: u64,
    right: bool,
    lessons: Lessons,
) -> Result<Row, Failure> {
    let ready = Ready::load(item, seed, lessons).await?;
    let failed = |why: String| vec![format!("{}: {why}", ready.lesson.file)];
    let scenario = Scenario::parse(&ready.scenario.seeded(None));
    let scenario = scenario.map_err(|error| failed(error.to_string()))?;
    let run = lab.runner.run_loaded(&scenario).await.map_err(|none| failed(none.to_string()))?;
    let asked = ready.question.ask(&run).map_err(|error| vec![error.to_string()])?;
    Ok(ready.row(seed, asked.prompt.clone(), asked.expected(), right))
}

/// Score, what there is to remark, and question by question what was right; `again` begins the same set anew.
#[component]
pub fn Sheet(
    name: String,
    rows: Vec<Row>,
    #[prop(optional)] remark: String,
    #[prop(optional)] again: Option<Callback<()>>,
) -> impl IntoView {
    let again = again.map(|again| {
        view! { <button class="btn" on:click=move |_| again.run(())>"The same set again"</button> }
    });
    let right = rows.iter().filter(|row| row.right).count();
    let score = format!("{right} of {} questions right.", rows.len());
    let lines = rows.iter().map(|row| {
        let mark = if row.right { "right" } else { "wrong" };
        format!("{mark}: {}\n", row.lesson)
    });
    let text = format!("{name}\n{score}\n\n{}", lines.collect::<String>());
    let rows = rows.into_iter().map(|row| {
        let (class, mark) = if row.right { ("ok", "✓ right") } else { ("bad", "✗ wrong") };
        view! {
            <tr>
                <td class=class>{mark}</td>
                <td>
                    <Prose html=row.prompt/>
                    <p class="dim">{row.expected}</p>
                </td>
                <td><a href=row.href>{row.lesson}</a></td>
            </tr>
        }
    });
    view! {
        <div class="lessons">
            <h1>{name}</h1>
            <div role="status">
                <p class="score">{score}</p>
                {(!remark.is_empty()).then(|| view! { <p>{remark}</p> })}
            </div>
            <table class="result sheet">
                <thead><tr><th scope="col">"Yours"</th><th scope="col">"Question, and the right answer"</th><th scope="col">"Lesson"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p class="buttons">
                <CopyButton text what="the result" named=true/>
                <button class="btn" on:click=|_| dom::print()>"Print"</button>
                {again}
                <a class="btn" href=href(&PracticePage::Choose)>"Choose questions"</a>
            </p>
        </div>
    }
}
