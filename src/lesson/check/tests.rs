//! Against real runs.

use super::*;
use crate::engine::Capabilities;
use crate::lesson::path::Expr;
use crate::lesson::{Answer, Asked, Form, KINDS, Place, SEEDS, Tree, check_dir, course};
use crate::route::{Layer, Perspective, View};
use crate::scenario::Scenario;
use std::path::Path;

const FILE: &str = "lessons/01-your-first-handshake.md";
const TEXT: &str = include_str!("../../../lessons/01-your-first-handshake.md");
const SKILLS: &str = include_str!("../../../lessons/skills.toml");

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
    let errors: Vec<String> = check_dir(&dir, SEEDS).iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_kind_is_in_the_manual() {
    let manual = include_str!("../../../lessons/README.md");
    for kind in KINDS {
        assert!(manual.contains(&format!("    kind = \"{}\"", kind.name)), "{}", kind.name);
    }
}

#[test]
fn every_kind_is_asked_in_the_course() {
    let lessons = course();
    let asked: Vec<&str> =
        lessons.iter().flat_map(|one| one.questions().map(|question| question.kind.name)).collect();
    for kind in KINDS {
        assert!(asked.contains(&kind.name), "{}", kind.name);
    }
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
    for said in ["1 of 3 are right. The first that is wrong: SYN.", "It opens the connection."] {
        assert!(verdict.explanation.shows(said), "{verdict:?}");
    }
    assert!(!grade(&[client, server]).right && !grade(&[]).right);
    assert_eq!(verdict.expected, "SYN: client; ServerHello: server; Certificate: server");
    let lines = ["SYN: client", "ServerHello: server", "Certificate: server"];
    assert_eq!(asked.expected_lines(), lines);
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

const SEVERAL: &str = r#"
id = "s"
kind = "several"
prompt = "p"
hint = "h"
explain = "e"
option = [
  { text = "{{step.SYN.from}}", right = true },
  { text = "b", right = true },
  { text = "c", why = "It is *not*." },
]
"#;

#[test]
fn only_all_right_options_together_are_right_and_a_wrong_one_is_told_why() {
    let run = run(13);
    let asked = ask_block(SEVERAL, &run).unwrap();
    let Form::Several(options) = asked.form() else { panic!("{asked:?}") };
    let place = |name: &str| options.iter().position(|option| option == name).unwrap();
    let (client, b, c) = (place("client"), place("b"), place("c"));
    let grade = |chosen: &[usize]| asked.grade(&run, &Answer::Positions(chosen.to_vec()));
    assert!(grade(&[b, client]).right && grade(&[client, b]).right);
    assert!(grade(&[b]).explanation.shows("1 more is missing"));
    let verdict = grade(&[client, b, c]);
    assert!(!verdict.right && verdict.explanation.shows("Not this one: c"), "{verdict:?}");
    assert!(verdict.explanation.as_str().contains("It is <em>not</em>."), "{verdict:?}");
    assert!(!grade(&[]).right);
    let twice = SEVERAL.replace("text = \"b\"", "text = \"client\"");
    assert!(ask_block(&twice, &run).unwrap_err().contains("“client” occurs twice"));
}

#[test]
fn a_statement_is_true_or_false_and_needs_no_hint() {
    let run = run(14);
    for right in [true, false] {
        let block = format!(
            "id = \"t\"\nkind = \"truth\"\nprompt = \"p\"\nexplain = \"e\"\nwhy = \"w\"\nright = {right}"
        );
        let asked = ask_block(&block, &run).unwrap();
        assert_eq!(asked.form(), Form::Choice(vec!["True".into(), "False".into()]));
        assert!(asked.hint.is_empty());
        for at in 0..2 {
            let verdict = asked.grade(&run, &Answer::Positions(vec![at]));
            assert_eq!(verdict.right, (at == 0) == right);
            assert!(verdict.explanation.shows(if verdict.right { "e" } else { "w" }));
        }
    }
}

#[test]
fn what_is_said_aloud_is_right_with_all_its_points() {
    let run = run(15);
    let block = "id = \"s\"\nkind = \"say\"\nprompt = \"p\"\npoints = [\"who: {{step.SYN.from}}\", \"*b*\"]\nanswer = \"**a** {{scenario.seed}}\"";
    let asked = ask_block(block, &run).unwrap();
    let Form::Said { points, answer } = asked.form() else { panic!("{asked:?}") };
    assert!(points[0].shows("who: client") && points[1].as_str().contains("<em>b</em>"));
    assert_eq!(answer.as_str(), "<p><strong>a</strong> 15</p>");
    let grade = |said: &[usize]| asked.grade(&run, &Answer::Positions(said.to_vec()));
    assert!(grade(&[0, 1]).right);
    let verdict = grade(&[0]);
    assert!(!verdict.right && verdict.explanation.shows("1 of 2 points"), "{verdict:?}");
    assert!(verdict.explanation.as_str().contains("<em>b</em>"), "{verdict:?}");
    assert_eq!(grade(&[]).explanation.as_str().matches("who").count(), 1);
}

/// The errors of the shipped lesson with this block as its first page.
fn errors_of_page(blocks: &str) -> Vec<String> {
    let page = format!("## A\n{blocks}\n\n## Two programs");
    let text = TEXT.replacen("## Two programs", &page, 1);
    check(&text, "a.md").iter().map(ToString::to_string).collect()
}

#[test]
fn the_paths_of_a_page_are_looked_for_in_its_own_run() {
    let own = "{{message.ServerKeyExchange:length}}\n\n```lab\nscenario = \"tls12\"\nstep = \"ServerHelloDone\"\n```\n";
    assert_eq!(errors_of_page(own), [""; 0]);
    let lesson_run = errors_of_page(&own.replace("scenario = \"tls12\"\n", ""));
    assert_eq!(lesson_run.len(), 2, "{lesson_run:?}");
    let notes = errors_of_page("```notes\n{{message.ServerKeyExchange:length}}\n```\n");
    assert!(notes[0].contains("no message called"), "{notes:?}");
}

#[test]
fn a_page_does_not_open_with_the_answer_selected() {
    let page = |select: &str| {
        let lab = format!("step = \"ServerHello\"\nselect = \"{select}\"");
        let question = "id = \"b\"\nkind = \"byte\"\nprompt = \"p\"\nhint = \"h\"\nexplain = \"e\"\nanswer = \"message.ServerHello.random\"";
        errors_of_page(&format!("```lab\n{lab}\n```\n\n```question\n{question}\n```\n"))
    };
    assert_eq!(page("legacy_version"), [""; 0]);
    assert!(page("random")[0].contains("the answer of `b` selected"));
}

#[test]
fn a_screen_is_about_a_run_that_fits_it() {
    let block = |keys: &str| errors_of_page(&format!("```lab\n{keys}\n```\n"));
    for screen in crate::lesson::SCREENS {
        let scenario = if screen.has_gateway { "gateway-terminate" } else { "tls13" };
        let with = if screen.needs_other { "with = \"tls12\"" } else { "" };
        let keys = format!("screen = \"{}\"\nscenario = \"{scenario}\"\n{with}", screen.word);
        assert_eq!(block(&keys), [""; 0], "{keys}");
    }
    assert!(block("screen = \"gateway\"")[0].contains("a run without a gateway"));
}

#[test]
fn a_lesson_builds_only_on_what_the_list_has_before_it() {
    let dir = std::env::temp_dir().join(format!("prerequisites-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let lesson = |id: &str, before: &str| {
        let head = format!("minutes = 20\nprerequisites = [{before}]");
        // No links to terms: there is no glossary beside these.
        let text = TEXT.replacen("minutes = 20", &head, 1).replace("](term:", "] (term:");
        text.replacen("id = \"your-first-handshake\"", &format!("id = \"{id}\""), 1)
    };
    let errors = |first: &str, second: &str| {
        std::fs::write(dir.join("index.toml"), "lessons = [\"01-a.md\", \"02-b.md\"]").unwrap();
        std::fs::write(dir.join("skills.toml"), SKILLS).unwrap();
        std::fs::write(dir.join("01-a.md"), lesson("a", first)).unwrap();
        std::fs::write(dir.join("02-b.md"), lesson("b", second)).unwrap();
        check_dir(&dir, SEEDS).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(errors("", "\"a\""), [""; 0]);
    for (first, second) in [("\"b\"", ""), ("", "\"b\""), ("", "\"c\"")] {
        let found = errors(first, second);
        assert!(found.len() == 1 && found[0].contains(".md:5: no lesson `"), "{found:?}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_skill_that_is_not_in_the_list_is_told_with_its_line_and_what_was_meant() {
    let dir = std::env::temp_dir().join(format!("skills-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    // No links to terms: there is no glossary beside it.
    let text = TEXT.replace("](term:", "] (term:");
    let line = text.lines().position(|line| line.starts_with("skill = ")).unwrap() + 1;
    std::fs::write(dir.join("index.toml"), "lessons = [\"01-your-first-handshake.md\"]").unwrap();
    std::fs::write(dir.join("skills.toml"), SKILLS).unwrap();
    let errors = |from: &str, to: &str| {
        let text = text.replacen(from, to, 1);
        std::fs::write(dir.join("01-your-first-handshake.md"), text).unwrap();
        check_dir(&dir, 0).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    // A lesson may leave both out.
    assert_eq!(errors("skill = \"tcp-numbers\"\ndifficulty = 2\n", ""), [""; 0]);
    for (wrong, told) in [
        ("skill = \"tcp-nubmers\"", "no skill `tcp-nubmers`; write tcp-numbers"),
        ("skill = \"banana\"", "no skill `banana`; use the id of a skill"),
    ] {
        let found = errors("skill = \"tcp-numbers\"", wrong);
        let place = format!(".md:{line}: {told}");
        assert!(found.len() == 1 && found[0].contains(&place), "{found:?}");
    }
    let found = errors("difficulty = 2", "difficulty = 4");
    assert!(found[0].contains("the difficulty 4; use one of: 1 (easy)"), "{found:?}");
    std::fs::remove_dir_all(&dir).unwrap();
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
    assert_eq!(
        one("message.ServerHello:length").number,
        Some(server_hello.bytes.len() as i64 * 1000)
    );
    assert_eq!(one("message.ServerHello.random").bytes, &server_hello.bytes[6..38]);
    assert_eq!(
        one("message.ServerHello.cipher_suite:name").display,
        one("negotiated.suite").display
    );
    assert_eq!(one("packet.SYN.Sequence-Number").number, one("packet.SYN.seq").number);
    assert_eq!(one("packet.SYN.seq + 1").number, one("packet.SYN-ACK.ack").number);
    assert_eq!(one("record.ServerHello.length").bytes, &run.dissection().records[1].bytes[3..5]);
    assert_eq!(one("step.SYN.to").display, "server");
    assert_eq!(one("key.shared_secret:length").number, Some(32_000));
    assert_eq!(one("count.packets").number, Some(run.dissection().packets.len() as i64 * 1000));
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
    view = View { step: Some(0), layer: Layer::Record, selection: vec![0], ..View::default() };
    assert!(matches!(tree(&view), Some(Tree::Packet(0))), "a SYN is in no record");
    view.selection = vec![9, 9];
    assert_eq!(tree(&view), None);
}
