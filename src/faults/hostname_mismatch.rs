//! The server's certificate is for another name.

use super::{Command, Fault, Outcome, Words};
use crate::trace::Endpoint;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "hostname-mismatch",
    title: "Hostname mismatch",
    needs: &[],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.rename(&["www.example.org", "example.org"]);
        }
    },
    expect: |plan| {
        let alert = AlertDescription::BadCertificate;
        Outcome::refused(Endpoint::Client, alert, plan.is_tls13())
    },
    words: Words {
        summary: "The server's certificate is good, but for another name than the client asked for.",
        cause: "The name is missing from the certificate's subject alternative names, the request reached \
                another server than was meant (DNS, load balancer), or the server chose the wrong \
                certificate for the name in SNI. The client looks at the subject alternative names only; \
                the common name does not count (RFC 9525). The client that runs here tells the server \
                with a bad_certificate alert; others may send another alert, or none.",
        symptoms: &[
            Command {
                what: "Shows the names in the certificate that the server sends for this SNI.",
                line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
            },
            Command {
                what: "Connects, judges chain and name, and stops at the first error. Without -verify_hostname the name is not looked at.",
                line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -verify_hostname HOST -verify_return_error </dev/null",
            },
            Command {
                what: "Connects as a web client does, and says why it gives up.",
                line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem https://HOST:PORT/",
            },
        ],
        fix: "Use a certificate whose subject alternative names hold the name that clients use, or have \
              the server pick the right one by SNI, or have clients use a name that is in it.",
        fix_commands: &[
            Command {
                what: "Makes a key and a signing request that holds the right names.",
                line: "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST'",
            },
            Command {
                what: "Checks whether a certificate covers a name, before it is installed.",
                line: "openssl x509 -in chain.pem -noout -checkhost HOST",
            },
        ],
    },
};
