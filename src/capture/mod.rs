//! A trace as files that other tools read: pcapng captures, key logs, certificate chains, PEM.

mod chain;
pub mod keylog;
pub mod pcapng;
pub mod pem;

pub use chain::JudgedChain;

/// The name of a file about a scenario with this text form, without its ending: letters, digits, dots
/// and hyphens, of a length that every file system takes.
pub fn file_stem(scenario: &str) -> String {
    const MAX_LEN: usize = 100;
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    scenario.chars().take(MAX_LEN).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::file_stem;
    use crate::scenario::{PRESETS, Scenario};

    #[test]
    fn a_scenario_becomes_a_short_name_without_slashes() {
        assert_eq!(file_stem("tls13+alpn=h2,http/1.1+seed=7"), "tls13-alpn-h2-http-1.1-seed-7");
        let longest = vec!["x".repeat(63); 8].join(",");
        let scenario = Scenario::parse(&format!("tls13+alpn={longest}")).unwrap();
        assert_eq!(file_stem(&scenario.text()).len(), 100);
        for preset in PRESETS {
            assert_eq!(file_stem(preset.id), preset.id);
        }
    }
}
