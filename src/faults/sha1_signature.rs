//! The server's certificate is signed with SHA-1.

use super::commands::{CHECK_HOST, CURL, RELOAD, REQUEST, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Need, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "sha1-signature",
    title: "Signed with SHA-1",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[Need {
        key: "cert",
        values: &["ecdsa-p256", "rsa-2048"],
        reason: "Ed25519 has no signature with SHA-1, and none is made with P-384 here",
    }],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.by_sha1 = true;
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::DecryptError),
};

pub static WORDS: Words = Words {
    summary: "The CA signed the server's certificate with SHA-1, a hash for which two inputs with the same result can be made.",
    cause: "Public CAs have not been allowed to since January 2016. It is left in private ones that were set up \
            before and never changed, in the configuration of an old OpenSSL (default_md = sha1), in appliances with \
            a CA of their own. A CA does not sign a certificate but its hash. In 2017 two \
            files with the same SHA-1 were published, and in 2020 two PGP keys on which one signature holds. \
            TLS 1.3 forbids SHA-1 in the handshake, and RFC 9325 in certificates; Java still takes it from a CA of \
            one's own. rustls has \
            no code to check such a signature, and sends decrypt_error, which says little; its error \
            text names the algorithm by the bytes of its object identifier.",
    unnoticed: "Whoever makes two certificates with the same hash, and gets a CA to sign the harmless one, has its \
                signature on the other as well, which may name any server, or be a CA's.",
    symptoms: &[
        Command {
            what: "Shows how the certificate that the server sends was signed: \"ecdsa-with-SHA1\" or \"sha1WithRSAEncryption\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -text | grep 'Signature Algorithm'",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"CA signature digest algorithm too weak\". Whether it does depends on the security level of the system.",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Have the CA sign with SHA-256 from now on, and have the certificate issued anew. The root's own \
          signature does not matter, as nobody checks it.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        REQUEST,
        Command {
            what: "Issues from the request by a private CA with SHA-256, and with the names that the request asks for. It needs OpenSSL 3.0.",
            line: "printf 'extendedKeyUsage=serverAuth\\nkeyUsage=critical,digitalSignature\\nbasicConstraints=critical,CA:FALSE\\n' >server.ext && openssl x509 -req -sha256 -in leaf.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -copy_extensions copy -extfile server.ext -days 90 -out leaf.pem",
        },
        CHECK_HOST,
        VERIFY_FILES,
        RELOAD,
    ],
};
