//! The host that is asked for, as people write it.

use pki_types::ServerName;

/// What to write where nothing can be made of what was written.
const FOR_EXAMPLE: &str = "a name like www.example.com, or an address like 192.0.2.7";

/// The host or address in what may be an address of the web: without scheme, port and path.
///
/// # Errors
/// There is none in it; what to write.
pub fn understood(written: &str) -> Result<&str, String> {
    let written = written.trim();
    let bare = bare(written);
    if is_host(bare) { Ok(bare) } else { Err(wrong(written, FOR_EXAMPLE)) }
}

/// Whether what was written is a host or an address, and nothing else.
///
/// # Errors
/// It is not; what to write.
pub fn check(written: &str) -> Result<(), String> {
    if is_host(written) {
        return Ok(());
    }
    Err(wrong(written, understood(written).unwrap_or(FOR_EXAMPLE)))
}

fn wrong(written: &str, instead: &str) -> String {
    format!("{written} is no host name; write {instead}")
}

fn is_host(name: &str) -> bool {
    ServerName::try_from(name).is_ok()
}

fn bare(written: &str) -> &str {
    let rest = written.split_once("://").map_or(written, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An address of version 6 has colons of its own, and stands in brackets where a port follows.
    if let Some((address, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address;
    }
    match rest.split_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_an_address_of_the_web_and_what_has_none_is_told() {
        for (written, host) in [
            ("www.example.com", "www.example.com"),
            (" www.example.com ", "www.example.com"),
            ("https://www.example.com/", "www.example.com"),
            ("https://www.example.com:8443/a?b=c#d", "www.example.com"),
            ("a.example:443", "a.example"),
            ("192.0.2.7:443", "192.0.2.7"),
            ("2001:db8::1", "2001:db8::1"),
            ("::1", "::1"),
            ("https://[2001:db8::1]:443/", "2001:db8::1"),
        ] {
            assert_eq!(understood(written), Ok(host), "{written}");
        }
        for written in ["not a host", "https://", "*.example.com", "ada@example.com", "a..b"] {
            let wrong = understood(written).unwrap_err();
            assert!(wrong.starts_with(&format!("{written} is no host name; write ")), "{wrong}");
        }
    }

    #[test]
    fn what_is_more_than_a_host_is_told_with_the_host_that_is_meant() {
        for host in ["www.example.com", "192.0.2.7", "2001:db8::1"] {
            assert_eq!(check(host), Ok(()), "{host}");
        }
        let wrong = check("https://www.example.com/").unwrap_err();
        assert_eq!(wrong, "https://www.example.com/ is no host name; write www.example.com");
        assert!(check("not a host").unwrap_err().contains("like 192.0.2.7"));
    }
}
