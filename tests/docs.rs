//! What is generated in docs/: docs/presets.md is what the presets do, docs/keys.md the table of keys,
//! docs/faults.md the faults, docs/programs.md what programs say about them, docs/diagnose.md the levels and commands of
//! mysteries, docs/remedies.md what to write into which program, docs/coverage.md where the course has the claims of five
//! articles. `make docs` writes them anew.

#![cfg(test)]

#[path = "covered/told.rs"]
mod coverage;
mod covered;

use handshake_lab::diagnose::openssl::s_client;
use handshake_lab::diagnose::{INSPECTIONS, LEVELS, Suspect};
use handshake_lab::engine::Capabilities;
use handshake_lab::faults::{Advice, FAULTS, Fault, Group, Need, Outcome, Program, Remedy};
use handshake_lab::observed::{Observation, UNASKED};
use handshake_lab::scenario::{Gateway, KEYS, Key, PRESETS, Scenario, Topic, Version, in_versions};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

fn handshake_lab(args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_handshake-lab")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What all connections of a run say under `key`, the same only once.
fn all(connections: &[Value], key: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for connection in connections {
        let text = match &connection[key] {
            Value::String(text) => text.clone(),
            Value::Null => "–".into(),
            other => other.to_string(),
        };
        if said.last() != Some(&text) {
            said.push(text);
        }
    }
    said.join(", then ")
}

fn presets() -> String {
    let mut table = String::from(
        "# Presets\n\n\
         Written by `make docs` from a run of each preset; a test holds it to that. `handshake-lab run PRESET` runs one, and\n\
         `#/lab/PRESET` opens it in the page. Round trips are those of the TLS handshake, before the first application data can\n\
         be sent; where a run has several connections, they stand in their order.\n\n\
         | preset | what it is | version | cipher suite | group | round trips | early data | packets | bytes |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    let presets = handshake_lab(&["list", "scenarios", "--json"]);
    for preset in presets.as_array().unwrap() {
        let id = preset["id"].as_str().unwrap();
        let run = handshake_lab(&["run", id, "--json", "-"]);
        let connections = run["connections"].as_array().unwrap();
        let packets = connections.iter().flat_map(|c| c["packets"].as_array().unwrap());
        let bytes: u64 = packets
            .clone()
            .map(|packet| {
                packet["nodes"].as_array().unwrap().last().unwrap()["end"].as_u64().unwrap()
            })
            .sum();
        let _ = writeln!(
            table,
            "| `{id}` | **{}**: {} | {} | {} | {} | {} | {} | {} | {bytes} |",
            preset["title"].as_str().unwrap(),
            preset["summary"].as_str().unwrap(),
            all(connections, "version"),
            all(connections, "cipher_suite"),
            all(connections, "group"),
            all(connections, "handshake_round_trips"),
            all(connections, "early_data"),
            packets.count(),
        );
    }
    table
}

/// What a key is, which values it has, and what it goes with.
fn key(key: &Key) -> String {
    let (first, rest) = key.help.split_at(1);
    let mut text = format!(
        "### `{}`\n\n{}{rest}. Default: `{}`.\n\n",
        key.name,
        first.to_uppercase(),
        key.default_value()
    );
    if key.is_closed() {
        for value in key.menu(&Scenario::default()) {
            let _ = writeln!(text, "- `{}`: {}", value.id, value.label);
        }
    } else {
        let _ = writeln!(text, "It takes {}.", key.takes());
    }
    if !key.rules.is_empty() {
        text += "\nIt does not go with:\n\n";
    }
    for rule in key.rules {
        let reason = rule.reason.map_or(String::new(), |reason| format!(": {reason}"));
        let _ = writeln!(text, "- `{}`{reason}", rule.with);
    }
    text + "\n"
}

fn keys() -> String {
    let mut text = String::from(
        "# Keys of a scenario\n\n\
         Written by `make docs` from the table of keys; a test holds it to that. A scenario is a preset and some keys, with `+`\n\
         between: `tls13+group=secp256r1+seed=7`. `handshake-lab run tls13 --set KEY=VALUE` and links `#/lab/tls13+KEY=VALUE` take\n\
         them. Defaults are those of `tls13`; every other preset changes some of them.\n\n",
    );
    for topic in Topic::ALL {
        let of_topic = KEYS.iter().filter(|key| key.topic == *topic);
        let _ = write!(text, "## {}\n\n{}", topic.title(), of_topic.map(key).collect::<String>());
    }
    text.trim_end().to_owned() + "\n"
}

/// Hosts of badssl.com, with the faults here that show the same; or with why there is none.
const BADSSL: &[(&str, &[&str], &str)] = &[
    ("expired", &["cert-expired"], ""),
    ("wrong.host", &["hostname-mismatch"], ""),
    ("self-signed", &["self-signed"], ""),
    ("untrusted-root", &["untrusted-root", "impostor-root-same-name"], ""),
    ("revoked", &["revoked", "stale-crl"], ""),
    ("pinning-test", &["pin-mismatch"], ""),
    (
        "no-common-name, no-subject",
        &[],
        "no fault: names in subjectAltName are all that counts. The other way round is [`name-only-in-cn`](#name-only-in-cn)",
    ),
    ("incomplete-chain", &["missing-intermediate", "wrong-intermediate"], ""),
    ("sha1-2016, sha1-2017, sha1-intermediate", &["sha1-signature"], ""),
    (
        "sha256, sha384, sha512, ecc256, ecc384, rsa2048, rsa4096, rsa8192",
        &[],
        "no faults: see the key `cert`. Making RSA keys takes too long in a page, so there are three of 2048 bits, baked in, and one of 1024 for [`rsa-1024`](#rsa-1024)",
    ),
    (
        "1000-sans, 10000-sans",
        &[],
        "no fault of TLS: large certificates; the preset `tls13-big-flight` has a flight that takes more round trips",
    ),
    ("extended-validation", &[], "what a browser shows, not what TLS does"),
    (
        "client",
        &[
            "client-cert-untrusted",
            "client-cert-expired",
            "client-cert-wrong-usage",
            "client-cert-bad-proof",
            "client-cert-without-intermediate",
        ],
        "",
    ),
    ("client-cert-missing", &["client-cert-missing", "client-cert-optional-absent"], ""),
    (
        "mixed-script, very, mixed, mixed-favicon, mixed-form",
        &[],
        "what pages hold, not what TLS does",
    ),
    (
        "http, http-textarea, http-password, http-login, http-dynamic-login, http-credit-card",
        &["plain-http-to-tls-port", "plaintext-inner-hop"],
        "forms without TLS are pages; what goes in the clear is shown by",
    ),
    (
        "cbc, rc4, rc4-md5, 3des, null",
        &["no-shared-suite"],
        "rustls has none of these suites and never will. A server with them alone and a modern client end as in",
    ),
    (
        "mozilla-old, mozilla-intermediate, mozilla-modern",
        &["no-shared-version", "no-shared-suite"],
        "configurations, of which what does not go together ends as in",
    ),
    (
        "dh480, dh512, dh1024, dh2048, dh-small-subgroup, dh-composite",
        &["no-shared-group", "no-shared-suite"],
        "rustls has no finite-field Diffie-Hellman; what is left ends as in",
    ),
    (
        "static-rsa",
        &[],
        "the preset `tls12-rsa`, between teaching endpoints, and the page “The stolen key”",
    ),
    (
        "tls-v1-0, tls-v1-1",
        &["no-shared-version"],
        "RFC 8996 forbids both, and rustls has neither; a server with them alone ends as in",
    ),
    ("tls-v1-2", &[], "the preset `tls12`"),
    (
        "no-sct, invalid-expected-sct",
        &[],
        "Certificate Transparency is a policy of browsers. Neither rustls nor webpki asks for signed certificate timestamps",
    ),
    (
        "hsts, upgrade, preloaded-hsts, https-everywhere",
        &[],
        "what a browser remembers of a site, before any connection",
    ),
    (
        "superfish, edellroot, dsdtestprovider, preact-cli, webpack-dev-server, captive-portal, mitm-software",
        &["untrusted-root"],
        "roots whose private keys are known, and boxes that use such: to a client that does not have their root they are",
    ),
    (
        "spoofed-favicon, lock-title, long-extended-subdomain-name",
        &[],
        "what a browser shows, not what TLS does",
    ),
];

/// Faults that are in one version alone, and why.
const IN_ONE_VERSION: &[(&[&str], &str)] = &[
    (&["tampered-server-key-exchange"], "TLS 1.3 has no such message"),
    (
        &["dropped-record", "reordered-records"],
        "they need a record behind the request at once, which is the close_notify of a half-close, and TLS 1.2 has no half-close",
    ),
    (
        &["big-client-hello-dropped"],
        "X25519MLKEM768 makes the ClientHello so large, and TLS 1.2 has no such group",
    ),
    (&["early-data-replayed"], "TLS 1.2 has no early data"),
    (
        &["downgrade-versions"],
        "both ends allow both versions, and settle on TLS 1.3 unless somebody is in the way; between ends of which one \
         has TLS 1.2 alone there is nothing to take away",
    ),
];

/// The faults that are in one version alone, each with its reason.
fn in_one_version() -> String {
    let alone = |fault: &&&Fault| in_versions(fault).count() == 1;
    let alone: BTreeSet<&str> = FAULTS.iter().filter(alone).map(|fault| fault.id).collect();
    let told: BTreeSet<&str> = IN_ONE_VERSION.iter().flat_map(|(ids, _)| *ids).copied().collect();
    assert_eq!(alone, told);
    let line = |(ids, why): &(&[&str], &str)| {
        let label = in_versions(Fault::find(ids[0])?).next()?.0.label();
        let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        Some(format!("- {}, in {label} alone: {why}.\n", ids.join(" and ")))
    };
    IN_ONE_VERSION.iter().filter_map(line).collect()
}

fn fault(fault: &Fault) -> String {
    let of = |wanted| {
        in_versions(fault)
            .find(|(version, _)| *version == wanted)
            .and_then(|(_, scenario)| scenario.expected())
    };
    let (tls13, tls12) = (of(Version::Tls13), of(Version::Tls12));
    let unnoticed = tls13.or(tls12).map_or("", |outcome| outcome.unnoticed());
    let told = |outcome: Option<Outcome>| outcome.map(|outcome| outcome.told());
    let (tls13, tls12) = (told(tls13), told(tls12));
    let comes = match (tls13, tls12) {
        (Some(both), Some(same)) if both == same => format!("In both versions {both}."),
        (Some(tls13), Some(tls12)) => format!("In TLS 1.3 {tls13}; in TLS 1.2 {tls12}."),
        (Some(tls13), None) => format!("In TLS 1.3 alone: {tls13}."),
        (None, Some(tls12)) => format!("In TLS 1.2 alone: {tls12}."),
        (None, None) => String::new(),
    };
    let link = |remedy: &Remedy| {
        let advice = remedy.advice();
        format!("[{}](remedies.md#{})", advice.title, advice.id)
    };
    let remedies: Vec<String> = fault.words().remedies.iter().map(link).collect();
    let mends = match remedies.as_slice() {
        [] => String::new(),
        _ => format!(" To set it right: {}.", remedies.join("; ")),
    };
    format!(
        "### `{}`\n\n**{}** ({}). {} {comes}\n\n{unnoticed}: {}\n\n{}{mends}\n\n",
        fault.id,
        fault.title,
        fault.promise.label().to_lowercase(),
        fault.words().summary,
        fault.words().unnoticed,
        combines(fault)
    )
}

/// Whether a preset can be broken by a fault.
fn goes(fault: &Fault, preset: &Scenario) -> bool {
    preset.with(&[("fault", fault.id)]).is_ok()
}

fn goes_with_any(preset: &Scenario) -> bool {
    FAULTS.iter().any(|fault| goes(fault, preset))
}

fn list(presets: &[Scenario]) -> String {
    let ids: Vec<String> = presets.iter().map(|preset| format!("`{}`", preset.text())).collect();
    ids.join(", ")
}

/// What a fault needs of a scenario, and which presets it goes with.
fn combines(fault: &Fault) -> String {
    let need = |need: &Need| {
        let values: Vec<String> =
            need.values.iter().map(|value| format!("`{}={value}`", need.key)).collect();
        format!("{} ({})", values.join(" or "), need.reason)
    };
    let needs: Vec<String> = fault.needs.iter().map(need).collect();
    let needs = match needs.as_slice() {
        [] => "It needs nothing of a scenario.".into(),
        _ => format!("It needs {}.", needs.join("; ")),
    };
    let of_gateways = fault.group == Group::Gateway;
    let presets = PRESETS.iter().map(Scenario::from_preset);
    let presets = presets
        .filter(|preset| (of_gateways || preset.gateway == Gateway::None) && goes_with_any(preset));
    let (with, without): (Vec<_>, Vec<_>) = presets.partition(|preset| goes(fault, preset));
    let presets = match without.len() {
        0 => "It goes with every preset.".into(),
        some if some < with.len() => format!("It goes with every preset but {}.", list(&without)),
        _ => format!("Of the presets it goes with {}.", list(&with)),
    };
    format!("{needs} {presets}")
}

fn faults() -> String {
    let presets = PRESETS.iter().map(Scenario::from_preset);
    let whole: Vec<Scenario> = presets.filter(|preset| !goes_with_any(preset)).collect();
    let mut text = format!(
        "# Faults\n\n\
         Written by `make docs` from the table of faults; tests hold each run to what stands here. `handshake-lab run FAULT` runs\n\
         one, and `#/lab/tls13+fault=FAULT` opens it in the page. There are {}. In brackets stands what is at stake: what would\n\
         not hold any more if nobody noticed; availability where nothing is lost but the connection.\n\n\
         What a fault needs is set when it is chosen, where it is not so already. There is one fault in a run. Faults that are\n\
         not about a gateway do not go with one, so that presets with a gateway are not counted among theirs; nor is what goes\n\
         with no fault at all: {}.\n\n",
        FAULTS.len(),
        list(&whole)
    );
    for group in Group::ALL {
        let own: String =
            FAULTS.iter().filter(|one| one.group == *group).map(|one| fault(one)).collect();
        let _ = write!(text, "## {}\n\n{own}", group.label());
    }
    text += "## Beside badssl.com\n\n| host there | here |\n|---|---|\n";
    for (hosts, ids, why) in BADSSL {
        let hosts: Vec<String> = hosts.split(", ").map(|host| format!("`{host}`")).collect();
        let links: Vec<String> = ids
            .iter()
            .map(|id| {
                assert!(Fault::find(id).is_some(), "{id}");
                format!("[`{id}`](#{id})")
            })
            .collect();
        let here = [why.to_string(), links.join(", ")].join(" ");
        let _ = writeln!(text, "| {} | {} |", hosts.join(", "), here.trim());
    }
    text + "\n## In one version alone\n\n" + &in_one_version()
}

/// What each program says about each fault, by fault: what several say word by word stands in one row.
fn programs() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join("observed.json");
    let data = std::fs::read_to_string(path).unwrap();
    let observed = Observation::all_from_json(&data).unwrap();
    let mut names: Vec<&str> = observed.iter().map(|one| one.program.as_str()).collect();
    names.dedup();
    let mut text = String::from(
        "# What programs say\n\n\
         Written by `make docs` from data/observed.json, and that by `make observed`: each program that is installed asks\n\
         `handshake-lab serve --all` about each fault that is served there, with a client that is set up as the fault needs it\n\
         (its clock by faketime). What a program said that is not installed is kept. A test repeats the quick ones. The other\n\
         way round, `handshake-lab why \"ERROR TEXT\"` names the faults that a text can mean.\n\n\
         A program that cannot be set up as a fault needs it has no row there. `DIR`, `PORT`, `TIME` and `N` stand for a folder,\n\
         a port, a moment and a number of that one run.\n\n\
         | program | version | faults asked for | noticed |\n|---|---|---:|---:|\n",
    );
    for name in names {
        let own: Vec<&Observation> = observed.iter().filter(|one| one.program == name).collect();
        let noticed = own.iter().filter(|one| one.is_noticed()).count();
        let _ = writeln!(text, "| {name} | {} | {} | {noticed} |", own[0].version, own.len());
    }
    for fault in FAULTS {
        let own: Vec<&Observation> = observed.iter().filter(|one| one.fault == fault.id).collect();
        if own.is_empty() {
            continue;
        }
        let _ = write!(
            text,
            "\n## [`{0}`](faults.md#{0})\n\n{1}.\n\n| program | exit | what it says |\n|---|---:|---|\n",
            fault.id, fault.title
        );
        let mut told: Vec<(i32, String, Vec<&str>)> = Vec::new();
        for one in own {
            let says = match &one.error {
                Some(error) => format!("`{}`", error.replace('|', "\\|").replace('`', "'")),
                None if one.is_noticed() => "nothing in words".into(),
                None => "nothing: it takes what comes".into(),
            };
            match told.iter_mut().find(|row| row.0 == one.exit && row.1 == says) {
                Some(row) => row.2.push(&one.program),
                None => told.push((one.exit, says, vec![&one.program])),
            }
        }
        for (exit, says, programs) in told {
            let _ = writeln!(text, "| {} | {exit} | {says} |", programs.join(", "));
        }
    }
    text += "\n## Faults that no program was asked about\n\n";
    for (id, why) in UNASKED {
        let _ = writeln!(text, "- [`{id}`](faults.md#{id}): {why}");
    }
    text
}

/// A remedy: the faults that it mends, and what to write into each program.
fn remedy(remedy: Remedy) -> String {
    let Advice { id, title, about, .. } = remedy.advice();
    let mended = FAULTS.iter().filter(|fault| fault.words().remedies.contains(&remedy));
    let mended: Vec<String> =
        mended.map(|fault| format!("[`{0}`](faults.md#{0})", fault.id)).collect();
    let mut text = format!("## `{id}`\n\n**{title}.** {about}\n\nFor {}.\n", mended.join(", "));
    for (program, code) in remedy.advice().snippets {
        let _ = write!(text, "\n{}:\n\n```\n{code}\n```\n", program.label());
    }
    for (program, why) in remedy.advice().without {
        let _ = writeln!(text, "\nNothing for {}: {why}", program.label());
    }
    text + "\n"
}

fn remedies() -> String {
    let programs: Vec<&str> = Program::ALL.iter().map(|program| program.label()).collect();
    let text = format!(
        "# Configuration and code\n\n\
         Written by `make docs` from the table of remedies: what to write into which program to fix a fault. There is something\n\
         for {}.\n\n\
         Tests try each of them: nginx 1.22, Apache 2.4 and HAProxy 2.6 check their configuration, and some of it serves; curl,\n\
         Python, Node.js, Java and Go ask a server that is right, and have to refuse servers that are not. Spring Boot and Envoy are not run: their keys are\n\
         held to their documentation. Verification is on in all of them.\n\n\
         `HOST`, `PORT` and `ADDRESS` stand for the server's, `SERVICE` for the name of a server behind a gateway. Where both\n\
         ends are set up well, and the path or a clock is at fault, there is mostly nothing to write.\n\n",
        programs.join(", ")
    );
    let all: String = Remedy::ALL.iter().map(|one| remedy(*one)).collect();
    text + all.trim_end() + "\n"
}

/// Levels and commands of mysteries, and what of the programs' output is left out.
fn diagnose() -> String {
    let mut text = String::from(
        "# Mysteries\n\n\
         Written by `make docs` from the tables of src/diagnose/; a test holds it to that. `handshake-lab diagnose SEED` sets a\n\
         mystery, `--run COMMAND` runs a command, `--answer FAULT --fix LETTER` answers. `--answer-key` is for teachers: the\n\
         cause, the fix, and which commands tell it. The same level and seed are the same mystery for everybody.\n\n\
         ## Levels\n\n| level | what it is about |\n|---|---|\n",
    );
    for level in LEVELS {
        let _ = writeln!(text, "| `{}` | **{}**: {} |", level.id, level.title, level.about);
    }
    text += "\nWhich faults a level has is computed from what they are and what shows of them, so that a new fault comes in by itself.\n\
             A fault that shows in no line of its client has no mystery. There is no level with two faults: a scenario has one.\n\n\
             The line is what a real program was observed to say ([programs.md](programs.md)); for faults that cannot be served it\n\
             is what the client of the run says, or the status of the answer that it gets. In the first level the log keeps the\n\
             code alone. There, a fault that cannot be served has the line of one with the same error of OpenSSL.\n\n\
             ## Commands\n\n| command | what it is for | as it is written |\n|---|---|---|\n";
    // A fault whose client has everything that any client has.
    let fault = FAULTS.iter().find(|fault| fault.group == Group::ClientCertificate);
    let suspect = fault.and_then(|fault| Suspect::new(fault, 0, 0, Capabilities::all()));
    let suspect = suspect.expect("a fault of a client's certificate");
    for one in INSPECTIONS {
        let line = one.line(&suspect).replace(suspect.host(), "HOST").replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {} | `{line}` |", one.id, one.hopes);
    }
    text += "\nEach answer is made from the bytes of a run: of the client that fails for `tcpdump` and `tshark`, and for `curl` and\n\
             `s_client` of a client like them on the same machine, with its clock and its trust store. Tests compare them with\n\
             OpenSSL 3.0.19, curl 7.88.1, tcpdump 4.99.3 and tshark 4.0.17: `s_client` and `curl` against a server of each fault\n\
             that lies at one of the two ends, the others for all faults. A command is offered where its answer is known.\n\n\
             Left out of what they print:\n\n\
             - the thread's number and the place in OpenSSL's source, of each line with `error:`; and what comes after the\n  \
               handshake: tickets, `DONE`, or the alert that a server of TLS 1.3 sends to a client it does not know (`curl` shows it)\n\
             - how OpenSSL looked for a file that is not there\n";
    for (start, what) in s_client::LEFT_OUT {
        let _ = writeln!(text, "- `{}`: {what}", start.trim());
    }
    text += "\nNot told at all, since no form was compared with the real program: what OpenSSL and curl say where a record cannot be\n\
             opened, where a connection is reset, cut off or times out, and where a certificate cannot be read by our client.\n\n\
             ## Scoring\n\n\
             40 points for the cause, 20 for the fix, 30 for evidence, 10 for no more commands than it takes. A command is evidence\n\
             against a candidate if a person can see by it that it is another: its output would be different, apart from keys and\n\
             signatures, which count only where they come again. The fewest commands are those of the smallest set that tells the\n\
             cause from every other candidate.\n";
    text
}

/// Holds a file in docs/ to what was generated, or writes it.
fn hold(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "docs/{name} is out of date; `make docs` writes it anew");
}

#[test]
fn the_table_of_presets_is_what_the_presets_do() {
    hold("presets.md", &presets());
}

#[test]
fn the_keys_are_told_as_the_table_has_them() {
    hold("keys.md", &keys());
}

#[test]
fn the_faults_are_told_as_the_table_has_them() {
    hold("faults.md", &faults());
}

#[test]
fn what_programs_say_is_told_as_it_was_observed() {
    hold("programs.md", &programs());
}

#[test]
fn the_remedies_are_told_as_the_table_has_them() {
    hold("remedies.md", &remedies());
}

#[test]
fn what_the_course_covers_is_told_as_its_list_has_it() {
    hold("coverage.md", &coverage::told());
}

#[test]
fn levels_and_commands_of_mysteries_are_told_as_the_tables_have_them() {
    hold("diagnose.md", &diagnose());
}

#[test]
fn faults_stand_by_their_groups() {
    let of = |fault: &&Fault| Group::ALL.iter().position(|group| *group == fault.group);
    assert!(FAULTS.iter().map(of).is_sorted());
}
