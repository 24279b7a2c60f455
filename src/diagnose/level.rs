//! The levels: which faults may be the cause, and what else it might be.

use super::openssl::verify::VerifyError;
use super::suspect::{Suspect, Who};
use crate::engine::RunError;
use crate::faults::Group;

/// A level: which faults it is about, by what they are and what shows of them.
#[derive(Debug)]
pub struct Level {
    /// Its name in links: a short word.
    pub id: &'static str,
    /// Its name in menus.
    pub title: &'static str,
    /// One sentence about what is hard in it.
    pub about: &'static str,
    /// Whether this may be the cause.
    pub is_cause: fn(&Suspect) -> Result<bool, RunError>,
    /// Whether this is worth asking about as well.
    pub is_other: fn(&Suspect) -> Result<bool, RunError>,
    /// The one program whose error is shown, of which only the code is left.
    pub only_code_of: Option<&'static str>,
}

/// All levels, the easiest first.
pub static LEVELS: &[Level] = &[
    Level {
        id: "one-line",
        title: "One line in a log",
        about: "A job fails with CERTIFICATE_VERIFY_FAILED, and that is all that the log has. It may be the time, the name, or the way to a trusted root.",
        is_cause: is_simple,
        is_other: is_simple,
        only_code_of: Some("python3 ssl"),
    },
    Level {
        id: "chain",
        title: "The chain",
        about: "Something is wrong with a certificate, and not with its dates, its name or a missing issuer alone.",
        is_cause: is_of_chain,
        is_other: |one| Ok(one.fault.group == Group::ServerCertificate),
        only_code_of: None,
    },
    Level {
        id: "client-certificate",
        title: "Who are you",
        about: "The server wants to know who the client is, and is not satisfied.",
        is_cause: |one| Ok(one.fault.group == Group::ClientCertificate),
        is_other: |one| Ok(one.fault.group == Group::ClientCertificate),
        only_code_of: None,
    },
    Level {
        id: "negotiation",
        title: "Nothing in common",
        about: "The two ends do not find what they could agree on.",
        is_cause: |one| Ok(one.fault.group == Group::Negotiation),
        is_other: |one| {
            Ok(matches!(one.fault.group, Group::Negotiation | Group::ClientCertificate))
        },
        only_code_of: None,
    },
    Level {
        id: "on-the-way",
        title: "On the way",
        about: "What is wrong lies between client and server, or behind a gateway.",
        is_cause: is_on_the_way,
        is_other: is_on_the_way,
        only_code_of: None,
    },
    Level {
        id: "misleading",
        title: "It works for me",
        about: "openssl s_client finds nothing wrong, and the program fails all the same.",
        is_cause: is_content,
        is_other: is_content,
        only_code_of: None,
    },
];

impl Level {
    /// The level with this name.
    pub fn find(id: &str) -> Option<&'static Level> {
        LEVELS.iter().find(|level| level.id == id)
    }
}

/// `s_client` as one starts with it.
const S_CLIENT: Who = Who::SClient { only: None, is_named: true };

/// Time, name, or the way to a root, of the certificates that come: what OpenSSL says of the leaf.
fn is_simple(one: &Suspect) -> Result<bool, RunError> {
    const SIMPLE: [VerifyError; 7] = [
        VerifyError::NOT_YET_VALID,
        VerifyError::EXPIRED,
        VerifyError::SELF_SIGNED,
        VerifyError::SELF_SIGNED_IN_CHAIN,
        VerifyError::NO_ISSUER,
        VerifyError::HOST,
        VerifyError::ADDRESS,
    ];
    let is_about_certificates = matches!(one.fault.group, Group::ServerCertificate | Group::Path);
    if !is_about_certificates {
        return Ok(false);
    }
    let error = one.verify_error(S_CLIENT)?;
    Ok(error.is_some_and(|error| SIMPLE.contains(&error)))
}

/// The rest, as far as it is known what OpenSSL prints of it.
fn is_of_chain(one: &Suspect) -> Result<bool, RunError> {
    let is_about_server = one.fault.group == Group::ServerCertificate;
    Ok(is_about_server && !is_simple(one)? && one.s_client(None, true)?.is_some())
}

fn is_on_the_way(one: &Suspect) -> Result<bool, RunError> {
    Ok(matches!(one.fault.group, Group::Path | Group::Transport | Group::Gateway))
}

/// Whether `s_client` connects and finds nothing wrong.
fn is_content(one: &Suspect) -> Result<bool, RunError> {
    let text = one.s_client(None, true)?;
    let is_well = |text: &str| {
        text.contains("Verify return code: 0 (ok)")
            && text.contains("Server certificate")
            && !text.contains("error:")
    };
    Ok(text.is_some_and(|text| is_well(&text)))
}
