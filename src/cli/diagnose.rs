//! `handshake-lab diagnose`: a mystery to be solved in the terminal, and its answer key.

use super::{CliError, output, why};
use crate::diagnose::openssl::date_u;
use crate::diagnose::{Answer, Inspection, LEVELS, Level, Mystery, Part, Score};
use crate::engine::Capabilities;
use crate::faults::Fault;
use clap::Args;
use clap::builder::PossibleValuesParser;
use serde::Serialize;
use std::fmt::Write;

pub(super) const HELP: &str = "The same seed and level give the same mystery to everybody, here and in the page. \
    Run a command with --run, as often as you like; then answer with all that you ran: \
    diagnose 7 --run s_client --run date --answer cert-expired --fix b";

#[derive(Args)]
pub(super) struct DiagnoseArgs {
    /// Which mystery.
    seed: u64,
    /// How hard: where the cause may lie.
    #[arg(long, value_name = "LEVEL", default_value = LEVELS[0].id, value_parser = levels())]
    level: String,
    /// Runs one of the commands; may be given more than once.
    #[arg(long, value_name = "COMMAND")]
    run: Vec<String>,
    /// Answers: what the cause is.
    #[arg(long, value_name = "FAULT", conflicts_with = "answer_key")]
    answer: Option<String>,
    /// Answers: the letter of what is to be done about it.
    #[arg(long, value_name = "LETTER", requires = "answer")]
    fix: Option<char>,
    /// Prints cause, fix, and which commands tell it: for teachers.
    #[arg(long)]
    answer_key: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

fn levels() -> PossibleValuesParser {
    LEVELS.iter().map(|level| level.id).collect::<Vec<_>>().into()
}

/// Shows a mystery, runs its commands, judges an answer, or prints the answer key.
///
/// # Errors
/// There is no such command, candidate or fix, or standard output cannot be written.
pub(super) fn diagnose(args: &DiagnoseArgs) -> Result<(), CliError> {
    let level =
        Level::find(&args.level).ok_or_else(|| unknown("level", &args.level, ids_of_levels()))?;
    let drawn = Mystery::drawn(level, args.seed, &why::observed()?, Capabilities::all())?;
    let mystery = drawn
        .ok_or_else(|| CliError::Cannot(format!("no fault is fit for the level {}", level.id)))?;
    let used = used(&mystery, &args.run)?;
    let document = Document::of(&mystery, args, &used)?;
    if args.json {
        output::print(&output::json(&document)?)
    } else {
        output::print(&document.text())
    }
}

fn ids_of_levels() -> Vec<&'static str> {
    LEVELS.iter().map(|level| level.id).collect()
}

fn unknown(what: &str, word: &str, known: Vec<&str>) -> CliError {
    CliError::Usage(format!("there is no {what} {word} here; there is {}", known.join(", ")))
}

/// The commands that were run, each once.
fn used(mystery: &Mystery, ids: &[String]) -> Result<Vec<&'static Inspection>, CliError> {
    let mut used: Vec<&'static Inspection> = Vec::new();
    for id in ids {
        let found = mystery.inspections.iter().copied().find(|one| one.id == id);
        let known = || mystery.inspections.iter().map(|one| one.id).collect();
        let one = found.ok_or_else(|| unknown("command", id, known()))?;
        if !used.iter().any(|other| other.id == one.id) {
            used.push(one);
        }
    }
    Ok(used)
}

/// The JSON of it.
#[derive(Serialize)]
struct Document<'a> {
    level: &'static str,
    seed: u64,
    /// When it was reported.
    reported: String,
    host: &'a str,
    program: &'a str,
    version: &'a str,
    /// The one line.
    line: &'a str,
    commands: Vec<Line<'a>>,
    candidates: Vec<Candidate>,
    fixes: Vec<Fix>,
    /// What was run, with its answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<Ran>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_key: Option<AnswerKey>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'static str,
    command: String,
    hopes: &'a str,
}

#[derive(Serialize)]
struct Candidate {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct Fix {
    letter: char,
    text: &'static str,
}

#[derive(Serialize)]
struct Ran {
    id: &'static str,
    command: String,
    output: String,
}

#[derive(Serialize)]
struct AnswerKey {
    cause: &'static str,
    title: &'static str,
    scenario: String,
    /// The letter of the fix.
    fix: char,
    /// The fewest commands that tell it from all other candidates.
    fewest: Vec<&'static str>,
    /// What each command tells.
    evidence: Vec<Evidence>,
    /// The model answer.
    model: String,
}

#[derive(Serialize)]
struct Evidence {
    id: &'static str,
    /// The candidates that it rules out.
    rules_out: Vec<&'static str>,
    /// Lines of its answer that most of the others would not have.
    lines: Vec<String>,
}

/// The letter of a place in a list.
fn letter(place: usize) -> char {
    (b'a'..=b'z').nth(place).map_or('?', char::from)
}

impl<'a> Document<'a> {
    fn of(
        mystery: &'a Mystery,
        args: &DiagnoseArgs,
        used: &[&'static Inspection],
    ) -> Result<Document<'a>, CliError> {
        let host = mystery.host();
        let mut answers = Vec::new();
        for one in used {
            let output = mystery.run(one)?.unwrap_or_default();
            answers.push(Ran { id: one.id, command: mystery.line(one), output });
        }
        let score = match &args.answer {
            Some(answer) => Some(score(mystery, answer, args.fix, used)?),
            None => None,
        };
        let line = |one: &&'static Inspection| Line {
            id: one.id,
            command: mystery.line(one),
            hopes: one.hopes,
        };
        let candidate = |fault: &&'static Fault| Candidate { id: fault.id, title: fault.title };
        let fixes = mystery.fixes.iter().enumerate();
        Ok(Document {
            level: mystery.level.id,
            seed: mystery.seed,
            reported: date_u(i64::try_from(mystery.reported()).unwrap_or(i64::MAX)),
            host,
            program: &mystery.symptom.program,
            version: &mystery.symptom.version,
            line: &mystery.symptom.line,
            commands: mystery.inspections.iter().map(line).collect(),
            candidates: mystery.candidates.iter().map(candidate).collect(),
            fixes: fixes.map(|(place, text)| Fix { letter: letter(place), text }).collect(),
            answers,
            score,
            answer_key: if args.answer_key { Some(answer_key(mystery)?) } else { None },
        })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if let Some(key) = &self.answer_key {
            let Document { level, seed, line, .. } = self;
            let _ = writeln!(
                text,
                "Mystery {level}/{seed}: {line}\n\nCause: {} ({})",
                key.title, key.cause
            );
            let _ = writeln!(text, "{}\nFewest commands: {}\n", key.model, key.fewest.join(", "));
            for Evidence { id, rules_out, lines } in &key.evidence {
                let rules_out =
                    if rules_out.is_empty() { "nothing".into() } else { rules_out.join(", ") };
                let _ = writeln!(text, "{id} rules out {rules_out}");
                for line in lines.iter().take(LINES) {
                    let _ = writeln!(text, "    {line}");
                }
            }
            let _ = writeln!(text, "\n`handshake-lab run {}` shows it.", key.scenario);
            return text;
        }
        for Ran { command, output, .. } in &self.answers {
            let _ = writeln!(text, "$ {command}\n{output}");
        }
        if let Some(score) = &self.score {
            let _ = writeln!(text, "{} of 100", score.points);
            for Part { what, points, of, why } in &score.parts {
                let _ = writeln!(text, "  {what:<9} {points:>2} of {of}  {why}");
            }
            return text;
        }
        if !self.answers.is_empty() {
            return text;
        }
        let who = [self.program, self.version].join(" ");
        let _ = writeln!(
            text,
            "{}, {}, asking for https://{}/:\n\n    {}\n",
            self.reported,
            who.trim(),
            self.host,
            self.line
        );
        text += "What you may run on that machine (--run COMMAND):\n";
        for Line { id, command, hopes } in &self.commands {
            let _ = writeln!(text, "  {id:<12}{hopes}\n              {command}");
        }
        text += "\nWhat it may be (--answer FAULT):\n";
        for Candidate { id, title } in &self.candidates {
            let _ = writeln!(text, "  {id:<32}{title}");
        }
        text += "\nWhat may be done (--fix LETTER):\n";
        for Fix { letter, text: fix } in &self.fixes {
            let _ = writeln!(text, "  {letter}  {fix}");
        }
        text
    }
}

/// Lines of a command that the answer key shows.
const LINES: usize = 6;

fn score(
    mystery: &Mystery,
    answer: &str,
    fix: Option<char>,
    used: &[&'static Inspection],
) -> Result<Score, CliError> {
    let candidates = &mystery.candidates;
    let known = || candidates.iter().map(|fault| fault.id).collect();
    let cause = candidates.iter().copied().find(|fault| fault.id == answer);
    let cause = cause.ok_or_else(|| unknown("candidate", answer, known()))?;
    let fix = match fix {
        None => None,
        Some(wanted) => {
            let place = (0..mystery.fixes.len()).find(|place| letter(*place) == wanted);
            let fix = place.and_then(|place| mystery.fixes.get(place)).copied();
            let last = letter(mystery.fixes.len().saturating_sub(1));
            Some(fix.ok_or_else(|| {
                CliError::Usage(format!("there is no fix {wanted}; there is a to {last}"))
            })?)
        }
    };
    Ok(mystery.score(&Answer { cause, fix, used: used.to_vec() })?)
}

fn answer_key(mystery: &Mystery) -> Result<AnswerKey, CliError> {
    let cause = mystery.cause();
    let words = cause.fault.words();
    let mut evidence = Vec::new();
    for one in &mystery.inspections {
        let rules_out = mystery.ruled_out(&[one])?.iter().map(|fault| fault.id).collect();
        evidence.push(Evidence { id: one.id, rules_out, lines: mystery.telling_lines(one)? });
    }
    let place = mystery.fixes.iter().position(|fix| *fix == words.fix).unwrap_or_default();
    Ok(AnswerKey {
        cause: cause.fault.id,
        title: cause.fault.title,
        scenario: cause.scenario.text(),
        fix: letter(place),
        fewest: mystery.fewest()?.iter().map(|one| one.id).collect(),
        evidence,
        model: mystery.model_answer(),
    })
}
