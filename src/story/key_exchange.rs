//! How the two ends of a connection come to a secret, by what their messages say.

use super::context::{ConnectionContext, handshake};
use super::fields;
use crate::tls::ExtensionType;
use crate::trace::Endpoint;

/// Where the secrets of a connection come from. A sentence that is true of one kind alone matches on
/// it, so that it cannot be said of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyExchangeKind {
    /// There is no TLS on this connection.
    Plain,
    /// The run ended, or was cut off, before the messages that tell.
    Unsettled,
    /// An ephemeral (EC)DH exchange in this group (RFC 9846, section 4.3.8; RFC 8422).
    Ecdhe(String),
    /// ML-KEM together with an elliptic curve, in this group.
    Hybrid(String),
    /// A pre-shared key and an ephemeral exchange in this group (`psk_dhe_ke`).
    PskEcdhe(String),
    /// A pre-shared key and ML-KEM with an elliptic curve, in this group.
    PskHybrid(String),
    /// A pre-shared key alone (`psk_ke`).
    PskOnly,
    /// The preliminary secret encrypted with the server's RSA key (RFC 5246, section 7.4.7.1).
    Rsa,
    /// A session of TLS 1.2 and nothing new beside two randoms.
    Session(SessionName),
}

/// By what a TLS 1.2 client names the session that it resumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionName {
    /// Its session ID (RFC 5246, section 7.4.1.2).
    Id,
    /// The server's ticket (RFC 5077).
    Ticket,
}

impl KeyExchangeKind {
    /// Of a connection.
    pub fn of(ctx: &ConnectionContext<'_>) -> KeyExchangeKind {
        use KeyExchangeKind::*;
        if ctx.is_plain() {
            return Plain;
        }
        let Some(answer) = ctx.server_hello() else { return Unsettled };
        if !ctx.is_tls13() {
            return match (ctx.dissection.negotiated.resumed, ctx.group()) {
                (true, _) => Session(session_name(ctx)),
                _ if ctx.has_rsa_key_exchange() => Rsa,
                (false, Some(group)) => Ecdhe(group),
                (false, None) => Unsettled,
            };
        }
        let hybrid = fields::ml_kem_share(answer).is_some();
        let psk = fields::has_extension(answer, ExtensionType::PRE_SHARED_KEY);
        match (psk, fields::group(answer), hybrid) {
            (false, Some(group), false) => Ecdhe(group),
            (false, Some(group), true) => Hybrid(group),
            (true, Some(group), false) => PskEcdhe(group),
            (true, Some(group), true) => PskHybrid(group),
            (true, None, _) => PskOnly,
            (false, None, _) => Unsettled,
        }
    }

    /// The group of the ephemeral exchange, where there is one.
    pub fn group(&self) -> Option<&str> {
        match self {
            KeyExchangeKind::Ecdhe(group)
            | KeyExchangeKind::Hybrid(group)
            | KeyExchangeKind::PskEcdhe(group)
            | KeyExchangeKind::PskHybrid(group) => Some(group),
            _ => None,
        }
    }

    /// Whether ML-KEM takes part.
    pub fn is_hybrid(&self) -> bool {
        matches!(self, KeyExchangeKind::Hybrid(_) | KeyExchangeKind::PskHybrid(_))
    }
}

fn session_name(ctx: &ConnectionContext<'_>) -> SessionName {
    let hello = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO);
    match hello.and_then(fields::session_ticket) {
        Some(_) => SessionName::Ticket,
        None => SessionName::Id,
    }
}
