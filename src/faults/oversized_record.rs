//! The header of a record says that it is longer than any may be.

use super::needs::NO_EARLY_DATA;
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "oversized-record",
    title: "Oversized record",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[NO_EARLY_DATA],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::ApplicationData,
            0,
            Change::Header([23, 3, 3, 0xff, 0xff]),
        ));
    },
    expect: |plan| {
        let alert = if plan.has_teaching_endpoints() {
            AlertDescription::RecordOverflow
        } else {
            AlertDescription::DecodeError
        };
        Outcome::refused(Endpoint::Server, alert, true)
    },
};

pub static WORDS: Words = Words {
    summary: "The header of the client's first record of application data says that 65535 bytes follow.",
    cause: "A record carries 16384 bytes of data at most, and what the protection adds: 256 bytes in TLS \
            1.3 (RFC 9846, section 5.2) and 2048 bytes in TLS 1.2 (RFC 5246, section 6.2.3). More is refused as \
            soon as the header is there, so that nobody has to keep room for it. It comes of a faulty \
            sender or middlebox, or of bytes that are no TLS at all: the length is then whatever stands \
            there. The header is not secret, and in TLS 1.3 part of what the tag covers. The standard \
            has the alert record_overflow for it, which the teaching endpoints send; rustls sends \
            decode_error for a header that it cannot make sense of.",
    symptoms: &[
        Command {
            what: "Captures at the client, and at the server the same with another file, to compare both.",
            line: "sudo tcpdump -i any -w client.pcapng tcp port PORT",
        },
        Command {
            what: "Shows each record's type and length from a capture.",
            line: "tshark -r client.pcapng -Y tls -T fields -e tls.record.content_type -e tls.record.opaque_type -e tls.record.length",
        },
        Command {
            what: "Connects and shows each message and alert.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -msg </dev/null",
        },
    ],
    fix: "Find who writes the header: captures at both ends show whether it was sent so. Then mend the \
          sender, or take out what changes it.",
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
