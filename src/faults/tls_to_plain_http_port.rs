//! The client speaks TLS to a port where HTTP without TLS is spoken.

use super::commands::RECONNECT;
use super::needs::{ONE_CONNECTION, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Implementation;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "tls-to-plain-http-port",
    title: "TLS to the HTTP port",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[ONE_CONNECTION, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET],
    apply: |plan| plan.server.implementation = Implementation::Plain,
    expect: |_| {
        let alert = AlertDescription::DecodeError;
        Outcome {
            noticed_by: Some(Endpoint::Server),
            ..Outcome::refused(Endpoint::Client, alert, false)
        }
    },
};

pub static WORDS: Words = Words {
    summary: "The client sends a ClientHello to a port where the server waits for an HTTP request.",
    cause: "A URL with https:// and the port of http, a server whose TLS was never turned on (nginx: \
            \"listen 443\" without \"ssl\"), or a proxy that speaks TLS to a plain port. The server finds no \
            HTTP in the first bytes (0x16, a record of the handshake), and answers in its own language: \
            400 Bad Request. The client reads that as a record: the letter H (0x48) is no content type. \
            OpenSSL takes the next two letters for the version and says \"wrong version number\"; rustls \
            says that the message is corrupt, and sends an alert that nobody at the other end can read.",
    unnoticed: "Nothing could go on: neither end understands the other. A client that then tried without \
                TLS would send its request for everyone on the path to read.",
    symptoms: &[
        Command {
            what: "Tries a handshake: \"wrong version number\" or \"packet length too long\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null",
        },
        Command {
            what: "The same by curl.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
        Command {
            what: "Asks without TLS: here an answer comes.",
            line: "curl -v http://HOST:PORT/",
        },
    ],
    fix: "Turn TLS on at that port, or use the port that has it.",
    remedies: &[Remedy::HttpsPort],
    fix_commands: &[
        Command {
            what: "Shows whether nginx speaks TLS on its ports: \"listen 443 ssl;\".",
            line: "nginx -T 2>/dev/null | grep listen",
        },
        Command {
            what: "Shows which ports a program listens on: to be run at the server.",
            line: "sudo ss -ltnp",
        },
        RECONNECT,
    ],
};
