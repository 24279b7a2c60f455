//! Someone on the path changes a bit of the server's public key.

use super::commands::{CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, OTHER_NETWORK, PAYLOADS};
use super::needs::{NO_RETRY, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET, WHOLE_RECORDS, X25519};
use super::{Command, Fault, Group, Need, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

/// What stands before an X25519 public key in ServerKeyExchange: named_curve, the curve, the key's length.
const BEFORE_KEY: &[u8] = &[0x03, 0x00, 0x1d, 0x20];

pub static FAULT: Fault = Fault {
    id: "tampered-server-key-exchange",
    title: "Tampered ServerKeyExchange",
    group: Group::Path,
    promise: Promise::Authentication,
    needs: &[
        Need { key: "version", values: &["1.2"], reason: "TLS 1.3 has no ServerKeyExchange" },
        RUSTLS_KEY_EXCHANGE,
        RUSTLS_SECRET,
        X25519,
        NO_RETRY,
        WHOLE_RECORDS,
    ],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Server,
            ContentType::Handshake,
            0,
            Change::FlipBehind(BEFORE_KEY.to_vec()),
        ));
    },
    expect: |_| Outcome::refused(Endpoint::Client, AlertDescription::DecryptError, false),
};

pub static WORDS: Words = Words {
    summary: "On its way to the client, one bit of the server's ephemeral public key is flipped, and the signature over it is no longer valid.",
    cause: "In TLS 1.2 the server's public key for the key exchange comes in ServerKeyExchange, in the \
            clear, signed with the certificate's key together with both randoms (RFC 8422, section 5.4). \
            Whoever wants to be in the middle has to put a key of its own there, and cannot sign it. The \
            client checks the signature before anything else is done with the key, and refuses with \
            decrypt_error. In TLS 1.3 there is no such message: the key is in the ServerHello, and \
            CertificateVerify signs all messages before it.",
    unnoticed: "A flipped bit only spoils the keys. But whoever could put a public key of their own there \
                unnoticed would share the secret in the server's place.",
    symptoms: &[
        CAPTURE_BOTH,
        PAYLOADS,
        Command {
            what: "Connects by TLS 1.2 and shows each message: the client's alert is decrypt_error (51).",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -tls1_2 -msg </dev/null",
        },
    ],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[OTHER_NETWORK, DISTANCE],
};
