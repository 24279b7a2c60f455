//! What stands between client and service.

use crate::choice::choices;
use crate::scenario::key::{Key, Rule, Topic, choice};

choices! {
    /// What stands between client and service, and what it does with TLS.
    Gateway {
        /// Nothing: the client talks to the server.
        None = "none", "none";
        /// It is the end of TLS, and talks plain HTTP to the service.
        Terminate = "terminate", "terminates TLS";
        /// It is the end of TLS, and opens another TLS connection to the service.
        ReEncrypt = "re-encrypt", "re-encrypts";
        /// As before, and it shows the service a certificate of its own.
        Mutual = "mutual", "re-encrypts, mutual TLS";
        /// It reads the name in the ClientHello, and passes bytes on.
        PassThrough = "pass-through", "passes TLS through";
        /// It is the end of TLS with a certificate that it made itself for the server's name, and opens
        /// another TLS connection to the server. The client trusts whoever issued it, as the computers of a
        /// company trust its inspecting proxy.
        Intercept = "intercept", "intercepts TLS";
    }
}

pub(in crate::scenario) const GATEWAY: Key = Key {
    name: "gateway",
    label: "gateway",
    help: "what stands in front of the service",
    topic: Topic::Path,
    ..choice!(gateway: Gateway)
};

/// For keys of runs without a gateway: with one there is one request, and nothing else out of the
/// ordinary.
pub(super) const NO_GATEWAY: Rule = Rule::apart_from(GATEWAY.name, |s| s.gateway != Gateway::None);
