//! What was given and what is asked. It is in memory alone, and gone with the place.

use crate::capture::pem;
use crate::certificates::read::{self, Reading, Thing};
use crate::certificates::verdict::{Question, Roots, Verdict, judge};
use crate::story::Certificate;
use crate::time;
use crate::trace::Endpoint;
use crate::ui::dom;
use leptos::prelude::*;
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

/// What is read and judged. Copied freely into views.
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
    /// Who judges.
    pub by: RwSignal<Endpoint>,
    /// The thing whose bytes are shown.
    pub open: RwSignal<Option<String>>,
}

/// What a pasted text is called among the files.
const PASTED: &str = "pasted text";

/// What came of what was given.
pub struct Outcome {
    /// What was asked; or what is wrong with the question.
    pub question: Result<Question, String>,
    /// What becomes of each leaf.
    pub verdicts: Vec<Verdict>,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Desk {
        Desk {
            text: RwSignal::new(String::new()),
            files: RwSignal::new(Vec::new()),
            password: RwSignal::new(String::new()),
            host: RwSignal::new(String::new()),
            at: RwSignal::new(String::new()),
            trust: RwSignal::new(Trust::Public),
            roots: RwSignal::new(String::new()),
            by: RwSignal::new(Endpoint::Client),
            open: RwSignal::new(None),
        }
    }

    /// Takes everything away that was given.
    pub fn clear(self) {
        self.text.set(String::new());
        self.files.set(Vec::new());
        self.password.set(String::new());
    }

    /// Asks whether `host` would be taken, or a client, with these roots at this moment.
    pub fn ask(self, host: Option<&str>, at: u64, roots: &[Vec<u8>], by: Endpoint) {
        let text: String = roots.iter().map(|root| pem::encode("CERTIFICATE", root)).collect();
        self.host.set(host.unwrap_or_default().to_owned());
        self.at.set(typed(at));
        self.trust.set(Trust::Own);
        self.roots.set(text);
        self.by.set(by);
    }

    /// What was read of what was given, tracked; `None` where nothing was given.
    pub fn reading(self) -> Memo<Option<Arc<Reading>>> {
        Memo::new_with_compare(
            move |_| {
                let text = self.text.read();
                let mut files = self.files.get();
                if !text.trim().is_empty() {
                    files.insert(0, (PASTED.into(), text.as_bytes().to_vec()));
                }
                let password = self.password.get();
                let password = Some(password.as_str()).filter(|password| !password.is_empty());
                (!files.is_empty()).then(|| Arc::new(read::read(&files, password)))
            },
            |_, _| true,
        )
    }

    /// What becomes of it, tracked.
    pub fn outcome(self, reading: &Reading) -> Outcome {
        let question = self.question();
        let verdicts = question.as_ref().map(|asked| judge(reading, asked)).unwrap_or_default();
        Outcome { question, verdicts }
    }

    fn question(self) -> Result<Question, String> {
        let host = self.host.read().trim().to_owned();
        let at = Some(self.at.get()).filter(|at| !at.is_empty()).unwrap_or_else(dom::this_second);
        let roots = match self.trust.get() {
            Trust::Public => Roots::public(),
            Trust::Lab => Roots::lab(),
            Trust::Own => self.own_roots()?,
        };
        Ok(Question {
            host: Some(host).filter(|host| !host.is_empty() && self.by.get() == Endpoint::Client),
            at: time::typed(&at).ok_or("Write the moment as 2026-01-31T12:00.")?,
            roots,
            by: self.by.get(),
        })
    }

    fn own_roots(self) -> Result<Roots, String> {
        let mut roots = Roots::default();
        let text = self.roots.read();
        if text.trim().is_empty() {
            return Ok(roots);
        }
        let reading = read::read(&[("roots".into(), text.as_bytes().to_vec())], None);
        for der in certificates(&reading) {
            roots.add(der);
        }
        match reading.troubles.first() {
            Some(trouble) => Err(format!("{}: {}", trouble.place, trouble.what)),
            None => Ok(roots),
        }
    }
}

/// The certificates of what was read, in DER.
pub fn certificates(reading: &Reading) -> impl Iterator<Item = &[u8]> {
    reading.found.iter().filter_map(|found| match &found.thing {
        Thing::Certificate(der) => Some(der.as_slice()),
        _ => None,
    })
}

/// Those of them that are their own issuers and authorities.
pub fn roots_among(reading: &Reading) -> Vec<Vec<u8>> {
    let is_root =
        |der: &&[u8]| Certificate::read(der).is_some_and(|one| one.is_own_issuer() && one.is_ca());
    let mut roots: Vec<Vec<u8>> =
        certificates(reading).filter(is_root).map(<[u8]>::to_vec).collect();
    roots.dedup();
    roots
}

/// A moment as the browser's control for it takes it.
pub fn typed(at: u64) -> String {
    let text = time::text(i64::try_from(at).unwrap_or(i64::MAX));
    text.get(..19).unwrap_or_default().replace(' ', "T")
}
