//! Follows paths through a run.
//!
//! | file | what is in it |
//! |---|---|
//! | `traffic` | the roots that are packets, records, messages and steps |
//! | `summary` | the roots that are about the connection as a whole: keys, counts, … |
//! | `output` | the root that is what programs print |
//! | `find` | finding a thing by its name, and a node in a tree |

mod find;
mod output;
mod summary;
mod traffic;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use output::ROOT as OUTPUT;
pub(super) use summary::key_called;
pub(super) use traffic::{in_tree, step_called, tree_of};

use super::error::Trouble;
use super::path::{Expr, Form, Path, Segment, Sign, Term};
use super::value::Value;
use crate::hex;
use crate::run::Run;
use find::unknown;

type Resolver = fn(&Run, &[Segment]) -> Result<Vec<Value>, Trouble>;

/// Where a path may begin, and what follows.
const ROOTS: &[(&str, Resolver)] = &[
    ("message", traffic::message),
    ("record", traffic::record),
    ("packet", traffic::packet),
    ("step", traffic::step),
    ("key", summary::key),
    ("negotiated", summary::negotiated),
    ("count", summary::count),
    ("scenario", summary::scenario),
    (output::ROOT, output::output),
];

impl Expr {
    /// The one value this expression has in `run`.
    ///
    /// # Errors
    /// What the run does not have, and what it has instead; or that there are several values.
    pub fn one(&self, run: &Run) -> Result<Value, Trouble> {
        let mut values = self.all(run)?;
        match values.len() {
            1 => Ok(values.remove(0)),
            n => Err(Trouble::new(
                format!("`{self}` is {n} values, not one"),
                "write [0] for the first instead of [*]",
            )),
        }
    }

    /// All the values this expression has in `run`: several only where it holds a `[*]`.
    ///
    /// # Errors
    /// What the run does not have, and what it has instead.
    pub fn all(&self, run: &Run) -> Result<Vec<Value>, Trouble> {
        if let [(Sign::Plus, Term::Path(path))] = self.terms.as_slice() {
            return path.all(run);
        }
        let mut sum = 0_i64;
        for (sign, term) in &self.terms {
            let number = match term {
                Term::Number(number) => i64::from(*number) * 1000,
                Term::Path(path) => path.number(run)?,
            };
            sum = match sign {
                Sign::Plus => sum.saturating_add(number),
                Sign::Minus => sum.saturating_sub(number),
            };
        }
        Ok(vec![Value::thousandths(sum)])
    }
}

impl Path {
    fn all(&self, run: &Run) -> Result<Vec<Value>, Trouble> {
        let Some((_, resolve)) = ROOTS.iter().find(|(name, _)| *name == self.root) else {
            return Err(unknown("root", &self.root, ROOTS.iter().map(|(name, _)| *name)));
        };
        let values = resolve(run, &self.segments)?;
        values.into_iter().map(|value| in_form(value, self.form)).collect()
    }

    /// In thousandths.
    fn number(&self, run: &Run) -> Result<i64, Trouble> {
        match self.all(run)?.as_slice() {
            [value] => value.number.ok_or_else(|| {
                let what = format!("`{}` in a sum is not a number", value.display);
                Trouble::new(what, "add and subtract numbers only")
            }),
            _ => Err(Trouble::new("a sum over several values", "write [0] instead of [*]")),
        }
    }
}

fn in_form(value: Value, form: Form) -> Result<Value, Trouble> {
    let place = |wanted: &str| {
        let fix = "use it on a field, a message, a record or a packet";
        value.place.ok_or_else(|| Trouble::new(format!("`:{wanted}` of what has no bytes"), fix))
    };
    Ok(match form {
        Form::Display => value,
        Form::Value => Value { display: value.value.clone(), ..value },
        Form::Name => Value { display: value.name().to_owned(), ..value },
        Form::Hex => Value { place: value.place, ..Value::octets(&value.bytes) },
        Form::Short => {
            let start = hex::encode(value.bytes.get(..4).unwrap_or(&value.bytes));
            let display = format!("{start}… ({} bytes)", value.bytes.len());
            Value { display, ..value }
        }
        Form::Length if value.place.is_none() => Value::number(value.bytes.len() as u64),
        Form::Length => place("length").map(|p| Value::number((p.end - p.start) as u64))?,
        Form::Start => place("start").map(|p| Value::number(p.start as u64))?,
    })
}
