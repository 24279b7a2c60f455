//! Deep links: the fragment of the page's address, as data.
//!
//! ```text
//! #/
//! #/lab/tls13-resumed?conn=1
//! #/lab/tls12?step=certificate
//! #/lab/tls13+seed=7?step=9&zoom=records&layer=record&sel=0.2.1&as=server&panel=keys&key=main_secret
//! #/break?run=tls12&who=server&q=bad_certificate
//! #/break/cert-expired/tls12+seed=7?step=9
//! #/break/diagnose/one-line/7
//! #/learn/your-first-handshake/3?seed=7
//! #/learn/glossary/main-secret
//! #/learn/interview/round/mid/30/7
//! #/learn/practise/all/10/7
//! #/learn/progress
//! #/compare/tls12/tls13?sel=3
//! #/stolen-key/tls12-rsa/tls13
//! #/race/tls12/tls13?rtt=200&fleet=1.3,1000000,20,20,40
//! #/certificates
//! #/certificates/make/private-ca?seed=7
//! #/certificates/make/private-ca?own=1874.eJy…
//! ```
//!
//! `embed` may stand with any of them, and beside it `show` and `play`, as they are properties of the frame that
//! the page is in and not of what is shown there: see [`frame`].
//!
//! A scenario's text form needs no escaping in a fragment; only where two stand beside each other, a
//! slash in one is written `%2F`. A fragment is split first, then each of its parts is decoded, once.
//! Views only ever change a [`Route`]; what is on screen follows from it, so that back, forward and
//! sharing work by themselves.

use crate::faults::FAULTS;
use crate::keys;
use crate::near::nearest;
pub use crate::panel::Panel;
use crate::race;
use crate::scenario::Scenario;
use crate::trace::Endpoint;
use std::fmt;

/// Where the person is.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Which screen.
    pub page: Page,
    /// What the lab shows, on screens that have a lab.
    pub view: View,
}

/// A screen, with what it is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// What this is, and where to go.
    Home,
    /// The lab, on a scenario in its text form.
    Lab(String),
    /// The list of faults.
    Faults(FaultList),
    /// One fault, by its id, and the text form of the run that it breaks; empty for the usual one.
    Fault(String, String),
    /// Mysteries, and which: the rest of the path. Whether there is such a one is not judged here.
    Diagnose(String),
    /// The list of lessons.
    Lessons,
    /// One lesson, by id, at a page counted from 1, with the seed that its scenario is run with where
    /// that is not its own.
    Lesson(String, usize, Option<u64>),
    /// What stands beside the lessons, and what of it: the rest of the path, which its own part of the page
    /// reads. Whether there is anything is not judged here.
    Study(Study, String),
    /// Two runs side by side, by the text forms of their scenarios; empty for what the screen is to
    /// choose. The selection holds the rows that are open.
    Compare(String, String),
    /// Recorded connections and the server's stolen key, by the text forms of their scenarios; empty
    /// for what the screen is to choose.
    StolenKey(String, String),
    /// A race, and below it the fleet calculator.
    Race(Race),
    /// Certificates: those that somebody gives, or where there is a recipe, those that it makes.
    Certificates(Option<RecipeLink>),
}

/// A recipe of certificates. Whether there is such a one is not judged here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipeLink {
    /// Its name; empty for the usual one.
    pub name: String,
    /// The seed that it is made with, where that is not its own.
    pub seed: Option<u64>,
    /// The recipe itself where it was changed, packed; empty for as it came. Whether it can be read is not judged
    /// here.
    pub own: String,
}

/// What of the list of faults is shown. Whether there is anything is not judged here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultList {
    /// The text form of the run that they break; empty for the usual one.
    pub run: String,
    /// What is looked for; empty for all.
    pub words: String,
    /// Who notices, one of [`NOTICERS`]; `None` for anyone, and nobody.
    pub noticed_by: Option<&'static str>,
}

/// Who can notice a fault, the gateway as the client of what is behind it.
pub const NOTICERS: [&str; 4] = ["client", "server", "gateway", "nobody"];

/// A part of the page that people come to for a reason of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// To understand: the lessons.
    Learn,
    /// To look at one connection, or at several beside each other.
    Lab,
    /// Something fails: the faults.
    Fix,
    /// To see what is wrong with certificates of one's own, and to make some.
    Certificates,
}

impl Place {
    /// All places, in the order of their tabs.
    pub const ALL: [Place; 4] = [Place::Learn, Place::Lab, Place::Fix, Place::Certificates];

    /// What stands on its tab.
    pub const fn label(self) -> &'static str {
        match self {
            Place::Learn => "Learn",
            Place::Lab => "Lab",
            Place::Fix => "Break & fix",
            Place::Certificates => "Certificates",
        }
    }

    /// What is shown where nobody was in it yet.
    pub fn root(self) -> Page {
        match self {
            Place::Learn => Page::Lessons,
            Place::Lab => Page::Lab(Scenario::default().text()),
            Place::Fix => Page::Faults(FaultList::default()),
            Place::Certificates => Page::Certificates(None),
        }
    }
}

impl Page {
    /// The place that it is in; the home page is in none.
    pub fn place(&self) -> Option<Place> {
        match self {
            Page::Home => None,
            Page::Lab(_) | Page::Compare(..) | Page::StolenKey(..) | Page::Race(_) => {
                Some(Place::Lab)
            }
            Page::Faults(_) | Page::Fault(..) | Page::Diagnose(_) => Some(Place::Fix),
            Page::Lessons | Page::Lesson(..) | Page::Study(..) => Some(Place::Learn),
            Page::Certificates(_) => Some(Place::Certificates),
        }
    }

    /// The text forms of the scenarios that it names, those left open not among them.
    pub fn scenarios(&self) -> Vec<String> {
        let texts = match self {
            Page::Lab(text) => vec![text.clone()],
            Page::Fault(id, base) => vec![broken(id, base)],
            Page::Compare(a, b) | Page::StolenKey(a, b) => vec![a.clone(), b.clone()],
            Page::Race(race) => race::split(&race.lanes),
            Page::Faults(list) => vec![list.run.clone()],
            Page::Home
            | Page::Diagnose(_)
            | Page::Lessons
            | Page::Lesson(..)
            | Page::Study(..)
            | Page::Certificates(_) => Vec::new(),
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// The page of a scenario's fault, in its shortest form; `None` where nothing is broken.
    pub fn of_fault(scenario: &Scenario) -> Option<Page> {
        let id = scenario.fault?;
        // The good run is the shortest; it lacks what the fault shares with others, as an attacker.
        let (good, without) = (scenario.mended(), Scenario { fault: None, ..scenario.clone() });
        let bases = [String::new(), scenario.preset.into(), good.text(), without.text()];
        let means = |base: &String| Scenario::parse(&broken(id, base)).as_ref() == Ok(scenario);
        bases.into_iter().find(means).map(|base| Page::Fault(id.into(), base))
    }

    /// A link to it, with nothing chosen there.
    pub fn href(self) -> String {
        Route { page: self, view: View::default() }.to_string()
    }
}

/// The text form of a run with a fault in it; without a base, of the usual one.
fn broken(id: &str, base: &str) -> String {
    let usual = Scenario::default().text();
    let base = if base.is_empty() { &usual } else { base };
    format!("{base}+fault={id}")
}

/// What a race is about. Whether it can be run is not judged here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Race {
    /// The scenarios, with commas between: see [`crate::race::split`].
    pub lanes: String,
    /// The round-trip time of every lane, in milliseconds.
    pub rtt_ms: usize,
    /// What the calculator is asked, as [`crate::race::Plan`] is written; empty for the default.
    pub fleet: String,
}

/// The race that is shown where nobody chose another.
impl Default for Race {
    fn default() -> Race {
        Race {
            lanes: race::DEFAULT.join(","),
            rtt_ms: race::DEFAULT_RTT_MS as usize,
            fleet: String::new(),
        }
    }
}

/// Declares a choice that is one word in a link.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        /// The first of the list.
        impl Default for $name {
            fn default() -> $name { const { $name::ALL[0] } }
        }

        impl $name {
            /// All choices, in the order of their control.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word that stands for it in a link.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|choice| choice.word() == word)
            }
        }
    };
}

words! {
    /// What stands beside the lessons. No lesson can be called so.
    Study {
        /// Questions of all lessons.
        Practise = "practise";
        /// Prompts as in interviews.
        Interview = "interview";
        /// What the words mean.
        Glossary = "glossary";
        /// How far one is, and what is kept of it.
        Progress = "progress";
    }
}

impl Study {
    /// What stands on its tab.
    pub const fn label(self) -> &'static str {
        match self {
            Study::Practise => "Practise",
            Study::Interview => "Interview",
            Study::Glossary => "Glossary",
            Study::Progress => "My progress",
        }
    }
}

words! {
    /// How fine the sequence is drawn.
    Zoom {
        /// One row for a message.
        Messages = "messages";
        /// One row for a TLS record.
        Records = "records";
        /// One row for a TCP segment.
        Tcp = "tcp";
    }
}

words! {
    /// Which bytes the inspector shows for the step.
    Layer {
        /// The message, decrypted where the perspective allows it.
        Message = "message";
        /// The TLS record, as it is on the wire.
        Record = "record";
        /// The IPv4 packet.
        Packet = "packet";
    }
}

words! {
    /// Through whose eyes the run is seen.
    Perspective {
        /// The client's.
        Client = "client";
        /// The server's.
        Server = "server";
        /// Those of someone who records the wire and has no key.
        Eavesdropper = "eavesdropper";
    }
}

impl Perspective {
    /// The end of the connection whose eyes these are.
    pub fn end(self) -> Option<Endpoint> {
        match self {
            Perspective::Client => Some(Endpoint::Client),
            Perspective::Server => Some(Endpoint::Server),
            Perspective::Eavesdropper => None,
        }
    }
}

/// What the lab shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The connection, from 0, written in links from 1; `None` for the last of the run, and
    /// with a gateway for the outer hop.
    pub connection: Option<usize>,
    /// The step, from 0, written in links from 1; `None` for the connection as a whole.
    pub step: Option<usize>,
    /// The word for the step's title, where a link has that instead of its number (`client-hello`), until
    /// the step is found in the run. Whether there is such a one is not judged here: see [`slip`].
    pub titled: Option<String>,
    /// How fine the sequence is drawn.
    pub zoom: Zoom,
    /// Which bytes are shown.
    pub layer: Layer,
    /// Which of the step's records or packets, from 0, where it has several.
    pub part: usize,
    /// The selected node: indices from the roots of the shown tree down; empty for none.
    pub selection: Vec<usize>,
    /// Through whose eyes.
    pub perspective: Perspective,
    /// The panel at the side; `None` for the one that goes with the step.
    pub panel: Option<Panel>,
    /// The selected node of the key schedule, by its name of today; links may have the one before.
    pub key: Option<String>,
}

/// Why a link could not be followed.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteError {
    /// The part of the link that is wrong.
    pub part: String,
    /// What is allowed there; empty where that is too much to list.
    pub allowed: String,
    /// The link without that part; `None` where nothing is left.
    pub rest: Option<Box<Route>>,
    /// What was meant, as far as that can be told: see [`slip`].
    pub meant: Option<Box<Route>>,
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "This link is broken at “{}”.", self.part)?;
        if self.allowed.is_empty() { Ok(()) } else { write!(f, " Allowed here: {}.", self.allowed) }
    }
}

impl std::error::Error for RouteError {}

impl Default for Route {
    fn default() -> Route {
        Route { page: Page::Home, view: View::default() }
    }
}

/// The first words of links.
const SCREENS: [&str; 7] =
    ["lab", "break", "learn", "compare", "stolen-key", "race", "certificates"];

/// Stands where a fault would: no fault can be called so.
const DIAGNOSE: &str = "diagnose";

/// The name and the value of each pair behind the path, as they stand there.
fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// What a fragment, or what stands before it behind the `?`, says of the frame in another page that it is for:
/// `embed&show=bytes&play`. There the page is without what is around its screens; of the lab it shows one part
/// alone, and plays by itself, where that is asked for (`public/boot.js`). `None` where it is for no frame.
pub fn frame(text: &str) -> Option<String> {
    fn name(pair: &str) -> &str {
        pair.split('=').next().unwrap_or_default()
    }
    let (_, query) = text.split_once('?')?;
    let own: Vec<&str> = query.split('&').filter(|pair| FRAME.contains(&name(pair))).collect();
    own.iter().any(|pair| name(pair) == EMBED).then(|| own.join("&"))
}

/// A link for such a frame.
pub fn embedded(link: &str, frame: &str) -> String {
    format!("{link}{}{frame}", if link.contains('?') { '&' } else { '?' })
}

/// Asks for the page as a part of another.
pub const EMBED: &str = "embed";
const SHOW: &str = "show";
const PLAY: &str = "play";
const FRAME: [&str; 3] = [EMBED, SHOW, PLAY];

/// The parts of the lab of which a frame can show one alone.
pub const FRAME_PARTS: [&str; 4] = ["ladder", "story", "bytes", "panel"];

impl Route {
    /// The link that `fragment` (with or without its `#`) spells, percent-encoded as it stands in the
    /// address. An empty one is the default.
    ///
    /// # Errors
    /// Names the first part that is wrong, with the link as it is without that. Whether a scenario's text is
    /// valid is not judged here: see [`Route::can_be_run`].
    pub fn parse(fragment: &str) -> Result<Route, RouteError> {
        let fragment = fragment.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let (screen, rest) = path.split_once('/').unwrap_or((path, ""));
        let mut problems = Vec::new();
        let page = match (screen, rest) {
            ("", _) => Page::Home,
            ("lab", "") => Place::Lab.root(),
            ("lab", scenario) => Page::Lab(decoded(scenario)),
            ("break", "") => Page::Faults(FaultList::default()),
            ("break", rest) => match rest.split_once('/').unwrap_or((rest, "")) {
                (DIAGNOSE, case) => Page::Diagnose(decoded(case)),
                _ => two(Page::Fault, rest),
            },
            ("learn", "") => Page::Lessons,
            ("learn", rest) => {
                let (id, behind) = rest.split_once('/').unwrap_or((rest, ""));
                if let Some(study) = Study::from_word(id) {
                    Page::Study(study, decoded(behind))
                } else {
                    let page = if behind.is_empty() { "1" } else { behind };
                    let page = number("page", page).map_err(|problem| problems.push(problem));
                    Page::Lesson(decoded(id), page.unwrap_or(1), None)
                }
            }
            ("compare", rest) => two(Page::Compare, rest),
            ("stolen-key", rest) => two(Page::StolenKey, rest),
            ("race", "") => Page::Race(Race::default()),
            ("race", lanes) => Page::Race(Race { lanes: lanes_of(lanes), ..Race::default() }),
            ("certificates", rest) => {
                let (half, name) = rest.split_once('/').unwrap_or((rest, ""));
                if !["", "read", "make"].contains(&half) {
                    problems.push(wrong(half, "read, make".into()));
                }
                let recipe = RecipeLink { name: decoded(name), ..RecipeLink::default() };
                Page::Certificates((half == "make").then_some(recipe))
            }
            (other, _) => return Err(wrong(other, SCREENS.join(", "))),
        };
        let mut route = Route { page, view: View::default() };
        for (name, value) in pairs(query) {
            if let Err(problem) = route.set(name, &decoded(value)) {
                problems.push(problem);
            }
        }
        match problems.into_iter().next() {
            None => Ok(route),
            Some(problem) => Err(RouteError { rest: Some(Box::new(route)), ..problem }),
        }
    }

    /// Whether every scenario and fault that it names is one.
    pub fn can_be_run(&self) -> bool {
        self.page.scenarios().iter().all(|text| Scenario::parse(text).is_ok())
    }

    /// Where a scenario or a fault is mistyped, which, and what was meant.
    fn slip(&self) -> Option<RouteError> {
        let meant = self.mended().map(Box::new)?;
        let mut texts = self.page.scenarios().into_iter();
        let part = texts.find(|text| Scenario::parse(text).is_err())?;
        Some(RouteError { part, allowed: String::new(), rest: None, meant: Some(meant) })
    }

    /// Where no step has the title that is asked for, what was meant, or else the titles that there are.
    fn wrong_title(&self, titles: &[String]) -> Option<RouteError> {
        let word = self.view.titled.as_ref()?;
        if titles.is_empty() || titles.contains(word) {
            return None;
        }
        let with = |titled: Option<&str>| {
            let view = View { titled: titled.map(String::from), ..self.view.clone() };
            Box::new(Route { page: self.page.clone(), view })
        };
        let near = nearest(word, titles.iter().map(String::as_str));
        let mut allowed: Vec<&str> = Vec::new();
        for title in titles.iter().filter(|_| near.is_none()) {
            if !allowed.contains(&title.as_str()) {
                allowed.push(title);
            }
        }
        Some(RouteError {
            part: format!("step={word}"),
            allowed: allowed.join(", "),
            rest: Some(with(None)),
            meant: near.map(|near| with(Some(near))),
        })
    }

    fn mended(&self) -> Option<Route> {
        let text = |text: &String| Scenario::meant(text).unwrap_or_else(|| text.clone());
        let page = match &self.page {
            Page::Lab(scenario) => Page::Lab(text(scenario)),
            Page::Compare(a, b) => Page::Compare(text(a), text(b)),
            Page::StolenKey(a, b) => Page::StolenKey(text(a), text(b)),
            Page::Race(race) => {
                let lanes: Vec<String> = race::split(&race.lanes).iter().map(text).collect();
                Page::Race(Race { lanes: lanes.join(","), ..race.clone() })
            }
            Page::Faults(list) => Page::Faults(FaultList { run: text(&list.run), ..list.clone() }),
            Page::Fault(id, base) => {
                let id = nearest(id, FAULTS.iter().map(|fault| fault.id)).unwrap_or(id);
                Page::Fault(id.into(), text(base))
            }
            Page::Home
            | Page::Diagnose(_)
            | Page::Lessons
            | Page::Lesson(..)
            | Page::Study(..)
            | Page::Certificates(_) => return None,
        };
        let view = self.view.clone();
        (page != self.page).then_some(Route { page, view })
    }

    /// Sets what `name` stands for.
    fn set(&mut self, name: &str, value: &str) -> Result<(), RouteError> {
        let pair = &*if value.is_empty() { name.to_owned() } else { format!("{name}={value}") };
        let view = &mut self.view;
        match (&mut self.page, name) {
            // Of the frame, and not of what is shown in it.
            (_, EMBED | PLAY) => {}
            (_, SHOW) if FRAME_PARTS.contains(&value) => {}
            (_, SHOW) => return Err(wrong(pair, FRAME_PARTS.join(", "))),
            (Page::Race(race), "rtt") => race.rtt_ms = number(pair, value)?,
            (Page::Race(race), "fleet") => race.fleet = value.into(),
            (Page::Race(_), _) => return Err(wrong(pair, "rtt, fleet".into())),
            (Page::Faults(list), "run") => list.run = value.into(),
            (Page::Faults(list), "q") => list.words = value.into(),
            (Page::Faults(list), "who") => {
                let who = NOTICERS.into_iter().find(|who| *who == value);
                list.noticed_by = Some(who.ok_or_else(|| wrong(pair, NOTICERS.join(", ")))?);
            }
            (Page::Faults(_), _) => return Err(wrong(pair, "run, q, who".into())),
            (
                Page::Lesson(_, _, seed) | Page::Certificates(Some(RecipeLink { seed, .. })),
                "seed",
            ) => {
                *seed = Some(value.parse().map_err(|_| wrong(pair, "a number from 0".into()))?);
            }
            (Page::Certificates(Some(link)), "own") => link.own = value.into(),
            (_, "conn") => view.connection = Some(number(pair, value)? - 1),
            (_, "step") if value.contains(|c: char| c.is_ascii_alphabetic()) => {
                view.titled = Some(value.to_ascii_lowercase());
            }
            (_, "step") => {
                let allowed = "a number from 1, or a title such as client-hello";
                let step = number(pair, value).map_err(|_| wrong(pair, allowed.into()))?;
                view.step = Some(step - 1);
            }
            (_, "part") => view.part = number(pair, value)? - 1,
            (_, "zoom") => view.zoom = word(pair, value, Zoom::ALL, Zoom::word, Zoom::from_word)?,
            (_, "layer") => {
                view.layer = word(pair, value, Layer::ALL, Layer::word, Layer::from_word)?
            }
            (_, "as") => {
                view.perspective =
                    word(pair, value, Perspective::ALL, Perspective::word, Perspective::from_word)?;
            }
            (_, "panel") => {
                view.panel = Some(word(pair, value, Panel::ALL, Panel::word, Panel::from_word)?);
            }
            (_, "key") => view.key = Some(keys::current(value).into()),
            (_, "sel") => {
                view.selection = value
                    .split('.')
                    .map(str::parse)
                    .collect::<Result<_, _>>()
                    .map_err(|_| wrong(pair, "numbers with dots between them".into()))?;
            }
            _ => {
                let allowed =
                    "conn, step, part, zoom, layer, sel, as, panel, key, embed, show, play";
                return Err(wrong(pair, allowed.into()));
            }
        }
        Ok(())
    }
}

/// What is wrong with the link that `fragment` spells, and what was meant, as far as that can be told;
/// `None` where nothing is wrong that could be. `titles` are the words for the titles of the run's steps;
/// without any, those are not judged.
pub fn slip(fragment: &str, titles: &[String]) -> Option<RouteError> {
    let error = match Route::parse(fragment) {
        Ok(route) => return route.slip().or_else(|| route.wrong_title(titles)),
        Err(error) => error,
    };
    let meant = match error.rest {
        Some(_) => None,
        None => nearest(&error.part, SCREENS).map(|near| fragment.replacen(&error.part, near, 1)),
    };
    let meant = meant.and_then(|meant| Route::parse(&meant).ok()).map(Box::new);
    Some(RouteError { meant, ..error })
}

/// A screen about two scenarios, with a slash between them; a comma will do where both are there.
fn two(page: fn(String, String) -> Page, rest: &str) -> Page {
    if let Some((a, b)) = rest.split_once('/') {
        return page(decoded(a), decoded(b));
    }
    let rest = decoded(rest);
    match &race::split(&rest)[..] {
        [a, b] => page(a.clone(), b.clone()),
        _ => page(rest, String::new()),
    }
}

/// The lanes of a race, with commas between, where a link has slashes or commas. A slash that is not before
/// a scenario is part of the one before it.
fn lanes_of(rest: &str) -> String {
    let mut lanes = String::new();
    for piece in rest.split('/').map(decoded) {
        let mark = if race::begins_scenario(&piece) || !lanes.contains('+') { "," } else { "/" };
        lanes += if lanes.is_empty() { "" } else { mark };
        lanes += &piece;
    }
    lanes
}

/// Writes what [`two`] and [`lanes_of`] read.
fn write_texts(f: &mut fmt::Formatter<'_>, name: &str, texts: &[&str]) -> fmt::Result {
    let filled = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    write!(f, "#/{name}")?;
    texts.iter().take(filled).try_for_each(|text| write!(f, "/{}", encoded(text, "/?")))
}

/// `text` for a fragment: what may not stand there (RFC 3986, section 3.5) and the characters of
/// `marks`, which would end it, are percent-encoded.
fn encoded(text: &str, marks: &str) -> String {
    const PLAIN: &[u8] = b"-._~!$&'()*+,;=:@/?";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || PLAIN.contains(&byte);
        if is_plain && !marks.as_bytes().contains(&byte) {
            out.push(byte.into());
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

/// Undoes [`encoded`], and what programs that pass links on do to them. What is no encoding stays as
/// it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digit = |at: usize| char::from(*behind.get(at)?).to_digit(16);
        let byte = match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high << 4 | low).ok(),
            _ => None,
        };
        bytes.push(byte.unwrap_or(first));
        rest = behind.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// A count from 1.
fn number(part: &str, value: &str) -> Result<usize, RouteError> {
    match value.parse() {
        Ok(number @ 1..) => Ok(number),
        _ => Err(wrong(part, "a number from 1".into())),
    }
}

fn word<T: Copy>(
    part: &str,
    value: &str,
    all: &[T],
    name: fn(T) -> &'static str,
    find: fn(&str) -> Option<T>,
) -> Result<T, RouteError> {
    find(value).ok_or_else(|| {
        wrong(part, all.iter().map(|choice| name(*choice)).collect::<Vec<_>>().join(", "))
    })
}

fn wrong(part: &str, allowed: String) -> RouteError {
    RouteError { part: part.into(), allowed, rest: None, meant: None }
}

/// The fragment, with its `#`. Only what differs from the default is written.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut own = Vec::new();
        match &self.page {
            Page::Home => write!(f, "#/")?,
            Page::Lab(scenario) => write!(f, "#/lab/{}", encoded(scenario, "?"))?,
            Page::Faults(FaultList { run, words, noticed_by }) => {
                write!(f, "#/break")?;
                let who = noticed_by.unwrap_or_default();
                own = vec![("run", run.clone()), ("who", who.into()), ("q", words.clone())];
            }
            Page::Fault(id, base) => write_texts(f, "break", &[id, base])?,
            Page::Diagnose(case) => {
                let mark = if case.is_empty() { "" } else { "/" };
                write!(f, "#/break/{DIAGNOSE}{mark}{}", encoded(case, "?"))?;
            }
            Page::Lessons => write!(f, "#/learn")?,
            Page::Lesson(id, page, seed) => {
                write!(f, "#/learn/{}/{page}", encoded(id, "/?"))?;
                own = vec![("seed", seed.map_or(String::new(), |seed| seed.to_string()))];
            }
            Page::Study(study, rest) => {
                let mark = if rest.is_empty() { "" } else { "/" };
                write!(f, "#/learn/{}{mark}{}", study.word(), encoded(rest, "?"))?;
            }
            Page::Compare(a, b) => write_texts(f, "compare", &[a, b])?,
            Page::StolenKey(a, b) => write_texts(f, "stolen-key", &[a, b])?,
            Page::Race(race) => {
                let lanes = race::split(&race.lanes);
                let lanes: Vec<&str> = lanes.iter().map(String::as_str).collect();
                write_texts(f, "race", &lanes)?;
                own = vec![("rtt", race.rtt_ms.to_string()), ("fleet", race.fleet.clone())];
            }
            Page::Certificates(None) => write!(f, "#/certificates")?,
            Page::Certificates(Some(link)) => {
                write_texts(f, "certificates/make", &[&link.name])?;
                let seed = link.seed.map_or(String::new(), |seed| seed.to_string());
                own = vec![("seed", seed), ("own", link.own.clone())];
            }
        }
        let view = &self.view;
        let plain = View::default();
        let selection: Vec<String> = view.selection.iter().map(usize::to_string).collect();
        let pairs = [
            view.connection.map(|connection| format!("conn={}", connection + 1)),
            view.step.map(|step| format!("step={}", step + 1)),
            view.titled.as_ref().map(|word| format!("step={}", encoded(word, "&"))),
            (view.zoom != plain.zoom).then(|| format!("zoom={}", view.zoom.word())),
            (view.layer != plain.layer).then(|| format!("layer={}", view.layer.word())),
            (view.part != 0).then(|| format!("part={}", view.part + 1)),
            (!selection.is_empty()).then(|| format!("sel={}", selection.join("."))),
            (view.perspective != plain.perspective)
                .then(|| format!("as={}", view.perspective.word())),
            view.panel.map(|panel| format!("panel={}", panel.word())),
            view.key.as_ref().map(|key| format!("key={}", encoded(key, "&"))),
        ];
        let own = own.into_iter().filter(|(_, value)| !value.is_empty());
        let own = own.map(|(name, value)| format!("{name}={}", encoded(&value, "&")));
        let pairs: Vec<String> = own.chain(pairs.into_iter().flatten()).collect();
        if pairs.is_empty() { Ok(()) } else { write!(f, "?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::{FAULTS, Fault};
    use crate::scenario::{KEYS, PRESETS, Scenario};

    #[test]
    fn an_empty_fragment_is_the_default_link() {
        assert_eq!(Route::parse(""), Ok(Route::default()));
        assert_eq!(Route::parse("#/"), Ok(Route::default()));
    }

    #[test]
    fn a_link_without_a_step_is_the_whole_connection_and_without_a_panel_follows_the_step() {
        let view = Route::parse("#/lab/tls12").unwrap().view;
        assert_eq!((view.step, view.panel), (None, None));
        let view = Route::parse("#/lab/tls12?step=1&panel=keys").unwrap().view;
        assert_eq!((view.step, view.panel), (Some(0), Some(Panel::Keys)));
    }

    #[test]
    fn parsing_undoes_writing() {
        for text in [
            "#/lab/tls13",
            "#/lab/tls13-resumed?conn=1&step=4",
            "#/lab/tls13?step=1&panel=keys",
            "#/lab/tls13?step=client-hello&panel=keys",
            "#/break/cert-expired?step=certificate",
            "#/lab/tls12+group=secp384r1+seed=7?step=9&zoom=tcp&layer=packet&part=2&sel=0.2.1&as=eavesdropper&panel=knows&key=main_secret",
            "#/",
            "#/break",
            "#/break?run=tls12+seed=7&who=server&q=bad%20certificate%26",
            "#/break/cert-expired",
            "#/break/cert-expired/tls12+alpn=h2,http%2F1.1?step=4",
            "#/break/diagnose",
            "#/break/diagnose/one-line/7",
            "#/learn",
            "#/learn/your-first-handshake/3",
            "#/learn/your-first-handshake/3?seed=0&step=2",
            "#/learn/glossary",
            "#/learn/glossary/main-secret",
            "#/learn/interview/round/mid/30/7",
            "#/learn/practise/all/10/7?step=2",
            "#/compare",
            "#/compare/tls13+seed=7",
            "#/compare/tls12+alpn=h2,http%2F1.1/tls13?sel=3.4",
            "#/compare//tls13",
            "#/stolen-key",
            "#/stolen-key/tls12-rsa/tls13",
            "#/race/tls12/tls13-0rtt+seed=7?rtt=200&fleet=1.2,1000,10,0,50",
            "#/race/tls12+alpn=h2,http%2F1.1/tls13?rtt=80",
            "#/certificates",
            "#/certificates?sel=0.2",
            "#/certificates/make",
            "#/certificates/make/private-ca?seed=7",
            "#/certificates/make/private-ca?seed=7&own=12.eJx-_A",
        ] {
            assert_eq!(Route::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_slash_in_a_scenario_does_not_end_it() {
        let page = Page::Compare("tls13+alpn=http/1.1".into(), "tls12".into());
        let link = Route { page, view: View::default() };
        assert_eq!(link.to_string(), "#/compare/tls13+alpn=http%2F1.1/tls12");
        assert_eq!(Route::parse(&link.to_string()), Ok(link));
    }

    /// Every scenario that the lab can be asked for by one key, and those with a slash in them.
    fn scenarios() -> Vec<String> {
        let with_keys = PRESETS.iter().flat_map(|preset| {
            let scenario = Scenario::parse(preset.id).unwrap();
            let values = KEYS.iter().map(|key| (key.name, scenario.get(key.name).unwrap()));
            let texts = values.map(|(key, value)| format!("{}+{key}={value}", preset.id));
            texts.chain([preset.id.to_owned()]).collect::<Vec<_>>()
        });
        let faults = FAULTS.iter().map(|fault| fault.id.to_owned());
        let odd =
            ["tls13+alpn=h2,http/1.1", "a?b=c&d#e", "50%", "%2F", "%zz", "ä/ö", "\"<x> y", ""];
        with_keys.chain(faults).chain(odd.map(str::to_owned)).collect()
    }

    #[test]
    fn every_link_that_is_written_is_read_back() {
        for text in scenarios() {
            let pages = [
                Page::Home,
                Page::Lab(if text.is_empty() { "tls13".into() } else { text.clone() }),
                Page::Faults(FaultList {
                    run: text.clone(),
                    words: text.clone(),
                    noticed_by: Some("server"),
                }),
                Page::Fault("cert-expired".into(), text.clone()),
                Page::Diagnose(text.clone()),
                Page::Lessons,
                Page::Lesson(format!("x{text}"), 3, None),
                Page::Lesson(format!("x{text}"), 3, Some(7)),
                Page::Study(Study::Glossary, text.clone()),
                Page::Compare(text.clone(), "tls12+alpn=http/1.1".into()),
                Page::Compare("tls12".into(), text.clone()),
                Page::StolenKey(text.clone(), text.clone()),
                Page::Certificates(None),
                Page::Certificates(Some(RecipeLink {
                    name: text.clone(),
                    seed: Some(7),
                    own: text.clone(),
                })),
                Page::Race(Race {
                    lanes: race::split(&format!("tls12,{text}")).join(","),
                    fleet: text.clone(),
                    ..Race::default()
                }),
            ];
            let view = View { key: Some(text), step: Some(3), ..View::default() };
            for page in pages {
                let has_none = matches!(page, Page::Race(_) | Page::Faults(_));
                let view = if has_none { View::default() } else { view.clone() };
                let link = Route { page, view };
                let written = link.to_string();
                assert_eq!(Route::parse(&written), Ok(link), "{written}");
                let allowed = |b: u8| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b);
                assert!(written.bytes().all(allowed), "{written}");
            }
        }
    }

    #[test]
    fn what_other_programs_encode_is_decoded_once() {
        let lab = |text: &str| Page::Lab(text.into());
        for (fragment, page) in [
            ("#/lab/tls13%2Bseed%3D7", lab("tls13+seed=7")),
            ("#/lab/tls13+alpn=http%2f1.1", lab("tls13+alpn=http/1.1")),
            ("#/lab/%252F", lab("%2F")),
            ("#/lab/%ff", lab("%ff")),
            ("#/lab/%", lab("%")),
            (
                "#/compare/tls13%2Balpn=http%2F1.1/tls12",
                Page::Compare("tls13+alpn=http/1.1".into(), "tls12".into()),
            ),
        ] {
            assert_eq!(Route::parse(fragment).unwrap().page, page, "{fragment}");
        }
    }

    #[test]
    fn a_race_without_lanes_is_the_default_one() {
        let race = Route { page: Page::Race(Race::default()), view: View::default() };
        assert_eq!(Route::parse("#/race"), Ok(race.clone()));
        assert_eq!(race.to_string(), "#/race/tls12/tls13/tls13-0rtt/tls13-keepalive?rtt=80");
        assert!(Route::parse("#/race/tls12,tls13?rtt=0").is_err());
        assert!(Route::parse("#/race/tls12,tls13?step=2").is_err());
    }

    #[test]
    fn a_broken_link_names_the_part_and_what_is_allowed() {
        let error = Route::parse("#/lab/tls13?as=mallory").unwrap_err();
        assert_eq!(error.part, "as=mallory");
        assert_eq!(error.allowed, "client, server, eavesdropper");
        assert!(Route::parse("#/lab/tls13?step=0").is_err());
        assert!(Route::parse("#/lab/tls13?seed=7").is_err());
        assert!(Route::parse("#/learn/your-first-handshake/3?seed=x").is_err());
        assert!(Route::parse("#/lab/tls13-resumed?conn=0").is_err());
        assert!(Route::parse("#/nowhere").is_err());
        assert!(Route::parse("#/lab/tls13?sel=1.x").is_err());
    }

    #[test]
    fn a_step_is_named_by_its_number_or_its_title() {
        let view = |link: &str| Route::parse(link).unwrap().view;
        let titled = view("#/lab/tls13?step=Client-Hello");
        assert_eq!((titled.step, titled.titled.as_deref()), (None, Some("client-hello")));
        let numbered = view("#/lab/tls13?step=4");
        assert_eq!((numbered.step, numbered.titled), (Some(3), None));
        for wrong in ["0", "-1", "4.5", ""] {
            let error = Route::parse(&format!("#/lab/tls13?step={wrong}")).unwrap_err();
            assert!(error.allowed.contains("client-hello"), "{error}");
        }
    }

    #[test]
    fn a_title_that_no_step_has_is_told_with_what_was_meant() {
        let titles = ["syn", "client-hello", "certificate", "client-hello"].map(String::from);
        let slip = |link: &str| slip(link, &titles);
        assert_eq!(slip("#/lab/tls12?step=certificate"), None);
        assert_eq!(slip("#/lab/tls12?step=4"), None);
        let near = slip("#/lab/tls12?step=certifcate&as=server").unwrap();
        assert_eq!((&*near.part, &*near.allowed), ("step=certifcate", ""));
        let link = |route: Option<Box<Route>>| route.map(|route| route.to_string());
        let meant = "#/lab/tls12?step=certificate&as=server";
        assert_eq!(link(near.meant).as_deref(), Some(meant));
        assert_eq!(link(near.rest).as_deref(), Some("#/lab/tls12?as=server"));
        let far = slip("#/lab/tls12?step=banana").unwrap();
        assert_eq!((&*far.allowed, far.meant), ("syn, client-hello, certificate", None));
        // Before there is a run, no title is wrong.
        assert_eq!(super::slip("#/lab/tls12?step=banana", &[]), None);
    }

    /// What a broken link leads to instead.
    fn instead(link: &str) -> Option<String> {
        let slip = slip(link, &[])?;
        slip.meant.or(slip.rest).map(|route| route.to_string())
    }

    #[test]
    fn a_slip_in_a_link_is_mended() {
        for (link, meant) in [
            ("#/lbs/tls13", None),
            ("#/labs/tls12?step=4", Some("#/lab/tls12?step=4")),
            ("#/brake/cert-expired", Some("#/break/cert-expired")),
            ("#/lab/tsl13?step=4", Some("#/lab/tls13?step=4")),
            ("#/lab/tls13?as=mallory&step=4", Some("#/lab/tls13?step=4")),
            ("#/break/cert-expird", Some("#/break/cert-expired")),
            ("#/break?run=tls21", Some("#/break?run=tls12")),
            ("#/compare/tls12/tsl13?sel=3", Some("#/compare/tls12/tls13?sel=3")),
            ("#/race/tls12/tsl13", Some("#/race/tls12/tls13?rtt=80")),
            ("#/learn/your-first-handshake/x", Some("#/learn/your-first-handshake/1")),
            ("#/lab/tls13", None),
            ("#/lab/banana", None),
        ] {
            assert_eq!(instead(link).as_deref(), meant, "{link}");
        }
    }

    #[test]
    fn two_scenarios_and_more_are_read_with_slashes_and_with_commas() {
        let same = |a: &str, b: &str| assert_eq!(Route::parse(a), Route::parse(b), "{a}");
        same("#/compare/tls12,tls13", "#/compare/tls12/tls13");
        same("#/stolen-key/tls12-rsa,tls12", "#/stolen-key/tls12-rsa/tls12");
        same("#/race/tls12,tls13+seed=7", "#/race/tls12/tls13+seed=7");
        same("#/race/tls12+alpn=h2,http/1.1,tls13", "#/race/tls12+alpn=h2,http%2F1.1/tls13");
        same("#/compare/tls12+alpn=h2,http%2F1.1", "#/compare/tls12+alpn=h2,http%2F1.1/");
    }

    #[test]
    fn embed_may_stand_with_every_screen_and_changes_nothing_of_it() {
        for screen in SCREENS.map(|screen| format!("#/{screen}")).into_iter().chain(["#/".into()]) {
            let link = embedded(&screen, EMBED);
            assert_eq!(Route::parse(&link), Route::parse(&screen), "{link}");
            assert_eq!((frame(&link).as_deref(), frame(&screen)), (Some(EMBED), None), "{link}");
        }
        assert_eq!(embedded("#/lab/tls13?step=2", EMBED), "#/lab/tls13?step=2&embed");
        assert_eq!(frame("?embed").as_deref(), Some(EMBED));
        assert_eq!(frame("#/lab/embed"), None);
        assert_eq!(frame("#/lab/tls13?show=bytes&play"), None);
    }

    #[test]
    fn what_a_frame_shows_and_whether_it_plays_stands_beside_embed_on_every_screen() {
        for screen in SCREENS.map(|screen| format!("#/{screen}")).into_iter().chain(["#/".into()]) {
            for part in FRAME_PARTS {
                let wanted = format!("{EMBED}&show={part}&play");
                let link = embedded(&screen, &wanted);
                assert_eq!(Route::parse(&link), Route::parse(&screen), "{link}");
                assert_eq!(frame(&link), Some(wanted));
            }
        }
        let mixed = "#/lab/tls13?play&step=2&embed&zoom=records&show=story";
        assert_eq!(frame(mixed).as_deref(), Some("play&embed&show=story"));
        let unknown = Route::parse("#/lab/tls13?step=2&embed&show=sounds").unwrap_err();
        assert_eq!(&*unknown.part, "show=sounds");
        assert_eq!(unknown.allowed, FRAME_PARTS.join(", "));
        assert_eq!(unknown.rest.unwrap().to_string(), "#/lab/tls13?step=2");
    }

    #[test]
    fn what_draws_a_frame_before_the_program_knows_the_same_parts() {
        let boot = include_str!("../public/boot.js");
        assert!(boot.contains(&format!("{SHOW}=({})", FRAME_PARTS.join("|"))));
    }

    #[test]
    fn no_fault_stands_where_the_mysteries_do() {
        assert!(Fault::find(DIAGNOSE).is_none());
        assert!(nearest(DIAGNOSE, FAULTS.iter().map(|fault| fault.id)).is_none());
    }

    #[test]
    fn every_fault_has_an_address_that_means_the_run_it_was_made_of() {
        for preset in PRESETS {
            for fault in FAULTS {
                let text = format!("{}+seed=7+fault={}", preset.id, fault.id);
                let Ok(scenario) = Scenario::parse(&text) else { continue };
                let page = Page::of_fault(&scenario).unwrap();
                let link = page.href();
                assert!(link.starts_with(&format!("#/break/{}", fault.id)), "{link}");
                let [text] = &Route::parse(&link).unwrap().page.scenarios()[..] else { panic!() };
                assert_eq!(Scenario::parse(text).as_ref(), Ok(&scenario), "{link}");
            }
        }
        assert!(!Route::parse("#/break/tls13").unwrap().can_be_run());
        let usual = Scenario::parse("client-cert-missing").unwrap();
        assert_eq!(Page::of_fault(&usual).unwrap().href(), "#/break/client-cert-missing");
        assert_eq!(Page::of_fault(&Scenario::default()), None);
    }
}
