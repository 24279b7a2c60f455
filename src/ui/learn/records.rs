//! What is kept of lessons and questions, opened together.

use crate::lesson::{Card, Practice, Progress, Renamed};
use crate::ui::record::Record;
use crate::ui::state::Lab;

/// What was read and answered in the lessons, and what was practised.
#[derive(Clone, Copy)]
pub struct Records {
    /// What was practised.
    pub practice: Record<Practice>,
    /// What was read and answered.
    pub progress: Record<Progress>,
}

impl Records {
    /// What is stored.
    pub fn open(lab: Lab) -> Records {
        Records { practice: Record::open(lab), progress: Record::open(lab) }
    }

    /// Goes on under the names of today with what is kept of these lessons.
    pub fn follow(self, cards: &[Card]) {
        for card in cards {
            self.rename(&card.about.id, &card.renamed);
        }
    }

    /// Goes on under the names of today with what is kept of this lesson's pages and questions. Nothing is stored
    /// where no name is one of before.
    pub fn rename(self, lesson: &str, renamed: &Renamed) {
        if self.progress.with_untracked(|kept| kept.has_former(lesson, renamed)) {
            self.progress.change(|kept| kept.rename(lesson, renamed));
        }
        if self.practice.with_untracked(|kept| kept.has_former(lesson, renamed)) {
            self.practice.change(|kept| kept.rename(lesson, renamed));
        }
    }
}
