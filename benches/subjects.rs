// What is timed, natively and in the browser: included by both benches.

use handshake_lab::dissect::dissect_all;
use handshake_lab::engine::{self, Capabilities};
use handshake_lab::scenario::Scenario;
use handshake_lab::story;
use handshake_lab::trace::Trace;

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
        engine::run_unrecorded(&subject.scenario, &Capabilities::all()).expect("runs");
    }),
    ("handshake, recorded", |subject| {
        engine::run(&subject.scenario, &Capabilities::all()).expect("runs");
    }),
    ("decode", |subject| {
        std::hint::black_box(dissect_all(&subject.trace));
    }),
    ("decode and story", |subject| {
        let dissections = dissect_all(&subject.trace);
        for (connection, dissection) in subject.trace.connections.iter().zip(&dissections) {
            let story = story::tell(&subject.trace, connection, dissection);
            std::hint::black_box(story::words(&subject.trace, connection, dissection, &story));
        }
    }),
    ("all: run, decode, story", |subject| {
        let run =
            handshake_lab::run::Run::new(&subject.scenario, &Capabilities::all()).expect("runs");
        for connection in 0..run.stories.len() {
            std::hint::black_box(run.told_of(connection).count());
        }
    }),
];

/// The scenarios timed. The first four have P-256 certificates and key exchange over X25519 or P-256;
/// the rest is one of each sort: two connections, one more flight, ML-KEM, RSA, a link that loses
/// packets, two hops.
pub const SCENARIOS: &[&str] = &[
    "tls13",
    "tls13+group=secp256r1",
    "tls12",
    "tls12+group=secp256r1",
    "tls13-0rtt",
    "tls13-hrr",
    "tls13-mlkem",
    "tls12-rsa",
    "tls13-lossy",
    "gateway-mtls",
];

/// Prepares one of [`SCENARIOS`]; its certificates are minted here, outside the timing.
pub fn subject(text: &str) -> Subject {
    let scenario = Scenario::parse(text).expect("a scenario of ours parses");
    let trace = engine::run(&scenario, &Capabilities::all()).expect("runs");
    Subject { scenario, trace }
}
