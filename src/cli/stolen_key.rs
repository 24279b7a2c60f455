//! The attempt to read recorded connections with the server's private key, as text for people.

use super::CliError;
use crate::certificates::in_lab::capabilities;
use crate::dissect::MessageKind;
use crate::dissect::stolen_key::{Attempt, attempt};
use crate::engine::identity;
use crate::run::Run;
use crate::story::format;
use crate::trace::Endpoint;
use std::fmt::Write;

/// Every connection of the run, tried.
///
/// # Errors
/// The server's key could not be made again.
pub(super) fn text(run: &Run) -> Result<String, CliError> {
    let key = identity(run.scenario(), Endpoint::Server, &capabilities())?.private_key;
    let connections = run.trace.connections.iter();
    let one = |packets: &[_]| tell(&attempt(packets, &key));
    let told: Vec<String> = connections.map(|connection| one(&connection.packets)).collect();
    Ok(format!("{}\n\n{}", run.scenario().text(), told.join("\n")))
}

fn tell(attempt: &Attempt) -> String {
    let mut text =
        String::from("A recording of the packets, and the stolen private key of the server.\n\n");
    for (number, step) in attempt.steps.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}. {}", number + 1, step.tried);
        if !step.octets.is_empty() {
            let (count, excerpt) =
                (format::bytes(step.octets.len()), format::excerpt(&step.octets));
            let _ = writeln!(text, "   on {count}, {excerpt}");
        }
        let mark = if step.worked { "yes" } else { "no" };
        let _ = writeln!(text, "   {mark}: {}", step.result);
        if !step.value.is_empty() {
            let _ = writeln!(text, "   = {}", crate::hex::encode(&step.value));
        }
    }
    let _ = writeln!(
        text,
        "\n{} of {} encrypted records opened.",
        attempt.opened(),
        attempt.encrypted()
    );
    for missing in &attempt.missing {
        let _ = writeln!(text, "Missing: {}. It takes {}.", missing.secret, missing.needed);
        for value in &missing.public_values {
            let octets = crate::hex::encode(&value.octets);
            let _ = writeln!(text, "  {}: {octets}", value.name());
        }
        let _ = writeln!(text, "{}", missing.why);
    }
    let data =
        attempt.dissection.messages.iter().filter(|m| m.kind == MessageKind::ApplicationData);
    for message in data {
        let _ = writeln!(text, "\nThe {} sent:", message.from.name());
        let _ = writeln!(text, "{}", String::from_utf8_lossy(&message.bytes).trim_end());
    }
    let _ = writeln!(text, "\nWhat the key can still do: {}", attempt.still);
    text
}
