//! Commands, and what to do, for several faults.

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
    line: "openssl verify -attime CLIENT_CLOCK -auth_level 2 -purpose sslserver -CAfile root.pem -untrusted intermediate.pem leaf.pem",
};

/// A signing request with names.
pub const REQUEST: Command = Command {
    what: "Makes a key and a signing request that holds the right names.",
    line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST'",
};

/// A name, looked for in a certificate.
pub const CHECK_HOST: Command = Command {
    what: "Checks whether a certificate covers a name, before it is installed.",
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

/// Both ends' captures.
pub const CAPTURE_BOTH: Command = Command {
    what: "Captures at the client, and at the server the same with another file, to compare both.",
    line: "sudo tcpdump -i any -w client.pcapng tcp port PORT",
};

/// Where on the path something answers.
pub const DISTANCE: Command = Command {
    what: "Shows at which distance the path changes: the answers that come from elsewhere than the server have another TTL.",
    line: "tcptraceroute HOST PORT",
};

/// Around whatever is on the path.
pub const OTHER_NETWORK: Command = Command {
    what: "Connects again, by another network.",
    line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
};

/// What TCP carried, to be compared.
pub const PAYLOADS: Command = Command {
    what: "Lists sequence numbers with payloads of a capture: those of both ends differ where someone changes them.",
    line: "tshark -r client.pcapng -o tcp.relative_sequence_numbers:true -T fields -e tcp.seq -e tcp.payload -Y 'tcp.len > 0'",
};

/// The handshake, message by message.
pub const MESSAGES: Command = Command {
    what: "Connects and shows each message and alert.",
    line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -msg </dev/null",
};

/// A request and what comes of it, message by message.
pub const ASK_AND_SHOW: Command = Command {
    what: "Sends a request, and shows each message and alert.",
    line: "printf 'GET / HTTP/1.1\\r\\nHost: HOST\\r\\n\\r\\n' | openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -msg -ign_eof",
};

/// A request with the certificate that mends it.
pub const ASK_WITH_NEW_CERT: Command = Command {
    what: "Sends a request with the new certificate.",
    line: "faketime 'TRUE_DATE' curl -v --cacert root.pem --cert client-chain.pem --key client.key https://HOST:PORT/",
};

/// A request with the certificate that is refused.
pub const ASK_WITH_CERT: Command = Command {
    what: "Sends a request with the client's certificate, and shows the alert that comes back.",
    line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --cert client-chain.pem --key client.key https://HOST:PORT/",
};

/// A new certificate for the same key.
pub const CLIENT_REQUEST: Command = Command {
    what: "Makes a signing request for the key that the client has.",
    line: "openssl req -new -key client.key -out client.csr -subj /CN=CLIENT",
};

/// A request with the certificate that was missing.
pub const SEND_CERT: Command = Command {
    what: "Sends the request with the client's certificate.",
    line: "faketime 'TRUE_DATE' curl -v --cacert root.pem --cert client-chain.pem --key client.key https://HOST:PORT/",
};

/// Whether it works now.
pub const RECONNECT: Command = Command {
    what: "Connects again.",
    line: "openssl s_client -connect HOST:PORT -servername HOST -brief </dev/null",
};

/// The records' headers.
pub const RECORDS: Command = Command {
    what: "Shows each record's type and length from a capture.",
    line: "tshark -r client.pcapng -Y tls -T fields -e tls.record.content_type -e tls.record.opaque_type -e tls.record.length",
};

/// What the client of a gateway sees.
pub const BAD_GATEWAY: Command = Command {
    what: "The client gets an answer, and it is 502.",
    line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
};

/// Whether the gateway answers now.
pub const ASK_AGAIN: Command = Command {
    what: "Asks again: 200.",
    line: "faketime 'TRUE_DATE' curl -v --cacert root.pem https://HOST:PORT/",
};

/// What to do about someone on the path.
pub const MEND_THE_PATH: &str = "Find what on the path changes the bytes, by captures at both ends and in \
    between, and take it out; or go around it, by another network or a VPN. There is nothing to change in \
    TLS: it has done what it is for.";

/// What to do about a clock that is wrong.
pub const SET_THE_CLOCK: &str =
    "Set the client's clock, and keep it right by NTP. Do not turn verification off.";
