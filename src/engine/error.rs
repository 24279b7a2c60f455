//! Why a scenario could not be run. A handshake that fails is no such error: it is a result.

use super::certificates::ChainError;
use super::provider::NotLoaded;
use rustls::server::VerifierBuilderError;
use std::fmt;

/// Why there is no trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    /// A certificate chain could not be minted.
    Chain(ChainError),
    /// rustls refused a configuration.
    Tls(String),
    /// The TCP stack refused an address or a port.
    Tcp(String),
    /// What the scenario needs is not among the [`super::Capabilities`] given: its name.
    NotLoaded(&'static str),
    /// The run went on without end.
    TooManyEvents(u32),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Chain(error) => error.fmt(f),
            RunError::Tls(error) => write!(f, "TLS cannot be configured so: {error}"),
            RunError::Tcp(error) => write!(f, "TCP cannot be configured so: {error}"),
            RunError::NotLoaded(what) => write!(f, "{what} is needed and not loaded"),
            RunError::TooManyEvents(limit) => {
                write!(f, "the run did not end within {limit} events; please report the scenario")
            }
        }
    }
}

impl std::error::Error for RunError {}

impl From<ChainError> for RunError {
    fn from(error: ChainError) -> Self {
        RunError::Chain(error)
    }
}

impl From<NotLoaded> for RunError {
    fn from(NotLoaded(what): NotLoaded) -> Self {
        RunError::NotLoaded(what)
    }
}

impl From<rustls::Error> for RunError {
    fn from(error: rustls::Error) -> Self {
        RunError::Tls(error.to_string())
    }
}

impl From<VerifierBuilderError> for RunError {
    fn from(error: VerifierBuilderError) -> Self {
        RunError::Tls(error.to_string())
    }
}
