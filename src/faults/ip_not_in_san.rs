//! The client connects to an address, and the certificate names none.

use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::SERVER_ADDRESS;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "ip-not-in-san",
    title: "Address not in the certificate",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| plan.client.name = Some(SERVER_ADDRESS.to_string()),
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::BadCertificate),
};

pub static WORDS: Words = Words {
    summary: "The client connects to https://ADDRESS/, and the server's certificate has host names and no address.",
    cause: "An address is looked for among the iPAddress entries of the subject alternative names, and \
            never among the host names: a dNSName that looks like an address does not count (RFC 9525, \
            section 6.4). It comes about where people type an address, a health check or a device is set \
            up with one, or the name does not resolve yet. There is no server_name in the ClientHello \
            either, since that holds host names alone (RFC 6066, section 3), so a server with several \
            sites shows the certificate of its default one. Public CAs hardly issue for addresses; Let's \
            Encrypt does, for six days at a time.",
    unnoticed: "Whoever can answer at that address would be taken for the right server, with a certificate \
                for a name of their own.",
    symptoms: &[
        Command {
            what: "Shows the names in the certificate: DNS entries, and no \"IP Address\".",
            line: "openssl s_client -connect ADDRESS:PORT </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
        },
        Command {
            what: "Judges chain and address: \"IP address mismatch\".",
            line: "openssl s_client -connect ADDRESS:PORT -CAfile root.pem -attime CLIENT_CLOCK -verify_ip ADDRESS -verify_return_error </dev/null",
        },
        Command {
            what: "Asks as a web client does.",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://ADDRESS:PORT/",
        },
    ],
    fix: "Have clients use the name. Where it has to be an address, get a certificate with it in an \
          iPAddress entry.",
    remedies: &[Remedy::ClientName, Remedy::ServerChain],
    fix_commands: &[
        Command {
            what: "Makes a key and a signing request for name and address.",
            line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST,IP:ADDRESS'",
        },
        Command {
            what: "Checks whether a certificate covers an address, before it is installed.",
            line: "openssl x509 -in leaf.pem -noout -checkip ADDRESS",
        },
        Command {
            what: "Uses the name, whatever DNS says.",
            line: "faketime 'TRUE_DATE' curl -v --cacert root.pem --resolve HOST:PORT:ADDRESS https://HOST:PORT/",
        },
    ],
};
