//! The client can check no signature that the server's key can make.

use super::needs::{EPHEMERAL, RUSTLS_SECRET};
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::trace::Endpoint;
use rustls::{AlertDescription, SignatureScheme};

pub static FAULT: Fault = Fault {
    id: "no-shared-signature-scheme",
    title: "No signature scheme in common",
    group: Group::Negotiation,
    promise: Promise::Availability,
    needs: &[
        EPHEMERAL,
        RUSTLS_SECRET,
        Need {
            key: "cert",
            values: &["ecdsa-p256"],
            reason: "what rustls says in TLS 1.2 depends on the kind of key",
        },
    ],
    apply: |plan| {
        let server = plan.server.accepts().signature_schemes;
        let others = [SignatureScheme::ED25519, SignatureScheme::ECDSA_NISTP256_SHA256];
        let cannot = |scheme: &SignatureScheme| !server.contains(&u16::from(*scheme));
        plan.client.signature_schemes = others.into_iter().filter(cannot).take(1).collect();
    },
    expect: |plan| {
        if plan.is_tls13() {
            // It has sent its ServerHello by then.
            Outcome::refused(Endpoint::Server, AlertDescription::HandshakeFailure, true)
        } else {
            // rustls takes it for an error of its own.
            Outcome::broken_off(Endpoint::Server)
        }
    },
};

pub static WORDS: Words = Words {
    summary: "The server's key signs by schemes of one kind, the client checks signatures of another kind alone.",
    cause: "A client lists the signatures that it can check in signature_algorithms (RFC 9846, section \
            4.3.3). A small device has ECDSA alone and meets a server with an RSA certificate, or a \
            server has changed to Ed25519, which browsers do not take, or a strict policy has left out \
            what the certificate needs. In TLS 1.3 an RSA key has to sign by RSA-PSS, which some older \
            hardware keys cannot. The server has only this certificate, so it refuses. In \
            TLS 1.3 rustls sends handshake_failure, encrypted, since its ServerHello has gone out by then; in \
            TLS 1.2 it closes the connection without an alert.",
    unnoticed: "The client could not check the server's signature, and would have to take whoever answers \
                for the server.",
    symptoms: &[
        Command {
            what: "Offers one scheme alone; the server answers \"handshake failure\". Other names show which it has.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -sigalgs ed25519 </dev/null",
        },
        Command {
            what: "Shows the kind of key in the server's certificate.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -text | grep 'Public Key Algorithm'",
        },
        Command {
            what: "Lists the schemes that a client offers, from a capture.",
            line: "tshark -r client.pcapng -Y tls.handshake.type==1 -T fields -e tls.handshake.sig_hash_alg",
        },
    ],
    fix: "Have the client take the scheme of the server's key; here that is \
          ecdsa_secp256r1_sha256. Where clients cannot be changed, give the server a second certificate, of \
          a kind that they can check.",
    remedies: &[Remedy::TwoKeys],
    fix_commands: &[
        Command {
            what: "Connects with schemes of both kinds on offer, and shows which one signed (\"Signature type\").",
            line: "openssl s_client -connect HOST:PORT -servername HOST -sigalgs ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256 -brief </dev/null",
        },
        Command {
            what: "Makes a key and a signing request for a second certificate, here an RSA one; nginx takes several ssl_certificate lines.",
            line: "openssl req -new -newkey rsa:2048 -noenc -keyout rsa.key -out rsa.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST'",
        },
    ],
};
