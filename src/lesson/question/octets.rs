//! Octets to be selected in the lab. The decoded tree says which are right.

use super::raw::Keys;
use super::{AskedForm, Kind};
use crate::hex;
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::path::Expr;
use crate::lesson::resolve::tree_of;
use crate::lesson::value::Place;
use crate::run::Run;
use std::sync::Arc;

#[derive(Debug)]
struct Octets {
    file: String,
    answer: Expr,
    line: usize,
}

pub fn read(keys: &Keys<'_>) -> Result<Arc<dyn Kind>, LessonError> {
    let (answer, line) = keys.answer()?;
    Ok(Arc::new(Octets { file: keys.part.file.to_owned(), answer, line }))
}

impl Kind for Octets {
    fn ask(&self, run: &Run, _seed: u64) -> Result<AskedForm, LessonError> {
        let find = || {
            let value = self.answer.one(run)?;
            match value.place {
                Some(target) if target.start < target.end => {
                    Ok(AskedForm::Byte { target, hex: hex::encode(&value.bytes) })
                }
                _ => Err(Trouble::new(
                    format!("`{}` has no bytes to select", self.answer),
                    "name a field of a message, record or packet",
                )),
            }
        };
        find().map_err(|trouble| trouble.at(&self.file, self.line))
    }
}

pub fn grade(run: &Run, target: &Place, chosen: &Place) -> (bool, String) {
    if target.holds(chosen) {
        return (true, String::new());
    }
    let (wanted, nodes) = (tree_of(run, target.tree), tree_of(run, chosen.tree));
    let Some((whole, nodes)) = nodes else { return (false, String::new()) };
    if chosen.holds(target) {
        return (false, "Those bytes hold the right ones, but others too. Select fewer.".into());
    }
    if target.tree != chosen.tree {
        let wanted = wanted.map_or("another place".to_owned(), |(name, _)| name);
        return (false, format!("That is in {whole}; look in {wanted}."));
    }
    let field = nodes.iter().find_map(|node| node.leaf_at(chosen.start)).map(|leaf| leaf.field);
    match field {
        None => (false, String::new()),
        Some(field) => (false, format!("You selected `{}`. {}", field.name, field.note)),
    }
}
