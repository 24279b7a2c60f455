//! What a scenario means for the two endpoints, before anything runs. Faults change it here.

use super::certificates::{ChainPlan, Purpose};
use super::faults::Fault;
use crate::scenario::{ClientCertificate, KeyExchange, Scenario};

/// The name the client wants to reach.
pub const HOST: &str = "www.example.com";

/// The name of the client where it has a certificate.
pub const CLIENT_NAME: &str = "alice@example.com";

/// Everything that a fault may change.
pub struct Setup {
    /// The name that the client sends as SNI and looks for in the certificate.
    pub host: &'static str,
    /// The server's chain.
    pub server_chain: ChainPlan,
    /// The client's chain; its root is what the server trusts.
    pub client_chain: ChainPlan,
    /// Whether the client has its certificate and key at hand.
    pub client_has_certificate: bool,
}

impl Setup {
    /// The set-up of this scenario, with its fault.
    pub fn new(scenario: &Scenario) -> Setup {
        let plan = |purpose, names: &[&str]| ChainPlan::new(scenario, purpose, names);
        let mut setup = Setup {
            host: HOST,
            server_chain: plan(Purpose::Server, &[HOST, "example.com"]),
            client_chain: plan(Purpose::Client, &[CLIENT_NAME]),
            client_has_certificate: scenario.client_certificate != ClientCertificate::Absent,
        };
        setup.server_chain.key_encipherment = scenario.key_exchange == KeyExchange::Rsa;
        if let Some(fault) = scenario.fault.and_then(Fault::find) {
            (fault.apply)(&mut setup);
        }
        setup
    }
}
