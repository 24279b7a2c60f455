//! What is about the connection as a whole.

use super::find::{attribute, unknown};
use crate::lesson::error::Trouble;
use crate::lesson::path::Segment;
use crate::lesson::value::Value;
use crate::run::Run;
use crate::trace::Endpoint;
use crate::wire::names;
use std::borrow::Cow;

/// Finds out whether the key schedule of `run` has a value called `name`, today or before RFC 9846.
///
/// # Errors
/// That it has not, and which there are.
pub fn key_called(run: &Run, name: &str) -> Result<(), Trouble> {
    let keys = run.dissection().keys.iter();
    let found = run.dissection().key(name).map(|_| ());
    found.ok_or_else(|| unknown("key", name, keys.map(|key| key.name)))
}

/// `key.NAME`: a value of the key schedule, or how it was computed.
pub fn key(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let keys = &run.dissection().keys;
    let [name, rest @ ..] = segments else {
        return Err(unknown("key", "", keys.iter().map(|key| key.name)));
    };
    key_called(run, &name.name)?;
    let Some(key) = run.dissection().key(&name.name) else { return Ok(Vec::new()) };
    attribute(
        key.name,
        Value::octets(&key.output),
        rest,
        &[
            ("operation", Value::text(key.operation)),
            ("formula", Value::text(&key.formula)),
            ("label", Value::text(key.label)),
            ("context", Value::text(&key.context)),
        ],
    )
}

/// `negotiated.…`: what the hellos settled.
pub fn negotiated(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let settled = &run.dissection().negotiated;
    let text = |value: &Option<String>| Value::text(value.clone().unwrap_or_default());
    let octets = |value: &Option<Vec<u8>>| Value::octets(value.as_deref().unwrap_or_default());
    let named = |name: Option<Cow<'static, str>>| Value::text(name.unwrap_or_default());
    attribute(
        "negotiated",
        Value::text(""),
        segments,
        &[
            ("version", named(settled.version.map(names::version_name))),
            ("suite", named(settled.suite.map(names::suite_name))),
            ("group", named(settled.group.map(names::group_name))),
            ("alpn", text(&settled.alpn)),
            ("server_name", text(&settled.server_name)),
            ("client_random", octets(&settled.client_random)),
            ("server_random", octets(&settled.server_random)),
            ("round_trips", Value::number(settled.round_trips.into())),
        ],
    )
}

/// `count.WHAT` or `count.WHAT.client|server`.
pub fn count(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    let seen = run.dissection();
    let all: [(&str, Vec<Endpoint>); 4] = [
        ("packets", seen.packets.iter().map(|p| p.from).collect()),
        ("records", seen.records.iter().map(|r| r.from).collect()),
        ("messages", seen.messages.iter().map(|m| m.from).collect()),
        ("steps", run.story().steps.iter().map(|s| s.from).collect()),
    ];
    let [what, who @ ..] = segments else {
        return Err(unknown("count", "", all.iter().map(|(name, _)| *name)));
    };
    let Some((_, senders)) = all.iter().find(|(name, _)| *name == what.name) else {
        return Err(unknown("count", &what.name, all.iter().map(|(name, _)| *name)));
    };
    let of = |who| Value::number(senders.iter().filter(|&&from| from == who).count() as u64);
    attribute(
        &what.name,
        Value::number(senders.len() as u64),
        who,
        &[("client", of(Endpoint::Client)), ("server", of(Endpoint::Server))],
    )
}

/// `scenario.seed`, `scenario.rtt_ms`.
pub fn scenario(run: &Run, segments: &[Segment]) -> Result<Vec<Value>, Trouble> {
    attribute(
        "scenario",
        Value::text(run.scenario().text()),
        segments,
        &[
            ("seed", Value::text(run.scenario().seed.to_string())),
            ("rtt_ms", Value::number(run.scenario().rtt_ms.into())),
        ],
    )
}
