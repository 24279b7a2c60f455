//! Names compared: a host's with those in a certificate (RFC 9525, section 6.3), and those in a
//! certificate with an authority's constraints (RFC 5280, section 4.2.1.10).

use crate::wire::x509::GeneralName;
use std::net::IpAddr;

const DNS: &str = "dNSName";
const IP: &str = "iPAddress";

/// Whether `wanted` is an address and not a host name.
pub fn is_address(wanted: &str) -> bool {
    wanted.parse::<IpAddr>().is_ok()
}

/// The kind of name that `wanted` is looked for among.
pub fn kind(wanted: &str) -> &'static str {
    if is_address(wanted) { IP } else { DNS }
}

/// Whether a name in a certificate covers the host or address `wanted`.
pub fn covers(presented: &GeneralName, wanted: &str) -> bool {
    match wanted.parse::<IpAddr>() {
        Ok(address) => presented.kind == IP && presented.value.parse() == Ok(address),
        Err(_) => presented.kind == DNS && covers_host(&presented.value, wanted),
    }
}

/// Letters in any case, and `*` for the whole of the first label, where two more follow: one `*` for
/// all of `.com` would be too much.
fn covers_host(presented: &str, wanted: &str) -> bool {
    let wanted = wanted.strip_suffix('.').unwrap_or(wanted);
    if presented.eq_ignore_ascii_case(wanted) {
        return true;
    }
    let parent = presented.strip_prefix("*.").filter(|parent| parent.contains('.'));
    let rest = wanted.split_once('.').map(|(_, rest)| rest);
    matches!((parent, rest), (Some(parent), Some(rest)) if parent.eq_ignore_ascii_case(rest))
}

/// Whether the constraints of an authority let certificates below it have this name: one of the
/// permitted names of its kind, if there are any, and none of the excluded ones.
pub fn is_allowed(name: &GeneralName, permitted: &[GeneralName], excluded: &[GeneralName]) -> bool {
    let same = |base: &&GeneralName| base.kind == name.kind;
    let mut wanted = permitted.iter().filter(same).peekable();
    let among = wanted.peek().is_none() || wanted.any(|base| is_within(name, base) == Some(true));
    among && excluded.iter().filter(same).all(|base| is_outside(name, base))
}

/// Whether a name is within a constraint of its kind; `None` for a kind that is not compared.
fn is_within(name: &GeneralName, base: &GeneralName) -> Option<bool> {
    match name.kind {
        DNS => Some(is_below(&name.value, &base.value)),
        IP => is_in_network(&name.value, &base.value),
        _ => None,
    }
}

fn is_outside(name: &GeneralName, base: &GeneralName) -> bool {
    let reaches = name.kind == DNS && covers_host(&name.value, &base.value);
    is_within(name, base) == Some(false) && !reaches
}

/// Whether labels in front of `base`, or none, make `name`; a dot at its start asks for one at least.
fn is_below(name: &str, base: &str) -> bool {
    let (name, base) = (name.to_ascii_lowercase(), base.to_ascii_lowercase());
    let Some(front) = name.strip_suffix(&base) else { return false };
    front.is_empty() || base.is_empty() || base.starts_with('.') || front.ends_with('.')
}

/// Whether an address is in a network, `192.0.2.0/255.255.255.0`.
fn is_in_network(address: &str, network: &str) -> Option<bool> {
    let (base, mask) = network.split_once('/')?;
    let bits = |text: &str| match text.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => Some((4, u128::from(address.to_bits()))),
        IpAddr::V6(address) => Some((6, address.to_bits())),
    };
    let (address, base, mask) = (bits(address)?, bits(base)?, bits(mask)?);
    Some(address.0 == base.0 && address.1 & mask.1 == base.1 & mask.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(kind: &'static str, value: &str) -> GeneralName {
        GeneralName { kind, value: value.into() }
    }

    #[test]
    fn a_wildcard_covers_one_label_only() {
        assert!(covers_host("*.example.com", "www.example.com"));
        assert!(covers_host("WWW.example.com", "www.Example.com"));
        assert!(!covers_host("*.example.com", "a.b.example.com"));
        assert!(!covers_host("*.example.com", "example.com"));
        assert!(!covers_host("example.com", "www.example.com"));
        assert!(!covers_host("*.com", "example.com"));
        assert!(!covers_host("w*.example.com", "www.example.com"));
    }

    #[test]
    fn an_address_is_found_among_addresses_only() {
        assert!(covers(&named(IP, "192.0.2.7"), "192.0.2.7"));
        assert!(!covers(&named(DNS, "192.0.2.7"), "192.0.2.7"));
        assert!(covers(&named(IP, "2001:db8::1"), "2001:db8:0::1"));
        assert!(!covers(&named(IP, "192.0.2.7"), "lab.example"));
    }

    #[test]
    fn constraints_count_for_names_of_their_kind() {
        let allowed =
            |name: &str, base: &str| is_allowed(&named(DNS, name), &[named(DNS, base)], &[]);
        assert!(allowed("www.example.com", "example.com"));
        assert!(allowed("example.com", "example.com"));
        assert!(allowed("*.example.com", "example.com"));
        assert!(!allowed("badexample.com", "example.com"));
        assert!(!allowed("example.com", ".example.com"));
        assert!(allowed("www.example.com", ""));
        let network = [named(IP, "192.0.2.0/255.255.255.0")];
        assert!(is_allowed(&named(DNS, "example.com"), &network, &[]));
        assert!(is_allowed(&named(IP, "192.0.2.9"), &network, &[]));
        assert!(!is_allowed(&named(IP, "192.0.3.9"), &network, &[]));
        assert!(!is_allowed(&named(IP, "192.0.2.9"), &[], &network));
        let evil = [named(DNS, "evil.example.com")];
        assert!(!is_allowed(&named(DNS, "*.example.com"), &[], &evil));
        assert!(is_allowed(&named(DNS, "example.com"), &[], &evil));
    }
}
