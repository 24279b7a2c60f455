//! A step as it can be found again in another run, where the same message may have another number.

use super::{Phase, Step, Story};
use crate::trace::Endpoint;

/// What a step is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landmark {
    title: String,
    from: Endpoint,
    phase: Phase,
    /// How many steps before it have the same title and sender.
    nth: usize,
}

impl Story {
    /// What the step at this position is known by.
    pub fn landmark(&self, step: usize) -> Option<Landmark> {
        let Step { title, from, phase, .. } = self.steps.get(step)?;
        let like = |other: &&Step| other.title == *title && other.from == *from;
        let nth = self.steps.iter().take(step).filter(like).count();
        Some(Landmark { title: title.clone(), from: *from, phase: *phase, nth })
    }

    /// The step known by this; where there is none, the first of the same phase.
    pub fn find(&self, landmark: &Landmark) -> Option<usize> {
        let Landmark { title, from, phase, nth } = landmark;
        let like = self.steps.iter().filter(|step| step.title == *title && step.from == *from);
        let same = like.take(nth + 1).last();
        let near = || self.steps.iter().find(|step| step.phase == *phase);
        same.or_else(near).map(|step| step.index)
    }

    /// The first step whose title is written so in links: see [`title_word`].
    pub fn titled(&self, word: &str) -> Option<usize> {
        self.steps.iter().find(|step| title_word(&step.title) == word).map(|step| step.index)
    }
}

/// A title as links have it, in small letters with dashes: `client-hello`, `syn-ack`, `200-ok`.
pub fn title_word(title: &str) -> String {
    let mut word = String::new();
    let mut last = ' ';
    for letter in title.chars() {
        let begins = letter.is_ascii_uppercase() && last.is_ascii_lowercase();
        if begins || !last.is_ascii_alphanumeric() && letter.is_ascii_alphanumeric() {
            word.push('-');
        }
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        }
        last = letter;
    }
    word.trim_start_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::title_word;
    use crate::engine::Capabilities;
    use crate::run::Run;
    use crate::scenario::{PRESETS, Scenario};

    fn run(text: &str) -> Run {
        Run::new(&Scenario::parse(text).unwrap(), &Capabilities::all()).unwrap()
    }

    #[test]
    fn every_step_of_every_preset_is_found_again_where_it_is() {
        for preset in PRESETS {
            let run = run(preset.id);
            for step in 0..run.story().steps.len() {
                let landmark = run.story().landmark(step).unwrap();
                assert_eq!(run.story().find(&landmark), Some(step), "{} {landmark:?}", preset.id);
            }
        }
    }

    #[test]
    fn every_title_has_a_word_that_leads_to_its_first_step_and_is_no_number() {
        for preset in PRESETS {
            let run = run(preset.id);
            let steps = &run.story().steps;
            for step in steps {
                let word = title_word(&step.title);
                let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                assert!(!word.is_empty() && word.bytes().all(is_plain), "{word}");
                assert!(word.parse::<usize>().is_err(), "{word}");
                let first = steps.iter().find(|other| title_word(&other.title) == word);
                assert_eq!(run.story().titled(&word), first.map(|step| step.index));
            }
        }
        for (title, word) in [
            ("ClientHello", "client-hello"),
            ("SYN, ACK", "syn-ack"),
            ("GET /", "get"),
            ("200 OK", "200-ok"),
            ("close_notify", "close-notify"),
        ] {
            assert_eq!(title_word(title), word);
        }
    }

    #[test]
    fn another_version_keeps_the_message_and_what_it_lacks_gives_way_to_its_phase() {
        let (newer, older) = (run("tls13"), run("tls12"));
        for step in &newer.story().steps {
            let found = older.story().find(&newer.story().landmark(step.index).unwrap());
            let found = &older.story().steps[found.unwrap()];
            let same =
                |other: &&crate::story::Step| other.title == step.title && other.from == step.from;
            if older.story().steps.iter().any(|other| same(&other)) {
                assert_eq!(found.title, step.title);
            } else {
                assert_eq!(found.phase, step.phase, "{}", step.title);
            }
        }
    }
}
