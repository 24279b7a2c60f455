//! The choice of a round, and all prompts by their levels.

use super::{Cards, Grades, href};
use crate::lesson::{InterviewPage, LEVELS, PromptCard, Round};
use crate::ui::dom;
use crate::ui::learn::SEEDS;
use leptos::prelude::*;

/// How long a round may be chosen to take.
const MINUTES: [usize; 4] = [15, 30, 45, 60];

/// The choice of a round, and the list.
#[component]
pub fn List(cards: Cards, record: Grades) -> impl IntoView {
    let level = RwSignal::new(LEVELS[0]);
    let units = LEVELS.map(|level| {
        let rows = cards.iter().filter(|card| card.level == level);
        let rows: Vec<AnyView> = rows.map(|card| row(card, record)).collect();
        let id = format!("prompts-{level}");
        view! {
            <section class="unit" aria-labelledby=id.clone()>
                <h2 id=id.clone()>{title(level)}" "<span class="dim">{rows.len()}</span></h2>
                <ul class="prompt-list">{rows}</ul>
            </section>
        }
    });
    view! {
        <h1>"Interview"</h1>
        <p class="lead">
            "Prompts as they are asked in interviews. Say your answer aloud, then hold it against the rubric, a model answer and the lab, and grade yourself."
        </p>
        <Choose level/>
        {units.collect_view()}
    }
}

/// A level as it stands in headings.
fn title(level: &str) -> String {
    let mut letters = level.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Level and length of a round, and the way into it.
#[component]
fn Choose(level: RwSignal<&'static str>) -> impl IntoView {
    let minutes = RwSignal::new(MINUTES[1]);
    let seed = u64::from(dom::random(SEEDS));
    let round = move || {
        href(&InterviewPage::Round(Round { level: level.get(), minutes: minutes.get(), seed }))
    };
    view! {
        <section class="go-on" aria-label="A round">
            <div class="seg" role="group" aria-label="Level">
                {LEVELS
                    .map(|one| view! {
                        <button aria-pressed=move || (level.get() == one).to_string() on:click=move |_| level.set(one)>
                            {title(one)}
                        </button>
                    })
                    .collect_view()}
            </div>
            <div class="seg" role="group" aria-label="Minutes">
                {MINUTES
                    .map(|one| view! {
                        <button aria-pressed=move || (minutes.get() == one).to_string() on:click=move |_| minutes.set(one)>
                            {format!("{one} min")}
                        </button>
                    })
                    .collect_view()}
            </div>
            <a class="btn primary" href=round>"Start a round →"</a>
        </section>
    }
}

fn row(card: &PromptCard, record: Grades) -> AnyView {
    let PromptCard { id, theme, minutes, ask, .. } = card.clone();
    let link = href(&InterviewPage::Prompt(id.clone()));
    let last = move || {
        let last = record.with(|kept| kept.grades(&id).last().map(|graded| graded.grade.name()));
        last.map(|last| format!(" · last time: {last}"))
    };
    view! {
        <li>
            <a href=link>{ask}</a>
            <span class="dim">{format!("{theme}, {minutes} min")}{last}</span>
        </li>
    }
    .into_any()
}
