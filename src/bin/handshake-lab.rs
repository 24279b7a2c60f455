//! The command line's entry.

use std::process::ExitCode;

fn main() -> ExitCode {
    handshake_lab::cli::main()
}
