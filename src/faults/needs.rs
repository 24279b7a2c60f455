//! What several faults need of a scenario.

use super::Need;

/// The client shows a certificate.
pub const CLIENT_SHOWS: Need = Need {
    key: "client-cert",
    values: &["required", "optional"],
    reason: "any other server sees no certificate of the client's",
};

/// A group is agreed on.
pub const EPHEMERAL: Need = Need {
    key: "key-exchange",
    values: &["ecdhe"],
    reason: "RSA key exchange has no group, and no signature of the server's",
};

/// What the teaching endpoints do not do.
const NOT_TEACHING: &str = "it is about what rustls does, and not about the teaching endpoints";

/// Both ends are rustls: see [`NOT_TEACHING`].
pub const RUSTLS_KEY_EXCHANGE: Need =
    Need { key: "key-exchange", values: &["ecdhe"], reason: NOT_TEACHING };

/// The same.
pub const RUSTLS_SECRET: Need = Need { key: "ems", values: &["yes"], reason: NOT_TEACHING };

/// The key exchange is by X25519.
pub const X25519: Need = Need {
    key: "group",
    values: &["default", "x25519"],
    reason: "any 32 bytes are a public key of X25519, while other groups tell at once that a key is none",
};

/// There is one ClientHello, and its group is the one that is used.
pub const NO_RETRY: Need = Need {
    key: "server-groups",
    values: &["default"],
    reason: "the server must take the group that the client prefers",
};

/// There is a request.
pub const A_REQUEST: Need = Need {
    key: "requests",
    values: &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    reason: "it is about a request, or its response",
};

/// There is a request, and one only.
pub const ONE_REQUEST: Need = Need {
    key: "requests",
    values: &["1"],
    reason: "a second request waits for the response to the first",
};

/// The client says right behind its request that no more comes.
pub const RECORD_FOLLOWS: Need = Need {
    key: "close",
    values: &["half-close"],
    reason: "the client has to send a record after its request at once, or nobody would notice",
};

/// Nothing but requests goes from the client to the server.
pub const NO_KEY_UPDATE: Need = Need {
    key: "key-update",
    values: &["none"],
    reason: "there is a second request then, which waits for the response to the first",
};

/// A record comes whole before the sender has to wait.
pub const WHOLE_RECORDS: Need = Need {
    key: "window",
    values: &["65535"],
    reason: "who changes a record holds its segments back until they have all of it, and a small window keeps the rest from being sent",
};

/// The client's flight begins with its part of the key exchange.
pub const CLIENT_ANONYMOUS: Need = Need {
    key: "client-cert",
    values: &["none"],
    reason: "the messages of the client are counted from the start",
};

/// The client's first record of application data is its request, and the server reads it.
pub const NO_EARLY_DATA: Need = Need {
    key: "early-data",
    values: &["none"],
    reason: "a server that rejects early data does not look at it",
};

/// There is a second connection, with a ticket that is the key of a table.
pub const SESSION_STORED: Need = Need {
    key: "resume",
    values: &["stored"],
    reason: "rustls takes early data with sessions that it has stored",
};

/// The second connection begins with early data, and the server takes it.
pub const EARLY_DATA_TAKEN: Need = Need {
    key: "early-data",
    values: &["accepted"],
    reason: "all that is sent later has something fresh of the server's in its keys",
};

/// There is one connection.
pub const ONE_CONNECTION: Need =
    Need { key: "resume", values: &["none"], reason: "without TLS there is no session to resume" };

/// Certificates go as they are.
pub const UNCOMPRESSED: Need = Need {
    key: "cert-compression",
    values: &["none"],
    reason: "it is about a certificate as it is",
};

/// Someone stands between client and server, with a certificate of its own.
pub const INTERCEPTED: Need = Need {
    key: "gateway",
    values: &["intercept"],
    reason: "it is about someone who answers in the server's place",
};

/// A gateway checks the certificate of the service behind it.
pub const GATEWAY_ASKS: Need = Need {
    key: "gateway",
    values: &["re-encrypt", "mutual"],
    reason: "it is about the certificate that the service shows the gateway",
};
