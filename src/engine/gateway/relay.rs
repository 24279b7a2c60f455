//! A gateway that is a server of HTTP on one side and a client on the other, and the service.

use crate::base64;
use crate::engine::http::{Application, Next};
use crate::plan::Replacement;
use crate::wire::application_data::{http_field, http_message_len};
use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::rc::Rc;

/// What a client must not be able to say by itself, since the service trusts the gateway's word for
/// it (RFC 7239, section 8.1; RFC 9440, section 4).
const OWN_FIELDS: [&str; 4] = ["forwarded", "x-forwarded-for", "x-forwarded-proto", "client-cert"];

/// What goes through the gateway, and what it knows of the client.
#[derive(Debug, Default)]
pub struct Relay {
    /// The request as it came, once it is whole.
    pub request: Option<Vec<u8>>,
    /// The response, once it is whole.
    pub response: Option<Vec<u8>>,
    /// A response as it was and as it is passed on, where they differ.
    pub rewritten: Option<(Vec<u8>, Vec<u8>)>,
    certificate: Option<Vec<u8>>,
    replacements: Vec<Replacement>,
}

/// Both sides of the gateway have it.
pub type Shared = Rc<RefCell<Relay>>;

impl Relay {
    /// What the two sides of a gateway share that replaces this in responses.
    pub fn replacing(replacements: &[Replacement]) -> Shared {
        let replacements = replacements.to_vec();
        Rc::new(RefCell::new(Relay { replacements, ..Relay::default() }))
    }

    /// The response is whole: it is passed on as `replacements` say.
    fn answer(&mut self, response: &[u8]) {
        let passed_on = replaced(response, &self.replacements);
        if passed_on != response {
            self.rewritten = Some((response.to_vec(), passed_on.clone()));
        }
        self.response = Some(passed_on);
    }
}

/// A response with these replacements in its body, and with its Content-Length to match.
fn replaced(response: &[u8], replacements: &[Replacement]) -> Vec<u8> {
    let text = String::from_utf8_lossy(response);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return response.to_vec() };
    let changed = replacements
        .iter()
        .fold(body.to_owned(), |body, Replacement { text, by }| body.replace(text, by));
    if changed == body {
        return response.to_vec();
    }
    let length = |body: &str| format!("Content-Length: {}", body.len());
    let head = head.replace(&length(body), &length(&changed));
    format!("{head}\r\n\r\n{changed}").into_bytes()
}

/// What the gateway answers where it gets no response (RFC 9110, section 15.6.3).
pub const BAD_GATEWAY: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";

/// The side to the client: takes the request, and answers when the other side has the response.
pub struct Front(pub Shared);

impl Application for Front {
    fn next(&mut self, received: &[u8], _: u64) -> Next {
        let mut relay = self.0.borrow_mut();
        if relay.request.is_none() {
            relay.request =
                http_message_len(received).and_then(|len| received.get(..len)).map(Vec::from);
        }
        relay.response.take().map_or(Next::Wait, Next::Send)
    }

    fn established(&mut self, certificate: Option<Vec<u8>>) {
        self.0.borrow_mut().certificate = certificate;
    }
}

/// The side to the service: passes the request on, reads the response, and closes.
pub struct Back {
    relay: Shared,
    says: Says,
    asked: bool,
}

/// What the server is told of whom a request came through and from.
#[derive(Clone, Copy, Debug)]
pub struct Says {
    /// What the gateway calls itself (RFC 9110, section 7.6.3); `None` if it does not want to be noticed.
    pub own_name: Option<&'static str>,
    /// The client's address; `None` if it keeps to itself who asks.
    pub client: Option<Ipv4Addr>,
}

impl Back {
    /// Passes requests on, and says this of them.
    pub fn new(relay: Shared, says: Says) -> Back {
        Back { relay, says, asked: false }
    }
}

impl Application for Back {
    fn next(&mut self, received: &[u8], _: u64) -> Next {
        let mut relay = self.relay.borrow_mut();
        if !self.asked {
            let Some(request) = &relay.request else { return Next::Wait };
            self.asked = true;
            return Next::Send(forward(request, self.says, relay.certificate.as_deref()));
        }
        match http_message_len(received).and_then(|len| received.get(..len)) {
            Some(response) => {
                relay.answer(response);
                Next::Close
            }
            None => Next::Wait,
        }
    }
}

/// The request as the service gets it: with whom it came from, in the standard's field (RFC 7239) and
/// in those in wide use before it, and with the client's certificate (RFC 9440) where it showed one.
fn forward(request: &[u8], says: Says, certificate: Option<&[u8]>) -> Vec<u8> {
    let text = String::from_utf8_lossy(request);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let is_own = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        OWN_FIELDS.iter().any(|own| own.eq_ignore_ascii_case(name))
    };
    let mut forwarded: String =
        head.split("\r\n").filter(|line| !is_own(line)).map(|line| format!("{line}\r\n")).collect();
    let host = http_field(request, "host").unwrap_or_default();
    if let Some(name) = says.own_name {
        forwarded += &format!("Via: 1.1 {name}\r\n");
    }
    if let Some(client) = says.client {
        forwarded += &format!("Forwarded: for={client};host={host};proto=https\r\n");
        forwarded += &format!("X-Forwarded-For: {client}\r\nX-Forwarded-Proto: https\r\n");
        if let Some(certificate) = certificate {
            forwarded += &format!("Client-Cert: :{}:\r\n", base64::encode(certificate));
        }
    }
    format!("{forwarded}\r\n{body}").into_bytes()
}

/// The service: answers each request with what it was told of the client.
pub struct Service {
    /// What it calls itself.
    name: &'static str,
    /// Bytes of the requests that are answered.
    read: usize,
}

impl Service {
    /// One that calls itself so.
    pub fn new(name: &'static str) -> Service {
        Service { name, read: 0 }
    }
}

impl Application for Service {
    fn next(&mut self, received: &[u8], _: u64) -> Next {
        let rest = received.get(self.read..).unwrap_or_default();
        let Some(request) = http_message_len(rest).and_then(|len| rest.get(..len)) else {
            return Next::Wait;
        };
        self.read += request.len();
        let told = match http_field(request, "x-forwarded-for") {
            Some(client) => format!("I was told that you asked from {client}."),
            None => "Nobody told me where you asked from.".to_owned(),
        };
        let known = match http_field(request, "client-cert") {
            Some(_) => " I was given your certificate.",
            None => "",
        };
        let body = format!("Hello from the {}. {told}{known}\n", self.name);
        let response = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Next::Send(response.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAYS: Says =
        Says { own_name: Some("gateway"), client: Some(Ipv4Addr::new(192, 0, 2, 1)) };

    #[test]
    fn what_is_replaced_keeps_its_length_right() {
        let response = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        let replacement = Replacement { text: "hello", by: "good morning" };
        let changed = replaced(response, &[replacement]);
        assert_eq!(changed, b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\ngood morning");
        assert_eq!(http_message_len(&changed), Some(changed.len()));
        let other = Replacement { text: "HTTP", ..replacement };
        assert_eq!(replaced(response, &[other]), response);
    }

    #[test]
    fn a_forwarded_request_says_whom_it_came_from() {
        let request = b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
        let forwarded = forward(request, SAYS, Some(b"foo"));
        assert_eq!(
            http_field(&forwarded, "forwarded").as_deref(),
            Some("for=192.0.2.1;host=www.example.com;proto=https")
        );
        assert_eq!(http_field(&forwarded, "x-forwarded-for").as_deref(), Some("192.0.2.1"));
        assert_eq!(http_field(&forwarded, "client-cert").as_deref(), Some(":Zm9v:"));
        assert_eq!(http_message_len(&forwarded), Some(forwarded.len()));
    }

    #[test]
    fn what_a_client_claims_in_the_gateways_fields_is_not_passed_on() {
        let request =
            b"GET / HTTP/1.1\r\nHost: a\r\nx-forwarded-for: 10.0.0.1\r\nClient-Cert: :AA==:\r\n\r\n";
        let forwarded = String::from_utf8(forward(request, SAYS, None)).unwrap();
        assert!(!forwarded.contains("10.0.0.1") && !forwarded.contains("AA=="), "{forwarded}");
    }
}
