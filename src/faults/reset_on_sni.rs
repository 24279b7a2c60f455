//! Someone on the path reads the name in the ClientHello and forges a RST to both ends.

use super::{Command, Fault, Group, Need, Outcome, Promise, Words};
use crate::plan::{PacketAction, PacketRule, Which};
use crate::trace::Endpoint;

pub static FAULT: Fault = Fault {
    id: "reset-on-sni",
    title: "Reset for the name in SNI",
    group: Group::Transport,
    promise: Promise::Availability,
    needs: &[Need {
        key: "reorder",
        values: &["0"],
        reason: "the forged RST has to come after what it answers, or the server takes no notice of it",
    }],
    apply: |plan| {
        let Some(name) = plan.client.name.clone() else { return };
        let (from, which, action) = (Endpoint::Client, Which::Holding(name), PacketAction::Reset);
        plan.path.packets.push(PacketRule { from, which, action });
    },
    expect: |_| Outcome::broken_off(Endpoint::Client),
};

pub static WORDS: Words = Words {
    summary: "A filter on the path finds the name in the ClientHello, throws it away, and sends both ends a RST in the other's name.",
    cause: "The name in server_name is in the clear, in TLS 1.3 too, so a filter can choose by it: a \
            company's, a provider's, a country's. TCP has no proof of who sent a segment: a RST with the \
            right addresses, ports and sequence number is believed (RFC 9293, section 3.10.7.4), and \
            whoever is on the path knows them all. Both programs see \"connection reset\". What gives it \
            away: it works with another name to the same address, and the forged packet often has \
            another TTL than the server's.",
    unnoticed: "Only the connection is lost. But each end takes the reset for the other's, and the cause \
                is looked for where it is not.",
    symptoms: &[
        Command {
            what: "Asks by the name: the connection is reset right after the ClientHello.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null",
        },
        Command {
            what: "Asks the same address by another name, or by none: an answer comes.",
            line: "openssl s_client -connect HOST:PORT -noservername </dev/null",
        },
        Command {
            what: "Shows the TTL of what claims to come from the server: a forged RST has another one.",
            line: "sudo tshark -i any -f 'tcp port PORT' -T fields -e ip.src -e ip.ttl -e tcp.flags.str",
        },
    ],
    fix: "Take the name off the wire or the wire out of their hands: Encrypted ClientHello (RFC 9849) \
          where site and client have it, a VPN, another network. If it is your own company's filter, \
          ask it.",
    remedies: &[],
    fix_commands: &[
        Command {
            what: "Shows whether a site publishes what Encrypted ClientHello needs: ech= in its HTTPS record.",
            line: "dig +short HOST HTTPS",
        },
        Command {
            what: "Asks by another network.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
    ],
};
