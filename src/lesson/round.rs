//! Rounds of interview prompts: which, from a level, a theme, a length and a seed. The address holds these, so
//! whoever opens it is asked the same.

use super::built::PromptCard;
use super::interview::{LEVELS, THEMES, theme_name};
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
    /// One of [`LEVELS`]; `None` for all of them.
    pub level: Option<&'static str>,
    /// One of [`THEMES`]; `None` for all of them.
    pub theme: Option<&'static str>,
    /// How long it may take.
    pub minutes: usize,
    /// What its prompts are drawn with.
    pub seed: u64,
}

/// The first part of a round's address.
const ROUND: &str = "round";

/// Stands where a level would, for all of them.
const ALL: &str = "all";

/// The one of `known` that is this word.
fn one_of(known: &[&'static str], word: &str) -> Option<&'static str> {
    known.iter().copied().find(|one| *one == word)
}

impl InterviewPage {
    /// Reads it.
    ///
    /// # Errors
    /// What a round's address must hold, in a sentence.
    pub fn parse(text: &str) -> Result<InterviewPage, String> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [""] => Ok(InterviewPage::List),
            [ROUND, rest @ ..] => Round::read(rest).map(InterviewPage::Round).ok_or_else(|| {
                format!(
                    "The address of a round holds its level ({}, or {ALL}), its minutes and its seed, as in {ROUND}/{}/30/7; before the minutes it may have a theme ({}).",
                    LEVELS.join(", "),
                    LEVELS[0],
                    THEMES.join(", ")
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
            InterviewPage::Round(Round { level, theme, minutes, seed }) => {
                write!(f, "{ROUND}/{}", level.unwrap_or(ALL))?;
                theme.iter().try_for_each(|theme| write!(f, "/{theme}"))?;
                write!(f, "/{minutes}/{seed}")
            }
        }
    }
}

impl Round {
    fn read(parts: &[&str]) -> Option<Round> {
        let (level, theme, minutes, seed) = match *parts {
            [level, minutes, seed] => (level, None, minutes, seed),
            [level, theme, minutes, seed] => (level, Some(theme), minutes, seed),
            _ => return None,
        };
        let level = match level {
            ALL => None,
            word => Some(one_of(&LEVELS, word)?),
        };
        let theme = match theme {
            None => None,
            Some(word) => Some(one_of(&THEMES, word)?),
        };
        let minutes = minutes.parse().ok().filter(|minutes| *minutes > 0)?;
        Some(Round { level, theme, minutes, seed: seed.parse().ok()? })
    }

    /// What it is called: `mid round about TCP of 30 minutes, seed 7`.
    pub fn name(&self) -> String {
        let level = self.level.map(|level| format!("{level} ")).unwrap_or_default();
        let theme = self.theme.map(|theme| format!(" about {}", theme_name(theme)));
        let theme = theme.unwrap_or_default();
        format!("{level}round{theme} of {} minutes, seed {}", self.minutes, self.seed)
    }

    /// Whether a prompt is of its level and its theme.
    pub fn takes(&self, card: &PromptCard) -> bool {
        self.level.is_none_or(|level| card.level == level)
            && self.theme.is_none_or(|theme| card.theme == theme)
    }

    /// Its prompts, of those that there are: of its level and theme, each theme once before any comes again, and no more
    /// than its minutes hold; one where even the shortest takes longer.
    pub fn draw<'a>(&self, cards: &'a [PromptCard]) -> Vec<&'a PromptCard> {
        let mut own: Vec<&PromptCard> = cards.iter().filter(|card| self.takes(card)).collect();
        shuffle(&mut own, seed(self.level.unwrap_or(ALL), self.seed));
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
            theme: THEMES[number % 5].into(),
            minutes: 3 + number % 4,
            ask: String::new(),
        };
        (0..40).map(card).collect()
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for text in [
            "",
            "what-https-gives",
            "round/mid/30/7",
            "round/staff/5/0",
            "round/all/30/7",
            "round/mid/keys/30/7",
            "round/all/mutual-tls/15/0",
        ] {
            assert_eq!(InterviewPage::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "round",
            "round/",
            "round/mid",
            "round/mid/0/7",
            "round/king/30/7",
            "round/mid/30/7/8",
            "round/mid/cats/30/7",
            "round/keys/30/7",
            "round/mid/keys/30/7/8",
        ] {
            assert!(InterviewPage::parse(text).unwrap_err().contains("junior, mid"), "{text}");
        }
    }

    #[test]
    fn a_round_holds_its_time_and_its_level_and_is_the_same_for_the_same_seed() {
        let cards = cards();
        let round = |seed, minutes| Round { level: Some(LEVELS[1]), theme: None, minutes, seed };
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
        let drawn =
            Round { level: Some(LEVELS[0]), theme: None, minutes: 1, seed: 7 }.draw(&cards()).len();
        assert_eq!(drawn, 1);
    }

    #[test]
    fn a_round_about_a_theme_has_no_other_and_one_of_all_levels_has_several() {
        let (cards, theme) = (cards(), Some(THEMES[2]));
        let of = |level| Round { level, theme, minutes: 60, seed: 7 }.draw(&cards).to_vec();
        let (mid, all) = (of(Some(LEVELS[1])), of(None));
        for drawn in [&mid, &all] {
            assert!(drawn.len() > 1 && drawn.iter().all(|card| card.theme == THEMES[2]));
        }
        let levels = |drawn: &[&PromptCard]| {
            drawn.iter().map(|card| card.level.clone()).collect::<BTreeSet<_>>().len()
        };
        assert_eq!((levels(&mid), levels(&all)), (1, 2));
        let none = Round { level: None, theme: Some(THEMES[9]), minutes: 60, seed: 7 };
        assert!(none.draw(&cards).is_empty());
    }

    #[test]
    fn a_round_says_what_it_is() {
        let round = |level, theme| Round { level, theme, minutes: 30, seed: 7 }.name();
        assert_eq!(round(Some("mid"), Some("tcp")), "mid round about TCP of 30 minutes, seed 7");
        assert_eq!(round(None, None), "round of 30 minutes, seed 7");
    }
}
