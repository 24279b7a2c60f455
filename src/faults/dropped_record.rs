//! Someone on the path takes the client's request out.

use super::needs::NO_EARLY_DATA;
use super::{Command, Fault, Group, Need, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::{Endpoint, Fate};
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "dropped-record",
    title: "Dropped record",
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
            Change::Whole(Fate::Dropped),
        ));
    },
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "The record with the client's request is taken out of the stream, and what follows it moves up.",
    cause: "Someone on the path leaves a whole record out and mends TCP's sequence and acknowledgment \
            numbers, so that neither end's TCP misses anything. Records have numbers, which are not sent \
            and go into the nonce (RFC 9846, section 5.3): the next record comes under the number of the \
            one that is missing, and does not open. So the gap shows as soon as something follows it: \
            here the client's close_notify. Had nothing followed, both ends would wait: TLS tells that \
            data was taken out, and not when it should have come.",
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
