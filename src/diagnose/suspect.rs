//! A fault that may be the cause: what comes of it for each program that asks the server. Each is a run of its
//! own.

use super::curl;
use super::openssl::s_client::{self, Asked};
use super::openssl::verify::{self, Chain, Judged, VerifyError};
use super::talk::Talk;
use super::tap;
use crate::engine::{self, Capabilities, RunError, Shown};
use crate::faults::Fault;
use crate::plan::{Conversation, Implementation, Peer, Plan, Verification, When, suites_of};
use crate::run::{Origin, Run};
use crate::scenario::{KeyUpdate, Scenario};
use crate::story::is_address;
use crate::tls::ProtocolVersion;
use crate::trace::{Endpoint, Status, Trace};
use std::cell::RefCell;
use std::rc::Rc;

/// Who asks the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The program that fails: the client of the scenario.
    Program,
    /// `openssl s_client`, which is content with a handshake.
    SClient {
        /// The one version that it offers.
        only: Option<ProtocolVersion>,
        /// Whether it sends server_name.
        is_named: bool,
    },
    /// `curl`, which makes a request.
    Curl,
}

/// A fault, or none, in a scenario; runs are made when they are asked for, and kept.
pub struct Suspect {
    /// What is broken.
    pub fault: &'static Fault,
    /// The scenario with it.
    pub scenario: Scenario,
    plan: Plan,
    capabilities: Capabilities,
    runs: RefCell<Vec<(Who, Rc<Run>)>>,
}

impl Suspect {
    /// This fault, in a scenario of its own with this seed, at this time.
    pub fn new(
        fault: &'static Fault,
        seed: u64,
        clock: u64,
        capabilities: Capabilities,
    ) -> Option<Suspect> {
        let mut scenario = Scenario::parse(fault.id).ok()?;
        (scenario.seed, scenario.clock) = (seed, clock);
        Suspect::of(scenario, capabilities)
    }

    /// The fault of this scenario; `None` where it has none.
    pub fn of(scenario: Scenario, capabilities: Capabilities) -> Option<Suspect> {
        let fault = scenario.broken_by()?;
        let (plan, runs) = (scenario.plan(), RefCell::default());
        Some(Suspect { fault, scenario, plan, capabilities, runs })
    }

    /// The host or address that the program asks for.
    pub fn host(&self) -> &str {
        self.plan.client.name.as_deref().unwrap_or_default()
    }

    /// What the client's clock shows at the start, in seconds since 1970.
    pub fn client_clock(&self) -> i64 {
        i64::try_from(self.plan.client.clock).unwrap_or(i64::MAX)
    }

    /// The client's trust store, in DER.
    ///
    /// # Errors
    /// A root cannot be made.
    pub fn roots(&self) -> Result<Vec<Vec<u8>>, RunError> {
        engine::trusted_roots(&self.plan.client, &self.capabilities)
    }

    /// What the client has to say who it is; `None` where it has nothing.
    ///
    /// # Errors
    /// A chain cannot be made.
    pub fn client_files(&self) -> Result<Option<Shown>, RunError> {
        engine::shown(&self.plan.client, &self.capabilities)
    }

    /// Whether the client has a certificate of its own.
    pub fn has_client_files(&self) -> bool {
        self.plan.client.credential.is_some()
    }

    /// Whether the server, as it is meant to be, wants to know who the client is.
    pub fn is_client_asked(&self) -> bool {
        self.plan.outer_server().trust.verification != Verification::Off
    }

    /// The run of whoever asks.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn run(&self, who: Who) -> Result<Rc<Run>, RunError> {
        if let Some((_, run)) = self.runs.borrow().iter().find(|(of, _)| *of == who) {
            return Ok(run.clone());
        }
        let trace = engine::run_plan(&self.plan_of(who), &self.capabilities, true)?;
        let run =
            Rc::new(Run::of(Origin::Scenario(self.scenario.clone()), trace, &self.capabilities)?);
        self.runs.borrow_mut().push((who, run.clone()));
        Ok(run)
    }

    /// What a capture beside the client has of the program that fails.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn capture(&self) -> Result<Trace, RunError> {
        let run = self.run(Who::Program)?;
        Ok(tap::trace(&run))
    }

    /// Whether the program gets no further, or gets an answer that is none.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn fails(&self) -> Result<bool, RunError> {
        let run = self.run(Who::Program)?;
        let is_well = run.connection().client_end.status == Status::Established;
        let response = curl::response(Talk::of(&run));
        Ok(!is_well || response.is_some_and(|text| !text.starts_with("HTTP/1.1 200 ")))
    }

    /// What OpenSSL makes of the chain that it gets; `None` where it gets none.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn judged(&self, who: Who) -> Result<Option<Judged>, RunError> {
        let run = self.run(who)?;
        let (sent, roots) = (Talk::of(&run).chain(), self.roots()?);
        let (host, now) = (Some(self.host()), self.client_clock());
        Ok(verify::judge(&Chain { sent: &sent, roots: &roots, host, now }))
    }

    /// The first error that stops a program that uses OpenSSL.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn verify_error(&self, who: Who) -> Result<Option<VerifyError>, RunError> {
        let Some(judged) = self.judged(who)? else { return Ok(None) };
        // The name is looked at when the chain is found to be good.
        let is_name =
            |error: &&VerifyError| matches!(**error, VerifyError::HOST | VerifyError::ADDRESS);
        let chain = judged.errors.iter().find(|error| !is_name(error));
        Ok(chain.copied().or(judged.first()))
    }

    /// What `s_client` prints; `None` where its form is not known.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn s_client(
        &self,
        only: Option<ProtocolVersion>,
        is_named: bool,
    ) -> Result<Option<String>, RunError> {
        let who = Who::SClient { only, is_named };
        let (run, judged) = (self.run(who)?, self.judged(who)?);
        if judged.is_none() && !Talk::of(&run).chain().is_empty() {
            return Ok(None);
        }
        let asked = Asked { host: self.host(), only };
        Ok(s_client::text(Talk::of(&run), judged.as_ref(), asked))
    }

    /// What `curl` prints; `None` where its form is not known.
    ///
    /// # Errors
    /// The run cannot be made.
    pub fn curl(&self) -> Result<Option<String>, RunError> {
        // It reads its files first, and goes no further where key and certificate do not belong together.
        if let Some(Shown { chain, key_info }) = self.client_files()?
            && chain.first().and_then(|leaf| super::openssl::x509::public_key(leaf))
                != Some(key_info)
        {
            return Ok(None);
        }
        let (run, error) = (self.run(Who::Curl)?, self.verify_error(Who::Curl)?);
        Ok(curl::text(Talk::of(&run), error, self.host()))
    }

    /// The plan with this client in the place of the one that fails: on the same host, with its name, clock and
    /// trust store.
    fn plan_of(&self, who: Who) -> Plan {
        let (only, is_named, requests) = match who {
            Who::Program => return self.plan.clone(),
            Who::SClient { only, is_named } => (only, is_named, 0),
            Who::Curl => (None, true, 1),
        };
        let (own, sound) = (&self.plan.client, self.scenario.sound_plan().client);
        let versions = match only {
            Some(only) => vec![rustls::ProtocolVersion::from(only.0)],
            None => vec![rustls::ProtocolVersion::TLSv1_3, rustls::ProtocolVersion::TLSv1_2],
        };
        let mut suites = suites_of(&versions);
        // The order of OpenSSL.
        const ORDER: [&str; 3] = ["AES_256", "CHACHA20", "AES_128"];
        suites.sort_by_key(|suite| {
            let label = crate::tls::CipherSuite(u16::from(*suite)).label();
            let strength = ORDER.iter().position(|one| label.contains(one));
            (label.contains("_WITH_"), strength)
        });
        let client = Peer {
            implementation: Implementation::Rustls,
            name: own.name.clone(),
            sends_name: is_named && !is_address(self.host()),
            trust: own.trust.clone(),
            clock: own.clock,
            versions,
            suites,
            credential: if who == Who::Curl { own.credential.clone() } else { None },
            alpn: if who == Who::Curl { vec!["h2".into(), "http/1.1".into()] } else { Vec::new() },
            ..sound
        };
        let mut plan = self.plan.clone();
        // It looks at the chain itself, by OpenSSL's rules.
        plan.client = client;
        plan.client.trust.verification = Verification::Off;
        plan.client.trust.pins.clear();
        plan.client.trust.revocation_lists.clear();
        plan.conversation = Conversation {
            connections: 1,
            requests,
            key_update: KeyUpdate::None,
            replayed: false,
            ..plan.conversation
        };
        // What the program that fails does wrong itself, others do not.
        let is_own = |when, from| when == When::BeforeSealing && from == Endpoint::Client;
        plan.tampering.retain(|act| !is_own(act.when, act.target.from));
        plan
    }
}
