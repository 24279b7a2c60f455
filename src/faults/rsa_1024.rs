//! The server's key is RSA of 1024 bits.

use super::commands::{CHECK_HOST, CURL, RELOAD, REQUEST, VERIFY};
use super::needs::{EPHEMERAL, RUSTLS_SECRET};
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "rsa-1024",
    title: "RSA key of 1024 bits",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[
        EPHEMERAL,
        RUSTLS_SECRET,
        Need {
            key: "suite",
            values: &[
                "default",
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
            ],
            reason: "in TLS 1.2 a suite says which kind of key signs, so it is left to the two ends",
        },
    ],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.has_short_key = true;
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::DecryptError),
};

pub static WORDS: Words = Words {
    summary: "The server's RSA key has 1024 bits, where rustls and OpenSSL (from 3.2 on, and before that on Debian) take no less than 2048.",
    cause: "It was the usual length until about 2010, and is left in appliances, in hardware that cannot \
            hold longer ones, in scripts and templates with \"1024\" in them. An RSA key is only as strong as its \
            modulus is hard to factor. One of 829 bits was factored in 2020 by a research group; 1024 bits are \
            thought to be within reach of a state. RFC 9325 requires 2048, and public CAs certify nothing shorter; many clients still take it from a CA of \
            one's own, so that one client works and the next does not. In rustls it is the code that checks \
            signatures that takes no shorter key, and says no more than that the signature is bad: hence \
            decrypt_error, although the signature is right.",
    unnoticed: "Whoever factors the modulus has the private key, and can answer in the server's place with the server's \
                own certificate.",
    symptoms: &[
        Command {
            what: "Shows the length of the key in the certificate that the server sends: \"Public-Key: (1024 bit)\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -text | grep Public-Key",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"EE certificate key too weak\". Whether it does depends on the security level of the system.",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Make a new key, of ECDSA or of RSA with 2048 bits, and have it certified.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        REQUEST,
        Command {
            what: "Shows the length of a key in a file.",
            line: "openssl pkey -in leaf.key -noout -text | head -1",
        },
        CHECK_HOST,
        RELOAD,
    ],
};
