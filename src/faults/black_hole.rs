//! All that the client sends is lost without a word.

use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{PacketAction, PacketRule, Which};
use crate::trace::Endpoint;

pub static FAULT: Fault = Fault {
    id: "black-hole",
    title: "Black hole",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| {
        let (from, which, action) = (Endpoint::Client, Which::Every, PacketAction::Drop);
        plan.path.packets.push(PacketRule { from, which, action });
    },
    expect: |_| Outcome::STUCK,
};

pub static WORDS: Words = Words {
    summary: "No packet of the client's arrives, and nobody says so: the SYN goes out again and again.",
    cause: "A firewall or a cloud's security group that drops instead of rejecting, a wrong route, a \
            host that is off. There is no answer to tell it from a slow network, so TCP waits and sends \
            the SYN again, and waits longer each time (RFC 6298): on Linux more than two minutes in \
            all. Programs give up sooner by a time limit of their own. Nothing of TLS has been sent, \
            so no certificate and no key can be the cause.",
    unnoticed: "Nothing of the request was sent, so nobody could read or change it: only the service is \
                missing. The client waits for as long as its program lets it.",
    symptoms: &[
        Command {
            what: "Tries to connect, for five seconds at most: \"timed out\", not \"refused\".",
            line: "nc -vz -w 5 HOST PORT",
        },
        Command {
            what: "Shows that SYNs go out and nothing comes back.",
            line: "sudo tcpdump -i any -n 'tcp port PORT and tcp[tcpflags] & tcp-syn != 0'",
        },
        Command {
            what: "Shows how far packets to that port come.",
            line: "tcptraceroute HOST PORT",
        },
    ],
    fix: "Find who drops the packets: look at the server whether the SYN arrives, then at each \
          firewall on the way. Have firewalls reject what they do not want, so that clients are told.",
    remedies: &[],
    fix_commands: &[
        Command {
            what: "Lists the rules of this host's firewall, with counters.",
            line: "sudo nft list ruleset",
        },
        Command {
            what: "Asks with a time limit for the connection.",
            line: "faketime 'TRUE_DATE' curl -v --connect-timeout 5 --cacert root.pem https://HOST:PORT/",
        },
    ],
};
