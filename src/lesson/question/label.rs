//! The ladder of the run with the names on its arrows hidden: each is to be found again.

use super::blanks::{Blanks, Line, Spot};
use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::html::Html;
use crate::lesson::path::Segment;
use crate::lesson::resolve::step_called;
use crate::lesson::table::{At, Keys};
use crate::run::Run;
use crate::shuffle::shuffle;
use crate::story::{Step, format, text};
use crate::trace::Endpoint;
use std::sync::Arc;

/// The kind.
pub const KIND: Kind =
    Kind { name: "label", keys: &["from", "to", "only", "others"], needs: HINT_AND_EXPLAIN, read };

/// How many arrows there may be: fewer are no sequence, more are too many to label at once.
const FEWEST: usize = 3;
const MOST: usize = 16;

/// How many names are offered that the run does not have.
const DECOYS: usize = 3;

/// Messages that belong to some handshakes and not to others.
const MESSAGES: &[&str] = &[
    "HelloRetryRequest",
    "EncryptedExtensions",
    "CertificateRequest",
    "CertificateVerify",
    "ServerKeyExchange",
    "ServerHelloDone",
    "ClientKeyExchange",
    "NewSessionTicket",
    "EndOfEarlyData",
    "KeyUpdate",
];

#[derive(Debug)]
struct Label {
    file: String,
    line: usize,
    /// The first step and the last; the run's own where nothing is said.
    from: Option<At<Vec<Segment>>>,
    to: Option<At<Vec<Segment>>>,
    /// Whether the packets of TCP alone are left out.
    is_tls: bool,
    /// Names that do not occur; empty where some are to be drawn.
    others: Vec<String>,
}

/// The arrows of one run.
#[derive(Debug)]
struct Arrows {
    ends: [&'static str; 2],
    lines: Vec<Line>,
    /// The positions of their steps.
    steps: Vec<usize>,
    blanks: Blanks,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    let only = keys.parsed("only", |text| match text {
        "tls" => Ok(()),
        _ => {
            let fix = "write \"tls\", or leave it out to ask for the packets of TCP as well";
            Err(Trouble::new(format!("only `{text}`"), fix))
        }
    });
    Ok(Arc::new(Label {
        file: keys.file.to_owned(),
        line: keys.line(),
        from: keys.segments("from")?,
        to: keys.segments("to")?,
        is_tls: only?.is_some(),
        others: keys.lines("others")?,
    }))
}

impl Label {
    /// The steps that are asked for.
    fn steps<'r>(&self, run: &'r Run) -> Result<Vec<&'r Step>, LessonError> {
        let place = |name: &Option<At<Vec<Segment>>>| {
            let place = |At { line, is }: &At<Vec<Segment>>| {
                let step = step_called(run, is).map_err(|trouble| trouble.at(&self.file, *line))?;
                Ok(step.index)
            };
            name.as_ref().map(place).transpose()
        };
        let (from, to) = (place(&self.from)?.unwrap_or(0), place(&self.to)?.unwrap_or(usize::MAX));
        let is_in = |step: &&Step| (from..=to).contains(&step.index);
        let is_asked = |step: &&Step| !self.is_tls || !step.records.is_empty();
        let steps: Vec<_> = run.story().steps.iter().filter(is_in).filter(is_asked).collect();
        if (FEWEST..=MOST).contains(&steps.len()) {
            return Ok(steps);
        }
        let what = format!("{} arrows to be labelled", steps.len());
        let fix = format!("choose {FEWEST} to {MOST}, by `from`, `to` and only = \"tls\"");
        Err(Trouble::new(what, fix).at(&self.file, self.line))
    }
}

impl Task for Label {
    fn is_computed(&self) -> bool {
        true
    }

    fn ask(&self, run: &Run, seed: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let wrong = |trouble: Trouble| trouble.at(&self.file, self.line);
        let (mut blanks, mut lines) = (Blanks::default(), Vec::new());
        let steps = self.steps(run)?;
        for (step, number) in steps.iter().zip(1..) {
            blanks.add(format!("arrow {number}"), step.title.clone()).map_err(wrong)?;
            let at = format::moment(step.sent_us.saturating_sub(run.story().start_us));
            let sealed = text::epoch(step.epoch, run.dissection().negotiated.version);
            let [from, to] = [step.from, step.from.peer()].map(|end| run.name(end));
            lines.push(Line {
                spot: Spot::From(step.from),
                given: None,
                about: format!("{number} · {at} · {sealed}"),
                spoken: format!("Arrow {number}, {from} to {to}, at {at}, {sealed}"),
            });
        }
        let occurs = |name: &str| run.story().steps.iter().any(|step| step.title == name);
        let mut others = self.others.clone();
        if let Some(name) = others.iter().find(|name| occurs(name)) {
            let what = format!("`{name}` under `others`, which the run has");
            return Err(wrong(Trouble::new(what, "name messages that do not occur")));
        }
        if others.is_empty() {
            let unknown = MESSAGES.iter().filter(|name| !occurs(name));
            others = unknown.map(|name| (*name).to_owned()).collect();
            shuffle(&mut others, seed);
            others.truncate(DECOYS);
        }
        others.into_iter().for_each(|other| _ = blanks.offer(other));
        blanks.sort();
        let ends = Endpoint::BOTH.map(|end| run.name(end));
        let steps = steps.iter().map(|step| step.index).collect();
        Ok(Arc::new(Arrows { ends, lines, steps, blanks }))
    }
}

impl Arrows {
    /// What there is to say of a step that is not the one called `chosen`.
    fn why(&self, run: &Run, line: usize, chosen: &str) -> Html {
        let all = &run.story().steps;
        let Some(step) = self.steps.get(line).and_then(|at| all.get(*at)) else {
            return Html::default();
        };
        let called = || all.iter().filter(|other| other.title == chosen);
        let is_same_way = |other: &&Step| other.from == step.from;
        let (earlier, later) = (
            called().filter(is_same_way).any(|other| other.index < step.index),
            called().filter(is_same_way).any(|other| other.index > step.index),
        );
        let sender = run.name(step.from.peer());
        Html::words(&match (called().next(), earlier, later) {
            (None, ..) => format!("This connection has no {chosen}."),
            (Some(_), true, false) => format!("{chosen} comes earlier."),
            (Some(_), false, true) => format!("{chosen} comes later."),
            (Some(_), true, true) => format!("{chosen} comes earlier, and again later."),
            (Some(_), false, false) => {
                format!("{chosen} is sent by the {sender}; this arrow goes the other way.")
            }
        })
    }
}

impl Posed for Arrows {
    fn form(&self) -> Form {
        let choices = self.blanks.choices().to_vec();
        Form::Blanks { ends: Some(self.ends), lines: self.lines.clone(), choices }
    }

    fn expected(&self) -> String {
        self.blanks.expected()
    }

    fn grade(&self, run: &Run, answer: &Answer) -> Grade {
        self.blanks.grade(answer, |line, chosen| self.why(run, line, chosen))
    }

    fn samples(&self) -> Vec<Answer> {
        self.blanks.samples()
    }

    fn may_be_said(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::HandshakeType;

    #[test]
    fn every_name_that_is_offered_besides_is_one_of_a_message() {
        let squashed = |name: &str| name.replace('_', "").to_lowercase();
        let known: Vec<String> =
            HandshakeType::known().iter().map(|(_, name)| squashed(name)).collect();
        // It is a ServerHello, and has no type of its own.
        for name in MESSAGES.iter().filter(|name| **name != "HelloRetryRequest") {
            assert!(known.contains(&squashed(name)), "{name}");
        }
    }
}
