//! The server has another private key than that of its certificate.

use super::commands::{CURL, RELOAD, REQUEST, VERIFY};
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "key-mismatch",
    title: "Key of another certificate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[Need {
        key: "key-exchange",
        values: &["ecdhe"],
        reason: "with RSA key exchange nothing is signed: the two ends come to different keys instead",
    }],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            chain.key_of = Some(Box::new(chain.with_former_key()));
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::DecryptError),
};

pub static WORDS: Words = Words {
    summary: "The server's private key is not that of the certificate that it sends.",
    cause: "Someone renewed with a new key, and installed the new certificate beside the old \
            key. nginx and Apache refuse to start with such a pair; it gets through where the \
            two come from different places, as in a load balancer, a hardware module, two \
            secrets of a cluster. Anyone can send a certificate: it is the signature over the \
            handshake that proves the key. The client checks it with the key in the \
            certificate, and sends decrypt_error, as OpenSSL does.",
    unnoticed: "A certificate is no secret: anyone could send a copy of it and answer in the server's \
                place, without its key.",
    symptoms: &[
        Command {
            what: "Connects, checks the signature as well, and stops at the first error: \"bad signature\".",
            line: VERIFY.line,
        },
        Command {
            what: "Shows the hash of the public key in the certificate that the server sends.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -pubkey | openssl sha256",
        },
        Command {
            what: "Shows the hash of the public key that goes with the server's private key: the two must be the same.",
            line: "openssl pkey -in leaf.key -pubout | openssl sha256",
        },
        CURL,
    ],
    fix: "Give the server the private key that the certificate was made for. If it is lost, \
          make a new key and get a new certificate for it. Put key and certificate in place in \
          one step.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Compares the public keys in two files: prints nothing if they are the same.",
            line: "bash -c \"diff <(openssl x509 -in leaf.pem -noout -pubkey) <(openssl pkey -in leaf.key -pubout)\"",
        },
        REQUEST,
        RELOAD,
    ],
};
