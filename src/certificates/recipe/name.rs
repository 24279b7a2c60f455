//! Names as recipes have them: the kind, a colon, and the name itself.

use crate::plan::{GeneralName, Name};
use std::net::IpAddr;

/// A kind of name in subjectAltName.
pub struct NameKind {
    /// What stands before the colon.
    pub word: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// One, without the word before it.
    pub example: &'static str,
    /// Reads what stands behind the colon; `None` where it is none.
    read: fn(&str) -> Option<GeneralName>,
}

/// All kinds, in the order of their menu.
pub static KINDS: &[NameKind] = &[
    NameKind {
        word: "dns",
        label: "host name",
        example: "www.example.com",
        read: |text| is_word(text).then(|| GeneralName::Dns(text.into())),
    },
    NameKind {
        word: "ip",
        label: "IP address",
        example: "192.0.2.1",
        read: |text| match text.parse().ok()? {
            IpAddr::V4(address) => Some(GeneralName::Ip(address.octets().into())),
            IpAddr::V6(address) => Some(GeneralName::Ip(address.octets().into())),
        },
    },
    NameKind {
        word: "email",
        label: "mail address",
        example: "ada@example.com",
        read: |text| is_word(text).then(|| GeneralName::Email(text.into())),
    },
    NameKind {
        word: "uri",
        label: "URI",
        example: "spiffe://example.com/orders",
        read: |text| is_uri(text).then(|| GeneralName::Uri(text.into())),
    },
    NameKind {
        word: "directory",
        label: "directory name",
        example: "O=Example, CN=Ada",
        read: |text| directory(text).map(GeneralName::Directory),
    },
    NameKind {
        word: "upn",
        label: "user of Windows (otherName)",
        example: "ada@example.com",
        read: |text| is_word(text).then(|| GeneralName::Other(UPN, text.into())),
    },
];

/// Microsoft's userPrincipalName, as DER's contents: 1.3.6.1.4.1.311.20.2.3.
const UPN: &[u8] = &[0x2b, 6, 1, 4, 1, 0x82, 0x37, 20, 2, 3];

/// The same in dotted form.
pub const UPN_DOTTED: &str = "1.3.6.1.4.1.311.20.2.3";

/// The name that a recipe writes like this.
///
/// # Errors
/// It is none; says how each kind is written.
pub fn parse(text: &str) -> Result<GeneralName, String> {
    let (word, name) = text.split_once(':').unwrap_or(("", text));
    let kind = KINDS.iter().find(|kind| kind.word == word);
    match kind.map(|kind| (kind, (kind.read)(name))) {
        Some((_, Some(name))) => Ok(name),
        Some((NameKind { label, example, .. }, None)) => {
            Err(format!("{name} is no {label}; write {word}:{example}"))
        }
        None => {
            let all: Vec<String> =
                KINDS.iter().map(|kind| format!("{}:{}", kind.word, kind.example)).collect();
            Err(format!("{text} is no name; write one of these: {}", all.join("; ")))
        }
    }
}

/// A name as a recipe writes it.
pub fn text(name: &GeneralName) -> String {
    match name {
        GeneralName::Dns(name) => format!("dns:{name}"),
        GeneralName::Email(address) => format!("email:{address}"),
        GeneralName::Ip(bytes) => format!("ip:{}", address(bytes)),
        GeneralName::Uri(uri) => format!("uri:{uri}"),
        GeneralName::Directory(name) => {
            let part = |key, value: &Option<String>| Some(format!("{key}={}", value.as_ref()?));
            let parts = [part("O", &name.organization), part("CN", &name.common_name)];
            format!("directory:{}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
        GeneralName::Other(_, text) => format!("upn:{text}"),
    }
}

/// The bytes of an address as text.
pub fn address(bytes: &[u8]) -> String {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    let v6 = || <[u8; 16]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| v6()).map_or_else(|_| crate::hex::encode(bytes), |address| address.to_string())
}

/// What stands in a command without being quoted.
fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_@*+".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// A scheme, a colon and more, without what separates names or means something in a file of OpenSSL's.
fn is_uri(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_~:/?@*+=%&".contains(&byte);
    let has_scheme = text.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !rest.is_empty()
    });
    has_scheme && text.bytes().all(plain)
}

/// `O=Example, CN=Ada`, either of them alone as well.
fn directory(text: &str) -> Option<Name> {
    let mut name = Name::default();
    for part in text.split(',') {
        let (key, value) = part.trim().split_once('=')?;
        let place = match key {
            "O" if name.common_name.is_none() => &mut name.organization,
            "CN" => &mut name.common_name,
            _ => return None,
        };
        if !super::check::is_plain(value) || place.replace(value.into()).is_some() {
            return None;
        }
    }
    Some(name)
}
