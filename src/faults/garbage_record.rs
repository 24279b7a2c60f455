//! In place of a record's header come bytes that are none.

use super::needs::NO_EARLY_DATA;
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

pub static FAULT: Fault = Fault {
    id: "garbage-record",
    title: "Garbage instead of a record",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[NO_EARLY_DATA],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::ApplicationData,
            0,
            Change::Header(*b"\0\0\0\0\0"),
        ));
    },
    expect: |plan| {
        let alert = if plan.has_teaching_endpoints() {
            AlertDescription::UnexpectedMessage
        } else {
            AlertDescription::DecodeError
        };
        Outcome::refused(Endpoint::Server, alert, true)
    },
};

pub static WORDS: Words = Words {
    summary: "Where the header of the client's first record of application data should be, the server finds zeros.",
    cause: "A faulty middlebox or network card, a program that writes to the same socket beside TLS, a \
            proxy that puts its own header (PROXY protocol) in the middle: what comes is no record. TLS \
            has nothing to find the next record by: each header is found behind the record before it, so \
            one byte too many or a wrong one ends the connection. The standard has unexpected_message \
            for a type of record that is not known (RFC 9846, section 5), and so do the teaching \
            endpoints; rustls sends decode_error. OpenSSL reports \"wrong version number\" or \"unknown record type\".",
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
    fix: "Find who writes those bytes: captures at both ends show whether they were sent so. Look for \
          something that writes to the socket beside TLS.",
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
