//! What the endpoints have to say to each other: HTTP/1.1 requests and their responses (RFC 9112).

/// What a program does next.
pub enum Next {
    /// Wait for more.
    Wait,
    /// Send this.
    Send(Vec<u8>),
    /// Change the traffic keys, and ask the peer to change its own.
    UpdateKeys,
    /// Close the connection.
    Close,
}

/// One side of the conversation.
pub trait Application {
    /// What to do, now that the connection is open and `received` is all that has come so far.
    fn next(&mut self, received: &[u8]) -> Next;
}

/// When an endpoint changes its keys: once, after the first response.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// It does not, or not any more.
    No,
    /// It does.
    Due,
}

impl Update {
    /// Whether to do it now, after so many responses.
    fn take(&mut self, responses: usize) -> bool {
        let due = *self == Update::Due && responses > 0;
        if due {
            *self = Update::No;
        }
        due
    }
}

/// Asks for its targets, one behind the other, reads the responses to their ends, and closes.
pub struct Client {
    host: &'static str,
    targets: &'static [&'static str],
    asked: usize,
    update: Update,
}

impl Client {
    /// A client that asks for `targets` of `host`.
    pub fn new(host: &'static str, targets: &'static [&'static str], update: Update) -> Client {
        Client { host, targets, asked: 0, update }
    }
}

impl Application for Client {
    fn next(&mut self, received: &[u8]) -> Next {
        let responses = whole_messages(received);
        if responses < self.asked {
            return Next::Wait;
        }
        if self.update.take(responses) {
            return Next::UpdateKeys;
        }
        let Some(target) = self.targets.get(self.asked) else { return Next::Close };
        self.asked += 1;
        let host = self.host;
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/plain\r\n\r\n");
        Next::Send(request.into_bytes())
    }
}

/// Answers every request.
pub struct Server {
    answered: usize,
    update: Update,
}

impl Server {
    /// A server that has answered nothing yet.
    pub fn new(update: Update) -> Server {
        Server { answered: 0, update }
    }
}

impl Application for Server {
    fn next(&mut self, received: &[u8]) -> Next {
        if self.update.take(self.answered) {
            return Next::UpdateKeys;
        }
        if whole_messages(received) <= self.answered {
            return Next::Wait;
        }
        self.answered += 1;
        let body = "Hello. This text came to you under the keys you just agreed on.\n";
        let response = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Next::Send(response.into_bytes())
    }
}

/// How many messages have come in whole.
fn whole_messages(mut received: &[u8]) -> usize {
    let next = || {
        let rest = received.get(message_len(received)?..)?;
        received = rest;
        Some(())
    };
    std::iter::from_fn(next).count()
}

/// Octets of the head, blank line included.
fn head_len(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|octets| octets == b"\r\n\r\n").map(|at| at + 4)
}

/// Octets of the whole message, as its Content-Length has it.
fn message_len(message: &[u8]) -> Option<usize> {
    let head_len = head_len(message)?;
    let head = std::str::from_utf8(message.get(..head_len)?).ok()?;
    let body_len = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    head_len.checked_add(body_len.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_waits_for_the_whole_body() {
        let mut client = Client::new("www.example.com", &["/"], Update::No);
        let Next::Send(request) = client.next(b"") else { panic!("no request") };
        let Next::Send(response) = Server::new(Update::No).next(&request) else {
            panic!("no response")
        };
        assert!(matches!(client.next(&response[..response.len() - 1]), Next::Wait));
        assert!(matches!(client.next(&response), Next::Close));
    }

    #[test]
    fn a_server_answers_a_whole_request_once() {
        let mut server = Server::new(Update::No);
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n"), Next::Wait));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n"), Next::Send(_)));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n"), Next::Wait));
    }

    #[test]
    fn keys_change_once_between_the_first_response_and_the_second_request() {
        let mut client = Client::new("www.example.com", &["/", "/again"], Update::Due);
        let mut server = Server::new(Update::Due);
        let mut sent = Vec::new();
        let mut came = Vec::new();
        let Next::Send(request) = client.next(&came) else { panic!("no request") };
        sent.extend(request);
        let Next::Send(response) = server.next(&sent) else { panic!("no response") };
        assert!(matches!(server.next(&sent), Next::UpdateKeys));
        assert!(matches!(server.next(&sent), Next::Wait));
        came.extend(response);
        assert!(matches!(client.next(&came), Next::UpdateKeys));
        let Next::Send(request) = client.next(&came) else { panic!("no second request") };
        assert!(request.starts_with(b"GET /again "));
        sent.extend(request);
        let Next::Send(response) = server.next(&sent) else { panic!("no second response") };
        came.extend(response);
        assert!(matches!(client.next(&came), Next::Close));
    }
}
