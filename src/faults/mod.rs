//! What can be broken: one file each, and one line in the list below.
//!
//! A fault is a named change of a [`Plan`], with the words for it and with what must come of it. What is
//! shown of a run comes out of the run; the expectation is what tests hold the run to, and what
//! `handshake-lab list faults --json` tells. Of scenarios it knows only what a person would type to choose
//! what it needs.

mod codes;
mod commands;
mod needs;
mod remedies;
mod target;
mod told;

pub use codes::{CODES, Code, meant_by_codes};
pub use remedies::{Advice, Program, Remedy};
pub use target::Target;

use crate::choice::choices;
use crate::plan::{Change, Plan, Tamper};
use crate::trace::{Endpoint, Status};
use rustls::{AlertDescription, ContentType};

macro_rules! faults {
    ($($file:ident,)*) => {
        $(mod $file;)*

        /// All faults, in the order a menu shows them.
        pub static FAULTS: &[&Fault] = &[$(&$file::FAULT,)*];

        /// What is told of each: much text, which the page loads with the part that shows it.
        static TOLD: &[(&Fault, &Words)] = &[$((&$file::FAULT, &$file::WORDS),)*];
    };
}

faults! {
    // How the server says who it is: time,
    cert_expired,
    cert_not_yet_valid,
    client_clock_behind,
    client_clock_ahead,
    // its name,
    hostname_mismatch,
    wildcard_two_labels,
    wildcard_bare_domain,
    name_only_in_cn,
    ip_not_in_san,
    // the way to a trusted root,
    self_signed,
    untrusted_root,
    impostor_root_same_name,
    missing_intermediate,
    wrong_intermediate,
    expired_intermediate,
    chain_out_of_order,
    // what a certificate may be used for, and how it is made,
    leaf_used_as_ca,
    path_length_exceeded,
    name_constraint_violated,
    wrong_extended_key_usage,
    certificate_v1,
    unknown_critical_extension,
    sha1_signature,
    rsa_1024,
    // revocation,
    revoked,
    stale_crl,
    // its key.
    key_mismatch,
    pin_mismatch,
    // How the client says who it is.
    client_cert_missing,
    client_cert_optional_absent,
    client_cert_untrusted,
    client_cert_expired,
    client_cert_wrong_usage,
    client_cert_bad_proof,
    client_cert_without_intermediate,
    // What both ends have to agree on.
    no_shared_version,
    no_shared_suite,
    no_shared_group,
    no_shared_signature_scheme,
    alpn_mismatch,
    unknown_sni,
    no_sni,
    // Someone on the path.
    mitm_refused,
    mitm_verification_off,
    tampered_client_hello,
    tampered_key_share,
    tampered_server_key_exchange,
    tampered_certificate,
    tampered_finished,
    tampered_record,
    replayed_record,
    early_data_replayed,
    dropped_record,
    reordered_records,
    truncated,
    downgrade_versions,
    // What carries the bytes.
    plain_http_to_tls_port,
    tls_to_plain_http_port,
    connection_refused,
    black_hole,
    heavy_loss,
    big_client_hello_dropped,
    reset_on_sni,
    oversized_record,
    garbage_record,
    // A gateway.
    plaintext_inner_hop,
    upstream_cert_expired,
    upstream_name_mismatch,
    client_identity_lost,
}

choices! {
    /// What a fault is a fault of. The list of faults is in this order.
    Group {
        /// How the server says who it is.
        ServerCertificate = "server-certificate", "Server certificate";
        /// How the client says who it is.
        ClientCertificate = "client-certificate", "Client certificate";
        /// What both ends have to agree on.
        Negotiation = "negotiation", "Negotiation";
        /// Someone on the path who changes what goes by.
        Path = "path", "Attacker on the path";
        /// What carries the bytes, and what else comes over it.
        Transport = "transport", "Transport";
        /// A gateway, and the connection behind it.
        Gateway = "gateway", "Gateway";
    }
}

choices! {
    /// What is at stake: what would not hold any more if nobody noticed.
    Promise {
        /// Nobody else can read it.
        Confidentiality = "confidentiality", "Confidentiality";
        /// What arrives is what was sent: all of it, in order, once.
        Integrity = "integrity", "Integrity";
        /// The other end is who it says it is.
        Authentication = "authentication", "Authentication";
        /// It works at all: nothing is lost but the connection. TLS does not promise this one.
        Availability = "availability", "Availability";
    }
}

/// Something that can be broken.
#[derive(Debug)]
pub struct Fault {
    /// The text form: what links and `--set fault=` take.
    pub id: &'static str,
    /// What a menu shows.
    pub title: &'static str,
    /// What it is a fault of.
    pub group: Group,
    /// What is at stake.
    pub promise: Promise,
    /// What it needs of a scenario. What is not so is set when the fault is chosen.
    pub needs: &'static [Need],
    /// Breaks the plan.
    pub apply: fn(&mut Plan),
    /// What must come of it, by the plan as it was before.
    pub expect: fn(&Plan) -> Outcome,
}

/// Has someone on the path do this to the client's first record of application data, which is its request.
fn on_request(plan: &mut Plan, change: Change) {
    let kind = ContentType::ApplicationData;
    plan.tampering.push(Tamper::on_path(Endpoint::Client, kind, 0, change));
}

/// Faults whose fix leaves whoever attacks on the path, and the fault that such a run then has: one that is noticed.
const STILL_ATTACKED: [(&str, &str); 1] = [("mitm-verification-off", "mitm-refused")];

/// What a fault needs of a scenario, in its text form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// A key.
    pub key: &'static str,
    /// The values of it that will do, the usual one first.
    pub values: &'static [&'static str],
    /// Why no other will do.
    pub reason: &'static str,
}

/// What must come of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Who notices first; `None` if nobody does.
    pub noticed_by: Option<Endpoint>,
    /// The alert that tells of it; `None` if there is none.
    pub alert: Option<ExpectedAlert>,
    /// How it ends for the client.
    pub client: Status,
    /// How it ends for the server.
    pub server: Status,
    /// Whether it is about the connection behind the gateway.
    pub is_inner: bool,
}

/// An alert that a fault leads to: the one fatal alert of the run, or the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedAlert {
    /// Who sends it.
    pub from: Endpoint,
    /// Which it is (RFC 9846, section 6.2).
    pub description: AlertDescription,
    /// Whether it goes encrypted, so that nobody on the path can read it.
    pub encrypted: bool,
}

impl Outcome {
    /// Nobody notices, and both ends are content.
    pub const UNNOTICED: Outcome = Outcome {
        noticed_by: None,
        alert: None,
        client: Status::Established,
        server: Status::Established,
        is_inner: false,
    };

    /// `from` notices, says so by this alert, and both ends fail.
    pub fn refused(from: Endpoint, description: AlertDescription, encrypted: bool) -> Outcome {
        Outcome {
            noticed_by: Some(from),
            alert: Some(ExpectedAlert { from, description, encrypted }),
            client: Status::Failed,
            server: Status::Failed,
            is_inner: false,
        }
    }

    /// The same, on the connection behind the gateway.
    pub fn behind_gateway(self) -> Outcome {
        Outcome { is_inner: true, ..self }
    }

    /// Nobody notices, and neither end gets anywhere.
    pub const STUCK: Outcome =
        Outcome { client: Status::Incomplete, server: Status::Incomplete, ..Outcome::UNNOTICED };

    /// `from` notices and there is no alert that tells of it; both ends fail.
    pub fn broken_off(from: Endpoint) -> Outcome {
        let (noticed_by, failed) = (Some(from), Status::Failed);
        Outcome { noticed_by, client: failed, server: failed, ..Outcome::UNNOTICED }
    }

    /// The client refuses what the server shows to say who it is: encrypted in TLS 1.3 alone.
    pub fn refused_by_client(plan: &Plan, description: AlertDescription) -> Outcome {
        Outcome::refused(Endpoint::Client, description, plan.is_tls13())
    }

    /// The server refuses what the client shows to say who it is: encrypted in TLS 1.3 alone.
    pub fn refused_by_server(plan: &Plan, description: AlertDescription) -> Outcome {
        Outcome::refused(Endpoint::Server, description, plan.is_tls13())
    }
}

/// What is told of a fault.
#[derive(Debug)]
pub struct Words {
    /// One sentence: what is wrong.
    pub summary: &'static str,
    /// How it comes about in practice.
    pub cause: &'static str,
    /// What would go wrong had nobody noticed, in a sentence or two; where nobody does, what goes wrong.
    pub unnoticed: &'static str,
    /// How to see it from outside.
    pub symptoms: &'static [Command],
    /// What to do about it, in words.
    pub fix: &'static str,
    /// What to write into which program, where it is a matter of that.
    pub remedies: &'static [Remedy],
    /// How to do it, and how to see that it is done.
    pub fix_commands: &'static [Command],
}

/// A shell command with what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// One sentence: what it shows or does.
    pub what: &'static str,
    /// The command. `HOST`, `ADDRESS` and `PORT` stand for the server's, and the words of [`Moment`] for times of the
    /// run: whoever judges a run's certificates has to say when.
    pub line: &'static str,
}

/// A time of a run that a command names: in `-attime CLIENT_CLOCK` as seconds since 1970, in
/// `faketime 'CLIENT_DATE'` as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// What the client's clock shows: `CLIENT_CLOCK`, `CLIENT_DATE`.
    Client,
    /// What the server's clock shows: `SERVER_CLOCK`, `SERVER_DATE`.
    Server,
    /// When it really is: `TRUE_CLOCK`, `TRUE_DATE`.
    True,
}

impl Moment {
    /// All of them, with their words for seconds and for a date.
    pub const ALL: [(Moment, &'static str, &'static str); 3] = [
        (Moment::Client, "CLIENT_CLOCK", "CLIENT_DATE"),
        (Moment::Server, "SERVER_CLOCK", "SERVER_DATE"),
        (Moment::True, "TRUE_CLOCK", "TRUE_DATE"),
    ];

    /// When it is in a run of this plan, in seconds since 1970.
    pub fn of(self, plan: &Plan) -> u64 {
        match self {
            Moment::Client => plan.client.clock,
            Moment::Server => plan.outer_server().clock,
            Moment::True => plan.clock,
        }
    }
}

impl Command {
    /// The command for a run of this plan: with the times that it names.
    pub fn line_for(&self, plan: &Plan) -> String {
        let mut line = self.line.to_owned();
        for (moment, clock, date) in Moment::ALL {
            let at = moment.of(plan);
            line = line.replace(clock, &at.to_string()).replace(date, &date_of(at));
        }
        line
    }

    /// The moments that it names.
    pub fn moments(&self) -> impl Iterator<Item = Moment> {
        let named =
            |row: &(Moment, &str, &str)| self.line.contains(row.1) || self.line.contains(row.2);
        Moment::ALL.into_iter().filter(named).map(|row| row.0)
    }
}

/// When the certificates of a run of this plan are judged, for whoever tries these commands; `None` where
/// none of them judges any.
pub fn when_to_judge(commands: &[Command], plan: &Plan) -> Option<String> {
    commands.iter().find(|command| command.moments().next().is_some())?;
    let ends = [("client", Moment::Client), ("server", Moment::Server)];
    let apart = ends.into_iter().filter(|(_, moment)| moment.of(plan) != plan.clock);
    let apart: String = apart
        .map(|(end, moment)| format!("; the {end}'s clock shows {}", date_of(moment.of(plan))))
        .collect();
    Some(format!(
        "This run takes place at {}{apart}. Its certificates are made for then, and may have run out today: \
         `-attime` has OpenSSL judge by the time of the run, in seconds since 1970. curl has no such option; \
         `faketime` sets its clock. For a server of today leave both out.",
        date_of(plan.clock)
    ))
}

/// A moment as people and `date -d` read it: `2026-01-31 12:00:00 UTC`.
fn date_of(at: u64) -> String {
    crate::time::text(i64::try_from(at).unwrap_or(i64::MAX))
}

impl Fault {
    /// What is told of it.
    #[expect(clippy::expect_used, reason = "both lists come from the same names")]
    pub fn words(&self) -> &'static Words {
        let told = TOLD.iter().find(|(fault, _)| fault.id == self.id);
        told.map(|(_, words)| *words).expect("a fault of the list")
    }

    /// What is said of it, for whoever looks for words. What comes of it if nobody notices finds nothing.
    pub fn text(&self) -> String {
        let words = self.words();
        let commands = words.symptoms.iter().chain(words.fix_commands).map(|command| command.what);
        let codes = self.codes().map(|code| code.name);
        let own = [self.id, self.title, words.summary, words.cause, words.fix];
        own.into_iter().chain(commands).chain(codes).collect::<Vec<_>>().join(" ")
    }

    /// What is still wrong once its fix is applied; `None` where nothing is.
    pub fn left_by_fix(&self) -> Option<&'static Fault> {
        let left = STILL_ATTACKED.iter().find(|(fixed, _)| *fixed == self.id);
        left.and_then(|(_, left)| Fault::find(left))
    }

    /// The fault with this id.
    pub fn find(id: &str) -> Option<&'static Fault> {
        FAULTS.iter().copied().find(|fault| fault.id == id)
    }
}
