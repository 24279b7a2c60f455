//! What the endpoints have to say to each other: HTTP/1.1 requests and their responses (RFC 9112).

/// What a program does next.
pub enum Next {
    /// Wait for more.
    Wait,
    /// Wait for more, or until this virtual time, in microseconds.
    WaitUntil(u64),
    /// Send this.
    Send(Vec<u8>),
    /// Close the connection.
    Close,
}

/// One side of the conversation.
pub trait Application {
    /// What to do at virtual time `now_us`, where `received` is all that has come so far.
    fn next(&mut self, received: &[u8], now_us: u64) -> Next;

    /// The handshake is complete; this is the peer's certificate, if it showed one.
    fn established(&mut self, _certificate: Option<Vec<u8>>) {}
}

/// Asks for `/` so many times, reads each response to its end, pauses in between, and closes.
pub struct Client {
    host: &'static str,
    /// Requests not yet made.
    left: u32,
    pause_us: u64,
    /// Whether a response is due.
    asked: bool,
    /// Octets of the responses that are complete.
    read: usize,
    /// When the next request may go out.
    resumes_us: u64,
}

impl Client {
    /// A client that makes `requests` for `/` of `host`, with `pause_us` microseconds between them.
    pub fn new(host: &'static str, requests: u32, pause_us: u64) -> Client {
        Client { host, left: requests, pause_us, asked: false, read: 0, resumes_us: 0 }
    }
}

impl Application for Client {
    fn next(&mut self, received: &[u8], now_us: u64) -> Next {
        if self.asked {
            let response = received.get(self.read..).unwrap_or_default();
            match response_len(response) {
                Some(length) if response.len() >= length => self.read += length,
                _ => return Next::Wait,
            }
            self.asked = false;
            self.resumes_us = now_us + self.pause_us;
        }
        if self.left == 0 {
            return Next::Close;
        }
        if now_us < self.resumes_us {
            return Next::WaitUntil(self.resumes_us);
        }
        (self.left, self.asked) = (self.left - 1, true);
        let host = self.host;
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/plain\r\n\r\n");
        Next::Send(request.into_bytes())
    }
}

/// Answers requests without a body, one by one.
#[derive(Default)]
pub struct Server {
    /// Octets of the requests that are answered.
    read: usize,
}

impl Application for Server {
    fn next(&mut self, received: &[u8], _: u64) -> Next {
        let Some(length) = head_len(received.get(self.read..).unwrap_or_default()) else {
            return Next::Wait;
        };
        self.read += length;
        let body = "Hello. This text came to you under the keys you just agreed on.\n";
        let response = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Next::Send(response.into_bytes())
    }
}

/// Octets of the head, blank line included.
fn head_len(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|octets| octets == b"\r\n\r\n").map(|at| at + 4)
}

/// Octets of the whole response, as its Content-Length has it.
fn response_len(message: &[u8]) -> Option<usize> {
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
        let mut client = Client::new("www.example.com", 1, 0);
        let Next::Send(request) = client.next(b"", 0) else { panic!("no request") };
        let response = answer(&mut Server::default(), &request);
        assert!(matches!(client.next(&response[..response.len() - 1], 0), Next::Wait));
        assert!(matches!(client.next(&response, 0), Next::Close));
    }

    /// What the server says to `received`.
    fn answer(server: &mut Server, received: &[u8]) -> Vec<u8> {
        let Next::Send(response) = server.next(received, 0) else { panic!("no response") };
        response
    }

    #[test]
    fn a_client_pauses_between_two_requests_and_closes_after_the_last() {
        let (mut client, mut server) = (Client::new("www.example.com", 2, 1000), Server::default());
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
    fn a_server_answers_a_whole_request_once() {
        let mut server = Server::default();
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n", 0), Next::Wait));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n", 0), Next::Send(_)));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n", 0), Next::Wait));
    }
}
