//! Extensions without contents: being there says it.

use super::{Extension, nothing};
use crate::wire::node::Field;

pub(super) static TRUNCATED_HMAC: Extension = Extension {
    code: 4,
    field: Field::new(
        "truncated_hmac",
        "",
        "Asks for shorter integrity checks of records; unsafe, and gone in TLS 1.3. [RFC 6066, section 7]",
    ),
    read: nothing,
};

pub(super) static ENCRYPT_THEN_MAC: Extension = Extension {
    code: 22,
    field: Field::new(
        "encrypt_then_mac",
        "",
        "With CBC cipher suites, protect the ciphertext and not the plaintext: that closes the padding attacks. AEAD suites do not need it. [RFC 7366]",
    ),
    read: nothing,
};

pub(super) static EXTENDED_MASTER_SECRET: Extension = Extension {
    code: 23,
    field: Field::new(
        "extended_master_secret",
        "",
        "Computes the TLS 1.2 master secret from the hash of the whole handshake so far, so that two different connections can never share one. TLS 1.3 always does as much. [RFC 7627, section 4]",
    ),
    read: nothing,
};

pub(super) static POST_HANDSHAKE_AUTH: Extension = Extension {
    code: 49,
    field: Field::new(
        "post_handshake_auth",
        "",
        "The client is ready to be asked for a certificate after the handshake. [RFC 8446, section 4.2.6]",
    ),
    read: nothing,
};
