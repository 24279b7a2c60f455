//! Finds a chain in a run: as sent, as judged.

use super::super::now::{is_sent, step_of};
use crate::capture::JudgedChain;
use crate::dissect::{Epoch, Message};
use crate::run::Run;
use crate::story::raw_public_key;
use crate::tls::HandshakeType;
use crate::trace::{Endpoint, Op};
use crate::wire::x509::{self, Summary};

/// The handshake type of Certificate (RFC 9846, section 4).
const CERTIFICATE: HandshakeType = HandshakeType::CERTIFICATE;

/// A chain.
pub struct Chain {
    /// Whose it is.
    pub owner: Endpoint,
    /// The keys it travelled under.
    pub epoch: Epoch,
    /// Whether its record carries other messages too.
    pub is_among_others: bool,
    /// As sent, leaf first.
    pub certificates: Vec<Certificate>,
    /// The kind of key, where there is a raw public key and no certificate (RFC 7250).
    pub raw_public_key: Option<String>,
    /// A trusted certificate whose name is that of an issuer of one sent.
    pub root: Option<Certificate>,
    /// What the other end made of it; `None` before that.
    pub verdict: Option<Verdict>,
}

/// A certificate.
pub struct Certificate {
    /// What it says.
    pub summary: Summary,
    /// Its bytes.
    pub der: Vec<u8>,
    /// The step and the path of the node that brought it; `None` for what was not sent.
    pub place: Option<(usize, Vec<usize>)>,
}

/// How a chain was judged.
pub struct Verdict {
    /// What came of it.
    pub result: Judgement,
    /// The name wanted.
    pub name: Option<String>,
    /// The clock it was judged by, in seconds since 1970; `None` for a raw public key, which says nothing
    /// of when it is valid.
    pub at: Option<i64>,
    /// What was judged, for files; `None` for a raw public key.
    pub judged: Option<JudgedChain>,
}

/// What comes of judging a chain.
pub enum Judgement {
    /// It will do.
    Accepted,
    /// It will not, with the verifier's own error text.
    Refused(String),
    /// Nobody looked: verification is off.
    NotChecked,
}

impl From<&Option<String>> for Judgement {
    fn from(error: &Option<String>) -> Judgement {
        error.clone().map_or(Judgement::Accepted, Judgement::Refused)
    }
}

/// Whether the connection has a Certificate message, by any step.
pub fn is_sent_at_all(run: &Run) -> bool {
    Endpoint::BOTH.iter().any(|who| run.dissection().handshake(*who, CERTIFICATE).is_some())
}

/// The chain of `owner`, if it was sent by this step.
pub fn find(run: &Run, owner: Endpoint, step: usize) -> Option<Chain> {
    let message = run.dissection().handshake(owner, CERTIFICATE)?;
    if !is_sent(run, message.index, step) {
        return None;
    }
    let certificates = sent(run, message);
    let mut verdict = None;
    let mut root = None;
    let steps = run.story().steps.iter().take(step + 1);
    let events = steps.flat_map(|step| step.made_by.iter().chain(&step.read_by));
    for event in events.filter_map(|at| run.connection().events.get(*at)) {
        if event.by != owner.peer() {
            continue;
        }
        if let Op::RawPublicKey { error, .. } = &event.op {
            verdict = Some(Verdict { result: error.into(), name: None, at: None, judged: None });
        }
        let judged = match &event.op {
            Op::CertificatePath { roots, error, .. } => Some((roots, error.into())),
            Op::Unverified { roots, .. } => Some((roots, Judgement::NotChecked)),
            _ => None,
        };
        if let Some((roots, result)) = judged {
            let judged = JudgedChain::of(run.connection(), event);
            let (name, at) = judged.as_ref().map_or((None, 0), |one| (one.name.clone(), one.at));
            verdict = Some(Verdict { result, name, at: i64::try_from(at).ok(), judged });
            let issued = |root: &Certificate| {
                certificates.iter().any(|sent| sent.summary.issuer == root.summary.subject)
            };
            root = roots.iter().filter_map(|der| read(der, None)).find(issued);
        }
    }
    let raw_public_key = raw_public_key(message).map(|node| node.display.clone());
    let mut records = message.records.iter().filter_map(|at| run.dissection().records.get(*at));
    let is_among_others = records.any(|record| record.messages.len() > 1);
    Some(Chain {
        owner,
        epoch: message.epoch,
        is_among_others,
        certificates,
        raw_public_key,
        root,
        verdict,
    })
}

fn read(der: &[u8], place: Option<(usize, Vec<usize>)>) -> Option<Certificate> {
    let (_, summary) = x509::parse(der).ok()?;
    Some(Certificate { summary, der: der.to_vec(), place })
}

/// The certificates of a Certificate message. TLS 1.3 calls their bytes `cert_data`, TLS 1.2
/// `ASN.1Cert`.
fn sent(run: &Run, message: &Message) -> Vec<Certificate> {
    // A compressed chain is not in the bytes of the message that was sent.
    let as_sent = run.dissection().messages.get(message.index);
    let as_sent = as_sent.is_some_and(|sent| sent.kind == message.kind);
    let step = step_of(run, message.index).filter(|_| as_sent);
    let mut certificates = Vec::new();
    for (root, node) in message.nodes.iter().enumerate() {
        node.walk(&mut |node, below| {
            if matches!(node.field.name, "cert_data" | "ASN.1Cert") {
                let path = std::iter::once(root).chain(below.iter().copied()).collect();
                let der = message.bytes.get(node.start..node.end).unwrap_or_default();
                certificates.extend(read(der, step.map(|step| (step, path))));
            }
        });
    }
    certificates
}
