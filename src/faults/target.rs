//! The server that somebody asks about, and its name in commands.

use std::net::IpAddr;

/// The port where none is named: that of HTTPS.
const USUAL_PORT: u16 = 443;

/// A host and a port, safe to stand in a line of the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A name, or an address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Target {
    /// Reads `host`, `host:port`, or what of a web address means the same.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right, in a line for a person. Nothing that means something to
    /// a shell is a host.
    pub fn parse(text: &str) -> Result<Target, String> {
        let text = text.trim();
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        let text = text.split(['/', '?', '#']).next().unwrap_or_default();
        let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((address, rest)) => (address, rest.strip_prefix(':')),
            None if text.parse::<IpAddr>().is_ok() => (text, None),
            None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
        };
        if !is_host(host) {
            return Err(format!(
                "“{host}” is no host: that is letters, digits, dots and hyphens, like www.example.com, or an address."
            ));
        }
        let port = match port {
            None => USUAL_PORT,
            Some(port) => number(port).ok_or_else(|| {
                format!("“{port}” is no port: that is a number from 1 to {}.", u16::MAX)
            })?,
        };
        Ok(Target { host: host.to_owned(), port })
    }

    /// The command for this server. `ADDRESS` stays where only the name is known.
    pub fn fill(&self, line: &str) -> String {
        let mut filled = String::new();
        let mut parts = parts(line).peekable();
        while let Some(part) = parts.next() {
            let is_address = self.host.parse::<IpAddr>().is_ok();
            match part {
                "PORT" => filled += &self.port.to_string(),
                "HOST" => self.write_host(&mut filled, parts.peek().copied()),
                "ADDRESS" if is_address => self.write_host(&mut filled, parts.peek().copied()),
                other => filled += other,
            }
        }
        filled
    }

    /// The host as it stands there: an address of IPv6 in brackets before a port and in a web address (RFC 3986,
    /// section 3.2.2).
    fn write_host(&self, before: &mut String, after: Option<&str>) {
        let has_port = after.is_some_and(|after| after.starts_with(':'));
        if self.host.contains(':') && (has_port || before.ends_with("//")) {
            *before += &format!("[{}]", self.host);
        } else {
            *before += &self.host;
        }
    }
}

/// Words, and what stands between them.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let other = |c: char| is_word(c) != is_word(first);
        let (part, after) = rest.split_at(rest.find(other).unwrap_or(rest.len()));
        rest = after;
        Some(part)
    })
}

/// Whether this is an address, or a name of at most 253 characters whose labels have at most 63 (RFC 1035, section
/// 2.3.4). Underscores are in names of hosts too, whatever their rules say.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && label.chars().all(allowed)
    };
    text.parse::<IpAddr>().is_ok() || text.len() <= 253 && text.split('.').all(is_label)
}

fn number(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FAULTS;

    fn read(text: &str) -> (String, u16) {
        let target = Target::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        (target.host, target.port)
    }

    #[test]
    fn a_host_is_read_with_a_port_without_one_and_from_a_web_address() {
        for (text, host, port) in [
            ("www.example.com", "www.example.com", 443),
            ("  localhost:8443 ", "localhost", 8443),
            ("https://www.example.com:9000/a?b#c", "www.example.com", 9000),
            ("127.0.0.1:1", "127.0.0.1", 1),
            ("[::1]:8443", "::1", 8443),
            ("::1", "::1", 443),
            ("my_host", "my_host", 443),
        ] {
            assert_eq!(read(text), (host.to_owned(), port), "{text}");
        }
    }

    #[test]
    fn what_a_shell_could_take_for_something_else_is_no_host() {
        for text in [
            "",
            ":443",
            "a b",
            "a;b",
            "$(id)",
            "`id`",
            "a'b",
            "-h",
            "a..b",
            "a.",
            "user@host",
            "a|b",
            "a&b",
            "a\nb",
            "*.example.com",
            "[::1",
            "bücher.example",
        ] {
            assert!(Target::parse(text).is_err(), "{text}");
        }
        for port in ["", "0", "65536", "+80", "https", "80;id"] {
            let why = Target::parse(&format!("host:{port}")).expect_err(port);
            assert!(why.contains("is no port"), "{why}");
        }
    }

    #[test]
    fn only_whole_words_are_filled_in_and_brackets_stand_where_a_port_follows() {
        let target = |text: &str| Target::parse(text).expect("a host");
        let line =
            "openssl s_client -connect HOST:PORT -servername HOST; ss 'sport = :PORT' HOSTS REPORT";
        let filled = target("a.example:8443").fill(line);
        assert_eq!(
            filled,
            "openssl s_client -connect a.example:8443 -servername a.example; ss 'sport = :8443' HOSTS REPORT"
        );
        let line = "curl https://HOST/ --resolve HOST:PORT:ADDRESS # IP:ADDRESS";
        assert_eq!(
            target("a.example").fill(line),
            "curl https://a.example/ --resolve a.example:443:ADDRESS # IP:ADDRESS"
        );
        assert_eq!(
            target("::1").fill(line),
            "curl https://[::1]/ --resolve [::1]:443:::1 # IP:::1"
        );
    }

    #[test]
    fn nothing_is_left_to_the_reader_in_any_command_of_any_fault() {
        let target = Target::parse("192.0.2.1:8443").expect("a host");
        let mut filled = 0;
        for fault in FAULTS {
            let words = fault.words();
            for command in words.symptoms.iter().chain(words.fix_commands) {
                let line = target.fill(command.line);
                let is_left = parts(&line).any(|part| matches!(part, "HOST" | "PORT" | "ADDRESS"));
                assert!(!is_left, "{}: {line}", fault.id);
                filled += usize::from(line != command.line);
            }
        }
        assert!(filled > 50, "{filled}");
    }
}
