//! `handshake-lab quiz`: questions for a worksheet, about runs that are made for it.

use super::{CliError, lessons, output};
use crate::engine::Capabilities;
use crate::lesson::{
    Asked, Card, DIFFICULTIES, Form, Item, Lesson, LessonPage, Line, Pool, Practice, PracticePage,
    Progress, Question, QuestionSet,
};
use crate::near::nearest;
use crate::route::{Page, Study};
use crate::run::Run;
use crate::scenario::Scenario;
use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{ArgGroup, Args};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

pub(super) const HELP: &str = "The same arguments give the same questions to everybody, here and in the page: \
    each has the address under which the page asks it. Another seed asks about other runs. \
    `list questions --json` has the ids of lessons and skills.";

/// The version of the JSON.
const FORMAT: &str = "handshake-lab-quiz/1";

#[derive(Args)]
#[command(group = ArgGroup::new("from").required(true))]
pub(super) struct QuizArgs {
    /// Questions of one lesson, by its id.
    #[arg(long, value_name = "ID", group = "from")]
    lesson: Option<String>,
    /// Questions of all lessons that practise one skill, by its id.
    #[arg(long, value_name = "ID", group = "from")]
    skill: Option<String>,
    /// A set that has a name, by its id.
    #[arg(long, value_name = "ID", group = "from")]
    set: Option<String>,
    /// Questions of all lessons.
    #[arg(long, group = "from")]
    all: bool,
    /// Only questions that are as hard as this.
    #[arg(long, value_name = "WORD", value_parser = words())]
    difficulty: Option<String>,
    /// Which questions are drawn, and the seed of their runs.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many questions, at most.
    #[arg(long, value_name = "K", default_value_t = 10, value_parser = RangedU64ValueParser::<usize>::new().range(1..=100))]
    count: usize,
    /// Also gives the right answers, and why they are right.
    #[arg(long)]
    answers: bool,
    /// Writes the questions as JSON; - is standard output.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
}

/// The words for how hard a question is.
fn words() -> PossibleValuesParser {
    DIFFICULTIES.map(|(_, word)| word).into()
}

/// Draws questions, runs what they are about, and prints them or writes them to a file.
///
/// # Errors
/// There is no such lesson, skill or set, it has no such questions, or the lessons cannot be read.
pub(super) fn quiz(args: &QuizArgs) -> Result<(), CliError> {
    let lessons = lessons::named()?;
    let sets = lessons::sets()?;
    let set = QuestionSet {
        pool: pool(args, &lessons, sets.iter().map(|set| set.id.as_str()))?,
        difficulty: number(args.difficulty.as_deref()),
        count: args.count,
        seed: args.seed,
        minutes: None,
        exam: None,
    };
    let cards: Vec<Card> = lessons.iter().map(|(name, lesson)| Card::of(lesson, name)).collect();
    let items = set.draw(&cards, &sets, &Practice::default(), &Progress::default(), 0);
    if items.is_empty() {
        let what = format!("no question of {} is as hard as that", set.pool.word());
        return Err(CliError::Usage(format!("{what}; leave --difficulty out")));
    }
    let mut runs = BTreeMap::new();
    let mut questions = Vec::new();
    for (item, number) in items.iter().zip(1..) {
        let (lesson, page, at, question) = found(&lessons, item)?;
        let scenario = lesson.scenario_of(page).seeded(Some(args.seed));
        if !runs.contains_key(&scenario) {
            runs.insert(scenario.clone(), run(&scenario)?);
        }
        let Some(run) = runs.get(&scenario) else { continue };
        let asked = question.ask(run).map_err(|error| CliError::Lessons(vec![error]))?;
        let address = Page::Lesson(lesson.about.id.clone(), at, Some(args.seed)).href();
        let place = Place { number, lesson, question, scenario, address };
        questions.push(Entry::of(place, &asked, run, args.answers));
    }
    let page = PracticePage::Set(set.clone()).to_string();
    let document = Document {
        format: FORMAT,
        from: set.pool.word().into_owned(),
        seed: args.seed,
        address: Page::Study(Study::Practise, page).href(),
        questions,
    };
    match &args.json {
        Some(file) => output::write(file, output::json(&document)?.as_bytes()),
        None => output::print(&document.text()),
    }
}

fn run(scenario: &str) -> Result<Run, CliError> {
    Ok(Run::new(&Scenario::parse(scenario)?, &Capabilities::all())?)
}

/// How hard that is, as a number.
fn number(word: Option<&str>) -> Option<u8> {
    let found = DIFFICULTIES.into_iter().find(|(_, known)| Some(*known) == word);
    found.map(|(number, _)| number)
}

/// What is to be drawn from.
fn pool<'a>(
    args: &QuizArgs,
    lessons: &[(String, Lesson)],
    sets: impl Iterator<Item = &'a str>,
) -> Result<Pool, CliError> {
    let known = |what: &str, id: &str, ids: Vec<&str>| {
        if ids.contains(&id) { Ok(id.to_owned()) } else { Err(unknown(what, id, &ids)) }
    };
    if let Some(id) = &args.lesson {
        let ids = lessons.iter().map(|(_, lesson)| lesson.about.id.as_str()).collect();
        known("lesson", id, ids).map(Pool::Lesson)
    } else if let Some(id) = &args.skill {
        let skills = lessons::skills()?;
        let ids = skills.iter().map(|skill| skill.id.as_str()).collect();
        known("skill", id, ids).map(Pool::Skill)
    } else if let Some(id) = &args.set {
        known("set", id, sets.collect()).map(Pool::Set)
    } else {
        Ok(Pool::All)
    }
}

fn unknown(what: &str, id: &str, ids: &[&str]) -> CliError {
    let fix = match nearest(id, ids.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there is {}", ids.join(", ")),
    };
    CliError::Usage(format!("there is no {what} {id}; {fix}"))
}

/// The lesson, the page with its number, and the question.
fn found<'a>(
    lessons: &'a [(String, Lesson)],
    item: &Item,
) -> Result<(&'a Lesson, &'a LessonPage, usize, &'a Question), CliError> {
    let of = |(_, lesson): &'a (String, Lesson)| {
        let pages = lesson.pages.iter().zip(1..);
        let mut questions =
            pages.flat_map(|(page, at)| page.questions().map(move |one| (page, at, one)));
        let (page, at, question) = questions.find(|(.., one)| one.id == item.question)?;
        (lesson.about.id == item.lesson).then_some((lesson, page, at, question))
    };
    lessons.iter().find_map(of).ok_or_else(|| {
        CliError::Cannot(format!("{}/{} is no question any more", item.lesson, item.question))
    })
}

/// The JSON of it.
#[derive(Serialize)]
struct Document {
    format: &'static str,
    /// What they are drawn from: `all`, a lesson's id, `skill/ID` or `set/ID`.
    from: String,
    seed: u64,
    /// Where the page asks the same.
    address: String,
    questions: Vec<Entry>,
}

/// Where a question is from.
struct Place<'a> {
    number: usize,
    lesson: &'a Lesson,
    question: &'a Question,
    scenario: String,
    address: String,
}

/// A question.
#[derive(Serialize)]
struct Entry {
    number: usize,
    id: String,
    lesson: String,
    #[serde(skip)]
    title: String,
    /// What a person is to do, where the options do not say it.
    #[serde(skip)]
    to_do: String,
    kind: &'static str,
    skill: Option<String>,
    difficulty: u8,
    /// What is run for it, with its seed.
    scenario: String,
    /// Where the page asks it beside its run.
    address: String,
    prompt: String,
    /// What there is to choose from, or to be put in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Choice>,
    /// To each of these belongs one of the options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<String>,
    /// In what the answer is measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Right>,
}

#[derive(Serialize)]
struct Choice {
    letter: char,
    text: String,
}

/// The right answer.
#[derive(Serialize)]
struct Right {
    /// In words; of what is said aloud a good answer.
    text: String,
    /// The letters of the right options; of lines in their order, or of what belongs to each item.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    letters: Vec<char>,
    /// What an answer that is said aloud should have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    points: Vec<String>,
    why: String,
}

/// The letter of a place in a list.
fn letter(place: usize) -> char {
    (b'a'..=b'z').nth(place).map_or('?', char::from)
}

impl Entry {
    fn of(place: Place<'_>, asked: &Asked, run: &Run, answers: bool) -> Entry {
        let Place { number, lesson, question, scenario, address } = place;
        let form = asked.form();
        let (mut items, mut unit) = (Vec::new(), None);
        let (texts, to_do) = match &form {
            Form::Choice(options) => (options.clone(), String::new()),
            Form::Several(options) => (options.clone(), "Choose all that are right.".into()),
            Form::Order(lines) => (lines.clone(), "In order: ____".into()),
            Form::Match { items: lines, choices } => {
                items.clone_from(lines);
                (choices.clone(), String::new())
            }
            Form::Blanks { lines, choices, .. } => {
                // A name that is given stands in its place, and a blank is a line to write on.
                let line = |line: &Line| match &line.given {
                    Some(name) => name.clone(),
                    None => format!("____ {}", line.about),
                };
                items = lines.iter().map(line).collect();
                (choices.clone(), String::new())
            }
            Form::Typed { unit: measure } => {
                unit = Some(measure.clone()).filter(|measure| !measure.is_empty());
                (Vec::new(), format!("Answer: ____ {measure}").trim_end().to_owned())
            }
            Form::Bytes => (Vec::new(), format!("Select the bytes in the page, at {address}")),
            Form::Said { .. } => (Vec::new(), "Say it aloud.".into()),
        };
        let has_options = !texts.is_empty();
        let answer = answers.then(|| {
            let places = if has_options { asked.right_places(run) } else { Vec::new() };
            let (text, points) = match &form {
                Form::Said { points, answer } => {
                    (answer.text(), points.iter().map(|point| point.text()).collect())
                }
                _ => (asked.expected(), Vec::new()),
            };
            let letters = places.into_iter().map(letter).collect();
            Right { text, letters, points, why: asked.explain.text() }
        });
        let options = texts.into_iter().enumerate();
        Entry {
            number,
            id: question.id.clone(),
            lesson: lesson.about.id.clone(),
            title: lesson.about.title.clone(),
            to_do,
            kind: question.kind.name,
            skill: question.skill_id().map(str::to_owned),
            difficulty: question.difficulty,
            scenario,
            address,
            prompt: asked.prompt.text(),
            options: options.map(|(at, text)| Choice { letter: letter(at), text }).collect(),
            items,
            unit,
            answer,
        }
    }

    fn write(&self, text: &mut String) {
        let Entry { number, prompt, title, scenario, .. } = self;
        let (first, more) = prompt.split_once('\n').unwrap_or((prompt, ""));
        let _ = writeln!(text, "{number}. {first}");
        more.lines().for_each(|line| indented(text, line));
        for item in &self.items {
            indented(text, &format!("____ {item}"));
        }
        for Choice { letter, text: option } in &self.options {
            indented(text, &format!("{letter}) {option}"));
        }
        if !self.to_do.is_empty() {
            indented(text, &self.to_do);
        }
        indented(text, &format!("({title}; {scenario})"));
        text.push('\n');
    }

    fn write_answer(&self, text: &mut String) {
        let Some(Right { text: right, letters, points, why }) = &self.answer else { return };
        let letters: Vec<String> = letters.iter().map(char::to_string).collect();
        let told = match (letters.as_slice(), self.items.is_empty()) {
            ([], _) => right.clone(),
            (letters, true) => format!("{} — {right}", letters.join(", ")),
            (letters, false) => format!("{} — {right}", letters.join(" ")),
        };
        let (first, more) = told.split_once('\n').unwrap_or((&told, ""));
        let _ = writeln!(text, "{}. {first}", self.number);
        more.lines().for_each(|line| indented(text, line));
        points.iter().for_each(|point| indented(text, &format!("[ ] {point}")));
        why.lines().for_each(|line| indented(text, line));
        text.push('\n');
    }
}

/// Writes a line below a number.
fn indented(text: &mut String, line: &str) {
    let _ = writeln!(text, "   {line}");
}

impl Document {
    fn text(&self) -> String {
        let Document { from, seed, address, questions, .. } = self;
        let from = if from == "all" { "all lessons" } else { from.as_str() };
        let mut text = format!("Questions of {from}, seed {seed}. In the page: {address}\n\n");
        questions.iter().for_each(|question| question.write(&mut text));
        if questions.iter().any(|question| question.answer.is_some()) {
            text += "Answers\n\n";
            questions.iter().for_each(|question| question.write_answer(&mut text));
        }
        text
    }
}
