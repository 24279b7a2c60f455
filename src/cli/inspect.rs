//! `handshake-lab inspect`.

use super::{CliError, InspectArgs, now, output};
use crate::certificates::read::{self, Found, LIMIT, Reading, Thing, Trouble};
use crate::certificates::verdict::{Finding, Gravity, Question, Roots, Verdict, judge};
use crate::story::{Draft, format};
use crate::time;
use crate::trace::Endpoint;
use crate::wire::x509;
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
/// A file cannot be read, or nothing in them can.
pub(super) fn inspect(args: &InspectArgs) -> Result<ExitCode, CliError> {
    let files = args.files.iter().map(|name| Ok((name.clone(), bytes(name)?)));
    let files: Vec<(String, Vec<u8>)> = files.collect::<Result<_, CliError>>()?;
    let mut reading = read::read(&files, args.password.as_deref());
    if reading.found.is_empty() && reading.messages.is_empty() {
        let troubles = reading.troubles.iter();
        let lines: Vec<String> =
            troubles.map(|trouble| format!("{}: {}", trouble.place, trouble.what)).collect();
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
                for found in &reading.found {
                    if let Thing::Certificate(der) = &found.thing {
                        roots.add(der);
                    }
                }
                troubles.extend(reading.troubles);
            }
        }
    }
    if roots.is_empty() {
        let why = troubles.iter().map(|one| format!("; {}: {}", one.place, one.what));
        let what = format!(
            "there is no certificate in {} that could be trusted{}",
            names.join(", "),
            why.collect::<String>()
        );
        return Err(CliError::Unreadable(what));
    }
    Ok(roots)
}

/// What a thing is, in a line.
fn told(found: &Found) -> String {
    match &found.thing {
        Thing::Certificate(der) => match x509::parse(der) {
            Ok((_, one)) => format!(
                "certificate of {}, by {}, {} to {}, {}, signed by {}",
                or_empty(&one.subject),
                or_empty(&one.issuer),
                time::text(one.not_before),
                time::text(one.not_after),
                one.public_key,
                one.signature_algorithm
            ),
            Err(error) => error.to_string(),
        },
        Thing::Request(request) => {
            let names = request.asked.subject_alt_names.iter().map(|name| name.value.as_str());
            let names: Vec<&str> = names.collect();
            format!(
                "request of {} for {}, {}",
                or_empty(&request.asked.subject),
                if names.is_empty() { "no host".to_owned() } else { names.join(", ") },
                request.asked.public_key
            )
        }
        Thing::Key(key) => format!("private key, {} (not shown)", key.kind),
        Thing::RevocationList(_, list) => format!(
            "revocation list of {}, issued {}, {} revoked",
            list.issuer,
            time::text(list.this_update),
            list.revoked.len()
        ),
        Thing::PublicKey(_) => "public key".into(),
    }
}

fn or_empty(name: &str) -> &str {
    if name.is_empty() { "(no name)" } else { name }
}

fn text(reading: &Reading, question: &Question, verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for found in &reading.found {
        let _ = writeln!(text, "{}: {}", found.place, told(found));
    }
    for trouble in &reading.troubles {
        let _ = writeln!(text, "{}: cannot be read: {}", trouble.place, trouble.what);
    }
    for (place, message) in &reading.messages {
        let _ = writeln!(
            text,
            "{place}: {} says so where {}.\n  To do: {}",
            message.program, message.means, message.fix
        );
    }
    for verdict in verdicts {
        let is_good = verdict.is_good();
        let who = match question.by {
            Endpoint::Client => "a client",
            Endpoint::Server => "a server",
        };
        let for_host =
            question.host.as_ref().map(|host| format!(" for {host}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "\n{} ({}): {who} {} it{for_host}, at {}, with {}.",
            or_empty(&verdict.subject),
            verdict.place,
            if is_good { "would take" } else { "would refuse" },
            time::text(i64::try_from(question.at).unwrap_or(i64::MAX)),
            format::plural(question.roots.len(), "trusted root"),
        );
        for finding in &verdict.findings {
            let mark = match finding.gravity {
                Gravity::Refused => "✗",
                Gravity::Warning => "!",
                Gravity::Note => "·",
            };
            let _ = writeln!(text, "{mark} {}", finding.what);
            if !finding.fix.is_empty() {
                let _ = writeln!(text, "  To do: {}", finding.fix);
            }
            if let Some(command) = &finding.command {
                let _ = writeln!(text, "  $ {command}");
            }
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

fn document(reading: &Reading, question: &Question, verdicts: &[Verdict]) -> Value {
    let found = |found: &Found| {
        let kind = match &found.thing {
            Thing::Certificate(_) => "certificate",
            Thing::Request(_) => "request",
            Thing::Key(_) => "private key",
            Thing::RevocationList(..) => "revocation list",
            Thing::PublicKey(_) => "public key",
        };
        json!({ "place": found.place, "kind": kind, "text": told(found) })
    };
    let check = |check: &Draft| {
        json!({
            "question": check.question, "detail": check.detail, "holds": check.holds, "rfc": check.rfc,
        })
    };
    let finding = |finding: &Finding| {
        let gravity = match finding.gravity {
            Gravity::Refused => "refused",
            Gravity::Warning => "warning",
            Gravity::Note => "note",
        };
        json!({
            "gravity": gravity, "what": finding.what, "fix": finding.fix, "command": finding.command,
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
        })
    };
    json!({
        "host": question.host,
        "at": question.at,
        "found": reading.found.iter().map(found).collect::<Vec<_>>(),
        "unread": reading.troubles.iter().map(|trouble| json!({
            "place": trouble.place, "what": trouble.what,
        })).collect::<Vec<_>>(),
        "messages": reading.messages.iter().map(|(place, message)| json!({
            "place": place, "program": message.program, "means": message.means, "fix": message.fix,
        })).collect::<Vec<_>>(),
        "verdicts": verdicts.iter().map(verdict).collect::<Vec<_>>(),
    })
}
