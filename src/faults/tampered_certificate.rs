//! Someone on the path changes the server's certificate.

use super::commands::{CAPTURE_BOTH, MEND_THE_PATH, OTHER_NETWORK, PAYLOADS, VERIFY};
use super::needs::{NO_RETRY, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET, UNCOMPRESSED, WHOLE_RECORDS};
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "tampered-certificate",
    title: "Tampered certificate",
    group: Group::Path,
    promise: Promise::Authentication,
    needs: &[UNCOMPRESSED, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET, NO_RETRY, WHOLE_RECORDS],
    apply: |plan| {
        // In TLS 1.3 it is encrypted, and there is no name to be seen: any bit will do. In TLS 1.2 the
        // server's flight is one record.
        let (nth, change) = if plan.is_tls13() {
            (1, Change::FlipBit(1000))
        } else {
            (0, Change::Overwrite(b"www.example.com".to_vec(), b"www.example.net".to_vec()))
        };
        plan.tampering.push(Tamper::on_path(Endpoint::Server, ContentType::Handshake, nth, change));
    },
    expect: |plan| {
        let alert = if plan.is_tls13() {
            AlertDescription::BadRecordMac
        } else {
            AlertDescription::DecryptError
        };
        Outcome::refused_by_client(plan, alert)
    },
};

pub static WORDS: Words = Words {
    summary: "On its way to the client, the server's certificate is changed: in TLS 1.2 the name in it, in TLS 1.3, where it is encrypted, some bit.",
    cause: "In TLS 1.2 certificates go in the clear, and someone on the path can write another name into \
            one. Its issuer signed every byte of it, so the signature is no longer valid, and the \
            client refuses: rustls with decrypt_error, OpenSSL too, or with bad_certificate where it \
            compares the name, which it does first. In TLS 1.3 the certificate is encrypted with the handshake keys: whoever is on the path sees \
            neither name nor certificate, can only flip bits of the ciphertext, and the record's tag \
            tells: bad_record_mac.",
    unnoticed: "A certificate that can be changed on its way proves nothing: whoever is on the path could \
                put a name and a key of their own into it.",
    symptoms: &[
        CAPTURE_BOTH,
        PAYLOADS,
        Command {
            what: "Saves the certificate as it arrives, to compare it with the server's file.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256",
        },
        VERIFY,
    ],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[
        OTHER_NETWORK,
        Command {
            what: "Shows the fingerprint of the server's own file: to be run there.",
            line: "openssl x509 -in leaf.pem -noout -fingerprint -sha256",
        },
    ],
};
