//! Bytes to be selected in the lab. The decoded tree says which are right.

use super::{Answer, Form, Grade, HINT_AND_EXPLAIN, Kind, Posed, Task};
use crate::hex;
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Expr;
use crate::lesson::resolve::tree_of;
use crate::lesson::table::{At, Keys};
use crate::lesson::value::Place;
use crate::run::Run;
use std::sync::Arc;

/// The most hexadecimal digits of an answer that is told whole, and how many are told of a longer one.
const MOST: usize = 32;
const BEGINNING: usize = 16;

/// The kind.
pub const KIND: Kind = Kind { name: "byte", keys: &["answer"], needs: HINT_AND_EXPLAIN, read };

#[derive(Debug)]
struct Bytes {
    file: String,
    answer: At<Expr>,
}

/// The bytes in one run: any that lie in this place.
#[derive(Debug)]
struct Target {
    place: Place,
    hex: String,
}

fn read(keys: &Keys<'_>) -> Result<Arc<dyn Task>, LessonError> {
    Ok(Arc::new(Bytes { file: keys.file.to_owned(), answer: keys.answer()? }))
}

impl Task for Bytes {
    fn is_computed(&self) -> bool {
        true
    }

    fn ask(&self, run: &Run, _: u64) -> Result<Arc<dyn Posed>, LessonError> {
        let value = self.answer.one(run, &self.file)?;
        match value.place {
            Some(place) if place.start < place.end => {
                Ok(Arc::new(Target { place, hex: hex::encode(&value.bytes) }))
            }
            _ => {
                let what = format!("`{}` has no bytes to select", self.answer.is);
                let trouble = Trouble::new(what, "name a field of a message, record or packet");
                Err(trouble.at(&self.file, self.answer.line))
            }
        }
    }
}

impl Posed for Target {
    fn form(&self) -> Form {
        Form::Bytes
    }

    fn expected(&self) -> String {
        match self.hex.get(..BEGINNING) {
            Some(beginning) if self.hex.len() > MOST => {
                format!("{beginning}… ({} bytes)", self.hex.len() / 2)
            }
            _ => self.hex.clone(),
        }
    }

    fn grade(&self, run: &Run, answer: &Answer) -> Grade {
        let (Answer::Bytes(chosen), target) = (answer, &self.place) else {
            return Grade::wrong("");
        };
        if target.holds(chosen) {
            return Grade::right();
        }
        let (wanted, nodes) = (tree_of(run, target.tree), tree_of(run, chosen.tree));
        let Some((whole, nodes)) = nodes else { return Grade::wrong("") };
        if chosen.holds(target) {
            return Grade::wrong("Those bytes hold the right ones, but others too. Select fewer.");
        }
        if target.tree != chosen.tree {
            let wanted = wanted.map_or("another place".to_owned(), |(name, _)| name);
            return Grade::wrong(&format!("That is in {whole}; look in {wanted}."));
        }
        let leaf = nodes.iter().find_map(|node| node.leaf_at(chosen.start));
        leaf.map_or(Grade::wrong(""), |leaf| {
            Grade::wrong(&format!("You selected `{}`. {}", leaf.field.name, leaf.field.note))
        })
    }

    fn samples(&self) -> Vec<Answer> {
        vec![Answer::Bytes(self.place)]
    }
}
