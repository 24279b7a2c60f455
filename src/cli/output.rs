//! Where results go: files, or standard output.

use super::CliError;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};

/// The name that stands for standard output.
const STANDARD_OUTPUT: &str = "-";

/// What a capture of a real connection has to say.
pub(super) const REBUILT: &str = "Recorded by one of its programs, which sees no packets: the headers of IP \
    and TCP are rebuilt from what it read and wrote.";

/// Writes `octets` to the file called `file`, or to standard output for `-`.
///
/// # Errors
/// The file cannot be written. A reader of standard output that goes away early is no error.
pub(super) fn write(file: &str, octets: &[u8]) -> Result<(), CliError> {
    let result = if file == STANDARD_OUTPUT {
        let mut out = std::io::stdout().lock();
        match out.write_all(octets).and_then(|()| out.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    } else {
        std::fs::write(file, octets)
    };
    result.map_err(|error| CliError::Write { file: file.to_owned(), error })
}

/// Writes text to standard output.
///
/// # Errors
/// As [`write`].
pub(super) fn print(text: &str) -> Result<(), CliError> {
    write(STANDARD_OUTPUT, text.as_bytes())
}

/// A value as indented JSON, with a line's end.
///
/// # Errors
/// As serde_json.
pub(super) fn json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// An error as a terminal can show it: what somebody wrote may be of any length, and hold what a terminal
/// would act on.
pub(super) fn legible(error: &str) -> String {
    const MAX_LINE: usize = 2000;
    let line = |line: &str| {
        let mut shown: String = line.chars().take(MAX_LINE).flat_map(visible).collect();
        if line.chars().nth(MAX_LINE).is_some() {
            shown.push('…');
        }
        shown
    };
    error.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The character, or how it is written where it cannot be seen.
fn visible(c: char) -> impl Iterator<Item = char> {
    let (plain, escaped) =
        if c.is_control() { (None, Some(c.escape_default())) } else { (Some(c), None) };
    plain.into_iter().chain(escaped.into_iter().flatten())
}

/// Whether this file is standard output.
pub(super) fn is_standard(file: &str) -> bool {
    file == STANDARD_OUTPUT
}

/// The first of `files` that is named again, where one output would overwrite the other or, on
/// standard output, run into it.
pub(super) fn named_twice<'a>(files: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut seen = BTreeSet::new();
    // `a` and `./a` are the same file.
    let place = |file: &String| std::path::absolute(file).unwrap_or_else(|_| file.into());
    files.into_iter().find(|file| !seen.insert(place(file)))
}
