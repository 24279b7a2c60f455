//! What goes over a connection, and how it ends.

use super::path::NO_GATEWAY;
use super::tls::Version;
use crate::scenario::Close;
use crate::scenario::key::{Key, NONE, Rule, Topic, choice, number, or_word, put, ready};

/// The most requests on one connection.
pub const MAX_REQUESTS: u32 = 9;

pub(in crate::scenario) const ALPN: Key = Key {
    name: "alpn",
    label: "ALPN",
    help: "the application protocols the client offers, most wanted first",
    topic: Topic::Http,
    values: |_| ready(&["h2,http/1.1", "http/1.1", NONE]),
    also: &["h2"],
    takes: Some(|| {
        format!(
            "names of letters, digits and / . - _, with commas between, at most {MAX_NAMES} of them \
             and {MAX_NAMES_LEN} bytes in all, or none"
        )
    }),
    set: |s, v| put(&mut s.alpn, or_word(v, NONE, protocols).map(Option::unwrap_or_default)),
    get: |s| if s.alpn.is_empty() { NONE.into() } else { s.alpn.join(",") },
    ..Key::ROW
};

pub(in crate::scenario) const REQUESTS: Key = Key {
    name: "requests",
    label: "requests",
    help: "how many requests the client makes on each connection",
    topic: Topic::Http,
    values: |_| ready(&["1", "2", "3"]),
    also: &["0"],
    rules: &[NO_GATEWAY],
    ..number!(requests: 0..=u64::from(MAX_REQUESTS))
};

pub(in crate::scenario) const CLOSE: Key = Key {
    name: "close",
    label: "close",
    help: "how the client ends each connection: close_notify after the response or (half-close, in TLS 1.3) right after its request, or RST",
    topic: Topic::Http,
    rules: &[
        Rule::needs(
            "version",
            |s| s.version == Version::Tls12 && s.close == Close::HalfClose,
            "in TLS 1.2 a close_notify ends both directions, and the response would have to be \
             discarded (RFC 5246, section 7.2.1)",
            "use version=1.3, or another close",
        ),
        NO_GATEWAY,
    ],
    ..choice!(close: Close)
};

/// The most application protocols that the client may offer: far fewer than a ClientHello can carry, so
/// that no length in it overflows.
const MAX_NAMES: usize = 16;

/// The longest list of them, in bytes of the text form.
const MAX_NAMES_LEN: usize = 512;

/// Names of protocols with commas between.
fn protocols(names: &str) -> Option<Vec<String>> {
    let fits = |name: &str| {
        (1..=255).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.-_".contains(&b))
    };
    let is_short = names.len() <= MAX_NAMES_LEN && names.split(',').count() <= MAX_NAMES;
    (is_short && names.split(',').all(fits)).then(|| names.split(',').map(str::to_owned).collect())
}
