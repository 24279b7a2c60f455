//! Someone on the path shows a certificate of its own, and the client looks who issued it.

use super::needs::INTERCEPTED;
use super::{Command, Fault, Group, Outcome, Promise, Remedy, Words};
use rustls::AlertDescription;

pub static FAULT: Fault = Fault {
    id: "mitm-refused",
    title: "Attacker with its own certificate",
    group: Group::Path,
    promise: Promise::Authentication,
    needs: &[INTERCEPTED],
    apply: |plan| plan.attack(),
    expect: |plan| Outcome::refused_by_client(plan, AlertDescription::UnknownCA),
};

pub static WORDS: Words = Words {
    summary: "Someone on the path answers in the server's place, with a certificate that it made itself.",
    cause: "Whoever can have packets come to them can answer for any server: on a wi-fi network, in a router, or \
            by a forged answer of DNS. They make a certificate for the server's name, with a key of their own. \
            What they cannot make is the signature of an authority that the client trusts. The same picture \
            comes from an inspecting proxy of a company, on a device that does not have the company's root.",
    unnoticed: "The attacker would read the request and could change the response; with verification off, \
                that is what happens.",
    symptoms: &[
        Command {
            what: "Judges the chain as the client does: verify error 20 or 19.",
            line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime CLIENT_CLOCK -verify_return_error </dev/null",
        },
        Command {
            what: "Shows who issued the certificate that arrives here. Compare it with what arrives over another network.",
            line: "openssl s_client -connect HOST:PORT -servername HOST </dev/null 2>/dev/null | openssl x509 -noout -issuer -fingerprint -sha256",
        },
    ],
    fix: "Do not turn verification off: the client has just kept your data from a stranger. Find out who \
          answers, and use another network until you know. If it is your own company's proxy, have its root \
          installed in the trust store that this program reads.",
    remedies: &[Remedy::TrustCa],
    fix_commands: &[Command {
        what: "Asks the real server again, over a path without the stranger: verify return code 0.",
        line: "openssl s_client -connect HOST:PORT -servername HOST -CAfile root.pem -attime TRUE_CLOCK -verify_return_error </dev/null",
    }],
};
