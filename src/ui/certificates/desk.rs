//! What was given, what is asked and what was changed. It is in memory alone, and gone with the place.

use super::bench::Opened;
use super::public::PublicRoots;
use crate::capture::pem;
use crate::certificates::host::understood;
use crate::certificates::read::{self, Reading};
use crate::certificates::shell::PASTED;
use crate::certificates::verdict::{Question, Roots};
use crate::story::Certificate;
use crate::time;
use crate::trace::Endpoint;
use crate::ui::dom;
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whose roots are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Those that come with browsers.
    Public,
    /// Those of the lab's runs.
    Lab,
    /// Those that the person gives.
    Own,
}

impl Trust {
    /// All, in the order of their control.
    pub const ALL: [Trust; 3] = [Trust::Public, Trust::Lab, Trust::Own];

    /// What stands on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Trust::Public => "public, as Mozilla has them",
            Trust::Lab => "the lab’s",
            Trust::Own => "my own",
        }
    }
}

/// Recipes by their names; one that is not among them is as it came.
pub type Recipes = RwSignal<BTreeMap<String, String>>;

/// What is read, judged and made. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What was pasted.
    pub text: RwSignal<String>,
    /// What was dropped or chosen: each file's name and its bytes.
    pub files: RwSignal<Vec<(String, Vec<u8>)>>,
    /// Opens keys and stores.
    pub password: RwSignal<String>,
    /// The host that is asked for; empty for none.
    pub host: RwSignal<String>,
    /// The moment, as it is typed, in UTC; empty for now.
    pub at: RwSignal<String>,
    /// Whose roots are trusted.
    pub trust: RwSignal<Trust>,
    /// Roots of one's own, in PEM.
    pub roots: RwSignal<String>,
    /// Intermediates that a browser has met on an earlier visit, in DER.
    pub cached: RwSignal<Vec<Vec<u8>>>,
    /// The public roots, as far as they are loaded.
    pub public: RwSignal<PublicRoots>,
    /// Who judges.
    pub by: RwSignal<Endpoint>,
    /// The thing whose bytes are shown.
    pub open: RwSignal<Option<String>>,
    /// The leaves whose checks are shown, by where they stand.
    pub checks: RwSignal<BTreeSet<String>>,
    /// Recipes as they are being written.
    pub drafts: Recipes,
    /// Recipes as they are made.
    pub recipes: Recipes,
    /// The one that was made last, as it was opened.
    pub opened: RwSignal<Option<Arc<Opened>>>,
    /// Whether they are made today, and not on the day of the lab.
    pub today: RwSignal<bool>,
    /// What was read of what was given; `None` where nothing was given.
    pub reading: Memo<Option<Arc<Reading>>>,
    /// Whether a certificate is among what was read.
    is_any: Memo<bool>,
    /// The host that is asked for, taken out of what was written.
    pub asked_host: Memo<Result<Option<String>, String>>,
    /// What is asked; or why nothing is.
    pub question: Memo<Result<Question, NoQuestion>>,
}

/// Why nothing is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoQuestion {
    /// What was written is no question: what is wrong with it.
    Wrong(String),
    /// The public roots are being loaded.
    Loading,
    /// The public roots could not be loaded.
    NotLoaded,
}

impl From<String> for NoQuestion {
    fn from(what: String) -> NoQuestion {
        NoQuestion::Wrong(what)
    }
}

/// What the roots that somebody gives are called.
const OWN_ROOTS: &str = "roots of your own";

impl Desk {
    /// An empty one.
    pub fn new() -> Desk {
        let text = RwSignal::new(String::new());
        let files = RwSignal::new(Vec::new());
        let password = RwSignal::new(String::new());
        let host = RwSignal::new(String::new());
        let at = RwSignal::new(String::new());
        let trust = RwSignal::new(Trust::Public);
        let roots = RwSignal::new(String::new());
        let by = RwSignal::new(Endpoint::Client);
        let reading = reading(text, files, password);
        let asked_host = Memo::new(move |_| -> Result<Option<String>, String> {
            let written = host.read();
            if written.trim().is_empty() || by.get() == Endpoint::Server {
                return Ok(None);
            }
            understood(&written).map(|host| Some(host.to_owned()))
        });
        let cached = RwSignal::new(Vec::<Vec<u8>>::new());
        let public = RwSignal::new(PublicRoots::Unasked);
        let is_any = Memo::new(move |_| {
            let reading = reading.read();
            reading.as_ref().is_some_and(|one| one.certificates().next().is_some())
        });
        // The lab's are minted, so not for each key that is pressed elsewhere.
        let trusted = Memo::new_with_compare(
            move |_| -> Result<Roots, NoQuestion> {
                match trust.get() {
                    Trust::Public => match public.get() {
                        PublicRoots::Loaded(roots) => Ok(roots),
                        // Nothing is there that could be judged by them.
                        _ if !is_any.get() => Ok(Roots::default()),
                        PublicRoots::Failed => Err(NoQuestion::NotLoaded),
                        PublicRoots::Unasked | PublicRoots::Loading => Err(NoQuestion::Loading),
                    },
                    Trust::Lab => Ok(Roots::lab()),
                    Trust::Own => Ok(own_roots(&roots.read())?),
                }
            },
            |_, _| true,
        );
        let question = Memo::new_with_compare(
            move |_| -> Result<Question, NoQuestion> {
                // When something else is given, now is another moment.
                reading.track();
                let at = Some(at.get()).filter(|at| !at.is_empty());
                let at = at.unwrap_or_else(dom::this_second);
                let at = time::typed(&at)
                    .ok_or_else(|| "Write the moment as 2026-01-31T12:00.".to_owned())?;
                let mut roots = trusted.get()?;
                cached.read().iter().for_each(|der| roots.remember(der));
                Ok(Question { host: asked_host.get()?, at, roots, by: by.get() })
            },
            |_, _| true,
        );
        Desk {
            text,
            files,
            password,
            host,
            at,
            trust,
            roots,
            cached,
            public,
            by,
            open: RwSignal::new(None),
            checks: RwSignal::new(BTreeSet::new()),
            drafts: RwSignal::new(BTreeMap::new()),
            recipes: RwSignal::new(BTreeMap::new()),
            opened: RwSignal::new(None),
            today: RwSignal::new(false),
            reading,
            is_any,
            asked_host,
            question,
        }
    }

    /// Takes everything away that was given and asked. Recipes stay as they were changed.
    pub fn clear(self, lab: Lab) {
        self.close(lab);
        self.checks.set(BTreeSet::new());
        self.text.set(String::new());
        self.files.set(Vec::new());
        self.password.set(String::new());
        self.host.set(String::new());
        self.at.set(String::new());
        self.trust.set(Trust::Public);
        self.roots.set(String::new());
        self.cached.set(Vec::new());
        self.by.set(Endpoint::Client);
    }

    /// Whether something is there to be judged by the public roots.
    pub fn needs_public(self) -> bool {
        self.is_any.get() && self.trust.get() == Trust::Public
    }

    /// Closes the thing whose bytes are shown, with what was selected in it: it is not what it was.
    pub fn close(self, lab: Lab) {
        if self.open.get_untracked().is_some() {
            self.open.set(None);
            lab.look(|view| view.selection.clear());
        }
    }

    /// Asks whether `host` would be taken, or a client, with these roots at this moment.
    pub fn ask(self, host: Option<&str>, at: u64, roots: &[Vec<u8>], by: Endpoint) {
        self.host.set(host.unwrap_or_default().to_owned());
        self.at.set(typed(at));
        self.trust.set(Trust::Own);
        self.roots.set(in_pem(roots));
        self.by.set(by);
    }
}

/// What was read of the text and the files, tracked.
fn reading(
    text: RwSignal<String>,
    files: RwSignal<Vec<(String, Vec<u8>)>>,
    password: RwSignal<String>,
) -> Memo<Option<Arc<Reading>>> {
    let word = move || Some(password.get()).filter(|word| !word.is_empty());
    // Opening a store takes a while, so not for each key that is pressed in the text.
    let of_files =
        Memo::new_with_compare(move |_| read::read(&files.read(), word().as_deref()), |_, _| true);
    Memo::new_with_compare(
        move |_| {
            let text = text.read();
            let mut reading = Reading::default();
            if !text.trim().is_empty() {
                let pasted = [(PASTED.to_owned(), text.as_bytes().to_vec())];
                reading = read::read(&pasted, word().as_deref());
            }
            reading.extend(of_files.get());
            (!reading.files.is_empty()).then(|| Arc::new(reading))
        },
        |_, _| true,
    )
}

/// The roots in a text; none where it is empty.
fn own_roots(text: &str) -> Result<Roots, String> {
    let mut roots = Roots::default();
    if text.trim().is_empty() {
        return Ok(roots);
    }
    let reading = read::read(&[(OWN_ROOTS.to_owned(), text.as_bytes().to_vec())], None);
    if let Some(trouble) = reading.troubles.first() {
        return Err(format!("{}: {}", trouble.place, trouble.what));
    }
    for der in reading.certificates() {
        roots.add(der);
    }
    if roots.is_empty() {
        return Err(format!("{OWN_ROOTS}: no certificate is in it"));
    }
    Ok(roots)
}

/// The certificates of what was read that are their own issuers and authorities.
pub fn roots_among(reading: &Reading) -> Vec<Vec<u8>> {
    let is_root =
        |der: &&[u8]| Certificate::read(der).is_some_and(|one| one.is_own_issuer() && one.is_ca());
    let mut roots: Vec<Vec<u8>> =
        reading.certificates().filter(is_root).map(<[u8]>::to_vec).collect();
    roots.dedup();
    roots
}

/// Certificates in PEM.
pub fn in_pem(certificates: &[Vec<u8>]) -> String {
    certificates.iter().map(|der| pem::encode("CERTIFICATE", der)).collect()
}

/// A moment as the browser's control for it takes it.
pub fn typed(at: u64) -> String {
    let text = time::text(i64::try_from(at).unwrap_or(i64::MAX));
    text.get(..19).unwrap_or_default().replace(' ', "T")
}
