//! Someone on the path shows a certificate of its own, and the client does not look who issued it.

use super::needs::INTERCEPTED;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{Between, Replacement, Verification};

pub static FAULT: Fault = Fault {
    id: "mitm-verification-off",
    title: "Attacker, and verification is off",
    group: Group::Path,
    promise: Promise::Authentication,
    needs: &[INTERCEPTED],
    apply: |plan| {
        plan.attack();
        plan.client.trust.verification = Verification::Off;
        if let Between::Relay(attacker) = &mut plan.path.between {
            attacker.replacements = vec![Replacement {
                text: "Hello from the server.",
                by: "Hello from the server. Please send your password again.",
            }];
        }
    },
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "The client was told not to check certificates. Someone on the path reads the request, changes the response, and nobody notices.",
    cause: "A certificate could not be verified once, and somebody switched verification off to get on: \
            \"curl -k\", \"verify=False\" in Python's requests, \"rejectUnauthorized: false\" in Node, \
            \"InsecureSkipVerify: true\" in Go, a TrustManager in Java that accepts everything. The connection is \
            still encrypted, but nobody knows to whom. Both ends see a handshake without any fault.",
    unnoticed: "The attacker has read the request and changed the response, and will do so with passwords \
                and payments as well.",
    symptoms: &[
        Command {
            what: "Succeeds whatever certificate comes: that is the fault.",
            line: "curl -k -v https://HOST:PORT/",
        },
        Command {
            what: "The same with verification on fails.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
        Command {
            what: "Finds the usual ways to switch it off in source code and settings.",
            line: "grep -rnE 'verify ?= ?False|CERT_NONE|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|InsecureSkipVerify|curl.* (-[a-zA-Z]*k|--insecure)' .",
        },
    ],
    fix: "Switch verification on again, and give the client the root that it misses: curl's --cacert, verify=\"root.pem\" in \
          requests, NODE_EXTRA_CA_CERTS for Node, RootCAs in Go, a trust store in Java. A test server needs no \
          exception either: it gets a certificate of a private authority that the test trusts.",
    remedies: &[Remedy::TrustCa],
    fix_commands: &[
        Command {
            what: "curl with the root that it needs.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
        Command {
            what: "Python's requests, with the same root.",
            line: "REQUESTS_CA_BUNDLE=root.pem python3 -c 'import requests; print(requests.get(\"https://HOST:PORT/\").status_code)'",
        },
        Command {
            what: "Node, with the same root.",
            line: "NODE_EXTRA_CA_CERTS=root.pem node -e 'fetch(\"https://HOST:PORT/\").then((answer) => console.log(answer.status))'",
        },
    ],
};
