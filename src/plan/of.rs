//! From a scenario to its plan.

use super::peer::{Credential, Implementation, Peer, Sessions, Trust, Verification};
use super::suites::suites;
use super::{Between, ChainPlan, Conversation, Impairments, Path, Plan, Purpose, Relay};
use crate::scenario::{
    CertCompression, ClientCertificate, Gateway, Group, KeyExchange, Resume, Scenario,
    ServerCertType, Version,
};
use rustls::{ProtocolVersion, SignatureScheme};

/// The name that the client wants to reach, of a domain set apart for documentation (RFC 2606).
pub const HOST: &str = "www.example.com";

/// The name of the client where it has a certificate.
pub const CLIENT_NAME: &str = "alice@example.com";

/// The service's name on a gateway's inner network, of a domain set apart for documentation (RFC 2606).
pub const SERVICE_NAME: &str = "service.internal.example";

/// The gateway's name on the inner network, where it has a certificate of its own.
pub const GATEWAY_NAME: &str = "gateway.internal.example";

/// The groups that are offered and accepted unless the scenario says more.
const GROUPS: [Group; 3] = [Group::X25519, Group::Secp256r1, Group::Secp384r1];

/// What every peer can check unless a fault says less.
const SIGNATURE_SCHEMES: [SignatureScheme; 9] = [
    SignatureScheme::ECDSA_NISTP256_SHA256,
    SignatureScheme::ECDSA_NISTP384_SHA384,
    SignatureScheme::ED25519,
    SignatureScheme::RSA_PSS_SHA256,
    SignatureScheme::RSA_PSS_SHA384,
    SignatureScheme::RSA_PSS_SHA512,
    SignatureScheme::RSA_PKCS1_SHA256,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PKCS1_SHA512,
];

/// The application protocol that the endpoints really talk.
const HTTP: &str = "http/1.1";

impl Plan {
    /// What a scenario means, leaving its fault aside.
    pub fn sound(scenario: &Scenario) -> Plan {
        let outer = (client(scenario), server(scenario));
        let (client, server, between) = match scenario.gateway {
            Gateway::None => (outer.0, outer.1, Between::Nothing),
            Gateway::PassThrough => (outer.0, outer.1, Between::PassThrough),
            kind => {
                let (back, service) = inner(scenario, &outer);
                let back = (kind != Gateway::Terminate).then_some(back);
                (outer.0, service, Between::Relay(Box::new(Relay { front: outer.1, back })))
            }
        };
        Plan {
            seed: scenario.seed,
            clock: scenario.clock,
            client,
            server,
            conversation: Conversation {
                connections: scenario.connections(),
                requests: scenario.requests,
                pause_us: u64::from(scenario.pause_ms) * 1000,
                key_update: scenario.key_update,
                close: scenario.close,
            },
            path: Path {
                delay_us: u64::from(scenario.rtt_ms) * 1000 / 2,
                mss: scenario.mss,
                impairments: Impairments {
                    loss: scenario.loss,
                    reorder: scenario.reorder,
                    duplicate: scenario.duplicate,
                },
                packets: Vec::new(),
                between,
            },
            tampering: Vec::new(),
        }
    }
}

/// The client's chain: what it shows where it is asked, and has a certificate.
pub fn client_chain(scenario: &Scenario) -> ChainPlan {
    chain(scenario, Purpose::Client, &[CLIENT_NAME])
}

fn chain(scenario: &Scenario, purpose: Purpose, names: &[&str]) -> ChainPlan {
    ChainPlan::new(scenario.seed, scenario.certificate, purpose, names, scenario.clock)
}

fn server_chain(scenario: &Scenario) -> ChainPlan {
    ChainPlan {
        key_encipherment: scenario.key_exchange == KeyExchange::Rsa,
        ..chain(scenario, Purpose::Server, &[HOST, "example.com"])
    }
}

/// What client and server have in common: it is for a fault to set them apart.
fn peer(scenario: &Scenario) -> Peer {
    let versions = versions(scenario.version);
    let only = scenario.suite.map(|suite| (suite, scenario.certificate));
    let implementation = if scenario.has_teaching_endpoints() {
        Implementation::Teaching
    } else {
        Implementation::Rustls
    };
    Peer {
        implementation,
        name: None,
        suites: suites(&versions, scenario.key_exchange, only),
        versions,
        groups: preferring(scenario.group),
        signature_schemes: SIGNATURE_SCHEMES.to_vec(),
        alpn: vec![HTTP.into()],
        extended_main_secret: scenario.extended_master_secret,
        certificate_compression: scenario.cert_compression == CertCompression::Zlib,
        credential: None,
        trust: Trust::none(),
        clock: scenario.clock,
        sessions: Sessions::Stored,
        tickets: scenario.tickets as usize,
        early_data: scenario.early_data,
        window: scenario.window,
    }
}

fn client(scenario: &Scenario) -> Peer {
    let server_chain = server_chain(scenario);
    let has_certificate = matches!(
        scenario.client_certificate,
        ClientCertificate::Optional | ClientCertificate::Required
    );
    Peer {
        name: Some(HOST.into()),
        alpn: scenario.alpn.clone(),
        credential: has_certificate.then(|| Credential::Chain(client_chain(scenario))),
        trust: match scenario.server_cert_type {
            ServerCertType::X509 => Trust::in_root_of(server_chain, Verification::Required),
            ServerCertType::RawPublicKey => Trust {
                verification: Verification::Required,
                raw_public_keys: vec![server_chain],
                ..Trust::none()
            },
        },
        ..peer(scenario)
    }
}

fn server(scenario: &Scenario) -> Peer {
    let base = peer(scenario);
    let chain = server_chain(scenario);
    Peer {
        groups: if scenario.server_groups.is_empty() {
            base.groups
        } else {
            scenario.server_groups.clone()
        },
        credential: Some(match scenario.server_cert_type {
            ServerCertType::X509 => Credential::Chain(chain),
            ServerCertType::RawPublicKey => Credential::RawPublicKey(chain),
        }),
        trust: match scenario.client_certificate {
            ClientCertificate::None => Trust::none(),
            asked => Trust::in_root_of(client_chain(scenario), verification(asked)),
        },
        sessions: match scenario.resume {
            Resume::Ticket => Sessions::Tickets,
            Resume::None | Resume::Stored => Sessions::Stored,
        },
        ..base
    }
}

/// The ends of a gateway's inner connection: the same choices, other names, other authorities.
fn inner(scenario: &Scenario, outer: &(Peer, Peer)) -> (Peer, Peer) {
    let service_chain = chain(scenario, Purpose::Service, &[SERVICE_NAME]);
    let gateway_chain = chain(scenario, Purpose::Gateway, &[GATEWAY_NAME]);
    let mutual = scenario.gateway == Gateway::Mutual;
    let back = Peer {
        name: Some(SERVICE_NAME.into()),
        alpn: vec![HTTP.into()],
        credential: mutual.then(|| Credential::Chain(gateway_chain.clone())),
        trust: Trust::in_root_of(service_chain.clone(), Verification::Required),
        ..outer.0.clone()
    };
    let service = Peer {
        credential: Some(Credential::Chain(service_chain)),
        trust: if mutual {
            Trust::in_root_of(gateway_chain, Verification::Required)
        } else {
            Trust::none()
        },
        ..outer.1.clone()
    };
    (back, service)
}

impl Trust {
    /// In nobody, and asking nobody.
    fn none() -> Trust {
        Trust {
            verification: Verification::Off,
            roots: Vec::new(),
            raw_public_keys: Vec::new(),
            revocation_lists: Vec::new(),
        }
    }

    /// In the root of this chain.
    fn in_root_of(chain: ChainPlan, verification: Verification) -> Trust {
        Trust { verification, roots: vec![chain], ..Trust::none() }
    }
}

fn verification(asked: ClientCertificate) -> Verification {
    match asked {
        ClientCertificate::Required => Verification::Required,
        _ => Verification::Optional,
    }
}

fn versions(version: Version) -> Vec<ProtocolVersion> {
    let (tls13, tls12) = (ProtocolVersion::TLSv1_3, ProtocolVersion::TLSv1_2);
    match version {
        Version::Tls12 => vec![tls12],
        Version::Tls13 => vec![tls13],
        Version::Any => vec![tls13, tls12],
    }
}

/// The usual groups in their order, `first` before the others.
fn preferring(first: Option<Group>) -> Vec<Group> {
    let others = GROUPS.into_iter().filter(|group| Some(*group) != first);
    first.into_iter().chain(others).collect()
}
