//! What was meant by a text form with a slip of the hand in it.

use super::keys::fault;
use super::{KEYS, PRESETS, Scenario};
use crate::near::nearest;

impl Scenario {
    /// The text form that was meant by one that cannot be read: each word that does not exist gives way to
    /// the nearest that does. `None` where the text can be read, or nothing near it can.
    pub fn meant(text: &str) -> Option<String> {
        if Scenario::parse(text).is_ok() {
            return None;
        }
        let mut words = text.split('+');
        let first = words.next().unwrap_or_default();
        let known = PRESETS.iter().map(|preset| preset.id).chain(fault::names());
        let pairs = words.map(|word| {
            let (name, value) = word.split_once('=')?;
            let name = nearest(name, KEYS.iter().map(|key| key.name))?;
            let key = KEYS.iter().find(|key| key.name == name)?;
            let values = key.menu(&Scenario::default());
            let value = nearest(value, values.iter().map(|value| &*value.id)).unwrap_or(value);
            Some(format!("+{name}={value}"))
        });
        let text = nearest(first, known)?.to_owned() + &pairs.collect::<Option<String>>()?;
        Scenario::parse(&text).is_ok().then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_any_word_is_mended() {
        for (text, meant) in [
            ("tsl13", "tls13"),
            ("tls13+gruop=x25519", "tls13+group=x25519"),
            ("tls12+group=secp256r", "tls12+group=secp256r1"),
            ("tls13+fault=cert-expird", "tls13+fault=cert-expired"),
            ("hostname-missmatch+seed=7", "hostname-mismatch+seed=7"),
        ] {
            assert_eq!(Scenario::meant(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["tls13", "banana", "tls13+colour=red", "tls13+seed=x"] {
            assert_eq!(Scenario::meant(text), None, "{text}");
        }
    }

    #[test]
    fn every_preset_and_fault_is_found_with_two_letters_exchanged() {
        for id in PRESETS.iter().map(|preset| preset.id).chain(fault::names()) {
            let mut letters: Vec<char> = id.chars().collect();
            letters.swap(0, 1);
            let text: String = letters.into_iter().collect();
            assert_eq!(Scenario::meant(&text).as_deref(), Some(id), "{text}");
        }
    }
}
