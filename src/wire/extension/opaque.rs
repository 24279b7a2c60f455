//! Extensions whose contents stay opaque here. Giving one of them a decoder means giving it a file.

use super::{Extension, data};
use crate::wire::node::Field;

const fn row(code: u16, name: &'static str, note: &'static str) -> Extension {
    Extension { code, field: Field::new(name, "", note), read: data }
}

pub(super) static CLIENT_CERTIFICATE_URL: Extension = row(
    2,
    "client_certificate_url",
    "The client can send an address of its certificate instead of the certificate; not in TLS 1.3. [RFC 6066, section 5]",
);
pub(super) static TRUSTED_CA_KEYS: Extension = row(
    3,
    "trusted_ca_keys",
    "The authorities that the client trusts; replaced by certificate_authorities. [RFC 6066, section 6]",
);
pub(super) static SRP: Extension =
    row(12, "srp", "The user name for a password-based key exchange. [RFC 5054, section 2.8.1]");
pub(super) static USE_SRTP: Extension = row(
    14,
    "use_srtp",
    "Settles how media is protected when TLS makes the keys for SRTP. [RFC 5764, section 4.1]",
);
pub(super) static HEARTBEAT: Extension = row(
    15,
    "heartbeat",
    "The sender can answer heartbeat messages. A missing length check in one implementation was the bug called Heartbleed. [RFC 6520, section 2]",
);
pub(super) static STATUS_REQUEST_V2: Extension = row(
    17,
    "status_request_v2",
    "Asks for the revocation state of the whole chain; not in TLS 1.3. [RFC 6961, section 2]",
);
pub(super) static TOKEN_BINDING: Extension = row(
    24,
    "token_binding",
    "Settles how tokens such as cookies are bound to the connection. [RFC 8472, section 2]",
);
pub(super) static CACHED_INFO: Extension = row(
    25,
    "cached_info",
    "The client already has some of what the server would send. [RFC 7924, section 3]",
);
pub(super) static DELEGATED_CREDENTIALS: Extension = row(
    34,
    "delegated_credentials",
    "The client accepts a short-lived key that the owner of the certificate signed. [RFC 9345, section 4]",
);
pub(super) static CONNECTION_ID: Extension =
    row(54, "connection_id", "Lets DTLS go on when addresses change. [RFC 9146, section 3]");
pub(super) static QUIC_TRANSPORT_PARAMETERS: Extension = row(
    57,
    "quic_transport_parameters",
    "QUIC settles its own parameters inside the TLS handshake. [RFC 9001, section 8.2]",
);
pub(super) static TICKET_REQUEST: Extension =
    row(58, "ticket_request", "How many tickets the client would like. [RFC 9149, section 3]");
pub(super) static NEXT_PROTOCOL_NEGOTIATION: Extension =
    row(13172, "next_protocol_negotiation", "The forerunner of ALPN; never a standard.");
pub(super) static APPLICATION_SETTINGS_OLD: Extension = row(
    17513,
    "application_settings_old",
    "Settings of the application protocol, in an early form; a draft.",
);
pub(super) static APPLICATION_SETTINGS: Extension = row(
    17613,
    "application_settings",
    "Settings of the application protocol, sent within the handshake; a draft.",
);
pub(super) static CHANNEL_ID: Extension = row(
    30032,
    "channel_id",
    "A public key of the client, to recognise it by; a draft that was given up.",
);
pub(super) static ECH_OUTER_EXTENSIONS: Extension = row(
    0xfd00,
    "ech_outer_extensions",
    "Inside an encrypted ClientHello: extensions to be copied from the outer one. [RFC 9849, section 5.1]",
);
pub(super) static ENCRYPTED_CLIENT_HELLO: Extension = row(
    0xfe0d,
    "encrypted_client_hello",
    "The real ClientHello, encrypted, so that server_name and ALPN stay private. [RFC 9849, section 5]",
);
