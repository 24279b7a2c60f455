//! Application data: opaque to TLS. The first line is shown where it is one of HTTP/1.1.

use super::cursor::{Cursor, or_opaque, printable};
use super::error::{WireError, octets};
use super::node::{Node, fields};

fields! {
    APPLICATION_DATA = "application_data", "",
        "What all of this is for: the bytes of the application, which TLS carries and never looks into. [RFC 9846, section 5.1]";
}

/// The tree of application data: one leaf.
pub fn application_data(bytes: &[u8]) -> Vec<Node> {
    or_opaque(bytes, read).0
}

/// The start line, if `bytes` begin with a request or response of HTTP/1 (RFC 9112, section 2.1).
pub fn http_start_line(bytes: &[u8]) -> Option<String> {
    let line = bytes.get(..512).unwrap_or(bytes);
    let line = line.get(..line.windows(2).position(|pair| pair == b"\r\n")?)?;
    let is_response = line.starts_with(b"HTTP/1.");
    let is_request = [&b" HTTP/1.0"[..], b" HTTP/1.1"].iter().any(|end| line.ends_with(end));
    (is_response || is_request).then(|| printable(line))
}

/// Bytes of the HTTP/1 message that `bytes` begin with, once it is whole: its head, and the body
/// of the length that Content-Length states (RFC 9112, section 6).
pub fn http_message_len(bytes: &[u8]) -> Option<usize> {
    http_start_line(bytes)?;
    let head_len = bytes.windows(4).position(|octets| octets == b"\r\n\r\n")? + 4;
    let body_len = http_field(bytes, "content-length").and_then(|value| value.parse().ok());
    let length = head_len.checked_add(body_len.unwrap_or(0))?;
    (bytes.len() >= length).then_some(length)
}

/// The value of the first field of this name in the head of an HTTP/1 message. Case does not matter.
pub fn http_field(message: &[u8], name: &str) -> Option<String> {
    let head_len = message.windows(4).position(|octets| octets == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(message.get(..head_len)?);
    head.lines().skip(1).find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn read(c: &mut Cursor<'_>) -> Result<(), WireError> {
    let start_line = http_start_line(c.peek());
    c.rest(&APPLICATION_DATA)?;
    if let (Some(line), Some(node)) = (start_line, c.last()) {
        node.display = format!("{line} ({})", octets(node.len()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_line_of_http_is_recognised() {
        let request = b"GET / HTTP/1.1\r\nHost: lab.example\r\n\r\n";
        assert_eq!(http_start_line(request).as_deref(), Some("GET / HTTP/1.1"));
        assert_eq!(http_start_line(b"HTTP/1.1 200 OK\r\n").as_deref(), Some("HTTP/1.1 200 OK"));
        assert_eq!(http_start_line(b"PRI * HTTP/2.0\r\n\r\n"), None);
        assert_eq!(http_start_line(b"GET / HTTP/1.1"), None);
    }

    #[test]
    fn application_data_is_one_leaf() {
        let nodes = application_data(b"GET / HTTP/1.1\r\n\r\n");
        assert_eq!(nodes.len(), 1);
        assert_eq!(nodes[0].display, "GET / HTTP/1.1 (18 bytes)");
        assert_eq!(nodes[0].value, crate::hex::encode(b"GET / HTTP/1.1\r\n\r\n"));
        assert!(application_data(b"").is_empty());
    }
}
