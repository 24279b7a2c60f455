//! The server's certificate was signed with another leaf's key.

use super::commands::{CHAIN, CURL, FULL_CHAIN, RELOAD, VERIFY, VERIFY_FILES};
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use crate::plan::{CertificatePlan, ChainPlan, Purpose};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "leaf-used-as-ca",
    title: "Leaf used as an authority",
    group: Group::ServerCertificate,
    promise: Promise::Authentication,
    needs: &[],
    apply: |plan| {
        let chain = plan.server.chain_mut();
        if let Some(place) = chain.and_then(ChainPlan::intermediate_mut) {
            *place = CertificatePlan::leaf(&["mail.example.com"], Purpose::Server, place.validity);
        }
    },
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::CertificateUnknown),
};

pub static WORDS: Words = Words {
    summary: "The server's certificate was issued with the key of another leaf, which may not issue any.",
    cause: "Whoever has a certificate and its key could sign more of them, for any name, if \
            clients did not look whether the issuer is an authority: basicConstraints must say \
            cA TRUE (RFC 5280, section 6.1.4). Clients that forgot to look were once to be had \
            by exactly this. Without malice it comes about in a private CA whose intermediate was \
            made like a leaf. rustls has no alert of its own for it, and sends \
            certificate_unknown; OpenSSL sends unknown_ca.",
    unnoticed: "Whoever has a certificate and its key, for whatever name, could issue more of them, for \
                every name.",
    symptoms: &[
        CHAIN,
        Command {
            what: "Shows what the issuer of the leaf may do, from its file: basicConstraints and key usage.",
            line: "openssl x509 -in intermediate.pem -noout -subject -ext basicConstraints,keyUsage",
        },
        VERIFY,
        CURL,
    ],
    fix: "Have the certificate issued by an authority. In a private CA, make the intermediate one: \
          cA TRUE, and key usage keyCertSign. If it is the certificate of someone else, its key \
          is in wrong hands: have that certificate revoked.",
    remedies: &[Remedy::ServerChain, Remedy::Reload],
    fix_commands: &[
        Command {
            what: "Issues an intermediate that is an authority, and may issue leaves alone.",
            line: "printf 'basicConstraints=critical,CA:TRUE,pathlen:0\\nkeyUsage=critical,keyCertSign,cRLSign\\nsubjectKeyIdentifier=hash\\nauthorityKeyIdentifier=keyid\\n' >ca.ext && openssl x509 -req -in intermediate.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile ca.ext -days 1825 -out intermediate.pem",
        },
        VERIFY_FILES,
        FULL_CHAIN,
        RELOAD,
    ],
};
