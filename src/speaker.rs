//! What whoever presents has in a second window: what there is to say of what the first one shows, and what the two
//! say to each other.

use crate::route::{Perspective, View};
use crate::run::Run;
use crate::story::whole;
use std::fmt;

/// What there is to say of a step. Texts have the marks of a story: `**bold**` and `` `code` ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// What the step is called.
    pub title: String,
    /// Where it is: `step 5 of 19`; empty for the connection as a whole.
    pub place: String,
    /// All that is told of it, by paragraphs.
    pub told: Vec<String>,
    /// What the next step is called; `None` at the end.
    pub next: Option<String>,
}

impl Saying {
    /// What there is to say of what `view` shows of the run: of everything that happened, also where the room sees
    /// it as an eavesdropper does.
    pub fn of(run: &Run, view: &View) -> Saying {
        let story = run.story();
        let last = story.steps.len().saturating_sub(1);
        let here = view.step.map(|step| step.min(last));
        let step = here.and_then(|here| run.told_at(here));
        let next = story.steps.get(here.map_or(0, |here| here + 1));
        let (title, place, told) = match step {
            None => {
                let whole = whole(run.connection(), run.dissection(), story, run.facts());
                let told = vec![whole.between, story.ending.clone(), whole.carried, whole.seen];
                ("The whole connection".to_owned(), String::new(), told)
            }
            Some(told) => {
                let (step, words) = (told.step, told.words);
                let blind = view.perspective == Perspective::Eavesdropper;
                let seen = blind.then(|| words.eavesdropper.clone());
                let said = [words.what.clone(), words.why.clone()];
                let told = seen.into_iter().chain(said).chain(told.notices()).collect();
                let place = format!("step {} of {}", step.index + 1, story.steps.len());
                (step.title.clone(), place, told)
            }
        };
        let told = told.into_iter().filter(|text: &String| !text.is_empty()).collect();
        Saying { title, place, told, next: next.map(|step| step.title.clone()) }
    }
}

/// What one window says to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The second asks what is shown.
    Ask,
    /// The first shows what this fragment of an address names.
    Here(String),
    /// The second wants the next step or page.
    On,
    /// The second wants the one before.
    Back,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Message::Ask => f.write_str("ask"),
            Message::Here(fragment) => write!(f, "here {fragment}"),
            Message::On => f.write_str("on"),
            Message::Back => f.write_str("back"),
        }
    }
}

impl Message {
    /// Undoes `to_string`; `None` for what another version says.
    pub fn parse(text: &str) -> Option<Message> {
        match text {
            "ask" => Some(Message::Ask),
            "on" => Some(Message::On),
            "back" => Some(Message::Back),
            _ => text.strip_prefix("here ").map(|fragment| Message::Here(fragment.to_owned())),
        }
    }
}

/// What stands in the address of a second window: `?notes=NAME`.
const NOTES: &str = "notes=";

/// The address of the second window of the page that is called `name`. It stands where the list of lessons does, so
/// that the first load knows nothing of it.
pub fn address(name: &str) -> String {
    format!("?{NOTES}{name}#/learn")
}

/// The name of the page that this is the second window of, by what stands in its address before the fragment.
pub fn second_of(query: &str) -> Option<&str> {
    let pairs = query.trim_start_matches('?').split('&');
    pairs.filter_map(|pair| pair.strip_prefix(NOTES)).find(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Capabilities;
    use crate::route::{Page, Route};
    use crate::scenario::Scenario;

    fn run() -> Run {
        Run::new(&Scenario::default(), &Capabilities::all()).unwrap()
    }

    #[test]
    fn each_step_is_told_whole_and_leads_to_the_next() {
        let run = run();
        let steps = &run.story().steps;
        for (at, step) in steps.iter().enumerate() {
            let saying = Saying::of(&run, &View { step: Some(at), ..View::default() });
            assert_eq!(saying.title, step.title);
            assert_eq!(saying.told.first(), run.told_at(at).map(|told| &told.words.what));
            assert_eq!(saying.next.as_ref(), steps.get(at + 1).map(|next| &next.title));
        }
        let beyond = Saying::of(&run, &View { step: Some(steps.len() + 7), ..View::default() });
        assert_eq!((beyond.next, Some(&beyond.title)), (None, steps.last().map(|s| &s.title)));
    }

    #[test]
    fn the_whole_connection_leads_to_its_first_step() {
        let run = run();
        let saying = Saying::of(&run, &View::default());
        assert_eq!(saying.next.as_ref(), run.story().steps.first().map(|step| &step.title));
        assert!(saying.told.contains(&run.story().ending));
    }

    #[test]
    fn what_the_room_sees_as_an_eavesdropper_is_told_first_and_then_what_happened() {
        let run = run();
        let step = run.story().titled("certificate").unwrap();
        let perspective = Perspective::Eavesdropper;
        let saying = Saying::of(&run, &View { step: Some(step), perspective, ..View::default() });
        let words = run.told_at(step).unwrap().words;
        assert_eq!(saying.told[..2], [words.eavesdropper.clone(), words.what.clone()]);
    }

    #[test]
    fn what_is_said_is_understood() {
        let here = Message::Here("#/lab/tls13+seed=7?step=3&see=eavesdropper".into());
        for message in [Message::Ask, here, Message::On, Message::Back] {
            assert_eq!(Message::parse(&message.to_string()), Some(message));
        }
        assert_eq!(Message::parse("dance"), None);
    }

    #[test]
    fn a_second_window_knows_whose_it_is() {
        let address = address("4711");
        let (query, fragment) = address.split_once('#').unwrap();
        assert_eq!(second_of(query), Some("4711"));
        assert_eq!(Route::parse(fragment).unwrap().page, Page::Lessons);
        for other in ["", "?", "?embed", "?notes=", "?anything&notes="] {
            assert_eq!(second_of(other), None, "{other}");
        }
        assert_eq!(second_of("?embed&notes=a"), Some("a"));
    }
}
