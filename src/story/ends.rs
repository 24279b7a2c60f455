//! How each end of a connection finished: what it reported, what it told the other end and was told, and
//! how it closed TCP.

use super::{Step, Story, Subject, format};
use crate::dissect::{Dissection, Epoch, Message, MessageKind, PacketView, Record, Remark};
use crate::tls::{AlertDescription, TcpFlags};
use crate::trace::{Connection, Endpoint, Fate, Op, Status};

/// The account of one end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndReport {
    /// Which end.
    pub who: Endpoint,
    /// Who is there: `client`, `gateway`.
    pub name: &'static str,
    /// Whether it only passes on what TLS carries: then it has no part in TLS, and none of its errors.
    pub passes_on: bool,
    /// The state it was left in.
    pub status: Status,
    /// How it finished, in a sentence.
    pub summary: String,
    /// What befell it, in order.
    pub entries: Vec<EndEntry>,
    /// The state that its TCP socket was left in; `None` where that was not recorded.
    pub tcp_state: Option<String>,
}

/// Something that befell an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndEntry {
    /// The step it belongs to; `None` where the run does not say.
    pub step: Option<usize>,
    /// What kind of thing it is.
    pub kind: EntryKind,
    /// What happened, in a sentence or two.
    pub what: String,
    /// Whether someone who only listens sees it.
    pub on_wire: bool,
}

/// What kind of thing befell an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// It gave up, with an error of its own.
    Error,
    /// It waited until the run was ended.
    Waited,
    /// It sent this alert.
    Sent(AlertDescription),
    /// This alert reached it.
    Received(AlertDescription),
    /// It closed or aborted TCP, or saw the other end do so.
    Tcp,
}

/// What the end `who` has to tell.
pub fn end_report(
    connection: &Connection,
    dissection: &Dissection,
    story: &Story,
    who: Endpoint,
) -> EndReport {
    let roles = connection.roles;
    let passes_on = roles.passes_on(who);
    let teller = Teller { connection, dissection, story, who };
    // Within a step: the error, then what is said of it, then TCP.
    let mut entries = Vec::new();
    if !passes_on {
        entries.extend(teller.errors());
        entries.extend(teller.alerts());
    }
    entries.extend(teller.tcp());
    entries.sort_by_cached_key(|entry| entry.step.unwrap_or(usize::MAX));
    let states = connection.events_of(who).filter_map(|event| match &event.op {
        Op::TcpState { state } => Some(state.clone()),
        _ => None,
    });
    EndReport {
        who,
        name: roles.tcp(who).name(),
        passes_on,
        status: connection.end(who).status,
        summary: teller.summary(&entries),
        entries,
        tcp_state: states.last(),
    }
}

struct Teller<'a> {
    connection: &'a Connection,
    dissection: &'a Dissection,
    story: &'a Story,
    who: Endpoint,
}

impl Teller<'_> {
    /// The noun for the other end of TCP.
    fn peer(&self) -> &'static str {
        self.connection.roles.tcp(self.who.peer()).name()
    }

    fn summary(&self, entries: &[EndEntry]) -> String {
        if self.connection.roles.passes_on(self.who) {
            return "Passes TLS on and is no end of it: here is what it did with TCP.".into();
        }
        let is_told = |entry: &EndEntry| matches!(entry.kind, EntryKind::Received(alert) if alert != AlertDescription::CLOSE_NOTIFY);
        match self.connection.end(self.who).status {
            Status::Failed if self.story.outcome.noticed_by == Some(self.who) => {
                "Gave up, and was the first to notice.".into()
            }
            Status::Failed if entries.iter().any(is_told) => {
                "Gave up when an alert told it to.".into()
            }
            Status::Failed => "Gave up after the other end had, and no alert told it why.".into(),
            Status::Established => "Finished without an error.".into(),
            Status::Incomplete if entries.iter().all(|entry| entry.kind != EntryKind::Waited) => {
                "No program was there to take the connection.".into()
            }
            Status::Incomplete => "Was still waiting when the run ended.".into(),
        }
    }

    /// What it reported itself.
    fn errors(&self) -> Vec<EndEntry> {
        let events = self.connection.events.iter().enumerate();
        let own = events.filter(|(_, event)| event.by == self.who);
        let mut found: Vec<EndEntry> = own
            .filter_map(|(index, event)| {
                let (kind, what) = match &event.op {
                    Op::Failed { error } => (EntryKind::Error, reports(error)),
                    Op::TimedOut { .. } => {
                        (EntryKind::Waited, "Waits, and nothing more comes.".into())
                    }
                    _ => return None,
                };
                let step = Step::of_event(&self.story.steps, index);
                Some(EndEntry { step, kind, what, on_wire: false })
            })
            .collect();
        let error = self.connection.end(self.who).error.as_ref();
        if let Some(error) =
            error.filter(|error| !found.iter().any(|entry| entry.what == reports(error)))
        {
            let (step, kind) = (None, EntryKind::Error);
            found.push(EndEntry { step, kind, what: reports(error), on_wire: false });
        }
        found
    }

    /// The alerts that it sent, and those that reached it.
    fn alerts(&self) -> Vec<EndEntry> {
        let messages = self.dissection.messages.iter();
        messages
            .filter_map(|message| {
                let MessageKind::Alert { description, .. } = message.kind else { return None };
                let sent = message.from == self.who;
                let is_readable = self.is_readable(message);
                let heard = message.received_us.is_some() && is_readable;
                if !sent && !heard {
                    return None;
                }
                let subject = Subject::Message(message.index);
                let step = self.story.steps.iter().find(|step| step.subject == subject);
                let (kind, what) = if sent {
                    (EntryKind::Sent(description), self.sends(message, description))
                } else {
                    (EntryKind::Received(description), self.gets(message, description))
                };
                let on_wire = message.epoch == Epoch::Plain;
                Some(EndEntry { step: step.map(|step| step.index), kind, what, on_wire })
            })
            .collect()
    }

    /// Whether its reader can make sense of a message, and opens its records if it gets them.
    fn is_readable(&self, message: &Message) -> bool {
        let is_of = |fragment: &[u8]| {
            let mut records =
                message.records.iter().filter_map(|at| self.dissection.records.get(*at));
            records.any(|record| record.received_fragment() == fragment)
        };
        let fails = |op: &Op| matches!(op, Op::Open { plaintext: None, ciphertext, .. } if is_of(ciphertext));
        self.dissection.is_understood(message)
            && !self.connection.events_of(message.from.peer()).any(|event| fails(&event.op))
    }

    fn sends(&self, message: &Message, description: AlertDescription) -> String {
        let how = match message.epoch {
            Epoch::Plain => "in the clear",
            _ => "encrypted",
        };
        let reader = self.connection.roles.tls(message.from.peer()).name();
        let fate = match (message.received_us, self.is_readable(message)) {
            (None, _) => " It never arrives.".into(),
            (Some(_), true) => String::new(),
            (Some(_), false) => format!(" The {reader} cannot read it."),
        };
        if description == AlertDescription::CLOSE_NOTIFY {
            return format!("Says `close_notify`, {how}: no more data comes from it.{fate}");
        }
        format!("Sends the alert `{}` ({}), {how}.{fate}", message.name, description.0)
    }

    fn gets(&self, message: &Message, description: AlertDescription) -> String {
        let from = self.connection.roles.tls(message.from).name();
        if description == AlertDescription::CLOSE_NOTIFY {
            return format!(
                "Gets `close_notify` from the {from}: what it has read is complete, and nobody cut it off."
            );
        }
        let meaning = description
            .alert()
            .map_or(String::new(), |alert| format!(" The standard's meaning: {}", alert.meaning));
        format!("Gets the alert `{}` ({}) from the {from}.{meaning}", message.name, description.0)
    }

    /// How TCP was closed, by either end.
    fn tcp(&self) -> Vec<EndEntry> {
        let mut entries = Vec::new();
        let opened = self.dissection.packets.iter().any(|p| p.from == self.who && p.is_syn());
        let by_rst =
            if opened { "Aborts TCP with RST." } else { "Refuses the TCP connection with RST." };
        for (bits, own, other) in [
            (TcpFlags::FIN, "Closes its direction of TCP with FIN.", "FIN"),
            (TcpFlags::RST, by_rst, "RST"),
        ] {
            let first = |from: Endpoint| {
                self.dissection
                    .packets
                    .iter()
                    .find(|packet| packet.from == from && packet.control_bits.contains(bits))
            };
            let is_own = |packet: &&PacketView| !packet.remarks.contains(&Remark::Forged);
            if let Some(packet) = first(self.who).filter(is_own) {
                entries.push(self.tcp_entry(packet, own.into()));
            }
            if let Some(entry) = self.cut_off().filter(|_| bits == TcpFlags::FIN) {
                entries.push(entry);
            } else if let Some(packet) =
                first(self.who.peer()).filter(|packet| packet.received_us.is_some())
            {
                entries.push(self.tcp_entry(packet, self.sees(packet, other)));
            }
        }
        entries
    }

    /// That its stream was cut off by a forged FIN.
    fn cut_off(&self) -> Option<EndEntry> {
        let peer = self.who.peer();
        let is_cut = |record: &&Record| record.from == peer && record.fate == Some(Fate::CutOff);
        let record = self.dissection.records.iter().find(is_cut)?;
        let step = self.story.steps.iter().find(|step| step.records.contains(&record.index));
        let what = format!(
            "Gets a FIN that someone on the path forged in the {}'s name, and no alert before it.",
            self.peer()
        );
        let step = step.map(|step| step.index);
        Some(EndEntry { step, kind: EntryKind::Tcp, what, on_wire: true })
    }

    fn tcp_entry(&self, packet: &PacketView, what: String) -> EndEntry {
        let step = self.story.steps.iter().find(|step| step.packets.contains(&packet.number));
        let step = step.map(|step| step.index);
        EndEntry { step, kind: EntryKind::Tcp, what, on_wire: true }
    }

    /// That the other end's FIN or RST arrives; without an alert before it where there is TLS.
    fn sees(&self, packet: &PacketView, bit: &str) -> String {
        let peer = self.peer();
        if packet.remarks.contains(&Remark::Forged) {
            return format!("Gets a {bit} that someone on the path forged in the {peer}'s name.");
        }
        let is_before = |message: &Message| {
            matches!(message.kind, MessageKind::Alert { .. })
                && message.from == packet.from
                && message.received_us.is_some_and(|at| Some(at) <= packet.received_us)
        };
        let told = self.dissection.messages.iter().any(is_before);
        let is_silent = !told && !self.dissection.records.is_empty();
        if is_silent && !self.connection.roles.passes_on(self.who) {
            format!("Gets the {peer}'s {bit}, and no alert before it.")
        } else {
            format!("Gets the {peer}'s {bit}.")
        }
    }
}

fn reports(error: &str) -> String {
    format!("Reports: {}", format::reported_whole(error))
}
