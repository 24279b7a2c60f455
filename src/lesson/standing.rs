//! How a person stands with questions: in the lessons, and in what they practised.

use super::practice::Practice;
use super::progress::Progress;

/// How a person stands with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Right time after time: in one of the last boxes.
    Sure,
    /// Right the last time.
    Right,
    /// Missed, and not right since when it was due: it may have been answered rightly in its lesson.
    Missed,
    /// Never asked.
    New,
}

/// The first box of what one is sure of.
const SURE: u8 = 4;

impl State {
    /// All, the best first.
    pub const ALL: [State; 4] = [State::Sure, State::Right, State::Missed, State::New];

    /// What stands above its column.
    pub fn label(self) -> &'static str {
        match self {
            State::Sure => "Sure",
            State::Right => "Right",
            State::Missed => "To review",
            State::New => "New",
        }
    }

    /// That of a question.
    pub fn of(practice: &Practice, progress: &Progress, lesson: &str, question: &str) -> State {
        match practice.place(lesson, question) {
            Some(1) => State::Missed,
            Some(place) if place >= SURE => State::Sure,
            Some(_) => State::Right,
            None => match progress.asked(lesson, question) {
                Some(asked) if asked.right => State::Right,
                Some(_) => State::Missed,
                None => State::New,
            },
        }
    }
}

/// How many questions are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    counts: [usize; State::ALL.len()],
}

impl Standing {
    /// How many are in this state.
    pub fn count(&self, state: State) -> usize {
        self.counts.get(state as usize).copied().unwrap_or_default()
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.counts.iter().sum()
    }

    /// How many are right, or one is sure of.
    pub fn right(&self) -> usize {
        self.count(State::Sure) + self.count(State::Right)
    }
}

impl FromIterator<State> for Standing {
    fn from_iter<I: IntoIterator<Item = State>>(states: I) -> Standing {
        let mut standing = Standing::default();
        for state in states {
            if let Some(count) = standing.counts.get_mut(state as usize) {
                *count += 1;
            }
        }
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_where_the_practice_puts_it_or_else_where_its_lesson_does() {
        let (mut practice, mut progress) = (Practice::default(), Progress::default());
        let at =
            |practice: &Practice, progress: &Progress| State::of(practice, progress, "tcp", "syn");
        assert_eq!(at(&practice, &progress), State::New);
        progress.answer("tcp", "syn", false);
        assert_eq!(at(&practice, &progress), State::Missed);
        progress.answer("tcp", "syn", true);
        assert_eq!(at(&practice, &progress), State::Right);
        practice.answer("tcp", "syn", false, 100);
        assert_eq!(at(&practice, &progress), State::Missed);
        for (day, state) in [(101, State::Right), (104, State::Right), (111, State::Sure)] {
            practice.answer("tcp", "syn", true, day);
            assert_eq!(at(&practice, &progress), state, "day {day}");
        }
    }

    #[test]
    fn every_state_is_counted_in_its_own_place() {
        let standing: Standing = State::ALL.into_iter().chain([State::New]).collect();
        let counts = State::ALL.map(|state| standing.count(state));
        assert_eq!((counts, standing.all(), standing.right()), ([1, 1, 1, 2], 5, 2));
    }
}
