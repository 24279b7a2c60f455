//! What can be foretold of a run that goes wrong, and what came of it.

use crate::dissect::Epoch;
use crate::run::Run;
use crate::story::first_difference;
use crate::trace::Endpoint;

/// Who notices that something is wrong, and what a listener learns of it: as somebody guesses it, or as a run has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The end that gave up first, by what it is called in the run; `None` where none did.
    pub noticed_by: Option<&'static str>,
    /// The alert that tells of it, by the standard's name; `None` where there is none.
    pub alert: Option<String>,
    /// Whether that alert goes in the clear, so that whoever listens can read it; `None` where there is none.
    pub in_clear: Option<bool>,
}

impl Notice {
    /// What came of a run: on the connection looked at, or where nothing went wrong there, on the first where
    /// something did.
    pub fn of(run: &Run) -> Notice {
        let own = Notice::here(run);
        if own.is_something() {
            return own;
        }
        let others = (0..run.stories.len()).map(|at| Notice::here(&run.at(at)));
        others.into_iter().find(Notice::is_something).unwrap_or(own)
    }

    /// What came of the connection looked at.
    fn here(run: &Run) -> Notice {
        let outcome = &run.story().outcome;
        let alert = outcome.alert.and_then(|at| run.dissection().messages.get(at));
        Notice {
            noticed_by: outcome.noticed_by.map(|who| run.name(who)),
            alert: alert.map(|alert| alert.name.clone()),
            in_clear: alert.map(|alert| alert.epoch == Epoch::Plain),
        }
    }

    fn is_something(&self) -> bool {
        self.noticed_by.is_some() || self.alert.is_some()
    }
}

/// The first step of the good run that does not come in a run that goes wrong, or comes otherwise: its position;
/// `None` where all of them come.
pub fn missing_step(good: &Run, run: &Run) -> Option<usize> {
    first_difference(good.story(), run.story())?.instead_of
}

/// What the ends of all connections of a run are called, each once: `client`, `gateway`, `service`.
pub fn ends(run: &Run) -> Vec<&'static str> {
    let mut names = Vec::new();
    for at in 0..run.stories.len() {
        let run = run.at(at);
        for name in Endpoint::BOTH.map(|who| run.name(who)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Capabilities;
    use crate::faults::FAULTS;
    use crate::scenario::Scenario;
    use crate::tls::AlertDescription;

    #[test]
    fn what_came_of_the_run_of_each_fault_is_what_must_come_of_it() {
        for fault in FAULTS {
            let scenario = Scenario::parse(fault.id).expect("a fault");
            let expected = scenario.expected().expect("an outcome");
            let run = Run::new(&scenario, &Capabilities::all()).expect("it runs");
            let notice = Notice::of(&run);
            let side = if expected.is_inner { run.at(1) } else { run.clone() };
            let alert = expected.alert.map(|alert| {
                AlertDescription(alert.description.into()).name().expect("a known alert").to_owned()
            });
            let expected = Notice {
                noticed_by: expected.noticed_by.map(|who| side.name(who)),
                alert,
                in_clear: expected.alert.map(|alert| !alert.encrypted),
            };
            assert_eq!(notice, expected, "{}", fault.id);
            if let Some(who) = notice.noticed_by {
                assert!(ends(&run).contains(&who), "{}", fault.id);
            }
        }
    }

    #[test]
    fn where_somebody_notices_a_step_of_the_good_run_is_missing() {
        for fault in FAULTS {
            let scenario = Scenario::parse(fault.id).expect("a fault");
            let all = Capabilities::all();
            let run = Run::new(&scenario, &all).expect("it runs");
            let good = Run::new(&scenario.mended(), &all).expect("it runs");
            let missing = missing_step(&good, &run);
            if Notice::of(&run).is_something() {
                let step = missing.and_then(|at| good.story().steps.get(at));
                assert!(step.is_some(), "{}", fault.id);
            }
            assert_eq!(missing_step(&good, &good), None, "{}", fault.id);
        }
    }

    #[test]
    fn of_a_run_without_a_fault_nobody_notices_anything() {
        let run = Run::new(&Scenario::default(), &Capabilities::all()).expect("it runs");
        assert_eq!(Notice::of(&run), Notice { noticed_by: None, alert: None, in_clear: None });
        assert_eq!(ends(&run), ["client", "server"]);
    }
}
