//! The client speaks HTTP without TLS to a port where TLS is spoken.

use super::needs::{A_REQUEST, ONE_CONNECTION, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Implementation;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "plain-http-to-tls-port",
    title: "HTTP to the TLS port",
    group: Group::Transport,
    promise: Promise::Confidentiality,
    needs: &[ONE_CONNECTION, RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET, A_REQUEST],
    apply: |plan| plan.client.implementation = Implementation::Plain,
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::DecodeError, false),
};

pub static WORDS: Words = Words {
    summary: "The client sends its request without TLS, to the port where the server waits for a ClientHello.",
    cause: "A URL with http:// and port 443, a health check without TLS, or a proxy that takes TLS off \
            and passes the rest on to a TLS port. The server reads the first bytes as a record's header: \
            the letter G of GET (0x47) is no content type, and the handshake is over before it has \
            begun. rustls answers with decode_error, OpenSSL with nothing or an alert and \"http request\" \
            in its log; nginx answers in HTTP, \"400 The plain HTTP request was sent to HTTPS port\". \
            Worse than the refusal: the request has gone over the wire, where everyone on the path can \
            read it, with its cookies.",
    unnoticed: "The request has gone over the wire in the clear in any case. Had it been answered, so \
                would every one after it, and nobody would know.",
    symptoms: &[
        Command {
            what: "Sends a request without TLS: what comes back is an alert, and no HTTP.",
            line: "printf 'GET / HTTP/1.1\\r\\nHost: HOST\\r\\n\\r\\n' | nc HOST PORT | xxd",
        },
        Command {
            what: "The same by curl, which says \"Received HTTP/0.9 when not allowed\" or \"Empty reply from server\".",
            line: "curl -v http://HOST:PORT/",
        },
        Command {
            what: "Shows requests in the clear on that port.",
            line: "sudo tcpdump -i any -A 'tcp port PORT' | grep -a '^GET '",
        },
    ],
    fix: "Use https:// in the URL, or have the proxy speak TLS to that port. Take the cookies and \
          passwords that went in the clear for known.",
    remedies: &[Remedy::HttpsPort, Remedy::VerifyUpstream],
    fix_commands: &[
        Command {
            what: "Asks with TLS.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
        Command {
            what: "Shows what nginx speaks to the servers behind it: https:// for a TLS port.",
            line: "nginx -T 2>/dev/null | grep proxy_pass",
        },
    ],
};
