//! What the endpoints have to say to each other: one HTTP/1.1 request and its response (RFC 9112).

/// What a program does next.
pub enum Next {
    /// Wait for more.
    Wait,
    /// Send this.
    Send(Vec<u8>),
    /// Close the connection.
    Close,
}

/// One side of the conversation.
pub trait Application {
    /// What to do, now that the connection is open and `received` is all that has come so far.
    fn next(&mut self, received: &[u8]) -> Next;
}

/// Asks for `/`, reads the response to its end, and closes.
pub struct Client {
    host: &'static str,
    asked: bool,
}

impl Client {
    /// A client that asks for `/` of `host`.
    pub fn new(host: &'static str) -> Client {
        Client { host, asked: false }
    }
}

impl Application for Client {
    fn next(&mut self, received: &[u8]) -> Next {
        if !self.asked {
            self.asked = true;
            let host = self.host;
            let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/plain\r\n\r\n");
            return Next::Send(request.into_bytes());
        }
        match response_len(received) {
            Some(length) if received.len() >= length => Next::Close,
            _ => Next::Wait,
        }
    }
}

/// Answers one request.
#[derive(Default)]
pub struct Server {
    answered: bool,
}

impl Application for Server {
    fn next(&mut self, received: &[u8]) -> Next {
        if self.answered || head_len(received).is_none() {
            return Next::Wait;
        }
        self.answered = true;
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
        let mut client = Client::new("www.example.com");
        let Next::Send(request) = client.next(b"") else { panic!("no request") };
        let Next::Send(response) = Server::default().next(&request) else { panic!("no response") };
        assert!(matches!(client.next(&response[..response.len() - 1]), Next::Wait));
        assert!(matches!(client.next(&response), Next::Close));
    }

    #[test]
    fn a_server_answers_a_whole_request_once() {
        let mut server = Server::default();
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n"), Next::Wait));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n"), Next::Send(_)));
        assert!(matches!(server.next(b"GET / HTTP/1.1\r\n\r\n"), Next::Wait));
    }
}
