//! The command line: the same engine without a browser.

mod compare;
mod connect;
mod diagnose;
mod error;
mod faults;
mod inspect;
mod json;
mod ladder;
mod lessons;
mod list;
mod mint;
mod moment;
mod now;
mod output;
mod quiz;
mod race;
mod run;
mod serve;
mod stolen_key;
mod why;

use crate::race::{DEFAULT_RTT_MS, RTT_MS};
use crate::scenario::KEYS;
use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use error::CliError;
use std::path::PathBuf;
use std::process::ExitCode;

/// Real TCP and TLS handshakes, run in memory, taken apart byte by byte.
#[derive(Parser)]
#[command(name = "handshake-lab", version, about, after_help = EXIT_STATUS)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_STATUS: &str = "Exit status: 0 it ran, also where the handshake failed as the scenario \
                           says it must; 1 it could not run or read its input; 2 wrong usage.";

#[derive(Subcommand)]
enum Command {
    /// Lists what there is.
    List(ListArgs),
    /// Runs a scenario, and prints it or writes it to files.
    #[command(after_help = keys_help())]
    Run(RunArgs),
    /// Runs two scenarios and prints them side by side: steps aligned, and the fields that differ.
    Compare(CompareArgs),
    /// Runs scenarios side by side, and says how long each takes to the first application byte.
    #[command(after_help = RACE_HELP)]
    Race(RaceArgs),
    /// Makes keys, requests, certificates and stores by a recipe, and writes them to a folder.
    Mint(MintArgs),
    /// Says what is in files of certificates, keys and requests, and whether a chain would be taken.
    #[command(after_help = INSPECT_HELP)]
    Inspect(InspectArgs),
    /// Serves faults or a preset to real clients, on this machine.
    #[command(after_help = serve::HELP)]
    Serve(serve::ServeArgs),
    /// Connects to a real server, and tells what happens step by step.
    #[command(after_help = connect::HELP)]
    Connect(connect::ConnectArgs),
    /// Names the faults that a program's error can mean, by what real programs were seen to say.
    Why(why::WhyArgs),
    /// Sets a mystery: an error, commands to find out with, and what it may be.
    #[command(after_help = diagnose::HELP)]
    Diagnose(diagnose::DiagnoseArgs),
    /// Draws questions of the lessons as Practise does, and prints them, with or without the answers.
    #[command(after_help = quiz::HELP)]
    Quiz(quiz::QuizArgs),
    /// Works on lesson files.
    #[command(subcommand)]
    Lessons(LessonsCommand),
}

#[derive(Subcommand)]
enum LessonsCommand {
    /// Checks the lessons in a folder, every value and answer against real runs.
    Check {
        /// The folder that holds index.toml.
        dir: PathBuf,
        /// With how many seeds each lesson is tried, besides its own.
        #[arg(long, value_name = "N", default_value_t = crate::lesson::SEEDS)]
        seeds: u64,
    },
    /// Checks them, and writes what the page reads in their place to the folder `built` below.
    Build {
        /// The folder that holds index.toml.
        dir: PathBuf,
    },
}

#[derive(Args)]
struct ListArgs {
    /// What to list.
    what: What,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Ready-made scenarios.
    Scenarios,
    /// What can be broken.
    Faults,
    /// The keys of `run --set`, with their values and defaults.
    Keys,
    /// Lessons of the folder `lessons`, here or where the program lies.
    Lessons,
    /// The questions of these lessons.
    Questions,
    /// Interview prompts of the same folder.
    Interview,
    /// The words of the glossary.
    Terms,
    /// The recipes of `mint`.
    Recipes,
}

#[derive(Args)]
struct InspectArgs {
    /// PEM of any mixture, DER, PKCS #7 or PKCS #12, or what openssl s_client, curl or Java print; - is
    /// standard input.
    #[arg(required = true)]
    files: Vec<String>,
    /// The host or address that the client asks for.
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// The moment to judge by: now, or a time like 2026-01-31T12:00:00Z. Without it, now.
    #[arg(long, value_name = "TIME", value_parser = moment::parse)]
    at: Option<u64>,
    /// Whom to trust: public, lab, or a file of certificates; may be given more than once. Without it, public.
    #[arg(long, value_name = "FILE")]
    roots: Vec<String>,
    /// Judges as a server judges a client's certificate.
    #[arg(long)]
    client: bool,
    /// Opens encrypted keys and stores.
    #[arg(long, value_name = "TEXT")]
    password: Option<String>,
    /// Certificates that the browser among those who judge has met on an earlier visit; may be given more than
    /// once.
    #[arg(long, value_name = "FILE", conflicts_with = "client")]
    cached: Vec<String>,
    /// Compares the certificates of two files, such as before and after a renewal, and judges none.
    #[arg(long, conflicts_with_all = ["host", "at", "roots", "client", "cached"])]
    diff: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

const INSPECT_HELP: &str = "Exit status: 0 every chain would be taken, 3 one would be refused, 1 nothing could be \
                            read, 2 wrong usage. With --diff: 0 they were compared. Private keys are never shown.";

#[derive(Args)]
struct MintArgs {
    /// A recipe that comes with the program (`list recipes`), or a TOML file: docs/recipes.md has its schema.
    recipe: String,
    /// The folder to write to. It is made where there is none; files of the same names are replaced.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// When the certificates start: now, or a time like 2026-01-31T12:00:00Z. Without it, the time at which
    /// scenarios start, so that the same recipe gives the same bytes.
    #[arg(long, value_name = "TIME", value_parser = moment::parse)]
    clock: Option<u64>,
    /// Seeds keys and serial numbers, in place of the recipe's own seed.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Print what was made as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct RunArgs {
    /// A ready-made scenario, a fault, or a scenario's text form (tls13+group=secp256r1+seed=7).
    scenario: String,
    /// Sets a key of the scenario; may be given more than once.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    set: Vec<(String, String)>,
    /// Seeds every random draw: the same seed gives the same bytes.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Writes everything about the run as JSON; - is standard output.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
    /// Writes the packets as a capture with the secrets inside; - is standard output.
    #[arg(long, value_name = "FILE")]
    pcapng: Option<String>,
    /// Writes the secrets in the NSS key log format; - is standard output.
    #[arg(long, value_name = "FILE")]
    keylog: Option<String>,
    /// Writes the private key of the server's certificate in PEM, for tools that open a recording
    /// with it; - is standard output.
    #[arg(long, value_name = "FILE")]
    server_key: Option<String>,
    /// Tries to read the recorded connections with that key alone, and tells what comes of it: the
    /// test of forward secrecy.
    #[arg(long)]
    stolen_key: bool,
}

#[derive(Args)]
struct CompareArgs {
    /// A ready-made scenario, a fault, or a scenario's text form.
    a: String,
    /// Another one.
    b: String,
    /// Also lists the fields that are random in each run, or that follow from others.
    #[arg(long)]
    all: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct RaceArgs {
    /// Two to four scenarios, each as `run` takes it. None: TLS 1.2, TLS 1.3, 0-RTT, kept alive.
    scenarios: Vec<String>,
    /// The round-trip time of every lane's link, in milliseconds.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_RTT_MS, value_parser = rtt_ms())]
    rtt_ms: u32,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

const RACE_HELP: &str = "Time counts from the client's first SYN to the first byte of the response at \
                         the client; where a scenario makes several requests on a connection, from \
                         the last of them. Of several connections, the last is measured.";

/// Takes the round-trip times that a race can have.
fn rtt_ms() -> RangedU64ValueParser<u32> {
    let (least, most) = (*RTT_MS.start(), *RTT_MS.end());
    RangedU64ValueParser::new().range(u64::from(least)..=u64::from(most))
}

/// Splits `KEY=VALUE`.
fn key_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
        None => Err("write it as KEY=VALUE".into()),
    }
}

/// The keys of `--set`, one a line.
fn keys_help() -> String {
    let lines = KEYS.iter().map(|key| format!("  {:<17}{}\n", key.name, list::key_in_a_line(key)));
    format!("Keys of --set:\n{}", lines.collect::<String>())
}

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version, which go to standard output.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            eprint!("{}", output::legible(&error.to_string()));
            return ExitCode::from(2);
        }
    };
    let result = match cli.command {
        Command::Inspect(args) => return status(inspect::inspect(&args)),
        Command::List(args) => list::list(args.what, args.json),
        Command::Run(args) => run::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Race(args) => race::race(&args),
        Command::Mint(args) => mint::mint(&args),
        Command::Serve(args) => serve::serve(args),
        Command::Connect(args) => connect::connect(&args),
        Command::Why(args) => why::why(&args),
        Command::Diagnose(args) => diagnose::diagnose(&args),
        Command::Quiz(args) => quiz::quiz(&args),
        Command::Lessons(LessonsCommand::Check { dir, seeds }) => lessons::check(&dir, seeds),
        Command::Lessons(LessonsCommand::Build { dir }) => lessons::build(&dir),
    };
    status(result.map(|()| ExitCode::SUCCESS))
}

/// The exit status, with the error told if there is one.
fn status(result: Result<ExitCode, CliError>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("{}", output::legible(&error.to_string()));
        error.exit_code()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
