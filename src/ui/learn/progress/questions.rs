//! The questions: how one stands with each skill, and what is in the boxes of spaced review.

use super::All;
use super::bar::bar;
use crate::lesson::{Card, DAYS, InBox, Pool, QuestionSet, Review, Skill, Standing, State};
use crate::ui::dom;
use crate::ui::learn::SEEDS;
use crate::ui::learn::practise::set_href;
use leptos::prelude::*;
use std::sync::Arc;

/// How many questions a set has that is begun here.
const A_SET: usize = 10;

/// The look of a state in bars and in their key.
fn look(state: State) -> &'static str {
    match state {
        State::Sure => "sure",
        State::Right => "right",
        State::Missed => "missed",
        State::New => "new",
    }
}

/// What a state means.
fn meaning(state: State) -> &'static str {
    match state {
        State::Sure => "right time after time: in box 4 or 5",
        State::Right => "right the last time",
        State::Missed => "missed once, and comes again until it is right when it is due",
        State::New => "not asked yet",
    }
}

/// A row of a table of questions.
struct Row {
    name: String,
    /// What one can do who has it; empty where its name says so.
    about: String,
    /// Where it is practised.
    pool: Pool,
    standing: Standing,
}

/// How one stands with each skill; where questions name none, with each lesson.
#[component]
pub fn Skills(all: All, cards: Arc<[Card]>, skills: Vec<Skill>) -> impl IntoView {
    let by_skill = !skills.is_empty();
    let seed = u64::from(dom::random(SEEDS));
    let (title, column, many) = if by_skill {
        ("Questions by skill", "Skill", "skills")
    } else {
        ("Questions by lesson", "Lesson", "lessons")
    };
    let tables = move || {
        let rows = if by_skill { by_skills(all, &cards, &skills) } else { by_lessons(all, &cards) };
        let (begun, untouched): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.standing.count(State::New) < row.standing.all());
        let begun = (!begun.is_empty()).then(|| table(title, column, begun, seed));
        let untouched = (!untouched.is_empty()).then(|| {
            let count = match untouched.len() {
                1 => format!("1 {}", column.to_lowercase()),
                count => format!("{count} {many}"),
            };
            view! {
                <details>
                    <summary>{format!("Not practised yet: {count}")}</summary>
                    {table("Not practised yet", column, untouched, seed)}
                </details>
            }
        });
        (begun, untouched)
    };
    let key = State::ALL.map(|state| {
        view! {
            <li>
                {bar(&[(1, look(state))], 1)}
                <b>{state.label()}</b>
                " "
                <span class="dim">{meaning(state)}</span>
            </li>
        }
    });
    let key = key.collect_view();
    view! {
        <section aria-labelledby="progress-questions">
            <h2 id="progress-questions">{title}</h2>
            <ul class="bar-key">{key}</ul>
            {tables}
        </section>
    }
}

/// A table of such rows, each with the way to a set of this seed.
fn table(title: &'static str, column: &'static str, rows: Vec<Row>, seed: u64) -> AnyView {
    let heads = State::ALL.map(|state| view! { <th scope="col">{state.label()}</th> });
    let heads = heads.collect_view();
    let rows = rows.into_iter().map(|one| row(one, seed)).collect_view();
    view! {
        <table class="result standing by-skill">
            <caption class="sr-only">{title}</caption>
            <thead><tr><th scope="col">{column}</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn by_skills(all: All, cards: &[Card], skills: &[Skill]) -> Vec<Row> {
    let rows = skills.iter().map(|skill| {
        let of = |card: &'_ Card| {
            let asks = card.questions.iter();
            let asks = asks.filter(|asks| asks.skill.as_ref() == Some(&skill.id));
            asks.map(|asks| asks.id.clone()).collect::<Vec<_>>()
        };
        let ids: Vec<(&str, Vec<String>)> =
            cards.iter().map(|card| (card.about.id.as_str(), of(card))).collect();
        let ids = ids.iter().flat_map(|(lesson, ids)| ids.iter().map(|id| (*lesson, id.as_str())));
        let about = format!("You can {}.", skill.can.trim_end_matches('.'));
        Row {
            name: skill.name.clone(),
            about,
            pool: Pool::Skill(skill.id.clone()),
            standing: all.standing(ids),
        }
    });
    rows.filter(|row| row.standing.all() > 0).collect()
}

fn by_lessons(all: All, cards: &[Card]) -> Vec<Row> {
    let rows = cards.iter().map(|card| Row {
        name: card.about.title.clone(),
        about: String::new(),
        pool: Pool::Lesson(card.about.id.clone()),
        standing: all.standing(card.question_ids()),
    });
    rows.filter(|row| row.standing.all() > 0).collect()
}

fn row(Row { name, about, pool, standing }: Row, seed: u64) -> impl IntoView {
    let set = QuestionSet { pool, difficulty: None, count: A_SET, seed, minutes: None, exam: None };
    let parts = State::ALL.map(|state| (standing.count(state), look(state)));
    let counts = State::ALL.map(|state| view! { <td>{standing.count(state)}</td> });
    let counts = counts.collect_view();
    view! {
        <tr>
            <th scope="row">
                <a href=set_href(set)>{name}</a>
                {(!about.is_empty()).then(|| view! { <span class="dim about">{about}</span> })}
                {bar(&parts, standing.all())}
            </th>
            {counts}
        </tr>
    }
}

/// What is in which box, and what of it comes again today.
#[component]
pub fn Boxes(all: All, cards: Arc<[Card]>) -> impl IntoView {
    let practice = all.records.practice;
    let rows = move || {
        let review = practice.with(|kept| Review::of(&cards, kept, dom::day()));
        let most = review.boxes.iter().map(|place| place.questions).max().unwrap_or_default();
        let row = |((place, number), days): ((InBox, usize), u32)| {
            let later = place.questions - place.due;
            let parts = [(place.due, "missed"), (later, "right")];
            let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
            view! {
                <tr>
                    <th scope="row">{format!("Box {number}")} {bar(&parts, most)}</th>
                    <td>{days}</td>
                    <td>{place.questions}</td>
                    <td>{place.due}</td>
                </tr>
            }
        };
        review.boxes.into_iter().zip(1..).zip(DAYS).map(row).collect_view()
    };
    view! {
        <section aria-labelledby="progress-boxes">
            <h2 id="progress-boxes">"Spaced review"</h2>
            <p class="dim">
                "What is missed, here or in a lesson, goes into box 1. What is right when it is due goes a box on, and then waits longer. What is right before that stays where it is."
            </p>
            <table class="result standing">
                <caption class="sr-only">"The boxes of spaced review"</caption>
                <thead>
                    <tr><th scope="col">"Box"</th><th scope="col">"Comes again after"</th><th scope="col">"Questions"</th><th scope="col">"Due today"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
