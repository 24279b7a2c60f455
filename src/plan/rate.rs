//! How often something happens to a packet.

/// A probability in thousandths. Its text form is a decimal fraction: `0`, `0.05`, `0.125`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate(u16);

impl Rate {
    /// Never.
    pub const ZERO: Rate = Rate(0);

    /// The largest: every other time.
    pub const MAX: Rate = Rate(500);

    /// One packet in ten.
    pub const TENTH: Rate = Rate(100);

    /// This many thousandths; `None` above [`Rate::MAX`].
    pub fn from_thousandths(thousandths: u16) -> Option<Rate> {
        (thousandths <= Self::MAX.0).then_some(Rate(thousandths))
    }

    /// In thousandths.
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// The rate that `text` spells, with at most three decimals.
    pub fn parse(text: &str) -> Option<Rate> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole != "0" || !digits(decimals) || !(1..=3).contains(&decimals.len()) {
            return None;
        }
        let thousandths = format!("{decimals:0<3}").parse().ok()?;
        Rate::from_thousandths(thousandths)
    }

    /// The text form.
    pub fn text(self) -> String {
        let decimals = format!("{:03}", self.0);
        match decimals.trim_end_matches('0') {
            "" => "0".into(),
            decimals => format!("0.{decimals}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rate_is_read_as_it_is_written() {
        for thousandths in 0..=500 {
            let rate = Rate::from_thousandths(thousandths).unwrap();
            assert_eq!(Rate::parse(&rate.text()), Some(rate));
        }
        assert_eq!(Rate::parse("0.0"), Some(Rate::ZERO));
        assert_eq!(Rate::parse("0.5"), Some(Rate::MAX));
        for wrong in ["", "1", "0.501", "0.0001", "-0.1", "0.", ".5", "0.+1"] {
            assert_eq!(Rate::parse(wrong), None, "{wrong}");
        }
    }
}
