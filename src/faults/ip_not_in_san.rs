//! The client wants an IP address that the certificate does not have.

use super::commands::{CURL};
use super::{Command, Fault, Outcome, Words};
use crate::plan::{SERVER_ADDRESS};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "ip-not-in-san",
    title: "IP address without a name",
    needs: &[],
    apply: |plan| plan.client.name = Some(SERVER_ADDRESS.to_string()),
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::BadCertificate),
    words: Words {
        summary: "The client asks for the server by its IP address, and the certificate has host names only.",
        cause: "Someone wrote the address where a host name belongs: before there is a name in DNS, \
                in a health check, in the settings of a program inside a cluster. The client looks \
                for the address among the subject alternative names of type iPAddress (RFC 9525, \
                section 6.4); what its dNSNames lead to does not count. An address is not sent in \
                server_name either (RFC 6066, section 3), so the server cannot choose a certificate \
                by it and shows its default. The client that runs here tells the server with a \
                bad_certificate alert; others may send another alert, or none.",
        symptoms: &[
            Command {
                what: "Shows the names in the certificate that the server sends to a client without SNI.",
                line: "openssl s_client -connect HOST:PORT -noservername </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
            },
            Command {
                what: "Connects, judges chain and address, and stops at the first error: \"IP address mismatch\".",
                line: "openssl s_client -connect HOST:PORT -noservername -CAfile root.pem -attime CLIENT_CLOCK -verify_ip HOST -verify_return_error </dev/null",
            },
            CURL,
        ],
        fix: "Have the client use the host name. Where it has to be the address, get a certificate \
              that has it as an iPAddress: from an own CA, or from a public one that issues for \
              addresses.",
        fix_commands: &[
            Command {
                what: "Connects to the address by the name that is in the certificate.",
                line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --resolve www.example.com:PORT:HOST https://www.example.com:PORT/",
            },
            Command {
                what: "Makes a key and a signing request that holds the address.",
                line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj / -addext 'subjectAltName=critical,IP:HOST'",
            },
            Command {
                what: "Says whether a certificate goes with an address, before it is installed.",
                line: "openssl x509 -in leaf.pem -noout -checkip HOST",
            },
        ],
    },
};
