//! What a person meets of a fault first: one line, and who prints it.

use super::said::{Known, known, speaker, symptom};
use crate::diagnose::line_of;
use crate::faults::Fault;
use crate::guess::Notice;
use crate::run::Run;
use crate::scenario::Gateway;
use crate::trace::Status;
use leptos::prelude::*;

/// What a person meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symptom {
    /// This line, of a program.
    Line {
        /// Who prints it.
        by: String,
        /// The line.
        line: String,
    },
    /// Nothing comes, and the client waits.
    Waits,
    /// Nothing: all seems well.
    Nothing,
}

impl Symptom {
    /// What programs were seen to say of a fault; of one that was not observed, what the client of this run says.
    pub fn of(known: &Known, fault: &Fault, run: &Run) -> Symptom {
        if let Some(one) = symptom(known, fault) {
            let line = one.error.clone().unwrap_or_default();
            return Symptom::Line { by: speaker(one), line };
        }
        // In front of a gateway stands who has the trouble, whichever wire is looked at.
        let run = if run.scenario().gateway != Gateway::None { run.at(0) } else { run.clone() };
        let is_seen = Notice::of(&run).noticed_by.is_some();
        match line_of(&run).filter(|_| is_seen) {
            Some(line) => Symptom::Line { by: "the client of this run".into(), line },
            None if run.connection().client_end.status == Status::Incomplete => Symptom::Waits,
            None => Symptom::Nothing,
        }
    }

    /// Whether the line names the alert that came.
    fn names(&self, alert: Option<&str>) -> bool {
        let letters = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
        };
        match (self, alert) {
            (Symptom::Line { line, .. }, Some(alert)) => letters(line).contains(&letters(alert)),
            _ => false,
        }
    }

    /// The line and who prints it, or that there is none.
    fn view(self) -> AnyView {
        match self {
            Symptom::Line { by, line } => {
                view! { <code translate="no">{line}</code> " " <span class="dim">"("{by}")"</span> }
                    .into_any()
            }
            Symptom::Waits => "nothing: the client waits for an answer".into_any(),
            Symptom::Nothing => "nothing: to the client all seems well".into_any(),
        }
    }
}

/// What is seen of the fault of a run, once it is known what programs say. Before its run is shown, a line that
/// would answer a question is left for later.
#[component]
pub fn Seen<'a>(
    fault: &'static Fault,
    run: &'a Run,
    #[prop(optional)] before: bool,
) -> impl IntoView + use<> {
    let run = run.clone();
    let loaded = LocalResource::new(known);
    move || {
        // Where what programs say cannot be had, the client of the run speaks.
        let symptom = Symptom::of(&loaded.get()?.unwrap_or_default(), fault, &run);
        if !before {
            return Some(symptom.view());
        }
        let answers = symptom.names(Notice::of(&run).alert.as_deref());
        match symptom {
            Symptom::Line { .. } if answers => Some(
                "What programs print of it names the alert, and comes with the run.".into_any(),
            ),
            Symptom::Line { .. } => Some(symptom.view()),
            Symptom::Waits | Symptom::Nothing => None,
        }
    }
}
