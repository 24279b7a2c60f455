// What is timed, natively and in the browser: included by both benches.

use handshake_lab::dissect::dissect;
use handshake_lab::scenario::Scenario;
use handshake_lab::trace::Trace;
use handshake_lab::{engine, story};

/// A scenario prepared for timing, with the results that later stages start from.
pub struct Subject {
    scenario: Scenario,
    trace: Trace,
}

/// What one repetition does.
pub type Stage = fn(&Subject);

/// The stages, by name.
pub const STAGES: &[(&str, Stage)] = &[
    ("handshake, not recorded", |subject| {
        engine::run_unrecorded(&subject.scenario).expect("runs");
    }),
    ("handshake, recorded", |subject| {
        engine::run(&subject.scenario).expect("runs");
    }),
    ("decode", |subject| {
        std::hint::black_box(dissect(&subject.trace.connections[0]));
    }),
    ("decode and story", |subject| {
        let connection = &subject.trace.connections[0];
        let dissection = dissect(connection);
        std::hint::black_box(story::tell(&subject.trace, connection, &dissection));
    }),
    ("all: run, decode, story", |subject| {
        handshake_lab::run::Run::new(&subject.scenario).expect("runs");
    }),
];

/// The scenarios timed: P-256 certificates and key exchange over X25519, and once over P-256.
pub const SCENARIOS: &[&str] =
    &["tls13", "tls13+group=secp256r1", "tls12", "tls12+group=secp256r1"];

/// Prepares one of [`SCENARIOS`]; its certificates are minted here, outside the timing.
pub fn subject(text: &str) -> Subject {
    let scenario = Scenario::parse(text).expect("a scenario of ours parses");
    let trace = engine::run(&scenario).expect("runs");
    Subject { scenario, trace }
}
