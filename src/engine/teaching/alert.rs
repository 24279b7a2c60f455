//! A check that failed, with the alert that tells of it (RFC 5246, section 7.2.2).

use rustls::{AlertDescription, Error};

/// Why an endpoint gives up.
#[derive(Debug)]
pub struct Refusal {
    /// The alert for the peer; `None` if the peer has given up itself.
    pub alert: Option<AlertDescription>,
    /// What is wrong, in words.
    pub text: String,
}

/// A refusal that the peer is told of by `alert`.
pub fn refuse(alert: AlertDescription, text: impl Into<String>) -> Refusal {
    Refusal { alert: Some(alert), text: text.into() }
}

/// The certificate verifiers' errors, which come with an alert of their own: the same as where
/// rustls runs.
impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let text = error.to_string();
        match error {
            Error::InvalidCertificate(error) => refuse(error.into(), text),
            Error::PeerMisbehaved(_) => refuse(AlertDescription::IllegalParameter, text),
            _ => refuse(AlertDescription::InternalError, text),
        }
    }
}
