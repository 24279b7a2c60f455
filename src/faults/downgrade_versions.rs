//! Someone on the path strikes TLS 1.3 out of the ClientHello.

use super::commands::{CAPTURE_BOTH, DISTANCE, MEND_THE_PATH, PAYLOADS};
use super::{Command, Fault, Group, Need, Outcome, Promise, Words};
use crate::plan::{Change, Tamper};
use crate::trace::Endpoint;
use rustls::{AlertDescription, ContentType};

/// supported_versions with TLS 1.3 and TLS 1.2, as a client sends it (RFC 9846, section 4.3.1).
const BOTH: &[u8] = &[0x00, 0x2b, 0x00, 0x05, 0x04, 0x03, 0x04, 0x03, 0x03];

/// The same with TLS 1.2 twice.
const OLDER: &[u8] = &[0x00, 0x2b, 0x00, 0x05, 0x04, 0x03, 0x03, 0x03, 0x03];

pub static FAULT: Fault = Fault {
    id: "downgrade-versions",
    title: "Downgrade to TLS 1.2",
    group: Group::Path,
    promise: Promise::Integrity,
    needs: &[Need {
        key: "version",
        values: &["any"],
        reason: "both ends have to allow both versions",
    }],
    apply: |plan| {
        plan.tampering.push(Tamper::on_path(
            Endpoint::Client,
            ContentType::Handshake,
            0,
            Change::Overwrite(BOTH.to_vec(), OLDER.to_vec()),
        ));
    },
    expect: |_| Outcome::refused(Endpoint::Client, AlertDescription::IllegalParameter, false),
};

pub static WORDS: Words = Words {
    summary: "Both ends have TLS 1.3, and someone on the path changes the ClientHello so that the server takes the client for one of TLS 1.2.",
    cause: "The ClientHello is in the clear, and nothing protects it yet when the server reads it. So \
            the server chooses TLS 1.2, but since it has TLS 1.3 itself, it must end its random with the \
            bytes DOWNGRD and 01 (RFC 9846, section 4.2.3). The random is in what ServerKeyExchange \
            signs, so whoever is on the path cannot take them out. A client that offered TLS 1.3 looks \
            for them, and ends the handshake with illegal_parameter. Some middleboxes that took TLS \
            apart copied the server's random and met with this by accident.",
    unnoticed: "Both ends would use the older version, with the certificate in the clear and \
                with every weakness that was fixed since.",
    symptoms: &[
        CAPTURE_BOTH,
        PAYLOADS,
        Command {
            what: "Connects, and shows the ServerHello: its random ends in 44 4F 57 4E 47 52 44 01.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -msg </dev/null",
        },
        Command {
            what: "Offers TLS 1.3 alone: nobody can choose less then.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -tls1_3 -brief </dev/null",
        },
    ],
    fix: MEND_THE_PATH,
    remedies: &[],
    fix_commands: &[
        Command {
            what: "Connects again, by another network, and shows the version.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
        },
        DISTANCE,
    ],
};
