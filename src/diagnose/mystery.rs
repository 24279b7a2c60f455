//! A mystery: drawn by level and seed, the same everywhere.

use super::evidence;
use super::inspection::{INSPECTIONS, Inspection};
use super::level::Level;
use super::suspect::Suspect;
use super::symptom::{self, Symptom};
use crate::engine::{Capabilities, RunError};
use crate::faults::{FAULTS, Fault};
use crate::observed::{Observation, meanings};
use crate::scenario::CLOCK;
use crate::shuffle::{seed as seed_of, shuffle};

/// What else it may be, at most.
const OTHERS: usize = 5;

/// How many of them are chosen because the line can mean them, at most.
const MEANT: usize = 3;

/// Days over which the mysteries are spread, so that no date is known by heart.
const SPREAD: u64 = 400;
const DAY: u64 = 86_400;

/// Something is wrong, and only what a client prints is known.
pub struct Mystery {
    /// Its level.
    pub level: &'static Level,
    /// Its seed.
    pub seed: u64,
    /// The first thing shown.
    pub symptom: Symptom,
    /// The commands that may be run: those that have an answer whatever is the cause.
    pub inspections: Vec<&'static Inspection>,
    /// What it may be, in an order that tells nothing: the cause is among them.
    pub candidates: Vec<&'static Fault>,
    /// What may be done about it: the fixes of all candidates, each text once, in an order that tells nothing.
    pub fixes: Vec<&'static str>,
    cause: Suspect,
    others: Vec<Suspect>,
}

impl Mystery {
    /// The mystery of this level and seed; `None` if no fault is fit for the level.
    ///
    /// # Errors
    /// A run cannot be made, or needs more than these capabilities.
    pub fn drawn(
        level: &'static Level,
        seed: u64,
        observed: &[Observation],
        capabilities: Capabilities,
    ) -> Result<Option<Mystery>, RunError> {
        let draw = seed_of(level.id, seed);
        let mut faults = FAULTS.to_vec();
        shuffle(&mut faults, draw);
        let suspect = |fault| Suspect::new(fault, seed, CLOCK + draw % SPREAD * DAY, capabilities);
        for fault in &faults {
            let Some(cause) = suspect(fault) else { continue };
            if !(level.is_cause)(&cause)? {
                continue;
            }
            let Some(symptom) = symptom::of(level, &cause, observed, draw)? else { continue };
            let mut inspections = Vec::new();
            for one in INSPECTIONS {
                if one.answer(&cause)?.is_some() {
                    inspections.push(one);
                }
            }
            // Some that the line can mean come first. A code alone can mean anything of its level.
            let mut meant = meanings(&symptom.line, observed);
            shuffle(&mut meant, draw);
            let most = if level.only_code_of.is_some() { 0 } else { MEANT };
            let first: Vec<&Fault> = meant.iter().map(|meaning| meaning.fault).take(most).collect();
            let mut asked: Vec<&str> = vec![fault.id];
            let mut others = Vec::new();
            for other in first.into_iter().chain(faults.iter().copied()) {
                if asked.contains(&other.id) {
                    continue;
                }
                asked.push(other.id);
                if others.len() == OTHERS {
                    break;
                }
                let Some(other) = suspect(other) else { continue };
                if is_worth_asking(level, &inspections, &cause, &other)? {
                    others.push(other);
                }
            }
            if !others.is_empty() {
                return Ok(Some(Mystery::of(level, seed, symptom, inspections, cause, others)));
            }
        }
        Ok(None)
    }

    fn of(
        level: &'static Level,
        seed: u64,
        symptom: Symptom,
        inspections: Vec<&'static Inspection>,
        cause: Suspect,
        others: Vec<Suspect>,
    ) -> Mystery {
        let mut candidates: Vec<&'static Fault> =
            [&cause].into_iter().chain(&others).map(|one| one.fault).collect();
        shuffle(&mut candidates, seed_of("candidates", seed));
        let mut fixes: Vec<&'static str> = Vec::new();
        for fix in candidates.iter().map(|fault| fault.words().fix) {
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        shuffle(&mut fixes, seed_of("fixes", seed));
        Mystery { level, seed, symptom, inspections, candidates, fixes, cause, others }
    }

    /// The host or address that the client asks for.
    pub fn host(&self) -> &str {
        self.cause.host()
    }

    /// When it was reported, in seconds since 1970: the true time, whatever the client's clock shows.
    pub fn reported(&self) -> u64 {
        self.cause.scenario.clock
    }

    /// The cause: part of the answer key.
    pub fn cause(&self) -> &Suspect {
        &self.cause
    }

    /// What else it might have been.
    pub fn others(&self) -> &[Suspect] {
        &self.others
    }

    /// A command as it is written here.
    pub fn line(&self, inspection: &Inspection) -> String {
        inspection.line(&self.cause)
    }

    /// What a command prints; `None` for one that may not be run here.
    ///
    /// # Errors
    /// A run cannot be made.
    pub fn run(&self, inspection: &Inspection) -> Result<Option<String>, RunError> {
        if !self.inspections.iter().any(|one| one.id == inspection.id) {
            return Ok(None);
        }
        inspection.answer(&self.cause)
    }

    /// The candidates that these commands tell from the cause.
    ///
    /// # Errors
    /// A run cannot be made.
    pub fn ruled_out(&self, used: &[&Inspection]) -> Result<Vec<&'static Fault>, RunError> {
        let mut found = Vec::new();
        for other in &self.others {
            if evidence::tells_apart(used, &self.cause, other)? {
                found.push(other.fault);
            }
        }
        Ok(found)
    }

    /// The fewest commands that tell the cause from all other candidates.
    ///
    /// # Errors
    /// A run cannot be made.
    pub fn fewest(&self) -> Result<Vec<&'static Inspection>, RunError> {
        let set = evidence::fewest(&self.inspections, &self.cause, &self.others)?;
        Ok(set.unwrap_or_default())
    }

    /// What a good answer says: what is wrong, how that comes about, and what to do.
    pub fn model_answer(&self) -> String {
        let words = self.cause.fault.words();
        format!("{}\n{}\nTo do: {}", words.summary, words.cause, words.fix)
    }

    /// The lines of a command's answer that it would not have for most of the other candidates.
    ///
    /// # Errors
    /// A run cannot be made.
    pub fn telling_lines(&self, inspection: &Inspection) -> Result<Vec<String>, RunError> {
        let Some(answer) = inspection.answer(&self.cause)? else { return Ok(Vec::new()) };
        let mut others = Vec::new();
        for other in &self.others {
            let answer = inspection.answer(other)?.unwrap_or_default();
            others.push(answer.lines().map(|line| inspection.read(line)).collect::<Vec<_>>());
        }
        let is_telling = |line: &&str| {
            let line = inspection.read(line);
            let having = others.iter().filter(|lines| lines.contains(&line)).count();
            having * 2 < others.len()
        };
        let is_base64 = |line: &str| line.len() > 20 && !line.contains([' ', ':', '\t']);
        let lines = answer.lines().filter(is_telling).filter(|line| !is_base64(line));
        Ok(lines.map(str::to_owned).collect())
    }
}

/// Whether something else may be asked about beside the cause: it is of the level, shows, has an answer to every
/// command, and can be told from the cause.
fn is_worth_asking(
    level: &Level,
    inspections: &[&Inspection],
    cause: &Suspect,
    other: &Suspect,
) -> Result<bool, RunError> {
    if !(level.is_other)(other)? || !other.fails()? {
        return Ok(false);
    }
    Ok(evidence::told(inspections, other)?.is_some()
        && evidence::tells_apart(inspections, cause, other)?)
}
