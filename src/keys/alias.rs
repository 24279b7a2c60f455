//! Names that a value had before RFC 9846: RFC 8446, RFC 5246, most tools and our older links and
//! lessons use them. The labels in the derivations keep the old word, so the bytes are the same.

/// Today's name of a value, and the one before it.
const FORMERLY: &[(&str, &str)] = &[
    ("preliminary_secret", "pre_master_secret"),
    ("main_secret", "master_secret"),
    ("derived_for_main", "derived_for_master"),
    ("early_exporter_secret", "early_exporter_master_secret"),
    ("exporter_secret", "exporter_master_secret"),
    ("resumption_secret", "resumption_master_secret"),
];

/// The name that the value called `name` had in RFC 8446 or RFC 5246, if it was another.
pub fn formerly(name: &str) -> Option<&'static str> {
    FORMERLY.iter().find(|(today, _)| *today == name).map(|(_, before)| *before)
}

/// Today's name of the value called `name`, which may be the old one. Any other name stays.
pub fn current(name: &str) -> &str {
    FORMERLY.iter().find(|(_, before)| *before == name).map_or(name, |(today, _)| *today)
}

/// All values that changed their name: today's, and the one before it.
pub fn renamed() -> &'static [(&'static str, &'static str)] {
    FORMERLY
}
