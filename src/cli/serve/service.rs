//! What can be served to real clients: the server of a plan with what happens to records on its path, and the files
//! that a client is set up with.

use super::path::OnPath;
use crate::certificates::in_lab::capabilities;
use crate::cli::now;
use crate::engine::socket::{Limits, SocketEnd, Talk};
use crate::engine::{self, Capabilities, Identity, JudgedBy, RunError, identity, judged_by};
use crate::plan::{
    Between, DAY, Impairments, Implementation, PacketAction, PacketRule, Peer, Plan, Verification,
    When, Which,
};
use crate::scenario::Scenario;
use crate::tls::{CipherSuite, ProtocolVersion, SignatureScheme};
use crate::trace::Endpoint;
use std::borrow::Cow;
use std::fmt;
use std::io;
use std::net::{IpAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Why something cannot be served over a real socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// It is about single packets on their way.
    Path,
    /// It is about what stands between client and server.
    Gateway,
    /// The client does it.
    Tampering,
    /// The client is set up so.
    Client,
    /// Someone sends a recording of a client.
    Recording,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Obstacle::Path => {
                "it is about single packets on their way, and a program sees none of them"
            }
            Obstacle::Gateway => "it is about a gateway, and a server alone is none",
            Obstacle::Tampering => "it is what the client does, and not the server",
            Obstacle::Client => "it is a setting of the client's, which shows with any server",
            Obstacle::Recording => {
                "it takes a recording of a client, and someone who sends it again"
            }
        })
    }
}

/// What of a scenario keeps it from being served: read off its plan, and what its fault changes of it.
pub(super) fn obstacle(scenario: &Scenario) -> Option<Obstacle> {
    let (plan, sound) = (scenario.plan(), scenario.sound_plan());
    let path = &plan.path;
    if plan.conversation.replayed {
        return Some(Obstacle::Recording);
    }
    // An attacker answers in the server's place.
    if path.between != Between::Nothing && !plan.is_attacked() {
        return Some(Obstacle::Gateway);
    }
    let is_of_packets = |rule: &PacketRule| !is_silence(rule) && rule.action != PacketAction::Reset;
    if path.packets.iter().any(is_of_packets) || path.impairments != Impairments::default() {
        return Some(Obstacle::Path);
    }
    let by_client = |when, from| when == When::BeforeSealing && from == Endpoint::Client;
    if plan.tampering.iter().any(|act| by_client(act.when, act.target.from)) {
        return Some(Obstacle::Tampering);
    }
    let is_servers = plan.server != sound.server || !plan.tampering.is_empty();
    // What anyone can choose for a connection.
    let chosen = Peer {
        implementation: plan.client.implementation,
        name: plan.client.name.clone(),
        signature_schemes: plan.client.signature_schemes.clone(),
        alpn: plan.client.alpn.clone(),
        credential: plan.client.credential.clone(),
        trust: plan.client.trust.clone(),
        clock: plan.client.clock,
        ..sound.client
    };
    (!is_servers && plan.client != chosen).then_some(Obstacle::Client)
}

/// Whether no packet of the client's gets through.
fn is_silence(rule: &PacketRule) -> bool {
    (rule.from, &rule.which, rule.action) == (Endpoint::Client, &Which::Every, PacketAction::Drop)
}

/// The plan of what answers: the server, or an attacker in its place.
fn answering(scenario: &Scenario, capabilities: &Capabilities) -> Result<Plan, RunError> {
    let mut plan = engine::plan(scenario, capabilities)?;
    if let Between::Relay(relay) = std::mem::replace(&mut plan.path.between, Between::Nothing) {
        plan.server = relay.front;
    }
    Ok(plan)
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
    /// What the client judges by, beside the root.
    pub judged_by: JudgedBy,
    /// What happens to its connections on their way.
    on_path: Option<Arc<OnPath>>,
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
        let mut plan = answering(&scenario, &capabilities)?;
        let root = identity(&scenario, Endpoint::Server, &capabilities)?.root;
        let client = match (plan.server.trust.verification, &plan.client.credential) {
            (Verification::Off, _) => ClientPart::NotAsked,
            (_, None) => ClientPart::Nothing,
            _ => ClientPart::Shows(identity(&scenario, Endpoint::Client, &capabilities)?),
        };
        let on_path = OnPath::of(&plan).map(Arc::new);
        if on_path.is_some() {
            // Nobody on the path can tell a ticket from the response.
            plan.server.tickets = 0;
        }
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
            judged_by: judged_by(&plan.client, &capabilities)?,
            on_path,
            scenario,
            end: SocketEnd::new(plan, Endpoint::Server)?,
            connections: AtomicU32::new(0),
        })
    }

    /// Where it is found under its name, at this port.
    pub fn url(&self, port: u16) -> String {
        let is_plain = self.scenario.plan().client.implementation == Implementation::Plain;
        let scheme = if is_plain { "http" } else { "https" };
        match self.name.parse() {
            Ok(IpAddr::V6(address)) => format!("{scheme}://[{address}]:{port}/"),
            _ => format!("{scheme}://{}:{port}/", self.name),
        }
    }

    /// Plays the server on a socket that was accepted.
    ///
    /// # Errors
    /// The client is gone already.
    pub fn talk(&self, stream: TcpStream, limits: Limits) -> io::Result<Talk> {
        let number = self.connections.fetch_add(1, Ordering::Relaxed);
        let stream = match &self.on_path {
            Some(path) => path.cross(stream)?,
            None => stream,
        };
        self.end.talk(number, now::seed(), stream, limits)
    }

    /// Whether a program waits at its port.
    pub fn listens(&self) -> bool {
        self.scenario.plan().server.listens
    }

    /// Whether nothing at its port answers, not even TCP.
    pub fn is_silent(&self) -> bool {
        self.scenario.plan().path.packets.iter().any(is_silence)
    }

    /// What a client has to do to see it, beside asking for the name and trusting the root.
    pub fn client_has_to(&self) -> Vec<String> {
        let plan = self.scenario.plan();
        let sound = self.scenario.sound_plan();
        let limited = only_version(&plan).map(|version| format!("allow {version} alone"));
        // Whoever strikes a version out of the list has to find the list that is looked for.
        let is_struck = self.on_path.is_some() && plan.client.versions.len() > 1;
        let both = is_struck.then(|| "allow TLS 1.3 and TLS 1.2 alone".to_owned());
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
        let schemes = |peer: &Peer| {
            let schemes = peer.signature_schemes.iter();
            schemes.map(|scheme| SignatureScheme(u16::from(*scheme)).label()).collect()
        };
        let offers = [
            alone("by ALPN", protocols(client), protocols(usual)),
            // Another version has other suites.
            alone("the suite", suites(client), suites(usual)).filter(|_| limited.is_none()),
            alone("the group", groups(client), groups(usual)),
            alone("the signature scheme", schemes(client), schemes(usual)),
        ];
        let ahead = client.clock.abs_diff(plan.clock) / DAY;
        let way = if client.clock < plan.clock { '-' } else { '+' };
        let JudgedBy { revocation_lists, pins } = &self.judged_by;
        let is_unverified = client.trust.verification == Verification::Off;
        let judges = [
            (ahead > 0).then(|| format!("have another clock: faketime -f {way}{ahead}d")),
            (!revocation_lists.is_empty())
                .then(|| format!("have the revocation lists /{}/crls.pem", self.id)),
            (!pins.is_empty()).then(|| format!("have the keys of /{}/pins.txt pinned", self.id)),
            is_unverified.then(|| "have verification off".to_owned()),
        ];
        let shows = match &self.client {
            ClientPart::NotAsked => None,
            ClientPart::Nothing => Some("show no certificate".to_owned()),
            ClientPart::Shows(_) => Some(format!(
                "show the certificate /{0}/client.pem with /{0}/client-key.pem",
                self.id
            )),
        };
        let first = [limited, both, unnamed].into_iter();
        first.chain(offers).chain(judges).chain([shows]).flatten().collect()
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
    use Obstacle::{Gateway, Path, Recording};

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
            ("plain-http-to-tls-port", None),
            ("client-clock-behind", None),
            ("pin-mismatch", None),
            ("revoked", None),
            ("tampered-record", None),
            ("mitm-refused", None),
            ("black-hole", None),
            ("reset-on-sni", None),
            ("heavy-loss", Some(Path)),
            ("big-client-hello-dropped", Some(Path)),
            ("upstream-cert-expired", Some(Gateway)),
            ("gateway-terminate", Some(Gateway)),
            ("early-data-replayed", Some(Recording)),
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
