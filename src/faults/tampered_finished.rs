//! Someone on the path changes the client's Finished.

use super::needs::{CLIENT_ANONYMOUS, NO_EARLY_DATA};
use super::{Command, Fault, Group, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

/// A bit of the ciphertext, behind the explicit nonce that AES-GCM has in TLS 1.2.
const BIT: u32 = 100;

pub static FAULT: Fault = Fault {
    id: "tampered-finished",
    title: "Tampered Finished",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[CLIENT_ANONYMOUS, NO_EARLY_DATA],
    apply: |plan| {
        // Behind the ClientHello; in TLS 1.2 behind the ClientKeyExchange as well.
        let nth = if plan.is_tls13() { 1 } else { 2 };
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::Handshake,
            nth,
            Change::FlipBit(BIT),
        ));
    },
    expect: |plan| {
        Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, plan.is_tls13())
    },
};

pub static WORDS: Words = Words {
    summary: "On its way to the server, one bit of the client's Finished is flipped.",
    cause: "Finished is the first message under the new keys in TLS 1.2, and the last of the handshake \
            in both versions. It is a MAC over all messages before it, so it would tell of any change to \
            them; and it is encrypted itself, so that a change to it does not even come so far: the \
            record's tag does not fit, and the server sends bad_record_mac. In TLS 1.2 that alert is in \
            the clear, since the server has not gone over to its keys yet, and the client has not \
            finished. In TLS 1.3 the client has, and has sent its request: it finds out when it reads.",
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
