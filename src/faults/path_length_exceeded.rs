//! One authority more stands above the leaf than the first of them allows.

use super::commands::{CHAIN, CURL, RELOAD, VERIFY};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "path-length-exceeded",
    title: "Path length exceeded",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        if let Some(chain) = plan.server.chain_mut() {
            chain.insert_authority(2, "Issuing", "issuing ca");
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateUnknown),
};

pub static WORDS: Words = Words {
    summary: "Below the intermediate, which allows no other authority below itself, stands one more that issued the server's certificate.",
    cause: "An authority says by pathLenConstraint how many more authorities may stand between \
            it and a leaf (RFC 5280, section 4.2.1.9): 0 for one that issues leaves alone. It \
            comes about in a private CA where a team or a cluster (Kubernetes, a service mesh) \
            makes an authority of its own below an intermediate that was made for leaves. \
            rustls has no alert of its own for it, and sends certificate_unknown; OpenSSL sends \
            unknown_ca.",
    unnoticed: "An authority that was made to issue for servers could make more authorities, and the CA \
                would not know any more who issues in its name.",
    symptoms: &[
        CHAIN,
        Command {
            what: "Shows how many authorities the intermediate allows below itself (pathlen), from its file.",
            line: "openssl x509 -in intermediate.pem -noout -subject -ext basicConstraints",
        },
        Command {
            what: "Connects, judges the chain and stops at the first error: \"path length constraint exceeded\".",
            line: VERIFY.line,
        },
        CURL,
    ],
    fix: "Have the new authority issued by the root, or by an intermediate whose \
          pathLenConstraint leaves room for it: one more than the authorities below. Or issue \
          leaves from the intermediate itself.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Issues an intermediate that allows one authority below itself.",
            line: "printf 'basicConstraints=critical,CA:TRUE,pathlen:1\\nkeyUsage=critical,keyCertSign,cRLSign\\nsubjectKeyIdentifier=hash\\nauthorityKeyIdentifier=keyid\\n' >ca.ext && openssl x509 -req -in intermediate.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile ca.ext -days 1825 -out intermediate.pem",
        },
        Command {
            what: "Judges the chain with both authorities, before it is installed.",
            line: "openssl verify -attime CLIENT_CLOCK -purpose sslserver -CAfile root.pem -untrusted intermediate.pem -untrusted issuing.pem leaf.pem",
        },
        Command {
            what: "Puts the chain into the one file that the server sends, the leaf first.",
            line: "cat leaf.pem issuing.pem intermediate.pem >fullchain.pem",
        },
        RELOAD,
    ],
};
