//! HTTP/1.1 messages that travel without TLS (RFC 9112): start line, field lines, content.

use super::application_data::http_start_line;
use super::cursor::{Cursor, or_opaque, printable};
use super::error::WireError;
use super::node::{Field, Node, fields};

fields! {
    REQUEST_LINE = "request-line", "",
        "What is asked for: method, target, version. [RFC 9112, section 3]";
    STATUS_LINE = "status-line", "",
        "How the request was answered. [RFC 9112, section 4]";
    METHOD = "method", "http.request.method", "";
    TARGET = "request-target", "http.request.uri", "";
    REQUEST_VERSION = "HTTP-version", "http.request.version", "";
    RESPONSE_VERSION = "HTTP-version", "http.response.version", "";
    STATUS_CODE = "status-code", "http.response.code", "";
    REASON = "reason-phrase", "http.response.phrase", "";
    SPACE = "SP", "", "";
    LINE_END = "CRLF", "", "";
    CONTENT = "content", "", "The body that the header fields describe. [RFC 9112, section 6]";
    FIELD_LINE = "field-line", "", "";
}

/// Fields with something to say about them, by name.
static KNOWN: &[Field] = &[
    Field::new(
        "Host",
        "",
        "The site that is meant: the same name as in SNI, for HTTP. [RFC 9110, section 7.2]",
    ),
    Field::new(
        "Via",
        "",
        "Who passed the message on, and in which version of HTTP it came. [RFC 9110, section 7.6.3]",
    ),
    Field::new(
        "Forwarded",
        "",
        "What the gateway knows of the client and the service would not: address, host, and whether it came by https. The service has to trust the gateway for it. [RFC 7239, section 4]",
    ),
    Field::new(
        "X-Forwarded-For",
        "",
        "The client's address, in the field that was in use before Forwarded was standardised.",
    ),
    Field::new(
        "X-Forwarded-Proto",
        "",
        "How the request came to the gateway: https, even where the inner hop has no TLS.",
    ),
    Field::new(
        "Client-Cert",
        "",
        "The certificate that the client showed the gateway, in Base64: the service never saw the handshake. [RFC 9440, section 2]",
    ),
];

/// The tree of an HTTP message.
pub fn message(bytes: &[u8]) -> Vec<Node> {
    or_opaque(bytes, read).0
}

fn text(octets: &[u8]) -> (String, String) {
    (String::new(), printable(octets))
}

/// Reads a word up to a space, and the space.
fn word(c: &mut Cursor<'_>, field: &'static Field) -> Result<(), WireError> {
    let len = c.peek().iter().position(|octet| *octet == b' ').unwrap_or(c.left());
    c.leaf(field, len, text)?;
    if !c.is_empty() {
        c.leaf(&SPACE, 1, |_| Default::default())?;
    }
    Ok(())
}

fn line_len(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair == b"\r\n")
}

fn read(c: &mut Cursor<'_>) -> Result<(), WireError> {
    let Some(line) = http_start_line(c.peek()) else {
        c.rest(&CONTENT)?;
        return Ok(());
    };
    let is_request = !line.starts_with("HTTP/");
    let (group, words): (_, [&'static Field; 3]) = if is_request {
        (&REQUEST_LINE, [&METHOD, &TARGET, &REQUEST_VERSION])
    } else {
        (&STATUS_LINE, [&RESPONSE_VERSION, &STATUS_CODE, &REASON])
    };
    c.group(group, |c| {
        let end = line_len(c.peek()).unwrap_or(c.left());
        let mut left = end;
        let [first, second, third] = words;
        for field in [first, second] {
            let before = c.left();
            word(c, field)?;
            left = left.saturating_sub(before - c.left());
        }
        c.leaf(third, left, text)?;
        c.leaf(&LINE_END, 2, |_| Default::default())?;
        Ok(line.clone())
    })?;
    while let Some(len) = line_len(c.peek()) {
        if len == 0 {
            c.leaf(&LINE_END, 2, |_| Default::default())?;
            break;
        }
        let name = c.peek().split(|octet| *octet == b':').next().unwrap_or_default();
        let known = KNOWN.iter().find(|field| field.name.as_bytes().eq_ignore_ascii_case(name));
        c.leaf(known.unwrap_or(&FIELD_LINE), len + 2, |line| {
            text(line.strip_suffix(b"\r\n").unwrap_or(line))
        })?;
    }
    let left = c.left();
    if left > 0 {
        c.leaf(&CONTENT, left, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_request_is_a_leaf() {
        let nodes = message(b"GET /a HTTP/1.1\r\nHost: b\r\nX: y\r\n\r\nrest");
        let names: Vec<&str> = nodes.iter().map(|node| node.field.name).collect();
        assert_eq!(names, ["request-line", "Host", "field-line", "CRLF", "content"]);
        let words: Vec<&str> = nodes[0].children.iter().map(|node| node.display.as_str()).collect();
        assert_eq!(words, ["GET", "", "/a", "", "HTTP/1.1", ""]);
        assert_eq!(nodes[1].display, "Host: b");
        assert_eq!(nodes.last().unwrap().end, 38);
    }

    #[test]
    fn what_is_no_http_is_content() {
        assert_eq!(message(b"\x16\x03\x01")[0].field.name, "content");
        assert!(message(b"").is_empty());
        // A start line with fewer words than it should have.
        assert_eq!(message(b"HTTP/1.1\r\n\r\n").last().unwrap().end, 12);
    }
}
