//! Values as a person reads them: durations, sizes, dates, excerpts.

use std::borrow::Cow;

/// A duration of `us` microseconds: `850 µs`, `40 ms`, `1.5 s`. One decimal at most.
pub fn duration(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 => format!("{} ms", tenths(us, 1_000)),
        _ => format!("{} s", tenths(us, 1_000_000)),
    }
}

/// `value / unit`, rounded to one decimal, which is left out where it is 0.
fn tenths(value: u64, unit: u64) -> String {
    let tenths = (value.saturating_mul(10).saturating_add(unit / 2)) / unit;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
}

/// A point of virtual time, as the ladder shows it: always in milliseconds.
pub fn moment(us: u64) -> String {
    format!("{} ms", tenths(us, 1_000))
}

/// `1 byte`, `122 bytes`.
pub fn bytes(count: usize) -> String {
    plural(count, "byte")
}

/// `1 record`, `3 records`.
pub fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// How often TLS messages went there and back: `one exchange`, `2 exchanges`. How many round trips
/// that takes depends on the window and on losses.
pub fn exchanges(count: u32) -> String {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count == 1 { "one exchange".into() } else { plural(count, "exchange") }
}

/// A small count in words, as at the start of a sentence: `Three`, `12`.
pub fn small_number(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_string())
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first four bytes in hexadecimal: `a6af06a4…`; all of them where there are no more.
pub fn excerpt(octets: &[u8]) -> String {
    let shown = octets.get(..4).unwrap_or(octets);
    let more = if octets.len() > shown.len() { "…" } else { "" };
    format!("{}{more}", crate::hex::encode(shown))
}

/// `2026-01-31 12:00:00 UTC` for seconds since 1970-01-01T00:00:00Z.
pub fn date(unix: i64) -> String {
    crate::time::text(unix)
}

/// The first words of an error that is longer than a few lines. The panel with the errors has all of it.
pub fn shortened(error: &str) -> Cow<'_, str> {
    const LONGEST: usize = 240;
    match error.char_indices().nth(LONGEST) {
        None => error.into(),
        Some((end, _)) => {
            let start = error.get(..end).unwrap_or(error);
            let whole_words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
            format!("{whole_words} …").into()
        }
    }
}

/// An error as a program reports it, [`shortened`], and behind it the dates of what it counts in seconds since 1970.
pub fn reported(error: &str) -> String {
    dated(&shortened(error), error)
}

/// The same, and all of it.
pub fn reported_whole(error: &str) -> String {
    dated(error, error)
}

fn dated(shown: &str, error: &str) -> String {
    let mut text = format!("`{}`", shown.replace('`', "'"));
    let mut before = " (";
    for digits in error.split(|c: char| !c.is_ascii_digit()) {
        // Ten digits are the years from 2001 to 2286: fewer are a duration.
        if let (10, Ok(second)) = (digits.len(), digits.parse()) {
            text += &format!("{before}{digits} is {}", date(second));
            before = ", ";
        }
    }
    if before == ", " { text + ")" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_the_unit_that_suits_them() {
        for (us, text) in [
            (0, "0 µs"),
            (850, "850 µs"),
            (40_000, "40 ms"),
            (1_250, "1.3 ms"),
            (1_500_000, "1.5 s"),
        ] {
            assert_eq!(duration(us), text);
        }
    }

    #[test]
    fn a_long_error_is_shortened_between_words_and_a_short_one_stays_as_it_is() {
        let long = "word ".repeat(100);
        let short = shortened(&long);
        assert!(short.len() <= 244 && short.ends_with("word …"), "{short}");
        assert_eq!(shortened("é".repeat(240).as_str()), "é".repeat(240));
        assert_eq!(shortened("é".repeat(241).as_str()), format!("{} …", "é".repeat(240)));
        assert_eq!(reported_whole(&long), format!("`{long}`"));
    }

    #[test]
    fn seconds_of_an_error_get_their_dates_and_its_text_stays_as_it_is() {
        let error =
            "verification time 1769860800 (UNIX), but not after 1769169600 (691200 seconds ago)";
        assert_eq!(
            reported(error),
            format!(
                "`{error}` (1769860800 is 2026-01-31 12:00:00 UTC, 1769169600 is 2026-01-23 12:00:00 UTC)"
            )
        );
        for plain in ["received fatal alert: BadCertificate", "error:0A000086 of 12345678901", ""] {
            assert_eq!(reported(plain), format!("`{plain}`"));
        }
        assert_eq!(reported("no `name`"), "`no 'name'`");
    }

    #[test]
    fn lists_and_counts_read_as_english() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(2), "2 bytes");
        let items =
            |n: usize| ["a", "b", "c"][..n].iter().map(|s| s.to_string()).collect::<Vec<_>>();
        assert_eq!(list(&items(1)), "a");
        assert_eq!(list(&items(2)), "a and b");
        assert_eq!(list(&items(3)), "a, b and c");
        assert_eq!(excerpt(&[1, 2, 3, 4, 5]), "01020304…");
        assert_eq!(excerpt(&[1, 2]), "0102");
    }
}
