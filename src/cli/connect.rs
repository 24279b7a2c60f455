//! `handshake-lab connect`: a real connection as our client makes it, told as any run.

use super::{CliError, json, ladder, now, output};
use crate::capture::{keylog, pcapng};
use crate::certificates::in_lab::capabilities;
use crate::dissect::MessageKind;
use crate::engine::socket::{Limits, SocketEnd};
use crate::engine::{self, Capabilities, Identity};
use crate::faults::{FAULTS, Fault};
use crate::plan::{Peer, Plan, Tamper, Trust, Verification, When};
use crate::run::{Origin, Run};
use crate::scenario::{Scenario, Version};
use crate::tls::{AlertDescription, ProtocolVersion};
use crate::trace::{ChainRefusal, Endpoint, Op};
use clap::Args;
use pki_types::pem::{self, PemObject};
use pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt::Write;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

/// The port of HTTPS.
const PORT: u16 = 443;

/// How long an address may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the connection may take.
const LIMITS: Limits =
    Limits { time: Duration::from_secs(60), silence: PATIENCE, bytes: 16 * 1024 * 1024 };

pub(super) const HELP: &str = "The keys of --set are those of `run`; version=any and alpn=http/1.1 where they \
    are not given. All secrets of the connection are written down, and its randomness comes from a seed: send \
    nothing secret.";

#[derive(Args)]
pub(super) struct ConnectArgs {
    /// Whom to connect to: HOST or HOST:PORT.
    host: String,
    /// Connects to this address in place of the host's own, and asks for the host there.
    #[arg(long, value_name = "ADDR:PORT")]
    address: Option<SocketAddr>,
    /// Trusts the roots in this file (PEM), and no others. Without it, those of the system.
    #[arg(long, value_name = "FILE")]
    ca: Option<String>,
    /// Takes any certificate.
    #[arg(long)]
    insecure: bool,
    /// Shows the certificates in this file (PEM, its own first) to a server that asks.
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<String>,
    /// The private key for them (PEM, PKCS #8).
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<String>,
    /// Sends no server_name.
    #[arg(long)]
    no_sni: bool,
    /// Sets a key of the client; may be given more than once.
    #[arg(long, value_name = "KEY=VALUE", value_parser = super::key_and_value)]
    set: Vec<(String, String)>,
    /// Writes everything about the connection as JSON; - is standard output, which then has nothing else.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
    /// Writes the connection as a capture with the secrets inside; - is standard output.
    #[arg(long, value_name = "FILE")]
    pcapng: Option<String>,
    /// Writes the secrets in the NSS key log format; - is standard output.
    #[arg(long, value_name = "FILE")]
    keylog: Option<String>,
}

/// Connects and tells of it, and writes what was asked for. Where that goes to standard output, it is told on standard
/// error what a failure is called and whether the connection was cut off.
///
/// # Errors
/// There is no connection, a file cannot be read or written. A handshake that fails is told like any other.
pub(super) fn connect(args: &ConnectArgs) -> Result<(), CliError> {
    let files = [&args.json, &args.pcapng, &args.keylog];
    if let Some(file) = output::named_twice(files.into_iter().flatten()) {
        return Err(CliError::Usage(format!("only one output can go to {file}")));
    }
    let (host, port) = host_and_port(&args.host)?;
    let scenario = scenario(args)?;
    let mut plan = engine::plan(&scenario, &capabilities())?;
    plan.client.name = Some(host.to_owned());
    plan.client.sends_name = !args.no_sni;
    plan.client.trust = trust(args)?;
    let end = match (&args.cert, &args.key) {
        (Some(cert), Some(key)) => SocketEnd::client_showing(plan, &identity(cert, key)?)?,
        _ => SocketEnd::new(plan, Endpoint::Client)?,
    };
    let stream = match args.address {
        Some(address) => TcpStream::connect_timeout(&address, PATIENCE),
        None => open(host, port),
    };
    let lost = |error: io::Error| {
        let fault = match error.kind() {
            ErrorKind::ConnectionRefused => "; `list faults` calls it connection-refused",
            ErrorKind::TimedOut => "; `list faults` calls it black-hole",
            _ => "",
        };
        CliError::Cannot(format!(
            "cannot connect to {}: {error}; not one byte of TLS was sent: look whether it listens, and \
             at what is on the way{fault}",
            args.host
        ))
    };
    let talk = end.talk(0, scenario.seed, stream.map_err(lost)?, LIMITS).map_err(lost)?;
    let cut = talk.cut;
    let run = Run::of(
        Origin::Socket { scenario, who: Endpoint::Client },
        talk.into_trace(),
        &Capabilities::all(),
    )?;
    let mut ending = String::new();
    if let Some(cut) = cut {
        let _ = writeln!(ending, "\nThe connection was cut off here: {cut}.");
    }
    ending += &names(&run);
    if files.into_iter().flatten().any(|file| output::is_standard(file)) {
        // What is written there is all of it.
        eprint!("{}", output::legible(&ending));
    } else {
        output::print(&output::legible(&(ladder::text(&run) + &ending)))?;
    }
    if let Some(file) = &args.json {
        output::write(file, json::document(&run)?.as_bytes())?;
    }
    if let Some(file) = &args.pcapng {
        output::write(file, &pcapng::write_noted(&run.trace, Some(output::REBUILT)))?;
    }
    if let Some(file) = &args.keylog {
        output::write(file, keylog::write(&run.trace).as_bytes())?;
    }
    Ok(())
}

/// The host, without the brackets of an IPv6 address, and the port.
fn host_and_port(text: &str) -> Result<(&str, u16), CliError> {
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => (host, None),
        // What follows the brackets without a colon is no port.
        Some((host, rest)) => (host, Some(rest.strip_prefix(':').unwrap_or_default())),
        // More colons are of an address.
        None => match text.split_once(':') {
            Some((host, port)) if !port.contains(':') => (host, Some(port)),
            _ => (text, None),
        },
    };
    let port = port.map_or(Ok(PORT), str::parse);
    match port {
        Ok(port) if !host.is_empty() => Ok((host, port)),
        _ => Err(CliError::Usage(format!("{text} is no HOST or HOST:PORT"))),
    }
}

/// A connection to the first address of the host that answers.
fn open(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut last = io::Error::other("it has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// What our client is set up from, here and now.
fn scenario(args: &ConnectArgs) -> Result<Scenario, CliError> {
    let given = |name: &str| args.set.iter().any(|(key, _)| key == name);
    let usual = [("version", Version::Any.id()), ("alpn", "http/1.1")];
    let own = args.set.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let pairs: Vec<(&str, &str)> =
        usual.into_iter().filter(|(key, _)| !given(key)).chain(own).collect();
    let mut scenario = Scenario::default().with(&pairs)?;
    if let Some((key, value)) = pairs.iter().find(|pair| is_of_others(&scenario, &pairs, pair)) {
        return Err(CliError::Usage(format!(
            "--set {key}={value} changes nothing that our client does to a real server; leave it out"
        )));
    }
    now::set_unless_given(&mut scenario, &args.set, (now::clock(), now::seed()));
    Ok(scenario)
}

/// Whether one of the pairs that make a scenario changes its plan, and nothing in it that is used here.
fn is_of_others(scenario: &Scenario, pairs: &[(&str, &str)], pair: &(&str, &str)) -> bool {
    let without: Vec<(&str, &str)> = pairs.iter().filter(|other| *other != pair).copied().collect();
    // Where the others are not possible alone, it is needed.
    let Ok(without) = Scenario::default().with(&without) else { return false };
    let plan = |scenario| engine::plan(scenario, &capabilities());
    let (Ok(with), Ok(without)) = (plan(scenario), plan(&without)) else { return false };
    with != without && own_part(with) == own_part(without)
}

/// What of a plan the client goes by. Its name and its trust come from other options.
fn own_part(plan: Plan) -> impl PartialEq {
    let client = Peer { name: None, sends_name: true, trust: Trust::none(), ..plan.client };
    let by_client =
        |act: &Tamper| act.when == When::BeforeSealing && act.target.from == Endpoint::Client;
    let tampering: Vec<Tamper> = plan.tampering.into_iter().filter(by_client).collect();
    (plan.seed, plan.clock, client, plan.conversation, tampering)
}

/// Whom it trusts.
fn trust(args: &ConnectArgs) -> Result<Trust, CliError> {
    // Without verification they are what it would have judged by.
    let given_roots = match &args.ca {
        Some(file) => certificates(file)?,
        None if args.insecure => Vec::new(),
        None => roots_of_system()?,
    };
    let verification = if args.insecure { Verification::Off } else { Verification::Required };
    Ok(Trust { verification, given_roots, ..Trust::none() })
}

/// What the client shows.
fn identity(cert: &str, key: &str) -> Result<Identity, CliError> {
    let chain = certificates(cert)?;
    let root = chain.last().cloned().unwrap_or_default();
    let read = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, error))?;
    let PrivateKeyDer::Pkcs8(read) = read else {
        return Err(CliError::Cannot(format!(
            "{key} is not PKCS #8; write it so by `openssl pkcs8 -topk8 -nocrypt -in {key}`"
        )));
    };
    Ok(Identity { root, chain, private_key: read.secret_pkcs8_der().to_vec() })
}

/// The certificates in a file of PEM; there is one at least.
fn certificates(file: &str) -> Result<Vec<Vec<u8>>, CliError> {
    let cannot = |error| unreadable(file, error);
    let found = CertificateDer::pem_file_iter(file).map_err(cannot)?;
    let found: Vec<Vec<u8>> =
        found.map(|one| Ok(one.map_err(cannot)?.to_vec())).collect::<Result<_, CliError>>()?;
    if found.is_empty() {
        return Err(CliError::Cannot(format!("{file} has no certificate; give one with some")));
    }
    Ok(found)
}

fn unreadable(file: &str, error: pem::Error) -> CliError {
    match error {
        pem::Error::Io(error) => CliError::Read { file: file.to_owned(), error },
        other => CliError::Cannot(format!("{file} is not PEM: {other}; give a file of PEM")),
    }
}

fn roots_of_system() -> Result<Vec<Vec<u8>>, CliError> {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return Err(CliError::Cannot(
            "the system has no trusted roots; name a file of them by --ca, or take any by --insecure"
                .into(),
        ));
    }
    Ok(found.into_iter().map(|root| root.to_vec()).collect())
}

/// How a connection fails, as far as faults differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Failure {
    noticed_by: Option<Endpoint>,
    alert: Option<AlertDescription>,
    refusal: Option<ChainRefusal>,
}

impl Failure {
    /// `None` if nothing failed.
    fn of(run: &Run) -> Option<Failure> {
        let outcome = &run.story().outcome;
        let alert = outcome.alert.and_then(|at| run.dissection().messages.get(at));
        let alert = alert.and_then(|message| match message.kind {
            MessageKind::Alert { description, .. } => Some(description),
            _ => None,
        });
        // What a server judges does not show at the client.
        let mut own = run.connection().events.iter().filter(|event| event.by == Endpoint::Client);
        let refusal = own.find_map(|event| match event.op {
            Op::CertificatePath { refusal, .. } => refusal,
            _ => None,
        });
        let failure = Failure { noticed_by: outcome.noticed_by, alert, refusal };
        (failure.noticed_by.is_some() || alert.is_some()).then_some(failure)
    }
}

/// What a failure is called here: the faults that fail in the same way when they are run.
fn names(run: &Run) -> String {
    let Some(failure) = Failure::of(run) else { return String::new() };
    let is_tls12 = run.dissection().negotiated.version == Some(ProtocolVersion::TLS1_2);
    let version = if is_tls12 { Version::Tls12 } else { Version::Tls13 };
    let fails_so = |fault: &&&Fault| {
        let scenario = Scenario::parse(fault.id).and_then(|s| s.with(&[("version", version.id())]));
        let run = scenario.ok().and_then(|s| Run::new(&s, &Capabilities::all()).ok());
        run.and_then(|run| Failure::of(&run)) == Some(failure)
    };
    let mut text = String::new();
    for fault in FAULTS.iter().filter(fails_so) {
        let _ = writeln!(text, "  {}: {}", fault.id, fault.title);
    }
    match text.as_str() {
        "" => "\nNo fault of `list faults` fails in this way.\n".into(),
        faults => format!(
            "\nThese faults of `list faults` fail in the same way; `run FAULT` tells of them:\n{faults}"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_with_and_without_port() {
        for (text, expected) in [
            ("example.com", ("example.com", 443)),
            ("example.com:8443", ("example.com", 8443)),
            ("[::1]:8443", ("::1", 8443)),
            ("[::1]", ("::1", 443)),
            ("::1", ("::1", 443)),
        ] {
            assert_eq!(host_and_port(text).unwrap(), expected);
        }
        for text in ["", ":443", "example.com:no", "example.com:99999", "[::1]8443"] {
            assert!(host_and_port(text).is_err(), "{text}");
        }
    }
}
