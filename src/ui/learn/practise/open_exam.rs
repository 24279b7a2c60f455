//! An exam that is being taken: its answers so far and when it began, kept for the visit, so that loading the page
//! again loses nothing and stops no clock.

use super::href;
use crate::lesson::{Given, Handed, Item, PracticePage, QuestionSet};
use crate::ui::learn::minutes::now;
use crate::ui::{left, storage};
use leptos::prelude::*;

/// Milliseconds of a second and of a day.
const SECOND: u64 = 1000;
const DAY: u64 = 24 * 60 * 60 * SECOND;

/// The name under which the visit keeps the address of the exam that is being taken.
const RUNNING: &str = "open-exam";

/// The address of the exam that is being taken, if one is.
pub fn running() -> Option<String> {
    storage::get_for_visit(RUNNING)
}

/// The exam. Copied freely into views.
#[derive(Clone, Copy)]
pub struct OpenExam {
    /// When it began, in milliseconds since 1970.
    pub began: u64,
    /// Which questions were drawn, as [`Handed`] has it.
    drawn: u32,
    answers: RwSignal<Vec<Given>>,
    /// Whether it was handed in: then it is not kept any more.
    over: StoredValue<bool>,
}

impl OpenExam {
    /// The exam as it was left, or from now on.
    pub fn open(set: &QuestionSet, items: &[Item]) -> OpenExam {
        let (address, exam) = (href(&PracticePage::Set(set.clone())), set.exam_address());
        storage::set_for_visit(RUNNING, &address);
        let drawn = Handed::of_drawn(items);
        let kept = left::text_at(&address).and_then(|text| {
            let (began, handed) = text.split_once(' ')?;
            let handed = Handed::read(handed, &exam).ok()?;
            // Other lessons than when it was left ask other questions.
            let fits = handed.drawn == drawn
                && handed.answers.len() == items.len()
                && handed.answers.contains(&Given::Nothing);
            fits.then_some((began.parse().ok()?, handed.answers))
        });
        let (began, answers) = kept.unwrap_or_else(|| (now(), vec![Given::Nothing; items.len()]));
        let (answers, over) = (RwSignal::new(answers), StoredValue::new(false));
        let open = OpenExam { began, drawn, answers, over };
        Effect::new(move |_| {
            let text = format!("{began} {}", open.handed(began).write(&exam));
            if !over.get_value() {
                left::keep_text(&address, text);
            }
        });
        open
    }

    /// The position of the first question that is not answered.
    pub fn reached(self) -> usize {
        self.answers.with_untracked(|all| {
            all.iter().position(|given| *given == Given::Nothing).unwrap_or(all.len())
        })
    }

    /// Notes an answer.
    pub fn answered(self, at: usize, given: Given) {
        self.answers.update(|all| {
            if let Some(slot) = all.get_mut(at) {
                *slot = given;
            }
        });
    }

    /// Ends it. What its address then has behind it.
    pub fn hand_in(self, set: &QuestionSet) -> String {
        let handed = untrack(|| self.handed(now()));
        self.over.set_value(true);
        let address = href(&PracticePage::Set(set.clone()));
        left::forget_text(&address);
        // Another may have been begun since.
        if running().is_some_and(|running| running == address) {
            storage::remove_for_visit(RUNNING);
        }
        handed.write(&set.exam_address())
    }

    /// As it is handed in at this moment, in milliseconds since 1970; tracked.
    fn handed(self, now: u64) -> Handed {
        let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Handed {
            drawn: self.drawn,
            day: whole(now / DAY),
            seconds: whole(now.saturating_sub(self.began) / SECOND),
            answers: self.answers.get(),
        }
    }
}
