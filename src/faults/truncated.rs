//! Someone on the path cuts the server's response off.

use super::commands::{CURL, DISTANCE};
use super::needs::{A_REQUEST, NO_EARLY_DATA, WHOLE_RECORDS};
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use crate::plan::{Change, Tamper};
use crate::trace::{Endpoint, Fate};
use rustls::ContentType;

pub static FAULT: Fault = Fault {
    id: "truncated",
    title: "Truncated response",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[
        NO_EARLY_DATA,
        A_REQUEST,
        WHOLE_RECORDS,
        Need {
            key: "close",
            values: &["close-notify"],
            reason: "it tells how both ends miss the other's close_notify",
        },
        Need { key: "loss", values: &["0"], reason: "the forged FIN could get lost itself" },
    ],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Server,
            ContentType::ApplicationData,
            0,
            Change::Whole(Fate::CutOff),
        ));
    },
    expect: |_| Outcome::broken_off(Endpoint::Client),
};

pub static WORDS: Words = Words {
    summary: "In place of the server's response the client gets a forged FIN: the connection seems to be over.",
    cause: "FIN belongs to TCP, which is not protected: anyone on the path can forge one, so that the \
            client takes what it has for everything, a list of revoked certificates without its end, a \
            page without its warning. TLS has close_notify for that: it is a record like any other, and \
            cannot be forged (RFC 9846, section 6.1). The client has not seen it when the FIN comes, and \
            reports the data as cut off. There is no alert for it. Many servers leave close_notify out, \
            so many clients look at the length that HTTP states instead, and OpenSSL 3 needs \
            SSL_OP_IGNORE_UNEXPECTED_EOF to put up with it. The server hears nothing but the client's \
            FIN, and misses the client's close_notify in turn.",
    unnoticed: "The client would take what it has for everything: an empty answer, or a list without its \
                end.",
    symptoms: &[
        Command {
            what: "Asks, and says whether the end was announced: curl says \"unexpected eof\" or \"transfer closed with ... bytes remaining\".",
            line: CURL.line,
        },
        Command {
            what: "Shows each record: a close_notify (warning, 0) should be the last.",
            line: "printf 'GET / HTTP/1.1\\r\\nHost: HOST\\r\\nConnection: close\\r\\n\\r\\n' | openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -msg -ign_eof",
        },
        Command {
            what: "Compares the ends of both captures: a FIN at the client that the server did not send.",
            line: "tshark -r client.pcapng -Y tcp.flags.fin==1 -T fields -e frame.time -e ip.src -e tcp.seq",
        },
    ],
    fix: "Treat a FIN without close_notify as an error, as the standard has it, or check the length \
          that the application's protocol states. Find who forges the FIN.",
    remedies: &[Remedy::WholeResponse],
    fix_commands: &[
        Command {
            what: "Asks again, by another network.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem https://HOST:PORT/",
        },
        DISTANCE,
    ],
};
