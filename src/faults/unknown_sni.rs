//! The client names a server that is not here.

use super::needs::{RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "unknown-sni",
    title: "Unknown name in SNI",
    group: Group::Negotiation,
    promise: Promise::Availability,
    needs: &[RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET],
    apply: |plan| plan.server.name = Some("www.example.net".into()),
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::AccessDenied, false),
};

pub static WORDS: Words = Words {
    summary: "The client asks in server_name for a name that this server does not serve, and the server refuses.",
    cause: "DNS points to the wrong address, a load balancer has no rule for the name, or the site was \
            moved and the name has stayed. A server may refuse with the alert unrecognized_name, or go \
            on with a certificate of its own choice, and then the client refuses that one for its name \
            (RFC 6066, section 3). nginx does the second unless it has \"ssl_reject_handshake on\". rustls \
            refuses, and sends access_denied where RFC 6066 has unrecognized_name.",
    unnoticed: "The client would be answered by another site than it asked for, and if it did not check \
                the name, would send that site its request.",
    symptoms: &[
        Command {
            what: "Asks for the name: the handshake ends with an alert.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null",
        },
        Command {
            what: "Asks for none, to see whose certificate the server shows otherwise, if any.",
            line: "openssl s_client -connect HOST:PORT -noservername </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
        },
        Command { what: "Shows where the name leads.", line: "dig +short HOST A HOST AAAA" },
        Command {
            what: "Asks a certain address by the name, whatever DNS says.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --connect-to HOST:443:ADDRESS:PORT https://HOST/",
        },
    ],
    fix: "Send the name to the server that has it, or give this server the site and its certificate.",
    remedies: &[Remedy::ServerNames, Remedy::ClientName],
    fix_commands: &[
        Command {
            what: "Lists the names that nginx serves.",
            line: "nginx -T 2>/dev/null | grep server_name",
        },
        Command {
            what: "Asks for the name again.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
    ],
};
