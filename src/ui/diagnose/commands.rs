//! The commands that may be run on the client's machine, each with what it printed.

use super::case::Case;
use crate::diagnose::Inspection;
use crate::ui::parts::CopyButton;
use leptos::prelude::*;

/// All of them, in the order of the table.
#[component]
pub fn Commands(case: Case) -> impl IntoView {
    let all = case.with(|mystery| mystery.inspections.clone());
    let count = all.len();
    let told = move || {
        let used = case.tried.read().used.len();
        format!("{used} of {count} run. The fewer it takes you, the better.")
    };
    view! {
        <section class="inspections" aria-label="Commands">
            <h2>"What you can run"</h2>
            <p class="dim" role="status">{told}</p>
            <ol>{all.into_iter().map(|one| view! { <Command case inspection=one/> }).collect_view()}</ol>
        </section>
    }
}

/// One command: run once, its answer stays and can be folded away.
#[component]
fn Command(case: Case, inspection: &'static Inspection) -> impl IntoView {
    let line = case.with(|mystery| mystery.line(inspection));
    let was_run = Memo::new(move |before| {
        before == Some(&true) || case.tried.read().used.contains(&inspection.id)
    });
    // What is run after the end is not noted with the rest.
    let late = RwSignal::new(false);
    let is_there = move || was_run.get() || late.get();
    let open = RwSignal::new(was_run.get_untracked());
    let press = move |_| {
        if is_there() {
            open.update(|open| *open = !*open);
        } else {
            case.used(inspection);
            late.set(true);
            open.set(true);
        }
    };
    let id = format!("output-{}", inspection.id);
    let controls = id.clone();
    let label = move || match (is_there(), open.get()) {
        (false, _) => "Run",
        (true, true) => "Hide",
        (true, false) => "Show",
    };
    let output = move || {
        is_there().then(|| {
            let text = case.with(|mystery| mystery.run(inspection));
            let text = match text {
                Ok(text) => text.unwrap_or_default(),
                Err(why) => why.to_string(),
            };
            view! { <Output case inspection text/> }
        })
    };
    view! {
        <li class:was-run=is_there>
            <div class="inspection">
                <button
                    class="btn"
                    aria-expanded=move || (is_there() && open.get()).to_string()
                    aria-controls=controls
                    aria-label=move || format!("{} {}", label(), inspection.id)
                    on:click=press
                >
                    {label}
                </button>
                <p><b translate="no">{inspection.id}</b>" "<span class="dim">{inspection.hopes}</span></p>
                <code class="inspection-line" translate="no">"$ "{line}</code>
            </div>
            <div id=id class="inspection-output" hidden=move || !open.get()>{output}</div>
        </li>
    }
}

/// What a command printed; at the end, which lines of it tell, and what they rule out.
#[component]
fn Output(case: Case, inspection: &'static Inspection, text: String) -> impl IntoView {
    let copied = text.clone();
    let marked = move || {
        let telling = case
            .is_over()
            .then(|| case.with(|mystery| mystery.telling_lines(inspection)).unwrap_or_default());
        let lines = text.lines().map(|line| {
            let is_telling = telling.as_ref().is_some_and(|all| all.iter().any(|one| one == line));
            let line = format!("{line}\n");
            if is_telling { view! { <mark>{line}</mark> }.into_any() } else { line.into_any() }
        });
        lines.collect_view()
    };
    let ruled_out = move || {
        case.is_over().then(|| {
            let out = case.with(|mystery| mystery.ruled_out(&[inspection])).unwrap_or_default();
            let titles: Vec<&str> = out.iter().map(|fault| fault.title).collect();
            let text = if titles.is_empty() {
                "It rules out none of the other causes by itself.".to_owned()
            } else {
                format!("It rules out: {}.", titles.join(", "))
            };
            view! { <p class="ruled-out">{text}</p> }
        })
    };
    view! {
        {ruled_out}
        <div class="output">
            <pre translate="no" tabindex="0" aria-label=format!("What {} prints", inspection.id)><code>{marked}</code></pre>
            <CopyButton text=Signal::derive(move || copied.clone()) what=format!("what {} prints", inspection.id)/>
        </div>
    }
}
