//! A fault before its run is shown: who will notice, by which alert, and who can read that? What was right is
//! read from the run. Who does not want to guess says so once for the visit.

use crate::faults::Fault;
use crate::guess::{Notice, ends};
use crate::run::Run;
use crate::tls::AlertDescription;
use crate::ui::lab;
use crate::ui::state::Lab;
use leptos::html::Button;
use leptos::prelude::*;

/// What a question's answer is called where there is none.
const NOBODY: &str = "nobody";
const NO_ALERT: &str = "no alert";

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
    let ends = ends(run);
    let (who, alert, reader) =
        (RwSignal::new(None), RwSignal::new(None::<Option<String>>), RwSignal::new(None));
    let told = RwSignal::new(None::<Notice>);
    let is_told = move || told.read().is_some();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let (Some(noticed_by), Some(alert), Some(in_clear)) =
            (who.get_untracked(), alert.get_untracked(), reader.get_untracked())
        {
            told.set(Some(Notice { noticed_by, alert, in_clear }));
        }
    };
    let whos = ends.into_iter().map(Some).chain([None]);
    let whos = whos.map(|end| radio("guess-who", end.unwrap_or(NOBODY), who, end)).collect_view();
    let readers = READERS.map(|(value, label)| radio("guess-reader", label, reader, value));
    let readers = readers.collect_view();
    let mut names: Vec<&str> = AlertDescription::known().iter().map(|(_, name)| *name).collect();
    names.retain(|name| Some(*name) != AlertDescription::CLOSE_NOTIFY.name());
    names.sort_unstable();
    let names = names.into_iter().map(|name| view! { <option value=name>{name}</option> });
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
            <p class="lead">{fault.words().summary}</p>
            <h2>"Guess first: what will happen?"</h2>
            <form on:submit=submit>
                <fieldset disabled=is_told>
                    <legend>"Who notices first?"</legend>
                    <div class="options">{whos}</div>
                </fieldset>
                <fieldset disabled=is_told>
                    <legend><label for="guess-alert">"Which alert tells of it?"</label></legend>
                    <select
                        id="guess-alert"
                        required
                        translate="no"
                        on:change:target=move |event| {
                            let name = event.target().value();
                            alert.set(Some((name != NO_ALERT).then_some(name)));
                        }
                    >
                        <option value="" selected disabled>"Choose one"</option>
                        <option value=NO_ALERT>{NO_ALERT}</option>
                        {names.collect_view()}
                    </select>
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
            <div role="status">{move || told.get().map(|guess| verdict(&came, &guess))}</div>
            {move || is_told().then(|| leads_on(lab, on))}
        </section>
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

/// What came of the run, beside what was guessed.
fn verdict(came: &Notice, guess: &Notice) -> impl IntoView + use<> {
    let reader = |of: &Notice| {
        let row = READERS.iter().find(|(value, _)| *value == of.in_clear);
        row.map_or("", |(_, label)| label).to_owned()
    };
    let alert = |of: &Notice| of.alert.clone().unwrap_or_else(|| NO_ALERT.into());
    let who = |of: &Notice| of.noticed_by.unwrap_or(NOBODY).to_owned();
    let rows = [
        ("Who notices first", who(came), who(guess)),
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
