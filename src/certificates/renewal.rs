//! Two certificates beside each other, such as before and after a renewal: what counts, in words, and every
//! field that differs.

use super::read::Reading;
use super::told::or_empty;
use super::verdict::{Gravity, leaves};
use crate::compare::{self, Difference};
use crate::hex;
use crate::plan::DAY;
use crate::story::{Certificate, format};
use crate::time;
use crate::wire::x509;

/// What came of comparing two certificates.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// What counts, topic by topic.
    pub remarks: Vec<Remark>,
    /// The fields that differ; the old certificate's first in each.
    pub fields: Vec<Difference>,
}

/// What is said of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The topic.
    pub about: &'static str,
    /// Whether the two are not alike in it.
    pub differs: bool,
    /// Whether it asks for something to be done.
    pub gravity: Gravity,
    /// What it is, with the values.
    pub what: String,
}

/// A topic: its name, and what is said of it.
type Topic = (&'static str, fn(&Two) -> Said);

/// What a comparison is about, in order.
const TOPICS: &[Topic] = &[
    ("names", names),
    ("key", key),
    ("issuer", issuer),
    ("dates", dates),
    ("purpose", purpose),
    ("signature", signature),
    ("serial number", serial),
    ("size", size),
];

/// Whether the two differ, how much that matters, and the words.
struct Said(bool, Gravity, String);

impl Said {
    fn same(what: impl Into<String>) -> Said {
        Said(false, Gravity::Note, what.into())
    }

    fn other(what: impl Into<String>) -> Said {
        Said(true, Gravity::Note, what.into())
    }

    fn warning(what: impl Into<String>) -> Said {
        Said(true, Gravity::Warning, what.into())
    }
}

/// The two certificates, the old one first.
struct Two {
    old: Certificate,
    new: Certificate,
    sizes: [usize; 2],
}

/// Compares two certificates in DER. `None` if one cannot be read.
pub fn compare(old: &[u8], new: &[u8]) -> Option<Renewal> {
    let two = Two {
        old: Certificate::read(old)?,
        new: Certificate::read(new)?,
        sizes: [old.len(), new.len()],
    };
    let remark = |(about, say): &Topic| {
        let Said(differs, gravity, what) = say(&two);
        Remark { about, differs, gravity, what }
    };
    let [of_old, of_new] = [old, new].map(|der| x509::parse_or_opaque(der).0);
    let mut fields = compare::trees((old, &of_old), (new, &of_new));
    fields.sort_by_key(|field| field.nature);
    Some(Renewal { remarks: TOPICS.iter().map(remark).collect(), fields })
}

/// Of what was read the two leaves to be compared, the older first: where each stands, and its DER. `None` where
/// there are not two.
pub fn pair(reading: &Reading) -> Option<[(String, Vec<u8>); 2]> {
    let from = |der: &[u8]| Certificate::read(der).map_or(0, |one| one.validity().0);
    let mut leaves = leaves(reading);
    leaves.sort_by_key(|(_, der)| from(der));
    leaves.try_into().ok()
}

/// The certificate of what was read that is compared, in DER: its leaf, or else its first.
pub fn one(reading: &Reading) -> Option<Vec<u8>> {
    let leaf = leaves(reading).into_iter().next().map(|(_, der)| der);
    leaf.or_else(|| reading.certificates().next().map(<[u8]>::to_vec))
}

/// In a sentence: whether the new one can take the place of the old one.
pub fn lede(renewal: &Renewal) -> String {
    if renewal.fields.is_empty() {
        return "It is the same certificate, byte for byte.".into();
    }
    let about = |gravity: Option<Gravity>| {
        let counts =
            |one: &&Remark| one.differs && gravity.is_none_or(|wanted| one.gravity == wanted);
        let names = renewal.remarks.iter().filter(counts).map(|one| one.about.to_owned());
        names.collect::<Vec<String>>()
    };
    let (all, grave) = (about(None), about(Some(Gravity::Warning)));
    if grave.is_empty() {
        return format!(
            "The new one can take the place of the old one. Not the same: {}.",
            format::list(&all)
        );
    }
    format!(
        "Look at this before the new one takes the place of the old one: {}.",
        format::list(&grave)
    )
}

/// Those of `these` that are not among `others`, as a list; `None` where there are none.
fn without(these: &[String], others: &[String]) -> Option<String> {
    let left: Vec<String> = these.iter().filter(|one| !others.contains(one)).cloned().collect();
    (!left.is_empty()).then(|| format::list(&left))
}

fn names(two: &Two) -> Said {
    let (old, new) = (two.old.names(), two.new.names());
    let (gone, added) = (without(&old, &new), without(&new, &old));
    match (gone, added) {
        (None, None) if old.is_empty() => {
            Said::same("Neither has a subjectAltName: they are for no host.")
        }
        (None, None) => Said::same(format!("The same: {}.", format::list(&old))),
        (None, Some(added)) => Said::other(format!("All names of the old one, and new: {added}.")),
        (Some(gone), added) => {
            let added = added.map(|added| format!(" New: {added}.")).unwrap_or_default();
            Said::warning(format!(
                "No longer: {gone}. Clients that ask for it will refuse the new one.{added}"
            ))
        }
    }
}

fn key(two: &Two) -> Said {
    let [old, new] = [&two.old, &two.new].map(|one| x509::key_name(&one.summary().public_key));
    if two.old.key_info == two.new.key_info {
        return Said::same(format!(
            "The same key, {new}: the private key of before stays in use, and a pin on it holds."
        ));
    }
    let pins = "The server needs its private key too, and a pin on the old key no longer matches.";
    if old == new {
        return Said::other(format!("A new key of the same kind, {new}. {pins}"));
    }
    Said::other(format!("A new key of another kind: {new}, before {old}. {pins}"))
}

fn issuer(two: &Two) -> Said {
    let (old, new) = (&two.old, &two.new);
    let keys = [old, new].map(|one| one.summary().authority_key_id.clone());
    let chain =
        "Send the certificates of the new issuer behind it, and see that clients trust its root.";
    if old.issuer_der != new.issuer_der {
        return Said::warning(format!(
            "Another: {}, before {}. {chain}",
            or_empty(new.issuer()),
            or_empty(old.issuer())
        ));
    }
    match keys {
        [Some(of_old), Some(of_new)] if of_old != of_new => Said::warning(format!(
            "The same name, {}, but another key of it (authorityKeyIdentifier). {chain}",
            or_empty(new.issuer())
        )),
        _ => Said::same(format!("The same: {}.", or_empty(new.issuer()))),
    }
}

fn dates(two: &Two) -> Said {
    let ((old_from, old_to), (from, to)) = (two.old.validity(), two.new.validity());
    if (old_from, old_to) == (from, to) {
        return Said::same(format!("The same: {} to {}.", time::text(from), time::text(to)));
    }
    let days = |seconds: i64| {
        format::plural(usize::try_from(seconds / DAY as i64).unwrap_or_default(), "day")
    };
    let told = format!(
        "{} to {}, which is {}; before {} to {}, which is {}.",
        time::text(from),
        time::text(to),
        days(to - from + 1),
        time::text(old_from),
        time::text(old_to),
        days(old_to - old_from + 1)
    );
    if to <= old_to {
        return Said::warning(format!("{told} It does not last longer than the old one."));
    }
    if from > old_to {
        return Said::warning(format!(
            "{told} Between the two, neither is good ({}).",
            days(from - old_to - 1)
        ));
    }
    Said::other(format!(
        "{told} Both are good for {} together: change them then.",
        days(old_to - from + 1)
    ))
}

/// What a certificate may be used for.
fn uses(one: &Certificate) -> Vec<String> {
    let authority = one.is_ca().then(|| "an authority".to_owned());
    let usage = one.key_usage().iter().map(|usage| (*usage).to_owned());
    one.purposes().iter().cloned().chain(usage).chain(authority).collect()
}

fn purpose(two: &Two) -> Said {
    let (old, new) = (uses(&two.old), uses(&two.new));
    // Without the extension it is good for everything.
    let lost_none = two.new.purposes().is_empty();
    let lost = without(two.old.purposes(), two.new.purposes()).filter(|_| !lost_none);
    let narrowed = two.old.purposes().is_empty() && !lost_none;
    match (without(&old, &new), without(&new, &old)) {
        (None, None) if new.is_empty() => Said::same("Neither says what it is for."),
        (None, None) => Said::same(format!("The same: {}.", format::list(&new))),
        (gone, added) => {
            let part = |what: &str, list: Option<String>| {
                list.map(|list| format!("{what}: {list}. ")).unwrap_or_default()
            };
            let told = format!("{}{}", part("No longer", gone), part("New", added));
            match lost {
                Some(lost) => {
                    Said::warning(format!("{told}Where it is used for {lost}, it will be refused."))
                }
                None if narrowed => {
                    Said::warning(format!("{told}The old one was good for any purpose."))
                }
                None => Said::other(told.trim_end()),
            }
        }
    }
}

fn signature(two: &Two) -> Said {
    let (old, new) = (two.old.signature_algorithm(), two.new.signature_algorithm());
    if old == new {
        return Said::same(format!("By the same algorithm: {new}."));
    }
    Said::other(format!("By {new}, before by {old}."))
}

fn serial(two: &Two) -> Said {
    let (old, new) = (&two.old.summary().serial, &two.new.summary().serial);
    if old != new {
        return Said::other("Another, as it has to be.");
    }
    let is_one = two.old.issuer_der == two.new.issuer_der && two.old.signature != two.new.signature;
    let what = format!("The same: {}.", hex::encode(new));
    if is_one {
        // Firefox says SEC_ERROR_REUSED_ISSUER_AND_SERIAL.
        return Said::warning(format!(
            "{what} Two certificates of one issuer must not have the same: a revocation list means both, and Firefox \
             refuses the second that it meets."
        ));
    }
    Said::same(what)
}

fn size(two: &Two) -> Said {
    let [old, new] = two.sizes;
    if old == new {
        return Said::same(format!("The same: {}.", format::bytes(new)));
    }
    let (more, by) = if new > old { ("more", new - old) } else { ("less", old - new) };
    Said::other(format!(
        "{}, before {}: {} {more} in each full handshake.",
        format::bytes(new),
        format::bytes(old),
        format::bytes(by)
    ))
}
