//! Commands that show or mend several faults.

use super::Command;

/// The client's clock.
pub const CLOCK: Command =
    Command { what: "Shows the time that the client judges by.", line: "date -u" };

/// The leaf's validity.
pub const DATES: Command = Command {
    what: "Shows the period of validity of the certificate that the server sends.",
    line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -dates",
};

/// The leaf's names.
pub const NAMES: Command = Command {
    what: "Shows the names in the certificate that the server sends for this SNI.",
    line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
};

/// The chain as it is sent.
pub const CHAIN: Command = Command {
    what: "Lists the certificates that the server sends, each with subject (s:), issuer (i:) and validity (v:).",
    line: "openssl s_client -connect HOST:PORT -servername HOST -showcerts </dev/null",
};

/// The chain, judged.
pub const VERIFY: Command = Command {
    what: "Connects, judges the chain and stops at the first error.",
    line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -verify_return_error </dev/null",
};

/// Chain and name, judged.
pub const VERIFY_NAME: Command = Command {
    what: "Connects, judges chain and name, and stops at the first error. Without -verify_hostname the name is not looked at.",
    line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -verify_hostname HOST -verify_return_error </dev/null",
};

/// Chain and name, judged, where the name is what is wrong.
pub const VERIFY_WRONG_NAME: Command = Command {
    what: "Connects, judges chain and name, and stops at the first error: \"hostname mismatch\".",
    line: VERIFY_NAME.line,
};

/// What a web client makes of it.
pub const CURL: Command = Command {
    what: "Connects as a web client does, and says why it gives up.",
    line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
};

/// A chain in files, judged.
pub const VERIFY_FILES: Command = Command {
    what: "Judges a chain in files for a server, before it is installed.",
    line: "openssl verify -attime CLIENT_CLOCK -purpose sslserver -CAfile root.pem -untrusted intermediate.pem leaf.pem",
};

/// A signing request with names.
pub const REQUEST: Command = Command {
    what: "Makes a key and a signing request that holds the right names.",
    line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST'",
};

/// A name, looked for in a certificate.
pub const CHECK_HOST: Command = Command {
    what: "Says whether a certificate goes with a name, before it is installed.",
    line: "openssl x509 -in leaf.pem -noout -checkhost HOST",
};

/// The file that a server sends.
pub const FULL_CHAIN: Command = Command {
    what: "Puts leaf and intermediate into the one file that the server sends, the leaf first.",
    line: "cat leaf.pem intermediate.pem >fullchain.pem",
};

/// The new file goes into use.
pub const RELOAD: Command = Command {
    what: "Checks nginx's configuration, and has it load certificate and key anew.",
    line: "sudo nginx -t && sudo systemctl reload nginx",
};

/// Whether the clock is kept right.
pub const CLOCK_STATUS: Command = Command {
    what: "Says whether the clock is kept by NTP, and what time it shows.",
    line: "timedatectl status",
};

/// The clock is kept right from now on.
pub const KEEP_CLOCK: Command =
    Command { what: "Has it kept by NTP.", line: "sudo timedatectl set-ntp true" };

/// The chain, judged by the right time.
pub const VERIFY_BY_TRUE_CLOCK: Command = Command {
    what: "Judges the chain by another time, in seconds since 1970: here by the true one.",
    line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime TRUE_CLOCK -verify_return_error </dev/null",
};

/// The chain, judged, where an issuer is missing.
pub const VERIFY_ISSUER: Command = Command {
    what: "Connects, judges the chain and stops at the first error: \"unable to get local issuer certificate\".",
    line: VERIFY.line,
};

/// A root, to be told from another.
pub const FINGERPRINT: Command = Command {
    what: "Shows fingerprint and subject of a root, to compare with what its owner says.",
    line: "openssl x509 -in root.pem -noout -subject -fingerprint -sha256",
};
