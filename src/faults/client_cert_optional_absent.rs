//! The server asks for a client certificate, and goes on without one.

use super::commands::SEND_CERT;
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};

pub static FAULT: Fault = Fault {
    id: "client-cert-optional-absent",
    title: "Optional client certificate, absent",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[Need {
        key: "client-cert",
        values: &["optional"],
        reason: "any other server refuses the client, or does not ask it",
    }],
    apply: |plan| plan.client.credential = None,
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "The server asks for a client certificate, gets an empty answer, and goes on as if all were well.",
    cause: "A server may ask without insisting: nginx with `ssl_verify_client optional`, Apache \
            with `SSLVerifyClient optional`. It then has to look at each request whether there was \
            a certificate, and some part of the application does not. TLS has nothing to complain \
            about: an empty Certificate message is the client's right (RFC 9846, section 4.5.1.3), \
            and whether to go on is the server's choice. The connection is encrypted, and the server \
            knows nothing of who is at the other end.",
    unnoticed: "The server answers a client of which it knows nothing. An application that takes the \
                handshake for a login lets everyone in.",
    symptoms: &[
        Command {
            what: "Sends a request without a client certificate: it is answered with 200, not refused.",
            line: super::commands::CURL.line,
        },
        Command {
            what: "Shows that the server did ask (\"Acceptable client certificate CA names\"), and that the connection stands all the same.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK </dev/null",
        },
        Command {
            what: "Shows whether nginx insists: \"ssl_verify_client on\" does, \"optional\" does not.",
            line: "nginx -T 2>/dev/null | grep ssl_verify_client",
        },
    ],
    fix: "Have the server require a certificate, or refuse each request that came without one where \
          it needs to know who asks. Give the client its certificate.",
    remedies: &[Remedy::RequireClient, Remedy::ClientSends],
    fix_commands: &[
        Command {
            what: "Checks nginx's configuration after \"ssl_verify_client on\" was put into it, and loads it.",
            line: super::commands::RELOAD.line,
        },
        SEND_CERT,
    ],
};
