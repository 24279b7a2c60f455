//! The command line: what it prints, what it writes, and its exit status.

#![cfg(test)]

use handshake_lab::engine::Capabilities;
use handshake_lab::faults::FAULTS;
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::trace::Endpoint;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn lab(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_handshake-lab")).args(args).output().expect("it runs")
}

/// Standard output of a command that must succeed in silence.
fn text(args: &[&str]) -> String {
    let output = lab(args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{args:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&text(args)).expect("JSON")
}

/// Asserts the exit status, and one line on standard error that holds each of `words`.
fn fails(args: &[&str], status: i32, words: &[&str]) {
    let output = lab(args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{args:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{args:?}: {said} lacks {word:?}");
    }
}

fn file(name: &str) -> PathBuf {
    [env!("CARGO_TARGET_TMPDIR"), name].iter().collect()
}

#[test]
fn lists_are_arrays_of_ids_and_titles() {
    for what in
        ["scenarios", "faults", "keys", "lessons", "questions", "interview", "terms", "recipes"]
    {
        let list = json(&["list", what, "--json"]);
        let plain = text(&["list", what]);
        let entries = list.as_array().expect("an array");
        assert!(!entries.is_empty());
        for entry in entries {
            assert!(entry["title"].is_string());
            assert!(plain.contains(entry["id"].as_str().expect("an id")));
        }
    }
    for question in json(&["list", "questions", "--json"]).as_array().expect("an array") {
        assert!(question["skill"].is_string(), "{question}");
        assert!((1..=3).contains(&question["difficulty"].as_u64().unwrap()), "{question}");
    }
    let faults = json(&["list", "faults", "--json"]);
    let ids: Vec<&str> =
        faults.as_array().unwrap().iter().filter_map(|f| f["id"].as_str()).collect();
    assert_eq!(ids, FAULTS.iter().map(|fault| fault.id).collect::<Vec<_>>());
    let expired = &faults[0]["expect"]["1.3"];
    assert_eq!(expired["alert"], "certificate_expired");
    assert_eq!(
        (&expired["from"], &expired["encrypted"]),
        (&Value::from("client"), &Value::from(true))
    );
}

#[test]
fn every_version_listed_of_a_fault_is_that_of_its_run_which_ends_as_listed() {
    let faults = json(&["list", "faults", "--json"]);
    for fault in faults.as_array().unwrap() {
        let versions: Vec<&str> =
            fault["versions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let expect = fault["expect"].as_object().unwrap();
        assert_eq!(expect.keys().map(String::as_str).collect::<Vec<_>>(), versions, "{fault}");
        for (version, expected) in expect {
            let preset = format!("tls{}", version.replace('.', ""));
            let fault = fault["id"].as_str().unwrap();
            let scenario = Scenario::parse(&preset).unwrap().with(&[("fault", fault)]).unwrap();
            let run = Run::new(&scenario, &Capabilities::all()).unwrap();
            let run = if expected["inner"] == true { run.at(1) } else { run };
            let connection = run.connection();
            for who in Endpoint::BOTH {
                let status = connection.end(who).status.name();
                assert_eq!(expected[who.name()], status, "{fault} in {version}");
            }
            assert_eq!(run.scenario().sound_plan().is_tls13(), version == "1.3", "{fault}");
        }
    }
}

#[test]
fn a_run_without_output_option_prints_ladder_and_summary() {
    let ladder = text(&["run", "tls13"]);
    for word in
        ["SYN, ACK", "ClientHello", "EncryptedExtensions", "GET /", "200 OK", "close_notify"]
    {
        assert!(ladder.contains(word), "{word}");
    }
    assert!(ladder.contains("TLS_AES_128_GCM_SHA256"));
    assert!(ladder.contains("client       established"));
    // As they were in the run: here the server's flight waits for acknowledgments.
    assert!(ladder.contains("round trips  1"));
    assert!(text(&["run", "tls13-big-flight"]).contains("round trips  2"));
}

#[test]
fn the_json_of_a_run_has_the_promised_keys() {
    let document = json(&["run", "tls13", "--json", "-"]);
    assert_eq!(document["format"], "handshake-lab/1");
    assert_eq!(document["scenario"], "tls13");
    let connection = &document["connections"][0];
    assert_eq!(connection["id"], 0);
    assert_eq!(connection["version"], "TLS 1.3");
    assert_eq!(connection["cipher_suite"], "TLS_AES_128_GCM_SHA256");
    assert_eq!(connection["group"], "x25519");
    assert_eq!(connection["alpn"], "http/1.1");
    assert_eq!(connection["resumed"], false);
    assert_eq!(connection["early_data"], "none");
    assert_eq!(connection["handshake_round_trips"], 1);
    assert_eq!(connection["outcome"]["client"], "established");
    assert_eq!(connection["outcome"]["server_error"], Value::Null);

    let packet = &connection["packets"][0];
    assert_eq!((&packet["number"], &packet["time_us"]), (&1.into(), &0.into()));
    assert_eq!((&packet["from"], &packet["flags"]), (&"client".into(), &"SYN".into()));
    let record = &connection["records"][0];
    assert_eq!(record["content_type"], 22);
    assert_eq!((&record["epoch"], &record["decrypted"]), (&"plain".into(), &Value::Null));
    let message = &connection["messages"][0];
    assert_eq!((&message["type"], &message["name"]), (&1.into(), &"ClientHello".into()));
    assert_eq!(message["encrypted"], false);
    let bytes = message["bytes"].as_str().expect("hexadecimal");
    let node = &message["nodes"][0];
    for key in ["name", "wireshark", "start", "end", "value", "display", "note", "children"] {
        assert!(node.get(key).is_some(), "a node has {key}");
    }
    assert_eq!(node["end"].as_u64(), Some(bytes.len() as u64 / 2));

    for name in [
        "early_secret",
        "handshake_secret",
        "main_secret",
        "client_handshake_traffic_secret",
        "client_application_traffic_secret_0",
        "exporter_secret",
        "resumption_secret",
        "client_handshake_key",
        "client_handshake_iv",
        "client_finished_key",
    ] {
        assert!(connection["secrets"][name].is_string(), "{name}");
    }
    let steps = connection["key_schedule"].as_array().expect("an array");
    let step = steps.iter().find(|s| s["name"] == "handshake_secret").expect("a step");
    assert_eq!(step["operation"], "HKDF-Extract");
    assert_eq!(step["inputs"]["ikm"], connection["secrets"]["shared_secret"]);
    assert_eq!(step["output"], connection["secrets"]["handshake_secret"]);
}

#[test]
fn tls_1_2_names_its_secrets_as_rfc_9846_does_and_says_what_they_were_called() {
    let document = json(&["run", "tls12", "--json", "-"]);
    let connection = &document["connections"][0];
    assert_eq!(connection["version"], "TLS 1.2");
    assert_eq!(connection["handshake_round_trips"], 2);
    for name in ["preliminary_secret", "main_secret", "client_write_key", "client_write_iv"] {
        assert!(connection["secrets"][name].is_string(), "{name}");
    }
    for node in connection["key_schedule"].as_array().unwrap() {
        let formerly = match node["name"].as_str().unwrap() {
            "preliminary_secret" => Some("pre_master_secret"),
            "main_secret" => Some("master_secret"),
            _ => None,
        };
        assert_eq!(node.get("formerly").and_then(|name| name.as_str()), formerly, "{node}");
    }
}

#[test]
fn a_handshake_that_fails_as_it_must_exits_with_0_and_tells_its_alert() {
    let document = json(&["run", "cert-expired", "--json", "-"]);
    let outcome = &document["connections"][0]["outcome"];
    assert_eq!((&outcome["client"], &outcome["server"]), (&"failed".into(), &"failed".into()));
    assert!(outcome["client_error"].as_str().is_some_and(|error| error.contains("expired")));
    let alert = &outcome["alerts"][0];
    assert_eq!(
        *alert,
        serde_json::json!({
            "from": "client", "level": "fatal", "description": "certificate_expired", "code": 45,
            "encrypted": true
        })
    );
}

#[test]
fn keys_and_seed_make_the_scenario() {
    let set = json(&[
        "run",
        "tls13",
        "--set",
        "suite=TLS_AES_256_GCM_SHA384",
        "--set",
        "group=secp384r1",
        "--set",
        "cert=rsa-2048",
        "--set",
        "client-cert=required",
        "--set",
        "alpn=http/1.1",
        "--seed",
        "7",
        "--json",
        "-",
    ]);
    let connection = &set["connections"][0];
    assert_eq!(connection["cipher_suite"], "TLS_AES_256_GCM_SHA384");
    assert_eq!(connection["group"], "secp384r1");
    let again = json(&["run", set["scenario"].as_str().expect("its text form"), "--json", "-"]);
    assert_eq!(set, again);
    let help = text(&["run", "--help"]);
    for key in handshake_lab::scenario::KEYS {
        assert!(help.contains(key.name) && help.contains(key.help), "{}", key.name);
    }
}

#[test]
fn capture_and_key_log_are_written_side_by_side() {
    let (capture, keys) = (file("cli.pcapng"), file("cli.keys"));
    let args = [
        "run",
        "tls13",
        "--pcapng",
        capture.to_str().expect("a name"),
        "--keylog",
        keys.to_str().expect("a name"),
    ];
    assert_eq!(text(&args), "");
    let octets = std::fs::read(&capture).expect("the capture");
    assert!(octets.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]));
    let log = std::fs::read_to_string(&keys).expect("the key log");
    assert_eq!(log.lines().count(), 5);
    // The same text is in the capture.
    assert!(octets.windows(log.len()).any(|window| window == log.as_bytes()));
    assert_eq!(text(&["run", "tls13", "--keylog", "-"]), log);
}

#[test]
fn the_servers_private_key_is_written_in_pem() {
    let pem = text(&["run", "tls12-rsa", "--server-key", "-"]);
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"), "{pem}");
    for scenario in ["tls12-rsa", "tls13", "tls13+cert=ecdsa-p384", "tls13+cert=ed25519"] {
        let key = file("server-key.pem");
        let name = key.to_str().expect("a name");
        assert_eq!(text(&["run", scenario, "--server-key", name]), "");
        let mut openssl = Command::new("openssl");
        let check = openssl.args(["pkey", "-noout", "-text", "-in", name]).output();
        let check = check.expect("openssl runs");
        assert!(check.status.success(), "{scenario}: {}", String::from_utf8_lossy(&check.stderr));
    }
}

#[test]
fn the_attempt_with_the_stolen_key_is_told() {
    let opened = text(&["run", "tls12-rsa", "--stolen-key"]);
    for words in ["6 of 6 encrypted records opened", "GET / HTTP/1.1", "HTTP/1.1 200 OK"] {
        assert!(opened.contains(words), "{words}: {opened}");
    }
    for (scenario, missing) in [("tls12", "preliminary_secret"), ("tls13", "shared_secret")] {
        let closed = text(&["run", scenario, "--stolen-key"]);
        assert!(closed.contains("\n0 of "), "{closed}");
        assert!(closed.contains(&format!("Missing: {missing}.")), "{closed}");
        assert!(!closed.contains("HTTP/1.1"), "{closed}");
    }
}

#[test]
fn wrong_usage_exits_with_2_and_one_line() {
    fails(&["run", "tls14"], 2, &["tls14", "tls13"]);
    fails(&["run", "tls13", "--set", "colour=red"], 2, &["colour", "suite"]);
    fails(&["run", "tls13", "--set", "group=x448"], 2, &["group", "x448", "secp256r1"]);
    fails(&["run", "tls13", "--json", "-", "--keylog", "-"], 2, &["only one", "to -;"]);
    let twice = file("twice.json");
    let twice = twice.to_str().expect("a name");
    fails(&["run", "tls13", "--json", twice, "--pcapng", twice], 2, &["only one", twice]);
    assert!(!Path::new(twice).exists());
    fails(&["run", "tls13", "--seed", "1", "--set", "seed=2"], 2, &["seed", "twice"]);
    assert_eq!(lab(&["run"]).status.code(), Some(2));
    assert_eq!(lab(&["run", "tls13", "--set", "group"]).status.code(), Some(2));
    assert_eq!(lab(&["list", "everything"]).status.code(), Some(2));
    assert_eq!(lab(&[]).status.code(), Some(2));
}

#[test]
fn what_somebody_wrote_is_told_shortly_and_never_acted_on() {
    let long = "x".repeat(80_000);
    let pair = format!("alpn={long}");
    let escape = "\u{1b}]0;title\u{7}\u{1b}[31m";
    let hostile: [&[&str]; 9] = [
        &["run", &long],
        &["run", "tls13", "--set", &long],
        &["run", "tls13", "--set", &pair],
        &["run", "tls13", "--seed", &long],
        &["race", "--rtt-ms", &long],
        &["list", &long],
        &["lessons", "check", &long],
        &["run", "tls13", "--json", escape, "--pcapng", escape],
        &["list", escape],
    ];
    for args in hostile {
        let output = lab(args);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(1 | 2)), "{said}");
        assert!(said.len() < 4000, "{} bytes", said.len());
        assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said:?}");
    }
}

#[test]
fn one_file_cannot_be_named_twice_however_it_is_written() {
    fails(
        &["run", "tls13", "--json", "a", "--pcapng", "./a"],
        2,
        &["only one output can go to ./a"],
    );
}

#[test]
fn lessons_are_checked_against_real_runs() {
    assert!(text(&["lessons", "check", "lessons"]).contains("no errors"));
    let dir = file("lessons");
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("index.toml"), "lessons = [\"01-broken.md\"]\n").expect("the list");
    std::fs::write(dir.join("01-broken.md"), "no front matter\n").expect("a lesson");
    let output = lab(&["lessons", "check", dir.to_str().expect("a name")]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("01-broken.md:1: "), "{said}");
    assert_eq!(lab(&["lessons", "check", "nowhere"]).status.code(), Some(1));
}

#[test]
fn a_quiz_has_numbers_letters_units_and_only_on_demand_the_answers() {
    let plain = text(&["quiz", "--all", "--seed", "7", "--count", "40"]);
    for word in
        ["\n1. ", "\n40. ", "   a) ", "   d) ", "Answer: ____ ms", "#/learn/practise/all/40/7"]
    {
        assert!(plain.contains(word), "{word}: {plain}");
    }
    assert!(!plain.contains("Answers") && !plain.contains("{{"), "{plain}");
    assert_eq!(plain, text(&["quiz", "--all", "--seed", "7", "--count", "40"]));
    assert_ne!(plain, text(&["quiz", "--all", "--seed", "8", "--count", "40"]));
    let with = text(&["quiz", "--all", "--seed", "7", "--count", "40", "--answers"]);
    let (questions, answers) = with.split_once("Answers\n").expect("answers");
    assert_eq!(questions, plain);
    assert_eq!(answers.lines().filter(|line| line.starts_with(char::is_numeric)).count(), 40);
}

#[test]
fn the_json_of_a_quiz_says_of_every_form_what_is_asked_and_what_is_right() {
    let quiz = |more: &[&str]| {
        json(&[&["quiz", "--all", "--seed", "3", "--count", "100", "--json", "-"], more].concat())
    };
    let document = quiz(&["--answers"]);
    assert_eq!(document["format"], "handshake-lab-quiz/1");
    assert_eq!((&document["from"], &document["seed"]), (&"all".into(), &3.into()));
    let questions = document["questions"].as_array().expect("questions");
    assert_eq!(questions.len(), 100);
    for question in questions {
        for key in ["id", "lesson", "kind", "skill", "scenario", "address", "prompt"] {
            assert!(
                question[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key}: {question}"
            );
        }
        let answer = &question["answer"];
        assert!(answer["text"].as_str().is_some_and(|text| !text.is_empty()), "{question}");
        let (options, items) = (&question["options"], &question["items"]);
        let letters = answer["letters"].as_array().map_or(0, Vec::len);
        let Some(options) = options.as_array() else {
            assert_eq!(letters, 0, "{question}");
            continue;
        };
        let wanted = match question["kind"].as_str().unwrap() {
            "choice" | "truth" => 1,
            "order" => options.len(),
            "match" => items.as_array().unwrap().len(),
            _ => letters.max(2),
        };
        assert_eq!(letters, wanted, "{question}");
        assert!(question["scenario"].as_str().unwrap().contains("seed="), "{question}");
    }
    assert!(
        quiz(&[])["questions"].as_array().unwrap().iter().all(|one| one.get("answer").is_none())
    );
}

#[test]
fn a_quiz_is_of_one_lesson_one_skill_one_set_or_one_difficulty() {
    let questions = |args: &[&str]| {
        let document = json(&[&["quiz", "--json", "-"], args].concat());
        document["questions"].as_array().expect("questions").clone()
    };
    let all = |key: &str, is: Value, args: &[&str]| {
        let questions = questions(args);
        assert!(!questions.is_empty() && questions.iter().all(|one| one[key] == is), "{args:?}");
    };
    all("lesson", "gateways".into(), &["--lesson", "gateways"]);
    all("skill", "alerts".into(), &["--skill", "alerts"]);
    all("difficulty", 3.into(), &["--all", "--difficulty", "hard"]);
    let set = questions(&["--set", "quick-check"]);
    assert_eq!((set.len(), &set[2]["id"]), (3, &"main-concern".into()));
    fails(&["quiz", "--lesson", "gatewasy"], 2, &["no lesson gatewasy", "did you mean gateways?"]);
    fails(&["quiz", "--skill", "banana"], 2, &["no skill banana", "tcp-numbers"]);
    fails(&["quiz", "--set", "quick-chekc"], 2, &["did you mean quick-check?"]);
    for wrong in [
        &["quiz"][..],
        &["quiz", "--all", "--skill", "alerts"],
        &["quiz", "--all", "--count", "0"],
        &["quiz", "--all", "--count", "101"],
        &["quiz", "--all", "--seed", "x"],
        &["quiz", "--all", "--difficulty", "cruel"],
    ] {
        assert_eq!(lab(wrong).status.code(), Some(2), "{wrong:?}");
    }
    fails(&["quiz", "--all", "--json", "/nowhere/a.json"], 1, &["/nowhere/a.json"]);
}

#[test]
fn lessons_are_built_where_they_are_and_only_if_nothing_is_wrong() {
    let dir = file("built-lessons");
    std::fs::create_dir_all(&dir).expect("a folder");
    let name = dir.to_str().expect("a name");
    for entry in std::fs::read_dir("lessons").expect("the lessons") {
        let entry = entry.expect("a file");
        if entry.path().is_file() {
            std::fs::copy(entry.path(), dir.join(entry.file_name())).expect("a copy");
        }
    }
    assert!(text(&["lessons", "build", name]).contains("built"));
    let list = std::fs::read_to_string(dir.join("built/index.json")).expect("the built list");
    assert!(list.contains("your-first-handshake"), "{list}");
    // What was built is no lesson, and is in nobody's way.
    assert!(text(&["lessons", "check", name]).contains("no errors"));
    std::fs::remove_dir_all(dir.join("built")).expect("what was built");
    std::fs::write(dir.join("index.toml"), "lessons = [\"01-broken.md\"]\n").expect("the list");
    assert_eq!(lab(&["lessons", "build", name]).status.code(), Some(1));
    assert!(!dir.join("built").exists());
}

#[test]
fn a_file_that_cannot_be_written_exits_with_1_and_its_name() {
    fails(&["run", "tls13", "--json", "/nowhere/a.json"], 1, &["/nowhere/a.json"]);
}

#[test]
fn two_runs_are_compared_as_a_ladder_and_as_json() {
    let ladder = text(&["compare", "tls12", "tls13"]);
    for word in ["A  tls12", "B  tls13", "supported_versions", "ServerKeyExchange", "only in A"] {
        assert!(ladder.contains(word), "{word}");
    }
    assert!(ladder.contains("B sends its first application data 80 ms earlier than A"), "{ladder}");
    assert!(!ladder.contains("random in each run"));
    assert!(text(&["compare", "tls13", "tls13+seed=7", "--all"]).contains("random in each run"));
    let json = json(&["compare", "tls13", "cert-expired", "--json"]);
    assert_eq!(json["format"], "handshake-lab-compare/1");
    assert_eq!(json["figures"][0]["scenario"], "tls13");
    assert_eq!(json["figures"][1]["client"], "failed");
    let pairs = json["pairs"].as_array().expect("an array");
    let certificate = pairs.iter().find(|pair| pair["seats"][0]["title"] == "Certificate");
    assert_eq!(certificate.expect("a certificate")["mark"], "differs");
    fails(&["compare", "tls13", "nosuch"], 2, &["nosuch"]);
}

#[test]
fn a_run_of_two_connections_lists_both() {
    let json: Value = serde_json::from_str(&text(&["run", "tls13-0rtt", "--json", "-"])).unwrap();
    let connections = json["connections"].as_array().expect("connections");
    let settled = |at: usize| {
        let one = &connections[at];
        (one["resumed"].clone(), one["early_data"].clone(), one["handshake_round_trips"].clone())
    };
    assert_eq!(connections.len(), 2);
    assert_eq!(settled(0), (false.into(), "none".into(), 1.into()));
    assert_eq!(settled(1), (true.into(), "accepted".into(), 0.into()));
    for secret in ["psk", "binder_key", "binder", "client_early_traffic_secret", "client_early_key"]
    {
        assert!(connections[1]["secrets"][secret].is_string(), "{secret}");
    }
    let ladder = text(&["run", "tls13-0rtt"]);
    for words in ["connection 1 of 2", "connection 2 of 2", "EndOfEarlyData", "early data keys"] {
        assert!(ladder.contains(words), "{words}");
    }
    let keys = text(&["run", "tls13-0rtt", "--keylog", "-"]);
    assert_eq!(keys.matches("CLIENT_EARLY_TRAFFIC_SECRET").count(), 1);
    assert_eq!(keys.matches("CLIENT_HANDSHAKE_TRAFFIC_SECRET").count(), 2);
}

#[test]
fn a_run_with_a_gateway_says_who_can_read_what() {
    let document = json(&["run", "gateway-terminate", "--json", "-"]);
    let readings = document["readings"].as_array().expect("a list");
    let request = readings.iter().find(|row| row["what"] == "the request").expect("the request");
    assert_eq!(request["places"]["client-gateway"], Value::Null);
    assert_eq!(request["places"]["gateway-service"], "GET / HTTP/1.1");
    assert!(json(&["run", "tls13", "--json", "-"]).get("readings").is_none());
}

#[test]
fn a_race_prints_a_bar_and_figures_for_each_lane() {
    let table = text(&["race"]);
    for words in [
        "tls12\n",
        "4 round trips, 320 ms (TCP 1 + TLS 2 + request 1), from the first SYN",
        "3 round trips, 240 ms (TCP 1 + TLS 1 + request 1), from the first SYN",
        "2 round trips, 160 ms (TCP 1 + TLS 0 + request 1), from the first SYN",
        "1 round trip, 80 ms (TCP 0 + TLS 0 + request 1), from the request",
    ] {
        assert!(table.contains(words), "{table} lacks {words}");
    }
    let cells = |line: &str| line.chars().all(|c| "░▒█".contains(c)) && !line.is_empty();
    let widths: Vec<usize> =
        table.lines().filter(|line| cells(line)).map(|line| line.chars().count()).collect();
    assert_eq!(widths, [48, 36, 24, 12]);
}

#[test]
fn a_race_as_json_has_every_lane_with_its_parts() {
    let document = json(&["race", "tls12", "cert-expired", "--rtt-ms", "200", "--json"]);
    assert_eq!(document["format"], "handshake-lab-race/1");
    assert_eq!(document["rtt_ms"], 200);
    let lane = &document["lanes"][0];
    assert_eq!(lane["scenario"], "tls12+rtt-ms=200");
    assert_eq!(lane["counted_from"], "connection");
    assert_eq!((&lane["round_trips"], &lane["time_us"]), (&4.into(), &800_000.into()));
    assert_eq!(lane["segments"][1]["part"], "tls");
    assert_eq!(lane["segments"][1]["round_trips"], 2);
    let failed = document["lanes"][1]["error"].as_str().expect("no answer");
    assert!(failed.starts_with("No application byte reached the client."));
}

#[test]
fn a_race_has_two_to_four_lanes_and_some_distance() {
    fails(&["race", "tls12"], 2, &["between 2 and 4 scenarios"]);
    fails(&["race", "a", "b", "c", "d", "e"], 2, &["between 2 and 4 scenarios"]);
    fails(&["race", "tls12", "nonsense"], 2, &["nonsense", "tls13"]);
    assert_eq!(lab(&["race", "--rtt-ms", "0"]).status.code(), Some(2));
}

#[test]
fn a_recipe_is_made_into_a_folder_with_what_each_file_is_for() {
    let folder = file("minted");
    let _ = std::fs::remove_dir_all(&folder);
    let out = folder.to_str().expect("a path");
    let said = text(&["mint", "private-ca", "--out", out]);
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a file");
    for name in ["root.key", "orders.csr", "orders.crt.der", "orders-chain.pem", "README.md"] {
        assert!(said.contains(name) && !read(name).is_empty(), "{name}: {said}");
    }
    let readme = String::from_utf8(read("README.md")).expect("text");
    for words in ["openssl genpkey", "keytool -gencert", "protect nothing"] {
        assert!(readme.contains(words), "{words}");
    }
    // The same again, and as a file of one's own; another seed makes other keys.
    let before = read("orders.crt");
    let own = folder.join("own.toml");
    std::fs::write(&own, include_str!("../src/certificates/recipes/private-ca.toml"))
        .expect("a file");
    let own = own.to_str().expect("a path");
    let made = json(&["mint", own, "--out", out, "--json"]);
    assert_eq!(before, read("orders.crt"));
    assert!(made["objects"].as_array().expect("objects").len() > 10);
    text(&["mint", own, "--out", out, "--seed", "7"]);
    assert_ne!(before, read("orders.crt"));
    fails(&["mint", "no-such-recipe", "--out", out], 1, &["no-such-recipe"]);
    std::fs::write(folder.join("own.toml"), "title = 1\n").expect("a file");
    fails(&["mint", own, "--out", out], 1, &["line 1", "docs/recipes.md"]);
    assert_eq!(
        lab(&["mint", "private-ca", "--out", out, "--clock", "soon"]).status.code(),
        Some(2)
    );
}
