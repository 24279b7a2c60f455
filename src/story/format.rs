//! Values as a person reads them: durations, sizes, dates, excerpts.

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

/// The first four octets in hexadecimal: `a6af06a4…`; all of them where there are no more.
pub fn excerpt(octets: &[u8]) -> String {
    let shown = octets.get(..4).unwrap_or(octets);
    let more = if octets.len() > shown.len() { "…" } else { "" };
    format!("{}{more}", crate::trace::hex::encode(shown))
}

/// `2026-01-31 12:00:00 UTC` for seconds since 1970-01-01T00:00:00Z (proleptic Gregorian calendar).
pub fn date(unix: i64) -> String {
    let (days, second) = (unix.div_euclid(86_400), unix.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

/// Year, month and day of a number of days since 1970-01-01. Years are counted from 1 March, so
/// that the leap day is the last of its year and every month has a fixed first day.
fn civil(days: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097; // days in 400 years
    let since = days + 719_468; // days from 0000-03-01
    let (era, day_of_era) = (since.div_euclid(ERA), since.rem_euclid(ERA));
    let year = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153; // 0 is March
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let calendar_month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(calendar_month <= 2), calendar_month, day)
}

/// Seconds since 1970-01-01T00:00:00Z of a civil date and time in UTC: the inverse of [`date`].
pub fn unix(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> i64 {
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, year_of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let day_of_year = (153 * m + 2) / 5 + day - 1;
    let day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    days * 86_400 + hour * 3600 + minute * 60 + second
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
    fn dates_follow_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_399, "2000-02-28 23:59:59 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (1_767_225_600, "2026-01-01 00:00:00 UTC"),
            (4_102_444_799, "2099-12-31 23:59:59 UTC"),
            (-1, "1969-12-31 23:59:59 UTC"),
        ] {
            assert_eq!(date(seconds), text);
        }
    }

    #[test]
    fn a_date_and_its_seconds_agree_over_four_centuries() {
        for day in (-80_000..80_000).step_by(13) {
            let (y, m, d) = civil(day);
            assert_eq!(unix(y, m, d, 0, 0, 0), day * 86_400);
        }
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
