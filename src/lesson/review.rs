//! Spaced review: what is in which box, and what comes again today.

use super::built::Card;
use super::practice::{Boxed, LAST_BOX, Practice};

/// What is in the boxes, of the questions that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// From box 1 to the last.
    pub boxes: [InBox; LAST_BOX as usize],
    /// The first day after today, counted from 1970, on which something comes again.
    pub next: Option<u32>,
}

/// What is in a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InBox {
    /// How many questions.
    pub questions: usize,
    /// How many of them come again today.
    pub due: usize,
}

impl Review {
    /// That of a day, counted from 1970.
    pub fn of(cards: &[Card], practice: &Practice, today: u32) -> Review {
        let mut review = Review::default();
        for card in cards {
            let boxed = |id: &str| practice.boxed(&card.about.id, id);
            for boxed in card.questions.iter().filter_map(|asks| boxed(&asks.id)) {
                review.count(boxed, today);
            }
        }
        review
    }

    fn count(&mut self, boxed: Boxed, today: u32) {
        let place = usize::from(boxed.number).saturating_sub(1);
        if let Some(place) = self.boxes.get_mut(place) {
            place.questions += 1;
            place.due += usize::from(boxed.is_due(today));
        }
        if !boxed.is_due(today) {
            let due = boxed.due();
            self.next = Some(self.next.map_or(due, |next| next.min(due)));
        }
    }

    /// How many questions come again today.
    pub fn due(&self) -> usize {
        self.boxes.iter().map(|place| place.due).sum()
    }

    /// How many questions are in any box.
    pub fn questions(&self) -> usize {
        self.boxes.iter().map(|place| place.questions).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::drill::tests::{DAY, card};

    #[test]
    fn what_is_due_is_counted_of_the_questions_that_there_are() {
        let cards = [card("tcp", 5), card("keys", 5)];
        let mut practice = Practice::default();
        assert_eq!(Review::of(&cards, &practice, DAY), Review::default());
        practice.answer("tcp", "q1", false, DAY);
        practice.answer("tcp", "q2", true, DAY);
        practice.answer("keys", "q2", false, DAY - 1);
        practice.answer("keys", "gone", false, DAY - 1);
        let review = Review::of(&cards, &practice, DAY);
        assert_eq!(review.boxes[0], InBox { questions: 2, due: 1 });
        assert_eq!((review.due(), review.questions(), review.next), (1, 3, Some(DAY + 1)));
        assert_eq!(Review::of(&cards, &practice, DAY + 3).due(), 3);
    }
}
