//! A fault before its run is shown: who will notice, at which step, by which alert, and who can read that? What was
//! right is read from the run. Who does not want to guess says so once for the visit.

use super::symptom::Seen;
use crate::faults::Fault;
use crate::guess::{Notice, ends, missing_step};
use crate::run::Run;
use crate::tls::AlertDescription;
use crate::ui::lab;
use crate::ui::state::Lab;
use leptos::html::Button;
use leptos::prelude::*;

/// What a question's answer is called where there is none.
const NOBODY: &str = "nobody";
const NO_ALERT: &str = "no alert";
const ALL_COME: &str = "none: all of them come";

/// The question about the step.
const MISSING: &str = "Which step of the good run is the first that is missing or different?";

/// Who can read the alert, in the words of the form.
const READERS: [(Option<bool>, &str); 3] = [
    (Some(true), "Yes, it goes in the clear"),
    (Some(false), "No, it is encrypted"),
    (None, "There is none"),
];

/// The questions about the fault that the link names.
#[component]
pub fn Guess() -> impl IntoView {
    let lab = lab();
    move || {
        let run = lab.run.get().ok()?;
        let fault = run.scenario().fault.and_then(Fault::find)?;
        Some(view! { <Questions fault run=run.as_ref()/> })
    }
}

/// The questions, and after them what came of the run.
#[component]
fn Questions<'a>(fault: &'static Fault, run: &'a Run) -> impl IntoView + use<> {
    let lab = lab();
    let came = Notice::of(run);
    let good = lab.good_run.get_untracked();
    let missing = good.as_ref().and_then(|good| missing_step(good, run));
    let steps: Vec<String> = good.map_or_else(Vec::new, |good| {
        good.story()
            .steps
            .iter()
            .map(|step| {
                format!("{}. {} from the {}", step.index + 1, step.title, good.name(step.from))
            })
            .collect()
    });
    let ends = ends(run);
    let (who, alert, reader, step) =
        (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let told = RwSignal::new(None::<(Notice, String)>);
    let is_told = move || told.read().is_some();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let (Some(noticed_by), Some(alert), Some(in_clear), Some(step)) = (
            who.get_untracked(),
            alert.get_untracked(),
            reader.get_untracked(),
            step.get_untracked(),
        ) {
            let alert = Some(alert).filter(|name| name != NO_ALERT);
            told.set(Some((Notice { noticed_by, alert, in_clear }, step)));
        }
    };
    let whos = ends.into_iter().map(Some).chain([None]);
    let whos = whos.map(|end| radio("guess-who", end.unwrap_or(NOBODY), who, end)).collect_view();
    let readers = READERS.map(|(value, label)| radio("guess-reader", label, reader, value));
    let readers = readers.collect_view();
    let mut names: Vec<&str> = AlertDescription::known().iter().map(|(_, name)| *name).collect();
    names.retain(|name| Some(*name) != AlertDescription::CLOSE_NOTIFY.name());
    names.sort_unstable();
    let alerts = std::iter::once(NO_ALERT).chain(names).map(str::to_owned).collect();
    let missing = missing.and_then(|at| steps.get(at).cloned()).unwrap_or_else(|| ALL_COME.into());
    let steps = steps.into_iter().chain([ALL_COME.to_owned()]).collect();
    // The button that was pressed is gone: the focus goes to the one that leads on.
    let on = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(on) = on.get() {
            let _ = on.focus();
        }
    });
    view! {
        <section class="guess" aria-labelledby="guess-title">
            <h1 id="guess-title">{fault.title}</h1>
            <p class="guess-seen"><Seen fault run before=true/></p>
            <p class="lead">{fault.words().summary}</p>
            <h2>"Guess first: what will happen?"</h2>
            <form on:submit=submit>
                <fieldset disabled=is_told>
                    <legend>"Who notices first?"</legend>
                    <div class="options">{whos}</div>
                </fieldset>
                <fieldset disabled=is_told>
                    <legend><label for="guess-step">{MISSING}</label></legend>
                    {menu("guess-step", steps, step)}
                </fieldset>
                <fieldset disabled=is_told>
                    <legend><label for="guess-alert">"Which alert tells of it?"</label></legend>
                    {menu("guess-alert", alerts, alert)}
                </fieldset>
                <fieldset disabled=is_told>
                    <legend>"Can an eavesdropper read that alert?"</legend>
                    <div class="options">{readers}</div>
                </fieldset>
                <p class="buttons" hidden=is_told>
                    <button class="btn primary">"Check my guess"</button>
                    <button type="button" class="btn" on:click=move |_| lab.skip_guesses()>
                        "Skip, and show the run"
                    </button>
                    <span class="dim">"Once skipped, no fault asks again in this visit."</span>
                </p>
            </form>
            <div role="status">
                {move || told.get().map(|(guess, step)| verdict(&came, &guess, (missing.clone(), step)))}
            </div>
            {move || is_told().then(|| leads_on(lab, on))}
        </section>
    }
}

/// Many answers, of which one is chosen.
fn menu(id: &'static str, answers: Vec<String>, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let option = |answer: String| view! { <option value=answer.clone()>{answer.clone()}</option> };
    view! {
        <select
            id=id
            required
            translate="no"
            on:change:target=move |event| chosen.set(Some(event.target().value()))
        >
            <option value="" selected disabled>"Choose one"</option>
            {answers.into_iter().map(option).collect_view()}
        </select>
    }
}

/// One of several answers.
fn radio<T: Clone + Send + Sync + 'static>(
    group: &'static str,
    label: &'static str,
    chosen: RwSignal<Option<T>>,
    value: T,
) -> impl IntoView {
    view! {
        <label class="option">
            <input type="radio" name=group required on:change=move |_| chosen.set(Some(value.clone()))/>
            <span>{label}</span>
        </label>
    }
}

/// What came of the run, beside what was guessed; of the step both as they stand in the form.
fn verdict(came: &Notice, guess: &Notice, step: (String, String)) -> impl IntoView + use<> {
    let reader = |of: &Notice| {
        let row = READERS.iter().find(|(value, _)| *value == of.in_clear);
        row.map_or("", |(_, label)| label).to_owned()
    };
    let alert = |of: &Notice| of.alert.clone().unwrap_or_else(|| NO_ALERT.into());
    let who = |of: &Notice| of.noticed_by.unwrap_or(NOBODY).to_owned();
    let rows = [
        ("Who notices first", who(came), who(guess)),
        ("The first step that is missing or different", step.0, step.1),
        ("The alert", alert(came), alert(guess)),
        ("Can an eavesdropper read it", reader(came), reader(guess)),
    ];
    let right = rows.iter().filter(|(_, came, guess)| came == guess).count();
    let head = format!("{right} of {} right. In this run:", rows.len());
    let row = |(question, came, guess): (&'static str, String, String)| {
        let is_right = came == guess;
        let (class, mark) = if is_right { ("ok", "✓ ") } else { ("bad", "✕ ") };
        let guessed = (!is_right).then(|| format!(" (your guess: {guess})"));
        view! {
            <dt><span class=class aria-hidden="true">{mark}</span>{question}</dt>
            <dd><b>{came}</b>{guessed}</dd>
        }
    };
    view! {
        <p>{head}</p>
        <dl class="facts">{rows.map(row).collect_view()}</dl>
    }
}

/// The way to the run.
fn leads_on(lab: Lab, button: NodeRef<Button>) -> impl IntoView {
    view! {
        <p class="buttons">
            <button class="btn primary" node_ref=button on:click=move |_| lab.show_run()>
                "Show the run"
            </button>
        </p>
    }
}
