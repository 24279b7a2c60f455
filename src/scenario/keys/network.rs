//! The link between the hosts, and their TCP.

use crate::scenario::Rate;
use crate::scenario::key::{Control, Key, Topic, number, put, ready};
use std::ops::RangeInclusive;

/// The longest round trip that may be asked for, in milliseconds.
pub const MAX_RTT_MS: u32 = 10_000;

/// The sizes of a TCP segment's payload that may be asked for, in bytes: from what every host takes
/// (RFC 9293, section 3.7.1) to what fits in an Ethernet frame.
const MSS_BYTES: RangeInclusive<u64> = 536..=1460;

/// The receive windows that may be asked for, in bytes: up to what needs no scaling.
const WINDOW_BYTES: RangeInclusive<u64> = 536..=65_535;

/// The part of a row that reads and writes how often something happens to a packet.
macro_rules! rate {
    ($field:ident) => {
        Key {
            values: |_| ready(&["0", "0.05", "0.1", "0.2"]),
            also: &["0.5"],
            takes: Some(|| "a number from 0 to 0.5 with at most three decimals".into()),
            set: |s, v| put(&mut s.$field, Rate::parse(v)),
            get: |s| s.$field.text(),
            ..Key::ROW
        }
    };
}

pub(in crate::scenario) const RTT_MS: Key = Key {
    name: "rtt-ms",
    label: "RTT",
    help: "the round-trip time of the link in milliseconds",
    topic: Topic::Network,
    control: Control::Number { unit: "ms" },
    also: &["0", "1", "80", "3000"],
    ..number!(rtt_ms: 0..=u64::from(MAX_RTT_MS))
};

pub(in crate::scenario) const LOSS: Key = Key {
    name: "loss",
    label: "loss",
    help: "how often the link loses a packet",
    topic: Topic::Network,
    ..rate!(loss)
};

pub(in crate::scenario) const REORDER: Key = Key {
    name: "reorder",
    label: "reordering",
    help: "how often the link delays a packet so that others overtake it",
    topic: Topic::Network,
    ..rate!(reorder)
};

pub(in crate::scenario) const DUPLICATE: Key = Key {
    name: "duplicate",
    label: "duplication",
    help: "how often the link delivers a packet twice",
    topic: Topic::Network,
    ..rate!(duplicate)
};

pub(in crate::scenario) const MSS: Key = Key {
    name: "mss",
    label: "segment size",
    help: "the largest payload of a TCP segment in bytes",
    topic: Topic::Network,
    values: |_| ready(&["1460", "1200", "536"]),
    also: &["1000"],
    ..number!(mss: MSS_BYTES)
};

pub(in crate::scenario) const WINDOW: Key = Key {
    name: "window",
    label: "receive window",
    help: "the TCP receive window of both hosts in bytes",
    topic: Topic::Network,
    values: |_| ready(&["65535", "4096", "1460"]),
    also: &["536", "2000"],
    ..number!(window: WINDOW_BYTES)
};
