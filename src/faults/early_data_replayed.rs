//! Someone on the path sends early data once more, and the server takes it as new.

use super::commands::RELOAD;
use super::needs::{A_REQUEST, EARLY_DATA_TAKEN, SESSION_STORED};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Sessions;

/// Early data with one ticket, twice.
const TWICE: &str = "printf 'GET / HTTP/1.1\\r\\nHost: HOST\\r\\n\\r\\n' >request.txt; for time in 1 2; do openssl s_client -connect HOST:PORT -servername HOST -tls1_3 -sess_in session.pem -early_data request.txt </dev/null 2>/dev/null | grep '^Early data'; done";

pub static FAULT: Fault = Fault {
    id: "early-data-replayed",
    title: "Replayed early data",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[SESSION_STORED, EARLY_DATA_TAKEN, A_REQUEST],
    apply: |plan| {
        plan.server.sessions = Sessions::Shared;
        plan.conversation.replayed = true;
    },
    expect: |_| Outcome::UNNOTICED,
};

pub static WORDS: Words = Words {
    summary: "Someone on the path has recorded a request that went as early data, and sends it to the server once more, over a connection of their own. The server takes it as new.",
    cause: "Early data goes out before the server has said a word, so nothing fresh of the server's is in its keys: a \
            copy of the first flight is as good as the flight itself (RFC 9846, section 2.3). It is for servers to take \
            each flight once: to forget a ticket when it is used (section 8.1), or to remember the ClientHellos of the \
            last seconds (8.2). Here several servers share what they resume sessions by, and none of them tells the \
            others which ticket was used. To compare the ticket's age with what the ClientHello says of it (8.3) keeps \
            out late copies alone: rustls lets the two ages be 60 seconds apart, the standard speaks of about ten. OpenSSL takes \
            each ticket once, unless it is told not to (SSL_OP_NO_ANTI_REPLAY); nginx tells it not to, and leaves the \
            rest to the application.",
    unnoticed: "The server has carried out the request twice: two orders, two payments. The attacker could read neither \
                the request nor the response, and had no need to.",
    symptoms: &[
        Command {
            what: "Keeps the ticket of a connection. \"Max Early Data\" says how much the server takes with it: 0 is none.",
            line: "sleep 1 | openssl s_client -connect HOST:PORT -servername HOST -tls1_3 -sess_out session.pem",
        },
        Command {
            what: "Sends a request as early data with this ticket, twice. \"Early data was accepted\" both times: the server takes a ticket again.",
            line: TWICE,
        },
        Command {
            what: "Captures at the server.",
            line: "sudo tcpdump -i any -w server.pcapng tcp port PORT",
        },
        Command {
            what: "Lists the ClientHellos whose random has come before. Clients draw a new one each time, so one of them is a copy.",
            line: "tshark -r server.pcapng -Y 'tls.handshake.type == 1' -T fields -e ip.src -e tls.handshake.random | sort -k 2 | uniq -D -f 1",
        },
    ],
    fix: "Have each ticket open early data once, on all servers together; or turn early data off: to resume without it \
          costs one round trip, and cannot be replayed. Where it stays on, send early only what may happen twice. nginx \
          tells the application behind it by \"Early-Data: 1\"; to what is not safe the application answers 425 Too Early, \
          and the client asks again when the handshake is complete (RFC 8470).",
    remedies: &[Remedy::EarlyData],
    fix_commands: &[
        RELOAD,
        Command {
            what: "Sends early data twice with one ticket: the second time it is rejected, or where early data is off, both times.",
            line: TWICE,
        },
    ],
};
