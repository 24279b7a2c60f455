//! The checks of path validation (RFC 5280, section 6.1), in the order in which webpki makes them.
//!
//! A path is built from the leaf up: each certificate is read and checked by itself, then its issuer is
//! looked for, by name, among the trusted roots and after them among what was sent. Where a root is
//! found, the path is gone down again: each signature, then whether the certificate was revoked; then the
//! constraints on names. Where a check does not hold, the next path is tried. At last come the host name
//! and the pins, which have nothing to do with the path.

mod building;
mod form;
mod name;
mod pin;
mod purpose;
mod revocation;
mod signature;
mod validity;

use super::{Draft, Endpoint};
use crate::story::certificate::Certificate;
use crate::story::context::Verified;
use crate::story::revocation_list::RevocationList;
use crate::trace::ChainRefusal;
use building::{Next, Path};

/// What came of checking a signature with a key, where it was checked.
pub type Outcome<'a> = dyn Fn(&[u8], &[u8]) -> Option<Verified<'a>> + 'a;

/// What an endpoint judges, and by what.
pub struct Judging<'a> {
    /// Who judges, as a noun.
    pub who: &'a str,
    /// Which end that is: a client wants a server's certificate, and a server a client's.
    pub by: Endpoint,
    /// What came of checking this signature with this key, where it was checked.
    pub verified: &'a Outcome<'a>,
    /// What is said of revocation where nobody asks.
    pub unasked: &'static str,
    /// The certificates sent, leaf first, the others in any order.
    pub sent: &'a [Certificate],
    /// The trusted roots.
    pub roots: Vec<Certificate>,
    /// The revocation lists that there are; with none, nobody asks.
    pub lists: Vec<RevocationList>,
    /// SubjectPublicKeyInfos in DER.
    pub pins: &'a [Vec<u8>],
    /// Seconds since 1970.
    pub now: i64,
    /// The name that a client wants.
    pub name: Option<&'a str>,
}

impl Judging<'_> {
    /// The checks on the path that was found, or on the first where none was found by our reckoning.
    pub fn accepted(&self) -> Vec<Draft> {
        let paths = self.paths();
        let good = |path: &&Path| self.drafts(path, &[]).iter().all(|draft| draft.holds);
        let found = paths.iter().position(|path| good(&path)).unwrap_or_default();
        self.of(&paths, found, found)
    }

    /// The checks on the first path that comes to grief in this way, and which of them does not hold;
    /// `None` if there is no such path.
    pub fn refused(&self, refusal: Option<ChainRefusal>) -> Option<(Vec<Draft>, usize)> {
        let paths = self.paths();
        let culprits = paths.iter().map(|path| {
            let drafts = self.drafts(path, &[]);
            let at = drafts.iter().position(|draft| !draft.holds)?;
            (refusal.is_none() || drafts.get(at)?.refusal == refusal).then_some(at)
        });
        let (path, culprit) =
            culprits.enumerate().find_map(|(path, culprit)| Some((path, culprit?)))?;
        Some((self.of(&paths, path, paths.len()), culprit))
    }

    /// Each path, in the order in which they are tried: the places of its certificates in what was sent, and
    /// its checks.
    pub fn each(&self) -> Vec<(Vec<usize>, Vec<Draft>)> {
        let paths = self.paths();
        paths.iter().map(|path| (path.sent.clone(), self.drafts(path, &[]))).collect()
    }

    fn paths(&self) -> Vec<Path> {
        building::paths(self.sent, &self.roots, form::is_readable)
    }

    /// The checks on one of the paths, with what is said of the others among the first `tried`.
    fn of(&self, paths: &[Path], this: usize, tried: usize) -> Vec<Draft> {
        let tried: Vec<&Path> = paths
            .iter()
            .take(tried)
            .enumerate()
            .filter_map(|(at, path)| (at != this).then_some(path))
            .collect();
        paths.get(this).map(|path| self.drafts(path, &tried)).unwrap_or_default()
    }

    fn drafts(&self, path: &Path, tried: &[&Path]) -> Vec<Draft> {
        let chain: Vec<&Certificate> =
            path.sent.iter().filter_map(|place| self.sent.get(*place)).collect();
        let root = match path.end {
            Next::Root(place) => self.roots.get(place),
            _ => None,
        };
        let who = self.who;
        let mut drafts = Vec::new();
        for (depth, certificate) in chain.iter().enumerate() {
            drafts.extend(form::checks(who, certificate));
            if depth > 0 {
                drafts.push(building::link(self, path, depth - 1, tried));
            }
            let more = if depth == 0 { self.unasked } else { "" };
            drafts.push(validity::check(certificate, self.now, more));
            drafts.extend(purpose::checks(certificate, depth, self.by));
        }
        match path.end {
            Next::Unread(place) => {
                drafts.extend(self.sent.get(place).into_iter().flat_map(|c| form::checks(who, c)));
            }
            _ => drafts.push(building::link(self, path, chain.len().saturating_sub(1), tried)),
        }
        for (depth, certificate) in chain.iter().enumerate().rev() {
            let next = chain.get(depth + 1).copied();
            let Some(issuer) = next.or(root) else { continue };
            drafts.push(signature::check(self, certificate, issuer));
            drafts.extend(revocation::checks(self, certificate, issuer, next.is_none()));
        }
        drafts.extend(root.and_then(|root| name::constraints(root, &chain)));
        for (depth, certificate) in chain.iter().enumerate().rev() {
            drafts
                .extend(chain.get(..depth).and_then(|below| name::constraints(certificate, below)));
        }
        if let Some(leaf) = chain.first() {
            drafts.extend(self.name.map(|wanted| name::host(who, leaf, wanted)));
            drafts.extend(pin::check(leaf, self.pins));
        }
        drafts
    }
}
