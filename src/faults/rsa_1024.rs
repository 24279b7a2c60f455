//! The server's key is RSA of 1024 bits.

use super::commands::{CHECK_HOST, CURL, RELOAD, REQUEST, VERIFY};
use super::needs::RUSTLS_KEY_EXCHANGE;
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "rsa-1024",
    title: "RSA key of 1024 bits",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[
        RUSTLS_KEY_EXCHANGE,
        Need {
            key: "suite",
            values: &[
                "default",
                "TLS_AES_128_GCM_SHA256",
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
            ],
            reason: "in TLS 1.2 a suite says which kind of key signs, and here that is not the kind of the other keys",
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
    summary: "The server's RSA key has 1024 bits, where rustls, and OpenSSL as Debian sets it, ask for 2048 at least.",
    cause: "It was the usual length until about 2010, and is left in appliances, in hardware that has no longer \
            keys, in scripts and templates with \"1024\" in them. An RSA key is as good as \
            it is hard to find the two primes that its modulus is the product of. One of 829 \
            bits was taken apart in 2020 by a research group; 1024 bits are thought to be within reach of a state. \
            RFC 9325 asks for 2048, and public CAs certify nothing shorter; many clients still take it from a CA of \
            one's own, so that one client works and the next does not. In rustls it is the code that checks \
            signatures that takes no shorter key, and says no more than that the signature is bad: hence \
            decrypt_error, although the signature is right.",
    unnoticed: "Whoever finds the primes has the private key, and can answer in the server's place with its own \
                certificate.",
    symptoms: &[
        Command {
            what: "Shows the length of the key in the certificate that the server sends: \"Public-Key: (1024 bit)\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -text | grep Public-Key",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"EE certificate key too weak\". It depends on the security level that the system sets.",
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
