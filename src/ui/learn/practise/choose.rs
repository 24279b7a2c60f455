//! The choice of a set, and how far one is with each lesson's questions.

use super::open_set::running;
use super::sheet::name;
use super::{Cards, Records, Stock, set_href};
use crate::lesson::{Card, DIFFICULTIES, Exam, NamedSet, Pool, Practice, Progress, QuestionSet};
use crate::ui::dom;
use crate::ui::learn::SEEDS;
use crate::ui::learn::minutes::minutes_in_words;
use crate::ui::learn::review::ReviewToday;
use leptos::prelude::*;

/// How many questions may be chosen.
const COUNTS: [usize; 4] = [5, 10, 20, 40];

/// How many minutes a question of an exam has.
const MINUTES_EACH: usize = 2;

/// How many minutes a question may have where there is a clock, and what that is called.
const CLOCKS: [(usize, &str); 3] = [(0, "No clock"), (1, "1 min each"), (2, "2 min each")];

/// The choice, and a table of the lessons.
#[component]
pub fn Choose(stock: Stock, records: Records) -> impl IntoView {
    let Stock { cards, by } = stock;
    let seed = u64::from(dom::random(SEEDS));
    let count = RwSignal::new(COUNTS[1]);
    let pool = RwSignal::new(Pool::All);
    let difficulty = RwSignal::new(None::<u8>);
    let each = RwSignal::new(0);
    let stored = StoredValue::new((cards.clone(), by.sets.clone()));
    let set_of = move |pool: Pool, exam: Option<Exam>| {
        let (count, difficulty) = (count.get(), difficulty.get());
        QuestionSet { pool, difficulty, count, seed, minutes: None, exam }
    };
    // How many there are is the same for everybody, and on every day.
    let asked = move |set: &QuestionSet| {
        let (practice, progress) = (Practice::default(), Progress::default());
        stored.with_value(|(cards, sets)| set.draw(cards, sets, &practice, &progress, 0).len())
    };
    // A clock of no minutes is none; where there is no question the set says so.
    let minutes_of = move |set: &QuestionSet, each: usize| (each * asked(set)).max(1);
    let to = move |pool: Pool, each: usize, exam: Option<Exam>| {
        let set = set_of(pool, exam);
        let minutes = (each > 0).then(|| minutes_of(&set, each));
        set_href(QuestionSet { minutes, ..set })
    };
    let exam_minutes = move || {
        let set = set_of(pool.get(), Some(Exam::default()));
        format!("Exam of {}", minutes_in_words(minutes_of(&set, MINUTES_EACH)))
    };
    let fewer = move || {
        let there = asked(&set_of(pool.get(), None));
        match there {
            there if there >= count.get() => String::new(),
            0 => "There are no such questions.".to_owned(),
            1 => "There is only 1 such question.".to_owned(),
            there => format!("There are only {there} such questions."),
        }
    };
    let not_finished = running(false).map(|set| (name(&set, &cards, &by), set_href(set)));
    let option = |pool: Pool, name: &str| view! { <option value=pool.word().into_owned()>{name.to_owned()}</option> };
    let lessons =
        cards.iter().map(|card| option(Pool::Lesson(card.about.id.clone()), &card.about.title));
    let skills = by.skills.iter().map(|skill| option(Pool::Skill(skill.id.clone()), &skill.name));
    let can = {
        let by = by.clone();
        move || match pool.get() {
            Pool::Skill(id) => by.skills.iter().find(|skill| skill.id == id).map(
                |skill| view! { <p class="dim">{format!("To be able to {}.", skill.can)}</p> },
            ),
            _ => None,
        }
    };
    let hard =
        [(None, "any")].into_iter().chain(DIFFICULTIES.map(|(number, word)| (Some(number), word)));
    let hard = hard.map(|(one, word)| {
        view! {
            <button aria-pressed=move || (difficulty.get() == one).to_string() on:click=move |_| difficulty.set(one)>
                {word}
            </button>
        }
    });
    view! {
        <div class="lessons practise">
            <h1>"Practise"</h1>
            <p class="lead">
                "Questions of all lessons, each beside its run. What you miss comes again before the set ends, and the next day. What is right then waits longer each time: 3, 7, 16, 35 days."
            </p>
            {running(true).map(|exam| view! {
                <p class="go-on">
                    <span><b>"An exam is running"</b>" "<span class="dim">"its clock does not stop"</span></span>
                    <a class="btn" href=set_href(exam)>"Go on with the exam →"</a>
                </p>
            })}
            {not_finished.map(|(name, href)| view! {
                <p class="go-on">
                    <span><b>"A set is not finished"</b>" "<span class="dim">{name}</span></span>
                    <a class="btn" href=href>"Go on with the set →"</a>
                </p>
            })}
            <ReviewToday cards=cards.clone() practice=records.practice/>
            <section class="go-on" aria-label="A set of questions">
                <label class="practise-from">
                    "Questions of"
                    <select on:change:target=move |event| pool.set(Pool::of(&event.target().value()).unwrap_or(Pool::All))>
                        {option(Pool::All, "all lessons")}
                        <optgroup label="One lesson">{lessons.collect_view()}</optgroup>
                        <optgroup label="One skill">{skills.collect_view()}</optgroup>
                    </select>
                </label>
                {can}
                <div class="practise-from">
                    <span id="practise-hard">"Difficulty"</span>
                    <div class="seg" role="group" aria-labelledby="practise-hard">{hard.collect_view()}</div>
                </div>
                <div class="practise-from">
                    <span id="practise-count">"How many"</span>
                    <div class="seg" role="group" aria-labelledby="practise-count">
                        {COUNTS
                            .map(|one| view! {
                                <button aria-pressed=move || (count.get() == one).to_string() on:click=move |_| count.set(one)>
                                    {one}
                                </button>
                            })
                            .collect_view()}
                    </div>
                    <span class="dim" role="status">{fewer}</span>
                </div>
                <div class="practise-from">
                    <span id="practise-clock">"Clock"</span>
                    <div class="seg" role="group" aria-labelledby="practise-clock">
                        {CLOCKS
                            .map(|(one, label)| view! {
                                <button aria-pressed=move || (each.get() == one).to_string() on:click=move |_| each.set(one)>
                                    {label}
                                </button>
                            })
                            .collect_view()}
                    </div>
                </div>
                <p class="buttons">
                    <a class="btn primary" href=move || to(pool.get(), each.get(), None)>"Practise →"</a>
                    <a class="btn" href=move || to(Pool::Weakest, each.get(), None)>"My weakest first"</a>
                    <a class="btn" href=move || to(pool.get(), MINUTES_EACH, Some(Exam::default()))>
                        {exam_minutes}
                    </a>
                </p>
                <p class="dim">
                    {format!("Seed {seed}: the address of a set holds it, so whoever you send it to is asked the same. Your weakest are yours alone.")}
                </p>
            </section>
            <Named sets=by.sets.clone() seed/>
            <Standing cards records seed/>
        </div>
    }
}

/// The sets that have a name.
#[component]
fn Named(sets: Vec<NamedSet>, seed: u64) -> impl IntoView {
    let item = |NamedSet { id, name, about, questions }| {
        let set = QuestionSet {
            pool: Pool::Set(id),
            difficulty: None,
            count: questions.len(),
            seed,
            minutes: None,
            exam: None,
        };
        view! { <li><a class="btn" href=set_href(set)>{name}</a> <span class="dim">{about}</span></li> }
    };
    let is_there = !sets.is_empty();
    let items = sets.into_iter().map(item).collect_view();
    is_there.then(|| {
        view! {
            <section aria-labelledby="named-sets">
                <h2 id="named-sets">"Ready-made sets"</h2>
                <ul class="named-sets">{items}</ul>
            </section>
        }
    })
}

/// How far one is with a lesson's questions.
struct Row {
    title: String,
    href: String,
    questions: usize,
    asked: usize,
    missed: usize,
}

impl Row {
    fn of(card: &Card, records: Records, seed: u64) -> Row {
        let id = &card.about.id;
        let places = records.practice.with(|practice| {
            let places = card.questions.iter().filter_map(|one| practice.place(id, &one.id));
            places.collect::<Vec<u8>>()
        });
        let set = QuestionSet {
            pool: Pool::Lesson(id.clone()),
            difficulty: None,
            count: COUNTS[1],
            seed,
            minutes: None,
            exam: None,
        };
        Row {
            title: card.about.title.clone(),
            href: set_href(set),
            questions: card.questions.len(),
            asked: places.len(),
            missed: places.iter().filter(|place| **place == 1).count(),
        }
    }
}

/// The lessons, those with most that was missed first.
#[component]
fn Standing(cards: Cards, records: Records, seed: u64) -> impl IntoView {
    let rows = move || {
        let mut rows: Vec<Row> = cards.iter().map(|card| Row::of(card, records, seed)).collect();
        rows.retain(|row| row.questions > 0);
        rows.sort_by_key(|row| std::cmp::Reverse(row.missed));
        let row = |Row { title, href, questions, asked, missed }: Row| {
            view! {
                <tr>
                    <th scope="row"><a href=href>{title}</a></th>
                    <td>{questions}</td>
                    <td>{asked}</td>
                    <td class:bad={missed > 0}>{missed}</td>
                </tr>
            }
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <table class="result standing">
            <caption>"Your questions by lesson, weakest first. They are kept on this device."</caption>
            <thead>
                <tr><th scope="col">"Lesson"</th><th scope="col">"Questions"</th><th scope="col">"Practised"</th><th scope="col">"Missed last"</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
