//! `handshake-lab inspect OLD NEW --diff`.

use super::{bytes, hint};
use crate::certificates::read;
use crate::certificates::renewal::{self, Renewal};
use crate::certificates::told;
use crate::cli::{CliError, InspectArgs, output};
use crate::compare::{Nature, Side};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Compares the certificates of two files: the leaf of each, or its only certificate.
///
/// # Errors
/// There are not two files, or there is no certificate in one of them.
pub fn diff(args: &InspectArgs) -> Result<ExitCode, CliError> {
    let [old, new] = args.files.as_slice() else {
        let what = "--diff compares two files: OLD NEW".to_owned();
        return Err(CliError::Usage(what));
    };
    let (of_old, of_new) = (certificate(args, old)?, certificate(args, new)?);
    let renewal = renewal::compare(&of_old, &of_new);
    let renewal = renewal.ok_or_else(|| CliError::Unreadable("they cannot be compared".into()))?;
    let things = [of_old, of_new].map(|der| told::thing(&read::Thing::Certificate(der)));
    let names = [old, new];
    if args.json {
        output::print(&output::json(&document(names, &things, &renewal))?)?;
    } else {
        output::print(&output::legible(&text(names, &things, &renewal)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The certificate of a file that is compared, in DER.
fn certificate(args: &InspectArgs, name: &str) -> Result<Vec<u8>, CliError> {
    let reading = read::read(&[(name.to_owned(), bytes(name)?)], args.password.as_deref());
    renewal::one(&reading).ok_or_else(|| {
        let troubles = reading.troubles.iter();
        let why = troubles.map(|one| format!("; {}: {}{}", one.place, one.what, hint(one)));
        let why: String = why.collect();
        CliError::Unreadable(format!(
            "there is no certificate in {name} that could be compared{why}"
        ))
    })
}

fn text(names: [&String; 2], things: &[String; 2], renewal: &Renewal) -> String {
    let mut text = String::new();
    for ((name, thing), word) in names.iter().zip(things).zip(["old", "new"]) {
        let _ = writeln!(text, "{word}: {name}: {thing}");
    }
    let _ = writeln!(text, "\n{}", renewal::lede(renewal));
    for remark in &renewal.remarks {
        let (mark, words) = told::remark(remark);
        let _ = writeln!(text, "{} {mark} {words}", remark.gravity.mark());
    }
    if !renewal.fields.is_empty() {
        text.push_str("\nFields that differ:\n");
    }
    for field in &renewal.fields {
        let label = match field.nature {
            Nature::Chosen => "",
            Nature::Follows => " (follows from others)",
            Nature::Random => " (new in every certificate)",
        };
        let _ = writeln!(text, "  {}{label}", field.title());
        for (side, word) in Side::BOTH.into_iter().zip(["old", "new"]) {
            let place = side.of(field.places.each_ref()).as_ref();
            let _ =
                writeln!(text, "    {word}: {}", place.map_or("not there", |place| &place.value));
        }
    }
    text
}

fn document(names: [&String; 2], things: &[String; 2], renewal: &Renewal) -> Value {
    let side = |at: Side| json!({ "file": at.of(names), "text": at.of(things.each_ref()) });
    json!({
        "old": side(Side::A),
        "new": side(Side::B),
        "same": renewal.fields.is_empty(),
        "summary": renewal::lede(renewal),
        "remarks": renewal.remarks.iter().map(|remark| json!({
            "about": remark.about, "differs": remark.differs,
            "gravity": remark.gravity.word(), "what": remark.what,
        })).collect::<Vec<_>>(),
        "fields": renewal.fields.iter().map(|field| {
            let value = |side: Side| {
                side.of(field.places.each_ref()).as_ref().map(|place| place.value.clone())
            };
            json!({
                "field": field.title(), "nature": field.nature,
                "old": value(Side::A), "new": value(Side::B),
            })
        }).collect::<Vec<_>>(),
    })
}
