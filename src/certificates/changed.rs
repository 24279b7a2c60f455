//! What differs between what a recipe made and what it made before it was changed: fields of the objects, and words
//! of the commands.

use super::mint::{Form, Object, ObjectKind, Way};
use crate::time;
use crate::wire::x509::{self, Summary};

/// An object that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What kind of thing it is.
    pub kind: ObjectKind,
    /// What the recipe calls it.
    pub name: String,
    /// Whether there was none before.
    pub is_new: bool,
    /// The fields that differ.
    pub fields: Vec<Field>,
    /// The commands that differ: the program, and its lines.
    pub commands: Vec<(&'static str, Words)>,
}

/// A field that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub what: &'static str,
    /// What it was; empty for nothing.
    pub before: String,
    /// What it is; empty for nothing.
    pub now: String,
}

/// The lines of a program that have words which were not there, and the words that are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Each line's words, and whether each is new.
    pub lines: Vec<Vec<(String, bool)>>,
    /// Words that are not there any more.
    pub gone: Vec<String>,
}

/// The objects that were made before and are not any more.
pub fn gone(before: &[Object], now: &[Object]) -> Vec<(ObjectKind, String)> {
    let names = |all: &[Object]| -> Vec<(ObjectKind, String)> {
        all.iter().map(|one| (one.kind, one.name.clone())).collect()
    };
    let now = names(now);
    names(before).into_iter().filter(|one| !now.contains(one)).collect()
}

/// The objects that differ, in their order; those that are gone are told by [`gone`].
pub fn changed(before: &[Object], now: &[Object]) -> Vec<Changed> {
    let differs = |object: &Object| {
        let old = before.iter().find(|one| one.kind == object.kind && one.name == object.name);
        let fields = old.map(|old| fields(old, object)).unwrap_or_default();
        let ways = old.map(|old| {
            [
                ("OpenSSL", words(&old.openssl, &object.openssl)),
                ("keytool", words(&old.keytool, &object.keytool)),
            ]
        });
        let commands = ways.into_iter().flatten();
        let commands: Vec<_> = commands.filter_map(|(who, words)| Some((who, words?))).collect();
        let is_same = old.is_some() && fields.is_empty() && commands.is_empty();
        (!is_same).then(|| Changed {
            kind: object.kind,
            name: object.name.clone(),
            is_new: old.is_none(),
            fields,
            commands,
        })
    };
    now.iter().filter_map(differs).collect()
}

/// A fact: what it is called, and what it says.
type Fact = (&'static str, fn(&Summary) -> String);

/// The facts of a certificate or a request.
const FACTS: &[Fact] = &[
    ("version", |one| one.version.to_string()),
    ("serial number", |one| crate::hex::encode(&one.serial)),
    ("subject", |one| one.subject.clone()),
    ("issuer", |one| one.issuer.clone()),
    ("not before", |one| time::text(one.not_before)),
    ("not after", |one| time::text(one.not_after)),
    ("subjectAltName", |one| names(&one.subject_alt_names)),
    ("public key", |one| x509::key_name(&one.public_key)),
    ("keyUsage", |one| one.key_usage.join(", ")),
    ("extendedKeyUsage", |one| one.ext_key_usage.join(", ")),
    ("cA", |one| if one.is_ca { "TRUE".into() } else { "FALSE".into() }),
    ("pathLenConstraint", |one| one.path_len.map(|len| len.to_string()).unwrap_or_default()),
    ("permitted names", |one| names(&one.permitted_names)),
    ("subjectKeyIdentifier", |one| bytes(&one.subject_key_id)),
    ("authorityKeyIdentifier", |one| bytes(&one.authority_key_id)),
    ("signature algorithm", |one| one.signature_algorithm.clone()),
];

/// Of a request, which says nothing of these.
const OF_REQUESTS: [&str; 4] = ["subject", "subjectAltName", "public key", "signature algorithm"];

fn names(all: &[x509::GeneralName]) -> String {
    let each: Vec<String> = all.iter().map(|one| format!("{} {}", one.kind, one.value)).collect();
    each.join(", ")
}

fn bytes(id: &Option<Vec<u8>>) -> String {
    id.as_ref().map(|id| crate::hex::encode(id)).unwrap_or_default()
}

fn fields(before: &Object, now: &Object) -> Vec<Field> {
    let (Some(old), Some(new)) = (contents(before), contents(now)) else { return Vec::new() };
    if old == new {
        return Vec::new();
    }
    let read = |der: &[u8]| match now.kind {
        ObjectKind::Certificate => Some(x509::parse(der).ok()?.1),
        ObjectKind::Request => Some(x509::parse_request(der).ok()?.1),
        _ => None,
    };
    let mut fields = Vec::new();
    if let (Some(old), Some(new)) = (read(old), read(new)) {
        let is_asked = |what: &&str| now.kind != ObjectKind::Request || OF_REQUESTS.contains(what);
        for (what, fact) in FACTS.iter().filter(|(what, _)| is_asked(what)) {
            let (before, now) = (fact(&old), fact(&new));
            if before != now {
                fields.push(Field { what, before, now });
            }
        }
    }
    if fields.is_empty() {
        // What no field tells: another key, another signature, other certificates inside.
        let what = match now.kind {
            ObjectKind::Key => "key",
            ObjectKind::Certificate | ObjectKind::Request => "signature",
            ObjectKind::Bundle | ObjectKind::KeyStore | ObjectKind::TrustStore => "contents",
        };
        fields.push(Field { what, before: String::new(), now: "other bytes".into() });
    }
    fields
}

/// The bytes of an object, in DER where there is that.
fn contents(object: &Object) -> Option<&[u8]> {
    let der = object.files.iter().find(|file| file.form == Form::Der);
    der.or(object.files.first()).map(|file| file.bytes.as_slice())
}

/// `None` where nothing differs.
fn words(before: &Way, now: &Way) -> Option<Words> {
    if before == now {
        return None;
    }
    let lines = |way: &Way| match way {
        Way::Run(lines) => lines.clone(),
        Way::Cannot(why) => vec![format!("# cannot: {why}")],
    };
    let (old, new) = (lines(before).join(" \n "), lines(now).join(" \n "));
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let kept = common(&old, &new);
    let mut words = Words::default();
    for (line, at) in new.split(|word| *word == "\n").scan(0, |at, line| {
        let from = *at;
        *at += line.len() + 1;
        Some((line, from))
    }) {
        let is_new = |place: usize| !kept.iter().any(|(_, new)| *new == at + place);
        let marked: Vec<(String, bool)> =
            line.iter().enumerate().map(|(n, word)| ((*word).to_owned(), is_new(n))).collect();
        if marked.iter().any(|(_, is_new)| *is_new) {
            words.lines.push(marked);
        }
    }
    let is_gone =
        |(at, word): &(usize, &&str)| **word != "\n" && !kept.iter().any(|(old, _)| old == at);
    let gone = old.iter().enumerate().filter(is_gone);
    words.gone = gone.map(|(_, word)| (*word).to_owned()).collect();
    Some(words)
}

/// The places, in both, of the longest run of words that both have in this order.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    // How many follow from each place on, from the end.
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    let at = |table: &[u32], o: usize, n: usize| table.get(o * width + n).copied().unwrap_or(0);
    for (o, old) in old.iter().enumerate().rev() {
        for (n, new) in new.iter().enumerate().rev() {
            let best = if old == new {
                at(&longest, o + 1, n + 1) + 1
            } else {
                at(&longest, o + 1, n).max(at(&longest, o, n + 1))
            };
            if let Some(place) = longest.get_mut(o * width + n) {
                *place = best;
            }
        }
    }
    let (mut o, mut n) = (0, 0);
    let mut kept = Vec::new();
    while let (Some(one), Some(other)) = (old.get(o), new.get(n)) {
        if one == other {
            kept.push((o, n));
            (o, n) = (o + 1, n + 1);
        } else if at(&longest, o + 1, n) >= at(&longest, o, n + 1) {
            o += 1;
        } else {
            n += 1;
        }
    }
    kept
}
