//! Gives the ends of a hop their names: a story is told of "the client" and "the server", and with a
//! gateway one of them is the gateway, or the service.

use super::{Story, Subject};
use crate::trace::{Endpoint, Roles};

/// What follows here belongs to a name of the standards, `the server random`, or says that any server
/// is meant: `the server it wants`.
const TERMS: [&str; 7] =
    ["random", "name", "certificate", "application", "handshake", "write", "it"];

/// Names the ends of `story`.
pub fn name_ends(story: &mut Story, roles: Roles) {
    story.roles = roles;
    if roles == Roles::default() {
        return;
    }
    let tcp = [roles.client.name(), roles.server.name()];
    let tls = [roles.tls_client.name(), roles.tls_server.name()];
    for step in &mut story.steps {
        let names = if matches!(step.subject, Subject::Packet(_)) { tcp } else { tls };
        for text in [&mut step.what, &mut step.why, &mut step.notice, &mut step.eavesdropper] {
            *text = renamed(text, names);
        }
    }
    drop_checks_elsewhere(story, roles);
    for check in &mut story.checks {
        check.question = renamed(&check.question, tls);
        check.detail = renamed(&check.detail, tls);
    }
    for fact in &mut story.facts {
        // Whoever passes on what others encrypt knows what anyone on the path knows.
        for (who, known) in
            [(Endpoint::Client, &mut fact.client), (Endpoint::Server, &mut fact.server)]
        {
            if roles.passes_on(who) {
                *known = fact.eavesdropper;
            }
        }
        fact.name = renamed(&fact.name, tls);
        fact.why = renamed(&fact.why, tls);
    }
    story
        .facts
        .retain(|fact| [fact.client, fact.server, fact.eavesdropper].iter().any(Option::is_some));
    for entry in &mut story.transcript {
        entry.used_for = renamed(&entry.used_for, tls);
    }
    story.ending = renamed(&story.ending, tls);
}

/// What an end that only passes on does not check is checked on the other hop, and told there.
fn drop_checks_elsewhere(story: &mut Story, roles: Roles) {
    let kept: Vec<bool> = story.checks.iter().map(|check| !roles.passes_on(check.by)).collect();
    let place = |old: &usize| {
        let is_kept = kept.get(*old).copied().unwrap_or(false);
        is_kept.then(|| kept.iter().take(*old).filter(|kept| **kept).count())
    };
    for step in &mut story.steps {
        step.checks = step.checks.iter().filter_map(place).collect();
    }
    story.checks.retain(|check| !roles.passes_on(check.by));
}

/// `text` with "the client" and "the server" called by these names. What stands in backquotes is
/// from the wire and stays.
fn renamed(text: &str, [client, server]: [&str; 2]) -> String {
    let mut result = String::with_capacity(text.len());
    for (place, part) in text.split('`').enumerate() {
        if place > 0 {
            result.push('`');
        }
        let is_code = place % 2 == 1;
        let mut rest = part;
        while let Some((at, old)) = next_end(rest).filter(|_| !is_code) {
            let (before, after) = rest.split_at(at);
            let after = &after[old.len()..];
            result.push_str(before);
            let new = if old == "client" { client } else { server };
            result.push_str(if is_meant(before, after) { new } else { old });
            rest = after;
        }
        result.push_str(rest);
    }
    result
}

/// The next "client" or "server" in `text`, and where.
fn next_end(text: &str) -> Option<(usize, &'static str)> {
    ["client", "server"].into_iter().filter_map(|end| Some((text.find(end)?, end))).min()
}

/// Whether the word between is an end of this connection: "the client", not "clients", "a client" or
/// "the client random".
fn is_meant(before: &str, after: &str) -> bool {
    let article = ["the ", "The ", "the **", "The **"].iter().any(|the| before.ends_with(the));
    let follows = after
        .strip_prefix(' ')
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default());
    let is_word = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
    article && is_word && !follows.is_some_and(|word| TERMS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_renamed_and_terms_and_what_is_from_the_wire_stay() {
        let told = |text| renamed(text, ["gateway", "service"]);
        for (text, wanted) in [
            ("The client asks the **server**.", "The gateway asks the **service**."),
            ("the server's certificate", "the service's certificate"),
            ("the client random, in the clear", "the client random, in the clear"),
            ("A server with many sites; two clients.", "A server with many sites; two clients."),
            ("It said `the client`, the client.", "It said `the client`, the gateway."),
            ("the server_name", "the server_name"),
        ] {
            assert_eq!(told(text), wanted);
        }
    }
}
