//! The other screens that a page can show in place of the lab, as a table.

use crate::route::{FaultList, Page, Race, RecipeLink};

/// A screen beside the lab.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// What a lesson calls it.
    pub word: &'static str,
    /// What it is called on the page.
    pub title: &'static str,
    /// What one sees there, in a sentence.
    pub lead: &'static str,
    /// Whether it needs a second scenario under `with`.
    pub needs_other: bool,
    /// Whether it is the lab, about a run that must have a gateway.
    pub has_gateway: bool,
    /// Its address, with the page's scenario and the one under `with`.
    page: fn(&str, Option<&str>) -> Page,
}

/// All of them.
pub const SCREENS: &[Screen] = &[
    Screen {
        word: "race",
        title: "The race",
        lead: "Connections side by side on one time axis: when each one's first byte of the answer is there.",
        needs_other: false,
        has_gateway: false,
        page: |own, other| match other {
            Some(other) => Page::Race(Race { lanes: format!("{own},{other}"), ..Race::default() }),
            None => Page::Race(Race::default()),
        },
    },
    Screen {
        word: "compare",
        title: "Two runs compared",
        lead: "Two connections step beside step, with every field that differs.",
        needs_other: true,
        has_gateway: false,
        page: |own, other| Page::Compare(own.into(), other.unwrap_or_default().into()),
    },
    Screen {
        word: "stolen",
        title: "The stolen key",
        lead: "Recorded connections, and what the server's private key opens of them.",
        needs_other: false,
        has_gateway: false,
        page: |own, other| Page::StolenKey(own.into(), other.unwrap_or_default().into()),
    },
    Screen {
        word: "gateway",
        title: "Client, gateway and service",
        lead: "Two connections at once, and who can read what on which of them.",
        needs_other: false,
        has_gateway: true,
        page: |own, _| Page::Lab(own.into()),
    },
    Screen {
        word: "break",
        title: "Break & fix",
        lead: "Everything that can be broken here, with who notices it.",
        needs_other: false,
        has_gateway: false,
        page: |_, _| Page::Faults(FaultList::default()),
    },
    Screen {
        word: "certificates",
        title: "An authority of your own",
        lead: "Root, intermediate, request, certificate, bundle and stores, made step by step in the browser, with the openssl and keytool commands that make the same.",
        needs_other: false,
        has_gateway: false,
        page: |_, _| Page::Certificates(Some(RecipeLink::default())),
    },
];

/// Each has a word of its own.
impl PartialEq for Screen {
    fn eq(&self, other: &Screen) -> bool {
        self.word == other.word
    }
}

impl Eq for Screen {}

impl Screen {
    /// The screen that a lesson calls `word`.
    pub fn called(word: &str) -> Option<&'static Screen> {
        SCREENS.iter().find(|screen| screen.word == word)
    }

    /// Its address, about the scenario `own` of the page and the `other` beside it.
    pub fn page(&self, own: &str, other: Option<&str>) -> Page {
        (self.page)(own, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Route;

    #[test]
    fn every_screen_has_an_address_that_leads_there_and_is_named_to_those_who_write_lessons() {
        let manual = include_str!("../../lessons/README.md");
        let line = manual.lines().find(|line| line.starts_with("    screen = ")).unwrap();
        for screen in SCREENS {
            assert_eq!(Screen::called(screen.word), Some(screen));
            assert!(line.contains(screen.word), "{line}: no {}", screen.word);
            for other in [None, Some("tls12+seed=3")] {
                let page = screen.page("tls13+alpn=h2,http/1.1", other);
                let link = page.clone().href();
                assert_eq!(Route::parse(&link).unwrap().page, page, "{link}");
            }
        }
    }
}
