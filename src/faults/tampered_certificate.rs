//! Someone on the path changes the server's certificate.

use super::commands::VERIFY;
use super::needs::{RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET, UNCOMPRESSED};
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "tampered-certificate",
    title: "Tampered certificate",
    group: Group::Path,
    promise: Promise::Authentication,
    needs: &[UNCOMPRESSED, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET],
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
            one. Its issuer signed every byte of it, so the signature does not hold any more, and the \
            client refuses: rustls with decrypt_error, OpenSSL too, or with bad_certificate where it \
            compares the name, which it does first. In TLS 1.3 the certificate is encrypted with the handshake keys: who is on the path sees \
            neither name nor certificate, can only flip bits of the ciphertext, and the record's tag \
            tells: bad_record_mac.",
    symptoms: &[
        Command {
            what: "Captures at the client, and at the server the same with another file, to compare both.",
            line: "sudo tcpdump -i any -w client.pcapng tcp port PORT",
        },
        Command {
            what: "Lists sequence numbers with payloads of a capture: those of both ends differ where someone changes them.",
            line: "tshark -r client.pcapng -o tcp.relative_sequence_numbers:true -T fields -e tcp.seq -e tcp.payload -Y 'tcp.len > 0'",
        },
        Command {
            what: "Saves the certificate as it arrives, to compare it with the server's file.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256",
        },
        VERIFY,
    ],
    fix: "Find what on the path changes the bytes, by captures at both ends and in between, and take \
          it out; or go around it, by another network or a VPN. There is nothing to change in TLS: it \
          has done what it is for.",
    fix_commands: &[
        Command {
            what: "Connects again, by another network.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
        Command {
            what: "Shows the fingerprint of the server's own file: to be run there.",
            line: "openssl x509 -in leaf.pem -noout -fingerprint -sha256",
        },
    ],
};
