//! The client names no server, and the server shows the certificate of another site.

use super::commands::VERIFY_NAME;
use super::needs::{RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "no-sni",
    title: "No SNI",
    group: Group::Negotiation,
    promise: Promise::Authentication,
    needs: &[RUSTLS_KEY_EXCHANGE, RUSTLS_SECRET],
    apply: |plan| {
        plan.client.sends_name = false;
        plan.server.default_chain = plan.server.chain_mut().map(|chain| {
            let mut other = chain.clone();
            if let Some(leaf) = other.leaf_mut() {
                leaf.rename(&["default.example.net"]);
            }
            other
        });
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::BadCertificate),
};

pub static WORDS: Words = Words {
    summary: "The client sends no server_name, so the server cannot tell which site is wanted, and shows its default certificate.",
    cause: "Several sites share one address, and the name in the ClientHello says which of them is meant \
            (RFC 6066, section 3). An old client (Java 6, Python before 2.7.9, Android 2), a health \
            check by address, or a library where the name has to be set by hand (OpenSSL's \
            SSL_set_tlsext_host_name) leaves it out. The server shows the certificate of its first site, \
            which is a good one for another name. The client looks for the name that it wants, whether \
            it sent it or not. Since OpenSSL 1.1.1 s_client sends the name by itself.",
    unnoticed: "The client would take another site for the one that it wants, and send it the request with \
                its cookies.",
    symptoms: &[
        Command {
            what: "Connects without a name, and shows whose certificate comes.",
            line: "openssl s_client -connect HOST:PORT -noservername </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
        },
        Command {
            what: "The same with the name: another certificate.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -subject -ext subjectAltName",
        },
        Command {
            what: "Shows from a capture whether ClientHellos have the name.",
            line: "tshark -r client.pcapng -Y tls.handshake.type==1 -T fields -e ip.src -e tls.handshake.extensions_server_name",
        },
    ],
    fix: "Have the client send the name: bring it up to date, or set the name in its code. A name, and \
          no address, has to be in the URL.",
    remedies: &[Remedy::ClientName],
    fix_commands: &[
        VERIFY_NAME,
        Command {
            what: "Shows which site nginx takes where no name is given: the one with default_server, or the first.",
            line: "nginx -T 2>/dev/null | grep -E 'listen|server_name'",
        },
    ],
};
