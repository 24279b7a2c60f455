use crate::lesson::{Block, Card, Lesson, Practice, Progress, Renamed};
use crate::route::{Layer, Perspective};

const HEAD: &str = r#"+++
id = "hello"
title = "Hello"
minutes = 5
level = "beginner"
summary = "Says hello."
scenario = "tls13"
objectives = ["say hello"]
+++
# Hello
"#;

/// Parses `body` behind a good head, whose last line is line 10.
fn errors(body: &str) -> Vec<(usize, String)> {
    let text = format!("{HEAD}{body}");
    let errors = Lesson::parse(&text, "a.md").err().unwrap_or_default();
    errors.into_iter().map(|error| (error.line, error.what)).collect()
}

#[test]
fn a_lesson_becomes_pages_with_text_questions_and_what_the_lab_shows() {
    let body = r#"
An introduction.

## What is a SYN?

Text before.

```lab
step = "SYN-ACK"
select = "Sequence-Number"
layer = "packet"
perspective = "eavesdropper"
```

```question
id = "two"
kind = "choice"
prompt = "One and one?"
hint = "Count."
explain = "Two."
option = [{ text = "2", right = true }, { text = "3", why = "Too many." }]
```

~~~text
## not a page
~~~

## The end
Done.
"#;
    let lesson = Lesson::parse(&format!("{HEAD}{body}"), "a.md").unwrap();
    assert_eq!(lesson.about.title, "Hello");
    let intro = format!("{:?}", lesson.intro);
    assert!(intro.contains("An introduction.") && !intro.contains("Hello"), "{intro}");
    let ids: Vec<&str> = lesson.pages.iter().map(|page| page.id.as_str()).collect();
    assert_eq!(ids, ["what-is-a-syn", "the-end"]);
    let page = &lesson.pages[0];
    assert_eq!(page.line, 14);
    let lab = page.lab.as_ref().unwrap();
    assert_eq!((lab.layer, lab.perspective), (Layer::Packet, Perspective::Eavesdropper));
    assert_eq!(page.blocks.len(), 3);
    assert!(matches!(page.blocks[2], Block::Text(_)));
    assert!(format!("{:?}", page.blocks[2]).contains("## not a page"));
    assert_eq!(lesson.questions().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["two"]);
}

#[test]
fn what_is_kept_of_a_page_and_a_question_goes_on_under_their_names_of_today() {
    let body = |page: &str, question: &str| {
        format!(
            "## What is a SYN?\n```lab\nstep = \"SYN\"\n{page}\n```\n```question\nid = \"two\"\n{question}\nkind = \"truth\"\nright = true\nprompt = \"Two?\"\nexplain = \"It is.\"\nwhy = \"It is.\"\n```\n## Other\nText.\n"
        )
    };
    let read = |page: &str, question: &str| {
        Lesson::parse(&format!("{HEAD}{}", body(page, question)), "a.md")
    };
    let before = read("", "").unwrap();
    assert_eq!(Card::of(&before, "a.md").renamed, Renamed::default());
    let lesson = read(r#"formerly = ["SYN: hello?"]"#, r#"formerly = ["one", "deux"]"#).unwrap();
    let card = Card::of(&lesson, "a.md");
    let (mut progress, mut practice) = (Progress::default(), Practice::default());
    progress.visit("hello", "syn-hello");
    progress.answer("hello", "deux", true);
    practice.answer("hello", "one", true, 1);
    progress.rename("hello", &card.renamed);
    practice.rename("hello", &card.renamed);
    let kept = progress.lesson("hello");
    assert_eq!(kept.pages.iter().collect::<Vec<_>>(), ["what-is-a-syn"]);
    assert_eq!(kept.questions.keys().collect::<Vec<_>>(), ["two"]);
    assert_eq!(practice.place("hello", "two"), Some(2));
    let of_today = "two meanings of the page `other`";
    assert_eq!(errors(&body(r#"formerly = ["Other"]"#, "")), [(11, of_today.into())]);
    let twice = "two meanings of the question `one`";
    assert_eq!(errors(&body("", r#"formerly = ["one", "one"]"#)), [(17, twice.into())]);
}

#[test]
fn front_matter_must_be_there_closed_and_complete() {
    let error = |text: &str| Lesson::parse(text, "a.md").unwrap_err().remove(0);
    assert_eq!(error("# Hello").what, "no front matter");
    assert_eq!(error("+++\nid = \"a\"\n").what, "the front matter is never closed");
    let mistyped = error(&HEAD.replace("minutes = 5", "minutes = \"five\""));
    assert_eq!(mistyped.line, 4, "{mistyped}");
    let unknown = error(&HEAD.replace("level =", "levle ="));
    assert_eq!(unknown.line, 5, "{unknown}");
    assert!(unknown.what.contains("levle"), "{unknown}");
    assert!(unknown.to_string().starts_with("a.md:5: "), "{unknown}");
}

#[test]
fn every_error_carries_its_line() {
    assert_eq!(errors(""), [(11, "no page".into())]);
    assert_eq!(errors("## A\n## A\n"), [(12, "a second page called “A”".into())]);
    assert_eq!(errors("## A\n\n{{key.}}\n"), [(13, "`` is not a name".into())]);
    assert_eq!(errors("## A\n```lab\nstep = \"SYN\"\n"), [(13, "a block is never closed".into())]);
    let twice = "## A\n```lab\nstep = \"SYN\"\n```\n```lab\nstep = \"SYN\"\n```\n";
    assert_eq!(errors(twice), [(16, "a second lab block on the page “A”".into())]);
    let layer = "## A\n```lab\nstep = \"SYN\"\nlayer = \"cake\"\n```\n";
    assert_eq!(errors(layer), [(14, "`cake` is not known here".into())]);
    let notes = "## A\n```notes\na\n```\n```notes\nb\n```\n";
    assert_eq!(errors(notes), [(16, "a second notes block on the page “A”".into())]);
    let value = "## A\n```notes\na\n{{key.}}\n```\n";
    assert_eq!(errors(value), [(14, "`` is not a name".into())]);
    let early = "```lab\nstep = \"SYN\"\n```\n## A\n";
    assert_eq!(errors(early), [(12, "a block before the first page".into())]);
}

#[test]
fn a_page_can_run_another_scenario_show_another_screen_and_have_notes() {
    let body = r#"
## A

Text.

```lab
screen = "compare"
scenario = "tls13"
with = "tls12"
```

```notes
Say *this*.
```

More text.
"#;
    let head = HEAD.replace("scenario = \"tls13\"", "scenario = \"tls13+seed=5\"");
    let lesson = Lesson::parse(&format!("{head}{body}"), "a.md").unwrap();
    let page = &lesson.pages[0];
    assert_eq!(page.blocks.len(), 2);
    assert!(format!("{:?}", page.notes.as_ref().unwrap()).contains("Say "));
    assert_eq!(page.lab.as_ref().unwrap().screen.unwrap().word, "compare");
    assert_eq!(lesson.scenario_of(page).seeded(None), "tls13+seed=5");
    assert_eq!(lesson.scenario_of(page).seeded(Some(6)), "tls13+seed=6");
}

#[test]
fn a_page_that_names_a_seed_keeps_it() {
    let body = "## A\n```lab\nscenario = \"tls12+seed=3\"\nstep = \"SYN\"\n```\n## B\nb\n";
    let lesson = Lesson::parse(&format!("{HEAD}{body}"), "a.md").unwrap();
    let seeded: Vec<String> = lesson.scenarios().iter().map(|page| page.seeded(Some(6))).collect();
    assert_eq!(seeded, ["tls12+seed=3", "tls13+seed=6"]);
}

#[test]
fn every_mistake_in_a_lab_block_carries_its_line() {
    for (keys, line, what) in [
        ("zoom = \"tcp\"", 13, "no `step`"),
        ("screen = \"cinema\"", 13, "`cinema` is no screen"),
        ("screen = \"compare\"", 13, "no `with`"),
        ("screen = \"race\"\nfilm = \"a\"", 14, "a lab block has no `film`"),
    ] {
        let found = errors(&format!("## A\n```lab\n{keys}\n```\n"));
        assert_eq!(found, [(line, what.to_owned())], "{keys}");
    }
    let scenario = errors("## A\n```lab\nstep = \"SYN\"\nscenario = \"tls14\"\n```\n");
    assert_eq!(scenario[0].0, 14);
    assert!(scenario[0].1.starts_with("the scenario: "), "{scenario:?}");
}

#[test]
fn prerequisites_and_sources_can_be_named() {
    let more = "prerequisites = [\"tcp\"]\nsources = [\"RFC 9846\"]\n+++\n# Hello";
    let head = HEAD.replace("+++\n# Hello", more);
    let lesson = Lesson::parse(&format!("{head}## A\n"), "a.md").unwrap();
    assert_eq!((lesson.about.prerequisites, lesson.prerequisites_line), (vec!["tcp".into()], 9));
    assert_eq!(lesson.about.sources, ["RFC 9846"]);
}

#[test]
fn every_mistake_in_a_question_carries_its_line() {
    let question = |keys: &str| {
        let head = "## A\n```question\nid = \"q\"\nprompt = \"p\"\nhint = \"h\"\nexplain = \"e\"\n";
        errors(&format!("{head}{keys}\n```\n"))
    };
    for (keys, line, what) in [
        ("kind = \"riddle\"", 17, "no kind of question called `riddle`"),
        ("kind = \"value\"", 13, "no `answer`"),
        ("kind = \"value\"\nanswer = \"key.\"", 18, "`` is not a name"),
        (
            "kind = \"byte\"\nanswer = \"key.a\"\nlimit = 3",
            19,
            "a question of kind byte has no `limit`",
        ),
        ("kind = \"order\"\nitems = [\"SYN\", \"ACK\"]", 18, "too few items"),
        ("kind = \"order\"", 13, "no `items`"),
        ("kind = \"choice\"\noption = [{ text = \"a\" }]", 13, "0 right options"),
        ("kind = \"choice\"\n[[option]]\nright = true", 18, "an option without words"),
        (
            "kind = \"choice\"\nanswer = \"key.a\"\n[[option]]\ntext = \"a\"\nright = true",
            13,
            "`answer` beside a `right` option",
        ),
        ("kind = \"say\"\nanswer = \"a\"", 13, "no `points`"),
        ("kind = \"say\"\npoints = [\"a\"]", 13, "no `answer`"),
        ("kind = \"say\"\nanswer = \"a\"\npoints = [\"{{key.}}\"]", 19, "`` is not a name"),
        ("kind = \"truth\"", 13, "no `right`"),
        (
            "kind = \"several\"\noption = [{ text = \"a\", right = true }, { text = \"b\", why = \"c\" }]",
            13,
            "1 right options of 2",
        ),
        ("kind = \"several\"\n[[option]]\ntext = \"a\"", 18, "a wrong option without a reason"),
        (
            "kind = \"value\"\nanswer = \"key.a\"\n[[option]]\ntext = \"a\"",
            20,
            "a known mistake has no `text`",
        ),
    ] {
        assert_eq!(question(keys), [(line, what.to_owned())], "{keys}");
    }
    assert_eq!(question("kind = \"choice\"\noption = []\nid = \"r\"").len(), 1);
}

#[test]
fn two_questions_cannot_share_an_id() {
    let question = "```question\nid = \"q\"\nkind = \"choice\"\nprompt = \"p\"\nhint = \"h\"\nexplain = \"e\"\noption = [{ text = \"a\", right = true }, { text = \"b\" }]\n```\n";
    let body = format!("## A\n{question}## B\n{question}");
    assert_eq!(errors(&body), [(22, "a second question with the id `q`".into())]);
}

#[test]
fn a_byte_order_mark_is_taken_off_as_browsers_do() {
    let text = format!("\u{feff}{HEAD}## A\n");
    assert_eq!(Lesson::parse(&text, "a.md").map(|lesson| lesson.about.id), Ok("hello".into()));
    assert_eq!(
        Lesson::parse(&format!("\u{feff}{text}"), "a.md").unwrap_err()[0].what,
        "no front matter"
    );
}

#[test]
fn a_lesson_of_hundreds_of_thousands_of_parts_is_read_or_refused_at_once() {
    // None of these would end within minutes where each part looks at all before it.
    let ends = |body: &str, what: &str| {
        let found = errors(body);
        assert_eq!(found.iter().map(|(_, what)| what.as_str()).collect::<Vec<_>>(), [what]);
    };
    assert_eq!(errors(&format!("## A\n{}", "{{a.b}}\n".repeat(120_000))), []);
    assert_eq!(errors(&format!("## A\n{{{{a.b{}}}}}\n", " + 1".repeat(240_000))), []);
    let pages: String = (0..90_000).map(|n| format!("## A{n}\n")).collect();
    ends(&pages, "too many pages");
    let question = "## A\n```question\nid = \"q\"\nkind = \"choice\"\nprompt = \"p\"\nhint = \"h\"\nexplain = \"e\"\n";
    let options = "[[option]]\ntext = \"a\"\n".repeat(30_000);
    ends(&format!("{question}{options}```\n"), "too many `option`");
    let long = format!("{HEAD}## A\n{}", "{{a.b}}\n".repeat(300_000));
    assert_eq!(
        Lesson::parse(&long, "a.md").unwrap_err()[0].what,
        format!("a lesson of {} bytes", long.len())
    );
}
