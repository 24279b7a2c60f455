//! Who can read, and change, what of a run with a gateway: each place of the topology, with the bytes that it has,
//! is searched for the bytes of the request, the certificates and the names. Nothing is said that was
//! not found.

use crate::base64;
use crate::dissect::{Dissection, Epoch};
use crate::run::Run;
use crate::tls::HandshakeType;
use crate::trace::{Connection, Endpoint, Op, Role};
use crate::wire::view::Certificate;
use std::net::Ipv4Addr;

/// Characters of an excerpt at most.
const EXCERPT: usize = 64;

/// Where in the headers of an IPv4 packet source and destination stand (RFC 791, section 3.1).
const ADDRESSES: [std::ops::Range<usize>; 2] = [12..16, 16..20];

/// What ends the head of a message of HTTP (RFC 9112, section 2.1).
const HEAD_END: &[u8] = b"\r\n\r\n";

/// A place from which something may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Between the ends of this connection (position in [`Run::trace`]): the eavesdropper there.
    Wire(usize, Role, Role),
    /// Inside: what goes over its wires, and what its own keys open.
    Inside(Role),
}

impl Place {
    /// `client – gateway`, `gateway`.
    pub fn name(&self) -> String {
        match self {
            Place::Wire(_, client, server) => format!("{} – {}", client.name(), server.name()),
            Place::Inside(role) => role.name().into(),
        }
    }
}

/// Something that can be read or not, with what each place shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// `the request`.
    pub name: String,
    /// For each place, in the order of [`Table::places`]: an excerpt of what stands there.
    pub excerpts: Vec<Option<String>>,
    /// For each place: whether whoever is there can change it on its way, and no end would notice: no keys of others
    /// protect it there.
    pub changes: Vec<bool>,
}

/// Places and facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The wires and machines, from the client to the service.
    pub places: Vec<Place>,
    /// What can be known.
    pub facts: Vec<Fact>,
}

/// What to look for.
enum Wanted {
    /// Text, which is shown with the line around it.
    Text(Vec<u8>),
    /// The same of a message that goes from end to end, and so by everyone between.
    Message(Vec<u8>),
    /// A certificate in DER, or in Base64 where text carries it.
    Certificate(Vec<u8>),
    /// The address of a packet, or the same in text.
    Address(Ipv4Addr),
}

/// What a place has.
struct Visible<'a> {
    headers: Vec<&'a [u8]>,
    octets: Vec<&'a [u8]>,
}

/// The table of a run; `None` where there is no gateway.
pub fn who_reads_what(run: &Run) -> Option<Table> {
    let connections: Vec<(&Connection, &Dissection)> = run.connections().collect();
    let outer = connections.first()?;
    let is_hop = |(connection, _): &&(&Connection, &Dissection)| {
        [connection.roles.client, connection.roles.server].into_iter().any(Role::is_between)
    };
    if !is_hop(&outer) {
        return None;
    }
    let mut places = vec![Place::Inside(Role::Client)];
    for (index, (connection, _)) in connections.iter().enumerate() {
        let roles = connection.roles;
        places.push(Place::Wire(index, roles.client, roles.server));
        places.push(Place::Inside(roles.server));
    }
    let visible: Vec<Visible<'_>> =
        places.iter().map(|place| visible(place, &connections)).collect();
    let fact = |(name, wanted): (String, Wanted)| {
        let excerpts: Vec<_> = visible.iter().map(|visible| visible.find(&wanted)).collect();
        let is_message = matches!(wanted, Wanted::Message(_));
        let changes = places.iter().zip(&excerpts).map(|(place, excerpt)| {
            is_message
                && excerpt.is_some()
                && !matches!(place, Place::Inside(role) if !role.is_between())
        });
        Fact { name, changes: changes.collect(), excerpts }
    };
    let facts = wanted(&connections).into_iter().map(fact).collect();
    Some(Table { places, facts })
}

fn visible<'a>(place: &Place, connections: &[(&'a Connection, &'a Dissection)]) -> Visible<'a> {
    let mut visible = Visible { headers: Vec::new(), octets: Vec::new() };
    for (index, (connection, parts)) in connections.iter().enumerate() {
        let roles = connection.roles;
        let own: Vec<Endpoint> = match place {
            Place::Wire(of, ..) if *of == index => Vec::new(),
            Place::Inside(role) if [roles.client, roles.server].contains(role) => {
                Endpoint::BOTH.into_iter().filter(|who| roles.tcp(*who) == *role).collect()
            }
            _ => continue,
        };
        let headers = parts.packets.iter().filter_map(|packet| packet.bytes.get(..20));
        visible.headers.extend(headers);
        visible.octets.extend(parts.records.iter().map(|record| &record.bytes[..]));
        let plain = parts.messages.iter().filter(|message| message.epoch == Epoch::Plain);
        visible.octets.extend(plain.map(|message| &message.bytes[..]));
        for event in connection.events.iter().filter(|event| own.contains(&event.by)) {
            match &event.op {
                Op::Seal { plaintext, .. } | Op::Open { plaintext: Some(plaintext), .. } => {
                    visible.octets.push(plaintext);
                }
                _ => {}
            }
        }
    }
    visible
}

/// What there is to be read in this run.
fn wanted(connections: &[(&Connection, &Dissection)]) -> Vec<(String, Wanted)> {
    let mut wanted = Vec::new();
    let (Some((outer, seen)), Some((inner, _))) = (connections.first(), connections.last()) else {
        return wanted;
    };
    wanted.push(("the client's address".to_owned(), Wanted::Address(*outer.client.ip())));
    if let Some(name) = &seen.negotiated.server_name {
        wanted
            .push(("the name the client asks for".into(), Wanted::Text(name.as_bytes().to_vec())));
    }
    let certificates = connections.iter().flat_map(|(connection, parts)| {
        Endpoint::BOTH.into_iter().filter_map(|who| {
            let owner = connection.roles.tls(who).name();
            Some((owner, who, leaf(parts, who)?))
        })
    });
    for (owner, who, der) in certificates {
        let name = match who {
            Endpoint::Client if owner != Role::Client.name() => {
                format!("the {owner}'s client certificate")
            }
            _ => format!("the {owner}'s certificate"),
        };
        let is_new = wanted
            .iter()
            .all(|(_, wanted)| !matches!(wanted, Wanted::Certificate(other) if *other == der));
        if is_new {
            wanted.push((name, Wanted::Certificate(der)));
        }
    }
    let written = |connection: &Connection, who| {
        connection.events_of(who).find_map(|event| match &event.op {
            Op::DataWritten { data } => Some(data.clone()),
            _ => None,
        })
    };
    if let Some(mut request) = written(outer, Endpoint::Client) {
        // The gateway adds fields before the blank line.
        request.truncate(request.len().saturating_sub(2));
        wanted.push(("the request".into(), Wanted::Message(request)));
    }
    if let Some(response) = written(inner, Endpoint::Server) {
        let passed_on = written(outer, Endpoint::Server).unwrap_or_default();
        match changed(&response, &passed_on) {
            Some((sent, passed_on)) => {
                wanted.push(("the response, as sent".into(), Wanted::Message(sent)));
                wanted.push(("the response, as passed on".into(), Wanted::Message(passed_on)));
            }
            None => wanted.push(("the response".into(), Wanted::Message(response))),
        }
    }
    wanted
}

/// What two responses say from the first line of their bodies on that is not the same; `None` where it is.
fn changed(sent: &[u8], passed_on: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let body = |response: &[u8]| {
        let end = response.windows(HEAD_END.len()).position(|window| window == HEAD_END)?;
        response.get(end + HEAD_END.len()..).map(<[u8]>::to_vec)
    };
    let (sent, passed_on) = (body(sent)?, body(passed_on)?);
    let same = sent.iter().zip(&passed_on).take_while(|(a, b)| a == b).count();
    let line = sent.get(..same)?.iter().rposition(|octet| *octet == b'\n').map_or(0, |at| at + 1);
    (sent != passed_on)
        .then(|| Some((sent.get(line..)?.to_vec(), passed_on.get(line..)?.to_vec())))?
}

/// The first certificate that `who` sends, in DER.
fn leaf(parts: &Dissection, who: Endpoint) -> Option<Vec<u8>> {
    let message = parts.handshake(who, HandshakeType::CERTIFICATE)?;
    Some(message.view::<Certificate<'_>>()?.leaf()?.der.to_vec())
}

impl Visible<'_> {
    fn find(&self, wanted: &Wanted) -> Option<String> {
        match wanted {
            Wanted::Text(text) | Wanted::Message(text) => self.line(text),
            Wanted::Certificate(der) => self.position(der).map(|_| excerpt(der)).or_else(|| {
                let text = base64::encode(der);
                self.line(text.as_bytes())
            }),
            Wanted::Address(address) => {
                let octets = address.octets();
                let has = |header: &&&[u8]| {
                    ADDRESSES.iter().any(|place| header.get(place.clone()) == Some(&octets[..]))
                };
                match self.headers.iter().find(has) {
                    Some(_) => Some(format!("{address} in the IP header")),
                    None => self.line(format!("={address}").as_bytes()),
                }
            }
        }
    }

    /// Which bytes have `wanted` in them, and where.
    fn position(&self, wanted: &[u8]) -> Option<(&[u8], usize)> {
        self.octets.iter().find_map(|octets| {
            let at = octets.windows(wanted.len().max(1)).position(|window| window == wanted)?;
            Some((*octets, at))
        })
    }

    /// The line in which `wanted` begins.
    fn line(&self, wanted: &[u8]) -> Option<String> {
        let (octets, at) = self.position(wanted)?;
        let is_text = |octet: &u8| (b' '..=b'~').contains(octet);
        let (before, behind) = octets.split_at_checked(at)?;
        let before = before.rsplit(|octet| !is_text(octet)).next()?;
        let behind = behind.split(|octet| !is_text(octet)).next()?;
        let text: String = before.iter().chain(behind).map(|octet| char::from(*octet)).collect();
        Some(shorten(&text))
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

fn excerpt(der: &[u8]) -> String {
    let start: Vec<String> = der.iter().take(8).map(|octet| format!("{octet:02x}")).collect();
    format!("{} … ({} bytes)", start.join(" "), der.len())
}
