//! What can be broken: one file and one line in [`FAULTS`] each.
//!
//! A fault says what is done to the set-up and tells of it in words. What then happens (who
//! notices, which alert, which error text) is not said here: it comes out of the run.

mod cert_expired;
mod client_cert_missing;
mod hostname_mismatch;

use super::setup::Setup;
use crate::scenario::Scenario;

/// All faults, in the order a menu shows them.
pub const FAULTS: &[&Fault] =
    &[&cert_expired::FAULT, &hostname_mismatch::FAULT, &client_cert_missing::FAULT];

/// The words of all faults, by their ids.
const WORDS: &[(&str, &Words)] = &[
    (cert_expired::FAULT.id, &cert_expired::WORDS),
    (hostname_mismatch::FAULT.id, &hostname_mismatch::WORDS),
    (client_cert_missing::FAULT.id, &client_cert_missing::WORDS),
];

/// Something that can be broken.
#[derive(Debug)]
pub struct Fault {
    /// The text form: what links and `--set fault=` take.
    pub id: &'static str,
    /// What a menu shows.
    pub title: &'static str,
    /// What it needs of a scenario: set when the fault is chosen.
    pub prepare: fn(&mut Scenario),
    /// Whether it can happen in this scenario.
    ///
    /// # Errors
    /// What the scenario would have to be.
    pub applies: fn(&Scenario) -> Result<(), &'static str>,
    /// Breaks the set-up.
    pub apply: fn(&mut Setup),
}

/// What is told of a fault. Apart from it, so that the page loads the words with the screen that shows
/// them.
#[derive(Debug)]
pub struct Words {
    /// One sentence: what is wrong.
    pub summary: &'static str,
    /// How it comes about in practice.
    pub cause: &'static str,
    /// How to see it from outside. `HOST` and `PORT` stand for the server's.
    pub symptoms: &'static [Command],
    /// What to do about it, in words.
    pub fix: &'static str,
    /// How to do it, and how to see that it is done.
    pub fix_commands: &'static [Command],
}

/// A shell command with what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// One sentence: what it shows or does.
    pub what: &'static str,
    /// The command.
    pub line: &'static str,
}

impl Fault {
    /// The fault with this id.
    pub fn find(id: &str) -> Option<&'static Fault> {
        FAULTS.iter().copied().find(|fault| fault.id == id)
    }

    /// What is told of it.
    pub fn words(&self) -> &'static Words {
        let row = WORDS.iter().find(|row| row.0 == self.id);
        row.expect("every fault has its words").1
    }
}

/// For faults that need nothing of the scenario.
fn nothing(_: &mut Scenario) {}

/// For faults that can happen in every scenario.
fn always(_: &Scenario) -> Result<(), &'static str> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_fault_has_its_words() {
        for fault in super::FAULTS {
            assert!(!fault.words().summary.is_empty());
        }
    }
}
