//! One mystery: drawn, what is known of it, and what the person did about it so far.

use super::{Answers, answer, commands, href, judged, waiting};
use crate::diagnose::{Answer, DiagnosePage, Inspection, Level, Mystery, Score, openssl};
use crate::engine::Capabilities;
use crate::faults::Fault;
use crate::observed::Observation;
use crate::ui::parts::loading;
use crate::ui::{dom, left};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What the person did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// The commands that were run before the answer, by their names, in that order.
    pub used: Vec<&'static str>,
    /// The cause that is chosen, by its id.
    pub cause: Option<&'static str>,
    /// The fix that is chosen.
    pub fix: Option<&'static str>,
    /// How it ended.
    pub end: Option<End>,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With an answer.
    Answered,
    /// The person wanted to be told.
    GivenUp,
}

/// A mystery, and what was done about it. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Case {
    mystery: StoredValue<Mystery, LocalStorage>,
    /// What the person did.
    pub tried: RwSignal<Tried>,
    record: Answers,
}

impl Case {
    /// Calls `read` with the mystery.
    pub fn with<T>(self, read: impl FnOnce(&Mystery) -> T) -> T {
        self.mystery.with_value(read)
    }

    /// Whether it has ended, tracked.
    pub fn is_over(self) -> bool {
        self.tried.read().end.is_some()
    }

    /// Notes that a command was run; after the end it counts no more.
    pub fn used(self, inspection: &'static Inspection) {
        self.tried.update(|tried| {
            if tried.end.is_none() && !tried.used.contains(&inspection.id) {
                tried.used.push(inspection.id);
            }
        });
    }

    /// Ends it.
    pub fn end(self, end: End) {
        self.tried.update(|tried| tried.end = Some(end));
        if let Some(score) = self.score() {
            let (level, seed) = self.with(|mystery| (mystery.level, mystery.seed));
            self.record.change(|solved| solved.answer(level, seed, score.points));
        }
    }

    /// What the answer is worth; `None` where there is none.
    pub fn score(self) -> Option<Score> {
        let cause = self.said()?;
        let Tried { used, fix, .. } = self.tried.get_untracked();
        let used = used.iter().filter_map(|id| Inspection::find(id)).collect();
        self.with(|mystery| mystery.score(&Answer { cause, fix, used })).ok()
    }

    /// The cause in the answer; `None` where there is no answer.
    fn said(self) -> Option<&'static Fault> {
        let Tried { cause, end, .. } = self.tried.get_untracked();
        cause.filter(|_| end == Some(End::Answered)).and_then(Fault::find)
    }

    /// Where the answer names another cause: its title, and the commands that tell it from the true one.
    pub fn mistaken(self) -> Option<(&'static str, Vec<&'static Inspection>)> {
        let said = self.said()?;
        self.with(|mystery| {
            let tells = |one: &&'static Inspection| {
                let out = mystery.ruled_out(&[one]).unwrap_or_default();
                out.iter().any(|fault| fault.id == said.id)
            };
            let telling = mystery.inspections.iter().copied().filter(tells).collect();
            (said.id != mystery.cause().fault.id).then_some((said.title, telling))
        })
    }
}

/// The mystery of this level and seed, once it is drawn.
#[component]
pub fn Drawn(
    level: &'static Level,
    seed: u64,
    known: Arc<[Observation]>,
    record: Answers,
) -> impl IntoView {
    let drawn = RwSignal::new(None::<Result<Case, String>>);
    let address = href(DiagnosePage::Case { level, seed });
    let tried = RwSignal::new(left::at::<Tried>(&address).unwrap_or_default());
    Effect::new(move |_| left::keep(&address, tried.get()));
    // Runs for all that it may be: the word about that is drawn first.
    spawn_local(loading(async move {
        dom::next_frame().await;
        dom::next_task().await;
        let case = match Mystery::drawn(level, seed, &known, Capabilities::all()) {
            Ok(Some(mystery)) => {
                Ok(Case { mystery: StoredValue::new_local(mystery), tried, record })
            }
            Ok(None) => Err(format!("No fault is fit for the level {}.", level.id)),
            Err(why) => Err(why.to_string()),
        };
        drawn.try_set(Some(case));
    }));
    move || match drawn.get() {
        None => waiting(),
        Some(Err(why)) => super::missing(why),
        Some(Ok(case)) => view! { <Shown case/> }.into_any(),
    }
}

/// What is known, what may be run, and the answer.
#[component]
fn Shown(case: Case) -> impl IntoView {
    let (title, seed, when, program, host, line) = case.with(|mystery| {
        let symptom = &mystery.symptom;
        let program = [symptom.program.as_str(), symptom.version.as_str()].join(" ");
        let when = openssl::date_u(i64::try_from(mystery.reported()).unwrap_or(i64::MAX));
        let host = format!("https://{}/", mystery.host());
        (mystery.level.title, mystery.seed, when, program, host, symptom.line.clone())
    });
    view! {
        <header>
            <h1>{title}<span class="dim">{format!(", mystery {seed}")}</span></h1>
        </header>
        <section class="symptom" aria-label="What is known">
            <p>
                {when}", "<b translate="no">{program.trim().to_owned()}</b>" asks for "
                <code translate="no">{host}</code>" and fails:"
            </p>
            <pre translate="no" tabindex="0"><code>{line}</code></pre>
        </section>
        <div class="case">
            <commands::Commands case/>
            {move || {
                if case.is_over() {
                    view! { <judged::Judged case/> }.into_any()
                } else {
                    view! { <answer::AnswerForm case/> }.into_any()
                }
            }}
        </div>
    }
}
