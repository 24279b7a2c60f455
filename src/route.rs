//! Deep links: the fragment of the page's address, as data.
//!
//! ```text
//! #/lab/tls13-resumed?conn=1
//! #/lab/tls13+seed=7?step=9&zoom=records&layer=record&sel=0.2.1&as=server&panel=keys&key=main_secret
//! #/break/cert-expired
//! #/learn/your-first-handshake/3?seed=7
//! #/compare/tls12/tls13?sel=3
//! #/stolen-key/tls12-rsa/tls13
//! #/race/tls12,tls13?rtt=200&fleet=1.3,1000000,20,20,40
//! ```
//!
//! A scenario's text form needs no escaping in a fragment; only where two stand beside each other, a
//! slash in one is written `%2F`. A fragment is split first, then each of its parts is decoded, once.
//! Views only ever change a [`Route`]; what is on screen follows from it, so that back, forward and
//! sharing work by themselves.

use crate::keys;
pub use crate::panel::Panel;
use crate::race;
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
    /// The lab, on a scenario in its text form.
    Lab(String),
    /// The catalogue of faults.
    BreakIt,
    /// The list of lessons.
    Lessons,
    /// One lesson, by id, at a page counted from 1, with the seed that its scenario is run with where
    /// that is not its own.
    Lesson(String, usize, Option<u64>),
    /// Two runs side by side, by the text forms of their scenarios; empty for what the screen is to
    /// choose. The selection holds the rows that are open.
    Compare(String, String),
    /// Recorded connections and the server's stolen key, by the text forms of their scenarios; empty
    /// for what the screen is to choose.
    StolenKey(String, String),
    /// A race, and below it the fleet calculator.
    Race(Race),
}

impl Page {
    /// A link to it, with nothing chosen there.
    pub fn href(self) -> String {
        Route { page: self, view: View::default() }.to_string()
    }
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
    /// Whether only the lab is shown, for use inside another page.
    pub embed: bool,
}

/// Why a link could not be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteError {
    /// The part of the link that is wrong.
    pub part: String,
    /// What is allowed there.
    pub allowed: String,
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "This link is broken at “{}”. Allowed here: {}.", self.part, self.allowed)
    }
}

impl std::error::Error for RouteError {}

impl Default for Route {
    fn default() -> Route {
        Route { page: Page::Lab("tls13".into()), view: View::default() }
    }
}

impl Route {
    /// The link that `fragment` (with or without its `#`) spells, percent-encoded as it stands in the
    /// address. An empty one is the default.
    ///
    /// # Errors
    /// Names the part that is wrong. Whether a scenario's text is valid is not judged here.
    pub fn parse(fragment: &str) -> Result<Route, RouteError> {
        let fragment = fragment.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut parts = path.splitn(2, '/');
        let mut page = match (parts.next().unwrap_or(""), parts.next().unwrap_or("")) {
            ("" | "lab", "") => Page::Lab("tls13".into()),
            ("lab", scenario) => Page::Lab(decoded(scenario)),
            ("break", "") => Page::BreakIt,
            ("learn", "") => Page::Lessons,
            ("learn", rest) => {
                let (id, page) = rest.split_once('/').unwrap_or((rest, "1"));
                Page::Lesson(decoded(id), number("page", page)?, None)
            }
            ("compare", rest) => two(Page::Compare, rest),
            ("stolen-key", rest) => two(Page::StolenKey, rest),
            ("race", "") => Page::Race(Race::default()),
            ("race", lanes) => Page::Race(Race { lanes: decoded(lanes), ..Race::default() }),
            (other, _) => {
                return Err(wrong(other, "lab, break, learn, compare, stolen-key, race".into()));
            }
        };
        let mut view = View::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = &*decoded(value);
            if let Page::Race(race) = &mut page {
                match name {
                    "rtt" => race.rtt_ms = number(pair, value)?,
                    "fleet" => race.fleet = value.into(),
                    _ => return Err(wrong(pair, "rtt, fleet".into())),
                }
                continue;
            }
            if let (Page::Lesson(_, _, seed), "seed") = (&mut page, name) {
                let number = value.parse().map_err(|_| wrong(pair, "a number from 0".into()))?;
                *seed = Some(number);
                continue;
            }
            match name {
                "conn" => view.connection = Some(number(pair, value)? - 1),
                "step" => view.step = Some(number(pair, value)? - 1),
                "part" => view.part = number(pair, value)? - 1,
                "zoom" => view.zoom = word(pair, value, Zoom::ALL, Zoom::word, Zoom::from_word)?,
                "layer" => {
                    view.layer = word(pair, value, Layer::ALL, Layer::word, Layer::from_word)?
                }
                "as" => {
                    view.perspective = word(
                        pair,
                        value,
                        Perspective::ALL,
                        Perspective::word,
                        Perspective::from_word,
                    )?;
                }
                "panel" => {
                    let panel = word(pair, value, Panel::ALL, Panel::word, Panel::from_word)?;
                    view.panel = Some(panel);
                }
                "key" => view.key = Some(keys::current(value).into()),
                "embed" => view.embed = true,
                "sel" => {
                    view.selection = value
                        .split('.')
                        .map(str::parse)
                        .collect::<Result<_, _>>()
                        .map_err(|_| wrong(pair, "numbers with dots between them".into()))?;
                }
                _ => {
                    let allowed = "conn, step, part, zoom, layer, sel, as, panel, key, embed";
                    return Err(wrong(pair, allowed.into()));
                }
            }
        }
        Ok(Route { page, view })
    }
}

/// A screen about two scenarios.
fn two(page: fn(String, String) -> Page, rest: &str) -> Page {
    let (a, b) = rest.split_once('/').unwrap_or((rest, ""));
    page(decoded(a), decoded(b))
}

/// Writes what [`two`] reads.
fn write_two(f: &mut fmt::Formatter<'_>, name: &str, texts: [&str; 2]) -> fmt::Result {
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
    RouteError { part: part.into(), allowed }
}

/// The fragment, with its `#`. Only what differs from the default is written.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Page::Lab(scenario) => write!(f, "#/lab/{}", encoded(scenario, "?"))?,
            Page::BreakIt => write!(f, "#/break")?,
            Page::Lessons => write!(f, "#/learn")?,
            Page::Lesson(id, page, _) => write!(f, "#/learn/{}/{page}", encoded(id, "/?"))?,
            Page::Compare(a, b) => write_two(f, "compare", [a, b])?,
            Page::StolenKey(a, b) => write_two(f, "stolen-key", [a, b])?,
            Page::Race(race) => write!(f, "#/race/{}", encoded(&race.lanes, "?"))?,
        }
        let (rtt, fleet) = match &self.page {
            Page::Race(race) => (Some(format!("rtt={}", race.rtt_ms)), race.fleet.as_str()),
            _ => (None, ""),
        };
        let seed = if let Page::Lesson(_, _, seed) = &self.page { *seed } else { None };
        let view = &self.view;
        let plain = View::default();
        let selection: Vec<String> = view.selection.iter().map(usize::to_string).collect();
        let pairs = [
            rtt,
            seed.map(|seed| format!("seed={seed}")),
            (!fleet.is_empty()).then(|| format!("fleet={}", encoded(fleet, "&"))),
            view.connection.map(|connection| format!("conn={}", connection + 1)),
            view.step.map(|step| format!("step={}", step + 1)),
            (view.zoom != plain.zoom).then(|| format!("zoom={}", view.zoom.word())),
            (view.layer != plain.layer).then(|| format!("layer={}", view.layer.word())),
            (view.part != 0).then(|| format!("part={}", view.part + 1)),
            (!selection.is_empty()).then(|| format!("sel={}", selection.join("."))),
            (view.perspective != plain.perspective)
                .then(|| format!("as={}", view.perspective.word())),
            view.panel.map(|panel| format!("panel={}", panel.word())),
            view.key.as_ref().map(|key| format!("key={}", encoded(key, "&"))),
            view.embed.then(|| "embed".to_string()),
        ];
        let pairs: Vec<String> = pairs.into_iter().flatten().collect();
        if pairs.is_empty() { Ok(()) } else { write!(f, "?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FAULTS;
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
            "#/lab/tls12+group=secp384r1+seed=7?step=9&zoom=tcp&layer=packet&part=2&sel=0.2.1&as=eavesdropper&panel=knows&key=main_secret&embed",
            "#/break",
            "#/learn",
            "#/learn/your-first-handshake/3",
            "#/learn/your-first-handshake/3?seed=0&step=2",
            "#/compare",
            "#/compare/tls13+seed=7",
            "#/compare/tls12+alpn=h2,http%2F1.1/tls13?sel=3.4",
            "#/compare//tls13",
            "#/stolen-key",
            "#/stolen-key/tls12-rsa/tls13",
            "#/race/tls12,tls13-0rtt+seed=7?rtt=200&fleet=1.2,1000,10,0,50",
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
                Page::Lab(if text.is_empty() { "tls13".into() } else { text.clone() }),
                Page::BreakIt,
                Page::Lessons,
                Page::Lesson(format!("x{text}"), 3, None),
                Page::Lesson(format!("x{text}"), 3, Some(7)),
                Page::Compare(text.clone(), "tls12+alpn=http/1.1".into()),
                Page::Compare("tls12".into(), text.clone()),
                Page::StolenKey(text.clone(), text.clone()),
                Page::Race(Race {
                    lanes: format!("tls12,{text}"),
                    fleet: text.clone(),
                    ..Race::default()
                }),
            ];
            let view = View { key: Some(text), step: Some(3), embed: true, ..View::default() };
            for page in pages {
                let view =
                    if matches!(page, Page::Race(_)) { View::default() } else { view.clone() };
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
        assert_eq!(race.to_string(), "#/race/tls12,tls13,tls13-0rtt,tls13-keepalive?rtt=80");
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
}
