//! From a scenario to its plan, and what a fault makes of it.

use super::{
    CertCompression, ClientCertificate, Gateway, Group, KeyExchange, Resume, Scenario,
    ServerCertType, Version,
};
use crate::faults::{Fault, Outcome};
use crate::plan::{
    self, Authority, Between, ChainPlan, Conversation, Credential, Extension, Impairments,
    Implementation, Name, Operator, Path, Peer, Plan, Purpose, Relay, Sessions, Trust,
    Verification, key_usage,
};
use rustls::{CipherSuite, ProtocolVersion, SignatureScheme};

/// The name that the client wants to reach, of a domain set apart for documentation (RFC 2606).
const HOST: &str = "www.example.com";

/// The name of the client where it has a certificate.
const CLIENT_NAME: &str = "alice@example.com";

/// The service's name on a gateway's inner network, of a domain set apart for documentation (RFC 2606).
const SERVICE_NAME: &str = "service.internal.example";

/// The gateway's name on the inner network, where it has a certificate of its own.
const GATEWAY_NAME: &str = "gateway.internal.example";

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

impl Scenario {
    /// What it means: two peers, the path between them, and what its fault changes.
    pub fn plan(&self) -> Plan {
        let mut plan = self.sound_plan();
        if let Some(fault) = self.broken_by() {
            (fault.apply)(&mut plan);
        }
        plan
    }

    /// What it means, leaving its fault aside.
    pub fn sound_plan(&self) -> Plan {
        let outer = (client(self), server(self));
        let (client, server, between) = match self.gateway {
            Gateway::None => (outer.0, outer.1, Between::Nothing),
            Gateway::PassThrough => (outer.0, outer.1, Between::PassThrough),
            Gateway::Intercept => {
                let chain = intercepting(server_chain(self));
                let (mut client, server) = outer;
                let back = client.clone();
                client.trust.roots.push(chain.clone());
                let front = Peer { credential: Some(Credential::Chain(chain)), ..server.clone() };
                let relay = Relay {
                    front,
                    back: Some(back),
                    tells_client: false,
                    operator: Operator::Proxy,
                    replacements: Vec::new(),
                };
                (client, server, Between::Relay(Box::new(relay)))
            }
            kind => {
                let (back, service) = inner(self, &outer);
                let back = (kind != Gateway::Terminate).then_some(back);
                let relay = Relay {
                    front: outer.1,
                    back,
                    tells_client: true,
                    operator: Operator::Owner,
                    replacements: Vec::new(),
                };
                (outer.0, service, Between::Relay(Box::new(relay)))
            }
        };
        Plan {
            seed: self.seed,
            clock: self.clock,
            client,
            server,
            conversation: Conversation {
                connections: self.connections(),
                requests: self.requests,
                pause_us: u64::from(self.pause_ms) * 1000,
                key_update: self.key_update,
                close: self.close,
                replayed: false,
            },
            path: Path {
                delay_us: u64::from(self.rtt_ms) * 1000 / 2,
                mss: self.mss,
                impairments: Impairments {
                    loss: self.loss,
                    reorder: self.reorder,
                    duplicate: self.duplicate,
                },
                packets: Vec::new(),
                between,
            },
            tampering: Vec::new(),
        }
    }

    /// Its fault.
    pub fn broken_by(&self) -> Option<&'static Fault> {
        self.fault.and_then(Fault::find)
    }

    /// The same without what is broken in it: whoever attacked is gone too.
    pub fn mended(&self) -> Scenario {
        let gateway = if self.plan().is_attacked() { Gateway::None } else { self.gateway };
        Scenario { fault: None, gateway, ..self.clone() }
    }

    /// What must come of its fault; `None` without one.
    pub fn expected(&self) -> Option<Outcome> {
        Some((self.broken_by()?.expect)(&self.sound_plan()))
    }

    /// The client's chain: what it shows where it is asked, and has a certificate.
    pub fn client_chain(&self) -> ChainPlan {
        chain(self, Authority::CLIENTS, Purpose::Person, &[CLIENT_NAME])
    }
}

fn chain(scenario: &Scenario, authority: Authority, purpose: Purpose, names: &[&str]) -> ChainPlan {
    let (seed, kind) = (scenario.seed, scenario.certificate);
    ChainPlan::new(seed, kind, authority, purpose, names, scenario.clock)
}

fn server_chain(scenario: &Scenario) -> ChainPlan {
    let names = [HOST, "example.com"];
    let mut chain = chain(scenario, Authority::SERVERS, Purpose::Server, &names);
    if scenario.key_exchange == KeyExchange::Rsa
        && let Some(leaf) = chain.leaf_mut()
    {
        let bits = key_usage::DIGITAL_SIGNATURE | key_usage::KEY_ENCIPHERMENT;
        leaf.set(Extension::KeyUsage(bits));
    }
    chain
}

/// The same leaf as whoever intercepts makes it: signed by a root of their own.
fn intercepting(mut chain: ChainPlan) -> ChainPlan {
    if let Some(root) = chain.root_mut() {
        root.subject = Name::authority(Authority::INTERCEPTORS.owner, "Root");
    }
    chain.issue_by(Authority::INTERCEPTORS, 1);
    chain
}

/// What client and server have in common: it is for a fault to set them apart.
fn peer(scenario: &Scenario) -> Peer {
    let versions = versions(scenario.version);
    let implementation = if scenario.has_teaching_endpoints() {
        Implementation::Teaching
    } else {
        Implementation::Rustls
    };
    Peer {
        implementation,
        name: None,
        sends_name: true,
        default_chain: None,
        suites: suites(scenario, &versions),
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
        listens: true,
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
        credential: has_certificate.then(|| Credential::Chain(scenario.client_chain())),
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
            asked => Trust::in_root_of(scenario.client_chain(), verification(asked)),
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
    let service_chain = chain(scenario, Authority::SERVICES, Purpose::Server, &[SERVICE_NAME]);
    let gateway_chain = chain(scenario, Authority::GATEWAYS, Purpose::Host, &[GATEWAY_NAME]);
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

/// All suites of these versions, or those of the one cipher that go with the kind of certificate.
fn suites(scenario: &Scenario, versions: &[ProtocolVersion]) -> Vec<CipherSuite> {
    let mut suites = match scenario.key_exchange {
        KeyExchange::Ecdhe => plan::suites_of(versions),
        KeyExchange::Rsa => plan::RSA_KEY_EXCHANGE.to_vec(),
    };
    if let Some(only) = scenario.suite {
        suites.retain(|suite| {
            let code = u16::from(*suite).into();
            [Version::Tls13, Version::Tls12].into_iter().any(|version| {
                only.of(version, scenario.certificate, scenario.key_exchange) == Some(code)
            })
        });
    }
    suites
}

/// The usual groups in their order, `first` before the others.
fn preferring(first: Option<Group>) -> Vec<Group> {
    let others = GROUPS.into_iter().filter(|group| Some(*group) != first);
    first.into_iter().chain(others).collect()
}
