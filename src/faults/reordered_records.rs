//! Someone on the path lets two records of the client's change places.

use super::needs::NO_EARLY_DATA;
use super::{Command, Fault, Group, Need, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::{Endpoint, Fate};
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "reordered-records",
    title: "Reordered records",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[
        Need {
            key: "close",
            values: &["half-close"],
            reason: "the client has to send a record behind its request at once, or nobody would notice",
        },
        NO_EARLY_DATA,
    ],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::ApplicationData,
            0,
            Change::Whole(Fate::HeldBack),
        ));
    },
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "The record with the client's request is held back until the close_notify behind it has passed.",
    cause: "TCP puts segments into order by their numbers, and whoever is on the path can write others. \
            TLS does not put records into order: it expects them in order, and counts. The number of a \
            record goes into its nonce (RFC 9846, section 5.3), so the one that comes too early does not \
            open, and the server ends the connection with bad_record_mac. DTLS and QUIC, which run over \
            UDP, send their numbers along and can put up with it.",
    symptoms: &[
        Command {
            what: "Captures at the client, and at the server the same with another file, to compare both.",
            line: "sudo tcpdump -i any -w client.pcapng tcp port PORT",
        },
        Command {
            what: "Lists sequence numbers with payloads of a capture: those of both ends differ where someone changes them.",
            line: "tshark -r client.pcapng -o tcp.relative_sequence_numbers:true -T fields -e tcp.seq -e tcp.payload -Y 'tcp.len > 0'",
        },
        Command {
            what: "Connects and shows each message and alert.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -msg </dev/null",
        },
    ],
    fix: "Find what on the path changes the bytes, by captures at both ends and in between, and take \
          it out; or go around it, by another network or a VPN. There is nothing to change in TLS: it \
          has done what it is for.",
    fix_commands: &[
        Command {
            what: "Connects again, by another network.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
        Command {
            what: "Shows at which distance the path changes: the answers that come from elsewhere than the server have another TTL.",
            line: "tcptraceroute HOST PORT",
        },
    ],
};
