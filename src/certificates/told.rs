//! What was read, and what would become of it, in words.

use super::read::{Container, Thing, Trouble};
use super::renewal::Remark;
use super::verdict::{Opinion, Outcome, Question, Verdict};
use crate::story::format;
use crate::time;
use crate::trace::Endpoint;
use crate::wire::x509;

/// What kind of thing it is.
pub fn kind(thing: &Thing) -> &'static str {
    match thing {
        Thing::Certificate(_) => "certificate",
        Thing::Request(..) => "request",
        Thing::Key(_) => "private key",
        Thing::RevocationList(..) => "revocation list",
        Thing::PublicKey(_) => "public key",
    }
}

/// What a thing is, in a line.
pub fn thing(thing: &Thing) -> String {
    match thing {
        Thing::Certificate(der) => match x509::parse(der) {
            Ok((_, one)) => format!(
                "certificate of {}, by {}, {} to {}, {}, signed by {}",
                or_empty(&one.subject),
                or_empty(&one.issuer),
                time::text(one.not_before),
                time::text(one.not_after),
                x509::key_name(&one.public_key),
                one.signature_algorithm
            ),
            Err(error) => error.to_string(),
        },
        Thing::Request(_, asked) => {
            let names = asked.subject_alt_names.iter().map(|name| name.value.as_str());
            let names: Vec<&str> = names.collect();
            format!(
                "request of {} for {}, {}",
                or_empty(&asked.subject),
                if names.is_empty() { "no host".to_owned() } else { names.join(", ") },
                x509::key_name(&asked.public_key)
            )
        }
        Thing::Key(key) => format!("private key, {} (not shown)", x509::key_name(&key.kind)),
        Thing::RevocationList(_, list) => format!(
            "revocation list of {}, issued {}, {} revoked",
            list.issuer,
            time::text(list.this_update),
            list.revoked.len()
        ),
        Thing::PublicKey(_) => "public key".into(),
    }
}

/// What could not be read, without its place.
pub fn trouble(trouble: &Trouble) -> String {
    format!("cannot be read: {}", trouble.what)
}

/// Whether it would be taken, by whom, when, and with how many roots; and that no name was compared, where a
/// client asks for none.
pub fn verdict(verdict: &Verdict, question: &Question) -> String {
    let who = match question.by {
        Endpoint::Client => "a client",
        Endpoint::Server => "a server",
    };
    let for_host = question.host.as_ref().map(|host| format!(" for {host}")).unwrap_or_default();
    let unnamed = question.host.is_none() && question.by == Endpoint::Client;
    format!(
        "{} ({}): {who} {} it{for_host}, at {}, with {}.{}",
        or_empty(&verdict.subject),
        verdict.place,
        if verdict.is_good() { "would take" } else { "would refuse" },
        time::text(i64::try_from(question.at).unwrap_or(i64::MAX)),
        format::plural(question.roots.len(), "trusted root"),
        if unnamed { " No host was asked for, so its names were not compared." } else { "" },
    )
}

/// What could be read of something that breaks half-way, and what was expected; empty where that is nothing.
pub fn partly(trouble: &Trouble) -> Vec<String> {
    let Some(broken) = &trouble.broken else { return Vec::new() };
    let partly = broken.partly();
    let facts: Vec<String> =
        partly.facts.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let read = if facts.is_empty() { "nothing".to_owned() } else { facts.join("; ") };
    let read = format!("what could be read of this {}: {read}", broken.what());
    std::iter::once(read).chain(partly.expected).collect()
}

/// What a container is, in a line.
pub fn container(container: &Container) -> String {
    let opened = container.parts.len().saturating_sub(1);
    let size = container.parts.first().map_or(0, |part| part.bytes.len());
    let opened = match opened {
        0 => String::new(),
        count => format!(", {} decrypted", format::plural(count, "part")),
    };
    format!("{}, {}{opened}", container.what, format::bytes(size))
}

/// What one kind of program would do: who, and what it does. A reason that is the verdict's is not told again.
pub fn opinion(opinion: &Opinion, verdict: &Verdict, by: Endpoint) -> (String, String) {
    let does = match opinion.outcome {
        Outcome::Taken => "would take it",
        Outcome::Refused => "would refuse it",
        Outcome::Fetches => "may take it",
    };
    let is_told = verdict.findings.first().is_some_and(|first| first.what == opinion.why);
    let why = if is_told { "the first reason above" } else { opinion.why.trim_end_matches('.') };
    let told = if why.is_empty() { format!("{does}.") } else { format!("{does}: {why}.") };
    (opinion.profile.who(by), told)
}

/// What a comparison of two certificates says of a topic: its mark, and the words.
pub fn remark(remark: &Remark) -> (&'static str, String) {
    (if remark.differs { "≠" } else { "=" }, format!("{}: {}", remark.about, remark.what))
}

/// A name, or a word where it is empty.
pub fn or_empty(name: &str) -> &str {
    if name.is_empty() { "(no name)" } else { name }
}
