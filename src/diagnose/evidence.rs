//! Which commands tell the cause from something else: computed from what they would print for either.

use super::inspection::Inspection;
use super::suspect::Suspect;
use crate::engine::RunError;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What some commands tell of a cause, as far as a person can read it: one text for all of them, in which an
/// identifier or a block of base64 is only known again, by its number among those that came before. `None` where
/// one of them gives no answer.
///
/// # Errors
/// A run cannot be made.
pub fn told(inspections: &[&Inspection], cause: &Suspect) -> Result<Option<String>, RunError> {
    let mut seen = Seen::default();
    let mut text = String::new();
    for inspection in inspections {
        let Some(answer) = inspection.answer(cause)? else { return Ok(None) };
        for line in seen.lines(&answer.replace(cause.host(), "HOST")) {
            let _ = writeln!(text, "{}", inspection.read(&line));
        }
    }
    Ok(Some(text))
}

/// What stood in an answer and means nothing by itself: only that it is the same again.
#[derive(Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    fn number(&mut self, text: &str) -> String {
        let next = self.0.len();
        format!("#{}", self.0.entry(text.to_owned()).or_insert(next))
    }

    fn lines(&mut self, answer: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut block: Option<String> = None;
        for line in answer.lines() {
            match &mut block {
                Some(so_far) if line.starts_with("-----END ") => {
                    lines.push(self.number(&so_far.clone()));
                    block = None;
                }
                Some(so_far) => so_far.push_str(line),
                None if line.starts_with("-----BEGIN ") => block = Some(String::new()),
                None => {
                    let word = line.trim();
                    let is_identifier = word.len() > 20
                        && word.split(':').all(|pair| {
                            pair.len() == 2 && pair.chars().all(|c| c.is_ascii_hexdigit())
                        });
                    lines.push(if is_identifier { self.number(word) } else { line.to_owned() });
                }
            }
        }
        lines
    }
}

/// Whether these commands tell one cause from another.
///
/// # Errors
/// A run cannot be made.
pub fn tells_apart(
    inspections: &[&Inspection],
    one: &Suspect,
    other: &Suspect,
) -> Result<bool, RunError> {
    Ok(told(inspections, one)? != told(inspections, other)?)
}

/// The fewest of these commands that tell the cause from all others, the first in their order; `None` where all
/// of them do not.
///
/// # Errors
/// A run cannot be made.
pub fn fewest(
    inspections: &[&'static Inspection],
    cause: &Suspect,
    others: &[Suspect],
) -> Result<Option<Vec<&'static Inspection>>, RunError> {
    for count in 1..=inspections.len() {
        for set in sets(inspections, count) {
            let mut tells = true;
            for other in others {
                tells = tells && tells_apart(&set, cause, other)?;
            }
            if tells {
                return Ok(Some(set));
            }
        }
    }
    Ok(None)
}

/// All choices of so many, in order.
fn sets<T: Copy>(from: &[T], count: usize) -> Vec<Vec<T>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in from.iter().enumerate() {
        for rest in sets(from.get(at + 1..).unwrap_or_default(), count - 1) {
            all.push([vec![*first], rest].concat());
        }
    }
    all
}
