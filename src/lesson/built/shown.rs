//! A place in the lab, looked up in its run when the page is built, so that a link to it costs no run.

use serde::{Deserialize, Serialize};

/// A link into the lab, and what one sees there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The link.
    pub href: String,
    /// What the step is called.
    pub step: String,
    /// What the run is called.
    pub run: String,
}

#[cfg(not(target_arch = "wasm32"))]
pub use runs::Runs;

#[cfg(not(target_arch = "wasm32"))]
mod runs {
    use super::*;
    use crate::lesson::check::run;
    use crate::lesson::error::{LessonError, Trouble};
    use crate::lesson::model::Directive;
    use crate::route::{Page, Route};
    use crate::run::Run;
    use std::collections::BTreeMap;

    /// The runs that places are looked up in, each made once.
    #[derive(Default)]
    pub struct Runs(BTreeMap<String, Result<Run, Trouble>>);

    impl Runs {
        /// The link to `place`, which names its scenario; `file` is the name that errors give.
        ///
        /// # Errors
        /// A scenario that cannot be run, and what its run does not have.
        pub fn look_up(&mut self, place: &Directive, file: &str) -> Result<Shown, LessonError> {
            let text = place.scenario.clone().unwrap_or_default();
            let run = self.0.entry(text).or_insert_with_key(|text| run(text));
            let run = run.as_ref().map_err(|trouble| trouble.clone().at(file, place.line))?;
            let view = place.view(run, file)?;
            let step = view.step.and_then(|step| run.story().steps.get(step));
            let step = step.map(|step| step.title.clone()).unwrap_or_default();
            let scenario = run.scenario();
            let name = scenario.broken_by().map_or(scenario.title(), |fault| fault.title);
            let page = Page::Lab(scenario.text());
            let href = Route { page, view }.to_string();
            Ok(Shown { href, step, run: name.to_owned() })
        }
    }
}
