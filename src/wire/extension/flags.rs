//! Extensions without contents: being there says it.

use super::row::{Extension, nothing};
use crate::tls::ExtensionType;

pub(in crate::wire) static TRUNCATED_HMAC: Extension = Extension::new(
    ExtensionType::TRUNCATED_HMAC,
    "Asks for shorter integrity checks of records; unsafe, and gone in TLS 1.3. [RFC 6066, section 7]",
    nothing,
);

pub(in crate::wire) static ENCRYPT_THEN_MAC: Extension = Extension::new(
    ExtensionType::ENCRYPT_THEN_MAC,
    "With CBC cipher suites, authenticate the ciphertext and not the plaintext: that closes the padding attacks. AEAD suites do not need it. [RFC 7366]",
    nothing,
);

pub(in crate::wire) static EXTENDED_MAIN_SECRET: Extension = Extension::new(
    ExtensionType::EXTENDED_MAIN_SECRET,
    "Formerly called extended_master_secret, as most tools still do. Computes the main secret of TLS 1.2 (master secret in its RFC) from the hash of the whole handshake so far, so that two different connections can never share one. TLS 1.3 always does as much. [RFC 7627, section 4]",
    nothing,
);

pub(in crate::wire) static POST_HANDSHAKE_AUTH: Extension = Extension::new(
    ExtensionType::POST_HANDSHAKE_AUTH,
    "The client is ready to be asked for a certificate after the handshake. [RFC 9846, section 4.3.6]",
    nothing,
);
