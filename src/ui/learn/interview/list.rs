//! The choice of a round, all prompts by their levels, and the rounds of before.

use super::history::History;
use super::{Cards, Grades, Held, href, title};
use crate::lesson::{InterviewPage, LEVELS, PromptCard, Round, THEMES, theme_name};
use crate::ui::dom;
use crate::ui::learn::SEEDS;
use leptos::prelude::*;

/// How long a round may be chosen to take.
const MINUTES: [usize; 4] = [15, 30, 45, 60];

/// The choice of a round, and the list.
#[component]
pub fn List(cards: Cards, record: Grades, held: Held) -> impl IntoView {
    let seed = u64::from(dom::random(SEEDS));
    let round = RwSignal::new(Round { level: None, theme: None, minutes: MINUTES[1], seed });
    let units = LEVELS.map(|level| {
        let own: Vec<PromptCard> =
            cards.iter().filter(|card| card.level == level).cloned().collect();
        view! { <Unit level cards=own round record/> }
    });
    view! {
        <h1>"Interview"</h1>
        <p class="lead">
            "Prompts as they are asked in interviews. Say your answer aloud, then compare it with the rubric, a model answer and the lab, and grade yourself."
        </p>
        <Choose cards=cards.clone() round/>
        <History held/>
        {units.collect_view()}
    }
}

/// The prompts of a level: those that the chosen round may have.
#[component]
fn Unit(
    level: &'static str,
    cards: Vec<PromptCard>,
    round: RwSignal<Round>,
    record: Grades,
) -> impl IntoView {
    let id = format!("prompts-{level}");
    let count = {
        let cards = cards.clone();
        Memo::new(move |_| cards.iter().filter(|card| round.read().takes(card)).count())
    };
    let rows: Vec<AnyView> = cards.iter().map(|card| row(card, round, record)).collect();
    view! {
        <section class="unit" aria-labelledby=id.clone() hidden=move || count.get() == 0>
            <h2 id=id.clone()>{title(level)}" "<span class="dim">{count}</span></h2>
            <ul class="prompt-list">{rows}</ul>
        </section>
    }
}

/// Level, theme and length of a round, and the way into it.
#[component]
fn Choose(cards: Cards, round: RwSignal<Round>) -> impl IntoView {
    let link = move || href(&InterviewPage::Round(round.get()));
    let levels = std::iter::once(None).chain(LEVELS.map(Some)).map(|level| {
        view! {
            <button
                aria-pressed=move || (round.read().level == level).to_string()
                on:click=move |_| round.update(|round| round.level = level)
            >
                {level.map_or("All".to_owned(), title)}
            </button>
        }
    });
    let themes =
        THEMES.map(|theme| view! { <option value=theme>{title(theme_name(theme))}</option> });
    let choose = move |value: String| {
        let theme = THEMES.into_iter().find(|theme| *theme == value);
        round.update(|round| round.theme = theme);
    };
    let count = Memo::new(move |_| round.read().draw(&cards).len());
    let told = move || match count.get() {
        0 => "No prompt is of this level and theme.".to_owned(),
        1 => "A round of 1 prompt.".to_owned(),
        count => format!("A round of {count} prompts."),
    };
    view! {
        <section class="go-on" aria-label="A round">
            <div class="practise-from">
                <span id="round-level">"Level"</span>
                <div class="seg" role="group" aria-labelledby="round-level">{levels.collect_view()}</div>
            </div>
            <label class="practise-from">
                "Theme"
                <select on:change:target=move |event| choose(event.target().value())>
                    <option value="">"all themes"</option>
                    {themes.collect_view()}
                </select>
            </label>
            <div class="practise-from">
                <span id="round-time">"Time"</span>
                <div class="seg" role="group" aria-labelledby="round-time">
                    {MINUTES
                        .map(|one| view! {
                            <button
                                aria-pressed=move || (round.read().minutes == one).to_string()
                                on:click=move |_| round.update(|round| round.minutes = one)
                            >
                                {format!("{one} min")}
                            </button>
                        })
                        .collect_view()}
                </div>
            </div>
            <span class="dim" role="status">{told}</span>
            <a class="btn primary" href=link hidden=move || count.get() == 0>"Start a round →"</a>
        </section>
    }
}

fn row(card: &PromptCard, round: RwSignal<Round>, record: Grades) -> AnyView {
    let PromptCard { id, theme, minutes, ask, .. } = card.clone();
    let link = href(&InterviewPage::Prompt(id.clone()));
    let last = move || {
        let last = record.with(|kept| kept.grades(&id).last().map(|graded| graded.grade.name()));
        last.map(|last| format!(" · last time: {last}"))
    };
    let about = format!("{}, {minutes} min", theme_name(&theme));
    let card = card.clone();
    view! {
        <li hidden=move || !round.read().takes(&card)>
            <a href=link>{ask}</a>
            <span class="dim">{about}{last}</span>
        </li>
    }
    .into_any()
}
