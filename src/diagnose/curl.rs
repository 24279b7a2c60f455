//! What `curl -sSi https://HOST/` prints, by curl 7.88 with OpenSSL 3.0. Tests hold it to the real program.

use super::openssl::SslError;
use super::openssl::verify::VerifyError;
use super::talk::{Came, Talk};
use crate::dissect::MessageKind;
use crate::trace::Endpoint;

/// What follows where a certificate is refused.
const MORE: &str = "More details here: https://curl.se/docs/sslcerts.html\n\n\
    curl failed to verify the legitimacy of the server and therefore could not\n\
    establish a secure connection to it. To learn more about this situation and\n\
    how to fix it, please visit the web page mentioned above.\n";

/// curl's own exit statuses.
const NO_CONNECTION: u8 = 7;
const NO_HANDSHAKE: u8 = 35;
const NO_ANSWER: u8 = 56;
const NOT_VERIFIED: u8 = 60;

/// The library that its errors name.
const LIBRARY: &str = "OpenSSL/3.0.19";

/// What it prints; `None` where the connection ends in a way whose form is not known. `error` is the first that
/// OpenSSL finds in chain and name.
pub fn text(talk: Talk<'_>, error: Option<VerifyError>, host: &str) -> Option<String> {
    let came = talk.came()?;
    let failed = |status: u8, words: String| Some(format!("curl: ({status}) {words}\n"));
    if let Some(error) = error {
        let words = match error {
            VerifyError::HOST | VerifyError::ADDRESS => {
                // It does without the handshake's end to see that.
                format!(
                    "SSL: no alternative certificate subject name matches target host name '{host}'"
                )
            }
            _ => format!("SSL certificate problem: {}", error.text),
        };
        return failed(NOT_VERIFIED, format!("{words}\n{MORE}"))
            .map(|text| text.trim_end().to_owned() + "\n");
    }
    let library = |error: SslError| format!("{LIBRARY}: {}", error.text());
    match came {
        Came::Refused => failed(
            NO_CONNECTION,
            format!(
                "Failed to connect to {host} port 443 after {} ms: Couldn't connect to server",
                talk.first_answer_ms()?
            ),
        ),
        Came::Http => failed(NO_HANDSHAKE, library(SslError::WRONG_VERSION)),
        Came::BadSignature => failed(NO_HANDSHAKE, library(SslError::BAD_SIGNATURE)),
        Came::Alert { description, is_done: false } => {
            failed(NO_HANDSHAKE, library(SslError::alert(description)?))
        }
        Came::Alert { description, is_done: true } => {
            let error = library(SslError::alert(description)?);
            failed(NO_ANSWER, format!("OpenSSL SSL_read: {error}, errno 0"))
        }
        Came::Done => response(talk),
    }
}

/// The whole response, head and body.
pub fn response(talk: Talk<'_>) -> Option<String> {
    let is_data = |kind| matches!(kind, MessageKind::ApplicationData | MessageKind::Http);
    let messages = talk.messages(Endpoint::Server).filter(|message| is_data(message.kind));
    let bytes: Vec<u8> = messages.flat_map(|message| message.bytes.iter().copied()).collect();
    let text = String::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "))?;
    (length.trim().parse() == Ok(body.len())).then_some(text.clone())
}
