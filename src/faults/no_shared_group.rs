//! No key exchange group that the client offers is one that the server allows.

use super::needs::EPHEMERAL;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Group as KeyExchangeGroup;
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "no-shared-group",
    title: "No key exchange group in common",
    group: Group::Negotiation,
    promise: Promise::Availability,
    needs: &[EPHEMERAL],
    apply: |plan| {
        plan.client.groups.truncate(1);
        let has = |group: &KeyExchangeGroup| plan.client.groups.contains(group);
        plan.server.groups = [KeyExchangeGroup::Secp384r1, KeyExchangeGroup::X25519]
            .into_iter()
            .filter(|g| !has(g))
            .collect();
    },
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::HandshakeFailure, false),
};

pub static WORDS: Words = Words {
    summary: "The client can do its key exchange in one group, the server only in others.",
    cause: "A server or client was limited to one curve: to P-384 by a policy, or to X25519 by a short \
            list. A client names its groups in supported_groups (RFC 9846, section 4.3.7; RFC 8422, \
            section 5.1 for TLS 1.2). Where the first key share does not fit but another group would, a \
            server of TLS 1.3 asks for it by HelloRetryRequest; here no group is in both lists, so there \
            is nothing to ask for. The server answers with handshake_failure, in the clear. A client \
            that offers only a post-quantum hybrid meets the same at a server that has none.",
    unnoticed: "There is no group to go on with: without one there is no shared secret, and there are no \
                keys.",
    symptoms: &[
        Command {
            what: "Offers one group alone; the server answers \"handshake failure\". Other names show which it has.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -groups X25519 </dev/null",
        },
        Command {
            what: "Shows the group that was settled, where there is one (\"Negotiated TLS1.3 group\", \"Peer Temp Key\").",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
        Command {
            what: "Lists the groups that a client offers, from a capture.",
            line: "tshark -r client.pcapng -Y tls.handshake.type==1 -T fields -e tls.handshake.extensions_supported_group",
        },
    ],
    fix: "Allow X25519 and P-256 at both ends, with X25519MLKEM768 before them where both have it.",
    remedies: &[Remedy::Groups],
    fix_commands: &[
        Command {
            what: "Shows what nginx allows: without ssl_ecdh_curve it has OpenSSL's defaults.",
            line: "nginx -T 2>/dev/null | grep ssl_ecdh_curve",
        },
        Command {
            what: "Connects with several groups on offer.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -groups X25519:P-256:P-384 -brief </dev/null",
        },
    ],
};
