//! `handshake-lab run`.

use super::{CliError, RunArgs, json, ladder, output, stolen_key};
use crate::capture::{keylog, pcapng, pem};
use crate::certificates::in_lab::capabilities;
use crate::engine::identity;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::trace::Endpoint;

/// Runs the scenario, and writes what was asked for; without an output option, prints it for people.
///
/// # Errors
/// The scenario does not exist, cannot be run, or a file cannot be written.
pub(super) fn run(args: &RunArgs) -> Result<(), CliError> {
    let files = [&args.json, &args.pcapng, &args.keylog, &args.server_key];
    if let Some(file) = output::named_twice(files.into_iter().flatten()) {
        let text = format!("only one output can go to {file}; name files for the others");
        return Err(CliError::Usage(text));
    }
    let run = Run::new(&scenario(args)?, &capabilities())?;
    if args.stolen_key {
        output::print(&stolen_key::text(&run)?)?;
    } else if files.iter().all(|file| file.is_none()) {
        return output::print(&ladder::text(&run));
    }
    if let Some(file) = &args.json {
        output::write(file, json::document(&run)?.as_bytes())?;
    }
    if let Some(file) = &args.pcapng {
        output::write(file, &pcapng::write(&run.trace))?;
    }
    if let Some(file) = &args.keylog {
        output::write(file, keylog::write(&run.trace).as_bytes())?;
    }
    if let Some(file) = &args.server_key {
        let key = identity(run.scenario(), Endpoint::Server, &capabilities())?.private_key;
        output::write(file, pem::encode("PRIVATE KEY", &key).as_bytes())?;
    }
    Ok(())
}

/// The scenario that the arguments describe.
fn scenario(args: &RunArgs) -> Result<Scenario, CliError> {
    if args.seed.is_some() && args.set.iter().any(|(key, _)| key == "seed") {
        return Err(CliError::Usage(
            "the seed is given twice; leave out --seed or --set seed".into(),
        ));
    }
    let seed = args.seed.map(|seed| seed.to_string());
    let mut pairs: Vec<(&str, &str)> =
        args.set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    pairs.extend(seed.as_deref().map(|seed| ("seed", seed)));
    Ok(Scenario::parse(&args.scenario)?.with(&pairs)?)
}
