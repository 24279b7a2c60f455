//! A connection as a whole, in a few sentences, each computed from this run.

use super::{Fact, FactId, Story, Subject, format};
use crate::dissect::Dissection;
use crate::trace::Connection;
use crate::wire::application_data::http_start_line;

/// What stands before and after [`Story::ending`], which says what was agreed or why it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Who talked, for how long, and in how many packets.
    pub between: String,
    /// The requests and responses that were sent.
    pub carried: String,
    /// What whoever records the packets learns, and what not.
    pub seen: String,
}

/// The connection as a whole.
pub fn whole(
    connection: &Connection,
    dissection: &Dissection,
    story: &Story,
    facts: &[Fact],
) -> Whole {
    Whole {
        between: between(connection, dissection, story),
        carried: carried(dissection, story),
        seen: seen(facts),
    }
}

fn between(connection: &Connection, dissection: &Dissection, story: &Story) -> String {
    let roles = story.roles;
    let began = dissection.packets.first().map_or(0, |packet| packet.sent_us);
    let packets = dissection.packets.len();
    format!(
        "Between the **{}** at `{}` and the **{}** at `{}`, {} {} sent in {}, told here in {}.",
        roles.client.name(),
        connection.client,
        roles.server.name(),
        connection.server,
        format::plural(packets, "packet"),
        if packets == 1 { "was" } else { "were" },
        format::duration(story.end_us.saturating_sub(began)),
        format::plural(story.steps.len(), "step"),
    )
}

fn carried(dissection: &Dissection, story: &Story) -> String {
    let is_http = |step: &&super::Step| match step.subject {
        Subject::Message(at) => dissection
            .messages
            .get(at)
            .is_some_and(|message| http_start_line(&message.bytes).is_some()),
        Subject::Packet(_) => false,
    };
    let titles = story.steps.iter().filter(is_http).map(|step| format!("`{}`", step.title));
    match titles.collect::<Vec<_>>() {
        none if none.is_empty() => "No request was sent over it.".into(),
        titles => format!("It carried {}.", format::list(&titles)),
    }
}

/// Whether a fact matters to someone outside; the others are means to these.
fn is_of_interest(fact: &&Fact) -> bool {
    use FactId::{Addresses, Credential, Request, Response, ServerName, Traffic};
    matches!(fact.id, Addresses | ServerName | Credential(_) | Request | Response | Traffic)
}

fn seen(facts: &[Fact]) -> String {
    let (open, shut): (Vec<_>, Vec<_>) =
        facts.iter().filter(is_of_interest).partition(|fact| fact.eavesdropper.is_some());
    let names = |facts: Vec<&Fact>| facts.iter().map(|fact| fact.name.clone()).collect::<Vec<_>>();
    let (open, shut) = (names(open), names(shut));
    let learns = if open.is_empty() { "nothing".into() } else { format::list(&open) };
    let not = match shut.as_slice() {
        [] => String::new(),
        [only] => format!(", but not {only}"),
        [first @ .., last] => format!(", but not {} or {last}", first.join(", ")),
    };
    format!("Whoever records the packets learns {learns}{not}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Capabilities;
    use crate::faults::FAULTS;
    use crate::run::Run;
    use crate::scenario::{PRESETS, Scenario};

    fn wholes(text: &str) -> Vec<(Whole, Run)> {
        let run = Run::new(&Scenario::parse(text).unwrap(), &Capabilities::all()).unwrap();
        let looks = (0..run.stories.len()).map(|at| run.at(at));
        looks
            .map(|run| (whole(run.connection(), run.dissection(), run.story(), run.facts()), run))
            .collect()
    }

    #[test]
    fn every_preset_and_fault_is_told_as_a_whole_with_what_it_really_carried() {
        let texts =
            PRESETS.iter().map(|preset| preset.id).chain(FAULTS.iter().map(|fault| fault.id));
        for text in texts {
            for (whole, run) in wholes(text) {
                let count = run.dissection().packets.len();
                assert!(whole.between.contains(&format::plural(count, "packet")), "{whole:?}");
                let sent = run.story().steps.iter().any(|step| step.title.starts_with("GET "));
                assert_eq!(whole.carried.contains("`GET "), sent, "{text}: {whole:?}");
                let listens =
                    |id| run.facts().iter().any(|f| f.id == id && f.eavesdropper.is_some());
                let (open, _) = whole.seen.split_once("but not").unwrap_or((&whole.seen, ""));
                assert_eq!(
                    open.contains("the request"),
                    listens(FactId::Request),
                    "{text}: {whole:?}"
                );
            }
        }
    }

    #[test]
    fn a_connection_of_tls13_hides_the_certificate_and_what_is_asked_for() {
        let (whole, _) = wholes("tls13").remove(0);
        assert_eq!(whole.carried, "It carried `GET /` and `200 OK`.");
        assert!(whole.seen.ends_with("the request or the response."), "{}", whole.seen);
        let (whole, _) = wholes("tls12").remove(0);
        assert!(
            !whole.seen.split_once("but not").unwrap().1.contains("certificate"),
            "{}",
            whole.seen
        );
    }
}
