//! Finished, and what comes after the handshake.

use super::{Extensions, Tree, View};
use crate::tls::KeyUpdateRequest;
use crate::wire::handshake::{finished, key_update, new_session_ticket};

/// A Finished (RFC 9846, section 4.5.3; RFC 5246, section 7.4.9).
#[derive(Clone, Copy, Debug)]
pub struct Finished<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for Finished<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&finished::ROW.field).map(|tree| Finished { tree })
    }
}

impl<'a> Finished<'a> {
    /// verify_data.
    pub fn verify_data(self) -> Option<&'a [u8]> {
        self.tree.field(&finished::VERIFY_DATA)
    }
}

/// A NewSessionTicket (RFC 9846, section 4.7.1; RFC 5077, section 3.3).
#[derive(Clone, Copy, Debug)]
pub struct NewSessionTicket<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for NewSessionTicket<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&new_session_ticket::ROW.field).map(|tree| NewSessionTicket { tree })
    }
}

impl<'a> NewSessionTicket<'a> {
    /// For how many seconds the ticket is good: a hint in TLS 1.2, where 0 leaves it open.
    pub fn lifetime(self) -> Option<u32> {
        let hint = || self.tree.number(&new_session_ticket::LIFETIME_HINT);
        let seconds = self.tree.number(&new_session_ticket::LIFETIME).or_else(hint);
        seconds.map(|seconds| seconds as u32)
    }

    /// ticket_age_add, in TLS 1.3.
    pub fn age_add(self) -> Option<u32> {
        self.tree.number(&new_session_ticket::AGE_ADD).map(|number| number as u32)
    }

    /// ticket_nonce, in TLS 1.3.
    pub fn nonce(self) -> Option<&'a [u8]> {
        self.tree.field(&new_session_ticket::NONCE.body)
    }

    /// The ticket.
    pub fn ticket(self) -> Option<&'a [u8]> {
        self.tree.field(&new_session_ticket::TICKET.body)
    }

    /// Its extensions, which it has in TLS 1.3.
    pub fn extensions(self) -> Extensions<'a> {
        Extensions::of(self.tree)
    }
}

/// A KeyUpdate (RFC 9846, section 4.7.3).
#[derive(Clone, Copy, Debug)]
pub struct KeyUpdate<'a> {
    /// Its tree.
    pub tree: Tree<'a>,
}

impl<'a> View<'a> for KeyUpdate<'a> {
    fn of(tree: Tree<'a>) -> Option<Self> {
        tree.message(&key_update::ROW.field).map(|tree| KeyUpdate { tree })
    }
}

impl KeyUpdate<'_> {
    /// Whether it asks the other end to update its keys too.
    pub fn requests_update(self) -> bool {
        let requests = self.tree.kinds(&key_update::REQUEST_UPDATE);
        requests.contains(&KeyUpdateRequest::UPDATE_REQUESTED)
    }
}
