//! Behind the gateway the request goes on without TLS.

use super::commands::RELOAD;
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::plan::Between;

pub static FAULT: Fault = Fault {
    id: "plaintext-inner-hop",
    title: "Plaintext behind the gateway",
    group: Group::Gateway,
    promise: Promise::Confidentiality,
    needs: &[Need {
        key: "gateway",
        values: &["re-encrypt"],
        reason: "it is about a gateway that should speak TLS to the service",
    }],
    apply: |plan| {
        if let Between::Relay(relay) = &mut plan.path.between {
            relay.back = None;
        }
    },
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "The gateway takes TLS off, and passes the request on to the service in the clear. Nobody notices.",
    cause: "TLS protects a connection, not a request: where the gateway is its end, what lies behind is \
            another connection, and the client cannot see how that is made. Its lock is closed all the \
            same. Everyone on the inner network reads and changes requests, cookies and responses: a \
            compromised machine there, whoever mirrors its traffic, the provider of a shared one. \
            X-Forwarded-Proto even says https, since that is what the client used.",
    unnoticed: "Everyone on the inner network can read the requests with their cookies and change the \
                responses, and the client cannot tell.",
    symptoms: &[
        Command {
            what: "Reads the requests on the inner network: they are text.",
            line: "sudo tcpdump -i any -A 'tcp port 8080' | grep -aE '^(GET|POST|Cookie|Authorization)'",
        },
        Command {
            what: "Shows how nginx passes requests on: http:// is without TLS.",
            line: "nginx -T 2>/dev/null | grep proxy_pass",
        },
        Command {
            what: "The client sees nothing of it.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
    ],
    fix: "Have the gateway speak TLS to the service, and check the service's certificate; or do both \
          by a mesh that has mutual TLS between all services.",
    remedies: &[Remedy::VerifyUpstream],
    fix_commands: &[
        Command {
            what: "What nginx needs to do so, beside https:// in proxy_pass: verification is off unless it is turned on.",
            line: "printf 'proxy_ssl_verify on;\\nproxy_ssl_trusted_certificate /etc/ssl/inner-root.pem;\\nproxy_ssl_name SERVICE;\\nproxy_ssl_server_name on;\\n'",
        },
        Command {
            what: "Checks that the service speaks TLS.",
            line: "openssl s_client -connect SERVICE:443 -servername SERVICE -brief </dev/null",
        },
        RELOAD,
    ],
};
