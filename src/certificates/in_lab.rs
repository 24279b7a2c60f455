//! A recipe's certificates in a run of the lab: what the key `certs` of a scenario means. The run has the objects that
//! [`mint`](super::mint) makes, byte by byte; they follow from recipe, seed and moment, so that the address of a run
//! holds no keys.

use super::mint::shown;
use super::nearest;
use super::recipe::{BUILT_IN, BuiltIn, Recipe, Role, Subject, link, name_address};
use crate::engine::Capabilities;
use crate::plan::{Authority, ChainPlan, Credential, GeneralName, Peer, Plan, Trust, Verification};
use crate::recent::Recent;
use crate::scenario::Scenario;
use std::cell::RefCell;
use std::rc::Rc;

/// What a scenario asks for: `NAME[:PACKED][@SEED][,LEAF]…`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The recipe's name.
    pub name: String,
    /// The recipe itself where it was changed, packed ([`link`]); empty for as it came.
    pub own: String,
    /// The seed that it is made with, where that is not its own.
    pub seed: Option<u64>,
    /// The certificates that are shown, one for an end at most; without one for an end, the first there is for it.
    pub leaves: Vec<String>,
}

/// Everything that can be run, recipes too.
pub fn capabilities() -> Capabilities {
    Capabilities::all().and_recipes(put)
}

impl Wanted {
    /// Reads the value of the key.
    ///
    /// # Errors
    /// The seed is no number.
    pub fn read(text: &str) -> Result<Wanted, String> {
        let mut parts = text.split(',');
        let head = parts.next().unwrap_or_default();
        let (recipe, seed) = match head.split_once('@') {
            Some((recipe, seed)) => (recipe, Some(seed)),
            None => (head, None),
        };
        let (name, own) = recipe.split_once(':').unwrap_or((recipe, ""));
        let number = |seed: &str| {
            seed.parse().map_err(|_| format!("{seed} is no seed; a seed is a whole number from 0"))
        };
        Ok(Wanted {
            name: name.into(),
            own: own.into(),
            seed: seed.map(number).transpose()?,
            leaves: parts.map(str::to_owned).collect(),
        })
    }

    /// What a scenario asks for; `None` where its certificates are the lab's own, or the value cannot be read.
    pub fn of(scenario: &Scenario) -> Option<Wanted> {
        Wanted::read(&scenario.certs).ok().filter(|wanted| !wanted.name.is_empty())
    }

    /// What is said behind the recipe's name where the recipe is not as it came.
    pub fn changed(&self) -> &'static str {
        if self.own.is_empty() { "" } else { ", changed" }
    }

    /// The value of the key.
    pub fn text(&self) -> String {
        let own = if self.own.is_empty() { String::new() } else { format!(":{}", self.own) };
        let seed = self.seed.map(|seed| format!("@{seed}")).unwrap_or_default();
        let leaves = self.leaves.iter().map(|leaf| format!(",{leaf}"));
        format!("{}{own}{seed}{}", self.name, leaves.collect::<String>())
    }

    /// The recipe, with the seed that it is made with.
    ///
    /// # Errors
    /// There is none of this name, or the one that was changed cannot be read.
    pub fn recipe(&self) -> Result<Recipe, String> {
        let text = match BuiltIn::named(&self.name) {
            _ if !self.own.is_empty() => link::unpack(&self.own).map_err(|_| {
                "the recipe in it is damaged: it was cut off, or changed on its way; ask for the whole link"
                    .to_owned()
            })?,
            Some(built_in) => built_in.text.to_owned(),
            None => {
                let known: Vec<&str> = BUILT_IN.iter().map(|one| one.name).collect();
                return Err(format!(
                    "there is no recipe {}; there are {}",
                    self.name,
                    known.join(", ")
                ));
            }
        };
        let mut recipe = Recipe::parse(&text).map_err(|error| error.to_string())?;
        recipe.seed = self.seed.unwrap_or(recipe.seed);
        Ok(recipe)
    }

    /// The scenario in which they are shown, as they are made at this moment: a client shows its own where one is
    /// wanted, and where nothing is wanted but the recipe has one.
    pub fn scenario(&self, recipe: &Recipe, clock: u64) -> Scenario {
        let is_client = |one: &Subject| one.role == Role::Client;
        let mutual = match &self.leaves[..] {
            [] => recipe.certificate.iter().any(is_client),
            leaves => leaves.iter().filter_map(|leaf| recipe.subject(leaf)).any(is_client),
        };
        let preset = if mutual { "tls13-mtls" } else { "tls13" };
        let plain = Scenario::parse(preset).unwrap_or_default();
        Scenario { certs: self.text(), clock, ..plain }
    }
}

/// Puts the certificates that a scenario asks for into its plan: what each end shows, the key that it signs with, whom
/// the other end trusts, and the host that the client asks for. What is made begins at the plan's moment.
///
/// An end trusts the roots of those that the recipe has for the other end. An end that it has none for shows what it
/// would without a recipe.
///
/// # Errors
/// The recipe cannot be made, has no such certificate, or none that fits.
pub fn put(plan: &mut Plan, certs: &str) -> Result<(), String> {
    let asks = plan.server.trust.verification != Verification::Off;
    let ends = kept(certs, plan.clock, asks)?;
    if let Some(end) = &ends.server {
        end.shown_by(&mut plan.server);
        end.trusted_by(&mut plan.client);
        plan.client.name = end.host.clone().or(plan.client.name.take());
        if plan.server.accepts().suites.is_empty() {
            return Err(format!(
                "{} has a key of kind {}, and the one suite that is offered is for another; use suite=default",
                end.leaf,
                end.chain.kind.label()
            ));
        }
    }
    if let Some(end) = &ends.client {
        // It may have none though it is asked.
        if plan.client.credential.is_some() {
            end.shown_by(&mut plan.client);
        }
        end.trusted_by(&mut plan.server);
    }
    Ok(())
}

/// What is made for one end.
struct End {
    leaf: String,
    chain: ChainPlan,
    /// Those that the other end trusts, in DER; none for those that it would trust without a recipe.
    roots: Vec<Vec<u8>>,
    /// The host that a server is asked for; `None` where its certificate names neither host nor address.
    host: Option<String>,
}

impl End {
    /// What is made for the end that shows this certificate.
    fn new(recipe: &Recipe, leaf: &Subject, clock: u64) -> Result<End, String> {
        let make = |name: &str| shown(recipe, clock, name).map_err(|error| error.to_string());
        let own = make(&leaf.name)?;
        let mut trusted: Vec<&Subject> = Vec::new();
        for one in recipe.certificate.iter().filter(|one| one.role == leaf.role) {
            let root = root(recipe, one);
            // One that is its own issuer is trusted by nobody.
            if root.name != one.name && !trusted.contains(&root) {
                trusted.push(root);
            }
        }
        let of_leaf = root(recipe, leaf);
        let roots = trusted.into_iter().map(|root| {
            if root == of_leaf {
                Ok(own.root.clone())
            } else {
                make(&root.name).map(|one| one.root)
            }
        });
        let roots = roots.collect::<Result<_, String>>()?;
        let authority = match leaf.role {
            Role::Client => Authority::CLIENTS,
            Role::Server | Role::Authority => Authority::SERVERS,
        };
        let kind = nearest::kind(leaf.key_kind());
        Ok(End {
            leaf: leaf.name.clone(),
            chain: ChainPlan::made(kind, authority, own.key, own.root, own.sent),
            roots,
            host: host(leaf),
        })
    }

    fn shown_by(&self, peer: &mut Peer) {
        peer.credential = Some(Credential::Chain(self.chain.clone()));
    }

    fn trusted_by(&self, peer: &mut Peer) {
        if !self.roots.is_empty() {
            let verification = peer.trust.verification;
            let given_roots = self.roots.clone();
            peer.trust = Trust { verification, given_roots, ..Trust::none() };
        }
    }
}

/// What is made for both ends; `None` for one that the recipe has no certificate for.
struct Ends {
    server: Option<End>,
    client: Option<End>,
}

/// What is made of a text at a moment, where the server asks or does not.
type Asked = (String, u64, bool);

/// How many are kept: those of a few runs that someone switches between.
const KEPT: usize = 4;

thread_local! {
    static MADE: RefCell<Recent<Asked, Rc<Ends>>> = const { RefCell::new(Recent::new(KEPT)) };
}

/// The same as [`ends`], the second time quickly: to make keys of RSA takes seconds in a browser.
fn kept(certs: &str, clock: u64, asks: bool) -> Result<Rc<Ends>, String> {
    let asked = (certs.to_owned(), clock, asks);
    if let Some(ends) = MADE.with_borrow(|made| made.get(&asked)) {
        return Ok(ends);
    }
    let ends = Rc::new(ends(&Wanted::read(certs)?, clock, asks)?);
    MADE.with_borrow_mut(|made| made.keep(asked, ends.clone()));
    Ok(ends)
}

fn ends(wanted: &Wanted, clock: u64, asks: bool) -> Result<Ends, String> {
    let recipe = wanted.recipe()?;
    let name = &wanted.name;
    let mut chosen: [Option<&Subject>; 2] = [None, None];
    let [for_server, for_client] = &mut chosen;
    for leaf in &wanted.leaves {
        let Some(subject) = recipe.subject(leaf) else {
            let known = recipe.certificate.iter().filter(|one| one.role != Role::Authority);
            let known: Vec<&str> = known.map(|one| one.name.as_str()).collect();
            return Err(format!("{name} has no certificate {leaf}; it has {}", known.join(", ")));
        };
        let place = match subject.role {
            Role::Server => &mut *for_server,
            Role::Client => &mut *for_client,
            Role::Authority => {
                return Err(format!("{leaf} is an authority's certificate, which no end shows"));
            }
        };
        if let Some(other) = place.replace(subject) {
            let (role, other) = (subject.role.id(), &other.name);
            return Err(format!("{other} and {leaf} are both for a {role}; name one of them"));
        }
    }
    let first = |role| recipe.certificate.iter().find(|one| one.role == role);
    let server = for_server.or_else(|| first(Role::Server));
    let client = for_client.or_else(|| first(Role::Client));
    if let (false, Some(leaf)) = (asks, client.filter(|_| for_client.is_some() || server.is_none()))
    {
        return Err(format!(
            "{} is for a client, and the server does not ask for one; use client-cert=required",
            leaf.name
        ));
    }
    if server.is_none() && client.is_none() {
        return Err(format!("{name} has no certificate that a server or a client shows"));
    }
    let end = |leaf: &Subject| End::new(&recipe, leaf, clock);
    Ok(Ends {
        server: server.map(end).transpose()?,
        client: client.filter(|_| asks).map(end).transpose()?,
    })
}

/// The last issuer of a certificate; itself, where it is its own.
fn root<'a>(recipe: &'a Recipe, leaf: &'a Subject) -> &'a Subject {
    let mut root = leaf;
    while let Some(issuer) = root.issuer.as_deref().and_then(|issuer| recipe.subject(issuer)) {
        root = issuer;
    }
    root
}

/// The host that a client asks for: the first host name of the recipe's, or else its first address. For a wildcard it
/// is one of the hosts that it stands for.
pub fn host(leaf: &Subject) -> Option<String> {
    let name = leaf.names.iter().find_map(|name| match name {
        GeneralName::Dns(name) => Some(match name.strip_prefix("*.") {
            Some(domain) => format!("www.{domain}"),
            None => name.clone(),
        }),
        _ => None,
    });
    let address = || {
        leaf.names.iter().find_map(|name| match name {
            GeneralName::Ip(bytes) => Some(name_address(bytes)),
            _ => None,
        })
    };
    name.or_else(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_written_as_it_is_read() {
        for text in [
            "spring-boot",
            "spring-boot@7",
            "spring-boot@0,server,stranger",
            "spring-boot:1234.eJx-_A",
            "spring-boot:1234.eJx-_A@18446744073709551615,client",
        ] {
            assert_eq!(Wanted::read(text).unwrap().text(), text);
        }
        let wanted = Wanted::read("spring-boot:1234.eJx-_A@7,server,client").unwrap();
        let leaves = vec!["server".to_owned(), "client".to_owned()];
        let (name, own) = ("spring-boot".to_owned(), "1234.eJx-_A".to_owned());
        assert_eq!(wanted, Wanted { name, own, seed: Some(7), leaves });
        assert!(Wanted::read("spring-boot@x").unwrap_err().starts_with("x is no seed"));
    }

    #[test]
    fn a_client_asks_for_the_first_name_of_a_host_or_else_for_the_first_address() {
        let host_of = |names: Vec<GeneralName>| {
            let recipe = BuiltIn::named("curl-client").unwrap().recipe().unwrap();
            host(&Subject { names, ..recipe.subject("server").unwrap().clone() })
        };
        let dns = |name: &str| GeneralName::Dns(name.into());
        let ip = GeneralName::Ip(vec![192, 0, 2, 7]);
        let mail = GeneralName::Email("ada@example.com".into());
        assert_eq!(host_of(vec![ip.clone(), dns("a.example.com")]).unwrap(), "a.example.com");
        assert_eq!(host_of(vec![dns("*.example.com")]).unwrap(), "www.example.com");
        assert_eq!(host_of(vec![mail.clone(), ip]).unwrap(), "192.0.2.7");
        assert_eq!(host_of(vec![mail]), None);
    }
}
