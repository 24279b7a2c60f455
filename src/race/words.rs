//! Figures in words.

use super::lane::{Lane, Part, Start};
use crate::story::format::{duration, plural};

/// `1,000,000`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("−{text}") } else { text }
}

/// A long time in its two largest units: `22 hours 13 minutes`. Years have 365 days.
pub fn long_time(seconds: u64) -> String {
    const UNITS: [(u64, &str); 5] =
        [(31_536_000, "year"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    let count = |(unit, name): &(u64, &str), of: u64| {
        let number = i64::try_from(of / unit).unwrap_or(i64::MAX);
        format!("{} {name}{}", thousands(number), if number == 1 { "" } else { "s" })
    };
    let mut units = UNITS.iter().skip_while(|(unit, _)| seconds < *unit);
    let [.., second] = &UNITS;
    let first = units.next().unwrap_or(second);
    let mut text = count(first, seconds);
    let rest = seconds % first.0;
    if let Some(next) = units.next().filter(|(unit, _)| rest >= *unit) {
        text += &format!(" {}", count(next, rest));
    }
    text
}

/// `4 round trips, 320 ms`.
pub fn figures(lane: &Lane) -> String {
    format!("{}, {}", plural(lane.round_trips as usize, "round trip"), duration(lane.time_us))
}

/// `TCP 1 + TLS 2 + request 1`, and what of the time was no round trip.
pub fn parts(lane: &Lane) -> String {
    let parts = lane.segments.iter();
    let parts: Vec<String> =
        parts.map(|s| format!("{} {}", s.part.name(), s.round_trips)).collect();
    let waiting = match lane.waiting_us {
        0 => String::new(),
        us => format!(", and {} of waiting", duration(us)),
    };
    parts.join(" + ") + &waiting
}

impl Start {
    /// What time counts from, behind the word `from`.
    pub const fn name(self) -> &'static str {
        match self {
            Start::Connection => "the first SYN",
            Start::Request => "the request, on an open connection",
        }
    }
}

impl Part {
    /// `TCP`, `TLS`, `request`.
    pub const fn name(self) -> &'static str {
        match self {
            Part::Tcp => "TCP",
            Part::Tls => "TLS",
            Part::Request => "request",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_at_thousands() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-12_345, "−12,345"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn long_times_have_their_two_largest_units() {
        for (seconds, text) in [
            (0, "0 seconds"),
            (61, "1 minute 1 second"),
            (3600, "1 hour"),
            (80_000, "22 hours 13 minutes"),
            (86_400 + 59, "1 day"),
            (31_536_000 * 2000, "2,000 years"),
        ] {
            assert_eq!(long_time(seconds), text);
        }
    }
}
