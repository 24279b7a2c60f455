//! What client and server say to each other.

use crate::choice::choices;

/// What client and server say to each other: HTTP/1.1 requests and their responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// How many TCP connections the client opens, one after the other.
    pub connections: u32,
    /// How many requests it makes on each, one after the other.
    pub requests: u32,
    /// How long it waits between two connections and between two requests, in microseconds.
    pub pause_us: u64,
    /// Who changes its traffic keys.
    pub key_update: KeyUpdate,
    /// How the client ends each connection.
    pub close: Close,
    /// Whether someone who has recorded the client's last connection then sends its first flight once more, over a
    /// connection of their own.
    pub replayed: bool,
}

choices! {
    /// Who changes its traffic keys between the first and a second request, and asks the other end
    /// to do the same (TLS 1.3, RFC 9846, section 4.7.3).
    KeyUpdate {
        /// Nobody: there is one request.
        None = "none", "none";
        /// The client.
        Client = "client", "by the client";
        /// The server.
        Server = "server", "by the server";
    }
}

choices! {
    /// How the client ends a connection.
    Close {
        /// By close_notify and FIN, once it has read the last response.
        CloseNotify = "close-notify", "close_notify after the response";
        /// By close_notify and FIN right behind the last request: it still reads the response (RFC
        /// 9846, section 6.1).
        HalfClose = "half-close", "half-close after the request";
        /// By RST, once it has read the last response, and without close_notify.
        Reset = "reset", "RST after the response";
    }
}
