//! Someone on the path flips one bit of the client's first record of application data.

use super::commands::{ASK_AND_SHOW, MEND_THE_PATH};
use super::needs::{A_REQUEST, NO_EARLY_DATA};
use super::{Command, Fault, Group, Outcome, Promise, Words, on_request};
use crate::plan::Change;
use crate::trace::Endpoint;
use rustls::AlertDescription;

/// The bit of the record's fragment that is flipped: in the ciphertext, behind the explicit nonce that
/// AES-GCM has in TLS 1.2.
const BIT: u32 = 100;

pub static FAULT: Fault = Fault {
    id: "tampered-record",
    title: "Tampered record",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[NO_EARLY_DATA, A_REQUEST],
    apply: |plan| on_request(plan, Change::FlipBit(BIT)),
    expect: |_| Outcome::refused(Endpoint::Server, AlertDescription::BadRecordMac, true),
};

pub static WORDS: Words = Words {
    summary: "On its way to the server, one bit of the client's first record of application data is flipped.",
    cause: "Someone on the path changes what goes by, or a faulty network card, cable or middlebox does, \
            and the TCP checksum is made right again on the way (or does not notice, having 16 bits). \
            The record's authentication tag does not fit any more: the server's AEAD fails, it throws \
            the record away without reading any of it, and ends the connection with a bad_record_mac \
            alert (RFC 9846, section 5.2). A flipped bit cannot get through: that is the integrity that \
            TLS promises.",
    unnoticed: "The server would act on bytes that the client never sent: another amount, another \
                recipient.",
    symptoms: &[
        Command {
            what: "Sends a request, and shows each message: the server's last one is the alert bad_record_mac (20).",
            line: ASK_AND_SHOW.line,
        },
        Command {
            what: "Captures at the client, and at the server the same with another file: the payloads of the same segment differ.",
            line: "sudo tcpdump -i any -w client.pcapng tcp port PORT",
        },
        Command {
            what: "Lists sequence numbers with payloads of a capture, to compare the two files.",
            line: "tshark -r client.pcapng -o tcp.relative_sequence_numbers:true -T fields -e tcp.seq -e tcp.payload -Y 'tcp.len > 0'",
        },
        Command {
            what: "Counts segments that this host threw away for a wrong TCP checksum: with many, it is the network that breaks them.",
            line: "nstat -az TcpInCsumErrors",
        },
    ],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[
        Command {
            what: "Shows what the network card does with checksums and segments by itself; faulty offloading breaks packets.",
            line: "ethtool -k eth0",
        },
        Command {
            what: "Turns that off for a test.",
            line: "sudo ethtool -K eth0 rx off tx off tso off gso off gro off",
        },
        Command {
            what: "Asks again, on a new connection.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
    ],
};
