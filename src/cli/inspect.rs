//! `handshake-lab inspect`.

mod diff;

use super::{CliError, InspectArgs, now, output};
use crate::certificates::host;
use crate::certificates::read::{self, Found, LIMIT, Reading, Trouble};
use crate::certificates::told;
use crate::certificates::verdict::{Finding, Opinion, Question, Roots, Verdict, judge};
use crate::story::Draft;
use crate::trace::Endpoint;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Read as _;
use std::process::ExitCode;

/// What standard input is called.
const STANDARD_INPUT: &str = "-";

/// The exit status where a chain would be refused.
const REFUSED: u8 = 3;

/// Reads files, says what is in them, and judges each leaf.
///
/// # Errors
/// The host is none, a file cannot be read, or nothing in them can.
pub(super) fn inspect(args: &InspectArgs) -> Result<ExitCode, CliError> {
    if args.diff {
        return diff::diff(args);
    }
    if let Some(written) = &args.host {
        host::check(written).map_err(|wrong| CliError::Usage(format!("--host: {wrong}")))?;
    }
    let files = args.files.iter().map(|name| Ok((name.clone(), bytes(name)?)));
    let files: Vec<(String, Vec<u8>)> = files.collect::<Result<_, CliError>>()?;
    let mut reading = read::read(&files, args.password.as_deref());
    if reading.found.is_empty() && reading.messages.is_empty() {
        let troubles = reading.troubles.iter();
        let line = |one: &Trouble| {
            let partly = told::partly(one).into_iter().map(|line| format!("; {line}"));
            format!("{}: {}{}{}", one.place, one.what, hint(one), partly.collect::<String>())
        };
        let lines: Vec<String> = troubles.map(line).collect();
        return Err(CliError::Unreadable(lines.join("; ")));
    }
    let question = Question {
        host: args.host.clone(),
        at: args.at.unwrap_or_else(now::clock),
        roots: roots(args, &mut reading.troubles)?,
        by: if args.client { Endpoint::Server } else { Endpoint::Client },
    };
    let verdicts = judge(&reading, &question);
    if args.json {
        let json = document(&reading, &question, &verdicts);
        output::print(&output::json(&json)?)?;
    } else {
        output::print(&output::legible(&text(&reading, &question, &verdicts)))?;
    }
    let good = verdicts.iter().all(Verdict::is_good);
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

/// A file, as far as the limit and one byte more.
fn bytes(name: &str) -> Result<Vec<u8>, CliError> {
    let wrong = |error| CliError::Read { file: name.to_owned(), error };
    let mut bytes = Vec::new();
    let most = LIMIT as u64 + 1;
    if name == STANDARD_INPUT {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(wrong)?;
    } else {
        let file = std::fs::File::open(name).map_err(wrong)?;
        file.take(most).read_to_end(&mut bytes).map_err(wrong)?;
    }
    Ok(bytes)
}

/// The roots that are named: `public`, `lab`, or those of a file; with none, the public ones. What cannot be
/// read of the files goes to `troubles`.
fn roots(args: &InspectArgs, troubles: &mut Vec<Trouble>) -> Result<Roots, CliError> {
    let mut roots = trusted(args, troubles)?;
    for name in &args.cached {
        let reading = read::read(&[(name.clone(), bytes(name)?)], args.password.as_deref());
        reading.certificates().for_each(|der| roots.remember(der));
        troubles.extend(reading.troubles);
    }
    Ok(roots)
}

fn trusted(args: &InspectArgs, troubles: &mut Vec<Trouble>) -> Result<Roots, CliError> {
    let (names, mut roots) = (&args.roots, Roots::default());
    if names.is_empty() {
        return Ok(Roots::public());
    }
    for name in names {
        match name.as_str() {
            "public" => roots.extend(Roots::public()),
            "lab" => roots.extend(Roots::lab()),
            file => {
                let files = [(file.to_owned(), bytes(file)?)];
                let reading = read::read(&files, args.password.as_deref());
                reading.certificates().for_each(|der| roots.add(der));
                troubles.extend(reading.troubles);
            }
        }
    }
    if roots.is_empty() {
        let why = troubles.iter().map(|one| format!("; {}: {}{}", one.place, one.what, hint(one)));
        let what = format!(
            "there is no certificate in {} that could be trusted{}",
            names.join(", "),
            why.collect::<String>()
        );
        return Err(CliError::Unreadable(what));
    }
    Ok(roots)
}

/// How the command line is given what is missing.
fn hint(trouble: &Trouble) -> &'static str {
    if trouble.wants_password() { " (--password PASSWORD)" } else { "" }
}

fn text(reading: &Reading, question: &Question, verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for container in &reading.containers {
        let _ = writeln!(text, "{}: {}", container.place, told::container(container));
    }
    for found in &reading.found {
        let _ = writeln!(text, "{}: {}", found.place, told::thing(&found.thing));
    }
    for trouble in &reading.troubles {
        let _ = writeln!(text, "{}: {}{}", trouble.place, told::trouble(trouble), hint(trouble));
        for line in told::partly(trouble) {
            let _ = writeln!(text, "  {line}");
        }
    }
    for (place, message) in &reading.messages {
        let _ = writeln!(
            text,
            "{place}: {} says so where {}.\n  To do: {}",
            message.program, message.means, message.fix
        );
    }
    for verdict in verdicts {
        let _ = writeln!(text, "\n{}", told::verdict(verdict, question));
        for finding in &verdict.findings {
            let _ = writeln!(text, "{} {}", finding.gravity.mark(), finding.what);
            if !finding.fix.is_empty() {
                let _ = writeln!(text, "  To do: {}", finding.fix);
            }
            if let Some(command) = &finding.command {
                let _ = writeln!(text, "  $ {command}");
            }
        }
        for opinion in &verdict.opinions {
            let (who, does) = told::opinion(opinion, verdict, question.by);
            let _ = writeln!(text, "  {who}: {does}");
        }
        for (number, path) in verdict.paths.iter().enumerate() {
            let _ = writeln!(text, "  Path {}: {}", number + 1, path.subjects.join(" ← "));
            let failed = path.checks.iter().position(|check| !check.holds);
            let made = failed.map_or(path.checks.len(), |at| at + 1);
            for check in path.checks.iter().take(made) {
                let mark = if check.holds { "✓" } else { "✗" };
                let _ = writeln!(
                    text,
                    "    {mark} {} {} [{}]",
                    check.question, check.detail, check.rfc
                );
            }
            if made < path.checks.len() {
                let _ = writeln!(text, "    {} more not reached", path.checks.len() - made);
            }
        }
    }
    if verdicts.is_empty() && !reading.found.is_empty() {
        text.push_str("There is no certificate of a server or client among them to be judged.\n");
    }
    text
}

/// What could be read of something that breaks half-way. Fields have the form of `run --json`.
fn partly(trouble: &Trouble) -> Option<Value> {
    let broken = trouble.broken.as_ref()?;
    let partly = broken.partly();
    let facts = partly.facts.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
    Some(json!({
        "kind": broken.what(),
        "facts": facts.collect::<serde_json::Map<String, Value>>(),
        "expected": partly.expected,
        "nodes": partly.nodes,
    }))
}

fn document(reading: &Reading, question: &Question, verdicts: &[Verdict]) -> Value {
    let found = |found: &Found| {
        json!({
            "place": found.place, "kind": told::kind(&found.thing), "text": told::thing(&found.thing),
        })
    };
    let check = |check: &Draft| {
        json!({
            "question": check.question, "detail": check.detail, "holds": check.holds, "rfc": check.rfc,
        })
    };
    let finding = |finding: &Finding| {
        json!({
            "gravity": finding.gravity.word(), "what": finding.what, "fix": finding.fix, "command": finding.command,
        })
    };
    let opinion = |opinion: &Opinion| {
        json!({
            "profile": opinion.profile.id, "about": opinion.profile.about,
            "outcome": opinion.outcome.word(), "why": opinion.why,
        })
    };
    let verdict = |verdict: &Verdict| {
        let paths = verdict.paths.iter().map(|path| {
            let checks: Vec<Value> = path.checks.iter().map(check).collect();
            json!({ "subjects": path.subjects, "checks": checks })
        });
        json!({
            "subject": verdict.subject,
            "place": verdict.place,
            "good": verdict.is_good(),
            "webpki": verdict.refusal.as_ref().map(|(_, words)| words),
            "findings": verdict.findings.iter().map(finding).collect::<Vec<_>>(),
            "paths": paths.collect::<Vec<_>>(),
            "profiles": verdict.opinions.iter().map(opinion).collect::<Vec<_>>(),
        })
    };
    json!({
        "host": question.host,
        "at": question.at,
        "found": reading.found.iter().map(found).collect::<Vec<_>>(),
        "unread": reading.troubles.iter().map(|trouble| json!({
            "place": trouble.place, "what": trouble.what, "read": partly(trouble),
        })).collect::<Vec<_>>(),
        "containers": reading.containers.iter().map(|one| json!({
            "place": one.place, "kind": one.what, "text": told::container(one),
        })).collect::<Vec<_>>(),
        "messages": reading.messages.iter().map(|(place, message)| json!({
            "place": place, "program": message.program, "means": message.means, "fix": message.fix,
        })).collect::<Vec<_>>(),
        "verdicts": verdicts.iter().map(verdict).collect::<Vec<_>>(),
    })
}
