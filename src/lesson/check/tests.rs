//! Against real runs.

use super::*;
use crate::engine::Capabilities;
use crate::lesson::path::Expr;
use crate::lesson::{Answer, Asked, Form, KINDS, Place, Tree, check_dir};
use crate::route::{Layer, Perspective, View};
use std::path::Path;

const FILE: &str = "lessons/01-your-first-handshake.md";
const TEXT: &str = include_str!("../../../lessons/01-your-first-handshake.md");

fn run(seed: u64) -> Run {
    Run::new(&Scenario { seed, ..Scenario::parse("tls13").unwrap() }, &Capabilities::all()).unwrap()
}

/// The question `id` of the shipped lesson, asked about `run`.
fn ask(id: &str, run: &Run) -> Asked {
    let lesson = Lesson::parse(TEXT, FILE).unwrap();
    lesson.questions().find(|question| question.id == id).unwrap().ask(run).unwrap()
}

#[test]
fn the_shipped_lessons_pass() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let errors: Vec<String> = check_dir(&dir).iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn the_shipped_lesson_asks_enough_in_every_way() {
    let lesson = Lesson::parse(TEXT, FILE).unwrap();
    for kind in KINDS {
        let asked = lesson.questions().filter(|question| question.kind.name == kind.name);
        assert!(asked.count() >= 1, "{}", kind.name);
    }
    assert!((10..=14).contains(&lesson.pages.len()));
}

#[test]
fn another_seed_has_another_answer() {
    let (one, two) = (run(1), run(2));
    for id in ["syn-acknowledged", "server-random-bytes", "tag-bytes"] {
        assert_ne!(ask(id, &one).expected(), ask(id, &two).expected(), "{id}");
    }
    for id in ["chosen-suite", "server-flight"] {
        assert_eq!(ask(id, &one).form(), ask(id, &run(1)).form(), "{id}");
    }
}

#[test]
fn the_answer_to_one_seed_is_wrong_for_another() {
    let (one, two) = (run(1), run(2));
    let answer = Answer::Typed(ask("syn-acknowledged", &one).expected());
    assert!(ask("syn-acknowledged", &one).grade(&one, &answer).right);
    assert!(!ask("syn-acknowledged", &two).grade(&two, &answer).right);
}

#[test]
fn a_known_mistake_is_told_why_it_is_one() {
    let run = run(3);
    let syn = run.dissection().packets[0].seq;
    let asked = ask("syn-acknowledged", &run);
    let verdict = asked.grade(&run, &Answer::Typed(syn.to_string()));
    assert!(!verdict.right);
    assert!(verdict.explanation.shows("That is the number of the SYN itself"));
    assert_eq!(verdict.expected, syn.wrapping_add(1).to_string());
    let verdict = asked.grade(&run, &Answer::Typed("12".into()));
    assert_eq!(verdict.explanation, asked.hint);
}

#[test]
fn a_choice_has_one_right_option_and_says_why_another_is_wrong() {
    let run = run(4);
    let asked = ask("chosen-suite", &run);
    let Form::Choice(options) = asked.form() else { panic!("{asked:?}") };
    assert_eq!(options.len(), 4);
    for (at, option) in options.iter().enumerate() {
        let verdict = asked.grade(&run, &Answer::Positions(vec![at]));
        assert_eq!(verdict.right, *option == asked.expected());
        assert_eq!(verdict.explanation == asked.explain, verdict.right, "{verdict:?}");
        assert!(verdict.right || verdict.explanation != asked.hint, "{option}: no reason");
    }
    assert!(!asked.grade(&run, &Answer::Positions(vec![99])).right);
    assert!(!asked.grade(&run, &Answer::Positions(vec![])).right);
    assert!(!asked.grade(&run, &Answer::Typed(asked.expected())).right);
}

#[test]
fn an_order_is_graded_as_far_as_it_is_right() {
    let run = run(5);
    let asked = ask("server-flight", &run);
    let Form::Order(shown) = asked.form() else { panic!("{asked:?}") };
    let place = |label: &&str| shown.iter().position(|shown| shown == label).unwrap();
    let expected = asked.expected();
    let right: Vec<usize> = expected.split(", then ").map(|label| place(&label)).collect();
    assert_ne!(right, (0..shown.len()).collect::<Vec<_>>(), "shown in the right order");
    assert!(asked.grade(&run, &Answer::Positions(right.clone())).right);
    let mut wrong = right.clone();
    wrong.swap(3, 4);
    let verdict = asked.grade(&run, &Answer::Positions(wrong));
    assert!(!verdict.right);
    assert!(verdict.explanation.shows("Right as far as Certificate ("), "{verdict:?}");
    assert!(!asked.grade(&run, &Answer::Positions(vec![])).right);
}

/// Asks the question in `block`, put on the first page of a lesson, about `run`.
fn ask_block(block: &str, run: &Run) -> Result<Asked, String> {
    let text = TEXT.replacen(
        "## Two programs",
        &format!("## A\n```question\n{block}\n```\n\n## Two programs"),
        1,
    );
    let lesson = Lesson::parse(&text, "a.md").map_err(|errors| errors[0].to_string())?;
    let question = lesson.questions().next().unwrap();
    let asked = question.ask(run).map_err(|error| error.to_string())?;
    match asked.trouble(run) {
        None => Ok(asked),
        Some(trouble) => Err(trouble.to_string()),
    }
}

const MATCH: &str = r#"
id = "m"
kind = "match"
prompt = "p"
hint = "h"
explain = "e"
others = ["sent by nobody", "server"]
pair = [
  { item = "SYN", from = "step.SYN.from", why = "It opens the connection." },
  { item = "ServerHello", from = "step.ServerHello.from" },
  { item = "Certificate", text = "{{step.Certificate.from}}" },
]
"#;

#[test]
fn a_match_offers_what_two_lines_share_once_and_says_which_line_is_wrong() {
    let run = run(11);
    let asked = ask_block(MATCH, &run).unwrap();
    let Form::Match { items, mut choices } = asked.form() else { panic!("{asked:?}") };
    assert_eq!(items, ["SYN", "ServerHello", "Certificate"]);
    let place = |name: &str| choices.iter().position(|choice| choice == name).unwrap();
    let (client, server, nobody) = (place("client"), place("server"), place("sent by nobody"));
    let grade = |chosen: &[usize]| asked.grade(&run, &Answer::Positions(chosen.to_vec()));
    assert!(grade(&[client, server, server]).right);
    let verdict = grade(&[nobody, server, client]);
    assert!(!verdict.right);
    for said in ["1 of 3 are right. Not yet: SYN.", "It opens the connection."] {
        assert!(verdict.explanation.shows(said), "{verdict:?}");
    }
    assert!(!grade(&[client, server]).right && !grade(&[]).right);
    assert_eq!(verdict.expected, "SYN: client; ServerHello: server; Certificate: server");
    choices.sort();
    assert_eq!(choices, ["client", "sent by nobody", "server"]);
}

#[test]
fn a_match_that_makes_no_sense_is_told_with_its_line() {
    let run = run(12);
    let start = TEXT.lines().position(|line| line == "## Two programs and a wire").unwrap() + 3;
    let error = |from: &str, to: &str| {
        assert!(MATCH.contains(from), "{from}");
        ask_block(&MATCH.replace(from, to), &run).unwrap_err()
    };
    // The block begins with an empty line.
    let line = |offset: usize| format!("a.md:{}: ", start + offset);
    let twice = error("\"ServerHello\", from", "\"SYN\", from");
    assert!(twice.starts_with(&line(9)) && twice.contains("“SYN” occurs twice"), "{twice}");
    let half = error(", from = \"step.ServerHello.from\"", "");
    assert!(half.starts_with(&line(9)) && half.contains("half a pair"), "{half}");
    let path = error("step.SYN.from\"", "step.SIN.from\"");
    assert!(path.starts_with(&line(8)) && path.contains("no step called"), "{path}");
    let pairs = error("  { item = \"SYN\"", "]\nunknown = [\n  { item = \"SYN\"");
    assert!(pairs.contains("has no `unknown`"), "{pairs}");
    let same = MATCH.replace("step.SYN.from", "step.ServerHello.from");
    let same = same.replace("others = [\"sent by nobody\", \"server\"]\n", "");
    let error = ask_block(&same, &run).unwrap_err();
    assert!(error.contains("“server” belongs to every line"), "{error}");
}

#[test]
fn one_byte_of_the_field_is_enough_and_a_wrong_one_is_named() {
    let run = run(6);
    let asked = ask("server-random-bytes", &run);
    let random = Expr::parse("message.ServerHello.random").unwrap().one(&run).unwrap();
    let target = random.place.unwrap();
    let grade = |start, end, tree| asked.grade(&run, &Answer::Bytes(Place { tree, start, end }));
    assert!(grade(target.start, target.end, target.tree).right);
    assert!(grade(target.start + 5, target.start + 6, target.tree).right);
    let verdict = grade(4, 5, target.tree);
    assert!(!verdict.right && verdict.explanation.shows("legacy_version"), "{verdict:?}");
    let verdict = grade(0, target.end, target.tree);
    assert!(!verdict.right && verdict.explanation.shows("others too"), "{verdict:?}");
    let verdict = grade(target.start, target.end, Tree::Message(0));
    assert!(!verdict.right && verdict.explanation.shows("ServerHello"), "{verdict:?}");
    assert!(!grade(target.start, target.start, target.tree).right);
}

#[test]
fn what_a_page_shows_can_be_selected_back() {
    let run = run(7);
    let lesson = Lesson::parse(TEXT, FILE).unwrap();
    let page = lesson.pages.iter().find(|page| page.id.starts_with("syn-may")).unwrap();
    let view = page.lab.as_ref().unwrap().view(&run, FILE).unwrap();
    let (place, name) = crate::lesson::selected(&run, &view).unwrap();
    assert_eq!((place.start, place.end, name), (24, 28, "Sequence Number"));
}

#[test]
fn paths_reach_every_root() {
    let run = run(8);
    let one = |text: &str| Expr::parse(text).unwrap().one(&run).unwrap();
    let server_hello = run.dissection().messages.iter().find(|m| m.name == "ServerHello").unwrap();
    assert_eq!(one("message.ServerHello:length").number, Some(server_hello.bytes.len() as f64));
    assert_eq!(one("message.ServerHello.random").bytes, &server_hello.bytes[6..38]);
    assert_eq!(
        one("message.ServerHello.cipher_suite:name").display,
        one("negotiated.suite").display
    );
    assert_eq!(one("packet.SYN.Sequence-Number").number, one("packet.SYN.seq").number);
    assert_eq!(one("packet.SYN.seq + 1").number, one("packet.SYN-ACK.ack").number);
    assert_eq!(one("record.ServerHello.length").bytes, &run.dissection().records[1].bytes[3..5]);
    assert_eq!(one("step.SYN.to").display, "server");
    assert_eq!(one("key.shared_secret:length").number, Some(32.0));
    assert_eq!(one("count.packets").number, Some(run.dissection().packets.len() as f64));
    assert_eq!(one("negotiated.version").display, "TLS 1.3");
    assert_eq!(one("scenario.seed").display, "8");
}

#[test]
fn a_path_to_nothing_says_what_there_is() {
    let run = run(9);
    let error = |text: &str| Expr::parse(text).unwrap().one(&run).unwrap_err().to_string();
    assert!(error("nothing.a").contains("message; record; packet"), "{}", error("nothing.a"));
    assert!(error("message.Serverhallo").contains("ServerHello"));
    assert!(error("message.ServerHello.suite").contains("cipher_suite"));
    assert!(error("key.secret").contains("handshake_secret"));
    assert!(error("message.ClientHello.cipher_suites.cipher_suite[*]").contains("values, not one"));
    assert!(error("message.ClientHello.cipher_suites.CipherSuite[99]").contains("no [99]"));
    assert!(error("negotiated.alpn + 1").contains("not a number"));
}

/// Breaks the shipped lesson by replacing `from`, and gives back the first error.
fn broken(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "{from}");
    let errors = check(&TEXT.replace(from, to), "a.md");
    errors.first().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_broken_lesson_is_told_with_its_line() {
    let line = |text: &str| TEXT.lines().position(|line| line.contains(text)).unwrap() + 1;
    let error = broken("{{packet.SYN.seq}}", "{{packet.SIN.seq}}");
    assert!(error.starts_with(&format!("a.md:{}: ", line("{{packet.SYN.seq}}"))), "{error}");
    let error = broken("step = \"close_notify\"", "step = \"close_notice\"");
    assert!(error.starts_with(&format!("a.md:{}: ", line("step = \"close_notify\""))), "{error}");
    assert!(broken("key = \"shared_secret\"", "key = \"secret\"").contains("no key called"));
    assert!(broken("scenario = \"tls13\"", "scenario = \"tls14\"").contains("the scenario"));
    let error = broken("The client's first packet", "[The](mailto:b) client's first packet");
    assert!(error.starts_with(&format!("a.md:{}: ", line("The client's first"))), "{error}");
    assert!(broken("hint = \"", "hint = \"[a](b.md) ").contains("a link to `b.md`"));
    let gives_away = "prompt = \"Is it {{packet.SYN-ACK.ack}}, the SYN carries";
    assert!(broken("prompt = \"The SYN carries", gives_away).contains("the hint says"));
}

#[test]
fn an_eavesdropper_selects_in_the_record_what_others_select_in_the_message() {
    let run = run(10);
    let step = run.story().steps.iter().find(|step| step.title == "Certificate").unwrap();
    let mut view = View { step: Some(step.index), selection: vec![0, 0], ..View::default() };
    let tree = |view: &View| crate::lesson::selected(&run, view).map(|(place, _)| place.tree);
    assert!(matches!(tree(&view), Some(Tree::Message(_))));
    view.perspective = Perspective::Eavesdropper;
    assert!(matches!(tree(&view), Some(Tree::Record(_))));
    view = View {
        layer: Layer::Record,
        selection: vec![1],
        ..View { step: Some(step.index), ..View::default() }
    };
    assert!(matches!(tree(&view), Some(Tree::Opened(_))));
    view = View { layer: Layer::Record, selection: vec![0], ..View::default() };
    assert!(matches!(tree(&view), Some(Tree::Packet(0))), "a SYN is in no record");
    view.selection = vec![9, 9];
    assert_eq!(tree(&view), None);
}
