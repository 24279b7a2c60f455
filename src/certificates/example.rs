//! What a run judged, as an example of what can be read and judged.

use crate::capture::pem;
use crate::engine::{Capabilities, identity};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::trace::{Endpoint, Op, Trace};

/// A chain, and what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The chain as it was sent, and behind it the revocation lists of whoever judged, in PEM.
    pub text: String,
    /// The host that was asked for.
    pub host: Option<String>,
    /// The moment, in seconds since 1970.
    pub at: u64,
    /// The roots that were trusted, in DER.
    pub roots: Vec<Vec<u8>>,
    /// Who judged.
    pub by: Endpoint,
}

/// Whether an example has all that the client of this plan judges by. Pins are not in it, and what the server
/// signs with is seen in the handshake alone.
pub fn has_all(plan: &Plan) -> bool {
    let credential = &plan.server.credential;
    plan.client.trust.pins.is_empty()
        && credential.as_ref().is_some_and(|credential| credential.chain().key_of.is_none())
}

/// The first that a run judged; `None` where it judged no certificates.
pub fn of(trace: &Trace) -> Option<Example> {
    let mut events = trace.connections.iter().flat_map(|connection| &connection.events);
    events.find_map(|event| match &event.op {
        Op::CertificatePath { chain, roots, revocation_lists, name, at, .. } => {
            let encode = |label: &'static str| move |der: &Vec<u8>| pem::encode(label, der);
            let certificates = chain.iter().map(encode("CERTIFICATE"));
            Some(Example {
                text: certificates.chain(revocation_lists.iter().map(encode("X509 CRL"))).collect(),
                host: name.clone(),
                at: *at,
                roots: roots.clone(),
                by: event.by,
            })
        }
        _ => None,
    })
}

/// The intermediates that a browser has met where it was at a server of the same authority that is set up well: of
/// the run without its fault, in DER.
pub fn met(scenario: &Scenario) -> Vec<Vec<u8>> {
    let sound = Scenario { fault: None, ..scenario.clone() };
    let identity = identity(&sound, Endpoint::Server, &Capabilities::all());
    identity.map(|one| one.chain.into_iter().skip(1).collect()).unwrap_or_default()
}
