//! The set that is open, exam or not: kept for the visit, so that loading the page again and going elsewhere lose
//! nothing and stop no clock.

use super::set_href;
use crate::lesson::{Attempt, PracticePage, QuestionSet};
use crate::ui::{left, storage};

/// Under what name the visit keeps which set is open, or which exam.
fn name(is_exam: bool) -> &'static str {
    if is_exam { "open-exam" } else { "open-set" }
}

/// The set that is open, or the exam, if one is.
pub fn running(is_exam: bool) -> Option<QuestionSet> {
    match PracticePage::parse(&storage::get_for_visit(name(is_exam))?) {
        Ok(PracticePage::Set(set)) => Some(set),
        _ => None,
    }
}

/// What was left of the set.
pub fn left_of(set: &QuestionSet) -> Option<Attempt> {
    Attempt::read(&left::text_at(&set_href(set.clone()))?, &set.exam_address())
}

/// Keeps the attempt. A set that is over is not open any more, and keeps its result; an exam has that in its address.
pub fn keep(set: &QuestionSet, attempt: &Attempt) {
    let (href, address, is_exam) = (set_href(set.clone()), set.exam_address(), set.exam.is_some());
    if is_exam && attempt.is_over() {
        left::forget_text(&href);
    } else {
        left::keep_text(&href, attempt.write(&address));
    }
    if !attempt.is_over() {
        storage::set_for_visit(name(is_exam), &address);
    } else if running(is_exam).is_some_and(|open| open == *set) {
        // Another may have been begun since.
        storage::remove_for_visit(name(is_exam));
    }
}
