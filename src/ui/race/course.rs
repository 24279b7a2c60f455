//! The runs behind the lanes: from the link to what was measured.

use crate::race::{self, LANES, Lane, Plan, entrant, lane};
use crate::route::{Page, Race, Route, View};
use crate::run::Run;
use crate::ui::running::{NoRun, Runner, in_tasks};
use crate::ui::shared::shared;
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::sync::Arc;

/// A lane, or why there is none, in a line for a person.
pub type Entry = Result<Lane, String>;

/// What the axis spans where no lane is there, in microseconds.
pub const NOTHING: u64 = 1;

/// The race of the link, measured. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Course {
    lab: Lab,
    /// What the link says.
    pub race: Signal<Race>,
    /// The scenarios of the link, in their text form.
    pub texts: Signal<Vec<String>>,
    measured: StoredValue<Vec<Memo<Entry>>>,
    ways: StoredValue<Vec<Memo<Entry>>>,
}

impl Course {
    /// Makes the runs of the link's race, in tasks of their own, so that they are there for [`Course::of`].
    pub async fn run_ahead(lab: Lab) {
        let Page::Race(race) = lab.link.with_untracked(|link| link.page.clone()) else { return };
        let rtt_ms = u32::try_from(race.rtt_ms).unwrap_or(u32::MAX);
        let ways = plan_of(&race.fleet).ways().iter().filter_map(|way| way.scenario);
        let lanes = race::split(&race.lanes);
        let mut made: Vec<Arc<Run>> = Vec::new();
        for text in lanes.into_iter().chain(ways.map(String::from)) {
            let Ok(scenario) = entrant(&text, rtt_ms) else { continue };
            // A lane may be one of the calculator's ways too.
            let run = match made.iter().find(|run| *run.scenario() == scenario) {
                Some(run) => Some(run.clone()),
                None => in_tasks(scenario, lab.runner.capabilities()).await,
            };
            if let Some(run) = run {
                made.push(run.clone());
                lab.runner.keep(run);
            }
        }
    }

    /// Follows the link, and runs what it names.
    pub fn of(lab: Lab) -> Course {
        // While another screen takes its place, this one stays on its last race.
        let race = shared(move |last: Option<&Race>| match &lab.link.read().page {
            Page::Race(race) => race.clone(),
            _ => last.cloned().unwrap_or_default(),
        });
        let texts = shared(move |_| race::split(&race.read().lanes));
        let at = move |text: Option<String>| {
            let text = text.unwrap_or_default();
            let rtt_ms = u32::try_from(race.read().rtt_ms).unwrap_or(u32::MAX);
            entrant(&text, rtt_ms).map_or(text, |scenario| scenario.text())
        };
        let lanes = (0..*LANES.end()).map(|place| {
            measured(lab.runner, Memo::new(move |_| at(texts.read().get(place).cloned())))
        });
        let ways = (0..4).map(|place| {
            let scenario = move || plan_of(&race.read().fleet).ways().get(place)?.scenario;
            measured(lab.runner, Memo::new(move |_| at(scenario().map(String::from))))
        });
        Course {
            lab,
            race,
            texts,
            measured: StoredValue::new(lanes.collect()),
            ways: StoredValue::new(ways.collect()),
        }
    }

    /// The lanes in their order, tracked.
    pub fn entries(self) -> Vec<Entry> {
        let count = self.texts.read().len();
        self.measured.with_value(|lanes| lanes.iter().take(count).map(|lane| lane.get()).collect())
    }

    /// One lane, tracked.
    pub fn entry(self, place: usize) -> Option<Entry> {
        self.measured.with_value(|lanes| lanes.get(place).map(|lane| lane.get()))
    }

    /// The lanes that were measured, tracked.
    pub fn lanes(self) -> Vec<Lane> {
        self.entries().into_iter().flatten().collect()
    }

    /// The longest lane's time, tracked: what the axis spans.
    pub fn span_us(self) -> u64 {
        self.lanes().iter().map(|lane| lane.time_us).max().unwrap_or(0).max(NOTHING)
    }

    /// What the calculator is asked, tracked.
    pub fn plan(self) -> Plan {
        plan_of(&self.race.read().fleet)
    }

    /// The round trips of each way of the plan, as measured, tracked.
    pub fn ways(self) -> [Option<u32>; 4] {
        let ways = self.ways.with_value(Clone::clone);
        std::array::from_fn(|place| Some(ways.get(place)?.get().ok()?.round_trips))
    }

    /// Goes to another race: a new entry of the browser's history.
    pub fn change(self, change: impl FnOnce(&mut Race)) {
        let mut race = self.race.get_untracked();
        change(&mut race);
        self.lab.go(Page::Race(race), View::default());
    }

    /// The address of the lab at a lane's last step.
    pub fn href(lane: &Lane) -> String {
        let view = View { step: Some(lane.step), ..View::default() };
        Route { page: Page::Lab(lane.scenario.clone()), view }.to_string()
    }
}

fn plan_of(text: &str) -> Plan {
    Plan::parse(text).unwrap_or_default()
}

/// The scenario's run, measured. While another one's is still there, nothing is.
fn measured(runner: Runner, text: Memo<String>) -> Memo<Entry> {
    let run = runner.follow(text);
    Memo::new(move |_| match &*run.read() {
        Ok(run) if run.scenario().text() != *text.read() => Err(NoRun::Loading.to_string()),
        Ok(run) => lane(run).map_err(|none| none.to_string()),
        Err(error) => Err(error.to_string()),
    })
}
