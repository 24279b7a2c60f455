//! Who knows what of an earlier session that is resumed.

use super::{Knowledge, Known};
use crate::dissect::Resumable;
use crate::story::context::handshake;
use crate::story::{Fact, FactId};
use crate::trace::{Endpoint, Op};

impl Knowledge<'_> {
    /// That there is one, and its secret.
    pub(super) fn session(&self) -> Vec<Fact> {
        let settled = &self.ctx.dissection.negotiated;
        let answer = self.ctx.server_hello().filter(|_| settled.resumed);
        let why = if self.ctx.is_tls13() {
            "The ServerHello says by `pre_shared_key`, in the clear, that it accepts the pre-shared key."
        } else {
            "The session ID in the ServerHello is that of the ClientHello, in the clear."
        };
        let session = self.ctx.dissection.offered.as_ref().filter(|_| settled.resumed);
        [
            self.content(FactId::Resumed, answer, why),
            session.and_then(|session| self.session_secret(session)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The session's secret: both ends bring it along. A server that seals its sessions into tickets
    /// has it again once the ticket is back.
    fn session_secret(&self, session: &Resumable) -> Option<Fact> {
        let server = self.ctx.server();
        let ctx = self.ctx;
        let hello = ctx.handshakes(Endpoint::Client, handshake::CLIENT_HELLO).last()?;
        let sealed = ctx.ops(Endpoint::Server).any(
            |(_, op)| matches!(op, Op::OpenTicket { ticket, .. } if *ticket == session.identity),
        );
        let why = if sealed {
            format!(
                "Both ends had it on the earlier connection, and the {server} finds it again in the \
                 ticket, which nobody else can open."
            )
        } else {
            "Both ends have kept it since the earlier connection: what travels is a name for it."
                .into()
        };
        let known = Known {
            client: Some(0),
            server: if sealed { self.step(hello) } else { Some(0) },
            eavesdropper: None,
        };
        Some(self.fact(FactId::SessionSecret, why, known))
    }
}
