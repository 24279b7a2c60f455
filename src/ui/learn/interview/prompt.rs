//! One prompt: the question with hints and follow-ups to be opened one by one, then what a good answer contains.

use super::Grades;
use super::clock::{Clock, OF_PROMPT, Ticking};
use super::voice::Voice;
use super::whiteboard::Whiteboard;
use crate::lesson::{BuiltPrompt, Grade, Graded, PromptCard, Shown, theme_name};
use crate::route::Place;
use crate::ui::dom;
use crate::ui::learn::fetched::{Failed, prompt};
use crate::ui::learn::minutes::minutes_in_words;
use crate::ui::learn::prose::Prose;
use leptos::prelude::*;

/// A prompt; `on_grade` hears how the person grades themselves, `given` is how they did before they had a look at
/// the lab, and `answered` whether what a good answer contains is shown.
#[component]
pub fn PromptView(
    card: PromptCard,
    record: Grades,
    on_grade: Callback<Grade>,
    #[prop(optional_no_strip)] given: Option<Grade>,
    answered: RwSignal<bool>,
) -> impl IntoView {
    let ticking = RwSignal::new(Ticking::default());
    let PromptCard { id, level, theme, minutes, ask } = card;
    let loaded = {
        let id = id.clone();
        LocalResource::new(move || {
            let id = id.clone();
            async move { prompt(&id).await }
        })
    };
    let again = Callback::new(move |()| loaded.refetch());
    view! {
        <header class="prompt-head">
            <p class="dim">{format!("{level} · {} · {}", theme_name(&theme), minutes_in_words(minutes))}</p>
            <h1>{ask}</h1>
            <Clock minutes ticking words=OF_PROMPT/>
        </header>
        {move || match loaded.get() {
            None => view! { <p role="status">"Loading the prompt…"</p> }.into_any(),
            Some(Err(lines)) => view! { <Failed lines again/> }.into_any(),
            Some(Ok(prompt)) => {
                view! { <Rest id=id.clone() prompt record on_grade given answered/> }.into_any()
            }
        }}
    }
}

#[component]
fn Rest(
    id: String,
    prompt: BuiltPrompt,
    record: Grades,
    on_grade: Callback<Grade>,
    given: Option<Grade>,
    answered: RwSignal<bool>,
) -> impl IntoView {
    let BuiltPrompt { parts, hints, follow_ups, rubric, model, proofs } = prompt;
    let board = proofs.first().map(|(_, shown)| shown.clone());
    let given = RwSignal::new(given);
    let heading = NodeRef::<leptos::html::H2>::new();
    let show = move |_| {
        answered.set(true);
        let _ = request_animation_frame(move || {
            if let Some(heading) = heading.get_untracked() {
                let _ = heading.focus();
            }
        });
    };
    let parts = (!parts.is_empty()).then(|| {
        view! { <ol class="prompt-parts">{parts.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ol> }
    });
    let answer = move || {
        let (rubric, proofs, id) = (rubric.clone(), proofs.clone(), id.clone());
        view! {
            <section class="prompt-answer" aria-label="What a good answer contains">
                <h2 tabindex="-1" node_ref=heading>"What a good answer contains"</h2>
                <Rubric rubric/>
                <h2>"Model answer"</h2>
                <div class="model"><Prose html=model.fixed()/></div>
                <Proofs proofs/>
                <GradeYourself id record on_grade given/>
            </section>
        }
    };
    view! {
        {parts}
        <OneByOne title="Hints" next="Show a hint" lines=hints/>
        <OneByOne title="What is asked next" next="Ask a follow-up" lines=follow_ups/>
        {board.map(|shown| view! { <Whiteboard shown/> })}
        <Voice/>
        <p class="buttons">
            <button class="btn primary" hidden=answered on:click=show>
                "I have answered: show the rubric"
            </button>
            <a class="btn" href=Place::Lab.root().href() target="_blank" rel="noopener">
                "Open the lab in a second window ↗"
            </a>
        </p>
        {move || answered.get().then(answer.clone())}
    }
}

/// Lines that are shown one after the other.
#[component]
fn OneByOne(title: &'static str, next: &'static str, lines: Vec<String>) -> impl IntoView {
    let count = lines.len();
    let shown = RwSignal::new(0usize);
    let rows = move || {
        let shown = lines.iter().take(shown.get());
        shown.map(|line| view! { <li>{line.clone()}</li> }).collect_view()
    };
    view! {
        <section class="one-by-one" aria-label=title aria-live="polite">
            <ol hidden=move || shown.get() == 0>{rows}</ol>
            <button
                class="btn"
                aria-disabled=move || (shown.get() == count).to_string()
                on:click=move |_| shown.update(|shown| *shown = (*shown + 1).min(count))
            >
                {next}
                <span class="dim">{move || format!(" {} of {count}", shown.get())}</span>
            </button>
        </section>
    }
}

/// What a weak, a fair and a strong answer has.
#[component]
fn Rubric(rubric: [Vec<String>; 3]) -> impl IntoView {
    let columns = Grade::ALL.into_iter().zip(rubric).map(|(grade, lines)| {
        view! {
            <section class=format!("rubric-{}", grade.name())>
                <h3>{grade.name()}</h3>
                <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </section>
        }
    });
    view! { <div class="rubric">{columns.collect_view()}</div> }
}

/// The claims that the lab proves, and where.
#[component]
fn Proofs(proofs: Vec<(String, Shown)>) -> impl IntoView {
    let rows = proofs.into_iter().map(|(claim, Shown { href, step, run })| {
        view! {
            <li>
                <a href=href>{claim}</a>
                <span class="dim">{format!("{step}, in “{run}”")}</span>
            </li>
        }
    });
    view! {
        <h2>"The lab proves it"</h2>
        <ul class="prompt-list">{rows.collect_view()}</ul>
    }
}

/// The grade that the person gives themselves, and those of before.
#[component]
fn GradeYourself(
    id: String,
    record: Grades,
    on_grade: Callback<Grade>,
    given: RwSignal<Option<Grade>>,
) -> impl IntoView {
    let kept = RwSignal::new(true);
    let before = record.with_untracked(|kept| {
        let all = kept.grades(&id).iter().rev();
        let all: Vec<String> =
            all.map(|graded| format!("{} on {}", graded.grade.name(), graded.day)).collect();
        all.join(", ")
    });
    let buttons = Grade::ALL.map(|grade| {
        let id = id.clone();
        let give = move |_| {
            // Once for each time that the prompt was answered.
            if given.get_untracked().is_none() {
                let day = dom::today();
                kept.set(record.change(|kept| kept.grade(&id, Graded { day, grade })));
                given.set(Some(grade));
                on_grade.run(grade);
            }
        };
        view! {
            <button
                class="btn"
                aria-pressed=move || (given.get() == Some(grade)).to_string()
                aria-disabled=move || given.get().is_some().to_string()
                on:click=give
            >
                {grade.name()}
            </button>
        }
    });
    view! {
        <h2 id="grade-yourself">"How was yours?"</h2>
        <div class="buttons" role="group" aria-labelledby="grade-yourself">{buttons.collect_view()}</div>
        <p role="status">
            {move || {
                let till = if kept.get() { "It is kept on this device" } else { "It counts until this tab is closed" };
                given.get().map(|grade| format!("Noted: {}. {till}.", grade.name()))
            }}
        </p>
        {(!before.is_empty()).then(|| view! { <p class="dim">"Before: " {before}</p> })}
    }
}
