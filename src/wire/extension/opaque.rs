//! Extensions whose contents stay opaque here. Giving one of them a decoder means giving it a file.

use super::row::{Extension, data};
use crate::tls::ExtensionType;

const fn row(code: ExtensionType, note: &'static str) -> Extension {
    Extension::new(code, note, data)
}

pub(in crate::wire) static CLIENT_CERTIFICATE_URL: Extension = row(
    ExtensionType::CLIENT_CERTIFICATE_URL,
    "The client can send an address of its certificate instead of the certificate; not in TLS 1.3. [RFC 6066, section 5]",
);
pub(in crate::wire) static TRUSTED_CA_KEYS: Extension = row(
    ExtensionType::TRUSTED_CA_KEYS,
    "The authorities that the client trusts; replaced by certificate_authorities. [RFC 6066, section 6]",
);
pub(in crate::wire) static SRP: Extension = row(
    ExtensionType::SRP,
    "The user name for a password-based key exchange. [RFC 5054, section 2.8.1]",
);
pub(in crate::wire) static USE_SRTP: Extension = row(
    ExtensionType::USE_SRTP,
    "Settles how media is protected when TLS makes the keys for SRTP. [RFC 5764, section 4.1]",
);
pub(in crate::wire) static HEARTBEAT: Extension = row(
    ExtensionType::HEARTBEAT,
    "The sender can answer heartbeat messages. A missing length check in one implementation was the bug called Heartbleed. [RFC 6520, section 2]",
);
pub(super) static STATUS_REQUEST_V2: Extension = row(
    ExtensionType::STATUS_REQUEST_V2,
    "Asks for the revocation state of the whole chain; not in TLS 1.3. [RFC 6961, section 2]",
);
pub(in crate::wire) static TOKEN_BINDING: Extension = row(
    ExtensionType::TOKEN_BINDING,
    "Settles how tokens such as cookies are bound to the connection. [RFC 8472, section 2]",
);
pub(in crate::wire) static CACHED_INFO: Extension = row(
    ExtensionType::CACHED_INFO,
    "The client already has some of what the server would send. [RFC 7924, section 3]",
);
pub(in crate::wire) static DELEGATED_CREDENTIALS: Extension = row(
    ExtensionType::DELEGATED_CREDENTIALS,
    "The client accepts a short-lived key that the owner of the certificate signed. [RFC 9345, section 4]",
);
pub(in crate::wire) static CONNECTION_ID: Extension = row(
    ExtensionType::CONNECTION_ID,
    "Lets DTLS go on when addresses change. [RFC 9146, section 3]",
);
pub(in crate::wire) static QUIC_TRANSPORT_PARAMETERS: Extension = row(
    ExtensionType::QUIC_TRANSPORT_PARAMETERS,
    "QUIC settles its own parameters inside the TLS handshake. [RFC 9001, section 8.2]",
);
pub(in crate::wire) static TICKET_REQUEST: Extension = row(
    ExtensionType::TICKET_REQUEST,
    "How many tickets the client would like. [RFC 9149, section 3]",
);
pub(in crate::wire) static NEXT_PROTOCOL_NEGOTIATION: Extension =
    row(ExtensionType::NEXT_PROTOCOL_NEGOTIATION, "The forerunner of ALPN; never a standard.");
pub(in crate::wire) static APPLICATION_SETTINGS_OLD: Extension = row(
    ExtensionType::APPLICATION_SETTINGS_OLD,
    "Settings of the application protocol, in an early form; a draft.",
);
pub(in crate::wire) static APPLICATION_SETTINGS: Extension = row(
    ExtensionType::APPLICATION_SETTINGS,
    "Settings of the application protocol, sent within the handshake; a draft.",
);
pub(in crate::wire) static CHANNEL_ID: Extension = row(
    ExtensionType::CHANNEL_ID,
    "A public key of the client, to recognise it by; a draft that was given up.",
);
pub(in crate::wire) static ECH_OUTER_EXTENSIONS: Extension = row(
    ExtensionType::ECH_OUTER_EXTENSIONS,
    "Inside an encrypted ClientHello: extensions to be copied from the outer one. [RFC 9849, section 5.1]",
);
pub(in crate::wire) static ENCRYPTED_CLIENT_HELLO: Extension = row(
    ExtensionType::ENCRYPTED_CLIENT_HELLO,
    "The real ClientHello, encrypted, so that server_name and ALPN stay private. [RFC 9849, section 5]",
);
