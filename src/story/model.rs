//! What a story is made of. Views read it; nothing in it is markup beyond `**bold**` and
//! `` `code` ``.

use super::remarks::Remark;
use super::replay::Replay;
use crate::dissect::Epoch;
use crate::trace::{ChainRefusal, End, Endpoint, Roles};
use serde::Serialize;

/// One connection as a person follows it.
#[derive(Clone, Debug)]
pub struct Story {
    /// The steps, in order of sending.
    pub steps: Vec<Step>,
    /// The phases that occur, in order; each is a range of steps.
    pub phases: Vec<PhaseSpan>,
    /// One to five sentences: how it ended, for both ends, and whether the lab stopped it.
    pub ending: String,
    /// The same, for comparing.
    pub outcome: Outcome,
    /// The step at which the end that noticed an error first gave up.
    pub noticed_at: Option<usize>,
    /// What it brings a recording of, where it does.
    pub replay: Option<Replay>,
    /// Who the two ends are.
    pub roles: Roles,
    /// Virtual time from which people are told times, in microseconds: of the connection's first packet,
    /// or with a gateway, whose connections go on at once, of the run's.
    pub start_us: u64,
    /// Virtual time of the last packet's arrival, in microseconds.
    pub end_us: u64,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended for the client.
    pub client: End,
    /// How it ended for the server.
    pub server: End,
    /// The end that noticed an error first; `None` where there was none.
    pub noticed_by: Option<Endpoint>,
    /// The first alert that is not `close_notify`: position in
    /// [`crate::dissect::Dissection::messages`].
    pub alert: Option<usize>,
}

/// A part of the connection, as the scrubber shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The TCP three-way handshake.
    Tcp,
    /// ClientHello and ServerHello.
    Hello,
    /// Key exchange of TLS 1.2.
    Keys,
    /// EncryptedExtensions, certificates and their proofs.
    Authentication,
    /// Finished, and in TLS 1.2 ChangeCipherSpec.
    Finished,
    /// Application data and what follows the handshake.
    Data,
    /// close_notify or a fatal alert, FIN, RST.
    Close,
}

/// A phase and the steps it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseSpan {
    /// Which.
    pub phase: Phase,
    /// Index of its first step.
    pub first: usize,
    /// Index behind its last step.
    pub end: usize,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A packet that opens or closes the TCP connection: position in
    /// [`crate::dissect::Dissection::packets`].
    Packet(usize),
    /// A message: position in [`crate::dissect::Dissection::messages`].
    Message(usize),
}

/// One step: one message, or one packet that carries none.
#[derive(Clone, Debug)]
pub struct Step {
    /// Position in [`Story::steps`].
    pub index: usize,
    /// The part of the connection it belongs to.
    pub phase: Phase,
    /// What it is about.
    pub subject: Subject,
    /// `SYN`, `ClientHello`, `GET /`, `close_notify`.
    pub title: String,
    /// Who sent it.
    pub from: Endpoint,
    /// The keys it travels under.
    pub epoch: Epoch,
    /// When it was sent, in microseconds.
    pub sent_us: u64,
    /// When it arrived, in microseconds; `None` if it never did.
    pub received_us: Option<u64>,
    /// Numbers of the packets that carry it.
    pub packets: Vec<u32>,
    /// The records that carry it.
    pub records: Vec<usize>,
    /// What befell it in this run.
    pub remarks: Vec<Remark>,
    /// What the sender did to make it: positions in [`crate::trace::Connection::events`].
    pub made_by: Vec<usize>,
    /// What the receiver did on reading it: positions in [`crate::trace::Connection::events`].
    pub read_by: Vec<usize>,
}

impl Step {
    /// The position of the step that the event at this position is part of: it made the step's message, or
    /// came of reading it.
    pub fn of_event(steps: &[Step], event: usize) -> Option<usize> {
        let has = |step: &&Step| step.made_by.contains(&event) || step.read_by.contains(&event);
        steps.iter().find(has).map(|step| step.index)
    }
}

/// Something an endpoint checked.
#[derive(Clone, Debug)]
pub struct Check {
    /// Who checked.
    pub by: Endpoint,
    /// The step whose message gave rise to it.
    pub step: usize,
    /// What was checked, as a question: `Is the certificate within its validity period?`
    pub question: String,
    /// What the values were: `now 2026-01-01 00:00:00 UTC; not after 2025-12-01 00:00:00 UTC`.
    pub detail: String,
    /// How it came out.
    pub result: CheckResult,
    /// What the end's TLS library said of it, in its own words, where it failed.
    pub said: Option<String>,
    /// The RFC section that asks for it.
    pub rfc: &'static str,
    /// Of a check on a certificate chain: the kind of refusal that it leads to where it does not hold.
    pub refusal: Option<ChainRefusal>,
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckResult {
    /// It held.
    Passed,
    /// It did not, and the endpoint gave up.
    Failed,
    /// An earlier check failed, so this one was never made.
    NotReached,
    /// The endpoint was told not to make it.
    SwitchedOff,
}

/// What a [`Fact`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactId {
    /// The addresses and ports of the two ends.
    Addresses,
    /// The name in the ClientHello's server_name.
    ServerName,
    /// ClientHello.random.
    ClientRandom,
    /// ServerHello.random.
    ServerRandom,
    /// The cipher suite that the ServerHello chose.
    CipherSuite,
    /// The certificates or the raw public key of an end.
    Credential(Endpoint),
    /// The private key of an end's half of the key exchange.
    EphemeralKey(Endpoint),
    /// The private key of an end's certificate or raw public key.
    CredentialKey(Endpoint),
    /// That the connection resumes an earlier session.
    Resumed,
    /// The secret of the session that is resumed.
    SessionSecret,
    /// A value of the key schedule, by its name there.
    Secret(&'static str),
    /// What the client asks for.
    Request,
    /// What it gets.
    Response,
    /// Sizes and times.
    Traffic,
}

/// Something that can be known, and the step from which each party knows it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub id: FactId,
    /// `the shared secret`, `the server's certificate`, `the request`.
    pub name: String,
    /// One sentence: why those parties and no others.
    pub why: String,
    /// From which step on the client knows it.
    pub client: Option<usize>,
    /// From which step on the server knows it.
    pub server: Option<usize>,
    /// From which step on an eavesdropper knows it.
    pub eavesdropper: Option<usize>,
}

/// A handshake message in the transcript hash (RFC 9846, section 4.1).
#[derive(Clone, Debug)]
pub struct TranscriptEntry {
    /// Position in [`crate::dissect::Dissection::messages`].
    pub message: usize,
    /// The hash over everything up to and including it.
    pub hash: Vec<u8>,
    /// As [`crate::dissect::TranscriptHash::message_hash`].
    pub message_hash: Vec<u8>,
    /// What this hash is used for: `handshake traffic secrets`; empty if for nothing.
    pub used_for: String,
}
