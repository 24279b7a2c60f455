//! The client has another key of the server's pinned.

use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::Credential;
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "pin-mismatch",
    title: "Pin mismatch",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(Credential::Chain(chain)) = &plan.server.credential {
            plan.client.trust.pins = vec![chain.with_former_key()];
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::AccessDenied),
};

pub static WORDS: Words = Words {
    summary: "The server's chain is good, but the client has another public key pinned for this server.",
    cause: "An app has the server's public key built in, and takes no other, whoever certified \
            it. Then the server renews with a new key, or moves behind a content delivery \
            network with keys of its own, and all installed copies of the app fail until they \
            are updated. (Browsers have given up pins that servers set, RFC 7469, for this.) \
            rustls has no pins: here the client's verifier adds them, after rustls has judged \
            the chain, and refuses as an application may: access_denied. Many clients with pins \
            just close the connection.",
    unnoticed: "Nothing, if the new key is the server's own. But any CA that the client trusts could let \
                somebody else answer in the server's place, which is what pins are against.",
    symptoms: &[
        Command {
            what: "Shows the pin of the certificate that the server sends, as apps and curl write it.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64",
        },
        Command {
            what: "Connects as a client with this pin (here the hash of nothing) would: \"SSL: public key does not match pinned public key\".",
            line: "faketime 'CLIENT_DATE' curl -v --cacert root.pem --pinnedpubkey 'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' https://HOST:PORT/",
        },
    ],
    fix: "Have the server use the pinned key again, with a certificate for it; or bring out a \
          client with the new pin. Pin at least two keys, one of them kept in reserve, or pin \
          the CA in place of the server, or none.",
    remedies: &[Remedy::Pins],
    fix_commands: &[
        Command {
            what: "Asks for a certificate for a key that is there already, so that the pin goes on to fit.",
            line: "openssl req -new -key leaf.key -out leaf.csr -subj /CN=HOST -addext 'subjectAltName=DNS:HOST'",
        },
        Command {
            what: "Has certbot keep the key when it renews.",
            line: "sudo certbot renew --cert-name HOST --reuse-key",
        },
        Command {
            what: "Shows the pin of a private key.",
            line: "openssl pkey -in leaf.key -pubout -outform DER | openssl dgst -sha256 -binary | openssl base64",
        },
    ],
};
