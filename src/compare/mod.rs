//! Two runs side by side: their steps aligned, and which fields differ.
//!
//! | file | what is in it |
//! |---|---|
//! | `align` | which step of the one run stands beside which of the other |
//! | `fields` | two trees of fields, walked together; for two certificates too |
//! | `side` | A or B |
//! | [`nature`] | fields that are random in every run, or that follow from others |
//! | `figures` | what a run costs and settles, in numbers |
//! | `lede` | what sets two runs apart, in a sentence |
//! | [`pairs`] | ready-made pairs, and what a run is best compared with |
//!
//! Steps are aligned by what is sent and by whom, never by bytes. What is then said of a pair is
//! true of its bytes: two steps are [`Mark::Same`] only if these are equal.

mod align;
mod fields;
mod figures;
mod lede;
pub mod nature;
pub mod pairs;
mod side;

pub use fields::{Difference, Place, compare as trees};
pub use figures::Figures;
pub use nature::Nature;
pub use side::Side;

use crate::dissect::{Dissection, Epoch};
use crate::run::Run;
use crate::story::{Step, Subject, text};
use crate::trace::Endpoint;
use crate::wire::Node;
use serde::Serialize;

/// Two connections, compared. Wherever there are two of something, that of A is the first.
#[derive(Clone, Debug, Serialize)]
pub struct Comparison {
    /// What each run costs and settles.
    pub figures: [Figures; 2],
    /// The steps of both, in order.
    pub pairs: Vec<Pair>,
}

/// A step of A beside its counterpart in B, or alone.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// Who sends it.
    pub from: Endpoint,
    /// What came of the comparison.
    pub mark: Mark,
    /// The step of each; `None` where a run has no counterpart at this place.
    pub seats: [Option<Seat>; 2],
    /// For a step that stands alone: the step of the other run (position in
    /// [`crate::story::Story::steps`]) that sends the same kind of message at another place.
    pub elsewhere: Option<usize>,
    /// The fields that differ: first those that someone chose, then those that follow from others,
    /// last those that are random in every run.
    pub differences: Vec<Difference>,
}

/// A step, as much of it as a comparison shows.
#[derive(Clone, Debug, Serialize)]
pub struct Seat {
    /// Position in [`crate::story::Story::steps`].
    pub step: usize,
    /// What the ladder calls it.
    pub title: String,
    /// The keys it travels under.
    pub epoch: Epoch,
    /// What those keys are called in this version.
    pub keys: &'static str,
    /// When it was sent, in microseconds from the connection's first packet on.
    pub sent_us: u64,
}

/// How a step relates to the other run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The same bytes under keys of the same kind.
    Same,
    /// Nothing but what is random in every run, or follows from other fields.
    Random,
    /// Something that someone chose.
    Differs,
    /// In A only, at this place.
    OnlyA,
    /// In B only, at this place.
    OnlyB,
}

impl Mark {
    /// All of them.
    pub const ALL: [Mark; 5] = [Mark::Same, Mark::Random, Mark::Differs, Mark::OnlyA, Mark::OnlyB];

    /// In a word or two.
    pub fn label(self) -> &'static str {
        match self {
            Mark::Same => "same",
            Mark::Random => "same but for random or derived values",
            Mark::Differs => "different",
            Mark::OnlyA => "only in A",
            Mark::OnlyB => "only in B",
        }
    }

    /// In one character.
    pub fn symbol(self) -> char {
        match self {
            Mark::Same => '=',
            Mark::Random => '≈',
            Mark::Differs => '≠',
            Mark::OnlyA => 'A',
            Mark::OnlyB => 'B',
        }
    }
}

impl Comparison {
    /// How many pairs have this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.pairs.iter().filter(|pair| pair.mark == mark).count()
    }
}

impl Pair {
    /// What the step is called: in A, or where it is not in A, in B.
    pub fn title(&self) -> &str {
        let [a, b] = &self.seats;
        a.as_ref().or(b.as_ref()).map_or("", |seat| &seat.title)
    }
}

/// Compares the connection that each run is about.
pub fn compare(a: &Run, b: &Run) -> Comparison {
    let runs = [a, b];
    let kinds = runs.map(|run| {
        let steps = run.story().steps.iter();
        steps.map(|step| align::kind(run.dissection(), step)).collect::<Vec<_>>()
    });
    let rows = align::align(&kinds[0], &kinds[1]);
    let pairs = rows.iter().filter_map(|row| pair(runs, &kinds, &rows, *row)).collect();
    Comparison { figures: runs.map(figures::figures), pairs }
}

fn pair(
    runs: [&Run; 2],
    kinds: &[Vec<align::Kind>; 2],
    rows: &[align::Row],
    row: align::Row,
) -> Option<Pair> {
    let steps = Side::BOTH.map(|side| side.of(runs).story().steps.get(side.of(row)?));
    let seats = Side::BOTH.map(|side| side.of(steps).map(|step| seat(side.of(runs), step)));
    let (from, mark, differences, elsewhere) = match steps {
        [Some(a), Some(b)] => {
            let differences = differences(runs, [a, b]);
            let mark = match differences.first().map(|first| first.nature) {
                None => Mark::Same,
                Some(Nature::Chosen) => Mark::Differs,
                Some(_) => Mark::Random,
            };
            (a.from, mark, differences, None)
        }
        [Some(a), None] => {
            (a.from, Mark::OnlyA, Vec::new(), align::elsewhere(kinds, rows, row, Side::A))
        }
        [None, Some(b)] => {
            (b.from, Mark::OnlyB, Vec::new(), align::elsewhere(kinds, rows, row, Side::B))
        }
        [None, None] => return None,
    };
    Some(Pair { from, mark, seats, elsewhere, differences })
}

fn seat(run: &Run, step: &Step) -> Seat {
    let (title, epoch) = (step.title.clone(), step.epoch);
    let sent_us = step.sent_us.saturating_sub(figures::start_us(run.dissection()));
    Seat { step: step.index, title, epoch, keys: keys(run, step), sent_us }
}

fn differences(runs: [&Run; 2], steps: [&Step; 2]) -> Vec<Difference> {
    let [a, b] = Side::BOTH.map(|side| tree(side.of(runs).dissection(), side.of(steps)));
    let mut found = fields::compare(a, b);
    let epochs = steps.map(|step| step.epoch);
    if epochs[0] != epochs[1] {
        let places = Side::BOTH.map(|side| {
            Some(Place { path: Vec::new(), value: keys(side.of(runs), side.of(steps)).into() })
        });
        let names = vec!["encryption"];
        found.insert(0, Difference { names, nature: Nature::Chosen, places });
    }
    found.sort_by_key(|difference| difference.nature);
    found
}

/// What the keys are called that a step is protected by.
fn keys(run: &Run, step: &Step) -> &'static str {
    text::epoch(step.epoch, run.dissection().negotiated.version)
}

/// The bytes that a step is about, and their tree.
fn tree<'a>(dissection: &'a Dissection, step: &Step) -> (&'a [u8], &'a [Node]) {
    match step.subject {
        Subject::Packet(at) => dissection.packets.get(at).map(|p| (&p.bytes[..], &p.nodes[..])),
        Subject::Message(at) => dissection.messages.get(at).map(|m| (&m.bytes[..], &m.nodes[..])),
    }
    .unwrap_or_default()
}
