//! Which certificate comes next: the issuer, found by name.

use super::{Draft, Judging};
use crate::story::certificate::Certificate;
use crate::story::format;
use crate::trace::ChainRefusal;

/// What stands behind a certificate in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The trusted root at this place of the roots.
    Root(usize),
    /// The certificate at this place of what was sent.
    Sent(usize),
    /// One at this place of what was sent that cannot be used, whatever its name.
    Unread(usize),
    /// Nothing: no certificate has the issuer's name.
    Nothing,
}

/// A way from the leaf up.
#[derive(Clone, Debug)]
pub struct Path {
    /// Places in what was sent, the leaf's first.
    pub sent: Vec<usize>,
    /// What stands behind the last of them.
    pub end: Next,
}

impl Path {
    /// What stands behind the certificate at `depth`, 0 being the leaf.
    fn next(&self, depth: usize) -> Next {
        self.sent.get(depth + 1).map_or(self.end, |place| Next::Sent(*place))
    }
}

/// How many certificates can stand between a leaf and a root, by webpki's limit.
const MOST_BETWEEN: usize = 6;

/// How many paths are looked at. An honest chain has two or three.
const MOST_PATHS: usize = 32;

/// The paths in the order in which they are tried.
pub fn paths(
    sent: &[Certificate],
    roots: &[Certificate],
    is_readable: fn(&Certificate) -> bool,
) -> Vec<Path> {
    let mut paths = Vec::new();
    if !sent.is_empty() {
        extend(sent, roots, is_readable, &mut vec![0], &mut paths);
    }
    paths
}

fn extend(
    sent: &[Certificate],
    roots: &[Certificate],
    is_readable: fn(&Certificate) -> bool,
    path: &mut Vec<usize>,
    paths: &mut Vec<Path>,
) {
    let Some(head) = path.last().and_then(|place| sent.get(*place)) else { return };
    let ending = |path: &[usize], end| Path { sent: path.to_vec(), end };
    let before = paths.len();
    for (place, root) in roots.iter().enumerate() {
        if root.subject_der == head.issuer_der {
            paths.push(ending(path, Next::Root(place)));
        }
    }
    for (place, candidate) in sent.iter().enumerate().skip(1) {
        if paths.len() >= MOST_PATHS {
            return;
        }
        let again = |earlier: &Certificate| {
            earlier.key_info == candidate.key_info && earlier.subject_der == candidate.subject_der
        };
        if candidate.subject_der != head.issuer_der {
            // It is read before its name is compared, and so may be the reason of a refusal.
            if !is_readable(candidate) {
                paths.push(ending(path, Next::Unread(place)));
            }
        } else if path.len() <= MOST_BETWEEN
            && !path.iter().filter_map(|place| sent.get(*place)).any(again)
        {
            path.push(place);
            extend(sent, roots, is_readable, path, paths);
            path.pop();
        }
    }
    if !paths.iter().skip(before).any(|path| !matches!(path.end, Next::Unread(_))) {
        paths.push(ending(path, Next::Nothing));
    }
}

/// Is there a certificate of the issuer, in this path?
pub fn link(judging: &Judging<'_>, path: &Path, depth: usize, tried: &[&Path]) -> Draft {
    let Some(certificate) = path.sent.get(depth).and_then(|place| judging.sent.get(*place)) else {
        return Draft::new("Is there a certificate?", "none".into(), false, RFC);
    };
    let next = path.next(depth);
    let mut detail = if certificate.is_own_issuer() {
        format!("issuer {}, which is itself", certificate.issuer())
    } else {
        format!("issuer {}", certificate.issuer())
    };
    match next {
        Next::Nothing => detail.push_str(&known(judging)),
        _ => detail.push_str(&format!("; the subject of {}", told(judging, next))),
    }
    let mut others = Vec::new();
    for other in tried.iter().filter(|other| other.sent.get(..=depth) == path.sent.get(..=depth)) {
        let other = told(judging, other.next(depth));
        if other != told(judging, next) && !others.contains(&other) {
            others.push(other);
        }
    }
    if !others.is_empty() {
        detail.push_str(&format!("; tried without success: {}", format::list(&others)));
    }
    let question = format!(
        "Is the issuer of `{}` a trusted root, or among those sent?",
        certificate.subject()
    );
    Draft::new(question, detail, next != Next::Nothing, RFC).or(ChainRefusal::UnknownIssuer)
}

const RFC: &str = "RFC 5280, section 6.1.3";

/// The names that there are, where none is the issuer's.
fn known(judging: &Judging<'_>) -> String {
    let subjects = |of: &[Certificate]| -> Vec<String> {
        of.iter().map(|certificate| certificate.subject().to_string()).collect()
    };
    let roots = subjects(&judging.roots);
    let sent = subjects(judging.sent.get(1..).unwrap_or_default());
    let roots = if roots.is_empty() {
        String::new()
    } else {
        format!("; trusted: {}", format::list(&roots))
    };
    if sent.is_empty() {
        format!("{roots}; the leaf was sent alone")
    } else {
        format!("{roots}; sent after the leaf: {}", format::list(&sent))
    }
}

fn told(judging: &Judging<'_>, next: Next) -> String {
    let sent =
        |place: usize| format!("certificate {} of the {} sent", place + 1, judging.sent.len());
    match next {
        Next::Root(_) if judging.roots.len() == 1 => "the trusted root".into(),
        Next::Root(place) => format!("trusted root {} of {}", place + 1, judging.roots.len()),
        Next::Sent(place) => sent(place),
        Next::Unread(place) => format!("{}, which cannot be used", sent(place)),
        Next::Nothing => "no certificate".into(),
    }
}
