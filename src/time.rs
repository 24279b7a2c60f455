//! Points in time: seconds since 1970-01-01T00:00:00Z, and back.

/// The date and time of a second, as in `2026-01-31 23:59:59 UTC`.
pub fn text(unix_seconds: i64) -> String {
    let (days, second) = (unix_seconds.div_euclid(86_400), unix_seconds.rem_euclid(86_400));
    let (year, month, day) = date(days);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// The second that a UTCTime (`YYMMDDHHMMSSZ`) or GeneralizedTime (`YYYYMMDDHHMMSSZ`) names, in the
/// forms of RFC 5280, section 4.1.2.5; `None` for any other form.
pub fn parse(text: &[u8]) -> Option<i64> {
    let digits = text.strip_suffix(b"Z")?;
    let number = |from: usize, len: usize| {
        digits.get(from..from + len)?.iter().try_fold(0i64, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
        })
    };
    let (year, rest) = match digits.len() {
        // Two digits stand for the years 1950 to 2049.
        12 => (number(0, 2).map(|year| if year < 50 { 2000 + year } else { 1900 + year })?, 2),
        14 => (number(0, 4)?, 4),
        _ => return None,
    };
    let (month, day) = (number(rest, 2)?, number(rest + 2, 2)?);
    let (hour, minute, second) = (number(rest + 4, 2)?, number(rest + 6, 2)?, number(rest + 8, 2)?);
    let valid = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let days = days(year, month, day);
    // The 31st of a month of 30 days comes back as the 1st.
    (valid && date(days) == (year, month, day))
        .then(|| days * 86_400 + hour * 3600 + minute * 60 + second)
}

/// The second that a person means by `2026-01-31`, `2026-01-31T12:00` or `2026-01-31T12:00:00Z`, in UTC, since
/// 1970; `None` for any other form, and for what is before.
pub fn typed(text: &str) -> Option<u64> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, '-' | ':' | 'T' | ' ' | 'Z')).collect();
    let rest = "000000".get(digits.len().checked_sub(8)?..)?;
    parse(format!("{digits}{rest}Z").as_bytes()).and_then(|second| u64::try_from(second).ok())
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Years begin in March here, so that the
/// leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date (year, month, day) of a day since 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_moments_as_people_type_them() {
        for text in ["2026-01-31T23:59:00Z", "2026-01-31T23:59", "2026-01-31 23:59:00"] {
            assert_eq!(typed(text), Some(1_769_903_940), "{text}");
        }
        assert_eq!(typed("2026-01-31"), Some(1_769_817_600));
        for text in ["", "now", "2026-01", "2026-02-30", "1969-12-31", "2026-01-31T23:59:00+01"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }

    #[test]
    fn reads_both_forms_of_time() {
        assert_eq!(parse(b"700101000000Z"), Some(0));
        assert_eq!(parse(b"20260131235959Z"), Some(1_769_903_999));
        assert_eq!(parse(b"260131235959Z"), Some(1_769_903_999));
        assert_eq!(parse(b"491231235959Z"), parse(b"20491231235959Z"));
        assert_eq!(parse(b"500101000000Z"), parse(b"19500101000000Z"));
        assert_eq!(parse(b"20240229000000Z").map(text).unwrap(), "2024-02-29 00:00:00 UTC");
        assert_eq!(parse(b"99991231235959Z").map(text).unwrap(), "9999-12-31 23:59:59 UTC");
    }

    #[test]
    fn rejects_times_that_do_not_exist() {
        for wrong in [
            &b"20230229000000Z"[..],
            b"20261301000000Z",
            b"20260101240000Z",
            b"20260101000000",
            b"2026010100000Z",
            b"202601010000+1Z",
            b"",
        ] {
            assert_eq!(parse(wrong), None, "{}", wrong.escape_ascii());
        }
    }

    #[test]
    fn text_copes_with_any_number() {
        for second in [i64::MIN, -1, 0, i64::MAX] {
            assert!(text(second).ends_with(" UTC"));
        }
        assert_eq!(text(-1), "1969-12-31 23:59:59 UTC");
    }
}
