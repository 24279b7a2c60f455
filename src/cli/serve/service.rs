//! What can be served to real clients: the server of a plan, without the plan's client and path.

use crate::certificates::in_lab::capabilities;
use crate::cli::now;
use crate::engine::socket::{Limits, SocketEnd, Talk};
use crate::engine::{self, Identity, RunError, identity};
use crate::plan::{Between, Impairments, Peer, Plan, Verification, When};
use crate::scenario::Scenario;
use crate::tls::{CipherSuite, ProtocolVersion};
use crate::trace::Endpoint;
use std::borrow::Cow;
use std::fmt;
use std::io;
use std::net::{IpAddr, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};

/// Why something cannot be served over a real socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// It is about packets on their way.
    Path,
    /// It is about what stands between client and server.
    Gateway,
    /// Someone on the path does it, or the client.
    Tampering,
    /// The client is set up so.
    Client,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Obstacle::Path => "it is about packets on their way, which a program does not send",
            Obstacle::Gateway => "it is about a gateway, and a server alone is none",
            Obstacle::Tampering => "someone on the path does it, and not the server",
            Obstacle::Client => "it is a setting of the client's, which shows with any server",
        })
    }
}

/// What of a scenario keeps it from being served: read off its plan, and what its fault changes of it.
pub(super) fn obstacle(scenario: &Scenario) -> Option<Obstacle> {
    let (plan, sound) = (scenario.plan(), scenario.sound_plan());
    let path = &plan.path;
    if path.between != Between::Nothing {
        return Some(Obstacle::Gateway);
    }
    if !path.packets.is_empty() || path.impairments != Impairments::default() {
        return Some(Obstacle::Path);
    }
    let by_server = |when, from| when == When::BeforeSealing && from == Endpoint::Server;
    if plan.tampering.iter().any(|act| !by_server(act.when, act.target.from)) {
        return Some(Obstacle::Tampering);
    }
    let is_servers = plan.server != sound.server || !plan.tampering.is_empty();
    // The name asked for, the certificate shown and the protocols offered are what anyone can choose for a
    // connection.
    let chosen = Peer {
        name: plan.client.name.clone(),
        alpn: plan.client.alpn.clone(),
        credential: plan.client.credential.clone(),
        ..sound.client
    };
    (!is_servers && plan.client != chosen).then_some(Obstacle::Client)
}

/// A server, ready for clients.
pub(super) struct Service {
    /// The fault's or preset's name.
    pub id: String,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it was made from.
    pub scenario: Scenario,
    /// The name to ask for.
    pub name: String,
    /// The root to trust, in DER.
    pub root: Vec<u8>,
    /// Who the client has to be, where the server asks.
    pub client: ClientPart,
    end: SocketEnd,
    connections: AtomicU32,
}

/// What the client shows.
pub(super) enum ClientPart {
    /// The server does not ask.
    NotAsked,
    /// Nothing, though the server asks.
    Nothing,
    /// This.
    Shows(Identity),
}

impl Service {
    /// The server of this scenario, at this address.
    ///
    /// # Errors
    /// It could not be set up.
    pub fn new(scenario: Scenario, address: IpAddr) -> Result<Service, RunError> {
        let capabilities = capabilities();
        let plan = engine::plan(&scenario, &capabilities)?;
        let root = identity(&scenario, Endpoint::Server, &capabilities)?.root;
        let client = match (plan.server.trust.verification, &plan.client.credential) {
            (Verification::Off, _) => ClientPart::NotAsked,
            (_, None) => ClientPart::Nothing,
            _ => ClientPart::Shows(identity(&scenario, Endpoint::Client, &capabilities)?),
        };
        let fault = scenario.broken_by();
        let asked_for = plan.client.name.clone().unwrap_or_default();
        // A client that asks for the server's address asks for the one that the server really has.
        let name = asked_for.parse().map_or(asked_for, |_: IpAddr| address.to_string());
        Ok(Service {
            id: fault.map_or(scenario.preset, |fault| fault.id).to_owned(),
            title: fault.map_or(scenario.title(), |fault| fault.title),
            name,
            root,
            client,
            scenario,
            end: SocketEnd::new(plan, Endpoint::Server)?,
            connections: AtomicU32::new(0),
        })
    }

    /// Where it is found under its name, at this port.
    pub fn url(&self, port: u16) -> String {
        match self.name.parse() {
            Ok(IpAddr::V6(address)) => format!("https://[{address}]:{port}/"),
            _ => format!("https://{}:{port}/", self.name),
        }
    }

    /// Plays the server on a socket that was accepted.
    ///
    /// # Errors
    /// The client is gone already.
    pub fn talk(&self, stream: TcpStream, limits: Limits) -> io::Result<Talk> {
        let number = self.connections.fetch_add(1, Ordering::Relaxed);
        self.end.talk(number, now::seed(), stream, limits)
    }

    /// Whether a program waits at its port.
    pub fn listens(&self) -> bool {
        self.scenario.plan().server.listens
    }

    /// What a client has to do to see it, beside asking for the name and trusting the root.
    pub fn client_has_to(&self) -> Vec<String> {
        let plan = self.scenario.plan();
        let sound = self.scenario.sound_plan();
        let limited = only_version(&plan).map(|version| format!("allow {version} alone"));
        let unnamed = (!plan.client.sends_name).then(|| "send no server_name".to_owned());
        let (client, usual) = (&plan.client, &sound.client);
        let alone = |what: &str, own: Vec<Cow<'static, str>>, usual: Vec<Cow<'static, str>>| {
            (own != usual).then(|| format!("offer {what} {} alone", own.join(" and ")))
        };
        let protocols = |peer: &Peer| peer.alpn.iter().map(|name| name.clone().into()).collect();
        let suites = |peer: &Peer| {
            let suites = peer.suites.iter();
            suites.map(|suite| CipherSuite(u16::from(*suite)).label()).collect()
        };
        let groups = |peer: &Peer| peer.groups.iter().map(|group| group.id().into()).collect();
        let offers = [
            alone("by ALPN", protocols(client), protocols(usual)),
            // Another version has other suites.
            alone("the suite", suites(client), suites(usual)).filter(|_| limited.is_none()),
            alone("the group", groups(client), groups(usual)),
        ];
        let shows = match &self.client {
            ClientPart::NotAsked => None,
            ClientPart::Nothing => Some("show no certificate".to_owned()),
            ClientPart::Shows(_) => Some(format!(
                "show the certificate /{0}/client.pem with /{0}/client-key.pem",
                self.id
            )),
        };
        [limited, unnamed].into_iter().chain(offers).chain([shows]).flatten().collect()
    }
}

/// The one version that the client allows, where the server's are others.
fn only_version(plan: &Plan) -> Option<ProtocolVersion> {
    match plan.client.versions.as_slice() {
        [only] if plan.server.versions != [*only] => Some(ProtocolVersion(u16::from(*only))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FAULTS;
    use crate::scenario::PRESETS;
    use Obstacle::{Client, Gateway, Path, Tampering};

    fn of(text: &str) -> Option<Obstacle> {
        obstacle(&Scenario::parse(text).unwrap())
    }

    #[test]
    fn what_a_server_cannot_show_alone_is_read_off_the_plan() {
        for (text, expected) in [
            ("tls13", None),
            ("cert-expired", None),
            ("client-cert-missing", None),
            ("wildcard-bare-domain", None),
            ("alpn-mismatch", None),
            ("no-sni", None),
            ("plain-http-to-tls-port", Some(Client)),
            ("client-clock-behind", Some(Client)),
            ("pin-mismatch", Some(Client)),
            ("revoked", Some(Client)),
            ("tampered-record", Some(Tampering)),
            ("gateway-terminate", Some(Gateway)),
            ("tls13+loss=0.1", Some(Path)),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_can_be_served_has_a_name_and_a_root() {
        let presets = PRESETS.iter().map(|preset| preset.id);
        for text in FAULTS.iter().map(|fault| fault.id).chain(presets) {
            let scenario = Scenario::parse(text).unwrap();
            if obstacle(&scenario).is_none() {
                let service = Service::new(scenario, IpAddr::from([127, 0, 0, 1])).unwrap();
                assert!(!service.name.is_empty() && !service.root.is_empty(), "{text}");
                assert_eq!(service.id, text);
            }
        }
    }
}
