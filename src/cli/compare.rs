//! `handshake-lab compare`.

use super::{CliError, CompareArgs, output};
use crate::certificates::in_lab::capabilities;
use crate::compare::{Comparison, Difference, Mark, Nature, Pair, Place, compare};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::story::format;
use serde::Serialize;
use std::fmt::Write;

/// The version of the JSON form.
const FORMAT: &str = "handshake-lab-compare/1";

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

/// Runs both scenarios and prints them side by side.
///
/// # Errors
/// A scenario does not exist or cannot be run.
pub(super) fn run(args: &CompareArgs) -> Result<(), CliError> {
    let run = |text: &str| -> Result<Run, CliError> {
        Ok(Run::new(&Scenario::parse(text)?, &capabilities())?)
    };
    let comparison = compare(&run(&args.a)?, &run(&args.b)?);
    let text = if args.json {
        let document = Document { format: FORMAT, comparison: &comparison };
        output::json(&document)?
    } else {
        text(&comparison, args.all)
    };
    output::print(&text)
}

/// What the difference is, figures, then the steps, each with the fields that someone chose, or with `all` every field.
fn text(comparison: &Comparison, all: bool) -> String {
    let [a, b] = &comparison.figures;
    let sentence = comparison.sentence();
    let mut text = format!("A  {}\nB  {}\n\n{sentence}\n\n", a.scenario, b.scenario);
    for ((name, of_a), (_, of_b)) in a.rows().into_iter().zip(b.rows()) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<34} {of_a:<40} {of_b}");
    }
    let _ = writeln!(text, "\n  {:>4} {:>4}", "A", "B");
    for pair in &comparison.pairs {
        step(&mut text, pair);
        let shown = |difference: &&Difference| all || difference.nature == Nature::Chosen;
        for difference in pair.differences.iter().filter(shown) {
            field(&mut text, difference);
        }
    }
    let counts = Mark::ALL.map(|mark| (comparison.count(mark), mark));
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, mark)| format!("{count} {}", mark.label()))
        .collect();
    let _ = writeln!(
        text,
        "\n{}: {}.",
        format::plural(comparison.pairs.len(), "row"),
        counts.join(", ")
    );
    text
}

fn step(text: &mut String, pair: &Pair) {
    let [a, b] = pair
        .seats
        .each_ref()
        .map(|seat| seat.as_ref().map_or_else(|| "-".into(), |seat| (seat.step + 1).to_string()));
    let (symbol, from, title) = (pair.mark.symbol(), pair.from.name(), pair.title());
    let _ = write!(text, "{symbol} {:>4} {:>4}  {from}  {title}", a, b);
    if let Some(step) = pair.elsewhere {
        let other = if pair.mark == Mark::OnlyA { "B" } else { "A" };
        let _ = write!(text, "  (in {other} it is step {})", step + 1);
    }
    text.push('\n');
}

fn field(text: &mut String, difference: &Difference) {
    let label = difference.nature.label();
    let why = if label.is_empty() { String::new() } else { format!("  ({label})") };
    let _ = writeln!(text, "             {}{why}", difference.title());
    for (name, place) in ["A", "B"].iter().zip(&difference.places) {
        let value = place.as_ref().map_or("-", |Place { value, .. }| value);
        let _ = writeln!(text, "               {name}: {value}");
    }
}
