//! The link between the two hosts: one-way delay, mishaps by chance, no limit of rate.

use super::provider::recorder::record;
use super::seed::Stream;
use crate::scenario::{Rate, Scenario};
use crate::trace::{Endpoint, Op, Packet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::time::Instant;
use std::collections::VecDeque;

/// Octets of the headers of IPv4 and TCP without options.
const HEADERS: usize = 40;

/// How much longer than others a packet takes that is held up, or delivered for the second time, in
/// microseconds: at least this, and in proportion to the delay.
const LATE_US: u64 = 1_000;

/// The link and all that went over it.
pub struct Link {
    delay_us: u64,
    /// Octets of an IP packet at most.
    mtu: usize,
    mishaps: Option<Mishaps>,
    /// Every packet, by order of sending.
    pub packets: Vec<Packet>,
    to_client: VecDeque<InFlight>,
    to_server: VecDeque<InFlight>,
}

/// What happens to packets by chance.
struct Mishaps {
    chance: Stream,
    loss: Rate,
    reorder: Rate,
    duplicate: Rate,
}

/// What happens to one packet.
#[derive(Default)]
struct Fate {
    lost: bool,
    held_up: bool,
    doubled: bool,
}

impl Mishaps {
    /// Draws the fate of the next packet. Each packet takes as many draws, so that another rate of
    /// one mishap leaves the others where they were, as long as the packets are the same.
    fn draw(&mut self) -> Fate {
        let mut happens = |rate: Rate| {
            let drawn = u32::from_be_bytes(self.chance.take()) % 1000;
            drawn < u32::from(rate.thousandths())
        };
        let lost = happens(self.loss);
        let held_up = happens(self.reorder);
        let doubled = happens(self.duplicate);
        Fate { lost, held_up: held_up && !lost, doubled: doubled && !lost }
    }
}

struct InFlight {
    arrives_us: u64,
    index: usize,
}

impl Link {
    /// The link of a scenario as this connection, from 0, has it.
    pub fn of(scenario: &Scenario, connection: u32) -> Link {
        let Scenario { loss, reorder, duplicate, .. } = *scenario;
        let mishaps = [loss, reorder, duplicate].iter().any(|rate| *rate != Rate::ZERO);
        let chance = || match connection {
            0 => Stream::new(scenario.seed, "link"),
            later => Stream::new(scenario.seed, &format!("link {later}")),
        };
        Link {
            mtu: scenario.mss as usize + HEADERS,
            mishaps: mishaps.then(|| Mishaps { chance: chance(), loss, reorder, duplicate }),
            ..Link::new(u64::from(scenario.rtt_ms) * 1000 / 2)
        }
    }

    /// A link without mishaps that takes `delay_us` microseconds each way, for packets as large as
    /// Ethernet's.
    pub fn new(delay_us: u64) -> Link {
        Link {
            delay_us,
            mtu: 1500,
            mishaps: None,
            packets: Vec::new(),
            to_client: VecDeque::new(),
            to_server: VecDeque::new(),
        }
    }

    /// When the next packet arrives at either end, in microseconds.
    pub fn next_arrival(&self) -> Option<u64> {
        let queues = [&self.to_client, &self.to_server];
        queues.iter().filter_map(|queue| queue.front()).map(|packet| packet.arrives_us).min()
    }

    /// The end of the link where `who` is.
    pub fn port(&mut self, who: Endpoint) -> Port<'_> {
        Port { link: self, who }
    }

    fn queue_to(&mut self, who: Endpoint) -> &mut VecDeque<InFlight> {
        match who {
            Endpoint::Client => &mut self.to_client,
            Endpoint::Server => &mut self.to_server,
        }
    }

    fn send(&mut self, from: Endpoint, now_us: u64, bytes: Vec<u8>) {
        let fate = self.mishaps.as_mut().map(Mishaps::draw).unwrap_or_default();
        let late_us = LATE_US + self.delay_us / 4;
        let twin = fate.doubled.then(|| bytes.clone());
        let number = self.put(from, now_us, None, bytes);
        record(|| Op::PacketSent { number });
        if !fate.lost {
            let arrives_us = now_us + self.delay_us + if fate.held_up { late_us } else { 0 };
            self.deliver(from.peer(), number, arrives_us);
        }
        if let Some(bytes) = twin {
            let number = self.put(from, now_us, Some(number), bytes);
            self.deliver(from.peer(), number, now_us + self.delay_us + late_us / 2);
        }
    }

    /// Notes a packet; returns its number.
    fn put(&mut self, from: Endpoint, now_us: u64, of: Option<u32>, bytes: Vec<u8>) -> u32 {
        let number = self.packets.len() as u32 + 1;
        self.packets.push(Packet {
            number,
            sent_us: now_us,
            received_us: None,
            from,
            duplicate_of: of,
            bytes,
        });
        number
    }

    /// Has a packet arrive at this time, behind those that arrive no later.
    fn deliver(&mut self, to: Endpoint, number: u32, arrives_us: u64) {
        let index = number as usize - 1;
        let queue = self.queue_to(to);
        let place = queue.partition_point(|packet| packet.arrives_us <= arrives_us);
        queue.insert(place, InFlight { arrives_us, index });
    }

    fn receive(&mut self, who: Endpoint, now_us: u64) -> Option<Vec<u8>> {
        let arrived = self.queue_to(who).pop_front_if(|packet| packet.arrives_us <= now_us)?;
        let packet = self.packets.get_mut(arrived.index)?;
        packet.received_us = Some(arrived.arrives_us);
        record(|| Op::PacketReceived { number: packet.number });
        Some(packet.bytes.clone())
    }
}

/// One end of the link, as smoltcp sees a network device.
pub struct Port<'a> {
    link: &'a mut Link,
    who: Endpoint,
}

impl Device for Port<'_> {
    type RxToken<'t>
        = Received
    where
        Self: 't;
    type TxToken<'t>
        = Slot<'t>
    where
        Self: 't;

    fn receive(&mut self, now: Instant) -> Option<(Received, Slot<'_>)> {
        let now_us = micros(now);
        let packet = self.link.receive(self.who, now_us)?;
        Some((Received(packet), Slot { link: self.link, who: self.who, now_us }))
    }

    fn transmit(&mut self, now: Instant) -> Option<Slot<'_>> {
        Some(Slot { link: self.link, who: self.who, now_us: micros(now) })
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = self.link.mtu;
        capabilities
    }
}

fn micros(now: Instant) -> u64 {
    now.total_micros().unsigned_abs()
}

/// A packet that has arrived.
pub struct Received(Vec<u8>);

impl RxToken for Received {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        read(&self.0)
    }
}

/// Room for a packet to be sent.
pub struct Slot<'a> {
    link: &'a mut Link,
    who: Endpoint,
    now_us: u64,
}

impl TxToken for Slot<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let mut packet = vec![0; length];
        let result = write(&mut packet);
        self.link.send(self.who, self.now_us, packet);
        result
    }
}
