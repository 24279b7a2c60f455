//! What is told of a connection: what the client sent, who noticed, which alert.

use crate::cli::CliError;
use crate::dissect::{Epoch, Message, MessageKind};
use crate::engine::Capabilities;
use crate::engine::socket::{Cut, Talk};
use crate::run::{Origin, Run};
use crate::scenario::Scenario;
use crate::tls::{AlertDescription, HandshakeType};
use crate::trace::{Endpoint, Status};
use crate::wire::view::ClientHello;
use serde::Serialize;
use std::borrow::Cow;
use std::net::SocketAddr;

/// The account of a connection. Its JSON is a line of `--json`.
#[derive(Serialize)]
pub(super) struct Report {
    /// Among all connections, from 1.
    number: u64,
    /// When it was opened, in seconds since 1970.
    clock: u64,
    /// What was served.
    served: String,
    /// Where the client is.
    client: SocketAddr,
    /// What the client asked for; `None` if there was no ClientHello.
    client_hello: Option<Hello>,
    /// What was settled.
    version: Option<String>,
    cipher_suite: Option<String>,
    /// How it ended for the server: `established`, `failed`, `incomplete`.
    status: &'static str,
    /// Who noticed that something is wrong.
    noticed_by: Option<&'static str>,
    alerts: Vec<Alert>,
    /// The server's error text.
    error: Option<String>,
    /// Why it was cut off.
    cut: Option<String>,
}

/// What a ClientHello says.
#[derive(Serialize)]
struct Hello {
    server_name: Option<String>,
    versions: Vec<String>,
    cipher_suites: Vec<String>,
    groups: Vec<String>,
    alpn: Vec<String>,
}

/// An alert that went over the wire.
#[derive(Serialize)]
struct Alert {
    from: &'static str,
    description: String,
    encrypted: bool,
}

impl Report {
    /// Of a connection to what is served as `served`, from this client. The run is the connection, taken
    /// apart.
    ///
    /// # Errors
    /// There is nothing to take apart.
    pub fn new(
        number: u64,
        served: &str,
        client: SocketAddr,
        scenario: &Scenario,
        talk: Talk,
    ) -> Result<(Report, Run), CliError> {
        let (clock, cut) = (talk.clock, talk.cut);
        let origin = Origin::Socket { scenario: scenario.clone(), who: Endpoint::Server };
        let run = Run::of(origin, talk.into_trace(), &Capabilities::all())?;
        let parts = run.dissection();
        let negotiated = &parts.negotiated;
        let end = run.connection().end(Endpoint::Server);
        let hello = parts.handshake(Endpoint::Client, HandshakeType::CLIENT_HELLO);
        let report = Report {
            number,
            clock,
            served: served.to_owned(),
            client,
            client_hello: hello
                .and_then(|message| message.view::<ClientHello<'_>>())
                .map(Hello::of),
            version: negotiated.version.map(|version| version.label().into_owned()),
            cipher_suite: negotiated.suite.map(|suite| suite.label().into_owned()),
            status: end.status.name(),
            noticed_by: run.story().outcome.noticed_by.map(Endpoint::name),
            alerts: parts.messages.iter().filter_map(Alert::of).collect(),
            error: end.error.clone(),
            cut: cut.as_ref().map(Cut::to_string),
        };
        Ok((report, run))
    }

    /// A line for people.
    pub fn line(&self) -> String {
        let sent = match &self.client_hello {
            Some(hello) => hello.line(),
            None => "no ClientHello".to_owned(),
        };
        format!(
            "{} {} from {}: {sent} - {}\n",
            self.number,
            self.served,
            self.client,
            self.ending()
        )
    }

    fn ending(&self) -> String {
        let mut text = match self.status {
            name if name == Status::Established.name() => format!(
                "established, {} {}",
                self.version.as_deref().unwrap_or("no version"),
                self.cipher_suite.as_deref().unwrap_or("no suite")
            ),
            name => name.to_owned(),
        };
        if let Some(who) = self.noticed_by {
            text += &format!(", the {who} noticed");
        }
        for alert in &self.alerts {
            let how = if alert.encrypted { "encrypted" } else { "in the clear" };
            text += &format!(", alert {} from the {} ({how})", alert.description, alert.from);
        }
        if let Some(error) = &self.error {
            text += &format!(", server: {error}");
        }
        if let Some(cut) = &self.cut {
            text += &format!(", cut off: {cut}");
        }
        text
    }
}

impl Hello {
    fn of(hello: ClientHello<'_>) -> Hello {
        Hello {
            server_name: hello.server_name().map(str::to_owned),
            versions: labels(hello.versions(), |version| version.label()),
            cipher_suites: labels(hello.real_cipher_suites(), |suite| suite.label()),
            groups: labels(hello.groups(), |group| group.label()),
            alpn: hello.extensions().alpn().into_iter().map(str::to_owned).collect(),
        }
    }

    fn line(&self) -> String {
        let name = self.server_name.as_deref().unwrap_or("no server_name");
        let first = self.cipher_suites.first().map_or("none", String::as_str);
        let mut text = format!(
            "{name}, {}, {} suites, first {first}",
            self.versions.join(" "),
            self.cipher_suites.len()
        );
        if !self.alpn.is_empty() {
            text += &format!(", ALPN {}", self.alpn.join(" "));
        }
        text
    }
}

fn labels<T>(codes: Vec<T>, label: impl Fn(T) -> Cow<'static, str>) -> Vec<String> {
    codes.into_iter().map(|code| label(code).into_owned()).collect()
}

impl Alert {
    /// The alert in this message, unless it only says that no more will come.
    fn of(message: &Message) -> Option<Alert> {
        match message.kind {
            MessageKind::Alert { description, .. }
                if description != AlertDescription::CLOSE_NOTIFY =>
            {
                Some(Alert {
                    from: message.from.name(),
                    description: message.name.clone(),
                    encrypted: message.epoch != Epoch::Plain,
                })
            }
            _ => None,
        }
    }
}
