//! Who is at the two ends, as nouns for sentences.

use crate::trace::{Endpoint, Role};

/// The two ends of one layer. Where there is no gateway they are "the client" and "the server"; on a
/// gateway's hop one of them is "the gateway", or "the service".
///
/// A sentence says `format!("The {server} answers")` with [`Parties::server`], which is the noun
/// alone. What is a name of the standards is written as it is and never taken from here: `client
/// random`, `server_name`, `client_write_key`, `server_hello`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    client: Role,
    server: Role,
}

impl Parties {
    /// These two.
    pub const fn new(client: Role, server: Role) -> Parties {
        Parties { client, server }
    }

    /// Who is at this end.
    pub const fn role(self, who: Endpoint) -> Role {
        match who {
            Endpoint::Client => self.client,
            Endpoint::Server => self.server,
        }
    }

    /// The noun for an end: `client`, `gateway`.
    pub fn name(self, who: Endpoint) -> &'static str {
        self.role(who).name()
    }

    /// The noun for the end that opens the connection.
    pub fn client(self) -> &'static str {
        self.client.name()
    }

    /// The noun for the end that accepts it.
    pub fn server(self) -> &'static str {
        self.server.name()
    }
}
