//! What the endpoints have to say to each other: HTTP/1.1 requests and their responses (RFC 9112).

use crate::plan::Close;

/// What a program does next.
pub enum Next {
    /// Wait for more.
    Wait,
    /// Wait for more, or until this virtual time, in microseconds.
    WaitUntil(u64),
    /// Send this.
    Send(Vec<u8>),
    /// Change the traffic keys, and ask the peer to change its own.
    UpdateKeys,
    /// Close the own direction of the connection, and read on.
    Close,
    /// End the connection with a RST.
    Abort,
}

/// One side of the conversation.
pub trait Application {
    /// What to do at virtual time `now_us`, where `received` is all that has come so far.
    fn next(&mut self, received: &[u8], now_us: u64) -> Next;

    /// Whether something is still missing after `received`, so that an end of the stream without
    /// close_notify would be the loss of it.
    fn needs_more(&self, _received: &[u8]) -> bool {
        false
    }

    /// The handshake is complete; this is the peer's certificate, if it showed one.
    fn established(&mut self, _certificate: Option<Vec<u8>>) {}
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

/// A request to make.
#[derive(Clone, Copy)]
pub struct Request {
    /// What it asks for.
    pub target: &'static str,
    /// How long it waits after the response before, in microseconds; the first goes out at once.
    pub pause_us: u64,
}

/// Makes its requests one after the other, reads each response to its end, and closes as it is told.
pub struct Client {
    host: String,
    requests: Vec<Request>,
    /// How many of them were made.
    asked: usize,
    /// When the next may go out, once the response to the last one is there.
    due_us: Option<u64>,
    update: Update,
    close: Close,
}

impl Client {
    /// A client that makes these requests of `host`, and in the end closes.
    pub fn new(host: String, requests: Vec<Request>, update: Update) -> Client {
        Client { host, requests, asked: 0, due_us: Some(0), update, close: Close::CloseNotify }
    }

    /// The same, ending in this way.
    pub fn closing(self, close: Close) -> Client {
        Client { close, ..self }
    }
}

impl Application for Client {
    fn next(&mut self, received: &[u8], now_us: u64) -> Next {
        let responses = whole_messages(received);
        if self.close == Close::HalfClose && self.asked == self.requests.len() {
            return Next::Close;
        }
        if responses < self.asked {
            return Next::Wait;
        }
        if self.update.take(responses) {
            return Next::UpdateKeys;
        }
        let Some(Request { target, pause_us }) = self.requests.get(self.asked) else {
            return if self.close == Close::Reset { Next::Abort } else { Next::Close };
        };
        let due_us = *self.due_us.get_or_insert(now_us + pause_us);
        if now_us < due_us {
            return Next::WaitUntil(due_us);
        }
        (self.asked, self.due_us) = (self.asked + 1, None);
        let host = &self.host;
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/plain\r\n\r\n");
        Next::Send(request.into_bytes())
    }

    fn needs_more(&self, received: &[u8]) -> bool {
        whole_messages(received) < self.asked
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
    fn next(&mut self, received: &[u8], _: u64) -> Next {
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

/// Bytes of the head, blank line included.
fn head_len(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|bytes| bytes == b"\r\n\r\n").map(|at| at + 4)
}

/// Bytes of the whole message, as its Content-Length has it.
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
        let mut client = client(&["/"], 0, Update::No);
        let Next::Send(request) = client.next(b"", 0) else { panic!("no request") };
        let response = answer(&mut Server::new(Update::No), &request);
        assert!(matches!(client.next(&response[..response.len() - 1], 0), Next::Wait));
        assert!(matches!(client.next(&response, 0), Next::Close));
    }

    /// A client with such a pause before each request.
    fn client(targets: &[&'static str], pause_us: u64, update: Update) -> Client {
        let requests = targets.iter().map(|target| Request { target, pause_us }).collect();
        Client::new("www.example.com".into(), requests, update)
    }

    /// What the server says to `received`.
    fn answer(server: &mut Server, received: &[u8]) -> Vec<u8> {
        let Next::Send(response) = server.next(received, 0) else { panic!("no response") };
        response
    }

    #[test]
    fn a_client_pauses_between_two_requests_and_closes_after_the_last() {
        let (mut client, mut server) =
            (client(&["/", "/"], 1000, Update::No), Server::new(Update::No));
        let Next::Send(mut requests) = client.next(b"", 5) else { panic!("no request") };
        let mut responses = answer(&mut server, &requests);
        assert!(matches!(client.next(&responses, 10), Next::WaitUntil(1010)));
        assert!(matches!(client.next(&responses, 1009), Next::WaitUntil(1010)));
        let Next::Send(second) = client.next(&responses, 1010) else { panic!("no request") };
        assert!(matches!(client.next(&responses, 1011), Next::Wait));
        requests.extend(second);
        responses.extend(answer(&mut server, &requests));
        assert!(matches!(client.next(&responses, 1020), Next::Close));
    }

    #[test]
    fn a_client_that_half_closes_does_so_behind_its_last_request_and_misses_the_response() {
        let mut client = client(&["/"], 0, Update::No).closing(Close::HalfClose);
        let Next::Send(request) = client.next(b"", 0) else { panic!("no request") };
        assert!(matches!(client.next(b"", 0), Next::Close));
        let response = answer(&mut Server::new(Update::No), &request);
        assert!(client.needs_more(&response[..response.len() - 1]));
        assert!(!client.needs_more(&response));
    }

    #[test]
    fn a_client_that_resets_reads_the_whole_response_first() {
        let mut client = client(&["/"], 0, Update::No).closing(Close::Reset);
        let Next::Send(request) = client.next(b"", 0) else { panic!("no request") };
        let response = answer(&mut Server::new(Update::No), &request);
        assert!(matches!(client.next(&response[..response.len() - 1], 0), Next::Wait));
        assert!(matches!(client.next(&response, 0), Next::Abort));
    }

    #[test]
    fn a_server_answers_a_whole_request_once() {
        let mut server = Server::new(Update::No);
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n", 0), Next::Wait));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n", 0), Next::Send(_)));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n", 0), Next::Wait));
    }

    #[test]
    fn keys_change_once_between_the_first_response_and_the_second_request() {
        let mut client = client(&["/", "/again"], 0, Update::Due);
        let mut server = Server::new(Update::Due);
        let mut sent = Vec::new();
        let mut came = Vec::new();
        let Next::Send(request) = client.next(&came, 0) else { panic!("no request") };
        sent.extend(request);
        let Next::Send(response) = server.next(&sent, 0) else { panic!("no response") };
        assert!(matches!(server.next(&sent, 0), Next::UpdateKeys));
        assert!(matches!(server.next(&sent, 0), Next::Wait));
        came.extend(response);
        assert!(matches!(client.next(&came, 0), Next::UpdateKeys));
        let Next::Send(request) = client.next(&came, 0) else { panic!("no second request") };
        assert!(request.starts_with(b"GET /again "));
        sent.extend(request);
        let Next::Send(response) = server.next(&sent, 0) else { panic!("no second response") };
        came.extend(response);
        assert!(matches!(client.next(&came, 0), Next::Close));
    }
}
