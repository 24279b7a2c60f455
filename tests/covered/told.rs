//! `docs/coverage.md`: each item, with where the course has it.

use crate::covered::{Item, items, lessons, texts};
use handshake_lab::lesson::Lesson;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The articles, by the numbers that items cite.
const ARTICLES: [(&str, &str); 5] = [
    ("000", "TLS 1.2 and mutual TLS with Spring Boot, keytool and curl"),
    ("001", "TLS for REST services"),
    ("002", "mutual TLS by commands of openssl and keytool"),
    ("003", "TLS 1.3, its failures and its cost, with a quiz"),
    ("004", "TLS on an API gateway"),
];

/// What is counted: its column, the key, and the value where it must have one.
const COUNTED: [(&str, &str, Option<&str>); 9] = [
    ("right", "claim", Some("right")),
    ("loose", "claim", Some("loose")),
    ("wrong", "claim", Some("wrong")),
    ("taught", "taught", None),
    ("asked", "asked", None),
    ("interview", "interview", None),
    ("glossary", "terms", None),
    ("shown", "shown", None),
    ("left out", "nowhere", None),
];

/// The whole document.
pub fn told() -> String {
    let (items, places) = (items(), Places::new());
    let wrong = items.iter().filter(|item| texts(item, "claim") != ["right"]).count();
    let mut text = format!(
        "# What the course has of five articles\n\n\
         Written by `make docs` from lessons/coverage.toml; tests hold it to that, and each name in it to a page, a question, a\n\
         prompt or a term that is there. Whoever comes from one of five articles on TLS finds each of its claims here: {} of them,\n\
         of which {wrong} are loose or wrong and say what is right.\n\n\
         Pages and questions lead to the lesson's text; terms are ids of [glossary.toml](../lessons/glossary.toml), prompts ids of\n\
         [interview/](../lessons/interview/README.md). “Shown” is what to look at in the page. `000:3` is line 3 of the article 000.\n\n\
         ## Counts\n\n\
         A claim of several articles counts in each of them.\n\n",
        items.len()
    );
    let names: Vec<&str> = COUNTED.iter().map(|(name, ..)| *name).collect();
    let _ = writeln!(
        text,
        "| article | claims | {} |\n|---|---:|{}",
        names.join(" | "),
        "---:|".repeat(names.len())
    );
    for (number, about) in ARTICLES {
        let cites = |item: &&Item| {
            texts(item, "seeds").iter().any(|seed| seed.split(':').next() == Some(number))
        };
        let own: Vec<&Item> = items.iter().filter(cites).collect();
        let _ = writeln!(text, "| {number}: {about} | {} |", counts(&own));
    }
    let all: Vec<&Item> = items.iter().collect();
    let _ = writeln!(text, "| **all, each once** | {} |", counts(&all));

    text += "\n## Loose or wrong\n\n";
    for claim in ["wrong", "loose"] {
        let own = items.iter().filter(|item| texts(item, "claim") == [claim]);
        let links: Vec<String> = own.map(link).collect();
        let _ =
            writeln!(text, "{}{}: {}.\n", claim[..1].to_uppercase(), &claim[1..], links.join(", "));
    }
    let left_out = items.iter().filter(|item| item.contains_key("nowhere"));
    let left_out: Vec<String> = left_out.map(link).collect();
    let _ =
        writeln!(text, "Left out, each for its reason: {}.\n\n## Claims\n", left_out.join(", "));
    text + &items.iter().map(|item| told_of(item, &places)).collect::<Vec<_>>().join("\n")
}

/// How many there are, and of each that is counted.
fn counts(items: &[&Item]) -> String {
    let count = |(_, key, value): &(&str, &str, Option<&str>)| {
        let has = |item: &&&Item| match value {
            Some(value) => texts(item, key) == [*value],
            None => !texts(item, key).is_empty(),
        };
        items.iter().filter(has).count()
    };
    let all = std::iter::once(items.len()).chain(COUNTED.iter().map(count));
    all.map(|count| count.to_string()).collect::<Vec<_>>().join(" | ")
}

/// The number of an item, as a link to it.
fn link(item: &Item) -> String {
    let number = texts(item, "number").concat();
    format!("[{number}](#{})", anchor(&heading(item)))
}

fn heading(item: &Item) -> String {
    format!("{}. {}", texts(item, "number").concat(), texts(item, "item").concat())
}

/// An item: what it says, what is right, and where the course has it.
fn told_of(item: &Item, places: &Places) -> String {
    let claim = match texts(item, "claim").concat().as_str() {
        "right" => "Right".to_owned(),
        other => format!("**{}{}**", other[..1].to_uppercase(), &other[1..]),
    };
    let seeds: Vec<String> = texts(item, "seeds").iter().map(|seed| format!("`{seed}`")).collect();
    let mut text = format!("### {}\n\n{claim} ({}).", heading(item), seeds.join(", "));
    let truth = texts(item, "truth").concat();
    if !truth.is_empty() {
        let _ = write!(text, " {truth}");
    }
    text += "\n\n";
    let ids = |id: &String| format!("`{id}`");
    let lines: [(&str, Vec<String>); 6] = [
        ("Taught", texts(item, "taught").iter().map(|id| places.page(id)).collect()),
        ("Asked", texts(item, "asked").iter().map(|id| places.question(id)).collect()),
        ("Interview", texts(item, "interview").iter().map(ids).collect()),
        ("Glossary", texts(item, "terms").iter().map(ids).collect()),
        ("Shown", texts(item, "shown").to_vec()),
        ("Left out", texts(item, "nowhere").to_vec()),
    ];
    for (name, entries) in lines {
        if !entries.is_empty() {
            let _ = writeln!(text, "- {name}: {}", entries.join(", "));
        }
    }
    text
}

/// Links to the pages of lessons, and to the pages on which questions are.
struct Places {
    pages: BTreeMap<String, String>,
    questions: BTreeMap<String, String>,
}

impl Places {
    fn new() -> Places {
        let mut places = Places { pages: BTreeMap::new(), questions: BTreeMap::new() };
        for lesson in lessons() {
            places.add(&lesson);
        }
        places
    }

    fn add(&mut self, lesson: &Lesson) {
        let id = &lesson.about.id;
        for page in &lesson.pages {
            let to = format!("../lessons/{}#{}", lesson.file, anchor(&page.title));
            for question in page.questions() {
                let link = format!("[`{}`]({to})", question.id);
                self.questions.insert(format!("{id}/{}", question.id), link);
            }
            let link = format!("[{}: {}]({to})", lesson.about.title, page.title);
            self.pages.insert(format!("{id}/{}", page.id), link);
        }
    }

    fn page(&self, id: &str) -> String {
        self.pages.get(id).unwrap_or_else(|| panic!("no page {id}")).clone()
    }

    fn question(&self, id: &str) -> String {
        self.questions.get(id).unwrap_or_else(|| panic!("no question {id}")).clone()
    }
}

/// What a heading is called in links, as programs that show Markdown do it.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn headings_of_a_document_or_lesson_are_told_apart_by_their_links() {
    let of_lessons = lessons().into_iter().map(|lesson| {
        let pages = lesson.pages.iter().map(|page| anchor(&page.title)).collect::<Vec<_>>();
        (lesson.file, pages)
    });
    let own = (
        "docs/coverage.md".to_owned(),
        items().iter().map(|item| anchor(&heading(item))).collect(),
    );
    for (file, anchors) in of_lessons.chain([own]) {
        let each: BTreeSet<&String> = anchors.iter().collect();
        assert_eq!(each.len(), anchors.len(), "{file}");
    }
}
