//! Which runs to compare: ready-made pairs, and what a run is best compared with.

use crate::scenario::{Preset, Scenario, Version};

/// Two scenarios that are worth comparing.
#[derive(Clone, Copy, Debug)]
pub struct Ready {
    /// What a menu shows.
    pub title: &'static str,
    /// Their text forms.
    pub texts: [&'static str; 2],
}

/// A row of the table.
const fn ready(title: &'static str, a: &'static str, b: &'static str) -> Ready {
    Ready { title, texts: [a, b] }
}

const DEFAULT: Ready = ready("TLS 1.2 and 1.3", "tls12", "tls13");

/// All of them, in the order of a menu. The first is the default.
pub const PAIRS: &[Ready] = &[
    DEFAULT,
    ready("Full and resumed", "tls13", "tls13-resumed"),
    ready("Resumed and 0-RTT", "tls13-resumed", "tls13-0rtt"),
    ready("Without and with HelloRetryRequest", "tls13", "tls13-hrr"),
    ready("One-way and mutual", "tls13", "tls13-mtls"),
    ready("Before and after a fault", "tls13", "tls13+fault=cert-expired"),
    ready("RSA and ephemeral key exchange", "tls12-rsa", "tls12+cert=rsa-2048"),
];

/// The text forms to compare, where one or both may be left open (empty). A faulty run is compared
/// with the good one, any other with the other version of TLS.
pub fn resolve(a: &str, b: &str) -> [String; 2] {
    match (a, b) {
        ("", "") => DEFAULT.texts.map(String::from),
        (a, "") => {
            Scenario::parse(a).map_or_else(|_| [a, DEFAULT.texts[1]].map(String::from), pair)
        }
        (a, b) => [canonical(a), canonical(b)],
    }
}

fn pair(scenario: Scenario) -> [String; 2] {
    if scenario.fault.is_some() {
        let good = scenario.mended();
        return [good.text(), scenario.text()];
    }
    let other = if scenario.version == Version::Tls12 { "tls13" } else { "tls12" };
    let base = Preset::find(other).map_or_else(Scenario::default, Scenario::from_preset);
    let other = Scenario { seed: scenario.seed, rtt_ms: scenario.rtt_ms, ..base };
    [scenario.text(), other.text()]
}

/// The one form in which a scenario is written; a broken one stays as it is.
pub fn canonical(text: &str) -> String {
    Scenario::parse(text).map_or_else(|_| text.into(), |scenario| scenario.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ready_made_pair_is_written_as_scenarios_are() {
        for Ready { title, texts } in PAIRS {
            for text in texts {
                let scenario = Scenario::parse(text).map(|scenario| scenario.text());
                assert_eq!(scenario.as_deref(), Ok(*text), "{title}");
            }
            assert_ne!(texts[0], texts[1]);
        }
    }

    #[test]
    fn what_is_left_open_is_filled_in() {
        assert_eq!(resolve("", ""), ["tls12", "tls13"]);
        assert_eq!(resolve("tls13+seed=7", ""), ["tls13+seed=7", "tls12+seed=7"]);
        assert_eq!(resolve("cert-expired", ""), ["tls13", "tls13+fault=cert-expired"]);
        assert_eq!(resolve("tls12", "cert-expired"), ["tls12", "tls13+fault=cert-expired"]);
        assert_eq!(resolve("nosuch", ""), ["nosuch", "tls13"]);
    }
}
