//! The client speaks application protocols, the server another one.

use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "alpn-mismatch",
    title: "No application protocol in common",
    group: Group::Negotiation,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| plan.client.alpn = vec!["h2".into()],
    expect: |plan| {
        let alert = AlertDescription::NoApplicationProtocol;
        Outcome::refused(Endpoint::Server, alert, plan.is_tls13())
    },
};

pub static WORDS: Words = Words {
    summary: "The client asks for HTTP/2 alone, and the server speaks HTTP/1.1.",
    cause: "A client names the protocols that it wants to speak in the ALPN extension, and the server \
            chooses one (RFC 7301). A gRPC client offers h2 alone; a server or load balancer in front of \
            it has HTTP/2 turned off, or it is the wrong port. A server that shares none must answer \
            with no_application_protocol (RFC 7301, section 3.2). Many do not: OpenSSL servers without \
            ALPN set up leave the extension out of the answer, and the client finds out later.",
    unnoticed: "The two ends would speak different protocols over one connection. Such mix-ups have been \
                used to make one service act on bytes that were meant for another.",
    symptoms: &[
        Command {
            what: "Offers h2 alone; a strict server answers \"no application protocol\", another one \"No ALPN negotiated\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST -alpn h2 </dev/null",
        },
        Command {
            what: "Shows which of the two the server chooses.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -alpn h2,http/1.1 </dev/null 2>/dev/null | grep ALPN",
        },
        Command {
            what: "A request over HTTP/2: curl offers HTTP/1.1 as well, and says what was chosen.",
            line: "faketime 'CLIENT_DATE' curl -v --http2 --cacert root.pem https://HOST:PORT/",
        },
    ],
    fix: "Turn on at the server what its clients speak, or have the clients offer what it has.",
    remedies: &[Remedy::Alpn],
    fix_commands: &[
        Command {
            what: "Shows whether nginx has HTTP/2 turned on: \"http2 on;\".",
            line: "nginx -T 2>/dev/null | grep http2",
        },
        Command {
            what: "Offers both, and shows which is chosen.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -alpn h2,http/1.1 -brief </dev/null",
        },
    ],
};
