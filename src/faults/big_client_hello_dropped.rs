//! A ClientHello that takes two segments does not get through.

use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::plan::{PacketAction, PacketRule, Which};
use crate::trace::Endpoint;

/// Bytes of the headers of IPv4 and TCP without options.
const HEADERS: u32 = 40;

pub static FAULT: Fault = Fault {
    id: "big-client-hello-dropped",
    title: "Big ClientHello dropped",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[
        Need {
            key: "group",
            values: &["X25519MLKEM768"],
            reason: "with another group the ClientHello fits into one segment",
        },
        Need {
            key: "suite",
            values: &["default"],
            reason: "with one suite on offer the ClientHello fits into one segment",
        },
        Need {
            key: "alpn",
            values: &["h2,http/1.1"],
            reason: "with fewer protocols on offer the ClientHello fits into one segment",
        },
        Need {
            key: "window",
            values: &["65535"],
            reason: "a small window makes its segments small",
        },
    ],
    apply: |plan| {
        let which = Which::LongerThan(HEADERS + plan.path.mss - 1);
        let (from, action) = (Endpoint::Client, PacketAction::Drop);
        plan.path.packets.push(PacketRule { from, which, action });
    },
    expect: |_| Outcome::STUCK,
};

pub static WORDS: Words = Words {
    summary: "The client offers X25519MLKEM768, its ClientHello takes two segments, and the full one of them never gets through.",
    cause: "A post-quantum key share makes the ClientHello larger than a segment. A firewall that looks \
            for the name in the first segment alone, and drops what it cannot make sense of, takes it \
            for an attack; or a tunnel on the way is too narrow for full-size packets, and the ICMP \
            message that would say so is filtered. Small handshakes work, so that only new browsers seem \
            to be hit. TCP sends the segment again and again; nobody is told. Chromium and others met \
            with it when they turned the hybrid on.",
    unnoticed: "The client waits for as long as its program lets it. Turning the new group off helps at \
                once, and leaves what is recorded today to the quantum computers of tomorrow.",
    symptoms: &[
        Command {
            what: "Offers the hybrid: nothing comes back.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -groups X25519MLKEM768 </dev/null",
        },
        Command {
            what: "Offers X25519 alone, which fits into one segment: it works.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -groups X25519 -brief </dev/null",
        },
        Command {
            what: "Sends packets of full size that must not be cut, to see whether the path takes them.",
            line: "ping -M do -s 1472 HOST",
        },
        Command {
            what: "Shows the same segment going out again and again.",
            line: "tshark -r client.pcapng -Y tcp.analysis.retransmission",
        },
    ],
    fix: "Bring the middlebox up to date, or take it out; where the path is too narrow, let ICMP \
          \"fragmentation needed\" through, or lower the MSS. Until then offer the group last, so that \
          the first ClientHello has no key share for it.",
    remedies: &[Remedy::Groups],
    fix_commands: &[
        Command {
            what: "Lowers the MSS for what goes through this router to what the path takes.",
            line: "sudo nft add rule inet filter forward tcp flags syn tcp option maxseg size set rt mtu",
        },
        Command {
            what: "Offers the hybrid without a key share for it: a server that wants it asks by HelloRetryRequest.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -groups '*X25519:X25519MLKEM768' -brief </dev/null",
        },
    ],
};
