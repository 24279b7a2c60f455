//! The network between the two hosts of a connection: a one-way delay, impairments by chance, rules for
//! certain packets, tampering; no limit of rate.

use super::forged;
use super::provider::recorder::record;
use super::seed::Stream;
use super::tampering::Tampering;
use crate::plan::Rate;
use crate::plan::{Impairments, PacketAction, PacketRule, Plan, Which};
use crate::trace::{Endpoint, Meddling, Op, Packet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::time::Instant;
use smoltcp::wire::Ipv4Packet;
use std::collections::VecDeque;

/// Bytes of the headers of IPv4 and TCP without options.
const HEADERS: usize = 40;

/// The extra delay of a delayed or duplicated packet, in microseconds: at least this, and in proportion to
/// the network's own.
const LATE_US: u64 = 1_000;

/// The network, and all packets that went over it.
pub struct Network {
    delay_us: u64,
    /// Bytes of an IP packet at most.
    mtu: usize,
    chance: Option<Chance>,
    rules: Rules,
    tampering: Option<Tampering>,
    /// Every packet, by order of sending.
    pub packets: Vec<Packet>,
    to_client: VecDeque<InFlight>,
    to_server: VecDeque<InFlight>,
}

/// What happens to packets by chance.
struct Chance {
    stream: Stream,
    rates: Impairments,
}

/// What happens to one packet by chance.
#[derive(Default)]
struct Fate {
    lost: bool,
    delayed: bool,
    duplicated: bool,
}

impl Chance {
    /// Draws the fate of the next packet. Each packet takes as many draws, so that another rate of
    /// one impairment leaves the others where they were, as long as the packets are the same.
    fn draw(&mut self) -> Fate {
        let mut happens = |rate: Rate| {
            let drawn = u32::from_be_bytes(self.stream.take()) % 1000;
            drawn < u32::from(rate.thousandths())
        };
        let lost = happens(self.rates.loss);
        let delayed = happens(self.rates.reorder);
        let duplicated = happens(self.rates.duplicate);
        Fate { lost, delayed: delayed && !lost, duplicated: duplicated && !lost }
    }
}

/// The packet rules of a path, with how often each sender's packets were counted.
#[derive(Default)]
struct Rules {
    rules: Vec<PacketRule>,
    /// Packets so far, of the client and of the server.
    sent: [u32; 2],
    /// Rules about the first packet with a flag that have had theirs.
    spent: Vec<usize>,
}

impl Rules {
    /// What the rules say of the next packet of `from`.
    fn judge(&mut self, from: Endpoint, packet: &[u8]) -> Verdict {
        let mut verdict = Verdict::default();
        let Some(sent) = self.sent.get_mut(from as usize) else { return verdict };
        *sent += 1;
        for (index, rule) in self.rules.iter().enumerate().filter(|(_, rule)| rule.from == from) {
            let applies = match &rule.which {
                Which::Every => true,
                Which::Nth(nth) => nth == sent,
                Which::LongerThan(bytes) => packet.len() > *bytes as usize,
                Which::Holding(text) => {
                    packet.windows(text.len().max(1)).any(|bytes| bytes == text.as_bytes())
                }
                Which::FirstWithFlag(flag) => {
                    let first = control_bits(packet) & flag != 0 && !self.spent.contains(&index);
                    if first {
                        self.spent.push(index);
                    }
                    first
                }
            };
            match rule.action {
                _ if !applies => {}
                PacketAction::Drop => verdict.dropped = true,
                PacketAction::Delay(by_us) => verdict.late_us += by_us,
                PacketAction::Reset => (verdict.dropped, verdict.reset) = (true, true),
            }
        }
        verdict
    }
}

/// What the rules say of a packet.
#[derive(Default)]
struct Verdict {
    /// It never arrives.
    dropped: bool,
    /// How much later it arrives, in microseconds.
    late_us: u64,
    /// Both ends get a forged RST.
    reset: bool,
}

/// TCP's control bits (RFC 9293, section 3.1); 0 if this is no TCP segment.
fn control_bits(packet: &[u8]) -> u8 {
    let ip = Ipv4Packet::new_checked(packet).ok();
    let segment = ip.as_ref().and_then(|ip| packet.get(usize::from(ip.header_len())..));
    segment.and_then(|segment| segment.get(13)).copied().unwrap_or(0)
}

struct InFlight {
    arrives_us: u64,
    index: usize,
}

impl Network {
    /// The network of a plan as this connection, from 0, has it.
    pub fn of(plan: &Plan, connection: u32) -> Network {
        let path = &plan.path;
        let stream = || match connection {
            0 => Stream::new(plan.seed, "link"),
            later => Stream::new(plan.seed, &format!("link {later}")),
        };
        let rates = path.impairments;
        let chance = (rates != Impairments::default()).then(|| Chance { stream: stream(), rates });
        Network {
            mtu: path.mss as usize + HEADERS,
            chance,
            rules: Rules { rules: path.packets.clone(), ..Rules::default() },
            tampering: Tampering::of(&plan.tampering),
            ..Network::new(path.delay_us)
        }
    }

    /// A network without impairments that takes `delay_us` microseconds each way, for packets as large
    /// as Ethernet's.
    pub fn new(delay_us: u64) -> Network {
        Network {
            delay_us,
            mtu: 1500,
            chance: None,
            rules: Rules::default(),
            tampering: None,
            packets: Vec::new(),
            to_client: VecDeque::new(),
            to_server: VecDeque::new(),
        }
    }

    /// What someone on the path did to whole records.
    pub fn meddling(&self) -> Vec<Meddling> {
        self.tampering.as_ref().map(|tampering| tampering.meddling.clone()).unwrap_or_default()
    }

    /// When the next packet arrives at either end, in microseconds.
    pub fn next_arrival(&self) -> Option<u64> {
        let queues = [&self.to_client, &self.to_server];
        queues.iter().filter_map(|queue| queue.front()).map(|packet| packet.arrives_us).min()
    }

    /// The end of the network where `who` is.
    pub fn port(&mut self, who: Endpoint) -> Port<'_> {
        Port { network: self, who }
    }

    fn queue_to(&mut self, who: Endpoint) -> &mut VecDeque<InFlight> {
        match who {
            Endpoint::Client => &mut self.to_client,
            Endpoint::Server => &mut self.to_server,
        }
    }

    fn send(&mut self, from: Endpoint, now_us: u64, bytes: Vec<u8>) {
        let fate = self.chance.as_mut().map(Chance::draw).unwrap_or_default();
        let Verdict { dropped, late_us: rule_us, reset } = self.rules.judge(from, &bytes);
        let late_us = LATE_US + self.delay_us / 4;
        let packet = Packet {
            number: self.packets.len() as u32 + 1,
            sent_us: now_us,
            received_us: None,
            from,
            duplicate_of: None,
            forged: false,
            received: self.tampering.as_mut().and_then(|acts| acts.packet(from, &bytes)),
            bytes,
        };
        let number = packet.number;
        let copy = fate.duplicated.then(|| packet.clone());
        self.packets.push(packet);
        record(|| Op::PacketSent { number });
        if !fate.lost && !dropped {
            let extra_us = rule_us + if fate.delayed { late_us } else { 0 };
            self.deliver(from.peer(), number, now_us + self.delay_us + extra_us);
        }
        if reset {
            let packet = self.packets.last().map(|packet| packet.bytes.clone());
            self.forge_resets(from, now_us, &packet.unwrap_or_default());
        }
        if let Some(packet) = copy.filter(|_| !dropped) {
            let copied = Packet { number: number + 1, duplicate_of: Some(number), ..packet };
            self.packets.push(copied);
            self.deliver(from.peer(), number + 1, now_us + self.delay_us + rule_us + late_us / 2);
        }
    }

    /// Has someone on the path send both ends a RST in the other's name, as an answer to this packet.
    fn forge_resets(&mut self, from: Endpoint, now_us: u64, packet: &[u8]) {
        let sender = from;
        for from in [sender.peer(), sender] {
            let Some(bytes) = forged::reset(packet, sender, from) else { return };
            let number = self.packets.len() as u32 + 1;
            self.packets.push(Packet {
                number,
                sent_us: now_us,
                received_us: None,
                from,
                duplicate_of: None,
                forged: true,
                received: None,
                bytes,
            });
            self.deliver(from.peer(), number, now_us + self.delay_us);
        }
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
        Some(packet.received_bytes().to_vec())
    }
}

/// One end of the network, as smoltcp sees a network device.
pub struct Port<'a> {
    network: &'a mut Network,
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
        let packet = self.network.receive(self.who, now_us)?;
        Some((Received(packet), Slot { network: self.network, who: self.who, now_us }))
    }

    fn transmit(&mut self, now: Instant) -> Option<Slot<'_>> {
        Some(Slot { network: self.network, who: self.who, now_us: micros(now) })
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = self.network.mtu;
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
    network: &'a mut Network,
    who: Endpoint,
    now_us: u64,
}

impl TxToken for Slot<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let mut packet = vec![0; length];
        let result = write(&mut packet);
        self.network.send(self.who, self.now_us, packet);
        result
    }
}
