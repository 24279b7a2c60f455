//! `output.PROGRAM`: what a program prints that asks the server of the run.
//!
//! It takes runs of those programs' own, and all that knows their words. So it is read where lessons are checked
//! and built, and stands in a built lesson as text; the page has nothing of it.

use crate::lesson::error::Trouble;
use crate::lesson::path::Segment;
use crate::lesson::value::Value;
use crate::run::Run;

/// What paths to it begin with.
pub const ROOT: &str = "output";

#[cfg(all(feature = "certificates", not(target_arch = "wasm32")))]
pub use native::output;

/// `output.PROGRAM` in a page, where it can only be of a lesson that was not built.
///
/// # Errors
/// Always.
#[cfg(not(all(feature = "certificates", not(target_arch = "wasm32"))))]
pub fn output(_: &Run, _: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let fix = "run `handshake-lab lessons build` for this folder";
    Err(Trouble::new("what a program prints, in a lesson that was not built", fix))
}

#[cfg(all(feature = "certificates", not(target_arch = "wasm32")))]
mod native {
    use super::*;
    use crate::diagnose::{INSPECTIONS, Inspection, Suspect};
    use crate::engine::Capabilities;
    use crate::lesson::resolve::find::{attribute, unknown};

    /// `output.PROGRAM`: what it prints; `.command` is the command, `.short` is without what PEM encloses.
    ///
    /// # Errors
    /// There is no such program, or what it prints of this run is not known.
    pub fn output(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
        let known = || INSPECTIONS.iter().map(|one| one.id);
        let [name, rest @ ..] = segments else { return Err(unknown("program", "", known())) };
        let Some(program) = Inspection::find(&name.name) else {
            return Err(unknown("program", &name.name, known()));
        };
        let asked = Suspect::of(run.scenario().clone(), Capabilities::all()).ok_or_else(|| {
            let fix = "give the page a `scenario` with fault= in it";
            Trouble::new("what a program prints of a run without a fault", fix)
        })?;
        let printed = program.answer(&asked).ok().flatten().ok_or_else(|| {
            let what = format!("it is not known what `{}` prints of this run", program.id);
            Trouble::new(what, "choose another program, or another fault")
        })?;
        let printed = printed.trim_end();
        attribute(
            ROOT,
            Value::text(printed),
            rest,
            &[
                ("command", Value::text(program.line(&asked))),
                ("short", Value::text(without_pem(printed))),
            ],
        )
    }

    /// The same with three dots in place of the lines of each PEM block.
    fn without_pem(text: &str) -> String {
        let mut lines = Vec::new();
        let mut inside = false;
        for line in text.lines() {
            if line.starts_with("-----END ") {
                lines.push("...");
                inside = false;
            }
            if !inside {
                lines.push(line);
            }
            inside |= line.starts_with("-----BEGIN ");
        }
        lines.join("\n")
    }
}
