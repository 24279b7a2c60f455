//! The panels beside a step, as a table: what stands for each in links and lessons, and what is on its tab.
//!
//! A panel is one row here, its view in `src/ui/lab/panels/`, and an arm there that joins both.

/// How the rows of the table become [`Panel`].
macro_rules! panels {
    ($($name:ident $word:literal, $label:literal: $lead:literal;)*) => {
        /// A panel.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Panel { $(#[doc = $lead] $name,)* }

        impl Panel {
            /// All panels, in the order of their tabs.
            pub const ALL: &'static [Panel] = &[$(Panel::$name,)*];

            /// The word that stands for it in a link and in a lesson.
            pub const fn word(self) -> &'static str {
                match self { $(Panel::$name => $word,)* }
            }

            /// What stands on its tab.
            pub const fn label(self) -> &'static str {
                match self { $(Panel::$name => $label,)* }
            }

            /// The line that says what it is for.
            pub const fn lead(self) -> &'static str {
                match self { $(Panel::$name => $lead,)* }
            }
        }
    };
}

panels! {
    Keys "keys", "Keys": "How each secret follows from others. Filled: known by now.";
    Certificates "certificates", "Certificates": "Who each end says it is, and who vouches for it.";
    Checks "checks", "Checks": "What each end made sure of, up to this step.";
    Errors "errors", "Errors": "What went wrong for each end, what it told the other, and how it finished.";
    Transcript "transcript", "Transcript": "The running hash over every handshake message so far.";
    Tcp "tcp", "TCP": "The connection underneath, up to this step.";
    Knows "knows", "Knows": "Who can know what, up to this step.";
}

impl Panel {
    /// The panel that `word` stands for.
    pub fn from_word(word: &str) -> Option<Panel> {
        Panel::ALL.iter().copied().find(|panel| panel.word() == word)
    }
}

/// The first of the table: what a lesson shows where it names none.
impl Default for Panel {
    fn default() -> Panel {
        const { Panel::ALL[0] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_is_found_by_its_word_and_named_to_those_who_write_lessons() {
        let manual = include_str!("../lessons/README.md");
        let line = manual.lines().find(|line| line.starts_with("    panel = ")).unwrap();
        for panel in Panel::ALL {
            assert_eq!(Panel::from_word(panel.word()), Some(*panel));
            assert!(line.contains(panel.word()), "{line}: no {}", panel.word());
        }
        assert_eq!(Panel::from_word("cake"), None);
    }
}
