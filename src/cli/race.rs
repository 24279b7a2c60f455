//! `handshake-lab race`.

use super::{CliError, RaceArgs, output};
use crate::certificates::in_lab::capabilities;
use crate::race::words::{figures, parts};
use crate::race::{self, Lane, NoAnswer, Segment, lane};
use crate::run::Run;
use serde::Serialize;
use std::fmt::Write;

/// The version of the JSON form. Keys may be added to it; those that are there keep their meaning.
const FORMAT: &str = "handshake-lab-race/1";

/// How wide the longest bar is, in characters.
const WIDTH: usize = 48;

/// What bars are drawn with: one character for each part.
const FILLS: [char; 3] = ['░', '▒', '█'];

#[derive(Serialize)]
struct Document {
    format: &'static str,
    rtt_ms: u32,
    lanes: Vec<LaneJson>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LaneJson {
    Measured(Lane),
    NoAnswer { scenario: String, title: &'static str, error: String },
}

/// Runs every scenario at the same round-trip time, and prints how long each took.
///
/// # Errors
/// The number of scenarios is not a race's, one does not exist or cannot be run, or standard output
/// cannot be written.
pub(super) fn race(args: &RaceArgs) -> Result<(), CliError> {
    let default = race::DEFAULT.map(String::from);
    let texts = if args.scenarios.is_empty() { &default[..] } else { &args.scenarios };
    if !race::LANES.contains(&texts.len()) {
        let (least, most) = (race::LANES.start(), race::LANES.end());
        return Err(CliError::Usage(format!("a race is between {least} and {most} scenarios")));
    }
    let lanes = texts.iter().map(|text| run(text, args.rtt_ms)).collect::<Result<Vec<_>, _>>()?;
    if args.json {
        return output::print(&json(lanes, args.rtt_ms)?);
    }
    output::print(&table(&lanes, args.rtt_ms))
}

fn run(text: &str, rtt_ms: u32) -> Result<Result<Lane, NoAnswer>, CliError> {
    Ok(lane(&Run::new(&race::entrant(text, rtt_ms)?, &capabilities())?))
}

fn json(lanes: Vec<Result<Lane, NoAnswer>>, rtt_ms: u32) -> Result<String, CliError> {
    let lanes = lanes.into_iter().map(|lane| match lane {
        Ok(lane) => LaneJson::Measured(lane),
        Err(none) => LaneJson::NoAnswer {
            error: none.to_string(),
            scenario: none.scenario,
            title: none.title,
        },
    });
    let document = Document { format: FORMAT, rtt_ms, lanes: lanes.collect() };
    Ok(output::json(&document)?)
}

/// The lanes for people: a bar and its figures for each.
fn table(lanes: &[Result<Lane, NoAnswer>], rtt_ms: u32) -> String {
    let measured = || lanes.iter().filter_map(|lane| lane.as_ref().ok());
    let longest = measured().map(|lane| lane.time_us).max().unwrap_or(0);
    let mut text = format!(
        "Time to the first application byte at {rtt_ms} ms a round trip, measured from runs\n"
    );
    let [tcp, tls, request] = FILLS;
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{tcp} TCP  {tls} TLS  {request} request and response");
    for lane in lanes {
        let _ = match lane {
            Ok(lane) => {
                let (bar, from) = (bar(lane, longest), lane.counted_from.name());
                let (figures, parts) = (figures(lane), parts(lane));
                writeln!(text, "\n{}\n{bar}{figures} ({parts}), from {from}", lane.scenario)
            }
            Err(none) => writeln!(text, "\n{}\n{none}", none.scenario),
        };
    }
    text
}

/// The lane on the time axis that all share; a part that took any time is seen.
fn bar(lane: &Lane, longest: u64) -> String {
    let column = |us: u64| (us * WIDTH as u64 / longest.max(1)) as usize;
    let cells = |(part, fill): (&Segment, char)| {
        let width = column(part.end_us) - column(part.start_us);
        fill.to_string().repeat(width.max(usize::from(part.end_us > part.start_us)))
    };
    let bar: String = lane.segments.iter().zip(FILLS).map(cells).collect();
    if bar.is_empty() { bar } else { bar + "\n" }
}
