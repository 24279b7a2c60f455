//! The server's certificate is of X.509 version 1.

use super::commands::{CHECK_HOST, CURL, REQUEST, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "certificate-v1",
    title: "Certificate of version 1",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(leaf) = plan.server.leaf_mut() {
            leaf.extensions.clear();
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateUnknown),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate is of X.509 version 1, which has no extensions, and so no subject alternative names.",
    cause: "\"openssl x509 -req\" without an extension file makes such certificates before \
            OpenSSL 3.2, and many old instructions for a private CA have just that line. Version 1 \
            cannot say what a certificate is for, whether it is an authority, or by which names \
            a server goes. rustls takes version 3 alone, and sends certificate_unknown. OpenSSL \
            takes a server's certificate of version 1, with the common name as its name, so \
            that one client works and the next does not.",
    unnoticed: "A certificate that does not say whether it is an authority's could be taken for one: \
                whoever has such a certificate could issue more.",
    symptoms: &[
        Command {
            what: "Shows the version of the certificate that the server sends, in the third line: \"Version: 1 (0x0)\".",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -text",
        },
        Command {
            what: "Connects as a web client does. A curl that is built on OpenSSL may accept what rustls refuses.",
            line: CURL.line,
        },
    ],
    fix: "Have the certificate issued anew with extensions: its names, what it is for, and that \
          it is no authority.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        REQUEST,
        Command {
            what: "Issues from the request by a private CA, with the names that the request asks for. It needs OpenSSL 3.0.",
            line: "printf 'extendedKeyUsage=serverAuth\\nkeyUsage=critical,digitalSignature\\nbasicConstraints=critical,CA:FALSE\\n' >server.ext && openssl x509 -req -in leaf.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -copy_extensions copy -extfile server.ext -days 90 -out leaf.pem",
        },
        CHECK_HOST,
        VERIFY_FILES,
    ],
};
