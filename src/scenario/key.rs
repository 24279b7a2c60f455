//! A key of the text form: one row that says everything about it.

use super::{Scenario, ScenarioError, Value};

/// A key of the text form. Rows are `const`s that leave out what is usual: see [`Key::ROW`].
pub struct Key {
    /// The key, as links and `--set` take it.
    pub name: &'static str,
    /// What the page writes before its control.
    pub label: &'static str,
    /// One line for help. The values it takes are said apart from it.
    pub help: &'static str,
    /// What it is about.
    pub topic: Topic,
    /// What its control in the page is.
    pub control: Control,
    /// What it goes together with. Judged where the value is another than the default.
    pub rules: &'static [Rule],
    /// The values that a menu shows.
    pub(super) values: fn(&Scenario) -> Vec<Value>,
    /// More values for tests to try, where there are more than a menu shows.
    pub(super) also: &'static [&'static str],
    /// What it takes, in words; `None` where it takes the menu's values and no others.
    pub(super) takes: Option<fn() -> String>,
    /// Reads a value into the scenario; `None` if it is not one.
    pub(super) set: fn(&mut Scenario, &str) -> Option<()>,
    /// Writes the scenario's value.
    pub(super) get: fn(&Scenario) -> String,
    /// Sets what this value needs of other keys. Keys given beside it win, and are then judged.
    pub(super) bring: fn(&mut Scenario, &str),
    /// Judges the value as it was written, where [`Rule`]s do not say enough: what is wrong, and what
    /// is allowed.
    pub(super) check: Check,
}

/// Judges a value as it was written. The error: what is wrong, and what is allowed.
type Check = fn(&Scenario, &str) -> Result<(), (String, String)>;

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Versions and cryptography.
    Tls,
    /// How the ends show who they are.
    Certificates,
    /// Several connections.
    Resumption,
    /// What goes over the connection, and how it ends.
    Http,
    /// The link between the hosts.
    Network,
    /// What stands between client and service.
    Path,
    /// What is broken, and what the run starts from.
    Run,
}

impl Topic {
    /// All topics, in the order that they are listed.
    pub const ALL: &'static [Topic] = &[
        Topic::Tls,
        Topic::Certificates,
        Topic::Resumption,
        Topic::Http,
        Topic::Network,
        Topic::Path,
        Topic::Run,
    ];

    /// A heading.
    pub const fn title(self) -> &'static str {
        match self {
            Topic::Tls => "TLS",
            Topic::Certificates => "Certificates",
            Topic::Resumption => "Resumption and early data",
            Topic::Http => "Requests and the end of a connection",
            Topic::Network => "Network and TCP",
            Topic::Path => "Gateway",
            Topic::Run => "The run",
        }
    }
}

/// What a key's control is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// A menu of the values that it has, or of some that are worth having.
    Menu,
    /// A field to write a number into, with the unit that stands behind it.
    Number {
        /// As people write it: `ms`; empty where there is none.
        unit: &'static str,
    },
    /// A field to write a text into.
    Text,
}

/// What a key's value cannot be together with. It stands on the row of one of the two keys, the owner.
pub struct Rule {
    /// The other key.
    pub with: &'static str,
    /// Why the two do not go together; `None` where there is no more to say.
    pub reason: Option<&'static str>,
    /// What to choose instead; `None` for the default of either.
    allowed: Option<&'static str>,
    /// Whether the other key gives way when the owner is chosen. Where it does not, the owner is
    /// refused. The owner always gives way to the other.
    gives_way: bool,
    /// Whether the scenario has both. Asked only where the owner is not at its default.
    broken: fn(&Scenario) -> bool,
}

impl Rule {
    /// The owner needs another value of the other key, which it does not change by itself.
    pub(super) const fn needs(
        with: &'static str,
        broken: fn(&Scenario) -> bool,
        reason: &'static str,
        allowed: &'static str,
    ) -> Rule {
        let (reason, allowed) = (Some(reason), Some(allowed));
        Rule { with, reason, allowed, gives_way: false, broken }
    }

    /// The owner and the other key's value exclude each other: the one chosen last takes the place
    /// of the other.
    pub(super) const fn excludes(
        with: &'static str,
        broken: fn(&Scenario) -> bool,
        reason: &'static str,
        allowed: &'static str,
    ) -> Rule {
        Rule { gives_way: true, ..Rule::needs(with, broken, reason, allowed) }
    }

    /// As [`Rule::excludes`], where there is no more to say than that.
    pub(super) const fn apart_from(with: &'static str, broken: fn(&Scenario) -> bool) -> Rule {
        Rule { with, reason: None, allowed: None, gives_way: true, broken }
    }

    fn error(&self, owner: &Key, scenario: &Scenario) -> ScenarioError {
        let value = |name| scenario.get(name).unwrap_or_default();
        let plain = |name| Scenario::default().get(name).unwrap_or_default();
        let (name, with) = (owner.name, self.with);
        let problem = self.reason.map_or_else(
            || format!("{} does not go with {with}={}", value(name), value(with)),
            str::to_owned,
        );
        let allowed = self.allowed.map_or_else(
            || format!("use {with}={}, or {name}={}", plain(with), plain(name)),
            str::to_owned,
        );
        let other = Some(with).filter(|_| self.gives_way);
        ScenarioError::new(name, problem, allowed).between(owner.name, other)
    }
}

impl Key {
    /// A row where nothing is out of the ordinary: to be completed by `..Key::ROW`.
    pub(super) const ROW: Key = Key {
        name: "",
        label: "",
        help: "",
        topic: Topic::Run,
        control: Control::Menu,
        rules: &[],
        values: |_| Vec::new(),
        also: &[],
        takes: None,
        set: |_, _| None,
        get: |_| String::new(),
        bring: |_, _| {},
        check: |_, _| Ok(()),
    };

    /// What it takes, in words.
    pub fn takes(&self) -> String {
        self.takes.map_or_else(|| ids((self.values)(&Scenario::default())), |takes| takes())
    }

    /// Whether a menu's values are all that it takes.
    pub fn is_closed(&self) -> bool {
        self.takes.is_none()
    }

    /// Its value in the default preset.
    pub fn default_value(&self) -> String {
        (self.get)(&Scenario::default())
    }

    /// What a menu shows where this is the scenario: the values to choose from, and the present one.
    pub fn menu(&self, scenario: &Scenario) -> Vec<Value> {
        let mut values = (self.values)(scenario);
        let own = (self.get)(scenario);
        if values.iter().all(|value| value.id != own) {
            values.push(ready_value(&own));
        }
        values
    }

    /// Values worth trying in this scenario: the menu's and some more.
    pub fn samples(&self, scenario: &Scenario) -> Vec<String> {
        let values = (self.values)(scenario).into_iter().map(|value| value.id);
        values.chain(self.also.iter().map(|id| id.to_string())).collect()
    }

    /// Reads a value into the scenario, without judging what it goes together with.
    pub(super) fn read(&self, scenario: &mut Scenario, value: &str) -> Result<(), ScenarioError> {
        (self.set)(scenario, value)
            .ok_or_else(|| ScenarioError::unknown(self.name, value, &self.takes()))
    }

    /// Whether its value goes with those of all other keys. `written` is the value as it was given.
    pub(super) fn judge(
        &self,
        scenario: &Scenario,
        written: Option<&str>,
    ) -> Result<(), ScenarioError> {
        let own = (self.get)(scenario);
        let broken = |rule: &&Rule| (rule.broken)(scenario) && own != self.default_value();
        if let Some(rule) = self.rules.iter().find(broken) {
            return Err(rule.error(self, scenario));
        }
        (self.check)(scenario, written.unwrap_or(&own)).map_err(|(problem, allowed)| {
            ScenarioError::new(self.name, problem, allowed).between(self.name, None)
        })
    }
}

/// The texts of values, with commas between.
fn ids(values: Vec<Value>) -> String {
    values.into_iter().map(|value| value.id).collect::<Vec<_>>().join(", ")
}

/// Some of many values, for a menu.
pub(super) fn ready(ids: &[&str]) -> Vec<Value> {
    ids.iter().copied().map(ready_value).collect()
}

fn ready_value(id: &str) -> Value {
    if id == DEFAULT { Value::new(id, "all") } else { Value::new(id, &id.replace(',', ", ")) }
}

/// Text that leaves a choice to the default order.
pub(super) const DEFAULT: &str = "default";

/// Text for nothing: no fault, no application protocol.
pub(super) const NONE: &str = "none";

/// Stores what was read, if anything was.
pub(super) fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

/// `Some(None)` for the word, else what `read` makes of the text, if it can.
pub(super) fn or_word<T>(
    text: &str,
    word: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Option<Option<T>> {
    if text == word { Some(None) } else { read(text).map(Some) }
}

/// The whole number that the text spells, if it is one of these.
pub(super) fn within<T: TryFrom<u64>>(
    text: &str,
    allowed: std::ops::RangeInclusive<u64>,
) -> Option<T> {
    let number = text.parse().ok().filter(|number| allowed.contains(number))?;
    T::try_from(number).ok()
}

/// All of a closed set of choices.
macro_rules! values {
    ($type:ident) => {
        $type::ALL
            .iter()
            .map(|choice| $crate::scenario::Value::new(choice.id(), choice.label()))
            .collect::<Vec<_>>()
    };
}

/// The part of a row that reads and writes a field which is a closed set of choices.
macro_rules! choice {
    ($field:ident: $type:ident) => {
        Key {
            values: |_| $crate::scenario::key::values!($type),
            set: |s, v| $crate::scenario::key::put(&mut s.$field, $type::from_id(v)),
            get: |s| s.$field.id().into(),
            ..Key::ROW
        }
    };
}

/// The part of a row that reads and writes a field which is a whole number in a range of `u64`.
macro_rules! number {
    ($field:ident: $allowed:expr) => {
        Key {
            takes: Some(|| {
                let allowed = $allowed;
                format!("a whole number from {} to {}", allowed.start(), allowed.end())
            }),
            set: |s, v| {
                use $crate::scenario::key::{put, within};
                put(&mut s.$field, within(v, $allowed))
            },
            get: |s| s.$field.to_string(),
            ..Key::ROW
        }
    };
}

pub(super) use {choice, number, values};
