//! The choice of a set, and how far one is with each lesson's questions.

use super::{Cards, Records, set_href};
use crate::lesson::{Card, Exam, Pool, QuestionSet};
use crate::ui::dom;
use leptos::prelude::*;

/// How many questions may be chosen.
const COUNTS: [usize; 4] = [5, 10, 20, 40];

/// How many minutes a question of an exam has.
const MINUTES_EACH: usize = 2;

/// Seeds are drawn below this: short enough to say aloud.
const SEEDS: u32 = 100_000;

/// The choice, and a table of the lessons.
#[component]
pub fn Choose(cards: Cards, records: Records) -> impl IntoView {
    let seed = u64::from(dom::random(SEEDS));
    let count = RwSignal::new(COUNTS[1]);
    let lesson = RwSignal::new(String::new());
    let pool = move || match lesson.get() {
        id if id.is_empty() => Pool::All,
        id => Pool::Lesson(id),
    };
    let exam = move || Some(Exam { minutes: MINUTES_EACH * count.get(), handed: None });
    let to = move |pool: Pool, exam: Option<Exam>| {
        set_href(QuestionSet { pool, count: count.get(), seed, exam })
    };
    let options = cards.iter().map(|card| {
        view! { <option value=card.about.id.clone()>{card.about.title.clone()}</option> }
    });
    view! {
        <div class="lessons practise">
            <h1>"Practise"</h1>
            <p class="lead">
                "Questions of all lessons, each beside its run. What you miss comes again before the set ends, and first when you next ask for your weakest."
            </p>
            <section class="go-on" aria-label="A set of questions">
                <label class="practise-from">
                    "Questions of"
                    <select on:change:target=move |event| lesson.set(event.target().value())>
                        <option value="">"all lessons"</option>
                        {options.collect_view()}
                    </select>
                </label>
                <div class="seg" role="group" aria-label="How many">
                    {COUNTS
                        .map(|one| view! {
                            <button aria-pressed=move || (count.get() == one).to_string() on:click=move |_| count.set(one)>
                                {one}
                            </button>
                        })
                        .collect_view()}
                </div>
                <p class="buttons">
                    <a class="btn primary" href=move || to(pool(), None)>"Practise →"</a>
                    <a class="btn" href=move || to(Pool::Weakest, None)>"My weakest first"</a>
                    <a class="btn" href=move || to(pool(), exam())>
                        {move || format!("Exam of {} minutes", MINUTES_EACH * count.get())}
                    </a>
                </p>
                <p class="dim">
                    {format!("Seed {seed}: the address of a set holds it, so whoever you send it to is asked the same. Your weakest are yours alone.")}
                </p>
            </section>
            <Standing cards records/>
        </div>
    }
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
    fn of(card: &Card, records: Records) -> Row {
        let id = &card.about.id;
        let places = records.practice.with(|practice| {
            let places = card.questions.iter().filter_map(|one| practice.place(id, one));
            places.collect::<Vec<u8>>()
        });
        let set =
            QuestionSet { pool: Pool::Lesson(id.clone()), count: COUNTS[1], seed: 1, exam: None };
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
fn Standing(cards: Cards, records: Records) -> impl IntoView {
    let rows = move || {
        let mut rows: Vec<Row> = cards.iter().map(|card| Row::of(card, records)).collect();
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
            <caption>"Your questions by lesson, weakest first. It is kept on this device."</caption>
            <thead>
                <tr><th scope="col">"Lesson"</th><th scope="col">"Questions"</th><th scope="col">"Practised"</th><th scope="col">"Missed last"</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
