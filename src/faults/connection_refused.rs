//! No program listens on the port.

use super::commands::RECONNECT;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::trace::{Endpoint, Status};

pub static FAULT: Fault = Fault {
    id: "connection-refused",
    title: "Connection refused",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[],
    apply: |plan| plan.server.listens = false,
    expect: |_| Outcome { server: Status::Incomplete, ..Outcome::broken_off(Endpoint::Client) },
};

pub static WORDS: Words = Words {
    summary: "The server's host is there, and no program listens on the port: the SYN is answered with RST.",
    cause: "The server has crashed, has not started, listens on another port or only on another address \
            (127.0.0.1), or a firewall is set to reject. The host's TCP answers for itself: a SYN for \
            which there is no listener gets a RST (RFC 9293, section 3.5.2), after one round trip. Not \
            one byte of TLS has been sent. It is the kindest failure there is: it is quick, and says \
            which end to look at.",
    unnoticed: "Nothing of the request was sent, so nobody could read or change it: only the service is \
                missing. A client that does not notice waits for ever.",
    symptoms: &[
        Command { what: "Tries to connect: \"Connection refused\".", line: "nc -vz HOST PORT" },
        Command {
            what: "Shows SYN and RST.",
            line: "sudo tcpdump -i any -n 'tcp port PORT and tcp[tcpflags] & (tcp-syn|tcp-rst) != 0'",
        },
        Command {
            what: "Shows on which addresses and ports programs listen: to be run at the server.",
            line: "sudo ss -ltnp",
        },
    ],
    fix: "Start the server, have it listen on the address and port that its clients use, and see why \
          it had stopped.",
    remedies: &[Remedy::HttpsPort],
    fix_commands: &[
        Command {
            what: "Says whether nginx runs, and what it said last.",
            line: "systemctl status nginx",
        },
        Command {
            what: "Checks its configuration and starts it.",
            line: "sudo nginx -t && sudo systemctl start nginx",
        },
        RECONNECT,
    ],
};
