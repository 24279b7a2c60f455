//! Of the first packets of both ends many are lost.

use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{PacketAction, PacketRule, Which};
use crate::trace::Endpoint;

/// The packets that are lost, counted from 1 among those of their sender.
const LOST: [(Endpoint, u32); 5] = [
    (Endpoint::Client, 1),
    (Endpoint::Client, 3),
    (Endpoint::Client, 4),
    (Endpoint::Server, 1),
    (Endpoint::Server, 3),
];

pub static FAULT: Fault = Fault {
    id: "heavy-loss",
    title: "Heavy loss",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| {
        let rule =
            |(from, nth)| PacketRule { from, which: Which::Nth(nth), action: PacketAction::Drop };
        plan.path.packets.extend(LOST.map(rule));
    },
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "Five packets are lost, the SYN among them: the handshake succeeds, and takes seconds.",
    cause: "A bad radio link or a full queue. TCP sends again what is not acknowledged, and TLS does not \
            notice: its stream is whole and in order. But a handshake is short, so that TCP has hardly \
            measured the round trip yet and waits long: a second for a SYN (RFC 6298, section 2), and at \
            the start there are no later segments whose acknowledgments would tell of the gap sooner. \
            Each flight that is lost costs such a wait; fewer flights, as in TLS 1.3, are fewer waits, \
            and in TLS 1.2 resumption saves a round trip as well.",
    unnoticed: "Nothing is lost but time. People see a slow page, and look for the cause at the server.",
    symptoms: &[
        Command {
            what: "Shows where the time goes: to the TCP connection, to the end of the handshake, to the first byte.",
            line: "faketime 'CLIENT_DATE' curl -so /dev/null --cacert root.pem -w 'tcp %{time_connect} tls %{time_appconnect} first byte %{time_starttransfer}\\n' https://HOST:PORT/",
        },
        Command {
            what: "Counts what this host had to send again.",
            line: "nstat -az TcpRetransSegs TcpExtTCPSynRetrans",
        },
        Command {
            what: "Lists what was sent again, from a capture.",
            line: "tshark -r client.pcapng -Y tcp.analysis.retransmission",
        },
        Command { what: "Measures loss on the way, hop by hop.", line: "mtr -rwc 100 HOST" },
    ],
    fix: "Mend the link, or move away from it. Keep connections open, so that fewer handshakes are \
          made.",
    remedies: &[Remedy::KeepAlive],
    fix_commands: &[
        Command {
            what: "Adds such a loss to a test machine's own network, to see how a program bears it.",
            line: "sudo tc qdisc add dev eth0 root netem loss 20%",
        },
        Command { what: "Takes it away again.", line: "sudo tc qdisc del dev eth0 root" },
    ],
};
