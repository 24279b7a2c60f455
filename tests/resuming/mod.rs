//! Runs of several connections, and of several requests on one.

#![cfg(test)]

use handshake_lab::scenario::{PRESETS, Scenario};

/// What no preset has: another kind of ticket, other suites and groups, more requests, a client that is known.
const OTHERWISE: [&str; 7] = [
    "tls13+resume=ticket",
    "tls13-0rtt+requests=3",
    "tls13-0rtt+suite=TLS_AES_256_GCM_SHA384+group=secp384r1",
    "tls13-0rtt-rejected+suite=TLS_CHACHA20_POLY1305_SHA256",
    "tls13-0rtt+client-cert=required",
    "tls12-session-id+suite=TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "tls12-ticket+suite=TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256+client-cert=required",
];

/// Their text forms: every preset that is one, and others.
pub fn resuming() -> impl Iterator<Item = &'static str> {
    let presets = PRESETS.iter().filter(|preset| {
        let scenario = Scenario::from_preset(preset);
        scenario.connections() > 1 || scenario.requests > 1
    });
    presets.map(|preset| preset.id).chain(OTHERWISE)
}
