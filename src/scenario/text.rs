//! The text form: `PRESET+key=value+key=value`, safe in a shell and in a URL's fragment.

use super::keys::fault;
use super::{KEYS, Key, PRESETS, Preset, Scenario, ScenarioError};

impl Scenario {
    /// The canonical text form: the preset, then every key that differs from it, in the order of
    /// [`KEYS`].
    pub fn text(&self) -> String {
        let preset =
            Preset::find(self.preset).map_or_else(Scenario::default, Scenario::from_preset);
        let differing = KEYS.iter().map(|key| (key.name, (key.get)(self), (key.get)(&preset)));
        differing
            .filter(|(_, own, of_preset)| own != of_preset)
            .fold(self.preset.to_owned(), |text, (key, value, _)| format!("{text}+{key}={value}"))
    }

    /// The scenario with this text form. The first word is a preset, or a fault, which stands for
    /// the default preset with that fault. The order of keys does not matter, save that the later of
    /// two equal ones counts.
    ///
    /// # Errors
    /// Names the key, what is wrong with its value, and what it takes.
    pub fn parse(text: &str) -> Result<Scenario, ScenarioError> {
        let mut words = text.split('+');
        let first = words.next().unwrap_or_default();
        let (base, fault) = match (Preset::find(first), fault::named(first)) {
            (Some(preset), _) => (Scenario::from_preset(preset), None),
            (None, Some(fault)) => (Scenario::default(), Some((fault::FAULT.name, fault))),
            (None, None) => return Err(unknown_first_word(first)),
        };
        let pairs = words.map(|word| {
            let allowed = "write key=value, with + between";
            word.split_once('=').ok_or_else(|| ScenarioError::new(word, "it has no value", allowed))
        });
        base.with(&fault.into_iter().map(Ok).chain(pairs).collect::<Result<Vec<_>, _>>()?)
    }

    /// This scenario with some keys set. They are judged together, so their order does not matter.
    ///
    /// # Errors
    /// As [`Scenario::parse`].
    pub fn with(&self, pairs: &[(&str, &str)]) -> Result<Scenario, ScenarioError> {
        let last = |name| pairs.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let mut next = self.clone();
        for key in KEYS {
            if let Some(value) = last(key.name) {
                (key.bring)(&mut next, value);
            }
        }
        for (name, value) in pairs {
            Key::find(name)?.read(&mut next, value)?;
        }
        KEYS.iter().try_for_each(|key| key.judge(&next, last(key.name)))?;
        Ok(next)
    }

    /// This scenario with one key set, as by a person at a menu: what excludes the value, or was
    /// built on what it takes the place of, goes back to its default. What the value itself needs
    /// must be there.
    ///
    /// # Errors
    /// As [`Scenario::parse`].
    pub fn choose(&self, key: &str, value: &str) -> Result<Scenario, ScenarioError> {
        let mut given_up: Vec<(&str, String)> = Vec::new();
        loop {
            let pairs = given_up.iter().map(|(name, value)| (*name, value.as_str()));
            let error = match self.with(&pairs.chain([(key, value)]).collect::<Vec<_>>()) {
                Ok(next) => return Ok(next),
                Err(error) => error,
            };
            // Each key is given up once, so this comes to an end.
            let is_free =
                |name: &&str| *name != key && given_up.iter().all(|(given, _)| given != name);
            let Some(name) = error.gives_way.iter().copied().find(is_free) else {
                return Err(error);
            };
            given_up.push((name, Key::find(name)?.default_value()));
        }
    }

    /// Sets one key. On an error the scenario stays as it was.
    ///
    /// # Errors
    /// As [`Scenario::parse`].
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), ScenarioError> {
        *self = self.with(&[(key, value)])?;
        Ok(())
    }

    /// The value of a key, as [`Scenario::set`] takes it.
    ///
    /// # Errors
    /// There is no such key.
    pub fn get(&self, key: &str) -> Result<String, ScenarioError> {
        Ok((Key::find(key)?.get)(self))
    }
}

impl Key {
    /// The key of this name.
    ///
    /// # Errors
    /// There is no such key.
    pub fn find(name: &str) -> Result<&'static Key, ScenarioError> {
        KEYS.iter().find(|key| key.name == name).ok_or_else(|| {
            let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
            let allowed = format!("the keys are {}", names.join(", "));
            ScenarioError::new(name, "there is no such key", allowed)
        })
    }
}

/// For a first word that is neither a preset nor a fault.
fn unknown_first_word(word: &str) -> ScenarioError {
    let presets = PRESETS.iter().map(|preset| preset.id);
    let names: Vec<&str> = presets.chain(fault::names()).collect();
    ScenarioError::unknown("preset", word, &names.join(", "))
}
