//! Do both ends have something in common? The server has to find it, in each list of the ClientHello.

use super::{Check, Checking, Draft, Endpoint, alone, hello, up_to};
use crate::dissect::Message;
use crate::story::context::{ConnectionContext, handshake};
use crate::story::{fields, format};
use crate::tls::{CipherSuite, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::trace::Accepts;
use crate::wire::view::ClientHello;

/// A list that each end has its own of.
struct List {
    question: &'static str,
    /// What the client offers, by its ClientHello, for a handshake of this version.
    offered: fn(ClientHello<'_>, ProtocolVersion) -> Vec<String>,
    /// What the server takes, for a handshake of this version.
    accepted: fn(&Accepts, ProtocolVersion) -> Vec<String>,
    /// What the server chose, where it came to that.
    chosen: fn(&ConnectionContext<'_>) -> Option<String>,
    /// Where the rule stands, in TLS 1.3 and in TLS 1.2.
    rfc: [&'static str; 2],
}

const VERSIONS: List = List {
    question: "Is there a version that both ends accept?",
    offered: |hello, _| names(hello.versions()),
    accepted: |server, _| names(codes::<ProtocolVersion>(&server.versions)),
    chosen: |ctx| ctx.server_hello().map(|_| ctx.version_name().to_string()),
    rfc: ["RFC 9846, section 4.3.1", "RFC 5246, section 7.4.1.2"],
};

const NAMES: List = List {
    question: "Is the name asked for one that is served?",
    offered: |hello, _| hello.server_name().map(str::to_owned).into_iter().collect(),
    accepted: |server, _| server.names.clone(),
    chosen: |_| None,
    rfc: ["RFC 6066, section 3"; 2],
};

const SUITES: List = List {
    question: "Is there a cipher suite that both ends accept?",
    offered: |hello, version| names(of_version(hello.real_cipher_suites(), version)),
    accepted: |server, version| names(of_version(codes(&server.suites), version)),
    chosen: |ctx| ctx.suite(),
    rfc: ["RFC 9846, section 4.2.1", "RFC 5246, section 7.4.1.3"],
};

const GROUPS: List = List {
    question: "Is there a key exchange group that both ends accept?",
    offered: |hello, _| names(hello.groups()),
    accepted: |server, _| names(codes::<NamedGroup>(&server.groups)),
    chosen: |ctx| ctx.group(),
    rfc: ["RFC 9846, section 4.3.7", "RFC 8422, section 5.1"],
};

const SIGNATURES: List = List {
    question: "Is there a signature scheme that both ends accept?",
    offered: |hello, version| names(that_sign(hello.signature_schemes(), version)),
    accepted: |server, version| names(that_sign(codes(&server.signature_schemes), version)),
    chosen: |ctx| {
        let kinds = [handshake::CERTIFICATE_VERIFY, handshake::SERVER_KEY_EXCHANGE];
        let signed = kinds.into_iter().find_map(|kind| ctx.handshake(Endpoint::Server, kind))?;
        fields::signature_scheme(signed)
    },
    rfc: ["RFC 9846, section 4.3.3", "RFC 5246, section 7.4.1.4.1"],
};

const PROTOCOLS: List = List {
    question: "Is there an application protocol that both ends speak?",
    offered: |hello, _| hello.extensions().alpn().into_iter().map(str::to_owned).collect(),
    accepted: |server, _| server.alpn.clone(),
    // The server chose also where the client could not read the choice.
    chosen: |ctx| hello::protocol(ctx).map(|(_, chosen)| chosen),
    rfc: ["RFC 7301, section 3.2"; 2],
};

/// In the order in which rustls looks: in TLS 1.3 it signs last.
const IN_TLS13: [List; 6] = [VERSIONS, NAMES, SUITES, GROUPS, PROTOCOLS, SIGNATURES];
const IN_TLS12: [List; 6] = [VERSIONS, NAMES, SUITES, GROUPS, SIGNATURES, PROTOCOLS];

/// The server's checks on the ClientHello.
pub fn checks(checking: &Checking<'_>) -> Vec<Check> {
    let ctx = checking.ctx;
    let by = Endpoint::Server;
    let Some(hello) = ctx.handshake(Endpoint::Client, handshake::CLIENT_HELLO) else {
        return Vec::new();
    };
    let Some(step) = checking.step(hello) else { return Vec::new() };
    if ctx.speaks_http(by) || hello.received_us.is_none() {
        return Vec::new();
    }
    let answered = ctx.server_hello().is_some();
    let drafts = drafts(ctx, hello, answered);
    let error = ctx.connection.end(by).error.as_deref().filter(|_| checking.failed(by));
    match error {
        // It found nothing in one of the lists, or cannot make sense of the ClientHello at all.
        Some(error) if !answered || drafts.iter().any(|draft| !draft.holds) => {
            let culprit = drafts.iter().position(|draft| !draft.holds);
            let otherwise = culprit.is_none().then(|| {
                let detail = format!("the {} says: {error}", ctx.server());
                let question = "Can this ClientHello be answered?";
                Draft::new(question, detail, false, "RFC 9846, section 4.2.1")
            });
            let culprit = culprit.unwrap_or(drafts.len());
            up_to(drafts.into_iter().chain(otherwise).collect(), culprit, by, step)
        }
        _ if answered => alone(checking, drafts, by, step),
        _ => Vec::new(),
    }
}

/// A check for each list that there is something to say of.
fn drafts(ctx: &ConnectionContext<'_>, hello: &Message, answered: bool) -> Vec<Draft> {
    let Some(hello) = hello.view::<ClientHello<'_>>() else { return Vec::new() };
    let server = ctx.connection.accepts.as_ref();
    // The newest that both have; with none there is nothing to choose the rest by.
    let taken = |version: &ProtocolVersion| {
        server.is_none_or(|server| server.versions.contains(&version.0))
    };
    let settled = ctx.dissection.negotiated.version;
    let version = settled.or_else(|| hello.versions().into_iter().filter(taken).max());
    let in_tls13 = version.unwrap_or(ProtocolVersion::TLS1_3) == ProtocolVersion::TLS1_3;
    let lists = if in_tls13 { &IN_TLS13 } else { &IN_TLS12 };
    let draft = |list: &List| {
        let version = version.or_else(|| hello.versions().into_iter().max())?;
        let offered = (list.offered)(hello, version);
        let accepted = server.map(|server| (list.accepted)(server, version));
        let chosen = (list.chosen)(ctx).filter(|_| answered);
        // What one end has no list of, the other cannot miss in it.
        if offered.is_empty() || accepted.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        let common = |accepted: &Vec<String>| accepted.iter().any(|one| offered.contains(one));
        let holds = match &chosen {
            Some(chosen) => offered.contains(chosen),
            None => accepted.as_ref().is_none_or(common),
        };
        // Of what the handshake had no need of there is nothing to say.
        if answered && chosen.is_none() && holds || accepted.is_none() && chosen.is_none() {
            return None;
        }
        let parts = [
            chosen.map(|chosen| format!("chosen {chosen}")),
            Some(format!("the {} offers {}", ctx.client(), format::list(&offered))),
            accepted
                .map(|accepted| format!("the {} takes {}", ctx.server(), format::list(&accepted))),
        ];
        let detail = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let [tls13, tls12] = list.rfc;
        Some(Draft::new(list.question, detail, holds, if in_tls13 { tls13 } else { tls12 }))
    };
    lists.iter().filter_map(draft).collect()
}

fn names<T: std::fmt::Display>(values: Vec<T>) -> Vec<String> {
    values.iter().map(T::to_string).collect()
}

fn codes<T: From<u16>>(codes: &[u16]) -> Vec<T> {
    codes.iter().copied().map(T::from).collect()
}

fn of_version(mut suites: Vec<CipherSuite>, version: ProtocolVersion) -> Vec<CipherSuite> {
    suites.retain(|suite| suite.is_of_tls13() == (version == ProtocolVersion::TLS1_3));
    suites
}

fn that_sign(mut schemes: Vec<SignatureScheme>, version: ProtocolVersion) -> Vec<SignatureScheme> {
    schemes.retain(|scheme| version != ProtocolVersion::TLS1_3 || scheme.signs_in_tls13());
    schemes
}
