//! The client shows a certificate, and signs with a key that is not the certificate's.

use super::commands::{ASK_WITH_NEW_CERT, CLIENT_REQUEST};
use super::needs::CLIENT_SHOWS;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "client-cert-bad-proof",
    title: "Client's key is not its certificate's",
    group: Group::ClientCertificate,
    promise: Promise::Authentication,
    needs: &[CLIENT_SHOWS],
    apply: |plan| {
        if let Some(chain) = plan.client.chain_mut() {
            let mut other = chain.clone();
            other.authority = other.authority.impostor();
            chain.key_of = Some(Box::new(other));
        }
    },
    expect: |plan| Outcome::refused_by_server(plan, AlertDescription::DecryptError),
};

pub static WORDS: Words = Words {
    summary: "The client shows a good certificate, and signs the handshake with a key that does not belong to it.",
    cause: "The certificate was renewed with a new key, and the client still has the old one, \
            or the other way round. Or someone shows a copy of another's certificate, which is \
            no secret: the proof is the signature in CertificateVerify, which only the \
            certificate's private key can make. Most TLS libraries compare certificate and key \
            when they load them, and refuse to start; the client that runs here does not. The \
            server takes the chain, finds that the signature does not match the certificate's \
            key, and answers with decrypt_error, as RFC 9846 (section 4.5.2) has it for TLS \
            1.3. In TLS 1.3 the client's handshake is complete before the server refuses it, \
            so the client finds out only when it reads, often after it has sent its request. \
            In TLS 1.2 the refusal ends the handshake.",
    unnoticed: "A certificate is no secret: anyone could show a copy of another's, without its key, and be \
                taken for its owner.",
    symptoms: &[
        Command {
            what: "Prints the public key in the certificate as a hash.",
            line: "openssl x509 -in client.pem -noout -pubkey | openssl sha256",
        },
        Command {
            what: "Prints the public key that belongs to the private key: the hashes differ.",
            line: "openssl pkey -in client.key -pubout | openssl sha256",
        },
        Command {
            what: "Tries to connect: OpenSSL refuses to load the two together (\"key values mismatch\").",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -cert client.pem -cert_chain client-intermediate.pem -key client.key </dev/null",
        },
    ],
    fix: "Give the client the private key that its certificate was issued for. If that is \
          lost, make a new key and get a new certificate for it. If a stranger showed the \
          certificate, there is nothing to fix: the server did what it is there for.",
    remedies: &[Remedy::ClientSends],
    fix_commands: &[
        CLIENT_REQUEST,
        Command {
            what: "Prints the public key of the new certificate as a hash, to be compared with the key's.",
            line: "openssl x509 -in client.pem -noout -pubkey | openssl sha256",
        },
        ASK_WITH_NEW_CERT,
    ],
};
