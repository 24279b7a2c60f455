//! The kinds that draw a run with something missing, and the one that asks for a step.

use super::*;
use crate::engine::Capabilities;
use crate::lesson::{HEAD, Lesson};
use crate::scenario::Scenario;

/// What every question here has.
const QUESTION: &str = r#"```question
id = "q"
prompt = "p"
hint = "h"
explain = "e"
"#;

/// The first line behind these.
const LINE: usize = 16;

fn run(scenario: &str) -> Run {
    Run::new(&Scenario::parse(scenario).unwrap(), &Capabilities::all()).unwrap()
}

/// The question with these keys about `run`, or the first error.
fn ask(keys: &str, run: &Run) -> Result<Asked, String> {
    let lesson = Lesson::parse(&format!("{HEAD}{QUESTION}{keys}\n```\n"), "a.md");
    let lesson = lesson.map_err(|errors| errors[0].to_string())?;
    let question = lesson.questions().next().unwrap();
    assert!(question.is_computed());
    let asked = question.ask(run).map_err(|error| error.to_string())?;
    match asked.trouble(run) {
        None => Ok(asked),
        Some(trouble) => Err(trouble.to_string()),
    }
}

fn blanks(asked: &Asked) -> (Option<[&'static str; 2]>, Vec<Line>, Vec<String>) {
    match asked.form() {
        Form::Blanks { ends, lines, choices } => (ends, lines, choices),
        other => panic!("{other:?}"),
    }
}

/// The positions of these names among the choices.
fn positions(asked: &Asked, names: &[&str]) -> Vec<usize> {
    let (_, _, choices) = blanks(asked);
    let place = |name: &&str| choices.iter().position(|choice| choice == name).unwrap();
    names.iter().map(place).collect()
}

fn said(asked: &Asked, run: &Run, names: &[&str]) -> Verdict {
    asked.grade(run, &Answer::Positions(positions(asked, names)))
}

const HELLOS: &str = "kind = \"label\"\nfrom = \"ClientHello\"\nto = \"client.Finished\"";

#[test]
fn a_ladder_is_labelled_with_the_names_that_the_run_has() {
    let run = run("tls13");
    let asked = ask(HELLOS, &run).unwrap();
    let (ends, lines, choices) = blanks(&asked);
    assert_eq!(ends, Some(["client", "server"]));
    let steps: Vec<_> = run.story().steps.iter().filter(|step| !step.records.is_empty()).collect();
    let last = steps.iter().rposition(|step| step.title == "Finished").unwrap();
    let titles: Vec<&str> = steps[..=last].iter().map(|step| step.title.as_str()).collect();
    assert_eq!(lines.len(), titles.len());
    for (line, step) in lines.iter().zip(&steps) {
        assert_eq!((line.spot, &line.given), (Spot::From(step.from), &None));
        assert!(!line.spoken.contains(&step.title) && !line.about.contains(&step.title));
    }
    // Each name once, in the order of the alphabet, and some that do not occur.
    assert!(choices.is_sorted_by_key(|name| name.to_lowercase()), "{choices:?}");
    let unknown = choices.iter().filter(|name| run.story().steps.iter().all(|s| s.title != **name));
    assert_eq!(unknown.count(), 3);
    assert!(said(&asked, &run, &titles).right);
    assert!(!asked.grade(&run, &Answer::Positions(vec![0])).right);
    assert!(!asked.grade(&run, &Answer::Typed(asked.expected())).right);
}

#[test]
fn a_wrong_label_is_told_where_the_name_belongs() {
    let run = run("tls13");
    let keys = format!("{HELLOS}\nothers = [\"ServerKeyExchange\"]");
    let asked = ask(&keys, &run).unwrap();
    let right: Vec<String> =
        asked.expected().split("; ").map(|pair| pair.split_once(": ").unwrap().1.into()).collect();
    assert_eq!(right[..2], ["ClientHello", "ServerHello"]);
    for (name, words) in [
        ("ServerKeyExchange", "This connection has no ServerKeyExchange."),
        ("ClientHello", "ClientHello is sent by the client; this arrow goes the other way."),
        ("Certificate", "Certificate comes later."),
    ] {
        let mut names: Vec<&str> = right.iter().map(String::as_str).collect();
        names[1] = name;
        let verdict = said(&asked, &run, &names);
        assert!(!verdict.right && verdict.explanation.shows(words), "{name}: {verdict:?}");
        assert!(verdict.explanation.shows("The first that is wrong: arrow 2."), "{verdict:?}");
    }
}

#[test]
fn the_packets_of_tcp_are_asked_for_unless_only_tls_is() {
    let run = run("tls12");
    let all = ask("kind = \"label\"\nto = \"ServerHello\"", &run).unwrap();
    assert!(all.expected().starts_with("arrow 1: SYN; arrow 2: SYN, ACK; arrow 3: ACK;"));
    let error = |keys: &str| ask(keys, &run).unwrap_err();
    let few = error("kind = \"label\"\nto = \"ServerHello\"\nonly = \"tls\"");
    assert!(few.starts_with("a.md:12: 2 arrows to be labelled"), "{few}");
    assert!(error("kind = \"label\"").contains("arrows to be labelled; choose 3 to 16"));
    let only = error("kind = \"label\"\nonly = \"tcp\"");
    assert!(only.starts_with(&format!("a.md:{}: only `tcp`", LINE + 1)), "{only}");
    let known = error("kind = \"label\"\nto = \"ServerHello\"\nothers = [\"Finished\"]");
    assert!(known.contains("`Finished` under `others`, which the run has"), "{known}");
    let step = error("kind = \"label\"\nfrom = \"ServerHallo\"");
    assert!(step.starts_with(&format!("a.md:{}: no step called", LINE + 1)), "{step}");
}

fn options(asked: &Asked) -> Vec<String> {
    match asked.form() {
        Form::Choice(options) => options,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_step_is_chosen_among_all_and_a_wrong_one_is_told_what_it_is() {
    let run = run("tls13");
    let why = "[[option]]\nstep = \"ServerHello\"\nwhy = \"It is *not*.\"";
    let asked =
        ask(&format!("kind = \"step\"\nanswer = \"server.Finished\"\n{why}"), &run).unwrap();
    let options = options(&asked);
    assert_eq!(options.len(), run.story().steps.len());
    assert_eq!(options[0], "1. SYN (client → server)");
    for (at, step) in run.story().steps.iter().enumerate() {
        let verdict = asked.grade(&run, &Answer::Positions(vec![at]));
        assert_eq!(verdict.right, options[at] == asked.expected());
        if step.title == "ServerHello" {
            assert!(verdict.explanation.as_str().contains("It is <em>not</em>."), "{verdict:?}");
        } else if !verdict.right {
            assert!(verdict.explanation.shows(&format!("You chose {}. ", step.title)));
        }
    }
    assert!(asked.expected().contains("Finished (server → client)"));
    assert!(!asked.grade(&run, &Answer::Positions(vec![])).right);
}

#[test]
fn a_step_may_be_asked_for_by_what_holds_of_it() {
    let which = |rule: &str, scenario: &str| {
        ask(&format!("kind = \"step\"\nwhich = \"{rule}\""), &run(scenario))
            .map(|one| one.expected())
    };
    assert!(which("first-encrypted", "tls13").unwrap().contains("EncryptedExtensions"));
    assert!(which("first-encrypted", "tls12").unwrap().contains("Finished (client"));
    assert!(which("largest", "tls13").unwrap().contains("Certificate (server"));
    assert!(which("noticed", "cert-expired").is_ok());
    let none = which("noticed", "tls13").unwrap_err();
    assert!(none.contains("a run without one step that is `noticed`"), "{none}");
    let unknown = which("loudest", "tls13").unwrap_err();
    assert!(unknown.contains("use one of: first-encrypted, largest, noticed"), "{unknown}");
    let run = run("tls13");
    let both = "kind = \"step\"\nanswer = \"SYN\"\nwhich = \"largest\"";
    assert!(ask(both, &run).unwrap_err().contains("both `answer` and `which`"));
    assert!(ask("kind = \"step\"", &run).unwrap_err().contains("no `answer`"));
}

const TREE: &str = "kind = \"schedule\"\nblank = [\"main_secret\", \"handshake_secret\", \"client_handshake_traffic_secret\"]\nwith = [\"server_handshake_traffic_secret\"]";

#[test]
fn a_key_schedule_is_drawn_from_the_run_without_the_names_that_are_asked_for() {
    let run = run("tls13");
    let asked = ask(TREE, &run).unwrap();
    let (ends, lines, choices) = blanks(&asked);
    assert_eq!(ends, None);
    let names = ["handshake_secret", "client_handshake_traffic_secret", "main_secret"];
    for line in &lines {
        let told =
            format!("{}{}{}", line.about, line.spoken, line.given.clone().unwrap_or_default());
        let words: Vec<&str> = told.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        assert!(names.iter().all(|name| !words.contains(name)), "{told}");
    }
    let about: Vec<&str> = lines.iter().map(|line| line.about.as_str()).collect();
    let label = "#2 = Derive-Secret(#1, \"c hs traffic\", ClientHello…ServerHello)";
    assert!(about.contains(&label), "{about:?}");
    // What it is computed from stands above each, as it does in the run.
    let given: Vec<&str> = lines.iter().filter_map(|line| line.given.as_deref()).collect();
    let expected = [
        "early_secret",
        "derived_for_handshake",
        "shared_secret",
        "server_handshake_traffic_secret",
        "derived_for_main",
    ];
    assert_eq!(given, expected);
    let shared = lines.iter().find(|line| line.given.as_deref() == Some("shared_secret")).unwrap();
    assert_eq!(shared.spot, Spot::Depth(0), "it is computed from none of the others");
    assert_eq!(choices.len(), names.len() + 3, "{choices:?}");
    assert!(said(&asked, &run, &names).right);
    for (wrong, words) in [
        ("main_secret", "is computed from another value"),
        ("client_handshake_traffic_secret", "comes out of Derive-Secret, not of HKDF-Extract"),
    ] {
        let verdict = said(&asked, &run, &[wrong, names[1], names[2]]);
        assert!(!verdict.right && verdict.explanation.shows(words), "{wrong}: {verdict:?}");
        assert!(verdict.explanation.shows("The first that is wrong: #1."), "{verdict:?}");
    }
}

#[test]
fn every_value_of_every_key_schedule_can_be_asked_for() {
    for preset in crate::scenario::PRESETS {
        let run = run(preset.id);
        let keys: Vec<&str> = run.dissection().keys.iter().map(|node| node.name).collect();
        for some in keys.chunks(MANY).filter(|some| some.len() > 1) {
            let keys = format!("kind = \"schedule\"\nblank = {some:?}");
            let (_, lines, _) = blanks(&ask(&keys, &run).unwrap());
            let blank = lines.iter().filter(|line| line.given.is_none()).count();
            assert_eq!(blank, some.len(), "{}", preset.id);
            let fits = |line: &Line| matches!(line.spot, Spot::Depth(depth) if depth <= DEEPEST);
            assert!(lines.iter().all(fits), "{}: deeper than the page can draw", preset.id);
        }
    }
}

/// How many names are asked for at once.
const MANY: usize = 6;

/// How deep a value can stand: the style sheet has a class for each.
const DEEPEST: usize = 8;

#[test]
fn a_label_that_holds_a_missing_name_is_shown_as_it_is() {
    let run = run("tls13-0rtt");
    let asked = ask("kind = \"schedule\"\nblank = [\"binder\", \"binder_key\"]", &run).unwrap();
    let (_, lines, _) = blanks(&asked);
    let line = lines.iter().find(|line| line.about.starts_with("#1 = ")).unwrap();
    assert_eq!(line.about, "#1 = Derive-Secret(early_secret, \"res binder\", \"\")");
    let heard = lines.iter().find(|line| line.spoken.starts_with("Name 2, ")).unwrap();
    assert!(heard.spoken.contains("computed as HMAC(binder_finished_key, "), "{heard:?}");
}

#[test]
fn a_key_schedule_that_makes_no_sense_is_told_with_its_line() {
    let run = run("tls12");
    let error = |keys: &str| ask(&format!("kind = \"schedule\"\n{keys}"), &run).unwrap_err();
    let at = format!("a.md:{}: ", LINE + 1);
    let few = error("blank = [\"main_secret\"]");
    assert!(few.starts_with(&at) && few.contains("1 names to be filled in"), "{few}");
    let unknown = error("blank = [\"main_secret\", \"banana\"]");
    assert!(unknown.starts_with(&at) && unknown.contains("no key called `banana`"), "{unknown}");
    let twice = error("blank = [\"main_secret\", \"master_secret\"]");
    assert!(twice.contains("`main_secret` occurs twice"), "{twice}");
}

#[test]
fn what_would_answer_a_question_is_hidden_beside_it() {
    let hides = |keys: &str| {
        let lesson = Lesson::parse(&format!("{HEAD}{QUESTION}{keys}\n```\n"), "a.md").unwrap();
        lesson.questions().next().unwrap().hides()
    };
    assert_eq!(hides(HELLOS), Hidden::Names);
    assert_eq!(hides(TREE), Hidden::Lab);
    assert_eq!(hides("kind = \"step\"\nanswer = \"SYN\""), Hidden::Story);
    assert!(Some(Hidden::Names) > Some(Hidden::Lab) && Some(Hidden::Story) > None);
}

/// A lesson of the course, with what programs print written into it.
fn shipped(name: &str) -> Lesson {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let mut file = crate::lesson::source::lesson_file(&text, name).unwrap();
    crate::lesson::built::outputs::write(&mut file).unwrap();
    Lesson::read(&file).unwrap()
}

/// The question `id` of that lesson, asked about the run of its page.
fn asked_in(name: &str, id: &str) -> Asked {
    let lesson = shipped(name);
    let has = |page: &&crate::lesson::LessonPage| page.questions().any(|one| one.id == id);
    let page = lesson.pages.iter().find(has).unwrap();
    let run = run(&lesson.scenario_of(page).seeded(None));
    let question = page.questions().find(|one| one.id == id).unwrap();
    question.ask(&run).unwrap()
}

#[test]
fn what_the_course_says_of_a_step_that_is_found_by_a_rule_is_true() {
    for (lesson, id, step) in [
        ("05-tls12-message-by-message.md", "first-encrypted-12", "Finished (client"),
        ("13-cost-of-a-connection.md", "largest-message", "Certificate (server"),
        ("15-when-it-breaks.md", "noticed-where", "GET / (client"),
    ] {
        let expected = asked_in(lesson, id).expected();
        assert!(expected.contains(step), "{id}: {expected}");
    }
}

#[test]
fn what_programs_print_in_the_course_holds_what_is_asked_about() {
    for (id, lines) in [
        ("output-name", &["curl: (60) SSL: no alternative certificate subject name matches"][..]),
        ("output-san", &["X509v3 Subject Alternative Name", "DNS:"]),
        (
            "output-chain",
            &["verify error:num=20:", " 0 s:", "   i:", "-----BEGIN CERTIFICATE-----\n...\n"],
        ),
        ("output-alert", &["curl: (56) ", "error:0A00045C:"]),
    ] {
        let asked = asked_in("15-when-it-breaks.md", id);
        let shown = asked.shown.as_str();
        assert!(lines.iter().all(|line| shown.contains(line)), "{id}: {shown}");
    }
}
