//! Links that were shared in the past still mean what they meant: the same scenario, the same packets.

#![cfg(test)]

use handshake_lab::engine::{Capabilities, fingerprint, run};
use handshake_lab::route::Route;
use handshake_lab::scenario::Scenario;

/// Lines of a link (or the text form of a scenario alone) and, for each scenario in it, its canonical
/// text form and the fingerprint of its packets. Lines are added, and never changed.
const OLD_LINKS: &str = include_str!("golden/old-links.txt");

/// The text forms of the scenarios that a link names.
fn scenarios(link: &str) -> Vec<String> {
    if !link.starts_with('#') {
        return vec![link.to_owned()];
    }
    Route::parse(link).unwrap_or_else(|error| panic!("{link}: {error:?}")).page.scenarios()
}

/// The line of [`OLD_LINKS`] that this link makes today.
fn line(link: &str) -> String {
    let meaning = scenarios(link).into_iter().map(|text| {
        let scenario = Scenario::parse(&text).unwrap_or_else(|error| panic!("{link}: {error}"));
        format!(
            " {} {}",
            scenario.text(),
            fingerprint(&run(&scenario, &Capabilities::all()).unwrap())
        )
    });
    format!("{link}{}", meaning.collect::<String>())
}

#[test]
fn a_link_of_before_gives_the_same_packets() {
    for old in OLD_LINKS.lines() {
        assert_eq!(line(old.split(' ').next().unwrap()), old);
    }
}
