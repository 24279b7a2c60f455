//! The gateway does not tell the service who the client is.

use super::commands::RELOAD;
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::plan::Between;

pub static FAULT: Fault = Fault {
    id: "client-identity-lost",
    title: "Client's identity lost at the gateway",
    group: Group::Gateway,
    promise: Promise::Authentication,
    needs: &[
        Need {
            key: "gateway",
            values: &["terminate", "re-encrypt"],
            reason: "it is about a gateway that passes requests on",
        },
        Need {
            key: "client-cert",
            values: &["required", "optional"],
            reason: "the client has to prove who it is, for that to be lost",
        },
    ],
    apply: |plan| {
        if let Between::Relay(relay) = &mut plan.path.between {
            relay.tells_client = false;
        }
    },
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "The client proves to the gateway who it is, and the gateway passes the request on without a word of that.",
    cause: "Mutual TLS ends where TLS ends. The service sees one client for all requests: the gateway, \
            with the gateway's address. What the gateway knows of the client it has to say in the \
            request: the address in Forwarded (RFC 7239) or X-Forwarded-For, the certificate in \
            Client-Cert (RFC 9440). Without, the service counts all clients as one (rate limits, logs, \
            bans), and either refuses everyone or trusts everyone. The other way round is worse: a \
            gateway that passes on such fields as the client sent them lets each client say who it is.",
    unnoticed: "The service cannot tell one client from another: it refuses all of them, or lets each do \
                what only some may.",
    symptoms: &[
        Command {
            what: "Shows what the service is told, from an inner network without TLS.",
            line: "sudo tcpdump -i any -A 'tcp port 8080' | grep -aiE '^(forwarded|x-forwarded|client-cert)'",
        },
        Command {
            what: "Shows which fields nginx adds.",
            line: "nginx -T 2>/dev/null | grep proxy_set_header",
        },
        Command {
            what: "Asks, and shows what the service makes of it.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --cert client-chain.pem --key client.key https://HOST:PORT/",
        },
    ],
    fix: "Have the gateway add the fields, take out what clients send by those names, and let the \
          service believe them from the gateway alone.",
    remedies: &[Remedy::ClientIdentity],
    fix_commands: &[
        Command {
            what: "What nginx needs; $ssl_client_escaped_cert is the certificate, URL-encoded.",
            line: "printf 'proxy_set_header X-Forwarded-For $remote_addr;\\nproxy_set_header X-Client-Cert $ssl_client_escaped_cert;\\n'",
        },
        RELOAD,
    ],
};
