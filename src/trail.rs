//! Where a person was in each place, and where they came from: so that a tab leads back to where one was,
//! and the run goes along from one view of it to the next.

use crate::compare::pairs::canonical;
use crate::race;
use crate::route::{Page, Place, Race, Route, View};
use crate::scenario::{Gateway, Scenario};

/// A way to look at a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Step by step.
    Connection,
    /// Beside another.
    Compare,
    /// Against others on one time axis.
    Race,
    /// Recorded, and opened with the server's stolen key.
    StolenKey,
    /// With a gateway between client and service.
    Gateway,
}

impl Look {
    /// All, in the order of their tabs.
    pub const ALL: [Look; 5] =
        [Look::Connection, Look::Compare, Look::Race, Look::StolenKey, Look::Gateway];

    /// What stands on its tab.
    pub const fn label(self) -> &'static str {
        match self {
            Look::Connection => "Connection",
            Look::Compare => "Compare",
            Look::Race => "Race",
            Look::StolenKey => "Stolen key",
            Look::Gateway => "Gateway",
        }
    }

    /// The one that a page is; `None` for those that are none.
    pub fn of(page: &Page) -> Option<Look> {
        match page {
            Page::Lab(text) => {
                let has_gateway = |scenario: Scenario| scenario.gateway != Gateway::None;
                let is_gateway = Scenario::parse(text).is_ok_and(has_gateway);
                Some(if is_gateway { Look::Gateway } else { Look::Connection })
            }
            Page::Compare(..) => Some(Look::Compare),
            Page::Race(_) => Some(Look::Race),
            Page::StolenKey(..) => Some(Look::StolenKey),
            _ => None,
        }
    }

    /// This look at the run of `text`. What cannot be together with a gateway gives way to it.
    fn at(self, text: &str) -> Page {
        let gateway = |kind: Gateway| {
            let other = Scenario::parse(text).and_then(|s| s.choose("gateway", kind.id()));
            Page::Lab(other.map_or_else(|_| text.to_owned(), |scenario| scenario.text()))
        };
        match self {
            Look::Connection => gateway(Gateway::None),
            Look::Gateway => gateway(Gateway::Terminate),
            Look::Compare => Page::Compare(text.into(), String::new()),
            Look::StolenKey => Page::StolenKey(text.into(), String::new()),
            Look::Race => {
                let others = race::DEFAULT.into_iter().filter(|other| *other != text);
                let lanes: Vec<&str> = std::iter::once(text).chain(others).collect();
                let count = lanes.len().min(*race::LANES.end());
                // One of the usual lanes is not raced against the rest in an order of its own.
                let usual = race::DEFAULT.contains(&text);
                let lanes = lanes.get(..count).filter(|_| !usual).map(|lanes| lanes.join(","));
                lanes.map_or_else(
                    || Page::Race(Race::default()),
                    |lanes| Page::Race(Race { lanes, ..Race::default() }),
                )
            }
        }
    }
}

/// What is remembered of the way here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    /// What was last seen of each kind of page, the latest last; those of a look by the look.
    seen: Vec<Route>,
    /// The lesson, the fault, the mystery or what is beside the lessons that led to another place.
    from: Option<Route>,
}

impl Trail {
    /// Notes that the person goes from `before` to `now`.
    pub fn note(&mut self, before: Option<&Route>, now: &Route) {
        self.seen.retain(|seen| !is_alike(&seen.page, &now.page));
        self.seen.push(now.clone());
        let led = |before: &&Route| {
            // A word of a lesson is looked up in the same place.
            let beside = matches!((&before.page, &now.page), (Page::Lesson(..), Page::Study(..)));
            let leads = matches!(
                before.page,
                Page::Lesson(..) | Page::Fault(..) | Page::Study(..) | Page::Diagnose(_)
            );
            leads
                && now
                    .page
                    .place()
                    .is_some_and(|place| beside || before.page.place() != Some(place))
        };
        let from_study = matches!(self.from, Some(Route { page: Page::Study(..), .. }));
        match (&now.page, before.filter(led)) {
            (Page::Lesson(..) | Page::Fault(..), _) => self.from = None,
            (_, Some(before)) => self.from = Some(before.clone()),
            (Page::Study(..), None) if from_study => self.from = None,
            _ => {}
        }
    }

    /// The latest of the pages that `is` holds for, as it was left.
    pub fn last(&self, is: impl Fn(&Page) -> bool) -> Option<&Route> {
        self.seen.iter().rev().find(|seen| is(&seen.page))
    }

    /// The lesson or the fault that the person came from.
    pub fn from(&self) -> Option<&Route> {
        self.from.as_ref()
    }

    /// Forgets where the person came from.
    pub fn forget_from(&mut self) {
        self.from = None;
    }

    /// Where a place's tab leads from `here`: to where one was in it, and from a page of it to its root. In
    /// the lab that is the run that is looked at.
    pub fn place(&self, place: Place, here: &Page) -> Route {
        if here.place() == Some(place) {
            return match place {
                Place::Lab => self.look(Look::Connection, here),
                _ => fresh(place.root()),
            };
        }
        let seen = self.last(|page| page.place() == Some(place));
        seen.cloned().unwrap_or_else(|| fresh(place.root()))
    }

    /// Where a look's tab leads from `here`: to where one was with the same run, or else to this run.
    pub fn look(&self, look: Look, here: &Page) -> Route {
        let runs = |page: &Page| -> Vec<String> {
            page.scenarios().iter().map(|text| canonical(text)).collect()
        };
        let mut texts = runs(here);
        let Some(text) = texts.first().cloned() else {
            return fresh(look.at(&Scenario::default().text()));
        };
        // With a gateway it is another run, and without one.
        texts.extend(runs(&look.at(&text)));
        let has_run = |seen: &&Route| {
            Look::of(&seen.page) == Some(look)
                && match look {
                    // These name one run, which may be any of those here.
                    Look::Connection | Look::Gateway => {
                        runs(&seen.page).iter().any(|own| texts.contains(own))
                    }
                    _ => runs(&seen.page).contains(&text),
                }
        };
        let seen = self.seen.iter().rev().find(has_run);
        seen.cloned().unwrap_or_else(|| fresh(look.at(&text)))
    }
}

/// Whether one is remembered in the place of the other.
fn is_alike(a: &Page, b: &Page) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && Look::of(a) == Look::of(b)
}

fn fresh(page: Page) -> Route {
    Route { page, view: View::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A walk over these links.
    fn walk(links: &[&str]) -> (Trail, Page) {
        let routes: Vec<Route> = links.iter().map(|link| Route::parse(link).unwrap()).collect();
        let mut trail = Trail::default();
        for (at, route) in routes.iter().enumerate() {
            trail.note(at.checked_sub(1).map(|before| &routes[before]), route);
        }
        (trail, routes.last().unwrap().page.clone())
    }

    #[track_caller]
    fn place(links: &[&str], place: Place, leads: &str) {
        let (trail, here) = walk(links);
        assert_eq!(trail.place(place, &here).to_string(), leads, "{links:?}");
    }

    #[track_caller]
    fn look(links: &[&str], look: Look, leads: &str) {
        let (trail, here) = walk(links);
        assert_eq!(trail.look(look, &here).to_string(), leads, "{links:?}");
    }

    #[test]
    fn a_tab_returns_to_where_one_was() {
        place(&["#/lab/tls12-mtls?step=7", "#/learn"], Place::Lab, "#/lab/tls12-mtls?step=7");
        place(
            &["#/lab/tls12?step=7", "#/race", "#/learn"],
            Place::Lab,
            "#/race/tls12/tls13/tls13-0rtt/tls13-keepalive?rtt=80",
        );
        place(&["#/learn/a/5", "#/lab/tls13"], Place::Learn, "#/learn/a/5");
        place(
            &["#/break/cert-expired?step=9", "#/learn"],
            Place::Fix,
            "#/break/cert-expired?step=9",
        );
        place(&["#/"], Place::Lab, "#/lab/tls13");
        place(&["#/"], Place::Fix, "#/break");
    }

    #[test]
    fn the_tab_of_the_place_one_is_in_leads_to_its_root() {
        place(&["#/learn", "#/learn/a/5"], Place::Learn, "#/learn");
        place(&["#/break/cert-expired?step=9"], Place::Fix, "#/break");
        place(&["#/lab/tls12?step=7", "#/compare/tls12"], Place::Lab, "#/lab/tls12?step=7");
        place(&["#/lab/tls12?step=7"], Place::Lab, "#/lab/tls12?step=7");
    }

    #[test]
    fn a_look_takes_the_run_along() {
        look(&["#/lab/tls12-mtls?step=7"], Look::Compare, "#/compare/tls12-mtls");
        look(&["#/lab/tls12-rsa"], Look::StolenKey, "#/stolen-key/tls12-rsa");
        look(&["#/lab/tls12-mtls"], Look::Race, "#/race/tls12-mtls/tls12/tls13/tls13-0rtt?rtt=80");
        look(&["#/lab/tls13"], Look::Race, "#/race/tls12/tls13/tls13-0rtt/tls13-keepalive?rtt=80");
        look(&["#/lab/tls12?step=7"], Look::Gateway, "#/lab/tls12+gateway=terminate");
        look(&["#/break/cert-expired/tls12"], Look::Compare, "#/compare/tls12+fault=cert-expired");
        look(&["#/compare/tls12-mtls/tls13"], Look::Connection, "#/lab/tls12-mtls");
    }

    #[test]
    fn a_look_returns_to_where_one_was_with_the_same_run() {
        look(
            &["#/lab/tls12?step=7", "#/lab/tls12+gateway=terminate"],
            Look::Connection,
            "#/lab/tls12?step=7",
        );
        look(
            &["#/lab/tls12?step=7", "#/compare/tls13/tls12"],
            Look::Connection,
            "#/lab/tls12?step=7",
        );
        look(
            &["#/compare/tls12/tls13?sel=3", "#/lab/tls13"],
            Look::Compare,
            "#/compare/tls12/tls13?sel=3",
        );
        look(
            &["#/compare/tls12/tls13?sel=3", "#/lab/tls13-mtls"],
            Look::Compare,
            "#/compare/tls13-mtls",
        );
    }

    #[test]
    fn a_way_leads_back_to_the_lesson_or_the_fault_one_came_from() {
        let from = |links: &[&str]| walk(links).0.from().map(ToString::to_string);
        assert_eq!(from(&["#/learn/a/5", "#/lab/tls13"]).as_deref(), Some("#/learn/a/5"));
        assert_eq!(from(&["#/learn/a/5", "#/lab/tls13", "#/race"]).as_deref(), Some("#/learn/a/5"));
        let fault = "#/break/cert-expired?step=9";
        assert_eq!(from(&[fault, "#/compare/tls13/cert-expired"]).as_deref(), Some(fault));
        assert_eq!(from(&[fault, "#/break"]), None);
        assert_eq!(from(&[fault, "#/lab/tls13", fault]), None);
        assert_eq!(from(&["#/learn/a/5", "#/"]), None);
        assert_eq!(from(&["#/lab/tls13", "#/race"]), None);
    }
}
