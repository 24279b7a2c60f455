//! Who knows what of an earlier session that is resumed.

use super::Knowing;
use crate::dissect::Resumable;
use crate::story::Fact;
use crate::story::scene::handshake;
use crate::trace::{Endpoint, Op};

impl Knowing<'_> {
    /// That there is one, and its secret.
    pub(super) fn session(&self) -> Vec<Fact> {
        let settled = &self.scene.dissection.negotiated;
        let answer = self.scene.server_hello().filter(|_| settled.resumed);
        let why = match self.scene.is_tls13() {
            true => {
                "The ServerHello says by `pre_shared_key`, in the clear, that it takes the session."
            }
            false => {
                "The session ID in the ServerHello is the one of the ClientHello, in the clear."
            }
        };
        let session = self.scene.dissection.offered.as_ref().filter(|_| settled.resumed);
        [
            self.content("that an earlier session is resumed", answer, why),
            session.and_then(|session| self.secret(session)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The session's secret: both ends bring it along. A server that seals its sessions into tickets
    /// has it again once the ticket is back.
    fn secret(&self, session: &Resumable) -> Option<Fact> {
        let scene = self.scene;
        let hello = scene.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last()?;
        let sealed = scene.ops(Endpoint::Server).any(
            |(_, op)| matches!(op, Op::OpenTicket { ticket, .. } if *ticket == session.identity),
        );
        let name = match scene.is_tls13() {
            true => "the session's pre-shared key",
            false => "the session's master secret",
        };
        let why = match sealed {
            true => {
                "Both ends had it on the earlier connection, and the server finds it again in the \
                 ticket, which nobody else can open."
            }
            false => {
                "Both ends have kept it since the earlier connection: what travels is a name for it."
            }
        };
        Some(Fact {
            name: name.into(),
            why: why.into(),
            client: Some(0),
            server: if sealed { self.step(hello) } else { Some(0) },
            eavesdropper: None,
        })
    }
}
