//! Someone on the path lets the client's request arrive twice.

use super::needs::NO_EARLY_DATA;
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::{Endpoint, Fate};
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "replayed-record",
    title: "Replayed record",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[NO_EARLY_DATA],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::ApplicationData,
            0,
            Change::Whole(Fate::Repeated),
        ));
    },
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "Right behind the record with the client's request comes a copy of it, byte for byte.",
    cause: "Someone on the path has recorded a record, cannot read it, and sends it again: to have an \
            order carried out twice. TCP does not help, since its numbers can be mended. Each record of \
            TLS has a number that is not sent, and that goes into the nonce in TLS 1.3 (RFC 9846, \
            section 5.3) and into what the tag covers in TLS 1.2 (RFC 5246, section 6.2.3.3). The copy \
            comes under the next number, does not open, and the server ends the connection with \
            bad_record_mac. It does so before it has answered the good request, since both came at once.",
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
