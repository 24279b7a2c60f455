//! The link between the two hosts: one-way delay, no loss, no limit of rate.

use super::provider::recorder::record;
use crate::trace::{Endpoint, Op, Packet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::time::Instant;
use std::collections::VecDeque;

/// Octets of an IP packet at most: Ethernet's.
const MTU: usize = 1500;

/// The link and all that went over it.
pub struct Link {
    delay_us: u64,
    /// Every packet, by order of sending.
    pub packets: Vec<Packet>,
    to_client: VecDeque<InFlight>,
    to_server: VecDeque<InFlight>,
}

struct InFlight {
    arrives_us: u64,
    index: usize,
}

impl Link {
    /// A link that takes `delay_us` microseconds each way.
    pub fn new(delay_us: u64) -> Link {
        Link {
            delay_us,
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
        let index = self.packets.len();
        let number = index as u32 + 1;
        self.packets.push(Packet { number, sent_us: now_us, received_us: None, from, bytes });
        record(|| Op::PacketSent { number });
        let arrives_us = now_us + self.delay_us;
        self.queue_to(from.peer()).push_back(InFlight { arrives_us, index });
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
        capabilities.max_transmission_unit = MTU;
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
