//! Who is at the ends of a connection, where a gateway stands between client and service.

use super::Endpoint;
use serde::{Deserialize, Serialize};

/// A place of the topology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Wants something.
    Client,
    /// Has it, and is asked directly.
    Server,
    /// Stands in between: a server to the client, a client to the service.
    Gateway,
    /// Has it, and is asked by the gateway.
    Service,
    /// Stands in between with a certificate of its own: a server to the client, a client to the server. Or only
    /// records, and sends what it has recorded once more.
    Attacker,
    /// Does the same with the client's consent.
    Proxy,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 6] =
        [Role::Client, Role::Server, Role::Gateway, Role::Service, Role::Attacker, Role::Proxy];

    /// Whether it stands between client and server.
    pub const fn is_between(self) -> bool {
        matches!(self, Role::Gateway | Role::Attacker | Role::Proxy)
    }

    /// The noun: `client`, `gateway`.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Client => "client",
            Role::Server => "server",
            Role::Gateway => "gateway",
            Role::Service => "service",
            Role::Attacker => "attacker",
            Role::Proxy => "proxy",
        }
    }
}

/// Who the client and the server of a connection are: those of TCP, and those of the TLS that it
/// carries. They differ where a gateway passes TLS on without being an end of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Roles {
    /// Opens the TCP connection.
    pub client: Role,
    /// Accepts it.
    pub server: Role,
    /// Begins the TLS handshake.
    pub tls_client: Role,
    /// Answers it.
    pub tls_server: Role,
}

impl Default for Roles {
    fn default() -> Self {
        Roles::of(Role::Client, Role::Server)
    }
}

impl Roles {
    /// Ends of TCP that are the ends of TLS as well.
    pub const fn of(client: Role, server: Role) -> Roles {
        Roles { client, server, tls_client: client, tls_server: server }
    }

    /// These ends of TCP, with TLS that the gateway passes on between client and service.
    pub const fn passing(client: Role, server: Role) -> Roles {
        Roles { client, server, tls_client: Role::Client, tls_server: Role::Service }
    }

    /// An attacker who sends the server a recording of what the client sent it.
    pub const REPLAY: Roles = Roles {
        client: Role::Attacker,
        server: Role::Server,
        tls_client: Role::Client,
        tls_server: Role::Server,
    };

    /// Whether this is the way from a client to its server, or a recording on that way: no hop of a gateway's,
    /// which goes on together with others.
    pub fn is_direct(self) -> bool {
        self == Roles::default() || self == Roles::REPLAY
    }

    /// Who is at this end of TCP.
    pub fn tcp(self, who: Endpoint) -> Role {
        match who {
            Endpoint::Client => self.client,
            Endpoint::Server => self.server,
        }
    }

    /// Who is at this end of TLS.
    pub fn tls(self, who: Endpoint) -> Role {
        match who {
            Endpoint::Client => self.tls_client,
            Endpoint::Server => self.tls_server,
        }
    }

    /// Whether whoever is at this end of TCP only passes on what TLS carries.
    pub fn passes_on(self, who: Endpoint) -> bool {
        self.tcp(who) != self.tls(who)
    }
}
