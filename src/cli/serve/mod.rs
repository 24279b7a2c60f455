//! `handshake-lab serve`: faults and presets for real clients, on this machine.
//!
//! | file | what is in it |
//! |---|---|
//! | `service` | what can be served, and why not |
//! | `listen` | ports |
//! | `path` | what happens on the way to a server |
//! | `gate` | how many connections there are at once |
//! | `report` | what is told of a connection |
//! | `index` | the page with the files that a client needs |

mod gate;
mod index;
mod listen;
mod path;
mod report;
mod service;

use super::{CliError, now, output};
use crate::capture::pcapng;
use crate::certificates::shell::quoted;
use crate::engine::socket::Limits;
use crate::faults::FAULTS;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::story::format::plural;
use clap::Args;
use gate::Gate;
use index::{Index, TRUST_WARNING};
use listen::{LOOPBACK, Use, address_of, take};
use path::silenced;
use report::Report;
use service::{Service, obstacle};
use socket2::Socket;
use std::fs::File;
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What a connection may take.
const LIMITS: Limits =
    Limits { time: Duration::from_secs(30), silence: Duration::from_secs(10), bytes: 256 * 1024 };

/// How many connections there are at once.
const AT_ONCE: usize = 256;

/// Bytes of a thread's stack.
const STACK: usize = 1024 * 1024;

/// How long to wait when the system has no more sockets to give.
const BREATH: Duration = Duration::from_millis(50);

pub(super) const HELP: &str = "Certificates are made at the start, for the real time. A connection may take \
    30 s, be silent for 10 s, and send 256 KB; 256 are served at once. Its packets (--pcapng) are rebuilt \
    from what was read and written. Nothing here is safe for anything secret.";

#[derive(Args)]
pub(super) struct ServeArgs {
    /// A fault, a ready-made scenario, or a scenario's text form.
    #[arg(required_unless_present = "all")]
    what: Option<String>,
    /// Serves all faults that can be, each at a port of its own.
    #[arg(long, conflicts_with = "what")]
    all: bool,
    /// The first port; the page about it all comes behind the last. 0 takes any that are free.
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Sets a key of the scenario; may be given more than once.
    #[arg(long, value_name = "KEY=VALUE", value_parser = super::key_and_value)]
    set: Vec<(String, String)>,
    /// Listens on this address, in place of 127.0.0.1 and ::1. Others may reach it then.
    #[arg(long, value_name = "ADDR")]
    listen: Option<IpAddr>,
    /// Writes a line of JSON for each connection.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
    /// Writes each connection, with its secrets inside.
    #[arg(long, value_name = "FILE")]
    pcapng: Option<String>,
}

/// Serves, until it is ended from outside.
///
/// # Errors
/// There is nothing that can be served, a port is taken, or a file cannot be written.
pub(super) fn serve(args: ServeArgs) -> Result<(), CliError> {
    let addresses = args.listen.map_or(LOOPBACK.to_vec(), |address| vec![address]);
    let (services, left_out) = services(&args, args.listen.unwrap_or(LOOPBACK[0]))?;
    if let Some(open) = args.listen.filter(|address| !address.is_loopback()) {
        eprintln!(
            "warning: {open} may be reached by others; nothing that is served here is safe for anything secret"
        );
    }
    let mut ports = Vec::new();
    for (at, service) in services.iter().enumerate() {
        let to = if service.listens() { Use::Listen } else { Use::Refuse };
        ports.push(port(&addresses, args.port, at, to)?);
    }
    let index_at = port(&addresses, args.port, services.len(), Use::Listen)?;
    let hub = Arc::new(Hub {
        gate: Gate::new(AT_ONCE),
        connections: AtomicU64::new(0),
        outputs: Mutex::new(Outputs::create(&args)?),
    });
    let mut about = Vec::new();
    for (service, port) in services.iter().zip(&ports) {
        let address = port.address;
        about.push((&**service, address));
        output::print(&format!("{} https://{address}/ {}\n", service.id, service.name))?;
    }
    let index = Arc::new(Index::new(&about, &left_out));
    let mut threads = Vec::new();
    let address = index_at.address;
    eprintln!(
        "http://{address}/ tells how to see it, and has the root to trust: http://{address}/ca.pem"
    );
    eprintln!("{TRUST_WARNING}");
    let others = left_out.len();
    if others > 0 {
        eprintln!("{} cannot be served; that page says why", plural(others, "fault"));
    }
    for socket in index_at.sockets {
        let (index, hub) = (index.clone(), hub.clone());
        threads.push(accept(socket.into(), hub, move |stream| {
            let _ = index.answer(stream);
        }));
    }
    // Ports that are held, for nobody to be answered there.
    let (mut refusing, mut silent) = (Vec::new(), Vec::new());
    for (service, port) in services.into_iter().zip(ports) {
        for socket in port.sockets {
            if !service.listens() {
                refusing.push(socket);
                continue;
            }
            if service.is_silent() {
                silent.push(silenced(socket.into()).map_err(|error| {
                    CliError::Cannot(format!("{} cannot be served here: {error}", service.id))
                })?);
                continue;
            }
            let (service, at) = (service.clone(), hub.clone());
            threads
                .push(accept(socket.into(), hub.clone(), move |stream| at.talk(&service, stream)));
        }
    }
    output::print("ready\n")?;
    for thread in threads {
        let _ = thread.join();
    }
    drop((refusing, silent));
    Ok(())
}

/// What is served, and the names of what is not, each with why.
type Services = (Vec<Arc<Service>>, Vec<(String, String)>);

fn services(args: &ServeArgs, address: IpAddr) -> Result<Services, CliError> {
    let mut pairs: Vec<(&str, &str)> =
        args.set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    // The same for all of them: so they have one root.
    let here = (now::clock(), now::seed());
    pairs.retain(|(key, _)| *key != "fault" || !args.all);
    let scenario = |text: &str| -> Result<Scenario, CliError> {
        let mut scenario = Scenario::parse(text)?.with(&pairs)?;
        now::set_unless_given(&mut scenario, &args.set, here);
        Ok(scenario)
    };
    if let Some(what) = &args.what {
        let scenario = scenario(what)?;
        return match obstacle(&scenario) {
            None => Ok((vec![Arc::new(Service::new(scenario, address)?)], Vec::new())),
            Some(why) => {
                let set = args.set.iter().map(|(key, value)| format!("{key}={value}"));
                let set = set.map(|pair| format!(" --set {}", quoted(&pair)));
                let run = format!("handshake-lab run {}{}", quoted(what), set.collect::<String>());
                Err(CliError::Cannot(format!("{what} cannot be served: {why}; `{run}` shows it")))
            }
        };
    }
    let (mut services, mut left_out) = (Vec::new(), Vec::new());
    for fault in FAULTS {
        match scenario(fault.id) {
            Err(error) => left_out.push((fault.id.to_owned(), error.to_string())),
            Ok(scenario) => match obstacle(&scenario) {
                Some(why) => left_out.push((fault.id.to_owned(), why.to_string())),
                None => services.push(Arc::new(Service::new(scenario, address)?)),
            },
        }
    }
    if services.is_empty() {
        return Err(CliError::Cannot(
            "none of the faults can be served so; leave out --set".into(),
        ));
    }
    Ok((services, left_out))
}

/// A port on all addresses.
struct Port {
    /// Where it is told to be.
    address: SocketAddr,
    sockets: Vec<Socket>,
}

/// The `at`-th port from the first one on, on all addresses.
fn port(addresses: &[IpAddr], first: u16, at: usize, to: Use) -> Result<Port, CliError> {
    let port = match first {
        0 => Some(0),
        first => u16::try_from(at).ok().and_then(|at| first.checked_add(at)),
    };
    let Some(port) = port else {
        return Err(CliError::Cannot(format!(
            "there are not enough ports from {first} on; name a lower one by --port"
        )));
    };
    let sockets = take(addresses, port, to).map_err(|error| {
        CliError::Cannot(format!("cannot listen at port {port}: {error}; name another by --port"))
    })?;
    match sockets.first().map(address_of) {
        Some(Ok(address)) => Ok(Port { address, sockets }),
        _ => Err(CliError::Cannot("a port was lost; try again".into())),
    }
}

/// Has each connection dealt with in a thread of its own, as soon as there is a place.
fn accept(
    listener: TcpListener,
    hub: Arc<Hub>,
    deal_with: impl Fn(TcpStream) + Send + Sync + 'static,
) -> thread::JoinHandle<()> {
    let deal_with = Arc::new(deal_with);
    thread::spawn(move || {
        loop {
            let Ok((stream, _)) = listener.accept() else {
                thread::sleep(BREATH);
                continue;
            };
            let place = hub.gate.enter();
            let deal_with = deal_with.clone();
            let started = thread::Builder::new().stack_size(STACK).spawn(move || {
                deal_with(stream);
                drop(place);
            });
            // Without a thread the client sees its connection closed, and may try again.
            if started.is_err() {
                thread::sleep(BREATH);
            }
        }
    })
}

/// What all connections share.
struct Hub {
    gate: Arc<Gate>,
    /// How many there were.
    connections: AtomicU64,
    outputs: Mutex<Outputs>,
}

impl Hub {
    /// Serves a client, and tells of it.
    fn talk(&self, service: &Service, stream: TcpStream) {
        let number = self.connections.fetch_add(1, Ordering::Relaxed) + 1;
        let Ok(client) = stream.peer_addr() else { return };
        // A client that is gone before it was served left nothing to tell of.
        let Ok(talk) = service.talk(stream, LIMITS) else { return };
        if let Ok((report, run)) = Report::new(number, &service.id, client, &service.scenario, talk)
        {
            let mut outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
            outputs.keep(&report, &run);
        }
    }
}

/// Where connections are told of.
struct Outputs {
    json: Option<File>,
    pcapng: Option<File>,
}

impl Outputs {
    fn create(args: &ServeArgs) -> Result<Outputs, CliError> {
        if let Some(file) = output::named_twice([&args.json, &args.pcapng].into_iter().flatten()) {
            return Err(CliError::Usage(format!("only one output can go to {file}")));
        }
        let create = |file: &Option<String>| match file {
            None => Ok(None),
            Some(file) => File::create(file)
                .map(Some)
                .map_err(|error| CliError::Write { file: file.clone(), error }),
        };
        Ok(Outputs { json: create(&args.json)?, pcapng: create(&args.pcapng)? })
    }

    /// Tells of a connection. What cannot be written is lost, and the next one is tried again.
    fn keep(&mut self, report: &Report, run: &Run) {
        if let Some(file) = &mut self.json
            && let Ok(line) = serde_json::to_string(report)
        {
            warn(writeln!(file, "{line}"));
        }
        if let Some(file) = &mut self.pcapng {
            // A capture may have several sections, one behind the other.
            warn(file.write_all(&pcapng::write_noted(&run.trace, Some(output::REBUILT))));
        }
        // Last, so that whoever reads it finds the files written.
        let _ = output::print(&output::legible(&report.line()));
    }
}

fn warn(result: io::Result<()>) {
    if let Err(error) = result {
        eprintln!("a connection could not be kept: {error}");
    }
}
