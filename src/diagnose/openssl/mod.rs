//! What OpenSSL 3.0 prints, from the bytes of a run. Tests hold each form to the real program.
//!
//! | file | what is in it |
//! |---|---|
//! | `verify` | which errors OpenSSL finds in a chain, in its order |
//! | `s_client` | what `openssl s_client` prints of a connection |
//! | `x509` | what `openssl x509` prints of a certificate |
//!
//! Left out is what belongs to one call of the program: `docs/diagnose.md` lists it.

pub mod s_client;
pub mod verify;
pub mod x509;

use crate::hex;
use crate::time;
use crate::tls::{AlertDescription, CipherSuite};

/// OpenSSL's reason for an alert that came: the prefix tells in which version it came up first, by OpenSSL's
/// own reckoning.
static ALERTS: &[(AlertDescription, &str)] = &[
    (AlertDescription::UNEXPECTED_MESSAGE, "sslv3 alert unexpected message"),
    (AlertDescription::BAD_RECORD_MAC, "sslv3 alert bad record mac"),
    (AlertDescription::RECORD_OVERFLOW, "tlsv1 alert record overflow"),
    (AlertDescription::HANDSHAKE_FAILURE, "sslv3 alert handshake failure"),
    (AlertDescription::BAD_CERTIFICATE, "sslv3 alert bad certificate"),
    (AlertDescription::UNSUPPORTED_CERTIFICATE, "sslv3 alert unsupported certificate"),
    (AlertDescription::CERTIFICATE_REVOKED, "sslv3 alert certificate revoked"),
    (AlertDescription::CERTIFICATE_EXPIRED, "sslv3 alert certificate expired"),
    (AlertDescription::CERTIFICATE_UNKNOWN, "sslv3 alert certificate unknown"),
    (AlertDescription::ILLEGAL_PARAMETER, "sslv3 alert illegal parameter"),
    (AlertDescription::UNKNOWN_CA, "tlsv1 alert unknown ca"),
    (AlertDescription::ACCESS_DENIED, "tlsv1 alert access denied"),
    (AlertDescription::DECODE_ERROR, "tlsv1 alert decode error"),
    (AlertDescription::DECRYPT_ERROR, "tlsv1 alert decrypt error"),
    (AlertDescription::PROTOCOL_VERSION, "tlsv1 alert protocol version"),
    (AlertDescription::INSUFFICIENT_SECURITY, "tlsv1 alert insufficient security"),
    (AlertDescription::INTERNAL_ERROR, "tlsv1 alert internal error"),
    (AlertDescription::MISSING_EXTENSION, "tlsv13 alert missing extension"),
    (AlertDescription::UNRECOGNIZED_NAME, "tlsv1 unrecognized name"),
    (AlertDescription::CERTIFICATE_REQUIRED, "tlsv13 alert certificate required"),
    (AlertDescription::NO_APPLICATION_PROTOCOL, "tlsv1 alert no application protocol"),
];

/// The part of an OpenSSL error code that stands for its SSL routines.
const SSL_ROUTINES: u32 = 0x0a00_0000;

/// What OpenSSL adds to an alert's code for its own.
const ALERT_REASONS: u32 = 1000;

/// An error of OpenSSL's SSL routines: its code, and the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SslError {
    /// `error:0A000419:SSL routines`, and the words.
    code: u32,
    words: &'static str,
}

impl SslError {
    /// The server's certificate has another key than the one that signed.
    pub const BAD_SIGNATURE: SslError = SslError { code: 0x7b, words: "bad signature" };
    /// What came is no record of TLS.
    pub const WRONG_VERSION: SslError = SslError { code: 0x10b, words: "wrong version number" };

    /// An alert came; `None` for one that this OpenSSL has no words for.
    pub fn alert(description: AlertDescription) -> Option<SslError> {
        let (_, words) = ALERTS.iter().find(|(one, _)| *one == description)?;
        Some(SslError { code: ALERT_REASONS + u32::from(description.0), words })
    }

    /// `error:0A000419:SSL routines::tlsv1 alert access denied`, as `openssl errstr` has it.
    pub fn text(&self) -> String {
        format!("error:{:08X}:SSL routines::{}", SSL_ROUTINES + self.code, self.words)
    }

    /// The alerts that there are words for.
    pub fn alerts() -> impl Iterator<Item = SslError> {
        ALERTS.iter().filter_map(|(description, _)| SslError::alert(*description))
    }
}

/// A name as OpenSSL prints it: `O = Lab, CN = lab.example`.
pub fn name(subject: &str) -> String {
    let parts = subject.split(", ").map(|part| part.replacen('=', " = ", 1));
    parts.collect::<Vec<_>>().join(", ")
}

/// A second since 1970 as OpenSSL prints it: `Jan  1 12:00:00 2026 GMT`.
pub fn date(at: i64) -> String {
    let [month, day, clock, year] = parts(at);
    format!("{month} {day:>2} {clock} {year} GMT")
}

/// The same as `date -u` prints it: `Thu Jan  1 12:00:00 UTC 2026`.
pub fn date_u(at: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let [month, day, clock, year] = parts(at);
    let weekday = usize::try_from(at.div_euclid(86_400).rem_euclid(7)).unwrap_or_default();
    let weekday = DAYS.get(weekday).unwrap_or(&"");
    format!("{weekday} {month} {day:>2} {clock} UTC {year}")
}

/// Month, day without its zero, time of day, year.
fn parts(at: i64) -> [String; 4] {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = time::text(at);
    let mut words = text.split([' ', '-']);
    let mut next = || words.next().unwrap_or_default().to_owned();
    let [year, month, day, clock] = [next(), next(), next(), next()];
    let month = month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    let day = day.trim_start_matches('0').to_owned();
    [month.unwrap_or(&"").to_string(), day, clock, year]
}

/// Bytes as OpenSSL prints identifiers: `9D:07:CE`.
pub fn identifier(bytes: &[u8]) -> String {
    let pairs = bytes.iter().map(|byte| hex::encode(&[*byte]).to_uppercase());
    pairs.collect::<Vec<_>>().join(":")
}

/// What OpenSSL calls a cipher suite: its own name before TLS 1.3.
pub fn cipher(suite: CipherSuite) -> String {
    let label = suite.label();
    let Some((exchange, rest)) = label.split_once("_WITH_") else { return label.into_owned() };
    let exchange = exchange.trim_start_matches("TLS_").replace('_', "-");
    let rest = rest.replace("AES_", "AES").replace("POLY1305_SHA256", "POLY1305").replace('_', "-");
    if exchange == "RSA" { rest } else { format!("{exchange}-{rest}") }
}
