//! No cipher suite that the client offers is one that the server allows.

use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::plan::has_aes_128;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "no-shared-suite",
    title: "No cipher suite in common",
    group: Group::Negotiation,
    promise: Promise::Availability,
    needs: &[Need {
        key: "suite",
        values: &["default"],
        reason: "with one suite at both ends they have that one in common",
    }],
    apply: |plan| {
        plan.client.suites.retain(|suite| has_aes_128(*suite));
        plan.server.suites.retain(|suite| !has_aes_128(*suite));
    },
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::HandshakeFailure, false),
};

pub static WORDS: Words = Words {
    summary: "The client offers cipher suites, the server allows others, and no suite is in both lists.",
    cause: "A server was hardened by a list from an old article, or a client was limited by a policy \
            (FIPS, a company's rule), and nobody held one list against the other. TLS 1.3 has five \
            suites and most programs have them all, so it is seen more often in TLS 1.2, where a suite \
            also has to go with the server's certificate: ECDHE_ECDSA with an ECDSA key, ECDHE_RSA with \
            an RSA key. The server cannot make a ServerHello, and answers the ClientHello with \
            handshake_failure, in the clear, since there are no keys yet (RFC 9846, section 4.2.1; RFC \
            5246, section 7.4.1.3).",
    unnoticed: "There is no suite to go on with. An end that took one outside its list would use what \
                somebody turned off on purpose.",
    symptoms: &[
        Command {
            what: "Offers one suite of TLS 1.3 alone; the server answers \"handshake failure\". Other names show which it has.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256 </dev/null",
        },
        Command {
            what: "The same in TLS 1.2, by OpenSSL's own names of suites.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256 </dev/null",
        },
        Command {
            what: "Lists which suites a server takes in each version.",
            line: "nmap --script ssl-enum-ciphers -p PORT HOST",
        },
        Command {
            what: "Lists the suites that a client offers, from a capture.",
            line: "tshark -r client.pcapng -Y tls.handshake.type==1 -T fields -e tls.handshake.ciphersuite",
        },
    ],
    fix: "Give both ends a suite in common. The defaults of an up-to-date library are a better list \
          than one of your own.",
    remedies: &[Remedy::Suites],
    fix_commands: &[
        Command {
            what: "Lists which suites this OpenSSL has in TLS 1.3.",
            line: "openssl ciphers -s -tls1_3 -v",
        },
        Command {
            what: "Shows what nginx allows: without ssl_ciphers it has OpenSSL's defaults.",
            line: "nginx -T 2>/dev/null | grep -E 'ssl_ciphers|ssl_conf_command'",
        },
        Command {
            what: "Connects with what both have, and shows the suite.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
    ],
};
