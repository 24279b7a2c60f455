//! What a person answered, in words; and what tells a question that was asked from one that was changed since.

use super::{Answer, Asked, Form};
use crate::hex;
use crate::lesson::handed::folded;
use crate::lesson::resolve::tree_of;
use crate::lesson::value::{Place, Tree};
use crate::run::Run;
use crate::wire::Node;

/// The most bytes of a selection that are told.
const MOST: usize = 16;

impl Asked {
    /// The answer in lines, as the form shows what it is made of. `run` is the one that was asked about.
    pub fn in_words(&self, run: &Run, answer: &Answer) -> Vec<String> {
        let texts = |all: &[String], positions: &[usize]| -> Vec<String> {
            positions.iter().filter_map(|at| all.get(*at).cloned()).collect()
        };
        match (self.form(), answer) {
            (Form::Choice(options) | Form::Several(options), Answer::Positions(positions)) => {
                texts(&options, positions)
            }
            (Form::Order(lines), Answer::Positions(positions)) => {
                let lines = texts(&lines, positions).into_iter().zip(1..);
                lines.map(|(line, number)| format!("{number}. {line}")).collect()
            }
            (Form::Match { items, choices }, Answer::Positions(positions)) => {
                let chosen = texts(&choices, positions).into_iter();
                items.into_iter().zip(chosen).map(|(item, one)| format!("{item}: {one}")).collect()
            }
            (Form::Blanks { lines, choices, .. }, Answer::Positions(positions)) => {
                let blanks = lines.into_iter().filter(|line| line.given.is_none());
                let chosen = texts(&choices, positions).into_iter();
                blanks.zip(chosen).map(|(line, one)| format!("{}: {one}", line.spoken)).collect()
            }
            (Form::Said { points, .. }, Answer::Positions(positions)) => {
                vec![format!("{} of {} points", positions.len(), points.len())]
            }
            (Form::Typed { unit }, Answer::Typed(text)) => {
                vec![format!("{} {unit}", text.trim()).trim_end().to_owned()]
            }
            (_, Answer::Bytes(place)) => vec![selection(run, place)],
            (_, Answer::Typed(text)) => vec![text.clone()],
            (_, Answer::Positions(positions)) => {
                positions.iter().map(|at| (at + 1).to_string()).collect()
            }
        }
    }

    /// What stands for the words that were shown, prompt and form: where it is another, so were they.
    pub fn print(&self) -> u16 {
        let hash = folded(&format!("{}{:?}", self.prompt.as_str(), self.form()));
        (hash ^ (hash >> 16)) as u16
    }
}

/// Selected bytes: their field, what they are, and where.
fn selection(run: &Run, place: &Place) -> String {
    let Some((whole, nodes)) = tree_of(run, place.tree) else {
        return "bytes that this run does not have".into();
    };
    let bytes = bytes_of(run, place.tree).and_then(|bytes| bytes.get(place.start..place.end));
    let bytes = bytes.unwrap_or_default();
    let name = named(nodes, place).unwrap_or("bytes");
    let shown = hex::encode(bytes.get(..MOST).unwrap_or(bytes));
    let more = if bytes.len() > MOST { "…" } else { "" };
    let last = place.end.saturating_sub(1);
    format!("{name} = {shown}{more} (bytes {} to {last} of {whole})", place.start)
}

/// The name of the field that has just these bytes.
fn named(nodes: &[Node], place: &Place) -> Option<&'static str> {
    let own = |node: &Node| (node.start, node.end) == (place.start, place.end);
    let found = |node: &Node| {
        if own(node) { Some(node.field.name) } else { named(&node.children, place) }
    };
    nodes.iter().find_map(found)
}

/// The bytes that a tree is of.
fn bytes_of(run: &Run, tree: Tree) -> Option<&[u8]> {
    let seen = run.dissection();
    match tree {
        Tree::Packet(at) => seen.packets.get(at).map(|packet| packet.bytes.as_slice()),
        Tree::Record(at) => seen.records.get(at).map(|record| record.bytes.as_slice()),
        Tree::Message(at) => seen.messages.get(at).map(|message| message.bytes.as_slice()),
        Tree::Opened(at) => {
            let opened = seen.records.get(at)?.opened.as_ref()?.as_ref().ok()?;
            Some(opened.plaintext.as_slice())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Capabilities;
    use crate::lesson::{Given, Handed, Html, Lesson, Question};
    use crate::scenario::Scenario;
    use std::path::Path;

    /// Every question of every lesson, asked about its run.
    fn asked() -> Vec<(Question, Asked, Run)> {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        let mut all = Vec::new();
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".md") || name == "README.md" {
                continue;
            }
            let lesson = Lesson::parse(&std::fs::read_to_string(&path).unwrap(), &name).unwrap();
            for page in &lesson.pages {
                let text = lesson.scenario_of(page).seeded(Some(7));
                for question in page.questions() {
                    let run =
                        Run::new(&Scenario::parse(&text).unwrap(), &Capabilities::all()).unwrap();
                    let asked = question.ask(&run).unwrap();
                    all.push((question.clone(), asked, run));
                }
            }
        }
        all
    }

    #[test]
    fn every_answer_is_told_in_words_and_is_graded_the_same_after_the_address() {
        let all = asked();
        assert!(all.len() > 100);
        for (question, asked, run) in &all {
            let samples = asked.posed.samples();
            let answers = samples
                .iter()
                .cloned()
                .map(|answer| Given::Answer { answer, asked: asked.print() });
            let handed = Handed { drawn: 1, day: 2, seconds: 3, answers: answers.collect() };
            let read = Handed::read(&handed.write("exam"), "exam").unwrap();
            assert_eq!(read, handed, "{}", question.id);
            for answer in &samples {
                let words = asked.in_words(run, answer);
                let is_empty = matches!(answer, Answer::Positions(none) if none.is_empty());
                assert!(is_empty || !words.is_empty(), "{}: {answer:?}", question.id);
                let right = asked.grade(run, answer).right;
                if right && matches!(asked.form(), Form::Choice(_)) {
                    assert_eq!(words, [asked.expected()], "{}", question.id);
                }
                if let (true, Answer::Bytes(_)) = (right, answer) {
                    let hex = asked.expected();
                    let begin = hex.split('…').next().unwrap();
                    assert!(words[0].contains(begin), "{}: {words:?}", question.id);
                }
            }
        }
    }

    #[test]
    fn a_question_that_was_changed_has_another_print() {
        let all = asked();
        let (question, asked, run) = &all[0];
        assert_eq!(asked.print(), question.ask(run).unwrap().print());
        let mut changed = asked.clone();
        changed.prompt = Html::words("Another question?");
        assert_ne!(changed.print(), asked.print());
        let (_, other, _) = all.iter().find(|(_, other, _)| other.form() != asked.form()).unwrap();
        changed = Asked { prompt: asked.prompt.clone(), ..other.clone() };
        assert_ne!(changed.print(), asked.print());
    }
}
