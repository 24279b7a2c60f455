//! Rounds of interview prompts: which, from a level, a length and a seed. The address holds these, so whoever
//! opens it is asked the same.

use super::built::PromptCard;
use super::interview::LEVELS;
use crate::shuffle::{seed, shuffle};
use std::collections::BTreeSet;
use std::fmt;

/// What of the interviews is shown: the rest of the address, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InterviewPage {
    /// The choice of a round, and the list of prompts.
    List,
    /// One prompt, by its id.
    Prompt(String),
    /// A round.
    Round(Round),
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// One of [`LEVELS`].
    pub level: &'static str,
    /// How long it may take.
    pub minutes: usize,
    /// What its prompts are drawn with.
    pub seed: u64,
}

/// The first part of a round's address.
const ROUND: &str = "round";

impl InterviewPage {
    /// Reads it.
    ///
    /// # Errors
    /// What a round's address must hold, in a sentence.
    pub fn parse(text: &str) -> Result<InterviewPage, String> {
        let parts: Vec<&str> = text.split('/').collect();
        let round = |parts: &[&str]| {
            let &[level, minutes, seed] = parts else { return None };
            let level = LEVELS.into_iter().find(|known| *known == level)?;
            let minutes = minutes.parse().ok().filter(|minutes| *minutes > 0)?;
            Some(Round { level, minutes, seed: seed.parse().ok()? })
        };
        match parts.as_slice() {
            [""] => Ok(InterviewPage::List),
            [ROUND, rest @ ..] => round(rest).map(InterviewPage::Round).ok_or_else(|| {
                format!(
                    "The address of a round holds its level ({}), its minutes and its seed, as in {ROUND}/{}/30/7.",
                    LEVELS.join(", "),
                    LEVELS[0]
                )
            }),
            _ => Ok(InterviewPage::Prompt(text.to_owned())),
        }
    }
}

/// As in the address.
impl fmt::Display for InterviewPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InterviewPage::List => Ok(()),
            InterviewPage::Prompt(id) => f.write_str(id),
            InterviewPage::Round(Round { level, minutes, seed }) => {
                write!(f, "{ROUND}/{level}/{minutes}/{seed}")
            }
        }
    }
}

impl Round {
    /// Its prompts, of those that there are: of its level, each theme once before any comes again, and no more
    /// than its minutes hold; one where even the shortest takes longer.
    pub fn draw<'a>(&self, cards: &'a [PromptCard]) -> Vec<&'a PromptCard> {
        let mut own: Vec<&PromptCard> =
            cards.iter().filter(|card| card.level == self.level).collect();
        shuffle(&mut own, seed(self.level, self.seed));
        let mut seen = BTreeSet::new();
        let (fresh, again): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|card| seen.insert(card.theme.as_str()));
        let all: Vec<&PromptCard> = fresh.into_iter().chain(again).collect();
        let mut left = self.minutes;
        let mut drawn: Vec<&PromptCard> = Vec::new();
        for card in &all {
            if let Some(rest) = left.checked_sub(card.minutes) {
                left = rest;
                drawn.push(card);
            }
        }
        if drawn.is_empty() {
            drawn.extend(all.into_iter().min_by_key(|card| card.minutes));
        }
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards() -> Vec<PromptCard> {
        let card = |number: usize| PromptCard {
            id: format!("p{number}"),
            level: LEVELS[number % 2].into(),
            theme: format!("theme {}", number % 5),
            minutes: 3 + number % 4,
            ask: String::new(),
        };
        (0..40).map(card).collect()
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for text in ["", "what-https-gives", "round/mid/30/7", "round/staff/5/0"] {
            assert_eq!(InterviewPage::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["round", "round/", "round/mid", "round/mid/0/7", "round/king/30/7", "round/mid/30/7/8"]
        {
            assert!(InterviewPage::parse(text).unwrap_err().contains("junior, mid"), "{text}");
        }
    }

    #[test]
    fn a_round_holds_its_time_and_its_level_and_is_the_same_for_the_same_seed() {
        let cards = cards();
        let round = |seed, minutes| Round { level: LEVELS[1], minutes, seed };
        let mut others = 0;
        for seed in 0..20 {
            let drawn = round(seed, 30).draw(&cards);
            assert_eq!(drawn, round(seed, 30).draw(&cards));
            assert!(drawn.iter().all(|card| card.level == LEVELS[1]));
            let minutes: usize = drawn.iter().map(|card| card.minutes).sum();
            assert!((28..=30).contains(&minutes), "{minutes}");
            let ids: BTreeSet<_> = drawn.iter().map(|card| &card.id).collect();
            assert_eq!(ids.len(), drawn.len());
            let themes: BTreeSet<_> = drawn.iter().map(|card| &card.theme).collect();
            assert_eq!(themes.len(), 5, "each theme before any comes again");
            others += usize::from(drawn != round(seed + 1, 30).draw(&cards));
        }
        assert!(others > 15);
    }

    #[test]
    fn a_round_too_short_for_any_prompt_has_the_shortest() {
        let drawn = Round { level: LEVELS[0], minutes: 1, seed: 7 }.draw(&cards()).len();
        assert_eq!(drawn, 1);
    }
}
